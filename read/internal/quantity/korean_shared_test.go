//go:build shared

package quantity_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// recognised is one case of the recognizers' specification: an input and what is in it.
type recognised struct {
	Input   string
	Results []struct {
		Text       string
		Resolution struct{ Value, Unit, IsoCurrency string }
	}
}

func specification(t *testing.T, name string) []recognised {
	t.Helper()
	dir := os.Getenv("CORVEE_SHARED")
	if dir == "" {
		t.Skip("CORVEE_SHARED is not set")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "bench", "recognizers", name))
	if err != nil {
		t.Fatal(err)
	}
	var cases []recognised
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(raw), "\ufeff")), &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// units are the currencies of the specification that it gives no code.
var units = map[string]string{
	"Dollar": "USD", "Finnish markka": "FIM", "Belgian franc": "BEF", "French franc": "FRF", "German mark": "DEM",
	"Pound": "GBP", "Euro": "EUR", "Japanese yen": "JPY", "Chinese yuan": "CNY", "Korean won": "KRW", "Swiss franc": "CHF",
	"Italian lira": "ITL", "Franc": "CHF", "Peseta": "ESP", "Netherlands guilder": "NLG", "Cent": "USD", "Pence": "GBP", "Penny": "GBP",
	"Rupee": "INR", "Bitcoin": "XBT",
}

func code(unit, iso string) string {
	if iso != "" {
		return iso
	}
	if c, ok := units[unit]; ok {
		return c
	}
	return unit
}

// atLeastCurrency is how many of the 108 Korean cases of money the grammar reads.
const atLeastCurrency = 100

func TestSharedKoreanCurrency(t *testing.T) {
	t.Parallel()
	lex := korean(t)
	right := 0
	cases := specification(t, "korean-CurrencyModel.json")
	for _, c := range cases {
		if got, want := money(lex, c.Input), expected(c); got == want {
			right++
		} else {
			t.Logf("%q: %s, want %s", c.Input, got, want)
		}
	}
	t.Logf("%d of %d", right, len(cases))
	if right < atLeastCurrency {
		t.Errorf("%d of %d cases of money, want %d", right, len(cases), atLeastCurrency)
	}
}

func money(lex *lexicon.Lexicon, input string) string {
	var out []string
	for _, q := range amounts(lex, input) {
		if q.Value.Unit == corvee.UnitMoney {
			n := q.Value.High
			if !n.Known() {
				n = q.Value.Low
			}
			out = append(out, n.String()+" "+q.Value.Currency)
		}
	}
	return strings.Join(out, "; ")
}

func expected(c recognised) string {
	var out []string
	for _, r := range c.Results {
		n, err := corvee.ParseDecimal(r.Resolution.Value)
		if err != nil {
			out = append(out, "null "+code(r.Resolution.Unit, r.Resolution.IsoCurrency))
			continue
		}
		switch r.Resolution.Unit {
		case "Cent", "Pence", "Penny": // a hundredth of what the grammar counts in
			n = n.Div(corvee.Int(100), 4)
		}
		out = append(out, n.String()+" "+code(r.Resolution.Unit, r.Resolution.IsoCurrency))
	}
	return strings.Join(out, "; ")
}

func amounts(lex *lexicon.Lexicon, input string) []quantity.Quantity {
	var p lexicon.Passage
	p.Load(lex, input, 0)
	var out []quantity.Quantity
	for _, s := range p.Sentences {
		p.Clauses(s.First, s.Last)
		out = quantity.Korean(&p, s.First, s.Last, func(int) bool { return false }, out)
	}
	return out
}
