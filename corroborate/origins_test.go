package corroborate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/corroborate"
)

var anonymous = corvee.Attribution{Role: "source", Speaker: corvee.SpeakerAnonymous}

func author() corvee.Attribution { return corvee.Attribution{Speaker: corvee.SpeakerAuthor} }

func said(speaker corvee.Speaker, name string) corvee.Attribution {
	return corvee.Attribution{Name: name, Speaker: speaker}
}

// heads is a headcount in Tumen.
func heads(n int64, chain ...corvee.Attribution) corvee.Claim {
	return corvee.Claim{
		Kind: corvee.KindHeadcount, Nationality: "KP", Countries: []string{"CN"},
		Places:      []corvee.Place{{ID: "tumen", Name: "Tumen", Country: "CN", Precision: corvee.AtCity}},
		Value:       &corvee.Value{Range: corvee.Exactly(corvee.Int(n)), Unit: corvee.UnitPerson, Per: corvee.PerTotal},
		Attribution: chain, Factuality: corvee.Reported, Polarity: corvee.Positive,
		Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed,
	}
}

func money(kind corvee.Kind, n int64, per corvee.Per, chain ...corvee.Attribution) corvee.Claim {
	c := heads(n, chain...)
	c.Kind = kind
	c.Value.Unit, c.Value.Currency, c.Value.Per, c.Value.Period = corvee.UnitMoney, "CNY", per, corvee.EveryMonth
	return c
}

// paper is a report of a publisher with claims in order.
func paper(id, publisher string, claims ...corvee.Claim) corroborate.Document {
	d := corroborate.Document{Report: corvee.Report{ID: id, Publisher: publisher}}
	for i, c := range claims {
		c.ID, c.Report = fmt.Sprintf("%s#%d", id, i), id
		c.Quote.Start, c.Quote.End = 10*i, 10*i+9
		d.Claims = append(d.Claims, c)
	}
	return d
}

