// Package speed measures a base where people wait for it.
//
// What comes in: a way to open an empty base. What goes out: the figures of its benchmarks.
// Its one idea: both databases do the same work, so their figures can be laid side by side.
package speed

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/store"
	"corvee/store/storetest/sample"
)

// Benchmark measures a base where people wait for it. open returns a new, empty base.
func Benchmark(b *testing.B, open func(b *testing.B) store.Store) {
	for _, part := range []struct {
		name string
		run  func(*testing.B, store.Store)
	}{
		{"ingest", benchIngest}, {"replace list", benchReplaceList}, {"listings", benchListings},
		{"claims of a report", benchClaimsOfReport}, {"claims by place", benchClaimsByPlace},
		{"verdict", benchVerdict}, {"crowded text", benchCrowded},
	} {
		b.Run(part.name, func(b *testing.B) {
			s := open(b)
			b.Cleanup(func() { check(b, s.Close()) })
			part.run(b, s)
		})
	}
}

func perSecond(b *testing.B, n int, unit string) {
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), unit+"/s")
}

// benchClaims returns a report of about 10 kB with 28 claims, as a long article has.
func benchClaims(b *testing.B, name string) (corvee.Report, corvee.Text, []corvee.Claim) {
	text, err := corvee.NewText(strings.Repeat("About 200 women from abroad sew at the plant in Dandong for a wage that they do not see.\n", 120), nil)
	check(b, err)
	r := sample.ReportOf(text, name)
	claims := make([]corvee.Claim, 28)
	for i := range claims {
		c := sample.FullClaim(b, r, text, "About 200 women")
		c.Quote, err = text.Quote(corvee.Span{Start: i * 89, End: i*89 + 15})
		check(b, err)
		c.Mentions, c.Slots[0].Span = nil, c.Quote.Span
		c.ID = c.NewID()
		claims[i] = c
	}
	return r, text, claims
}

func putAll(b *testing.B, s store.Store, r corvee.Report, text corvee.Text, claims []corvee.Claim) {
	check(b, s.Update(b.Context(), func(tx store.Tx) error {
		if err := tx.PutReport(b.Context(), "", r, text); err != nil {
			return err
		}
		return tx.ReplaceClaims(b.Context(), r.ID, "1", claims)
	}))
}

// benchIngest stores one report and its 28 claims in one transaction.
func benchIngest(b *testing.B, s store.Store) {
	n := 0
	for b.Loop() {
		b.StopTimer()
		r, text, claims := benchClaims(b, fmt.Sprint(n))
		n++
		b.StartTimer()
		putAll(b, s, r, text, claims)
	}
	perSecond(b, 28, "claims")
}

const listSize = 30_000 // about the entries of the longest official list

func benchReplaceList(b *testing.B, s store.Store) {
	list := sample.ListingsOf("Long", listSize)
	for b.Loop() {
		check(b, s.Update(b.Context(), func(tx store.Tx) error {
			return tx.ReplaceList(b.Context(), sample.VersionOf("Long", listSize), slices.Values(list))
		}))
	}
	perSecond(b, listSize, "listings")
}

func benchListings(b *testing.B, s store.Store) {
	check(b, s.Update(b.Context(), func(tx store.Tx) error {
		return tx.ReplaceList(b.Context(), sample.VersionOf("Long", listSize), slices.Values(sample.ListingsOf("Long", listSize)))
	}))
	for b.Loop() {
		check(b, s.View(b.Context(), func(tx store.Tx) error {
			for _, err := range tx.Listings(b.Context()) {
				if err != nil {
					return err
				}
			}
			return nil
		}))
	}
	perSecond(b, listSize, "listings")
}

// benchBase holds 500 reports with 14,000 claims.
func benchBase(b *testing.B, s store.Store) (last corvee.Report) {
	for n := range 500 {
		r, text, claims := benchClaims(b, fmt.Sprint(n))
		for i := range claims {
			claims[i].Places[0].ID = fmt.Sprint("place-", (n*28+i)%700)
		}
		putAll(b, s, r, text, claims)
		last = r
	}
	return last
}

func benchClaimsOfReport(b *testing.B, s store.Store) {
	r := benchBase(b, s)
	benchAsk(b, s, store.ClaimFilter{Report: r.ID}, 28)
}

func benchClaimsByPlace(b *testing.B, s store.Store) {
	benchBase(b, s)
	benchAsk(b, s, store.ClaimFilter{Place: "place-77"}, 20)
}

func benchAsk(b *testing.B, s store.Store, f store.ClaimFilter, want int) {
	for b.Loop() {
		check(b, s.View(b.Context(), func(tx store.Tx) error {
			claims, err := tx.Claims(b.Context(), f)
			if err == nil && len(claims) != want {
				b.Fatalf("%d claims, want %d", len(claims), want)
			}
			return err
		}))
	}
	perSecond(b, 1, "questions")
}

// benchVerdict is one press of a key by a reviewer, durable when it returns.
func benchVerdict(b *testing.B, s store.Store) {
	r, text, claims := benchClaims(b, "one")
	putAll(b, s, r, text, claims)
	var last int64
	n := 0
	for b.Loop() {
		n++
		v := sample.VerdictOn(claims[0], fmt.Sprint(n), corvee.ReviewAccepted)
		check(b, s.Update(b.Context(), func(tx store.Tx) error {
			got, err := tx.AddVerdict(b.Context(), v, last)
			last = got.Seq
			return err
		}))
	}
	perSecond(b, 1, "verdicts")
}

// benchCrowded is the worst text: 16 MB with a claim on each of 20,000 lines.
func benchCrowded(b *testing.B, s store.Store) {
	line := strings.Repeat("About 200 women sew. ", 40) + "\n"
	text, err := corvee.NewText(strings.Repeat(line, 20_000), nil)
	check(b, err)
	r := sample.ReportOf(text, "crowded")
	claims := make([]corvee.Claim, 20_000)
	for i := range claims {
		c := sample.ClaimOf(b, r, text, corvee.KindActivity, "About 200 women")
		c.Quote.Start, c.Quote.End = i*len(line), i*len(line)+15
		c.ID = fmt.Sprintf("c%06d", i)
		claims[i] = c
	}
	for b.Loop() {
		putAll(b, s, r, text, claims)
	}
	perSecond(b, len(claims), "claims")
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
