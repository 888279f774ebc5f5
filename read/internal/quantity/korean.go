package quantity

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Korean appends the quantities of tokens first to last to out. A Korean amount is read
// as currency or bound, number, "여", unit, and what limits it behind; whom it is for and
// how often stand before it.
func Korean(p *lexicon.Passage, first, last int, taken func(int) bool, out []Quantity) []Quantity {
	g := korean{p: p, first: first, last: last, taken: taken}
	g.classes()
	for i := first; i < last; {
		if _, next, ok := p.At(i, lexicon.PerWord); ok {
			i = next
			continue
		}
		if next := g.name(i); next > i {
			i = next
			continue
		}
		if taken(i) {
			i++
			continue
		}
		if _, next, ok := g.at(i, lexicon.PeriodAdj); ok && next > i+1 && g.taggedFigure(next) {
			i = next // 한 해 9만 달러: how often, and no amount of years
			continue
		}
		q, ok := g.quantity(i)
		if !ok {
			i = max(i+1, g.skip)
			continue
		}
		g.partOf(&q, out)
		out = append(out, q)
		i = q.Last
		g.first = i
	}
	return out
}

type korean struct {
	p           *lexicon.Passage
	first, last int
	taken       func(int) bool
	moneyOf     lexicon.Class
	dayWord     lexicon.Class
	figured     lexicon.Class
	skip        int // token behind a figure that is no amount
}

func (g *korean) classes() {
	g.moneyOf, _ = g.p.Lex.Class("money_of")
	g.dayWord, _ = g.p.Lex.Class("day_word")
	g.figured, _ = g.p.Lex.Class("figured")
}

// name returns the end of a name that begins with token i and holds figures: 39호실,
// 80일전투, 코로나19.
func (g *korean) name(i int) int {
	for _, c := range [...]lexicon.Class{lexicon.Institution, lexicon.Campaign, g.figured} {
		if _, next, ok := g.at(i, c); ok && next > i+1 {
			return next
		}
	}
	return i
}

// at is Passage.At within the sentence.
func (g *korean) at(i int, c lexicon.Class) (lexicon.Sense, int, bool) {
	if i >= g.last {
		return lexicon.Sense{}, i, false
	}
	s, next, ok := g.p.At(i, c)
	return s, next, ok && next <= g.last
}

func (g *korean) value(s lexicon.Sense, key string) corvee.Decimal {
	d, err := corvee.ParseDecimal(g.p.Item(s).Attr(key))
	if err != nil {
		return corvee.Decimal{}
	}
	return d
}

// lead is what stands before a number: bound, approximator, whose money.
type lead struct {
	bound    lexicon.Class
	approx   bool
	currency string
	of       bool // the currency only says whose money: 인민폐 8천원
}

func (g *korean) lead(i int) (lead, int) {
	var b lead
	for n := 0; n < 4 && i < g.last; n++ {
		if _, next, ok := g.at(i, lexicon.Approx); ok {
			b.approx, i = true, next
			continue
		}
		if _, next, ok := g.at(i, lexicon.AtLeast); ok {
			b.bound, i = lexicon.AtLeast, next
			continue
		}
		if _, next, ok := g.at(i, lexicon.AtMost); ok {
			b.bound, i = lexicon.AtMost, next
			continue
		}
		if s, next, ok := g.at(i, g.moneyOf); ok && b.currency == "" {
			b.currency, b.of, i = g.p.Item(s).ID, true, next
			continue
		}
		if s, next, ok := g.at(i, lexicon.Currency); ok && b.currency == "" && g.p.Item(s).Attr("side") != "after" {
			b.currency, i = g.p.Item(s).ID, next
			continue
		}
		break
	}
	return b, i
}

// figures is one number or a range, before its unit is known.
type figures struct {
	value  corvee.Range
	scale  corvee.Decimal // the last scale that was read, unknown without
	approx bool
	bare   bool // digits: may stand without a unit
	share  bool
	words  bool // native or Chinese number words
}

