// Package when reads times: tokens and the report's date in, the days that the words may
// mean out.
//
// Its one idea: a time is resolved as far as the words and the report's own date carry it
// and no further. Without that date "last year" stays words. Reports look back, so a month
// or a weekday without a year is the latest one that is past, unless a plan stands by.
package when

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Time is one expression of time: tokens First to Last, half-open.
type Time struct {
	First, Last int
	When        corvee.When
	Deadline    bool // "by December"
}

// Find appends the times of tokens first to last to out. published may be unknown; future
// says that the words tell of a plan at that token.
func Find(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []Time) []Time {
	g := grammar{p: p, first: first, last: last, published: published, future: future}
	for i := first; i < last; {
		t, ok := g.time(i)
		if !ok {
			i++
			continue
		}
		out = append(out, t)
		i = t.Last
	}
	return out
}

type grammar struct {
	p           *lexicon.Passage
	first, last int
	published   corvee.Date
	future      func(int) bool
	memo        memo
}

// date is a resolved or unresolved part of a time.
type date struct {
	when     corvee.When
	relative bool
	ok       bool // resolved
}

func resolved(w corvee.When) date { return date{when: w, ok: true} }

// time reads one expression at token i.
func (g *grammar) time(i int) (Time, bool) {
	if !g.mayStart(i) {
		return Time{}, false
	}
	if t, ok := g.span(i); ok {
		return t, true
	}
	start := i
	prep := ""
	if _, next, ok := g.p.At(i, lexicon.TimePrep); ok {
		prep, i = g.p.Word(i), next
	}
	d, next, ok := g.date(i, prep != "")
	if !ok {
		return Time{}, false
	}
	if second, end, ok := g.and(next, d); ok {
		d, next = second, end
	}
	t := Time{First: start, Last: next, Deadline: prep == "by"}
	t.When = g.shape(prep, d, start, next)
	return t, true
}

// starters are the classes that an expression of time may begin with, daters those that a
// date may.
var (
	starters = lexicon.SetOf(lexicon.TimePrep, lexicon.Month, lexicon.Weekday, lexicon.Relative, lexicon.Num, lexicon.PerWord, lexicon.Determiner, lexicon.Season)
	daters   = lexicon.SetOf(lexicon.Month, lexicon.Weekday, lexicon.Relative, lexicon.Num, lexicon.PeriodNoun, lexicon.Season)
)

func (g *grammar) mayStart(i int) bool {
	return g.p.Tokens[i].Kind == segment.Number || g.p.IsAny(i, &starters) || g.p.Says(i, "between") || g.p.Says(i, "last") || g.p.Says(i, "this") || g.p.Says(i, "next")
}

// mayDate reports whether a date, or the word for a part of one, may begin at token i.
func (g *grammar) mayDate(i int) bool {
	if g.p.Tokens[i].Kind == segment.Number || g.p.IsAny(i, &daters) {
		return true
	}
	switch t := g.p.Tokens[i]; string(g.p.View.Bytes[t.From:t.To]) {
	case "the", "a", "an", "last", "this", "next", "early", "earlier", "late", "later", "mid", "around", "end", "beginning", "start", "middle":
		return true
	}
	return false
}

// shape gives a date the ends that its preposition says.
func (g *grammar) shape(prep string, d date, first, last int) corvee.When {
	if !d.ok {
		return corvee.When{Relative: true, Unresolved: g.p.Source(first, last)}
	}
	w := d.when
	switch prep {
	case "since":
		w.Until = corvee.Date{}
		if g.published.Known() {
			w.Until = g.published.After()
		}
	case "until", "till":
		w.From = corvee.Date{}
	case "before":
		w.From, w.Until = corvee.Date{}, w.From
	case "after":
		w.From, w.Until = w.Until, corvee.Date{}
	}
	w.Relative = w.Relative || d.relative
	return w
}

// span reads what has two ends: "from 2017 to 2019", "between January and March",
// "2017-2019", and what reaches back from the report: "over the past three years".
func (g *grammar) span(i int) (Time, bool) {
	if t, ok := g.past(i); ok {
		return t, true
	}
	start, join := i, ""
	switch {
	case g.p.Says(i, "from"):
		join, i = "to", i+1
	case g.p.Says(i, "between"):
		join, i = "and", i+1
	case g.p.Is(i, lexicon.TimePrep):
		i++
	}
	from, next, ok := g.date(i, i > start)
	if !ok || next >= g.last {
		return Time{}, false
	}
	if t, ok := g.days(start, i, next, from); ok {
		return t, true
	}
	dash := g.p.Mark(next, '-') && (g.isYear(next+1) && g.isYear(next-1) || g.p.Is(next+1, lexicon.Month))
	linked := join != "" && (g.p.Says(next, join) || join == "to" && (g.p.Says(next, "until") || g.p.Says(next, "through")))
	if !dash && !linked {
		return Time{}, false
	}
	to, end, ok := g.date(next+1, true)
	if !ok {
		return Time{}, false
	}
	t := Time{First: start, Last: end}
	if from.relative && to.ok && !to.relative && from.when.Precision == corvee.PrecisionMonth && to.when.Precision == corvee.PrecisionMonth {
		from = resolved(corvee.During(corvee.Date{Year: to.when.From.Year, Month: from.when.From.Month})) // "between May and November 2020"
	}
	t.When = g.between(from, to, start, end)
	return t, true
}

