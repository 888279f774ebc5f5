package when

import (
	"strconv"
	"time"
	"unicode/utf8"

	"corvee"
	"corvee/read/internal/han"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Chinese appends the times of tokens first to last to out, as Find does for English.
func Chinese(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []Time) []Time {
	g := chinese{grammar: grammar{p: p, first: first, last: last, published: published, future: future}}
	for i := first; i < last; {
		if !g.mayStart(i) {
			i++
			continue
		}
		t, ok := g.time(i)
		if !ok || t.Last <= i {
			i++
			continue
		}
		out = append(out, t)
		i = t.Last
	}
	return out
}

type chinese struct {
	grammar
	seen numeral // the last that was read: every kind of date asks for it again
}

// numeral is a whole number that was looked for at token at, counted from one.
type numeral struct {
	at, n, next int
	ok          bool
}

var chineseTimes = lexicon.SetOf(lexicon.Relative, lexicon.Weekday, lexicon.Feast)

// mayStart reports whether an expression of time may begin at token i.
func (g *chinese) mayStart(i int) bool {
	t := &g.p.Tokens[i]
	if t.Kind == segment.Number || g.p.IsAny(i, &chineseTimes) {
		return true
	}
	r, _ := utf8.DecodeRune(g.p.View.Bytes[t.From:])
	switch r {
	case '自', '从', '截', '直', '到', '近', '过', '最', '在', '这', '主', '年':
		return true
	}
	return han.Starts(r)
}

// time reads one date, two as a span, and the words that make it open: 自…以来, …前.
func (g *chinese) time(i int) (Time, bool) {
	start, open := i, ""
	if g.says(i, "自", "从", "自从") {
		open, i = "since", i+1
	} else if g.says(i, "截至", "截止", "直到", "到") {
		open, i = "until", i+1
	}
	if t, ok := g.past(i, start); ok {
		return t, true
	}
	d, next, ok := g.date(i)
	if !ok {
		return Time{}, false
	}
	t := Time{First: start, Last: next}
	if open == "until" && g.says(start, "到") {
		t.First = i // 到 is a verb of going as well
	}
	if to, end, ok := g.until(next); ok && d.ok {
		t.Last = end
		t.When = g.between(d, to, start, end)
		return t, true
	}
	t.When = g.bounds(&t, d, open)
	return t, true
}

// bounds opens the date as the words around it say: 以来, 起, 之前, 以后.
func (g *chinese) bounds(t *Time, d date, open string) corvee.When {
	i := t.Last
	switch {
	case g.says(i, "以来", "至今", "以降"):
		open, t.Last = "since", i+1
	case g.says(i, "起", "开始") && open == "since":
		t.Last = i + 1
	case g.says(i, "之前", "以前", "前"):
		open, t.Last, t.Deadline = "by", i+1, true
	case g.says(i, "之后", "以后", "后"):
		open, t.Last = "after", i+1
	case g.says(i, "期间", "间", "内", "里", "当天", "当日"):
		t.Last = i + 1
	}
	if open == "until" || open == "by" {
		open = "" // the end of the date is the day that counts
	}
	return g.shape(open, d, t.First, t.Last)
}

// until reads the second end of a span: 至2025年, 到10月.
func (g *chinese) until(i int) (date, int, bool) {
	at := i
	switch {
	case g.p.Is(i, lexicon.RangeWord):
		at++
	case g.p.Mark(i, '-') || g.p.Mark(i, '~'):
		for g.p.Mark(at, '-') || g.p.Mark(at, '~') {
			at++
		}
	default:
		return date{}, i, false
	}
	d, end, ok := g.date(at)
	return d, end, ok && d.ok
}

// past reads 近三年, 过去两年, 最近几个月 and 三年来.
func (g *chinese) past(i, start int) (Time, bool) {
	led := g.says(i, "近", "过去", "最近", "近期", "在过去", "这")
	if led {
		i++
	}
	n, unit, next, ok := g.count(i)
	if !ok {
		return Time{}, false
	}
	switch {
	case g.says(next, "来", "以来", "间", "期间"):
		next++
	case !led || g.says(i-1, "这"):
		return g.ago(start, n, unit, next)
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

// ago reads 三年前 and 两个月前.
func (g *chinese) ago(start, n int, unit string, next int) (Time, bool) {
	if !g.says(next, "前", "以前", "之前") {
		return Time{}, false
	}
	t := Time{First: start, Last: next + 1}
	d, ok := g.back(n, unit)
	if !ok || !d.Valid() {
		t.When = corvee.When{Relative: true, Unresolved: g.p.Source(start, t.Last)}
		return t, true
	}
	t.When = corvee.During(d)
	t.When.Relative = true
	return t, true
}

// count reads 三年, 两个月, 十天.
func (g *chinese) count(i int) (n int, unit string, next int, ok bool) {
	n, next, ok = g.numeral(i)
	if !ok || n <= 0 || n > 500 {
		return 0, "", i, false
	}
	if g.says(next, "多", "余") {
		next++
	}
	s, after, is := g.p.At(next, lexicon.Measure)
	if !is || next >= g.last {
		return 0, "", i, false
	}
	switch unit = g.p.Item(s).ID; unit {
	case "year", "month", "week", "day":
		return n, unit, after, true
	}
	return 0, "", i, false
}

// numeral reads a whole number in either script.
func (g *chinese) numeral(i int) (int, int, bool) {
	if g.seen.at != i+1 {
		n, next, ok := g.number(i)
		g.seen = numeral{i + 1, n, next, ok}
	}
	return g.seen.n, g.seen.next, g.seen.ok
}

func (g *chinese) number(i int) (int, int, bool) {
	if i < 0 || i >= g.last {
		return 0, i, false
	}
	t := g.p.Tokens[i]
	if t.Kind == segment.Number {
		n, err := strconv.Atoi(g.p.Word(i))
		return n, i + 1, err == nil
	}
	if r, _ := utf8.DecodeRune(g.p.View.Bytes[t.From:]); t.Kind != segment.Word || r < utf8.RuneSelf || !han.Starts(r) {
		return 0, i, false
	}
	last := min(i+6, g.last)
	s := string(g.p.View.Bytes[t.From:g.p.Tokens[last-1].To])
	n, size := han.Read(s)
	if size == 0 || n.Share || n.Low != n.High || !n.Low.Known() || n.Bare {
		return 0, i, false
	}
	for j := i; j < last; j++ {
		if int(g.p.Tokens[j].To-t.From) == size {
			v, err := strconv.Atoi(n.Low.String())
			return v, j + 1, err == nil
		}
	}
	return 0, i, false
}

func (g *chinese) says(i int, words ...string) bool {
	if i >= g.last {
		return false
	}
	for _, w := range words {
		if g.p.Says(i, w) {
			return true
		}
	}
	return false
}

// date reads one date and which part of it is meant.
func (g *chinese) date(i int) (date, int, bool) {
	if i >= g.last {
		return date{}, i, false
	}
	for _, read := range [...]func(int) (date, int, bool){g.iso, g.full, g.relativeYear, g.monthDay, g.relativeWord, g.weekday, g.feast, g.yearEnd} {
		if d, next, ok := read(i); ok {
			return g.partOf(d, next)
		}
	}
	return date{}, i, false
}

func (g *chinese) iso(i int) (date, int, bool) { return g.grammar.iso(i, true) }

// partOf reads 底, 初, 上半年, 冬天 behind a date.
func (g *chinese) partOf(d date, i int) (date, int, bool) {
	if !d.ok {
		return d, i, true
	}
	if s, next, ok := g.p.At(i, lexicon.Season); ok && i < g.last && d.when.Precision == corvee.PrecisionYear {
		from := corvee.Date{Year: d.when.From.Year, Month: small(g.p.Item(s).ID)}
		d.when = during(d, corvee.Between(from, from.AddMonths(2)))
		return d, next, true
	}
	year := d.when.From.Year
	half := func(a, b int) corvee.When {
		return corvee.Between(corvee.Date{Year: year, Month: a}, corvee.Date{Year: year, Month: b})
	}
	isYear := d.when.Precision == corvee.PrecisionYear
	switch {
	case g.says(i, "底", "末"):
		return narrow(d, "end"), i + 1, true
	case isYear && g.says(i, "上半年"):
		d.when = during(d, half(1, 6))
		return d, i + 1, true
	case isYear && g.says(i, "下半年"):
		d.when = during(d, half(7, 12))
		return d, i + 1, true
	case g.says(i, "初", "中", "中旬", "上旬", "下旬", "份"):
		if g.says(i, "份") && g.says(i+1, "底") {
			return narrow(d, "end"), i + 2, true
		}
		return d, i + 1, true
	}
	return d, i, true
}

func during(d date, w corvee.When) corvee.When {
	w.Relative = d.when.Relative
	return w
}

// full reads 2019年12月22日, 二〇一九年, 2019年12月, 主体109年.
func (g *chinese) full(i int) (date, int, bool) {
	base := 0
	at := i
	if g.says(at, "主体") {
		base, at = 1911, at+1
	}
	year, next, ok := g.numeral(at)
	if !ok || !g.says(next, "年") {
		return date{}, i, false
	}
	year += base
	if year < 1900 || year >= 2100 {
		return date{}, i, false
	}
	return g.within(year, next+1, false)
}

// within reads the month and day of a year, as far as they stand there.
func (g *chinese) within(year, i int, relative bool) (date, int, bool) {
	d := corvee.Date{Year: year}
	month, next, ok := g.numeral(i)
	if ok && g.says(next, "月") && month >= 1 && month <= 12 {
		d.Month, i = month, next+1
		if day, next, ok := g.numeral(i); ok && g.says(next, "日", "号") && day >= 1 && day <= 31 {
			d.Day, i = day, next+1
		}
	}
	if !d.Valid() {
		return date{}, i, false
	}
	return date{when: corvee.During(d), relative: relative, ok: true}, i, true
}

// relativeYear reads 去年, 今年3月, 去(2024)年, 同年12月.
func (g *chinese) relativeYear(i int) (date, int, bool) {
	s, next, ok := g.p.At(i, lexicon.Relative)
	if !ok || i >= g.last || g.p.Item(s).Attr("unit") != "year" {
		return date{}, i, false
	}
	shift, err := strconv.Atoi(g.p.Item(s).Attr("shift"))
	if err != nil {
		return date{}, i, false
	}
	if g.says(i, "今", "去") { // 去(2024)年
		year, after, ok := g.numeral(i + 2)
		if !ok || !g.p.Mark(i+1, '(') || !g.p.Mark(after, ')') || !g.says(after+1, "年") {
			return date{}, i, false
		}
		return g.within(year, after+2, false)
	}
	if g.says(next, "年") && g.says(next+1, "底", "末", "初") {
		next++ // 今年年底
	}
	if !g.published.Known() {
		_, next, _ = g.within(2000, next, true)
		return date{relative: true}, next, true
	}
	return g.within(g.published.Year+shift, next, true)
}

// monthDay reads 12月, 7月8日, and 20日 by itself.
func (g *chinese) monthDay(i int) (date, int, bool) {
	n, next, ok := g.numeral(i)
	if !ok || n < 1 {
		return date{}, i, false
	}
	if g.says(next, "月") && n <= 12 {
		day, after, ok := g.numeral(next + 1)
		if ok && g.says(after, "日", "号") && day >= 1 && day <= 31 {
			return g.partial(i, after+1, n, day)
		}
		return g.partial(i, next+1, n, 0)
	}
	if g.says(next, "日") && n <= 31 && !g.p.Is(i-1, lexicon.PeriodAdj) && g.published.Day > 0 {
		return g.day(n, next+1)
	}
	return date{}, i, false
}

// day gives a bare day its month: the latest that is not after the report.
func (g *chinese) day(n, next int) (date, int, bool) {
	d := corvee.Date{Year: g.published.Year, Month: g.published.Month, Day: n}
	if n > g.published.Day {
		month := g.published.To(corvee.PrecisionMonth).AddMonths(-1)
		d.Year, d.Month = month.Year, month.Month
	}
	if !d.Valid() {
		return date{}, next, false
	}
	return date{when: corvee.During(d), relative: true, ok: true}, next, true
}

// relativeWord reads 上月, 本周, 昨天, 上个季度.
func (g *chinese) relativeWord(i int) (date, int, bool) {
	s, next, ok := g.p.At(i, lexicon.Relative)
	if !ok || i >= g.last || g.p.Item(s).Attr("unit") == "year" {
		return date{}, i, false
	}
	if g.p.Item(s).Attr("unit") != "quarter" {
		d, _, ok := g.relative(i, true)
		if g.says(next, "底", "初") {
			next++
		}
		return d, next, ok
	}
	shift, err := strconv.Atoi(g.p.Item(s).Attr("shift"))
	if err != nil || g.published.Month == 0 {
		return date{relative: true}, next, err == nil
	}
	first := corvee.Date{Year: g.published.Year, Month: (g.published.Month-1)/3*3 + 1}.AddMonths(3 * shift)
	return date{when: corvee.Between(first, first.AddMonths(2)), relative: true, ok: true}, next, true
}

// weekday reads 周四, 上周四.
func (g *chinese) weekday(i int) (date, int, bool) {
	s, next, ok := g.p.At(i, lexicon.Weekday)
	if !ok || i >= g.last || g.says(i-1, "每", "逢") {
		return date{}, i, false
	}
	if g.published.Day == 0 {
		return date{relative: true}, next, true
	}
	back := int(g.published.Weekday()-time.Weekday(small(g.p.Item(s).ID))+7) % 7
	return date{when: corvee.During(g.published.AddDays(-back)), relative: true, ok: true}, next, true
}

// feast reads a day of the year by its name: 太阳节.
func (g *chinese) feast(i int) (date, int, bool) {
	s, next, ok := g.p.At(i, lexicon.Feast)
	if !ok || i >= g.last {
		return date{}, i, false
	}
	id := g.p.Item(s).ID
	return g.partial(i, next, small(id[:2]), small(id[3:]))
}

// yearEnd reads 年底 of the report's own year.
func (g *chinese) yearEnd(i int) (date, int, bool) {
	if !g.says(i, "年") || !g.says(i+1, "底", "末") {
		return date{}, i, false
	}
	if !g.published.Known() {
		return date{relative: true}, i + 2, true
	}
	return date{when: corvee.During(corvee.Date{Year: g.published.Year, Month: 12}), relative: true, ok: true}, i + 2, true
}
