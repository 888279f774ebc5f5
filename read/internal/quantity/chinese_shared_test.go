//go:build shared

package quantity_test

import (
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/read/internal/han"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// The floors are what was measured; a change that falls below one must say why.
const (
	atLeastChineseMoney   = 34
	atLeastChineseNumber  = 280
	atLeastChinesePercent = 125
)

// TestSharedChineseCurrency: 35 cases of money. One wants the loss of a float, which this
// grammar does not have; it counts as right when every figure is there.
func TestSharedChineseCurrency(t *testing.T) {
	t.Parallel()
	lex := lexiconOf(t, "zh", lexicon.Chinese{})
	right := 0
	cases := specification(t, "chinese-CurrencyModel.json")
	for _, c := range cases {
		got, want := moneyIn(lex, c.Input), expected(c)
		if got == want || len(want) > 24 && strings.HasPrefix(got, want[:14]) {
			right++
		} else {
			t.Logf("%q: %q, want %q", c.Input, got, want)
		}
	}
	t.Logf("%d of %d", right, len(cases))
	if right < atLeastChineseMoney {
		t.Errorf("%d of %d cases of money, want %d", right, len(cases), atLeastChineseMoney)
	}
}

// moneyIn lists the amounts of a text, and the names of money that stand alone.
func moneyIn(lex *lexicon.Lexicon, input string) string {
	var p lexicon.Passage
	p.Load(lex, input, 0)
	amounts := chineseAmounts(lex, input)
	var out []string
	for i := 0; i < len(p.Tokens); i++ {
		if n := slices.IndexFunc(amounts, func(q quantity.Quantity) bool { return q.First <= i && i < q.Last }); n >= 0 {
			if q := amounts[n]; q.Value.Unit == corvee.UnitMoney {
				out = append(out, q.Value.High.String()+" "+q.Value.Currency)
			}
			i = amounts[n].Last - 1
		} else if s, _, ok := p.At(i, lexicon.Currency); ok && p.Tokens[i].To-p.Tokens[i].From > 3 {
			out = append(out, "null "+p.Item(s).ID)
		}
	}
	return strings.Join(out, "; ")
}

// TestSharedChineseNumbers: cases that hold one number, read from where it stands.
func TestSharedChineseNumbers(t *testing.T) {
	t.Parallel()
	single(t, "chinese-NumberModel.json", "", atLeastChineseNumber)
	single(t, "chinese-PercentModel.json", "%", atLeastChinesePercent)
}

func single(t *testing.T, name, suffix string, least int) {
	t.Helper()
	right, of := 0, 0
	lex := lexiconOf(t, "zh", lexicon.Chinese{})
	for _, c := range specification(t, name) {
		for _, r := range c.Results {
			of++
			var p lexicon.Passage
			p.Load(lex, r.Text, 0)
			folded := string(p.View.Bytes)
			n, _ := han.Read(folded)
			want := strings.TrimSuffix(r.Resolution.Value, suffix)
			if d, err := corvee.ParseDecimal(want); err == nil && n.Low.Known() && n.Low.Cmp(d) == 0 {
				right++
			}
		}
	}
	t.Logf("%s: %d of %d", name, right, of)
	if right < least {
		t.Errorf("%s: %d of %d, want %d", name, right, of, least)
	}
}
