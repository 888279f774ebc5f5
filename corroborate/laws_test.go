package corroborate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/corroborate"
)

// The laws are tried on small worlds in which reports share sentences, claims, publishers
// and days more often than real ones do.

var worldSentences = []string{
	"The plant by the river pays 2,600 yuan a month for each worker, two people in the town said this week.",
	"Of this, 1,900 yuan is deducted every month as loyalty funds and goes to the party of the workers.",
	"The women live on the third floor of the dormitory behind the sewing hall and may not go into town.",
	"A manager keeps their passports in a safe, and nobody has seen one since last autumn, a driver said.",
	"They work fourteen hours a day and have two days off a month, except before the holidays in spring.",
	"A resolution of the Security Council called on all member states to send the workers home by December 2019.",
	"An official of the prefecture did not answer questions and a man at the plant hung up the telephone.",
	"Trucks with linings for winter jackets leave the yard at night and cross the bridge before dawn.",
	"A second plant in the next valley had seventy seamstresses until April, when its owner closed it.",
	"The trading company that sends them has its seat in the capital and belongs to a ministry of defence.",
	"According to the Border Ledger, an order was read out at the gate by officials of the consulate.",
	"The Daily NK reported on March 12 that the share which is sent home was raised before the holidays.",
	"(Gulfwire)",
}

var worldPublishers = []string{"Tumen River Post", "Border Ledger", "Daily NK", "Gulfwire", "Echo", ""}

func worldClaim(t *rapid.T) corvee.Claim {
	root := rapid.SampledFrom([]corvee.Attribution{
		anonymous, author(), said(corvee.SpeakerInstitution, "Ministry of Unification"), said(corvee.SpeakerPublisher, "Border Ledger"),
	}).Draw(t, "root")
	n := rapid.SampledFrom([]int64{180, 182, 2600, 1900, 342000}).Draw(t, "n")
	c := heads(n, root)
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		c = money(corvee.KindLevy, n, corvee.PerPerson, root)
	case 1:
		c = money(corvee.KindTransfer, n, corvee.PerTotal, root)
	case 2:
		c.Kind, c.Value, c.Indicator = corvee.KindCondition, nil, corvee.IndicatorIsolation
	}
	c.Value = approximately(t, c.Value)
	switch rapid.IntRange(0, 3).Draw(t, "place") {
	case 0:
		c.Places = nil
	case 1:
		c.Places = []corvee.Place{{ID: "hunchun", Name: "Hunchun", Precision: corvee.AtCity}}
	}
	return c
}

func approximately(t *rapid.T, v *corvee.Value) *corvee.Value {
	if v != nil {
		v.Approx = rapid.Bool().Draw(t, "approx")
	}
	return v
}

// reading is what a reader finds in each sentence of a world: the same words give the same
// claim wherever they stand, unless it is missed there.
type reading map[string]corvee.Claim

func worldReading(t *rapid.T) reading {
	out := reading{}
	for _, s := range worldSentences {
		if len(s) > 40 && rapid.Bool().Draw(t, "states something") {
			out[s] = worldClaim(t)
		}
	}
	return out
}

func worldReport(t *rapid.T, id string, read reading) corroborate.Document {
	lines := rapid.SliceOfNDistinct(rapid.SampledFrom(worldSentences), 3, 7, rapid.ID).Draw(t, "sentences")
	d := worldPaper(t, id, rapid.SampledFrom(worldPublishers).Draw(t, "publisher"), lines, read)
	d.Report.Lang = rapid.SampledFrom([]string{"en", "en", "ko"}).Draw(t, "lang")
	if day := rapid.IntRange(0, 5).Draw(t, "day"); day > 0 {
		d.Report.Published = corvee.Date{Year: 2024, Month: 3, Day: 10 + day}
	}
	return d
}

func worldPaper(t *rapid.T, id, publisher string, lines []string, read reading) corroborate.Document {
	var claims []corvee.Claim
	at := 0
	for _, line := range lines {
		if c, ok := read[line]; ok && rapid.IntRange(0, 5).Draw(t, "missed") > 0 {
			c.Quote = corvee.Quote{Exact: line, Span: corvee.Span{Start: at, End: at + len(line)}}
			claims = append(claims, c)
		}
		at += len(line) + 1
	}
	d := paper(id, publisher, claims...)
	for i, c := range claims {
		d.Claims[i].Quote = c.Quote
	}
	d.Text = mustText(strings.Join(lines, "\n"))
	return d
}

