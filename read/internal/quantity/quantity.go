// Package quantity reads amounts: tokens in, exact values with their doubt out.
//
// Its one idea: an amount is a small grammar, read from the left with one look ahead:
// bound, approximator, number, scale, range, unit, whom it is for, how often. What is not
// said stays empty, an open end stays open, and a number that belongs to something else (a
// date, a name, an ordinal) is not an amount.
package quantity

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Quantity is one amount: tokens First to Last, half-open. A Bare one has no unit: it
// counts what the words after it say.
type Quantity struct {
	First, Last int
	Value       corvee.Value
	Bare        bool
	Share       bool // a part of something: "half", "two thirds"
	// PeriodAt is the token of the period word, -1 without one.
	PeriodAt int
}

// Find appends the quantities of tokens first to last to out, in order and apart from one
// another. taken says which tokens something else has already read.
func Find(p *lexicon.Passage, first, last int, taken func(int) bool, out []Quantity) []Quantity {
	g := grammar{p: p, last: last, taken: taken}
	for i := first; i < last; {
		if !g.mayStart(i) {
			i++
			continue
		}
		q, ok := g.quantity(i)
		if !ok {
			i++
			continue
		}
		out = append(out, q)
		i = q.Last
	}
	return out
}

type grammar struct {
	p     *lexicon.Passage
	last  int
	taken func(int) bool
}

func (g *grammar) is(i int, c lexicon.Class) bool { return i < g.last && g.p.Is(i, c) }

// startClasses are what an amount may begin with, beside digits.
var startClasses = lexicon.SetOf(
	lexicon.Num, lexicon.Scale, lexicon.Vague, lexicon.Few, lexicon.Fraction, lexicon.Currency, lexicon.Approx,
	lexicon.AtLeast, lexicon.MoreThan, lexicon.AtMost, lexicon.LessThan,
)

func (g *grammar) mayStart(i int) bool {
	t := &g.p.Tokens[i]
	if t.Kind != segment.Word {
		return (t.Kind == segment.Number || t.Is('~') || g.p.IsAny(i, &startClasses)) && !g.taken(i)
	}
	starts := g.p.IsAny(i, &startClasses) || g.p.Says(i, "quarter") && g.is(i+1, lexicon.Scale) || g.p.Says(i, "between") || g.p.Says(i, "from") ||
		g.article(i) && (g.is(i+1, lexicon.Scale) || t.Lexeme >= 0 && g.is(i+1, lexicon.Fraction))
	return starts && !g.taken(i) && !g.p.Phrased(i, i+1) // the "over" of "hand over"
}

func (g *grammar) article(i int) bool { return g.p.Says(i, "a") || g.p.Says(i, "an") }

// bound is how the words before a number limit it.
type bound struct {
	class  lexicon.Class // AtLeast, MoreThan, AtMost, LessThan, or Plain
	approx bool
	pair   string // "and" after between, "to" after from
}

func (g *grammar) prefix(i int) (bound, int) {
	var b bound
	for i < g.last {
		start := i
		for _, c := range [...]lexicon.Class{lexicon.AtLeast, lexicon.MoreThan, lexicon.AtMost, lexicon.LessThan} {
			if _, next, ok := g.p.At(i, c); ok && b.class == lexicon.Plain {
				b.class, i = c, next
				break
			}
		}
		if i > start && g.p.Phrased(start, i) {
			return bound{}, start
		}
		if _, next, ok := g.p.At(i, lexicon.Approx); ok {
			b.approx, i = true, next
		}
		switch {
		case g.p.Mark(i, '~'):
			b.approx = true
			i++
		case g.p.Says(i, "between") && b.pair == "":
			b.pair, i = "and", i+1
		case g.p.Says(i, "from") && b.pair == "":
			b.pair, i = "to", i+1
		}
		if i == start {
			break
		}
	}
	return b, i
}

// quantity reads one amount that starts at token i.
func (g *grammar) quantity(i int) (Quantity, bool) {
	b, at := g.prefix(i)
	n, next, ok := g.span(at, b.pair)
	if !ok {
		return Quantity{}, false
	}
	if b.pair != "" && !n.ranged { // "from 300 workers": no range, the word is not ours
		i = at
	}
	q := Quantity{First: i, Last: next, PeriodAt: -1, Share: n.share}
	q.Value.Range = n.value
	q.Value.Approx = n.value.Approx || b.approx
	q.Value.Currency = n.currency
	g.unit(&q, n)
	g.limit(&q, b)
	if !q.Bare {
		g.rate(&q)
		g.equivalent(&q)
	}
	return q, q.Value.Range.Validate() == nil && q.Value.Known()
}

// unit reads what the number counts and sets First of a bare one.
func (g *grammar) unit(q *Quantity, n amount) {
	if n.currency != "" {
		q.Value.Unit = corvee.UnitMoney
		g.change(q)
		return
	}
	if n.share {
		q.Value.Unit = corvee.UnitPercent
		return
	}
	i := q.Last
	if g.p.Mark(i, '-') && g.p.Tokens[i].Glued {
		i++
	}
	if _, next, ok := g.p.At(i, lexicon.Percent); ok && i < g.last {
		q.Value.Unit, q.Last = corvee.UnitPercent, next
		return
	}
	if s, next, ok := g.p.At(i, lexicon.Currency); ok && i < g.last && g.p.Item(s).Attr("side") != "before" && !g.leads(i, next) {
		q.Value.Unit, q.Value.Currency, q.Last = corvee.UnitMoney, g.p.Item(s).ID, next
		q.Value.Range = times(q.Value.Range, g.p.Item(s).Attr("scale"))
		g.scaled(q)
		g.change(q)
		return
	}
	if g.subunit(q, i) {
		return
	}
	if s, next, ok := g.p.At(i, lexicon.Measure); ok && i < g.last && !g.is(next, lexicon.Relative) {
		q.Value.Unit, q.Last = corvee.Unit(g.p.Item(s).ID), next
		return
	}
	q.Bare = true
	q.Value.Unit = corvee.UnitPiece
}

// limit turns the figure into the range that its bound says.
func (g *grammar) limit(q *Quantity, b bound) {
	i := q.Last
	if s, next, ok := g.p.At(i, lexicon.OrMore); ok && i < g.last {
		_ = s
		b.class, q.Last = lexicon.AtLeast, next
	} else if _, next, ok := g.p.At(i, lexicon.OrLess); ok && i < g.last {
		b.class, q.Last = lexicon.AtMost, next
	} else if g.p.Mark(i, '+') && g.p.Tokens[i].Glued {
		b.class, q.Last = lexicon.AtLeast, i+1
	} else if _, next, ok := g.p.At(i, lexicon.ApproxPost); ok && i < g.last {
		q.Value.Approx, q.Last = true, next
	}
	bounded(q, b)
}

// bounded opens an end of the figure as the bound says.
func bounded(q *Quantity, b bound) {
	r := &q.Value.Range
	switch b.class {
	case lexicon.AtLeast, lexicon.MoreThan:
		if r.Low.Known() {
			r.High = corvee.Decimal{}
		}
		if b.class == lexicon.MoreThan && !r.Approx {
			r.Exclusive = corvee.ExclusiveLow
		}
	case lexicon.AtMost, lexicon.LessThan:
		if !r.High.Known() {
			return // "up to thousands": open above
		}
		r.Low = corvee.Decimal{}
		if b.class == lexicon.LessThan {
			r.Exclusive = corvee.ExclusiveHigh
		}
	}
}
