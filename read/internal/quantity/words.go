package quantity

import (
	"corvee"
	"corvee/read/internal/lexicon"
)

// words reads a number in words: "two hundred and fifty", "twenty-five thousand",
// "a hundred", "one and a half million".
func (g *grammar) words(i int) (amount, int, bool) {
	total, current := int64(0), int64(0)
	start, scaled, any := i, false, false
	if g.article(i) && g.is(i+1, lexicon.Scale) {
		current, i = 1, i+1
		any = true
	}
	for i < g.last && !g.taken(i) {
		if s, next, ok := g.p.At(i, lexicon.Num); ok {
			n := g.whole(s)
			if any && current%100 != 0 && (current%10 != 0 || n >= 10) {
				break // "twenty thirty": two numbers
			}
			current += n
			any, i = true, next
		} else if s, next, ok := g.p.At(i, lexicon.Scale); ok && any && g.p.Item(s).Attr("glued") == "" {
			n := g.whole(s)
			if n == 0 || current > maxWords/n {
				break
			}
			scaled = true
			if n < 1000 {
				current *= n
			} else {
				total += max(current, 1) * n
				current = 0
			}
			i = next
		} else if any && g.joins(i) {
			i++
		} else {
			break
		}
	}
	if !any || total > maxWords {
		return amount{}, start, false
	}
	return amount{value: corvee.Exactly(corvee.Int(total + current)), scaled: scaled}, i, true
}

// maxWords bounds a number in words; int64 holds its products.
const maxWords = int64(1_000_000_000_000_000)

func (g *grammar) whole(s lexicon.Sense) int64 {
	var n int64
	for _, c := range g.p.Item(s).Attr("value") {
		if c < '0' || c > '9' || n > maxWords {
			return 0
		}
		n = n*10 + int64(c-'0')
	}
	return n
}

// joins reports whether token i is the hyphen of "twenty-five" or the "and" of "two
// hundred and fifty".
func (g *grammar) joins(i int) bool {
	if i+1 >= g.last {
		return false
	}
	if g.p.Mark(i, '-') && g.p.Tokens[i].Glued {
		return g.p.Is(i+1, lexicon.Num)
	}
	if !g.p.Says(i, "and") || !g.p.Is(i+1, lexicon.Num) {
		return false
	}
	_, _, after := g.p.Ends(i, lexicon.Scale)
	return after
}
