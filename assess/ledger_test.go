package assess_test

import (
	"math/rand"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/assess"
)

// at builds a claim that stands at a byte offset of an invented report.
func at(start int, kind corvee.Kind, v corvee.Value, change ...func(*corvee.Claim)) corvee.Claim {
	c := corvee.Claim{
		Text: "sha256:x", Kind: kind, Value: &v, Factuality: corvee.Reported, Polarity: corvee.Positive,
		Quote:  corvee.Quote{Exact: "0123456789", Span: corvee.Span{Start: start, End: start + 10}},
		Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed,
	}
	for _, f := range change {
		f(&c)
	}
	c.ID = c.NewID()
	return c
}

func yuan(amount string, per corvee.Per) corvee.Value {
	return corvee.Value{Range: corvee.Exactly(corvee.MustDecimal(amount)), Unit: corvee.UnitMoney, Currency: "CNY", Per: per, Period: corvee.EveryMonth}
}

func persons(low, high string) corvee.Value {
	return corvee.Value{Range: corvee.Range{Low: corvee.MustDecimal(low), High: corvee.MustDecimal(high)}, Unit: corvee.UnitPerson}
}

func in(place string) func(*corvee.Claim) {
	return func(c *corvee.Claim) { c.Places = []corvee.Place{{ID: place, Name: place, Precision: corvee.AtCity}} }
}

func named(site string) func(*corvee.Claim) { return func(c *corvee.Claim) { c.Site = site } }

// kinds returns each finding as "rule result".
func kinds(findings []corvee.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Kind+" "+string(f.Result))
	}
	return out
}

