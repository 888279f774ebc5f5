//go:build shared

package quantity_test

import (
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// atLeastEnglishMoney is how many of the 180 English cases of money the grammar reads.
const atLeastEnglishMoney = 170

// TestSharedEnglishCurrency: every amount of a case, in order, with its currency, and the
// names of money that stand alone.
func TestSharedEnglishCurrency(t *testing.T) {
	t.Parallel()
	lex := lexiconOf(t, "en", lexicon.English{})
	right := 0
	cases := specification(t, "english-CurrencyModel.json")
	for _, c := range cases {
		if got, want := englishMoney(lex, c.Input), expected(c); got == want {
			right++
		} else {
			t.Logf("%q: %q, want %q", c.Input, got, want)
		}
	}
	t.Logf("%d of %d", right, len(cases))
	if right < atLeastEnglishMoney {
		t.Errorf("%d of %d cases of money, want %d", right, len(cases), atLeastEnglishMoney)
	}
}

func englishMoney(lex *lexicon.Lexicon, input string) string {
	var p lexicon.Passage
	p.Load(lex, input, 0)
	amounts := englishAmounts(lex, input)
	var out []string
	for i := 0; i < len(p.Tokens); i++ {
		if n := slices.IndexFunc(amounts, func(q quantity.Quantity) bool { return q.First <= i && i < q.Last }); n >= 0 {
			if q := amounts[n]; q.Value.Unit == corvee.UnitMoney {
				out = append(out, most(q).String()+" "+q.Value.Currency)
			}
			i = amounts[n].Last - 1
		} else if s, _, ok := p.At(i, lexicon.Currency); ok && p.Tokens[i].To-p.Tokens[i].From > 2 && !p.Says(i, "won") {
			out = append(out, "null "+p.Item(s).ID)
		}
	}
	return strings.Join(out, "; ")
}

func most(q quantity.Quantity) corvee.Decimal {
	if q.Value.High.Known() {
		return q.Value.High
	}
	return q.Value.Low
}

func englishAmounts(lex *lexicon.Lexicon, input string) []quantity.Quantity {
	var p lexicon.Passage
	p.Load(lex, input, 0)
	var out []quantity.Quantity
	for _, s := range p.Sentences {
		p.Clauses(s.First, s.Last)
		out = quantity.Find(&p, s.First, s.Last, func(int) bool { return false }, out)
	}
	return out
}

// TestSharedNumbers: cases of one number or percentage, read where they stand. What is counted
// in fractions, to a power or by ordinals is none of this grammar's.
func TestSharedNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file  string
		in    func(string) []quantity.Quantity
		least int
	}{
		{"english-NumberModel.json", finder(lexiconOf(t, "en", lexicon.English{}), englishAmounts), 47},
		{"english-PercentModel.json", finder(lexiconOf(t, "en", lexicon.English{}), englishAmounts), 14},
		{"korean-NumberModel.json", finder(korean(t), amounts), 33},
		{"korean-PercentModel.json", finder(korean(t), amounts), 18},
	} {
		right, of := 0, 0
		for _, one := range specification(t, c.file) {
			if len(one.Results) != 1 {
				continue
			}
			of++
			want, err := corvee.ParseDecimal(strings.TrimSuffix(one.Results[0].Resolution.Value, "%"))
			got := c.in(one.Input)
			if err == nil && len(got) == 1 && most(got[0]).Known() && most(got[0]).Cmp(want) == 0 {
				right++
			}
		}
		t.Logf("%s: %d of %d", c.file, right, of)
		if right < c.least {
			t.Errorf("%s: %d of %d, want %d", c.file, right, of, c.least)
		}
	}
}

func finder(lex *lexicon.Lexicon, in func(*lexicon.Lexicon, string) []quantity.Quantity) func(string) []quantity.Quantity {
	return func(s string) []quantity.Quantity { return in(lex, s) }
}
