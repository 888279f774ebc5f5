package quantity

import (
	"corvee"
	"corvee/read/internal/lexicon"
)

// rate reads whom an amount is for and how often it falls due, in either order: "a month
// per person", "each", "monthly".
func (g *grammar) rate(q *Quantity) {
	for range 3 {
		at := q.Last
		g.each(q)
		g.often(q)
		if q.Last == at {
			return
		}
	}
}

func (g *grammar) each(q *Quantity) {
	i := q.Last
	if i >= g.last || q.Value.Per != "" || q.Value.Unit != corvee.UnitMoney && q.Value.Unit != corvee.UnitKilogram {
		return
	}
	if s, next, ok := g.p.At(i, lexicon.EachPost); ok {
		if g.p.Is(next, lexicon.PeriodNoun) {
			return // "each month"
		}
		q.Value.Per, q.Last = corvee.Per(g.p.Item(s).ID), next
		return
	}
	if _, next, ok := g.p.At(i, lexicon.PerWord); ok && next < g.last {
		for _, c := range [...]lexicon.Class{lexicon.Counter, lexicon.Worker, lexicon.Person} {
			s, after, ok := g.p.At(next, c)
			if !ok || s.Form&lexicon.Plural != 0 && s.Form&lexicon.Singular == 0 {
				continue
			}
			per := corvee.PerPerson
			if id := g.p.Item(s).Attr("per"); id != "" {
				per = corvee.Per(id)
			}
			q.Value.Per, q.Last = per, after
			return
		}
	}
}

func (g *grammar) often(q *Quantity) {
	i := q.Last
	if i >= g.last || q.Value.Period != "" {
		return
	}
	if s, next, ok := g.p.At(i, lexicon.PeriodAdj); ok {
		q.Value.Period, q.PeriodAt, q.Last = corvee.RatePeriod(g.p.Item(s).ID), i, next
		return
	}
	_, next, ok := g.p.At(i, lexicon.PerWord)
	if g.p.Mark(i, '/') {
		next, ok = i+1, true
	}
	if !ok || next >= g.last {
		return
	}
	if s, after, ok := g.p.At(next, lexicon.PeriodNoun); ok {
		q.Value.Period, q.PeriodAt, q.Last = corvee.RatePeriod(g.p.Item(s).ID), next, after
	}
}

// equivalent reads a conversion that follows: "(about USD 61,000)", ", or about $340,".
// It is the same amount in other money, never a second amount.
func (g *grammar) equivalent(q *Quantity) {
	if q.Value.Unit != corvee.UnitMoney {
		return
	}
	i, bracket := q.Last, g.p.Mark(q.Last, '(')
	if bracket {
		i++
	} else if g.p.Mark(i, ',') && g.p.Says(i+1, "or") {
		i += 2
	} else {
		return
	}
	for i < g.last && g.filler(i) {
		i++
	}
	b, at := g.prefix(i)
	n, next, ok := g.span(at, b.pair)
	if !ok {
		return
	}
	other := Quantity{First: at, Last: next}
	other.Value.Range, other.Value.Currency = n.value, n.currency
	other.Value.Approx = n.value.Approx || b.approx
	g.unit(&other, n)
	if other.Value.Unit != corvee.UnitMoney || other.Value.Currency == q.Value.Currency {
		return
	}
	g.limit(&other, b)
	g.rate(&other)
	end := other.Last
	if bracket {
		if end = g.closing(end); end < 0 {
			return
		}
	}
	from, to := g.p.Tokens[other.First].From, g.p.Tokens[other.Last-1].To
	s := g.p.View.Span(int(from), int(to))
	q.Value.Equivalents = append(q.Value.Equivalents, corvee.Equivalent{
		Range: other.Value.Range, Currency: other.Value.Currency, Start: s.Start, End: s.End,
	})
	if q.Value.Period == "" {
		q.Value.Period = other.Value.Period
	}
	q.Last = end
	g.rate(q)
}

func (g *grammar) filler(i int) bool {
	switch g.p.Word(i) {
	case "or", "equivalent", "equal", "equals", "to", "worth", "=", "currently", "then", "i.e.":
		return true
	}
	return false
}

// maxAside is how many words may follow a conversion inside its brackets: "at the rate of
// the day".
const maxAside = 8

func (g *grammar) closing(i int) int {
	for n := 0; n < maxAside && i < g.last; n++ {
		if g.p.Mark(i, ')') {
			return i + 1
		}
		if g.p.Mark(i, '(') {
			return -1
		}
		i++
	}
	return -1
}
