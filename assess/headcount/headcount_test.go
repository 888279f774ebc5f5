package headcount_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/assess/headcount"
)

type change func(*corvee.Claim)

func count(id string, low, high int64, changes ...change) corvee.Claim {
	v := corvee.Value{Unit: corvee.UnitPerson, Per: corvee.PerTotal}
	if low > 0 {
		v.Low = corvee.Int(low)
	}
	if high > 0 {
		v.High = corvee.Int(high)
	}
	c := corvee.Claim{ID: id, Kind: corvee.KindHeadcount, Value: &v, Polarity: corvee.Positive, Factuality: corvee.Reported}
	for _, f := range changes {
		f(&c)
	}
	return c
}

func at(place, country string) change {
	return func(c *corvee.Claim) {
		c.Countries = []string{country}
		if place != "" {
			c.Places = []corvee.Place{{ID: place, Country: country}}
		}
	}
}

func site(name string) change { return func(c *corvee.Claim) { c.Site = name } }
func in(date string) change {
	return func(c *corvee.Claim) {
		d, err := corvee.ParseDate(date)
		if err != nil {
			panic(err)
		}
		w := corvee.During(d)
		c.When = &w
	}
}
func sector(s corvee.Sector) change { return func(c *corvee.Claim) { c.Sector = s } }
func negative(c *corvee.Claim)      { c.Polarity = corvee.Negative }
func planned(c *corvee.Claim)       { c.Factuality = corvee.Planned }
func rejected(c *corvee.Claim)      { c.Review = corvee.ReviewRejected }
func about(c *corvee.Claim)         { c.Value.Approx = true }

// Figures of Kuwait (August 2017) and Russia are of the reported facts: 6,064 and 2,500;
// 47,364 and "never above 37,000".
func TestConflicts(t *testing.T) {
	t.Parallel()
	kuwait := []change{at("", "KW"), in("2017-08")}
	russia := []change{at("", "RU"), in("2015")}
	for name, c := range map[string]struct {
		claims []corvee.Claim
		want   int
	}{
		"Kuwait, one month":      {[]corvee.Claim{count("a", 6064, 6064, kuwait...), count("b", 2500, 2500, kuwait...)}, 1},
		"Russia, never above":    {[]corvee.Claim{count("a", 47364, 47364, russia...), count("b", 0, 37000, russia...)}, 1},
		"about and exact":        {[]corvee.Claim{count("a", 2000, 2000, at("dandong", "CN"), in("2020"), about), count("b", 2150, 2150, at("dandong", "CN"), in("2020"))}, 0},
		"two years":              {[]corvee.Claim{count("a", 100, 100, at("dandong", "CN"), in("2018")), count("b", 300, 300, at("dandong", "CN"), in("2020"))}, 0},
		"two trades":             {[]corvee.Claim{count("a", 100, 100, at("dandong", "CN"), in("2020"), sector("seafood")), count("b", 300, 300, at("dandong", "CN"), in("2020"), sector("garments"))}, 0},
		"a city and its country": {[]corvee.Claim{count("a", 100, 100, at("dandong", "CN"), in("2020")), count("b", 300, 300, at("", "CN"), in("2020"))}, 0},
		"a time is not known":    {[]corvee.Claim{count("a", 100, 100, at("dandong", "CN"), in("2020")), count("b", 300, 300, at("dandong", "CN"))}, 0},
		"one is planned":         {[]corvee.Claim{count("a", 100, 100, at("dandong", "CN"), in("2020")), count("b", 300, 300, at("dandong", "CN"), in("2020"), planned)}, 0},
		"one is rejected":        {[]corvee.Claim{count("a", 100, 100, at("dandong", "CN"), in("2020")), count("b", 300, 300, at("dandong", "CN"), in("2020"), rejected)}, 0},
		"open ends that meet":    {[]corvee.Claim{count("a", 100, 0, at("dandong", "CN"), in("2020")), count("b", 300, 300, at("dandong", "CN"), in("2020"))}, 0},
	} {
		if got := headcount.Assess(c.claims, "").Conflicts; len(got) != c.want {
			t.Errorf("%s: %d conflicts, want %d: %+v", name, len(got), c.want, got)
		}
	}
}

