package corroborate_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"corvee"
	"corvee/corroborate"
)

// shortReports are n reports of about 120 words over a vocabulary as uneven as a
// language's. One in ten copies an earlier one, shortened; every report ends with the same
// footer; each has three claims, a tenth of which are those of another report.
func shortReports(n int) []corroborate.Document {
	source := rand.New(rand.NewPCG(1, 2))
	draw := rand.NewZipf(source, 1.2, 4, 20000)
	docs := make([]corroborate.Document, 0, n)
	bodies := make([]string, 0, n)
	for i := range n {
		var b strings.Builder
		if i > 0 && i%10 == 0 {
			from := bodies[source.IntN(i)]
			b.WriteString(from[:len(from)*2/3])
		}
		for w := 0; b.Len() < 700; w++ {
			fmt.Fprintf(&b, "w%d ", draw.Uint64())
		}
		bodies = append(bodies, b.String())
		d := paper(fmt.Sprintf("r%06d", i), fmt.Sprintf("Paper Number %d", i%300),
			heads(int64(source.IntN(9*n))+11, anonymous), money(corvee.KindWage, int64(source.IntN(9*n))+1100, corvee.PerPerson, anonymous), heads(200, author()))
		d.Report.Lang, d.Report.Published = "en", corvee.Date{Year: 2001, Month: 1, Day: 1}.AddDays(i)
		d.Text = mustText(b.String() + "\nAll rights are reserved by the publisher and nothing may be copied without leave in writing.\n")
		docs = append(docs, d)
	}
	return docs
}

func BenchmarkLineage(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			docs := shortReports(n)
			b.ReportAllocs()
			edges := 0
			for b.Loop() {
				edges = len(corroborate.Lineage(docs))
			}
			b.ReportMetric(float64(edges), "edges")
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "reports/s")
		})
	}
}

func BenchmarkSupports(b *testing.B) {
	docs := shortReports(1000)
	edges := corroborate.Lineage(docs)
	b.ResetTimer()
	for b.Loop() {
		corroborate.Supports(docs, edges)
	}
}

func BenchmarkGold(b *testing.B) {
	docs := goldDocuments(b)
	for b.Loop() {
		corroborate.Lineage(docs)
	}
}
