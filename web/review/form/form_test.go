package form_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/web/review/form"
)

func nowhere(string) (corvee.Place, bool) { return corvee.Place{}, false }

func exact(d corvee.Decimal) string { return d.String() }

func drawClaim(t *rapid.T) corvee.Claim {
	word := rapid.SampledFrom([]string{"", "loyalty fund", "80-day battle", "기업", "工厂", " padded ", "\u202eturned", "a\nb"})
	c := corvee.Claim{
		Kind: rapid.SampledFrom(corvee.Kinds()).Draw(t, "kind"), Factuality: rapid.SampledFrom(corvee.Factualities()).Draw(t, "factuality"),
		Polarity: rapid.SampledFrom(corvee.Polarities()).Draw(t, "polarity"), Label: word.Draw(t, "label"), Site: word.Draw(t, "site"),
		Employer: word.Draw(t, "employer"), Subject: word.Draw(t, "subject"), Sector: rapid.SampledFrom(append(corvee.Sectors(), "")).Draw(t, "sector"),
		Attribution: []corvee.Attribution{{Role: "trader", Code: "A-1", Country: "CN", Speaker: corvee.SpeakerAnonymous}, {Name: "Post", Speaker: corvee.SpeakerPublisher}},
		Countries:   rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"CN", "KP", "RU", "PL"}), 0, 3, func(s string) string { return s }).Draw(t, "countries"),
		Inferred:    []corvee.SlotName{corvee.SlotWhen}, Slots: []corvee.Slot{{Name: corvee.SlotValue, Span: corvee.Span{Start: 1, End: 2}}},
	}
	if c.Kind == corvee.KindCondition {
		c.Indicator = rapid.SampledFrom(corvee.Indicators()).Draw(t, "indicator")
	}
	if rapid.Bool().Draw(t, "value") {
		low, high := corvee.Int(rapid.Int64Range(0, 500).Draw(t, "low")), corvee.Int(rapid.Int64Range(501, 900).Draw(t, "high"))
		c.Value = &corvee.Value{Unit: corvee.UnitMoney, Currency: "CNY", Per: rapid.SampledFrom(corvee.Pers()).Draw(t, "per"), Range: rapid.SampledFrom([]corvee.Range{
			corvee.Exactly(low), {Low: low}, {High: high}, {Low: low, Exclusive: corvee.ExclusiveLow}, {High: high, Exclusive: corvee.ExclusiveHigh},
			{Low: low, High: high, Approx: true}, {Low: low, High: high, Exclusive: corvee.ExclusiveBoth}, {},
		}).Draw(t, "range")}
	}
	if rapid.Bool().Draw(t, "when") {
		c.When = rapid.SampledFrom([]*corvee.When{
			{Relative: true, Unresolved: "last year"}, new(corvee.During(corvee.Date{Year: 2020})), new(corvee.Between(corvee.Date{Year: 2020, Month: 2}, corvee.Date{})),
			new(corvee.Between(corvee.Date{}, corvee.Date{Year: 2019, Month: 12, Day: 22})),
		}).Draw(t, "period")
	}
	if rapid.Bool().Draw(t, "place") {
		c.Places = []corvee.Place{{ID: "x", Name: "Nowhere (old)", Country: "CN", Precision: corvee.AtCounty}, {ID: "y", Name: "Nowhere", Precision: corvee.AtCity}}
	}
	return c
}

// TestUntouchedFormKeepsTheClaim: what a browser sends back of a form that nobody touched
// leaves the claim exactly as it was.
func TestUntouchedFormKeepsTheClaim(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawClaim(t)
		got, bad := form.Parse(sent(form.Of(c))).Apply(c, nowhere)
		if bad != nil {
			t.Fatalf("Apply finds fault: %v", bad)
		}
		if diff := cmp.Diff(c, got, cmp.Comparer(func(a, b corvee.Decimal) bool { return exact(a) == exact(b) })); diff != "" {
			t.Fatalf("claim (-before +after):\n%s", diff)
		}
	})
}

// sent is what a browser makes of the fields: line ends become CRLF.
func sent(f form.Fields) url.Values {
	return url.Values{
		"kind": {f.Kind}, "polarity": {f.Polarity}, "factuality": {f.Factuality}, "sector": {f.Sector}, "indicator": {f.Indicator}, "label": {f.Label},
		"bound": {f.Bound}, "figure": {f.Figure}, "to": {f.To}, "approx": {f.Approx}, "unit": {f.Unit}, "currency": {f.Currency}, "per": {f.Per},
		"period": {f.Period}, "of": {f.Of}, "subject": {f.Subject}, "places": {crlf(f.Places)}, "countries": {f.Countries}, "site": {f.Site},
		"employer": {f.Employer}, "from": {f.From}, "until": {f.Until}, "speaker": {f.Speaker}, "name": {f.Name}, "role": {f.Role}, "note": {f.Note},
	}
}

func crlf(s string) string {
	var out []rune
	for _, r := range s {
		if r == '\n' {
			out = append(out, '\r')
		}
		out = append(out, r)
	}
	return string(out)
}

func TestBoundsReadAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	n := corvee.Int(30)
	tests := map[form.Bound]corvee.Range{
		form.Exactly: corvee.Exactly(n), form.AtLeast: {Low: n}, form.MoreThan: {Low: n, Exclusive: corvee.ExclusiveLow},
		form.AtMost: {High: n}, form.LessThan: {High: n, Exclusive: corvee.ExclusiveHigh},
	}
	for bound, want := range tests {
		f := form.Of(corvee.Claim{Kind: corvee.KindHeadcount, Factuality: corvee.Asserted, Polarity: corvee.Positive})
		f.Bound, f.Figure, f.Unit = string(bound), "30.0", "person"
		c, bad := f.Apply(corvee.Claim{}, nowhere)
		if bad != nil || c.Value == nil || c.Value.Range != want {
			t.Errorf("%s 30: %+v, %v", bound, c.Value, bad)
		}
	}
}

// TestAFigureIsNeverGuessed: a figure without a word for its bound, or without a unit, is
// asked about.
func TestAFigureIsNeverGuessed(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]form.Fields{
		"bound": {Figure: "30", Unit: "person"}, "unit": {Figure: "30", Bound: "exactly"}, "figure": {Bound: "more_than", Unit: "person"},
		"to": {Bound: "between", Figure: "30", Unit: "person"},
	} {
		f.Kind, f.Factuality, f.Polarity = "headcount", "asserted", "positive"
		if _, bad := f.Apply(corvee.Claim{}, nowhere); bad[name] == "" {
			t.Errorf("without %s: %v", name, bad)
		}
	}
}
