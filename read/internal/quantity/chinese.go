package quantity

import (
	"corvee"
	"corvee/read/internal/han"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Chinese appends the quantities of tokens first to last to out, as Find does for English.
// How often and for whom an amount is due mostly stands before it in Chinese (每人每月), so
// the clause is searched for both.
func Chinese(p *lexicon.Passage, first, last int, taken func(int) bool, out []Quantity) []Quantity {
	g := chinese{p: p, first: first, last: last, taken: taken}
	from := len(out)
	for i := first; i < last; {
		q, ok := g.quantity(i)
		if !ok {
			i++
			continue
		}
		out = append(out, q)
		i = max(q.Last, i+1)
	}
	for i := range out[from:] {
		g.rate(out[from:], i)
	}
	return out
}

type chinese struct {
	p           *lexicon.Passage
	first, last int
	taken       func(int) bool
}

// part is one number with its money and unit.
type part struct {
	han.Number
	currency string
	unit     corvee.Unit
	counted  bool // a counter of persons
	class    lexicon.Class
}

// quantity reads one amount that starts at token i.
func (g *chinese) quantity(i int) (Quantity, bool) {
	if q, ok := g.one(i); ok {
		return q, true
	}
	if !g.mayStart(i) {
		return Quantity{}, false
	}
	b, at := g.prefix(i)
	if at == i && b.class == lexicon.Plain {
		b.class = g.earlier(i)
	}
	a, next, ok := g.part(at, b)
	if !ok {
		return Quantity{}, false
	}
	if joined, end, ok := g.span(a, next); ok {
		a, next = joined, end
	} else if _, ranged := g.connector(next); ranged && a.Single {
		return Quantity{}, false
	}
	q := Quantity{First: g.behindVerb(i, at), Last: next, PeriodAt: -1, Share: a.Share}
	q.Value.Range, q.Value.Currency, q.Value.Unit = a.Range, a.currency, a.unit
	q.Value.Approx = a.Approx || b.approx
	q.Bare = a.unit == "" || a.counted
	if q.Bare {
		q.Value.Unit = corvee.UnitPiece
	}
	if a.counted {
		q.Value.Unit = corvee.UnitPerson
	}
	g.limit(&q, b)
	if a.currency != "" {
		g.equivalent(&q)
	}
	return q, q.Value.Range.Validate() == nil && q.Value.Known()
}

// behindVerb returns where an amount begins whose first word is a verb as well: 约有, 至少有
// bound the figure and say that there is one, and a rule asks for the verb before it.
func (g *chinese) behindVerb(i, at int) int {
	if c, ok := g.p.Lex.Class("exist"); ok && at == i+1 && g.p.Is(i, c) {
		return at
	}
	return i
}

func (g *chinese) mayStart(i int) bool {
	t := g.p.Tokens[i]
	if g.taken(i) {
		return false
	}
	if t.Kind == segment.Number {
		return !g.named(i)
	}
	if t.Is('~') || t.Is('$') || g.p.Is(i, lexicon.Currency) {
		return true
	}
	if t.Lexeme >= 0 {
		for _, c := range [...]lexicon.Class{lexicon.Fraction, lexicon.Approx, lexicon.AtLeast, lexicon.MoreThan, lexicon.AtMost, lexicon.LessThan, lexicon.Half} {
			if g.p.Is(i, c) {
				return true
			}
		}
	}
	return han.Starts(g.p.View.Rune(int(t.From))) && !g.named(i) || t.Kind == segment.Word && g.numeral(i)
}

// numeral reports whether the folded token is a Han digit whose source was another form.
func (g *chinese) numeral(i int) bool {
	for _, r := range string(g.p.View.Bytes[g.p.Tokens[i].From:g.p.Tokens[i].To]) {
		return han.Starts(r) && !g.named(i)
	}
	return false
}

// named reports whether the number is an ordinal or part of a name: 第三, A15.
func (g *chinese) named(i int) bool {
	if i == g.first {
		return false
	}
	prev := g.p.Tokens[i-1]
	if g.p.Says(i-1, "第") {
		return true
	}
	if !g.p.Tokens[i].Glued {
		return false
	}
	latin := prev.Kind == segment.Word && g.p.View.Bytes[prev.From] < 0x80
	if latin && g.p.Is(i-1, lexicon.Currency) {
		return false
	}
	return latin || prev.Is('#') || prev.Is(':') || prev.Is('@') || prev.Is('/')
}

// one reads 一天 behind a word for rest, and 一年半, which count and are no periods.
func (g *chinese) one(i int) (Quantity, bool) {
	s, next, ok := g.p.At(i, lexicon.PeriodAdj)
	rest, known := g.p.Lex.Class("rest")
	half := ok && g.p.Is(next, lexicon.Half)
	off := known && (g.p.Is(i-1, rest) || (g.p.Says(i-1, "只有") || g.p.Says(i-1, "仅有") || g.p.Says(i-1, "才有")) && (g.p.Is(next, rest) || g.p.Is(next+1, rest)))
	if !ok || !half && !off || g.p.View.Rune(int(g.p.Tokens[i].From)) != '一' {
		return Quantity{}, false
	}
	q := Quantity{First: i, Last: next, PeriodAt: -1}
	q.Value.Range, q.Value.Unit = corvee.Exactly(corvee.Int(1)), corvee.Unit(g.p.Item(s).ID)
	if half {
		q.Value.Range, q.Last = corvee.Exactly(corvee.MustDecimal("1.5")), next+1
	}
	return q, q.Value.Unit.Valid()
}

// earlier reads a bound before the verb: 至少派遣50名.
func (g *chinese) earlier(i int) lexicon.Class {
	if i-2 < g.first || g.p.Tokens[i-1].Kind == segment.Mark || g.p.Tokens[i-1].Lexeme < 0 || g.p.Tokens[i-2].Clause != g.p.Tokens[i].Clause {
		return lexicon.Plain
	}
	for _, c := range [...]lexicon.Class{lexicon.AtLeast, lexicon.AtMost} {
		if g.p.Is(i-2, c) {
			return c
		}
	}
	return lexicon.Plain
}

func (g *chinese) prefix(i int) (bound, int) {
	var b bound
	for i < g.last {
		start := i
		for _, c := range [...]lexicon.Class{lexicon.AtLeast, lexicon.MoreThan, lexicon.AtMost, lexicon.LessThan} {
			if _, next, ok := g.p.At(i, c); ok && b.class == lexicon.Plain {
				b.class, i = c, next
				break
			}
		}
		if _, next, ok := g.p.At(i, lexicon.Approx); ok {
			b.approx, i = true, next
		} else if g.p.Mark(i, '~') {
			b.approx = true
			i++
		}
		if i == start {
			break
		}
	}
	return b, i
}

// part reads currency, number, currency or unit.
func (g *chinese) part(i int, b bound) (part, int, bool) {
	var a part
	if s, next, ok := g.p.At(i, lexicon.Currency); ok && i < g.last {
		a.currency, i = g.p.Item(s).ID, next
		for g.p.Is(i, lexicon.Approx) {
			_, i, _ = g.p.At(i, lexicon.Approx)
			a.Approx = true
		}
	}
	rough := a.Approx
	next, ok := g.number(&a, i)
	if !ok || a.Bare && !b.approx && b.class == lexicon.Plain && !rough {
		return a, i, false
	}
	a.Approx = a.Approx || rough
	return g.unit(a, next)
}

// maxNumber is how many bytes of a text are looked at for one number.
const maxNumber = 120

// number reads the number at token i; it ends where a token ends.
func (g *chinese) number(a *part, i int) (int, bool) {
	if i >= g.last || g.taken(i) {
		return i, false
	}
	if s, next, ok := g.p.At(i, lexicon.Fraction); ok {
		d, err := corvee.ParseDecimal(g.p.Item(s).Attr("value"))
		a.Number = han.Number{Range: corvee.Exactly(d), Share: true}
		if g.p.Item(s).Attr("open") != "" {
			a.High, a.Approx = corvee.Decimal{}, true
		}
		return next, err == nil
	}
	if g.p.Is(i, lexicon.Half) { // 半年
		a.Number = han.Number{Range: corvee.Exactly(corvee.MustDecimal("0.5")), Single: true}
		return i + 1, g.p.Is(i+1, lexicon.Measure)
	}
	from := g.p.Tokens[i].From
	last := g.last - 1
	for g.p.Tokens[last].To > from+maxNumber && last > i {
		last--
	}
	if i+1 < g.last && g.p.Tokens[i+1].Kind == segment.Mark {
		last = i
	}
	s := string(g.p.View.Bytes[from:g.p.Tokens[last].To])
	for range 3 {
		n, size := han.Read(s)
		if size == 0 {
			return i, false
		}
		end := from + uint32(size)
		j := i
		for j < g.last && g.p.Tokens[j].To < end {
			j++
		}
		if g.p.Tokens[j].To == end {
			a.Number = n
			return j + 1, true
		}
		s = s[:g.p.Tokens[j].From-from]
	}
	return i, false
}

// unit reads what stands behind a number.
func (g *chinese) unit(a part, i int) (part, int, bool) {
	if a.Share {
		a.unit = corvee.UnitPercent
		return a, i, a.currency == ""
	}
	if i >= g.last {
		return a, i, !a.Single || a.currency != ""
	}
	if _, ok := g.connector(i); ok && a.currency == "" {
		return a, i, true // a unit may follow the second end; span decides
	}
	if next, ok := g.money(&a, i); ok {
		return a, next, true
	}
	if a.currency != "" {
		a.unit = corvee.UnitMoney
		return a, i, true
	}
	if _, next, ok := g.p.At(i, lexicon.Percent); ok {
		a.unit = corvee.UnitPercent
		return a, next, true
	}
	if next, ok := g.measure(&a, i); ok {
		return a, next, true
	}
	if s, next, ok := g.p.At(i, lexicon.Counter); ok {
		return g.counter(a, g.p.Item(s).ID, next)
	}
	return a, i, !a.Single
}

// counter reads what is counted: persons, households, things.
func (g *chinese) counter(a part, id string, next int) (part, int, bool) {
	switch id {
	case "person":
		a.counted = true
	case "any":
		a.class = lexicon.Counter
	default:
		a.unit = corvee.UnitPiece
	}
	return a, next, true
}

// money reads the currency behind a number, a second word for it, and its parts:
// 元人民币, 五元三毛, 两美元又三美分.
func (g *chinese) money(a *part, i int) (int, bool) {
	s, next, ok := g.p.At(i, lexicon.Currency)
	if !ok || a.Single && g.p.Says(i, "块") && !g.p.Is(next, lexicon.Currency) && a.Low.Cmp(corvee.Int(1)) == 0 {
		return i, false
	}
	code := g.p.Item(s).ID
	if code == "CNY" && a.currency != "" && g.p.Says(i, "元") {
		code = a.currency // 新台币1300元
	}
	a.currency, a.unit = code, corvee.UnitMoney
	next = g.parts(a, next)
	if s, after, ok := g.p.At(next, lexicon.Currency); ok && next < g.last && code == "CNY" && (g.p.Item(s).ID == "CNY" || !g.ownAmount(after)) {
		a.currency, next = g.p.Item(s).ID, after
	}
	return next, true
}

// ownAmount reports whether a number follows, so that the currency before it is its own.
func (g *chinese) ownAmount(i int) bool {
	return i < g.last && (g.p.Tokens[i].Kind == segment.Number || g.numeral(i))
}

func (g *chinese) parts(a *part, i int) int {
	for range 2 {
		at := i
		if g.p.Says(at, "又") || g.p.Says(at, "零") {
			at++
		}
		if at >= g.last || !a.Low.Known() || a.Low != a.High {
			return i
		}
		var small part
		next, ok := g.number(&small, at)
		if !ok || small.Low != small.High || !small.Low.Known() {
			return i
		}
		s, end, ok := g.p.At(next, lexicon.Subunit)
		if !ok || next >= g.last {
			return i
		}
		share, err := corvee.ParseDecimal(g.p.Item(s).Attr("value"))
		if err != nil {
			return i
		}
		a.Range = corvee.Exactly(a.Low.Add(small.Low.Mul(share)))
		i = end
	}
	return i
}

// measure reads hours, days, kilograms, and the half behind or before them: 一年半,
// 两个半小时.
func (g *chinese) measure(a *part, i int) (int, bool) {
	at, half := i, false
	if g.p.Is(at, lexicon.Half) && !a.Single {
		at, half = at+1, true
	} else if g.p.Says(at, "个") && g.p.Is(at+1, lexicon.Half) {
		at, half = at+2, true
	}
	s, next, ok := g.p.At(at, lexicon.Measure)
	if !ok || at >= g.last {
		return i, false
	}
	a.unit = corvee.Unit(g.p.Item(s).ID)
	if g.p.Is(next, lexicon.Half) && next < g.last {
		next, half = next+1, true
	}
	if half && a.High.Known() {
		a.Low, a.High = a.Low.Add(corvee.MustDecimal("0.5")), a.High.Add(corvee.MustDecimal("0.5"))
	}
	if g.p.Says(next, "多") || g.p.Says(next, "余") {
		a.Approx = true
		next++
	}
	return next, true
}

// span reads the second end of a range: 2000到3000元, 2500元至2800元, 2至3万.
func (g *chinese) span(low part, i int) (part, int, bool) {
	at, ok := g.connector(i)
	if !ok {
		return low, i, false
	}
	b, at := g.prefix(at)
	high, next, ok := g.part(at, b)
	if ok && high.Share && !low.Share && low.unit == "" && low.High.Known() && low.High.Cmp(corvee.Int(10)) < 0 {
		low.Low, low.High, low.Share = low.Low.Mul(corvee.Int(10)), low.High.Mul(corvee.Int(10)), true // 七至八成
	}
	if !ok || !low.High.Known() || !high.High.Known() || high.Share != low.Share && !(low.Share && high.unit == "") {
		return low, i, false
	}
	if low.unit != "" && low.unit != high.unit && !low.Share || low.currency != "" && low.currency != high.currency {
		return low, i, false
	}
	if low.unit == "" && high.unit != "" || low.Scale.Known() != high.Scale.Known() || low.Plain {
		low = shared(low, high)
	}
	if low.Low.Cmp(high.High) > 0 {
		return low, i, false
	}
	out := high
	out.Low, out.Approx = low.Low, low.Approx || high.Approx
	if low.Share {
		out.Share, out.unit = true, corvee.UnitPercent
	}
	return out, next, true
}

func (g *chinese) connector(i int) (int, bool) {
	if i >= g.last {
		return i, false
	}
	if g.p.Mark(i, '-') || g.p.Mark(i, '~') {
		for g.p.Mark(i, '-') || g.p.Mark(i, '~') {
			i++
		}
		return i, i < g.last
	}
	if g.p.Says(i, "或") && g.ownAmount(i+1) {
		return i + 1, true
	}
	_, next, ok := g.p.At(i, lexicon.RangeWord)
	return next, ok && next < g.last
}

// shared gives the first end the scale of the second where it is meant: 2至3万.
func shared(low, high part) part {
	if !high.Scale.Known() || low.Scale.Known() && low.Scale.Cmp(high.Scale) >= 0 {
		return low
	}
	if scaled := low.Low.Mul(high.Scale); low.unit == "" && scaled.Known() && scaled.Cmp(high.High) <= 0 {
		low.Low = scaled
	}
	return low
}

// limit turns the figure into the range that the words around it say.
func (g *chinese) limit(q *Quantity, b bound) {
	for range 2 {
		i := q.Last
		if i >= g.last {
			break
		}
		if _, next, ok := g.p.At(i, lexicon.OrMore); ok {
			b.class, q.Last = lexicon.AtLeast, next
		} else if _, next, ok := g.p.At(i, lexicon.OrLess); ok {
			b.class, q.Last = lexicon.AtMost, next
		} else if _, next, ok := g.p.At(i, lexicon.ApproxPost); ok {
			q.Value.Approx, q.Last = true, next
		} else if g.p.Mark(i, '+') {
			b.class, q.Last = lexicon.AtLeast, i+1
		} else if q.Bare && q.Last > q.First && q.Value.Unit == corvee.UnitPiece && g.p.Is(i, lexicon.Counter) {
			g.later(q, i) // 1万以上人
		}
	}
	bounded(q, b)
}

// later reads the counter of persons behind a bound: 20以上名.
func (g *chinese) later(q *Quantity, i int) {
	if s, next, ok := g.p.At(i, lexicon.Counter); ok && g.p.Item(s).ID == "person" {
		q.Value.Unit, q.Last = corvee.UnitPerson, next
	}
}

// equivalent reads a conversion that follows: （约新台币1300元）.
func (g *chinese) equivalent(q *Quantity) {
	i, bracket := q.Last, g.p.Mark(q.Last, '(')
	if bracket || g.p.Mark(i, ',') && g.p.Is(i+1, lexicon.Filler) {
		i++
	} else {
		return
	}
	for i < g.last && g.p.Is(i, lexicon.Filler) {
		i++
	}
	b, at := g.prefix(i)
	a, next, ok := g.part(at, b)
	if !ok || a.currency == "" || a.currency == q.Value.Currency {
		return
	}
	if joined, end, ok := g.span(a, next); ok {
		a, next = joined, end
	}
	other := Quantity{First: at, Last: next}
	other.Value.Range = a.Range
	other.Value.Approx = a.Approx || b.approx || g.p.Is(i-1, lexicon.Filler)
	g.limit(&other, b)
	end := other.Last
	for n := 0; bracket && n < maxAside && end < g.last && !g.p.Mark(end, ')'); n++ {
		end++
	}
	if bracket && !g.p.Mark(end, ')') {
		return
	}
	s := g.p.View.Span(int(g.p.Tokens[other.First].From), int(g.p.Tokens[other.Last-1].To))
	q.Value.Equivalents = append(q.Value.Equivalents, corvee.Equivalent{Range: other.Value.Range, Currency: a.currency, Start: s.Start, End: s.End})
	if q.Last = end; bracket {
		q.Last = end + 1
	}
}

// maxRate is how many words may stand between an amount and whom it is for.
const maxRate = 14

// rate fills for whom the amount is and how often it falls due, from the words right
// behind it and from those before it in its clause that belong to no other amount.
func (g *chinese) rate(all []Quantity, n int) {
	q := &all[n]
	if q.Bare || q.Share && q.Value.Unit != corvee.UnitPercent {
		return
	}
	g.behind(q)
	for i, far := q.First-1, 0; i >= g.first && far < maxRate; i, far = i-1, far+1 {
		if g.p.Tokens[i].Clause != g.p.Tokens[q.First].Clause || n > 0 && i < all[n-1].Last && !all[n-1].Bare && all[n-1].Value.Unit == q.Value.Unit {
			return
		}
		g.word(q, i)
	}
}

func (g *chinese) behind(q *Quantity) {
	for range 3 {
		i := q.Last
		if i < g.last && g.p.Mark(i, '/') {
			i++
			if s, next, ok := g.p.At(i, lexicon.Measure); ok && i < g.last {
				q.Value.Period, q.Last = corvee.RatePeriod(g.p.Item(s).ID), next
			} else if g.p.Says(i, "月") || g.p.Says(i, "人") || g.p.Says(i, "日") {
				g.slash(q, i)
			}
			continue
		}
		if i >= g.last || !g.p.Is(i, lexicon.PeriodAdj) && !g.p.Is(i, lexicon.EachPost) {
			return
		}
		before := *q
		g.word(q, i)
		if before.Value.Period == q.Value.Period && before.Value.Per == q.Value.Per {
			return
		}
		q.Last = i + 1
	}
}

func (g *chinese) slash(q *Quantity, i int) {
	switch g.p.Word(i) {
	case "月":
		q.Value.Period = corvee.EveryMonth
	case "日":
		q.Value.Period = corvee.EveryDay
	case "人":
		q.Value.Per = corvee.PerPerson
	}
	q.Last = i + 1
}

func (g *chinese) word(q *Quantity, i int) {
	if s, _, ok := g.p.At(i, lexicon.PeriodAdj); ok && q.Value.Period == "" {
		q.Value.Period, q.PeriodAt = corvee.RatePeriod(g.p.Item(s).ID), i
	}
	if s, _, ok := g.p.At(i, lexicon.EachPost); ok && q.Value.Per == "" && (q.Value.Unit == corvee.UnitMoney || q.Value.Unit == corvee.UnitKilogram) {
		q.Value.Per = corvee.Per(g.p.Item(s).ID)
	}
}
