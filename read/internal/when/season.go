package when

import (
	"corvee"
	"corvee/read/internal/lexicon"
)

// season reads "last winter", "this autumn", "since spring", "the spring of 2019": the months
// of the row, the latest that have begun. A winter begins with December.
func (g *grammar) season(i int, led bool) (date, int, bool) {
	at, which := i, ""
	switch w := g.p.Word(i); w {
	case "last", "this", "next", "the":
		at, which = i+1, w
	}
	if at >= g.last || !led && which != "last" && which != "this" && which != "next" {
		return date{}, i, false
	}
	s, next, ok := g.p.At(at, lexicon.Season)
	if !ok {
		return date{}, i, false
	}
	from, to := small(g.p.Item(s).Attr("from")), small(g.p.Item(s).Attr("to"))
	year := next
	if g.p.Says(year, "of") {
		year++
	}
	if g.isYear(year) {
		return date{when: months(g.number(year), from, to), ok: true}, year + 1, true
	}
	if !g.published.Known() || g.published.Month == 0 {
		return date{relative: true}, next, true
	}
	y := g.published.Year
	switch {
	case which == "this":
	case which == "next" || g.future(i):
		if from <= g.published.Month {
			y++
		}
	case from > g.published.Month:
		y--
	}
	if w := months(y, from, to); which == "last" && w.Until.Compare(g.published) > 0 {
		y-- // it is this one
	}
	return date{when: months(y, from, to), relative: true, ok: true}, next, true
}

// months returns the months from to to, which may lie in the next year.
func months(year, from, to int) corvee.When {
	last := corvee.Date{Year: year, Month: to}
	if to < from {
		last.Year++
	}
	return corvee.Between(corvee.Date{Year: year, Month: from}, last)
}

// thisOne reads "the year", "the month" after "the end of": those of the report.
func (g *grammar) thisOne(i int) (date, int, bool) {
	if !g.p.Says(i, "the") || i+1 >= g.last {
		return date{}, i, false
	}
	d := g.published
	switch {
	case g.p.Says(i+1, "year"):
		d = d.To(corvee.PrecisionYear)
	case g.p.Says(i+1, "month") && d.Month > 0:
		d = d.To(corvee.PrecisionMonth)
	default:
		return date{}, i, false
	}
	if !g.published.Known() {
		return date{relative: true}, i + 2, true
	}
	return date{when: corvee.During(d), relative: true, ok: true}, i + 2, true
}
