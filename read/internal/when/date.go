package when

import (
	"strconv"
	"time"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// date reads one date: absolute, partial or relative. led says that a preposition of time
// stands before, without which a bare year is only a number.
func (g *grammar) date(i int, led bool) (date, int, bool) {
	if i >= g.last || !g.mayDate(i) {
		return date{}, i, false
	}
	if m := &g.memo; m.at != i+1 || m.led != led {
		d, next, ok := g.dated(i, led)
		*m = memo{i + 1, led, d, next, ok}
	}
	return g.memo.date, g.memo.next, g.memo.ok
}

// memo is the date that was looked for last, at token at counted from one: a span asks for
// its first end before the date by itself does.
type memo struct {
	at   int
	led  bool
	date date
	next int
	ok   bool
}

func (g *grammar) dated(i int, led bool) (date, int, bool) {
	part, at := g.part(i)
	if at > i {
		led = true
	}
	if part == "end" || part == "beginning" {
		if d, next, ok := g.thisOne(at); ok {
			return narrow(d, part), next, true
		}
	}
	for _, read := range [...]func(int, bool) (date, int, bool){g.iso, g.dayMonth, g.month, g.year, g.decade, g.weekday, g.relative, g.ago, g.season} {
		if d, next, ok := read(at, led); ok {
			return narrow(d, part), next, true
		}
	}
	return date{}, i, false
}

// part reads "early", "the end of", "mid-", "later": which part of a period is meant.
func (g *grammar) part(i int) (string, int) {
	start := i
	if g.p.Says(i, "the") {
		i++
	}
	word := g.p.Word(i)
	switch word {
	case "early", "earlier", "late", "later", "mid", "around":
		i++
		if g.p.Mark(i, '-') {
			i++
		}
		return word, i
	case "end", "beginning", "start", "middle":
		if g.p.Says(i+1, "of") {
			return word, i + 2
		}
	}
	return "", start
}

// narrow keeps the end of a year or month where the words say so; "early 2020" could be
// any of several months and stays the year.
func narrow(d date, part string) date {
	if part != "end" || !d.ok || !d.when.Until.Known() {
		return d
	}
	last := d.when.Last()
	switch d.when.Precision {
	case corvee.PrecisionYear:
		d.when = corvee.During(last.To(corvee.PrecisionMonth))
	case corvee.PrecisionMonth:
		d.when = corvee.During(last)
	}
	return d
}

// iso reads 2019-12-22.
func (g *grammar) iso(i int, _ bool) (date, int, bool) {
	t := g.p.Tokens
	if i+4 >= g.last || t[i].Kind != segment.Number || t[i].To-t[i].From != 4 {
		return date{}, i, false
	}
	for n := 1; n < 5; n++ {
		if !t[i+n].Glued || n%2 == 1 && !t[i+n].Is('-') || n%2 == 0 && t[i+n].Kind != segment.Number {
			return date{}, i, false
		}
	}
	d := corvee.Date{Year: g.number(i), Month: g.number(i + 2), Day: g.number(i + 4)}
	if d.Month == 0 || d.Day == 0 || !d.Valid() {
		return date{}, i, false
	}
	return resolved(corvee.During(d)), i + 5, true
}

func (g *grammar) number(i int) int {
	if i >= g.last || g.p.Tokens[i].Kind != segment.Number {
		return 0
	}
	n, err := strconv.Atoi(g.p.Word(i))
	if err != nil {
		return 0
	}
	return n
}

// day reads the number of a day and its ending: 22, 22nd.
func (g *grammar) day(i int) (int, int) {
	n := g.number(i)
	if n < 1 || n > 31 || g.p.Tokens[i].To-g.p.Tokens[i].From > 2 {
		return 0, i
	}
	if i+1 < g.last && g.p.Tokens[i+1].Glued {
		switch g.p.Word(i + 1) {
		case "st", "nd", "rd", "th":
			return n, i + 2
		}
	}
	return n, i + 1
}

func (g *grammar) monthAt(i int) (int, int) {
	s, next, ok := g.p.At(i, lexicon.Month)
	if !ok || i >= g.last {
		return 0, i
	}
	if g.p.Mark(next, '.') && g.p.Tokens[next].Glued && next < g.last-1 && g.p.Tokens[next-1].To-g.p.Tokens[next-1].From <= 4 {
		next++
	}
	return small(g.p.Item(s).ID), next
}

// dayMonth reads "22 December 2019", "Dec. 22, 2019", and either without the year. A date
// that does not exist is no date.
func (g *grammar) dayMonth(i int, _ bool) (date, int, bool) {
	day, at := g.day(i)
	month, next := 0, i
	if day > 0 {
		if g.p.Says(at, "of") {
			at++
		}
		month, next = g.monthAt(at)
	} else if month, at = g.monthAt(i); month > 0 {
		day, next = g.day(at)
	}
	if day == 0 || month == 0 {
		return date{}, i, false
	}
	after := next
	if g.p.Mark(after, ',') {
		after++
	}
	if g.isYear(after) {
		d := corvee.Date{Year: g.number(after), Month: month, Day: day}
		return resolved(corvee.During(d)), after + 1, d.Valid()
	}
	return g.partial(i, next, month, day)
}

// month reads "December 2019" and "December".
func (g *grammar) month(i int, led bool) (date, int, bool) {
	month, next := g.monthAt(i)
	if month == 0 {
		return date{}, i, false
	}
	year := next
	if g.p.Mark(year, ',') || g.p.Says(year, "of") {
		year++
	}
	if g.isYear(year) {
		return resolved(corvee.During(corvee.Date{Year: g.number(year), Month: month})), year + 1, true
	}
	if g.p.Says(year, "last") && g.p.Says(year+1, "year") && g.published.Known() {
		return date{when: corvee.During(corvee.Date{Year: g.published.Year - 1, Month: month}), relative: true, ok: true}, year + 2, true
	}
	if !led && !g.p.Tokens[i].Capital || g.p.Says(i, "may") && !led || g.p.Says(i, "march") && !led {
		return date{}, i, false
	}
	return g.partial(i, next, month, 0)
}

// partial gives a month, or a day of one, its year: the latest that is not after the
// report, or the next for a plan.
func (g *grammar) partial(i, next, month, day int) (date, int, bool) {
	if !g.published.Known() || g.published.Month == 0 {
		return date{relative: true}, next, true
	}
	d := corvee.Date{Year: g.published.Year, Month: month, Day: day}
	ahead := d.First().Compare(g.published.First()) > 0
	switch {
	case g.future(i) && !ahead && (month != g.published.Month || day > 0):
		d.Year++
	case !g.future(i) && ahead:
		d.Year--
	}
	if !d.Valid() {
		return date{}, i, false
	}
	return date{when: corvee.During(d), relative: true, ok: true}, next, true
}

// isYear reports whether token i is a year of four digits by itself.
func (g *grammar) isYear(i int) bool {
	if i < 0 || i >= g.last || g.p.Tokens[i].Kind != segment.Number || g.p.Tokens[i].To-g.p.Tokens[i].From != 4 {
		return false
	}
	n := g.number(i)
	return n >= 1900 && n < 2100
}

// year reads 2017 after a preposition, in brackets, or at the end of a heading. What is
// counted ("2017 workers") is no year.
func (g *grammar) year(i int, led bool) (date, int, bool) {
	if !g.isYear(i) {
		return date{}, i, false
	}
	if i+1 < g.last && g.p.Tokens[i+1].Glued && g.p.Tokens[i+1].Kind == segment.Word {
		return date{}, i, false
	}
	for _, c := range [...]lexicon.Class{lexicon.Worker, lexicon.Person, lexicon.Currency, lexicon.Measure, lexicon.Demonym, lexicon.Percent} {
		if g.p.Is(i+1, c) {
			return date{}, i, false
		}
	}
	if _, _, money := g.p.Ends(i, lexicon.Currency); money {
		return date{}, i, false
	}
	if !led && !(g.p.Mark(i-1, '(') && g.p.Mark(i+1, ')')) {
		return date{}, i, false
	}
	return resolved(corvee.During(corvee.Date{Year: g.number(i)})), i + 1, true
}

// decade reads "the 1990s".
func (g *grammar) decade(i int, _ bool) (date, int, bool) {
	if g.p.Says(i, "the") {
		i++
	}
	if !g.isYear(i) || g.number(i)%10 != 0 || !g.p.Says(i+1, "s") || !g.p.Tokens[i+1].Glued {
		return date{}, i, false
	}
	from := corvee.Date{Year: g.number(i)}
	return resolved(corvee.Between(from, corvee.Date{Year: from.Year + 9})), i + 2, true
}

// weekday reads "Thursday" and "last Thursday": the latest that is not after the report.
func (g *grammar) weekday(i int, _ bool) (date, int, bool) {
	at := i
	if g.p.Says(at, "last") || g.p.Says(at, "this") || g.p.Says(at, "next") {
		at++
	}
	s, next, ok := g.p.At(at, lexicon.Weekday)
	if !ok || at >= g.last {
		return date{}, i, false
	}
	if g.published.Day == 0 {
		return date{relative: true}, next, true
	}
	day := time.Weekday(small(g.p.Item(s).ID))
	back := int(g.published.Weekday()-day+7) % 7
	d := g.published.AddDays(-back)
	if g.p.Says(i, "next") {
		d = d.AddDays(7)
	}
	return date{when: corvee.During(d), relative: true, ok: true}, next, true
}

// relative reads the rows of class relative: unit and shift from the report's date.
func (g *grammar) relative(i int, _ bool) (date, int, bool) {
	s, next, ok := g.p.At(i, lexicon.Relative)
	if !ok || i >= g.last {
		return date{}, i, false
	}
	shift, err := strconv.Atoi(g.p.Item(s).Attr("shift"))
	if err != nil {
		return date{}, i, false
	}
	d, ok := g.back(-shift, g.p.Item(s).Attr("unit"))
	if !ok || !d.Valid() {
		return date{relative: true}, next, true
	}
	w := corvee.During(d)
	if g.p.Item(s).Attr("unit") == "week" {
		monday := d.AddDays(-(int(d.Weekday()) + 6) % 7)
		w = corvee.Between(monday, monday.AddDays(6))
	}
	return date{when: w, relative: true, ok: true}, next, true
}

// ago reads "three years ago".
func (g *grammar) ago(i int, _ bool) (date, int, bool) {
	at := i
	if g.p.Says(at, "a") || g.p.Says(at, "an") {
		at++
	}
	n, unit, next, ok := g.count(at)
	if !ok || !g.p.Says(next, "ago") {
		return date{}, i, false
	}
	d, ok := g.back(n, unit)
	if !ok || !d.Valid() {
		return date{relative: true}, next + 1, true
	}
	return date{when: corvee.During(d), relative: true, ok: true}, next + 1, true
}