func (g *grammar) between(from, to date, first, last int) corvee.When {
	if !from.ok || !to.ok {
		return corvee.When{Relative: true, Unresolved: g.p.Source(first, last)}
	}
	if from.relative && to.relative && from.when.From.Compare(to.when.From) > 0 { // each by itself is the latest that is past
		from.when = corvee.During(yearOf(from.when, from.when.From.Year-1))
	} else if from.relative && !to.relative && from.when.Precision == corvee.PrecisionDay && to.when.Precision == corvee.PrecisionDay {
		from.when = corvee.During(yearOf(from.when, to.when.From.Year)) // "Nov 18 to Dec 19, 2015"
	}
	w := corvee.Between(from.when.From.To(from.when.Precision), to.when.Last().To(to.when.Precision))
	if w.From.Known() && w.Until.Known() && w.From.Compare(w.Until) >= 0 {
		return corvee.When{Unresolved: g.p.Source(first, last)} // the text is crossed: not repaired
	}
	w.Relative = from.relative || to.relative
	return w
}

// yearOf returns the first day or month of a time in another year.
func yearOf(w corvee.When, year int) corvee.Date {
	d := w.From.To(w.Precision)
	d.Year = year
	return d
}

// days reads the second day of "Jan. 11-14", "July 8 to 12".
func (g *grammar) days(start, i, next int, from date) (Time, bool) {
	if !from.ok || from.when.Precision != corvee.PrecisionDay || !g.p.Is(i, lexicon.Month) || next+1 >= g.last {
		return Time{}, false
	}
	if !g.p.Mark(next, '-') && !g.p.Says(next, "to") && !g.p.Says(next, "through") {
		return Time{}, false
	}
	n, end := g.day(next + 1)
	d := from.when.From
	if n <= d.Day || g.p.Is(end, lexicon.Month) || g.p.Is(end, lexicon.Worker) || g.p.Is(end, lexicon.Currency) {
		return Time{}, false
	}
	d.Day = n
	year := end
	if g.p.Mark(year, ',') {
		year++
	}
	if from.relative && g.isYear(year) {
		d.Year, end = g.number(year), year+1
		from.when, from.relative = corvee.During(yearOf(from.when, d.Year)), false
	}
	if !d.Valid() {
		return Time{}, false
	}
	t := Time{First: start, Last: end}
	t.When = g.between(from, date{when: corvee.During(d), relative: from.relative, ok: true}, start, end)
	return t, true
}

// and reads a second month or year: "in February and March".
func (g *grammar) and(i int, d date) (date, int, bool) {
	if !g.p.Says(i, "and") && !g.p.Says(i, "or") && !g.p.Mark(i, '-') || i+1 >= g.last {
		return d, i, false
	}
	if !g.p.Is(i+1, lexicon.Month) && !g.isYear(i+1) {
		return d, i, false
	}
	second, end, ok := g.date(i+1, true)
	if !ok {
		return d, i, false
	}
	if !d.ok || !second.ok {
		return date{relative: true}, end, true
	}
	first := d.when.From.To(d.when.Precision)
	if second.when.Precision == corvee.PrecisionMonth && !second.relative {
		first.Year = second.when.From.Year // "in February and March 2020"
	}
	w := corvee.Between(first, second.when.Last().To(second.when.Precision))
	if w.From.Compare(w.Until) >= 0 {
		return d, i, false
	}
	return date{when: w, relative: d.relative || second.relative, ok: true}, end, true
}

// past reads "(over|in|for) the past three years", "the last decade".
func (g *grammar) past(i int) (Time, bool) {
	start := i
	if g.p.Is(i, lexicon.TimePrep) || g.p.Says(i, "over") || g.p.Says(i, "for") || g.p.Says(i, "within") {
		i++
	}
	if !g.p.Says(i, "the") || !g.p.Says(i+1, "past") && !g.p.Says(i+1, "last") {
		return Time{}, false
	}
	n, unit, next, ok := g.count(i + 2)
	if !ok {
		return Time{}, false
	}
	t := Time{First: start, Last: next}
	from, ok := g.back(n, unit)
	if !ok {
		t.When = corvee.When{Relative: true, Unresolved: g.p.Source(start, next)}
		return t, true
	}
	t.When = corvee.Between(from, g.published.To(from.Precision()))
	t.When.Relative = true
	return t, true
}

// count reads "three years", "year", "decade".
func (g *grammar) count(i int) (n int, unit string, next int, ok bool) {
	n = 1
	if s, after, ok := g.p.At(i, lexicon.Num); ok {
		n, i = small(g.p.Item(s).Attr("value")), after
	} else if g.p.Says(i, "few") || g.p.Says(i, "several") {
		return 0, "", i, false
	} else if i < g.last && g.p.Tokens[i].Kind == segment.Number {
		n, i = small(g.p.Word(i)), i+1
	}
	s, after, is := g.p.At(i, lexicon.PeriodNoun)
	if !is || after > g.last || n <= 0 {
		return 0, "", i, false
	}
	unit = g.p.Item(s).ID
	if unit == "decade" {
		n, unit = n*10, "year"
	}
	return n, unit, after, true
}

func small(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1000 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// back returns the date that lies n units before the report.
func (g *grammar) back(n int, unit string) (corvee.Date, bool) {
	d := g.published
	switch {
	case !d.Known():
		return d, false
	case unit == "year":
		return corvee.Date{Year: d.Year - n}, d.Year > n
	case unit == "month" && d.Month > 0:
		return d.AddMonths(-n), true
	case unit == "week" && d.Day > 0:
		return d.AddDays(-7 * n), true
	case unit == "day" && d.Day > 0:
		return d.AddDays(-n), true
	}
	return d, false
}
