package bench_test

import (
	"os"
	"testing"
	"time"

	"corvee"
	"corvee/assess"
	"corvee/assess/headcount"
	"corvee/assess/indicator"
	"corvee/corroborate"
	"corvee/read"
	"corvee/samples/made"
)

// BenchmarkAssessWorld weighs and assesses a made world: questions with their origins, then
// indicators, headcounts and the ledger of each report. The lineage of the reports, which
// comes before, is measured apart. 1,500 reports give 20,000 claims; with LARGE=1 the world
// is of 7,500 reports and 100,000 claims, and takes many minutes.
func BenchmarkAssessWorld(b *testing.B) {
	reports := 1500
	if os.Getenv("LARGE") != "" {
		reports = 7500
	}
	docs, claims := madeWorld(b, reports)
	edges, lineage := timed(func() []corvee.Lineage { return corroborate.Lineage(docs) })
	for b.Loop() {
		base := corroborate.NewBase(docs, edges)
		base.Questions(claims)
		indicator.Assess(claims, func(c []corvee.Claim) corvee.OriginCount { return base.Origins(c).Origins })
		headcount.Assess(claims, "CN")
		for _, d := range docs {
			assess.Ledger(d.Claims)
			assess.Waterfalls(d.Claims)
		}
	}
	b.ReportMetric(float64(len(claims)), "claims")
	b.ReportMetric(lineage.Seconds(), "lineage-s")
}

func timed[T any](do func() T) (T, time.Duration) {
	start := time.Now()
	out := do()
	return out, time.Since(start)
}

func madeWorld(b *testing.B, reports int) (docs []corroborate.Document, claims []corvee.Claim) {
	b.Helper()
	reader, err := read.New()
	if err != nil {
		b.Fatal(err)
	}
	for m := range made.Reports(world, reports) {
		text, err := corvee.NewText(m.Body, nil)
		if err != nil {
			b.Fatal(err)
		}
		published, err := corvee.ParseDate(m.Published)
		if err != nil {
			b.Fatal(err)
		}
		d := corroborate.Document{Text: text, Report: corvee.Report{
			ID: corvee.HashID([]byte(m.Name)), Text: text.Hash(), Lang: m.Lang, Title: m.Title, Publisher: m.Publisher, Published: published,
			URL: m.URL,
		}}
		for c, err := range reader.Claims(b.Context(), d.Report, text) {
			if err != nil {
				b.Fatal(err)
			}
			d.Claims = append(d.Claims, c)
		}
		docs, claims = append(docs, d), append(claims, d.Claims...)
	}
	return docs, claims
}