func depends(from string, kind corvee.LineageKind, to string) corvee.Lineage {
	return corvee.Lineage{From: from, To: to, Kind: kind, Evidence: []string{"a test says so"}, Score: 70}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	reprint, cites, retells := corvee.LineageReprint, corvee.LineageCitation, corvee.LineageRetelling
	post := paper("a", "Tumen River Post", heads(180, anonymous))
	for name, c := range map[string]struct {
		docs  []corroborate.Document
		edges []corvee.Lineage
		want  corvee.OriginCount
		why   string // a part of one reason
	}{
		"one report": {docs: []corroborate.Document{post}, want: corvee.OriginCount{Min: 1, Max: 1}},
		"two newsrooms with a source each": {
			docs: []corroborate.Document{post, paper("b", "Border Ledger", heads(180, anonymous))},
			want: corvee.OriginCount{Min: 2, Max: 2},
		},
		"a reprint": {
			docs:  []corroborate.Document{post, paper("b", "Digest", heads(180, anonymous))},
			edges: []corvee.Lineage{depends("b", reprint, "a")},
			want:  corvee.OriginCount{Min: 1, Max: 1}, why: "b: a reprint of a",
		},
		"a reprint of a reprint": {
			docs:  []corroborate.Document{post, paper("b", "Digest", heads(180, anonymous)), paper("c", "Echo", heads(180, anonymous))},
			edges: []corvee.Lineage{depends("b", reprint, "a"), depends("c", reprint, "b")},
			want:  corvee.OriginCount{Min: 1, Max: 1}, why: "c: a reprint of",
		},
		"an abridgement between that leaves the claim out": {
			docs:  []corroborate.Document{post, paper("b", "Digest"), paper("c", "Echo", heads(180, anonymous))},
			edges: []corvee.Lineage{depends("b", corvee.LineageAbridgement, "a"), depends("c", reprint, "b")},
			want:  corvee.OriginCount{Min: 1, Max: 1},
		},
		"two anonymous sources of one outlet, in two reports": {
			docs: []corroborate.Document{post, paper("b", "Tumen River Post", heads(180, anonymous))},
			want: corvee.OriginCount{Min: 1, Max: 1}, why: "counts once",
		},
		"one outlet under two of its names": {
			docs: []corroborate.Document{paper("a", "Daily NK", heads(180, anonymous)), paper("b", "데일리NK", heads(180, anonymous))},
			want: corvee.OriginCount{Min: 1, Max: 1}, why: "dailynk counts once",
		},
		"one ministry in two papers": {
			docs: []corroborate.Document{
				paper("a", "Tumen River Post", heads(180, said(corvee.SpeakerInstitution, "Ministry of Unification"))),
				paper("b", "Border Ledger", heads(180, said(corvee.SpeakerInstitution, "ministry of unification"))),
			},
			want: corvee.OriginCount{Min: 1, Max: 1}, why: "counts once",
		},
		"an organisation's report and a paper that quotes it": {
			docs: []corroborate.Document{
				paper("a", "Desert Labour Watch", heads(180, author())),
				paper("b", "Gulfwire", heads(180, said(corvee.SpeakerInstitution, "Desert Labour Watch"))),
			},
			want: corvee.OriginCount{Min: 1, Max: 1},
		},
		"it cites, and has it from nobody else": {
			docs:  []corroborate.Document{post, paper("b", "Pacific Desk", heads(180, author()))},
			edges: []corvee.Lineage{depends("b", cites, "a")},
			want:  corvee.OriginCount{Min: 1, Max: 1}, why: "it cites a",
		},
		"it cites, and a source of its own says the same": {
			docs:  []corroborate.Document{post, paper("b", "Pacific Desk", heads(180, anonymous))},
			edges: []corvee.Lineage{depends("b", cites, "a")},
			want:  corvee.OriginCount{Min: 1, Max: 2}, why: "likely it cites a",
		},
		"it cites something else": {
			docs:  []corroborate.Document{paper("a", "Tumen River Post", heads(30, anonymous)), paper("b", "Pacific Desk", heads(180, anonymous))},
			edges: []corvee.Lineage{depends("b", cites, "a")},
			want:  corvee.OriginCount{Min: 1, Max: 1},
		},
		"both cite a report that is not here": {
			docs: []corroborate.Document{
				paper("b", "Pacific Desk", heads(180, said(corvee.SpeakerPublisher, "Reuters"))),
				paper("c", "Border Ledger", heads(180, said(corvee.SpeakerAgency, "로이터통신"))),
			},
			edges: []corvee.Lineage{depends("b", cites, "phantom:reuters"), depends("c", cites, "phantom:reuters:2024-03-14")},
			want:  corvee.OriginCount{Min: 1, Max: 1}, why: "reuters counts once",
		},
		"a likely retelling": {
			docs:  []corroborate.Document{post, paper("b", "Echo", heads(180, anonymous))},
			edges: []corvee.Lineage{depends("b", retells, "a")},
			want:  corvee.OriginCount{Min: 1, Max: 2}, why: "b: likely a retelling of a",
		},
		"narration without a source": {
			docs: []corroborate.Document{post, paper("b", "Echo", heads(180, author()))},
			want: corvee.OriginCount{Min: 1, Max: 2}, why: "b: does not say whence",
		},
		"nothing but narration": {
			docs: []corroborate.Document{paper("a", "Post", heads(180, author())), paper("b", "Echo", heads(180, author())), paper("c", "", heads(180))},
			want: corvee.OriginCount{Min: 1, Max: 3},
		},
		"two publishers that are not known": {
			docs: []corroborate.Document{paper("a", "", heads(180, anonymous)), paper("b", "", heads(180, anonymous))},
			want: corvee.OriginCount{Min: 1, Max: 2},
		},
		"put together from two": {
			docs: []corroborate.Document{
				post, paper("b", "Border Ledger", heads(180, anonymous)), paper("c", "Digest", heads(180, anonymous)),
			},
			edges: []corvee.Lineage{depends("c", reprint, "a"), depends("c", corvee.LineageAbridgement, "b")},
			want:  corvee.OriginCount{Min: 2, Max: 2},
		},
		"a ring of edges": {
			docs:  []corroborate.Document{post, paper("b", "Echo", heads(180, anonymous))},
			edges: []corvee.Lineage{depends("a", reprint, "b"), depends("b", reprint, "a")},
			want:  corvee.OriginCount{Min: 1, Max: 1}, // who has it from whom cannot be said, but one from the other
		},
		"a copy that says more than its original": {
			docs: []corroborate.Document{
				paper("a", "Tumen River Post", heads(30, anonymous)), paper("b", "Digest", heads(30, anonymous), heads(180, anonymous)),
				paper("c", "Border Ledger", heads(180, anonymous)),
			},
			edges: []corvee.Lineage{depends("b", reprint, "a")},
			want:  corvee.OriginCount{Min: 1, Max: 2},
		},
		"rejected by a reviewer": {
			docs: []corroborate.Document{func() corroborate.Document {
				c := heads(180, anonymous)
				c.Review = corvee.ReviewRejected
				return paper("a", "Post", c)
			}()},
			want: corvee.OriginCount{}, why: "rejected",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var claims []corvee.Claim
			for _, d := range c.docs {
				for _, claim := range d.Claims {
					if corroborate.States(claim, heads(180)) {
						claims = append(claims, claim)
					}
				}
			}
			got := corroborate.Origins(claims, c.docs, c.edges)
			if got.Origins != c.want || len(got.Roots) != got.Origins.Max {
				t.Errorf("Origins = %+v, want %+v", got, c.want)
			}
			if !slices.ContainsFunc(append(got.Why, ""), func(why string) bool { return strings.Contains(why, c.why) }) {
				t.Errorf("Why = %q, want one with %q", got.Why, c.why)
			}
			if diff := cmp.Diff(got, corroborate.Supports(c.docs, c.edges)[claims[len(claims)-1].ID]); diff != "" {
				t.Errorf("Supports and Origins differ: -Origins +Supports\n%s", diff)
			}
		})
	}
}