// quantity reads one amount that starts at token i.
func (g *korean) quantity(i int) (Quantity, bool) {
	g.skip = 0
	if q, ok := g.days(i); ok {
		return q, true
	}
	if q, ok := g.ratio(i); ok {
		return q, true
	}
	b, at := g.lead(i)
	n, next, ok := g.number(at)
	if !ok {
		return Quantity{}, false
	}
	q := Quantity{First: i, PeriodAt: -1, Last: next}
	if n.share {
		return g.shared(q, n, b)
	}
	if !g.unit(&q, &n, b) {
		g.skip = max(g.skip, next)
		return Quantity{}, false
	}
	q.Value.Range, q.Value.Approx = n.value, n.value.Approx || n.approx || b.approx
	g.limit(&q, b)
	g.prefixed(&q)
	g.each(&q)
	g.equivalent(&q)
	return q, q.Value.Range.Validate() == nil && q.Value.Known()
}

// days reads 이틀 and its like; 하루 only where it cannot mean "a day" as a rate.
func (g *korean) days(i int) (Quantity, bool) {
	s, next, ok := g.at(i, g.dayWord)
	if !ok {
		return Quantity{}, false
	}
	if g.p.Item(s).ID == "1" && !g.p.Says(next, "만") && !g.p.Says(next, "뿐") && !g.p.Says(next, "를") && !g.p.Says(next, "밖에") && !g.p.Says(next, "씩") && !g.p.Says(next, "쉬") && !g.p.Is(next+1, g.dayWord) {
		return Quantity{}, false
	}
	q := Quantity{First: i, Last: next, PeriodAt: -1}
	q.Value.Unit, q.Value.Range = corvee.UnitDay, corvee.Exactly(g.value(s, "value"))
	if g.p.Says(next, "나") || g.p.Says(next, "이나") {
		if more, after, ok := g.at(next+1, g.dayWord); ok {
			q.Value.High, q.Last = g.value(more, "value"), after
		}
	}
	g.prefixed(&q)
	return q, true
}

// shared finishes a part of something: "3분의 2", "절반".
func (g *korean) shared(q Quantity, n figures, b lead) (Quantity, bool) {
	q.Share = true
	q.Value.Unit, q.Value.Range = corvee.UnitPercent, n.value
	q.Value.Approx = n.value.Approx || b.approx
	g.limit(&q, b)
	g.prefixed(&q)
	return q, q.Value.Range.Validate() == nil
}

// unit reads what the number counts; the second of a range may stand behind the unit of
// the first. It returns false for figures that count nothing.
func (g *korean) unit(q *Quantity, n *figures, b lead) bool {
	if !g.plain(q, n, b) {
		return false
	}
	at, ok := g.connector(q.Last)
	if !ok {
		return true
	}
	inner, from := g.lead(at)
	high, next, ok := g.number(from)
	if !ok || high.share {
		return true
	}
	other := Quantity{First: at, Last: next, PeriodAt: -1}
	if !g.plain(&other, &high, inner) {
		return true
	}
	if q.Bare {
		q.Value.Unit, q.Value.Currency = other.Value.Unit, other.Value.Currency
	}
	if other.Value.Unit != q.Value.Unit || other.Value.Currency != q.Value.Currency && other.Value.Currency != "" || g.changes(other.Last) && !q.Bare {
		return true
	}
	if joined, ok := join(*n, high); ok {
		*n, q.Last, q.Bare = joined, other.Last, other.Bare
	}
	return true
}

// changes reports whether a figure is where a change ends: "500달러에서 700달러로".
func (g *korean) changes(i int) bool {
	return i < g.last && g.p.Tokens[i].Glued && (g.p.Says(i, "로") || g.p.Says(i, "으로")) && !g.p.Is(i+1, lexicon.Estimate)
}

