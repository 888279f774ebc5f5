package assess_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/assess"
)

func between(low, high string) corvee.Value {
	v := yuan(low, corvee.PerPerson)
	v.High = corvee.MustDecimal(high)
	return v
}

func labelled(l string) func(*corvee.Claim) { return func(c *corvee.Claim) { c.Label = l } }

// rows writes a waterfall as "gross 2300, levy 2000, left 300*": a star for what is derived.
func rows(w assess.Waterfall) string {
	var out []string
	for _, r := range w.Rows {
		s := strings.TrimSpace(string(r.Stage) + " " + r.Range.String())
		if r.Derived {
			s += "*"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ") + " | " + w.Withheld.String() + " % | " + string(w.Result)
}

func TestWaterfalls(t *testing.T) {
	t.Parallel()
	wage, levy := at(120, corvee.KindWage, yuan("2300", corvee.PerPerson)), at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson))
	for name, c := range map[string]struct {
		claims []corvee.Claim
		want   []string
	}{
		"wage and levy":       {[]corvee.Claim{wage, levy}, []string{"gross 2300, levy 2000, left 300* | 87 % | bounds"}},
		"a net that agrees":   {[]corvee.Claim{wage, levy, at(160, corvee.KindNetPay, yuan("300", corvee.PerPerson))}, []string{"gross 2300, levy 2000, left 300*, net 300 | 87 % | agrees"}},
		"a net that does not": {[]corvee.Claim{wage, levy, at(160, corvee.KindNetPay, yuan("900", corvee.PerPerson))}, []string{"gross 2300, levy 2000, left 300*, net 900 | 87 % | disagrees"}},
		"two levies":          {[]corvee.Claim{wage, at(100, corvee.KindLevy, yuan("500", corvee.PerPerson), labelled("dues")), at(140, corvee.KindLevy, yuan("1000", corvee.PerPerson), labelled("party funds"))}, []string{"gross 2300, levy 500, levy 1000, left 800* | 65.2 % | bounds"}},
		"one levy told twice": {[]corvee.Claim{wage, levy, at(180, corvee.KindLevy, yuan("2000", corvee.PerPerson), labelled("party funds"))}, []string{"gross 2300, levy 2000, left 300* | 87 % | bounds"}},
		"ranges":              {[]corvee.Claim{at(120, corvee.KindWage, between("2200", "2500")), at(100, corvee.KindLevy, yuan("1500", corvee.PerPerson))}, []string{"gross 2200–2500, levy 1500, left 700–1000* | 60–68.2 % | bounds"}},
		"no wage":             {[]corvee.Claim{levy}, nil},
		"a wage alone":        {[]corvee.Claim{wage}, nil},
		"another place":       {[]corvee.Claim{at(120, corvee.KindWage, yuan("2300", corvee.PerPerson), in("hunchun")), at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), in("dandong"))}, nil},
		"a total is nobody's": {[]corvee.Claim{wage, at(100, corvee.KindLevy, yuan("2000", corvee.PerTotal))}, nil},
		"net only":            {[]corvee.Claim{wage, at(160, corvee.KindNetPay, yuan("300", corvee.PerPerson))}, []string{"gross 2300, net 300 | unknown % | bounds"}},
	} {
		var got []string
		for _, w := range assess.Waterfalls(c.claims) {
			got = append(got, rows(w))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A wider range of the wage never narrows what is left, nor the share that is withheld.
func TestLawWideningNeverNarrows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := func(name string, low int) int64 { return int64(rapid.IntRange(low, 4000).Draw(rt, name)) }
		value := func(low, high int64) corvee.Value {
			v := yuan("1", corvee.PerPerson)
			v.Range = corvee.Range{Low: corvee.Int(low), High: corvee.Int(high)}
			return v
		}
		low, width, more := n("low", 1000), n("width", 0), n("more", 0)%900
		levy := at(100, corvee.KindLevy, value(500, 500+n("levy", 0)))
		of := func(low, high int64) assess.Waterfall {
			return assess.Waterfalls([]corvee.Claim{at(120, corvee.KindWage, value(low, high)), levy})[0]
		}
		narrow, wide := of(low, low+width), of(low-more, low+width+more)
		for i := range narrow.Rows {
			holds(rt, wide.Rows[i].Range, narrow.Rows[i].Range)
		}
		holds(rt, wide.Withheld, narrow.Withheld)
	})
}

