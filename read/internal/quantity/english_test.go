package quantity_test

import (
	"testing"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// TestEnglishMoney: how a sum is written, and what is none.
func TestEnglishMoney(t *testing.T) {
	t.Parallel()
	lex := lexiconOf(t, "en", lexicon.English{})
	for text, want := range map[string]string{
		"each row pays 50 cents":                     "0.5 USD",
		"a bolt costs 40 pence":                      "0.4 GBP",
		"the meal cost 3 dollars and 20 cents":       "3.2 USD",
		"the meal cost 3 dollars 20.":                "3.2 USD",
		"they paid 3 dollars and 20 men left":        "3 USD",
		"the plant owes HK $ 12 million":             "12000000 HKD",
		"the plant owes 12 MEUR":                     "12000000 EUR",
		"the plant owes 12 USD million":              "12000000 USD",
		"half million yuan were kept":                "500000 CNY",
		"they kept three quarters of the 2,000 yuan": "2000 CNY",
		"two lakh rupees a year":                     "200000 INR",
		"Silica gel is packed by 20 women":           "",
		"in the second quarter 20 women came":        "",
	} {
		var p lexicon.Passage
		p.Load(lex, text, 0)
		got := ""
		for _, s := range p.Sentences {
			p.Clauses(s.First, s.Last)
			for _, q := range quantity.Find(&p, s.First, s.Last, func(int) bool { return false }, nil) {
				if q.Value.Unit == corvee.UnitMoney {
					got = q.Value.Low.String() + " " + q.Value.Currency
				}
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