// plain reads the unit behind one number.
func (g *korean) plain(q *Quantity, n *figures, b lead) bool {
	i := q.Last
	if _, next, ok := g.at(i, lexicon.ApproxPost); ok && !g.p.Is(i, lexicon.Measure) {
		n.approx, i = true, next
	}
	if s, next, ok := g.at(i, lexicon.Currency); ok && g.p.Item(s).Attr("side") != "before" {
		q.Value.Unit, q.Last = corvee.UnitMoney, next
		q.Value.Currency = g.currency(s, b, q.First)
		g.minor(q, n, s)
		return true
	}
	if b.currency != "" {
		q.Value.Unit, q.Value.Currency, q.Last = corvee.UnitMoney, b.currency, i
		return !b.of || n.bare
	}
	if s, next, ok := g.at(i, lexicon.Percent); ok {
		q.Value.Unit, q.Last = corvee.UnitPercent, next
		g.tenths(q, n, s)
		return true
	}
	if g.p.Mark(i, '%') && i < g.last {
		q.Value.Unit, q.Last = corvee.UnitPercent, i+1
		return true
	}
	if s, next, ok := g.at(i, lexicon.Measure); ok {
		q.Value.Unit, q.Last = corvee.Unit(g.p.Item(s).ID), next
		return true
	}
	if s, next, ok := g.at(i, lexicon.Counter); ok {
		if g.taggedFigure(next) && g.p.Says(next+1, "조") { // 3인 1조: in what groups they go out
			g.skip = next + 2
			return false
		}
		q.Value.Unit, q.Last = counted(g.p.Item(s)), next
		return true
	}
	if _, next, ok := g.at(i, lexicon.Ordinal); ok && g.p.Tokens[i].Glued {
		g.skip = next
		return false
	}
	q.Bare, q.Value.Unit, q.Last = true, corvee.UnitPiece, i
	return n.bare || g.p.Tokens[q.First].Kind == segment.Number && (g.p.Mark(i, '~') || g.p.Mark(i, '-') || g.p.Says(i, "∼")) // 5천만~6억 달러
}

func counted(item *lexicon.Item) corvee.Unit {
	switch item.ID {
	case "person":
		return corvee.UnitPerson
	}
	return corvee.UnitPiece
}

// tenths reads 할 and 푼: 7할 is 70 percent, 3할 5푼 is 35.
func (g *korean) tenths(q *Quantity, n *figures, s lexicon.Sense) {
	times := g.value(s, "times")
	if !times.Known() {
		return
	}
	n.value = corvee.Range{Low: n.value.Low.Mul(times), High: n.value.High.Mul(times), Approx: n.value.Approx}
	if g.p.Item(s).ID != "tenth" {
		return
	}
	if q.Last < g.last && g.p.Says(q.Last, "반") && !g.p.Tokens[q.Last].Glued { // 1할 반
		half := corvee.Int(5)
		n.value = corvee.Range{Low: n.value.Low.Add(half), High: n.value.High.Add(half), Approx: n.value.Approx}
		q.Last++
		return
	}
	more, next, ok := g.number(q.Last)
	if !ok {
		return
	}
	if p, after, ok := g.at(next, lexicon.Percent); ok && g.p.Item(p).ID == "hundredth" {
		n.value = corvee.Range{Low: n.value.Low.Add(more.value.Low), High: n.value.High.Add(more.value.High), Approx: n.value.Approx}
		q.Last = after
	}
}

// currency returns the code of a unit of money. 원 is that of the south unless the words
// before it say whose money it is.
func (g *korean) currency(s lexicon.Sense, b lead, first int) string {
	id := g.p.Item(s).ID
	if id != "KRW" {
		return id
	}
	if b.currency != "" {
		return b.currency
	}
	for n, i := 0, first; n < 2 && i > g.first; n++ {
		m, start, ok := g.p.Ends(i, g.moneyOf)
		if ok {
			return g.p.Item(m).ID
		}
		if c, at, ok := g.p.Ends(i, lexicon.Country); ok && n == 0 {
			_ = at
			if g.p.Item(c).ID == "KP" {
				return "KPW"
			}
		}
		i = start - 1
	}
	return id
}

