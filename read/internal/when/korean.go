package when

import (
	"strconv"
	"time"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Korean appends the times of tokens first to last to out. A Korean date goes from the
// year down; what it is to the claim ("부터", "까지") stands behind it.
func Korean(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []Time) []Time {
	g := korean{p: p, last: last, published: published, future: future}
	g.classes()
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

// koreanTimes are the classes that a time may begin with, beside figures and feasts.
var koreanTimes = lexicon.SetOf(lexicon.Relative, lexicon.Season, lexicon.Num, lexicon.Weekday)

// mayStart reports whether an expression of time may begin at token i.
func (g *korean) mayStart(i int) bool {
	t := &g.p.Tokens[i]
	if t.Kind == segment.Number || g.p.IsAny(i, &koreanTimes) || g.p.Is(i, g.feast) {
		return true
	}
	switch string(g.p.View.Bytes[t.From:t.To]) {
	case "주체", "지난", "오는", "최근":
		return true
	}
	return false
}

type korean struct {
	p         *lexicon.Passage
	last      int
	published corvee.Date
	future    func(int) bool
	yearPart  lexicon.Class
	monthPart lexicon.Class
	feast     lexicon.Class
	since     lexicon.Class
}

func (g *korean) classes() {
	for name, to := range map[string]*lexicon.Class{"year_part": &g.yearPart, "month_part": &g.monthPart, "feast": &g.feast, "since": &g.since} {
		*to, _ = g.p.Lex.Class(name)
	}
}

func (g *korean) at(i int, c lexicon.Class) (lexicon.Sense, int, bool) {
	if i >= g.last {
		return lexicon.Sense{}, i, false
	}
	s, next, ok := g.p.At(i, c)
	return s, next, ok && next <= g.last
}

// time reads one expression, or a span of two, and what stands behind it.
func (g *korean) time(i int) (Time, bool) {
	d, next, ok := g.date(i)
	if !ok {
		return Time{}, false
	}
	second, end, spans := g.through(next, d)
	if spans {
		d, next = second, end
	}
	t := Time{First: i, Last: next}
	if g.p.Says(next, "까지") && next < g.last {
		t.Deadline, t.Last = !spans, next+1
	} else if _, after, ok := g.at(next, g.since); ok && d.ok {
		t.Last = after
		g.open(&d)
	}
	t.When = g.shape(d, i, t.Last)
	if t.When.From.Known() && t.When.Until.Known() && t.When.From.Compare(t.When.Until) >= 0 {
		return Time{}, false
	}
	return t, true
}

// open leaves a time open up to the report, unless it is yet to come: "내달부터".
func (g *korean) open(d *date) {
	if !g.published.Known() {
		d.when.Until = corvee.Date{}
	} else if d.when.From.Compare(g.published.After()) < 0 {
		d.when.Until = g.published.After()
	}
}

func (g *korean) shape(d date, first, last int) corvee.When {
	if !d.ok {
		return corvee.When{Relative: true, Unresolved: g.p.Source(first, last)}
	}
	w := d.when
	w.Relative = w.Relative || d.relative
	return w
}

// through reads the second end: "2월부터 4월까지", "2017~2019년".
func (g *korean) through(i int, from date) (date, int, bool) {
	if !g.p.Says(i, "부터") && !g.p.Says(i, "에서") && !g.p.Mark(i, '~') && !g.p.Mark(i, '-') && !g.p.Says(i, "와") && !g.p.Says(i, "과") && !g.p.Says(i, "∼") {
		return from, i, false
	}
	to, next, ok := g.date(i + 1)
	if ok && from.ok && to.ok && (g.p.Says(i, "와") || g.p.Says(i, "과")) && from.when.Until.Compare(to.when.From) == 0 && to.when.Precision == corvee.PrecisionMonth {
		return date{when: corvee.Between(from.when.From, to.when.Last().To(corvee.PrecisionMonth)), relative: true, ok: true}, next, true // 2월과 3월
	}
	if !ok || !g.p.Says(next, "까지") && !g.p.Says(next, "사이") && !g.p.Mark(i, '~') && !g.p.Mark(i, '-') {
		return from, i, false
	}
	if !from.ok || !to.ok {
		return date{relative: true}, next, true
	}
	w := corvee.Between(from.when.From.To(from.when.Precision), to.when.Last().To(to.when.Precision))
	if w.From.Compare(w.Until) >= 0 {
		return from, i, false
	}
	return date{when: w, relative: from.relative || to.relative, ok: true}, next, true
}

// date reads a date of any kind at token i.
func (g *korean) date(i int) (date, int, bool) {
	if i >= g.last || !g.mayStart(i) {
		return date{}, i, false
	}
	for _, read := range [...]func(int) (date, int, bool){g.same, g.juche, g.full, g.relative, g.seasonal, g.month, g.past, g.ago, g.feastDay, g.weekday, g.day} {
		if d, next, ok := read(i); ok {
			return d, next, true
		}
	}
	return date{}, i, false
}

// figure returns the digits at token i that a word stands behind without a space, 0
// without.
func (g *korean) figure(i int, unit string) int {
	if i+1 >= g.last || g.p.Tokens[i].Kind != segment.Number || !g.p.Says(i+1, unit) {
		return 0
	}
	return small(g.p.Word(i))
}

// same reads "같은 달 14일", "같은 해 5월": of the last month or year that the paragraph tells
// before it, never of the report's own.
func (g *korean) same(i int) (date, int, bool) {
	next := i + 2
	if g.p.Says(i, "같은달") || g.p.Says(i, "같은해") {
		next = i + 1
	} else if !g.p.Says(i, "같은") || !g.p.Says(i+1, "달") && !g.p.Says(i+1, "해") || next > g.last {
		return date{}, i, false
	}
	back := korean{p: g.p, last: i, published: g.published, future: g.future, yearPart: g.yearPart, monthPart: g.monthPart, feast: g.feast, since: g.since}
	for at := i - 1; at >= 0 && i-at < maxBack; at-- {
		if g.p.Says(at, "같은") || g.p.Says(at, "같은달") || g.p.Says(at, "같은해") {
			continue
		}
		d, _, ok := back.date(at)
		if !ok || !d.ok || d.when.Precision == corvee.PrecisionYear && !g.p.Says(next-1, "해") && !g.p.Says(next-1, "같은해") {
			continue
		}
		from := d.when.From
		if g.p.Says(next-1, "해") || g.p.Says(next-1, "같은해") {
			return g.within(from.Year, next, true)
		}
		day, end := g.dayOf(corvee.Date{Year: from.Year, Month: from.Month}, next)
		return date{when: corvee.During(day), relative: true, ok: day.Valid()}, end, day.Valid()
	}
	_, end := g.dayOf(corvee.Date{}, g.monthsOn(next))
	return date{relative: true}, end, true
}

// maxBack is how many tokens back "the same month" may have been told.
const maxBack = 120

// juche reads "주체109", "주체 109(2020)년": years from 1912 as the first.
func (g *korean) juche(i int) (date, int, bool) {
	if !g.p.Says(i, "주체") || i+1 >= g.last || g.p.Tokens[i+1].Kind != segment.Number {
		return date{}, i, false
	}
	n := small(g.p.Word(i + 1))
	if n < 1 || n > 200 {
		return date{}, i, false
	}
	next := i + 2
	if g.p.Mark(next, '(') && g.p.Mark(next+2, ')') {
		next += 3
	}
	if g.p.Says(next, "년") {
		next++
	}
	return g.within(1911+n, next, false)
}

// full reads a year, "2019년", and what of it follows.
func (g *korean) full(i int) (date, int, bool) {
	n := g.figure(i, "년")
	if n == 0 && g.p.Says(i+1, "년말") || g.p.Says(i+1, "년초") {
		n = small(g.p.Word(i))
	}
	if n >= 1900 && n < 2100 {
		switch {
		case g.p.Says(i+1, "년말"):
			return resolved(corvee.During(corvee.Date{Year: n, Month: 12})), i + 2, true
		case g.p.Says(i+1, "년초"):
			return resolved(corvee.During(corvee.Date{Year: n, Month: 1})), i + 2, true
		}
		return g.within(n, i+2, false)
	}
	if d := g.figure(i, "년대"); d >= 1900 && d%10 == 0 {
		return resolved(corvee.Between(corvee.Date{Year: d}, corvee.Date{Year: d + 9})), i + 2, true
	}
	return g.numeric(i)
}

// numeric reads the year of a range, "2017~2019년", and 2020. 3. 5.
func (g *korean) numeric(i int) (date, int, bool) {
	if g.p.Tokens[i].Kind != segment.Number || g.p.Tokens[i].To-g.p.Tokens[i].From != 4 {
		return date{}, i, false
	}
	n := small(g.p.Word(i))
	if n >= 1900 && n < 2100 && (g.p.Mark(i+1, '~') || g.p.Mark(i+1, '-')) && g.figure(i+2, "년") > n {
		return resolved(corvee.During(corvee.Date{Year: n})), i + 1, true
	}
	return date{}, i, false
}

// within reads month, day or part of a known year.
func (g *korean) within(year, i int, relative bool) (date, int, bool) {
	at := i
	if g.p.Says(at, "의") || g.p.Says(at, "에") && g.figure(at+1, "월") > 0 {
		at++
	}
	if from, to, next, ok := g.months(at); ok {
		w := corvee.Between(corvee.Date{Year: year, Month: from}, corvee.Date{Year: year, Month: to})
		return date{when: w, relative: relative, ok: true}, next, true
	}
	if m := g.figure(at, "월"); m >= 1 && m <= 12 {
		d, next := g.dayOf(corvee.Date{Year: year, Month: m}, at+2)
		if !d.Valid() {
			return date{}, i, false
		}
		return date{when: corvee.During(d), relative: relative, ok: true}, next, true
	}
	if s, next, ok := g.at(at, g.yearPart); ok && at < g.last {
		w := corvee.Between(corvee.Date{Year: year, Month: g.attr(s, "from")}, corvee.Date{Year: year, Month: g.attr(s, "to")})
		return date{when: w, relative: relative, ok: true}, next, true
	}
	return date{when: corvee.During(corvee.Date{Year: year}), relative: relative, ok: true}, i, true
}

// months reads "3~4월" and "1분기".
func (g *korean) months(i int) (from, to, next int, ok bool) {
	if q := g.figure(i, "분기"); q >= 1 && q <= 4 {
		return 3*q - 2, 3 * q, i + 2, true
	}
	if i+3 >= g.last || g.p.Tokens[i].Kind != segment.Number || !g.p.Mark(i+1, '~') && !g.p.Mark(i+1, '-') && !g.p.Says(i+1, "∼") {
		return 0, 0, i, false
	}
	from, to = small(g.p.Word(i)), g.figure(i+2, "월")
	return from, to, i + 4, from >= 1 && to > from && to <= 12
}

func (g *korean) attr(s lexicon.Sense, key string) int { return small(g.p.Item(s).Attr(key)) }

// dayOf reads the day that follows a month, or passes over "말" and its like.
func (g *korean) dayOf(d corvee.Date, i int) (corvee.Date, int) {
	if n := g.figure(i, "일"); n >= 1 && n <= 31 {
		d.Day = n
		return d, i + 2
	}
	if _, next, ok := g.at(i, g.monthPart); ok {
		return d, next
	}
	return d, i
}

// gives reports whether what would be next week is the verb that lets have: 내주는, 내주고.
func (g *korean) gives(i, next int) bool {
	if !g.p.Says(i, "내주") || next >= g.last || !g.p.Tokens[next].Glued {
		return false
	}
	for _, of := range [...]string{"에", "초", "말", "중", "부터", "까지", "쯤", "께", "의"} {
		if g.p.Says(next, of) {
			return false
		}
	}
	return true
}

// relative reads "작년 12월 말", "지난달 27일", "이달 초", "어제".
func (g *korean) relative(i int) (date, int, bool) {
	s, next, ok := g.at(i, lexicon.Relative)
	if !ok || g.gives(i, next) {
		return date{}, i, false
	}
	item := g.p.Item(s)
	shift, err := strconv.Atoi(item.Attr("shift"))
	if err != nil {
		return date{}, i, false
	}
	back := grammar{published: g.published}
	d, known := back.back(-shift, item.Attr("unit"))
	if !known || !d.Valid() {
		_, next = g.dayOf(corvee.Date{}, g.monthsOn(next))
		return date{relative: true}, next, true
	}
	switch item.Attr("unit") {
	case "year":
		return g.within(d.Year, next, true)
	case "month":
		d, next = g.dayOf(corvee.Date{Year: d.Year, Month: d.Month}, next)
		return date{when: corvee.During(d), relative: true, ok: d.Valid()}, next, d.Valid()
	case "week":
		monday := d.AddDays(-(int(d.Weekday()) + 6) % 7)
		return date{when: corvee.Between(monday, monday.AddDays(6)), relative: true, ok: true}, next, true
	}
	return date{when: corvee.During(d), relative: true, ok: true}, next, true
}

// monthsOn passes over the month behind a year that could not be resolved.
func (g *korean) monthsOn(i int) int {
	if g.figure(i, "월") > 0 {
		return i + 2
	}
	return i
}

// seasonal reads "올가을", "연말".
func (g *korean) seasonal(i int) (date, int, bool) {
	s, next, ok := g.at(i, lexicon.Season)
	if !ok {
		return date{}, i, false
	}
	if !g.published.Known() {
		return date{relative: true}, next, true
	}
	year := g.published.Year
	if g.p.Item(s).Attr("shift") == "last" && g.published.Month > 0 && g.attr(s, "from") > g.published.Month {
		year--
	}
	w := corvee.Between(corvee.Date{Year: year, Month: g.attr(s, "from")}, corvee.Date{Year: year, Month: g.attr(s, "to")})
	return date{when: w, relative: true, ok: true}, next, true
}

// month reads "8월", "지난 3월", "12월 22일": the latest that is past, or the next of a plan.
func (g *korean) month(i int) (date, int, bool) {
	at := i
	if g.p.Says(at, "지난") || g.p.Says(at, "오는") {
		at++
	}
	if from, to, next, ok := g.months(at); ok && g.published.Known() && g.published.Month > 0 {
		year := g.published.Year
		if from > g.published.Month && !g.future(i) {
			year--
		}
		w := corvee.Between(corvee.Date{Year: year, Month: from}, corvee.Date{Year: year, Month: to})
		return date{when: w, relative: true, ok: true}, next, true
	}
	m := g.figure(at, "월")
	if m < 1 || m > 12 {
		return date{}, i, false
	}
	d, next := g.dayOf(corvee.Date{Year: g.published.Year, Month: m}, at+2)
	if !g.published.Known() || g.published.Month == 0 {
		return date{relative: true}, next, true
	}
	ahead := d.First().Compare(g.published.First()) > 0
	coming := g.p.Says(i, "오는") || g.before(next) || g.future(i) || g.p.Says(next, "까지") && ahead && d.Month-g.published.Month < 4
	switch {
	case coming && !ahead && d.Month != g.published.Month:
		d.Year++
	case !coming && ahead:
		d.Year--
	}
	if !d.Valid() {
		return date{}, i, false
	}
	return date{when: corvee.During(d), relative: true, ok: true}, next, true
}

// before reports whether "앞두고" stands close behind token i: the day is yet to come.
func (g *korean) before(i int) bool {
	for n := i; n < min(i+5, g.last); n++ {
		if g.p.Says(n, "앞두고") || g.p.Says(n, "앞두") || g.p.Says(n, "앞둔") {
			return true
		}
	}
	return false
}

// day reads "16일" by itself: of the report's month, or of the one before.
func (g *korean) day(i int) (date, int, bool) {
	n := g.figure(i, "일")
	next := i + 2
	if n < 1 || n > 31 || next < g.last && g.p.Tokens[next].Glued && (g.p.Says(next, "간") || g.p.Says(next, "째") || g.p.Says(next, "전투") || g.p.Says(next, "씩")) || g.p.Says(next, "동안") || g.p.Says(next, "이상") || g.counted(i, next) {
		return date{}, i, false
	}
	if next < g.last && g.p.Tokens[next].Kind == segment.Word && !g.p.Is(next, lexicon.Particle) && g.p.Tokens[next].Glued {
		return date{}, i, false
	}
	if g.published.Day == 0 {
		return date{relative: true}, next, true
	}
	d := corvee.Date{Year: g.published.Year, Month: g.published.Month, Day: n}
	if n > g.published.Day && !g.future(i) && !g.p.Says(next, "까지") {
		d = corvee.Date{Year: d.Year, Month: d.Month}.AddMonths(-1)
		d.Day = n
	}
	if !d.Valid() {
		return date{}, i, false
	}
	return date{when: corvee.During(d), relative: true, ok: true}, next, true
}

// counted reports whether the days from token i are so many, not a day: "1~2일 정도 쉰다".
func (g *korean) counted(i, next int) bool {
	if g.p.Says(next, "정도") || g.p.Says(next, "가량") || g.p.Says(next, "뿐") || g.p.Says(next, "밖에") || g.p.Says(next, "만") {
		return true
	}
	const often = 5
	for j := i - 1; j >= max(i-often, 0); j-- { // 한 달에 1~2일
		if _, _, ok := g.at(j, lexicon.PeriodAdj); ok {
			return true
		}
	}
	return false
}

// count reads "3년", "석 달", "몇 년" has none.
func (g *korean) count(i int) (n int, unit string, next int, ok bool) {
	switch {
	case i >= g.last:
		return 0, "", i, false
	case g.p.Tokens[i].Kind == segment.Number:
		n, next = small(g.p.Word(i)), i+1
	default:
		s, after, is := g.at(i, lexicon.Num)
		if !is {
			return 0, "", i, false
		}
		n, next = small(g.p.Item(s).Attr("value")), after
	}
	s, after, is := g.at(next, lexicon.Measure)
	if !is || n <= 0 {
		return 0, "", i, false
	}
	unit = g.p.Item(s).ID
	return n, unit, after, unit == "year" || unit == "month" || unit == "week" || unit == "day"
}

// past reads "지난 3년간", "최근 2년 동안".
func (g *korean) past(i int) (date, int, bool) {
	if !g.p.Says(i, "지난") && !g.p.Says(i, "최근") {
		return date{}, i, false
	}
	if g.p.Says(i, "지난") {
		if d, next, ok := g.day(i + 1); ok { // 지난 10일: a day of the month, no span
			return d, next, true
		}
	}
	n, unit, next, ok := g.count(i + 1)
	if !ok {
		return date{}, i, false
	}
	if g.p.Says(next, "동안") || g.p.Says(next, "간") {
		next++
	}
	back := grammar{published: g.published}
	from, known := back.back(n, unit)
	if !known {
		return date{relative: true}, next, true
	}
	return date{when: corvee.Between(from, g.published.To(from.Precision())), relative: true, ok: true}, next, true
}

// ago reads "3년 전", "석 달 전".
func (g *korean) ago(i int) (date, int, bool) {
	n, unit, next, ok := g.count(i)
	if !ok || !g.p.Says(next, "전") && !g.p.Says(next, "전부터") {
		return date{}, i, false
	}
	back := grammar{published: g.published}
	d, known := back.back(n, unit)
	if !known || !d.Valid() {
		return date{relative: true}, next + 1, true
	}
	return date{when: corvee.During(d), relative: true, ok: true}, next + 1, true
}

// feastDay reads 태양절 and the other days that campaigns are tied to, of the report's year
// unless that is yet to come.
func (g *korean) feastDay(i int) (date, int, bool) {
	s, next, ok := g.at(i, g.feast)
	if !ok {
		return date{}, i, false
	}
	if !g.published.Known() {
		return date{relative: true}, next, true
	}
	d := corvee.Date{Year: g.published.Year, Month: g.attr(s, "month"), Day: g.attr(s, "day")}
	return date{when: corvee.During(d), relative: true, ok: true}, next, true
}

// weekday reads "지난 월요일": the latest that is not after the report.
func (g *korean) weekday(i int) (date, int, bool) {
	at := i
	if g.p.Says(at, "지난") {
		at++
	}
	s, next, ok := g.at(at, lexicon.Weekday)
	if !ok {
		return date{}, i, false
	}
	if g.published.Day == 0 {
		return date{relative: true}, next, true
	}
	back := int(g.published.Weekday()-time.Weekday(small(g.p.Item(s).ID))+7) % 7
	return date{when: corvee.During(g.published.AddDays(-back)), relative: true, ok: true}, next, true
}
