package corroborate_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/corroborate"
)

func on(date string, c corvee.Claim) corvee.Claim {
	d, err := corvee.ParseDate(date)
	if err != nil {
		panic(err)
	}
	w := corvee.During(d)
	c.When = &w
	return c
}

func negated(c corvee.Claim) corvee.Claim  { c.Polarity = corvee.Negative; return c }
func rejected(c corvee.Claim) corvee.Claim { c.Review = corvee.ReviewRejected; return c }
func hoped(c corvee.Claim) corvee.Claim    { c.Factuality = corvee.Planned; return c }
func at(site string, sector corvee.Sector, c corvee.Claim) corvee.Claim {
	c.Site, c.Sector = site, sector
	return c
}

func working(chain ...corvee.Attribution) corvee.Claim {
	c := heads(1, chain...)
	c.Kind, c.Value, c.Sector = corvee.KindActivity, nil, "garments"
	return c
}

func saying(d corroborate.Document, date, text string) corroborate.Document {
	d.Report.Published, _ = corvee.ParseDate(date)
	d.Text = mustText(text)
	return d
}

func ask(docs []corroborate.Document, edges ...corvee.Lineage) []corroborate.Question {
	var claims []corvee.Claim
	for _, d := range docs {
		claims = append(claims, d.Claims...)
	}
	return corroborate.NewBase(docs, edges).Questions(claims)
}

