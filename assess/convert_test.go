package assess_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/assess"
	"corvee/assess/exchange"
)

func day(s string) corvee.Date {
	d, err := corvee.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// money has round, invented rates of one day: 8 yuan and 1.2 dollars for one euro.
func money() assess.Money {
	return assess.Money{
		Book: exchange.NewBook("ECB", []exchange.Rate{
			{Day: day("2020-11-19"), Currency: "CNY", PerEuro: corvee.Int(8)}, {Day: day("2020-11-19"), Currency: "USD", PerEuro: corvee.MustDecimal("1.2")},
		}),
		In: "USD", Published: map[string]corvee.Date{"a": day("2020-11-20")},
	}
}

func told(when corvee.When) func(*corvee.Claim) {
	return func(c *corvee.Claim) { c.When, c.Report = &when, "a" }
}

func TestConvert(t *testing.T) {
	t.Parallel()
	said := func(low string) func(*corvee.Claim) {
		return func(c *corvee.Claim) {
			c.Value.Equivalents = []corvee.Equivalent{{Range: corvee.Exactly(corvee.MustDecimal(low)), Currency: "USD"}}
		}
	}
	kpw := yuan("5000", corvee.PerPerson)
	kpw.Currency = "KPW"
	unknown := yuan("5000", corvee.PerPerson)
	unknown.Currency = ""
	thatDay := told(corvee.During(day("2020-11-19")))
	for name, c := range map[string]struct {
		claim corvee.Claim
		want  []string
		needs string
	}{
		"the rate of the day": {at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), thatDay),
			[]string{"bounds Derived: CNY 2,000 a month is about USD 300 a month, at 6.66666667 CNY for one USD on 2020-11-19 (ECB, cross rate through EUR)."}, ""},
		"its own conversion first": {at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), thatDay, said("310")),
			[]string{"agrees The report itself says that CNY 2,000 a month is USD 310 a month. 6.66666667 CNY for one USD on 2020-11-19 (ECB, cross rate through EUR) gives USD 300 a month, which agrees with it."}, ""},
		"its own conversion is far off": {at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), thatDay, said("400")),
			[]string{"disagrees The report itself says that CNY 2,000 a month is USD 400 a month. 6.66666667 CNY for one USD on 2020-11-19 (ECB, cross rate through EUR) gives USD 300 a month, which does not agree."}, ""},
		"its own, where no rate is known": {at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), told(corvee.During(day("2016"))), said("400")),
			[]string{"bounds The report itself says that CNY 2,000 a month is USD 400 a month."}, ""},
		"no time told": {at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), told(corvee.When{})),
			[]string{"bounds Derived: CNY 2,000 a month is about USD 300 a month, at 6.66666667 CNY for one USD of the nearest earlier trading day, 2020-11-19 (ECB, cross rate through EUR)."},
			"that the amount is of the time when the report was published; that the rate of the trading day before holds for a day without trading"},
		"since a day": {at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), told(corvee.When{From: day("2020-11-01"), Precision: corvee.PrecisionDay})),
			[]string{"bounds Derived: CNY 2,000 a month is about USD 300 a month, at 6.66666667 CNY for one USD lowest and highest in 2020-11-01/2020-11-20 (ECB, cross rate through EUR)."},
			"that the amount did not change until the report was published"},
		"until a day nobody knows": {at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), told(corvee.When{Until: day("2020-11-01"), Precision: corvee.PrecisionDay})),
			[]string{"no_evidence CNY 2,000 a month is not converted: its time is not known, so no rate is."}, ""},
		"KPW":                 {at(100, corvee.KindLevy, kpw, thatDay), []string{"no_evidence KPW 5,000 a month is not converted: KPW has no market rate; official and reported rates are claims."}, ""},
		"an unknown currency": {at(100, corvee.KindLevy, unknown, thatDay), nil, ""},
		"denied":              {at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), thatDay, func(c *corvee.Claim) { c.Factuality = corvee.Denied }), nil, ""},
		"people":              {at(100, corvee.KindHeadcount, persons("20", "20"), thatDay), nil, ""},
	} {
		var got []string
		needs := ""
		for _, f := range assess.Convert([]corvee.Claim{c.claim}, money()) {
			got = append(got, string(f.Result)+" "+f.Text)
			needs = strings.Join(f.Needs, "; ")
			if !slices.Equal(f.Claims, []string{c.claim.ID}) {
				t.Errorf("%s: rests on %v", name, f.Claims)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if needs != c.needs {
			t.Errorf("%s: assumes %q", name, needs)
		}
	}
}

// All rows of a waterfall are converted at one rate, and the rate is said; without one it
// stays as it was.
func TestConvertedWaterfall(t *testing.T) {
	t.Parallel()
	wage := at(120, corvee.KindWage, yuan("2300", corvee.PerPerson), told(corvee.During(day("2020-11-19"))))
	levy := at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), told(corvee.During(day("2020-11-19"))))
	plain := assess.Waterfalls([]corvee.Claim{wage, levy})[0]
	w := plain.Converted(wage, money())
	var got []string
	for _, r := range w.Rows {
		got = append(got, string(r.Stage)+" "+r.In.Range.String())
	}
	if diff := cmp.Diff([]string{"gross ~345", "levy ~300", "left ~45"}, got); diff != "" || !strings.HasPrefix(w.Rate, "6.66666667 CNY for one USD on 2020-11-19") {
		t.Errorf("%s %s", diff, w.Rate)
	}
	wage.When, wage.Report = nil, "of no known day"
	if diff := cmp.Diff(plain, plain.Converted(wage, money())); diff != "" {
		t.Errorf("converted without a rate: %s", diff)
	}
	if diff := cmp.Diff(plain, plain.Converted(wage, assess.Money{})); diff != "" {
		t.Errorf("converted though nobody asked: %s", diff)
	}
}