func holds(rt *rapid.T, wide, narrow corvee.Range) {
	if wide.Low.Cmp(narrow.Low) > 0 || wide.High.Cmp(narrow.High) < 0 {
		rt.Fatalf("%s does not hold %s", wide, narrow)
	}
}

// Figures of the kind that a regional story gives: tens of thousands in a province, a levy
// told of one town in it.
func TestExtrapolate(t *testing.T) {
	t.Parallel()
	people := at(400, corvee.KindHeadcount, persons("25000", "30000"), in("jilin_prov"), func(c *corvee.Claim) { c.Factuality = corvee.Believed })
	levy := at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), in("hunchun"))
	got := assess.Extrapolate([]corvee.Claim{people, levy, at(700, corvee.KindHeadcount, persons("200", "200"), in("hunchun"), named("Plant"))}, "jilin_prov")
	if len(got) != 1 || got[0].Numbers["product"].String() != "50000000–60000000" || got[0].Result != corvee.ResultBounds {
		t.Fatalf("%+v", got)
	}
	if !strings.HasPrefix(got[0].Text, "Extrapolation, stated by nobody: 25,000–30,000 workers at CNY 2,000 a month each make CNY 50,000,000–60,000,000 a month") {
		t.Error(got[0].Text)
	}
	want := []string{
		"that every one of the workers counted pays this levy", "that a levy told of one place holds for the whole region",
		"that count and levy are of one time", "that a count which is only believed holds",
	}
	if diff := cmp.Diff(want, got[0].Needs); diff != "" {
		t.Error(diff)
	}
	elsewhere := at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), in("dandong"))
	got = assess.Extrapolate([]corvee.Claim{people, elsewhere}, "jilin_prov")
	if len(got) != 1 || got[0].Needs[1] != "that a levy which the report tells of elsewhere holds here" {
		t.Errorf("a levy of elsewhere in the same report: %+v", got)
	}
	elsewhere.Report = "another"
	if got := assess.Extrapolate([]corvee.Claim{people, elsewhere}, "jilin_prov"); got != nil {
		t.Errorf("another report's levy of another province was taken: %+v", got)
	}
}

// A yearly total that each worker could not earn, of the kind that is retold for years.
func TestPerHead(t *testing.T) {
	t.Parallel()
	dollars := func(low, high string, per corvee.Per, period corvee.RatePeriod) corvee.Value {
		return corvee.Value{Range: corvee.Range{Low: corvee.MustDecimal(low), High: corvee.MustDecimal(high)}, Unit: corvee.UnitMoney, Currency: "USD", Per: per, Period: period}
	}
	of := func(report string) func(*corvee.Claim) { return func(c *corvee.Claim) { c.Report = report } }
	people := persons("50000", "50000")
	people.High = corvee.Decimal{}
	total := at(100, corvee.KindTransfer, dollars("1200000000", "2300000000", corvee.PerTotal, corvee.EveryYear), of("a"))
	count := at(200, corvee.KindHeadcount, people, of("a"))
	wage := at(10, corvee.KindWage, dollars("120", "150", corvee.PerPerson, corvee.EveryMonth), of("b"))
	got := assess.PerHead([]corvee.Claim{total, count, wage})
	if len(got) != 1 || got[0].Result != corvee.ResultDisagrees || got[0].Numbers["each"].String() != "24000–46000" || got[0].Numbers["needed"].String() != "≥ 666667" {
		t.Fatalf("%+v", got)
	}
	plausible := at(100, corvee.KindTransfer, dollars("60000000", "80000000", corvee.PerTotal, corvee.EveryYear), of("a"))
	if got := assess.PerHead([]corvee.Claim{plausible, count, wage}); len(got) != 1 || got[0].Result != corvee.ResultAgrees {
		t.Errorf("%+v", got)
	}
	elsewhere := count
	elsewhere.Report = "c"
	if got := assess.PerHead([]corvee.Claim{total, elsewhere, wage}); got != nil {
		t.Errorf("the workers of another report were taken: %+v", got)
	}
}
