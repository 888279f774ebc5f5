package quantity

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// times multiplies a figure by the scale of its code: 30 MUSD. "" is one.
func times(r corvee.Range, scale string) corvee.Range {
	by, err := corvee.ParseDecimal(scale)
	if err != nil {
		return r
	}
	for _, end := range [...]*corvee.Decimal{&r.Low, &r.High} {
		if end.Known() {
			*end = end.Mul(by)
		}
	}
	return r
}

// part reads "half million", "three quarters billion": a part of a scale, if it comes out
// even.
func (g *grammar) part(s lexicon.Sense, i int) (amount, int, bool) {
	scale, next, ok := g.p.At(i, lexicon.Scale)
	if !ok || i >= g.last || g.p.Item(s).Attr("approx") != "" || g.p.Item(scale).Attr("glued") != "" {
		return amount{}, i, false
	}
	d := g.value(s).Mul(g.value(scale)).Div(corvee.Int(100), 0)
	return amount{value: corvee.Exactly(d), scaled: true}, next, d.Known()
}

// scaled reads the scale behind a currency: "75 USD million".
func (g *grammar) scaled(q *Quantity) {
	s, next, ok := g.p.At(q.Last, lexicon.Scale)
	if ok && q.Last < g.last && g.p.Item(s).Attr("glued") == "" && g.p.Item(s).ID != "dozen" {
		q.Value.Range, q.Last = times(q.Value.Range, g.p.Item(s).Attr("value")), next
	}
}

// leads reports whether the currency of tokens i to next is that of the number glued behind
// it: the bill of "1 $10 bill".
func (g *grammar) leads(i, next int) bool {
	return next < g.last && g.p.Tokens[next].Kind == segment.Number && g.p.Tokens[next].Glued && !g.p.Tokens[i].Glued
}

// subunit makes money of cents and pence.
func (g *grammar) subunit(q *Quantity, i int) bool {
	s, next, ok := g.p.At(i, lexicon.Subunit)
	if !ok || i >= g.last {
		return false
	}
	q.Value.Range = times(q.Value.Range, g.p.Item(s).Attr("value"))
	q.Value.Unit, q.Value.Currency, q.Last = corvee.UnitMoney, g.p.Item(s).Attr("currency"), next
	return true
}

// change adds what is left of a sum after its whole units: "3 dollars 50 cents", and, at the
// end of what is said, "15 dollars 50".
func (g *grammar) change(q *Quantity) {
	whole, ok := q.Value.Single()
	i := q.Last
	if !ok || i >= g.last {
		return
	}
	if g.p.Says(i, "and") {
		i++
	}
	a, next, is := g.number(i)
	part, single := a.value.Single()
	if !is || !single || a.share || a.scaled || part.Cmp(hundred) >= 0 || part.Sign() < 0 {
		return
	}
	s, after, sub := g.p.At(next, lexicon.Subunit)
	switch {
	case sub && next < g.last:
		part, next = part.Mul(g.value(s)), after
	case g.p.Says(next, "more") && next+1 < g.last && g.p.Tokens[next+1].Kind == segment.Mark, next >= g.last || g.p.Tokens[next].Kind == segment.Mark && g.p.Mark(next, '.') && next+1 >= g.last:
		part = part.Div(hundred, 2)
	default:
		return
	}
	q.Value.Range, q.Last = corvee.Exactly(whole.Add(part)), next
}

var hundred = corvee.Int(100)