func mustText(s string) corvee.Text {
	text, err := corvee.NewText(s, nil)
	if err != nil {
		panic(err)
	}
	return text
}

func world(t *rapid.T) ([]corroborate.Document, reading) {
	read := worldReading(t)
	var docs []corroborate.Document
	for i := range rapid.IntRange(1, 5).Draw(t, "reports") {
		docs = append(docs, worldReport(t, fmt.Sprintf("r%d", i), read))
	}
	return docs, read
}

// reprintOf is a later copy of a report, perhaps shortened. What was missed in the original
// is missed in it: else it shows what the original states, and that is news.
func reprintOf(t *rapid.T, d corroborate.Document, read reading) corroborate.Document {
	lines := strings.Split(d.Text.String(), "\n")
	kept := lines[:rapid.IntRange((len(lines)+1)/2, len(lines)).Draw(t, "kept")]
	publisher := rapid.SampledFrom([]string{"Copy Paper", "Echo", "Daily NK", d.Report.Publisher}).Draw(t, "publisher")
	seen := reading{}
	for _, c := range d.Claims {
		seen[c.Quote.Exact] = read[c.Quote.Exact]
	}
	r := worldPaper(t, "zz", publisher, kept, seen)
	r.Report.Lang = d.Report.Lang
	r.Report.Published = d.Report.Published.AddDays(1 + rapid.IntRange(0, 2).Draw(t, "later"))
	return r
}

func TestAddingAReprintNeverRaisesCorroboration(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		docs, read := world(t)
		original := rapid.SampledFrom(docs).Draw(t, "original")
		if !original.Report.Published.Known() {
			t.Skip("without dates the copy may be the original, and then it is an origin")
		}
		more := append(slices.Clone(docs), reprintOf(t, original, read))
		edges := corroborate.Lineage(more)
		if !slices.ContainsFunc(edges, func(e corvee.Lineage) bool {
			return (e.From == "zz" || e.To == "zz") && (e.Kind == corvee.LineageReprint || e.Kind == corvee.LineageAbridgement)
		}) {
			t.Skip("too little text to be known for a copy")
		}
		if slices.ContainsFunc(edges, func(e corvee.Lineage) bool { return e.To == "zz" && e.Kind == corvee.LineageCitation }) {
			t.Skip("a report cites the copy's outlet and now finds it: the known fault of docs/methods/lineage.md")
		}
		before := corroborate.Supports(docs, corroborate.Lineage(docs))
		after := corroborate.Supports(more, edges)
		for id, was := range before {
			if is := after[id]; is.Origins.Min > was.Origins.Min || is.Origins.Max > was.Origins.Max {
				t.Fatalf("claim %s had %+v, and with a copy of %s %+v\nedges before %+v\nedges after %+v", id, was, original.Report.ID, is, corroborate.Lineage(docs), edges)
			}
		}
	})
}

func TestOrderOfReportsIsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		docs, _ := world(t)
		other := rapid.Permutation(docs).Draw(t, "order")
		edges, again := corroborate.Lineage(docs), corroborate.Lineage(other)
		if diff := cmp.Diff(edges, again); diff != "" {
			t.Fatalf("Lineage differs: %s", diff)
		}
		if diff := cmp.Diff(corroborate.Supports(docs, edges), corroborate.Supports(other, again)); diff != "" {
			t.Fatalf("Supports differ: %s", diff)
		}
	})
}

func TestMergingTwiceIsMergingOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		docs, _ := world(t)
		edges := corroborate.Lineage(docs)
		twice := slices.Concat(docs, docs)
		if diff := cmp.Diff(edges, corroborate.Lineage(twice)); diff != "" {
			t.Fatalf("Lineage differs: %s", diff)
		}
		if diff := cmp.Diff(corroborate.Supports(docs, edges), corroborate.Supports(twice, slices.Concat(edges, edges))); diff != "" {
			t.Fatalf("Supports differ: %s", diff)
		}
	})
}

func TestCountsAreARange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		docs, _ := world(t)
		for id, s := range corroborate.Supports(docs, corroborate.Lineage(docs)) {
			if s.Origins.Min < 0 || s.Origins.Min > s.Origins.Max || s.Origins.Max > len(s.Claims) && s.Origins.Max > len(docs) ||
				(s.Origins.Max > 0) != (s.Origins.Min > 0) || !slices.Contains(s.Claims, id) {
				t.Fatalf("support of %s is %+v", id, s)
			}
		}
	})
}