// connector reads what joins the ends of a range.
func (g *korean) connector(i int) (int, bool) {
	switch {
	case i >= g.last || g.taken(i):
		return i, false
	case g.p.Mark(i, '~'), g.p.Mark(i, '-'), g.p.Says(i, "∼"), g.p.Says(i, "〜"):
		return i + 1, true
	case g.p.Says(i, "에서"), g.p.Says(i, "내지"), g.p.Says(i, "부터"), g.p.Says(i, "또는"):
		return i + 1, true
	}
	return i, false
}

// join makes a range. A scale of the second serves the first when the first could not be
// meant without it: 4~5백, 2~3천 위안.
func join(low, high figures) (figures, bool) {
	a, okA := low.value.Single()
	b, okB := high.value.Single()
	if r := low.value; !okA && r.Approx && r.Low.Known() && !r.High.Known() { // 수백 명에서 8천 명
		a, okA = r.Low, true
	}
	if !okA || !okB {
		return figures{}, false
	}
	if high.scale.Known() && (!low.scale.Known() || low.scale.Cmp(high.scale) < 0) {
		if shared := a.Mul(high.scale); shared.Known() && shared.Cmp(b) <= 0 {
			a = shared
		}
	}
	if a.Cmp(b) > 0 {
		return figures{}, false
	}
	out := high
	out.value = corvee.Range{Low: a, High: b, Approx: low.value.Approx || high.value.Approx}
	out.approx = low.approx || high.approx
	out.bare = low.bare && high.bare
	return out, true
}

// limit turns the figure into the range that its bounds say, before and behind.
func (g *korean) limit(q *Quantity, b lead) {
	bound, exclusive := b.bound, false
	for range 3 {
		if _, next, ok := g.at(q.Last, lexicon.ApproxPost); ok {
			q.Value.Approx, q.Last = true, next
			continue
		}
		if s, next, ok := g.bounded(q.Last, lexicon.OrMore); ok {
			bound, exclusive, q.Last = lexicon.AtLeast, g.p.Item(s).Attr("exclusive") != "", next
			continue
		}
		if s, next, ok := g.bounded(q.Last, lexicon.OrLess); ok {
			bound, exclusive, q.Last = lexicon.AtMost, g.p.Item(s).Attr("exclusive") != "", next
			continue
		}
		break
	}
	if _, single := q.Value.Single(); bound == 0 && single && q.Last < g.last && g.p.Tokens[q.Last].Glued && g.p.Says(q.Last, "까지") {
		bound, q.Last = lexicon.AtMost, q.Last+1
	}
	r := &q.Value.Range
	switch bound {
	case lexicon.AtLeast:
		if r.Low.Known() {
			r.High = corvee.Decimal{}
			if exclusive && !r.Approx {
				r.Exclusive = corvee.ExclusiveLow
			}
		}
	case lexicon.AtMost:
		if r.High.Known() {
			r.Low = corvee.Decimal{}
			if exclusive {
				r.Exclusive = corvee.ExclusiveHigh
			}
		}
	}
}

// bounded reads a bound behind an amount, over a particle ("위안도 안 되는").
func (g *korean) bounded(i int, c lexicon.Class) (lexicon.Sense, int, bool) {
	if s, next, ok := g.at(i, c); ok {
		return s, next, true
	}
	if i < g.last && g.p.Tokens[i].Glued && g.p.Is(i, lexicon.Particle) {
		return g.at(i+1, c)
	}
	return lexicon.Sense{}, i, false
}

func (g *korean) taggedFigure(i int) bool {
	t := g.p.Tokens
	return i < g.last && t[i].Kind == segment.Number && !g.taken(i)
}