func TestBound(t *testing.T) {
	t.Parallel()
	plant := func(id, name string, low int64, date string, changes ...change) corvee.Claim {
		return count(id, low, low, append([]change{site(name), at("hunchun", "CN"), in(date)}, changes...)...)
	}
	for name, c := range map[string]struct {
		claims []corvee.Claim
		least  string
	}{
		"two sites of one year":     {[]corvee.Claim{plant("a", "Plant A", 200, "2020"), plant("b", "Plant B", 300, "2020-05")}, "500"},
		"two tellings of one site":  {[]corvee.Claim{plant("a", "Plant A", 200, "2020"), plant("b", "plant a", 300, "2020")}, ""},
		"the smaller of two":        {[]corvee.Claim{plant("a", "Plant A", 200, "2020"), plant("b", "Plant A", 300, "2020"), plant("c", "Plant B", 10, "2020")}, "210"},
		"one closed, one opened":    {[]corvee.Claim{plant("a", "Plant A", 200, "2018"), plant("b", "Plant B", 300, "2020")}, ""},
		"a site and its town":       {[]corvee.Claim{plant("a", "Plant A", 200, "2020"), count("b", 5000, 5000, at("hunchun", "CN"), in("2020"))}, ""},
		"planned":                   {[]corvee.Claim{plant("a", "Plant A", 200, "2020"), plant("b", "Plant B", 300, "2020", planned)}, ""},
		"negated":                   {[]corvee.Claim{plant("a", "Plant A", 200, "2020"), plant("b", "Plant B", 300, "2020", negative)}, ""},
		"three, of which two share": {[]corvee.Claim{plant("a", "A", 200, "2020"), plant("b", "B", 300, "2020"), plant("c", "C", 100, "2022")}, "500"},
	} {
		got := ""
		if b := headcount.Assess(c.claims, "jilin_prov").Bound; b != nil {
			got = b.Least.String()
		}
		if got != c.least {
			t.Errorf("%s: at least %q, want %q", name, got, c.least)
		}
	}
}

func TestTrend(t *testing.T) {
	t.Parallel()
	s := headcount.Assess([]corvee.Claim{count("b", 300, 300, at("dandong", "CN"), in("2020")), count("a", 100, 100, at("dandong", "CN"), in("2018"))}, "liaoning")
	if len(s.Trends) != 1 || s.Trends[0].Direction != "increase" || s.Trends[0].From.Claim != "a" {
		t.Errorf("%+v", s.Trends)
	}
	if s := headcount.Assess([]corvee.Claim{count("a", 100, 100, at("dandong", "CN"), in("2018"))}, "jilin_prov"); len(s.Counts) != 0 {
		t.Error("Dandong does not lie in Jilin")
	}
}

func TestLawOrderNeverMatters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var claims []corvee.Claim
		for i := range rapid.IntRange(0, 12).Draw(rt, "n") {
			low := rapid.Int64Range(1, 500).Draw(rt, "low")
			claims = append(claims, count(fmt.Sprint("c", i), low, low+rapid.Int64Range(0, 100).Draw(rt, "width"),
				at(rapid.SampledFrom([]string{"dandong", "hunchun"}).Draw(rt, "place"), "CN"), site(rapid.SampledFrom([]string{"", "A", "B", "C"}).Draw(rt, "site")),
				in(rapid.SampledFrom([]string{"2019", "2020", "2020-03", "2021"}).Draw(rt, "when"))))
		}
		before, after := headcount.Assess(claims, ""), headcount.Assess(rapid.Permutation(claims).Draw(rt, "order"), "")
		if diff := cmp.Diff(before, after); diff != "" {
			rt.Fatal(diff)
		}
		if before.Bound == nil {
			return
		}
		// Adding a count never lowers what separate sites add up to, unless it is of one of them.
		more := headcount.Assess(append(claims, count("z", 7, 7, at("hunchun", "CN"), site("Z"), in("2020"))), "").Bound
		if more == nil || more.Least.Cmp(before.Bound.Least) < 0 {
			rt.Fatalf("%v became %v", before.Bound, more)
		}
	})
}