// said as "kind scope support positions min..max" of each question.
func TestQuestions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		docs      []corroborate.Document
		edges     []corvee.Lineage
		support   []corvee.Support
		positions []int
		min       []int
	}{
		"one telling":                  {docs: []corroborate.Document{paper("a", "Post", heads(180, anonymous))}, support: []corvee.Support{corvee.SingleOrigin}, positions: []int{1}, min: []int{1}},
		"two newsrooms":                {docs: []corroborate.Document{paper("a", "Post", heads(180, anonymous)), paper("b", "Ledger", heads(180, anonymous))}, support: []corvee.Support{corvee.Corroborated}, positions: []int{1}, min: []int{2}},
		"a reprint":                    {docs: []corroborate.Document{paper("a", "Post", heads(180, anonymous)), paper("b", "Ledger", heads(180, anonymous))}, edges: []corvee.Lineage{depends("b", corvee.LineageReprint, "a")}, support: []corvee.Support{corvee.SingleOrigin}, positions: []int{1}, min: []int{1}},
		"two figures":                  {docs: []corroborate.Document{paper("a", "Post", heads(180, anonymous)), paper("b", "Ledger", heads(400, anonymous))}, support: []corvee.Support{corvee.Contested}, positions: []int{2}, min: []int{2}},
		"two years":                    {docs: []corroborate.Document{paper("a", "Post", on("2018", heads(180, anonymous))), paper("b", "Ledger", on("2021", heads(400, anonymous)))}, support: []corvee.Support{corvee.SingleOrigin, corvee.SingleOrigin}, positions: []int{1, 1}, min: []int{1, 1}},
		"year unknown":                 {docs: []corroborate.Document{paper("a", "Post", on("2018", heads(180, anonymous))), paper("b", "Ledger", heads(400, anonymous))}, support: []corvee.Support{corvee.SingleOrigin, corvee.SingleOrigin}, positions: []int{1, 1}, min: []int{1, 1}},
		"one plant, a trade told once": {docs: []corroborate.Document{paper("a", "Post", at("Plant", "garments", heads(180, anonymous))), paper("b", "Ledger", at("Plant", "", heads(400, anonymous)))}, support: []corvee.Support{corvee.Contested}, positions: []int{2}, min: []int{2}},
		"one town, two trades":         {docs: []corroborate.Document{paper("a", "Post", at("", "garments", heads(180, anonymous))), paper("b", "Ledger", at("", "seafood", heads(400, anonymous)))}, support: []corvee.Support{corvee.SingleOrigin, corvee.SingleOrigin}, positions: []int{1, 1}, min: []int{1, 1}},
		"a plan":                       {docs: []corroborate.Document{paper("a", "Post", heads(180, anonymous)), paper("b", "Ledger", hoped(heads(400, anonymous)))}, support: []corvee.Support{corvee.SingleOrigin}, positions: []int{2}, min: []int{2}},
		"work denied":                  {docs: []corroborate.Document{paper("a", "Post", working(anonymous)), paper("b", "Ledger", negated(working(said(corvee.SpeakerInstitution, "The company"))))}, support: []corvee.Support{corvee.Contested}, positions: []int{2}, min: []int{2}},
		"rejected":                     {docs: []corroborate.Document{paper("a", "Post", rejected(heads(180, anonymous)))}, support: []corvee.Support{corvee.Retracted}, positions: []int{0}, min: []int{0}},
		"wage and a wage":              {docs: []corroborate.Document{paper("a", "Post", money(corvee.KindWage, 2300, corvee.PerPerson, anonymous), money(corvee.KindWage, 400000, corvee.PerTotal, anonymous))}, support: []corvee.Support{corvee.SingleOrigin, corvee.SingleOrigin}, positions: []int{1, 1}, min: []int{1, 1}},
	} {
		var support []corvee.Support
		var positions, least []int
		for _, q := range ask(c.docs, c.edges...) {
			support, positions, least = append(support, q.Support), append(positions, len(q.Positions)), append(least, q.Origins.Min)
		}
		if d := cmp.Diff(c.support, support) + cmp.Diff(c.positions, positions) + cmp.Diff(c.min, least); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// A later correction of the same publisher takes the place of what it corrects, and says so.
func TestCorrection(t *testing.T) {
	t.Parallel()
	first := saying(paper("a", "Post", heads(1800, anonymous)), "2024-03-01", "The plant holds 1,800 workers.")
	second := saying(paper("b", "Post", heads(180, anonymous)), "2024-03-04", "The plant holds 180 workers. Correction: an earlier report gave ten times as many.")
	got := ask([]corroborate.Document{first, second})
	if len(got) != 1 || got[0].Support != corvee.SingleOrigin || len(got[0].Superseded) != 1 || got[0].Superseded[0].Claim != "a#0" || got[0].Superseded[0].Why != "Post corrected it on 2024-03-04" {
		t.Errorf("%+v", got)
	}
	// Another publisher's figure, an earlier one, or one without a word of correction is none.
	for name, docs := range map[string][]corroborate.Document{
		"another publisher": {first, saying(paper("b", "Ledger", heads(180, anonymous)), "2024-03-04", second.Text.String())},
		"earlier":           {first, saying(paper("b", "Post", heads(180, anonymous)), "2024-02-04", second.Text.String())},
		"no word of it":     {first, saying(paper("b", "Post", heads(180, anonymous)), "2024-03-04", "The plant holds 180 workers.")},
	} {
		if got := ask(docs); got[0].Support != corvee.Contested || len(got[0].Superseded) != 0 {
			t.Errorf("%s: %s, %v", name, got[0].Support, got[0].Superseded)
		}
	}
}

// What its publisher withdraws is retracted, with the trace; nobody withdraws another's.
func TestRetraction(t *testing.T) {
	t.Parallel()
	first := saying(paper("a", "Post", heads(1800, anonymous)), "2024-03-01", "The plant holds 1,800 workers.")
	word := "The Post withdraws its report that the plant holds 1,800 workers."
	got := ask([]corroborate.Document{first, saying(paper("b", "Post", heads(1800, anonymous)), "2024-03-04", word)})
	if len(got) != 1 || got[0].Support != corvee.Retracted || len(got[0].Superseded) != 2 || got[0].Superseded[0].Why != "Post withdrew it on 2024-03-04" {
		t.Errorf("%+v", got)
	}
	other := saying(paper("c", "Ledger", heads(1800, said(corvee.SpeakerInstitution, "The company"))), "2024-03-02", "The company says 1,800.")
	got = ask([]corroborate.Document{first, saying(paper("b", "Post", heads(1800, anonymous)), "2024-03-04", word), other})
	if len(got) != 1 || got[0].Support != corvee.SingleOrigin || len(got[0].Superseded) != 2 {
		t.Errorf("another's report stands: %+v", got)
	}
	for name, docs := range map[string][]corroborate.Document{
		"another publisher": {first, saying(paper("b", "Ledger", heads(1800, anonymous)), "2024-03-04", word)},
		"earlier":           {first, saying(paper("b", "Post", heads(1800, anonymous)), "2024-02-04", word)},
		"another figure":    {first, saying(paper("b", "Post", heads(400, anonymous)), "2024-03-04", word)},
		"no such word":      {first, saying(paper("b", "Post", heads(1800, anonymous)), "2024-03-04", "The state withdrew 1,800 workers.")},
	} {
		if got := ask(docs); got[0].Support == corvee.Retracted || len(got[0].Superseded) != 0 {
			t.Errorf("%s: %s, %v", name, got[0].Support, got[0].Superseded)
		}
	}
}

// The order in which reports come changes nothing, and a reprint never raises what stands
// behind a question.
func TestLawQuestions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		docs, read := world(rt)
		edges := corroborate.Lineage(docs)
		before := ask(docs, edges...)
		mixed := rapid.Permutation(docs).Draw(rt, "order")
		if diff := cmp.Diff(ids(before), ids(ask(mixed, edges...))); diff != "" {
			rt.Fatal(diff)
		}
		original := rapid.SampledFrom(docs).Draw(rt, "original")
		if !original.Report.Published.Known() {
			return // without dates the copy may be the original, and then it is an origin
		}
		all := append(slices.Clone(docs), reprintOf(rt, original, read))
		more := corroborate.Lineage(all)
		if !slices.ContainsFunc(more, func(e corvee.Lineage) bool {
			return (e.From == "zz" || e.To == "zz") && e.Kind != corvee.LineageCitation
		}) {
			return // too little text to be known for a copy
		}
		after := map[string]corroborate.Question{}
		for _, q := range ask(all, more...) {
			after[q.ID] = q
		}
		for _, q := range before {
			if now, there := after[q.ID]; there && now.Support == corvee.Corroborated && q.Support == corvee.SingleOrigin {
				rt.Fatalf("a reprint made %s %s corroborated", q.Kind, q.Scope)
			}
		}
	})
}

func ids(questions []corroborate.Question) (out []string) {
	for _, q := range questions {
		out = append(out, q.ID+" "+string(q.Support))
	}
	return out
}