func TestLedger(t *testing.T) {
	t.Parallel()
	levy := at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson))
	wage := at(120, corvee.KindWage, yuan("2300", corvee.PerPerson))
	crew := at(300, corvee.KindHeadcount, persons("200", "200"))
	total := at(320, corvee.KindTransfer, yuan("400000", corvee.PerTotal))
	rejected := levy
	rejected.Review = corvee.ReviewRejected
	dollars := yuan("400000", corvee.PerTotal)
	dollars.Equivalents = []corvee.Equivalent{{Range: corvee.Exactly(corvee.Int(61000)), Currency: "USD"}}
	for name, c := range map[string]struct {
		claims []corvee.Claim
		want   []string
	}{
		"closes":                  {[]corvee.Claim{levy, wage, crew, total}, []string{"ledger.total agrees", "ledger.share bounds"}},
		"does not close":          {[]corvee.Claim{levy, crew, at(320, corvee.KindTransfer, yuan("500000", corvee.PerTotal))}, []string{"ledger.total disagrees"}},
		"a rejected part":         {[]corvee.Claim{rejected, crew, total}, nil},
		"another currency":        {[]corvee.Claim{levy, crew, at(320, corvee.KindTransfer, corvee.Value{Range: corvee.Exactly(corvee.Int(400000)), Unit: corvee.UnitMoney, Currency: "USD", Per: corvee.PerTotal, Period: corvee.EveryMonth})}, nil},
		"no period on the total":  {[]corvee.Claim{levy, crew, at(320, corvee.KindTransfer, corvee.Value{Range: corvee.Exactly(corvee.Int(400000)), Unit: corvee.UnitMoney, Currency: "CNY", Per: corvee.PerTotal})}, nil},
		"another site":            {[]corvee.Claim{at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), named("A")), at(300, corvee.KindHeadcount, persons("200", "200"), named("B")), total}, nil},
		"crew of another place":   {[]corvee.Claim{at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), in("dandong")), at(300, corvee.KindHeadcount, persons("25000", "30000"), in("jilin")), at(320, corvee.KindTransfer, yuan("400000", corvee.PerTotal), in("dandong"))}, nil},
		"far apart and placeless": {[]corvee.Claim{levy, at(9000, corvee.KindHeadcount, persons("200", "200")), total}, nil},
		"levy as a total":         {[]corvee.Claim{wage, at(140, corvee.KindLevy, yuan("400000", corvee.PerTotal))}, nil},
		"levy above wage":         {[]corvee.Claim{at(100, corvee.KindLevy, yuan("2500", corvee.PerPerson)), wage}, []string{"ledger.share disagrees"}},
		"net agrees":              {[]corvee.Claim{levy, wage, at(140, corvee.KindNetPay, yuan("300", corvee.PerPerson))}, []string{"ledger.share bounds", "ledger.net agrees"}},
		"net disagrees":           {[]corvee.Claim{levy, wage, at(140, corvee.KindNetPay, yuan("900", corvee.PerPerson))}, []string{"ledger.share bounds", "ledger.net disagrees"}},
		"conversion":              {[]corvee.Claim{at(320, corvee.KindTransfer, dollars)}, []string{"ledger.rate bounds"}},
		"denied":                  {[]corvee.Claim{at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), func(c *corvee.Claim) { c.Factuality = corvee.Denied }), wage}, nil},
		"negated":                 {[]corvee.Claim{at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson), func(c *corvee.Claim) { c.Polarity = corvee.Negative }), wage}, nil},
		"nothing":                 {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, kinds(assess.Ledger(c.claims))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLedgerFiguresAndWords(t *testing.T) {
	t.Parallel()
	value := yuan("400000", corvee.PerTotal)
	value.Equivalents = []corvee.Equivalent{{Range: corvee.Range{Low: corvee.Int(61000), High: corvee.Int(61000), Approx: true}, Currency: "USD"}}
	got := assess.Ledger([]corvee.Claim{
		at(100, corvee.KindLevy, yuan("2000", corvee.PerPerson)), at(120, corvee.KindWage, yuan("2300", corvee.PerPerson)),
		at(300, corvee.KindHeadcount, persons("200", "200")), at(320, corvee.KindTransfer, value),
	})
	want := []string{
		"CNY 2,000 a month for each of 200 persons makes CNY 400,000 a month; the stated total of CNY 400,000 a month agrees with it.",
		"The levy takes 87 % of the wage and leaves CNY 300 a month.",
		"The stated conversion implies ~6.56 CNY per USD.",
	}
	var texts []string
	for _, f := range got {
		texts = append(texts, f.Text)
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if n := got[0].Unreviewed; n != 3 {
		t.Errorf("unreviewed = %d, want 3", n)
	}
}

// Stated in dollars or in yuan, the rate is the same number.
func TestRateHasOneDirection(t *testing.T) {
	t.Parallel()
	v := corvee.Value{Range: corvee.Exactly(corvee.Int(61000)), Unit: corvee.UnitMoney, Currency: "USD"}
	v.Equivalents = []corvee.Equivalent{{Range: corvee.Exactly(corvee.Int(400000)), Currency: "CNY"}}
	got := assess.Ledger([]corvee.Claim{at(0, corvee.KindTransfer, v)})
	if len(got) != 1 || got[0].Text != "The stated conversion implies 6.56 CNY per USD." {
		t.Errorf("Ledger = %v", got)
	}
}

func drawn(t *rapid.T) []corvee.Claim {
	amount := rapid.Int64Range(1, 100000)
	text := func(n int64) string { return corvee.Int(n).String() }
	crew := rapid.Int64Range(1, 5000).Draw(t, "crew")
	return []corvee.Claim{
		at(100, corvee.KindLevy, yuan(text(amount.Draw(t, "levy")), corvee.PerPerson)),
		at(120, corvee.KindWage, yuan(text(amount.Draw(t, "wage")), corvee.PerPerson)),
		at(300, corvee.KindHeadcount, persons(text(crew), text(crew+rapid.Int64Range(0, 500).Draw(t, "width")))),
		at(320, corvee.KindTransfer, yuan(text(amount.Draw(t, "total")*100), corvee.PerTotal)),
		at(340, corvee.KindNetPay, yuan(text(amount.Draw(t, "net")), corvee.PerPerson)),
	}
}

func TestOrderOfClaimsNeverMatters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		claims := drawn(t)
		want := assess.Ledger(claims)
		shuffled := append([]corvee.Claim(nil), claims...)
		rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(want, assess.Ledger(shuffled)); diff != "" {
			t.Fatalf("order changed the findings:\n%s", diff)
		}
	})
}

// A wider headcount never turns an agreement into a disagreement, and never gives a
// narrower product.
func TestWideningNeverNarrows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		claims := drawn(t)
		before := assess.Ledger(claims)
		wider := *claims[2].Value
		wider.High = wider.High.Add(corvee.Int(rapid.Int64Range(0, 1000).Draw(t, "more")))
		claims[2].Value = &wider
		after := assess.Ledger(claims)
		for i, f := range before {
			if f.Result == corvee.ResultAgrees && after[i].Result != corvee.ResultAgrees {
				t.Fatalf("%s: agreed, and no longer after widening", f.Kind)
			}
			for name, r := range f.Numbers {
				if w := after[i].Numbers[name]; r.Low.Cmp(w.Low) < 0 || r.High.Cmp(w.High) > 0 {
					t.Fatalf("%s %s narrowed from %s to %s", f.Kind, name, r, w)
				}
			}
		}
	})
}