// A total that follows from the report's own figures is no second witness to them, and a
// copy that keeps the total alone makes it none.
func TestDerivedFiguresDoNotCount(t *testing.T) {
	t.Parallel()
	rate, people := money(corvee.KindLevy, 1900, corvee.PerPerson, anonymous), heads(180, anonymous)
	total := money(corvee.KindTransfer, 342000, corvee.PerTotal, author())
	told := money(corvee.KindTransfer, 342000, corvee.PerTotal, anonymous)
	other := money(corvee.KindTransfer, 340000, corvee.PerTotal, author())
	marked := money(corvee.KindTransfer, 999, corvee.PerTotal, anonymous)
	marked.Rules = []string{"en.transfer.derived"}
	for name, c := range map[string]struct {
		total corvee.Claim
		want  int
	}{
		"narrated": {total, 0}, "said by a source": {told, 1}, "not the product": {other, 1}, "marked by its rule": {marked, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			docs := []corroborate.Document{paper("a", "Post", people, rate, c.total)}
			if got := corroborate.Origins(docs[0].Claims[2:], docs, nil); got.Origins.Max != c.want {
				t.Errorf("Origins = %+v, want at most %d", got, c.want)
			}
			docs = append(docs, paper("b", "Digest", c.total))
			edges := []corvee.Lineage{depends("b", corvee.LineageAbridgement, "a")}
			if got := corroborate.Origins(slices.Concat(docs[0].Claims[2:], docs[1].Claims), docs, edges); got.Origins.Max != c.want {
				t.Errorf("with a copy: Origins = %+v, want at most %d", got, c.want)
			}
		})
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	base := heads(180, anonymous)
	with := func(change func(*corvee.Claim)) corvee.Claim {
		c := heads(180, anonymous)
		change(&c)
		return c
	}
	figure := func(low, high string, approx bool) corvee.Claim {
		return with(func(c *corvee.Claim) {
			c.Value.Range = corvee.Range{Approx: approx}
			if low != "" {
				c.Value.Low = corvee.MustDecimal(low)
			}
			if high != "" {
				c.Value.High = corvee.MustDecimal(high)
			}
		})
	}
	for name, c := range map[string]struct {
		other corvee.Claim
		want  bool
	}{
		"itself":           {base, true},
		"another figure":   {figure("200", "200", false), false},
		"about as many":    {figure("182", "182", true), true},
		"182 exactly":      {figure("182", "182", false), false},
		"a narrow range":   {figure("170", "190", false), true},
		"a wide range":     {figure("100", "300", false), false},
		"at least":         {figure("180", "", false), false},
		"nothing":          {figure("0", "0", true), false},
		"another town":     {with(func(c *corvee.Claim) { c.Places[0].ID = "hunchun" }), false},
		"no place":         {with(func(c *corvee.Claim) { c.Places = nil }), false},
		"other people":     {with(func(c *corvee.Claim) { c.Nationality = "CU" }), false},
		"not so":           {with(func(c *corvee.Claim) { c.Polarity = corvee.Negative }), false},
		"another trade":    {with(func(c *corvee.Claim) { c.Sector = corvee.SectorIT }), true}, // one does not say
		"another kind":     {with(func(c *corvee.Claim) { c.Kind = corvee.KindMovement }), false},
		"no figure":        {with(func(c *corvee.Claim) { c.Value = nil }), false},
		"another country":  {with(func(c *corvee.Claim) { c.Countries = []string{"RU"} }), false},
		"another employer": {with(func(c *corvee.Claim) { c.Employer = "Shuanghe" }), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, back := corroborate.States(base, c.other), corroborate.States(c.other, base); got != c.want || back != c.want {
				t.Errorf("States = %v, and the other way %v, want %v", got, back, c.want)
			}
		})
	}
}
