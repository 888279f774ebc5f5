package quantity

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// maxPrefix is how many words before an amount may say whom it is for or how often it
// falls due: "1인당 월 평균 약".
const maxPrefix = 6

// prefixed reads whom an amount is for and how often it falls due, from the words before
// it, up to a mark or another amount.
func (g *korean) prefixed(q *Quantity) {
	for n, i := 0, q.First; n < maxPrefix && i > g.first; n++ {
		t := g.p.Tokens[i-1]
		if t.Kind == segment.Word && !g.p.Known(i-1) || g.p.Mark(i-1, ',') || g.p.Mark(i-1, '"') || g.p.Mark(i-1, '(') {
			return
		}
		if s, start, ok := g.p.Ends(i, lexicon.PerWord); ok && start >= g.first {
			if id := g.p.Item(s).Attr("per"); id != "" && q.Value.Per == "" && perUnit(q.Value.Unit) {
				q.Value.Per = corvee.Per(id)
				q.widen(i, start)
			}
			i = start
			continue
		}
		if s, start, ok := g.p.Ends(i, lexicon.PeriodAdj); ok && start >= g.first {
			if q.Value.Period == "" && g.p.Item(s).Attr("weak") == "" && periodUnit(q.Value.Unit) {
				q.Value.Period, q.PeriodAt = corvee.RatePeriod(g.p.Item(s).ID), start
				q.widen(i, start)
			}
			i = start
			continue
		}
		i = g.before(i)
	}
}

// widen takes in the words from start to i that stand right before the amount.
func (q *Quantity) widen(i, start int) {
	if i == q.First {
		q.First = start
	}
}

func perUnit(u corvee.Unit) bool { return u == corvee.UnitMoney || u == corvee.UnitKilogram }

func periodUnit(u corvee.Unit) bool {
	switch u {
	case corvee.UnitMoney, corvee.UnitHour, corvee.UnitDay, corvee.UnitPercent, corvee.UnitKilogram, corvee.UnitTonne:
		return true
	}
	return false
}

// before returns the start of the word that ends before token i.
func (g *korean) before(i int) int {
	if x, ok := g.p.Ending(i); ok {
		return max(int(x.First), g.first)
	}
	return i - 1
}

// ratio reads the parts of "6대 4의 비율": of each ten, or hundred, so many.
func (g *korean) ratio(i int) (Quantity, bool) {
	first, between := i, i+1
	if g.p.Says(i-1, "대") && i-2 >= 0 {
		first, between = i-2, i-1
	}
	if between+1 >= g.last || !g.p.Says(between, "대") {
		return Quantity{}, false
	}
	a, b := g.figure(first), g.figure(between+1)
	whole := a.Add(b)
	if !whole.Known() || whole.Cmp(corvee.Int(10)) != 0 && whole.Cmp(corvee.Int(100)) != 0 {
		return Quantity{}, false
	}
	q := Quantity{First: i, Last: i + 1, PeriodAt: -1, Share: true}
	part := b
	if i == first {
		part, q.Last = a, between+1
	}
	q.Value.Unit, q.Value.Range = corvee.UnitPercent, corvee.Exactly(part.Mul(corvee.Int(100)).Div(whole, 0))
	return q, true
}

// figure returns the figure at token i, unknown without one.
func (g *korean) figure(i int) corvee.Decimal {
	if g.p.Tokens[i].Kind != segment.Number {
		return corvee.Decimal{}
	}
	d, err := corvee.ParseDecimal(g.p.Word(i))
	if err != nil {
		return corvee.Decimal{}
	}
	return d
}

// partOf turns a share of people who were counted before it into their number: "200명을
// 특정해 이 중 절반", "200명 중 절반".
func (g *korean) partOf(q *Quantity, before []Quantity) {
	at := q.First - 1
	if !q.Share || q.Value.Unit != corvee.UnitPercent || at < 0 || !g.p.Says(at, "중") && !g.p.Says(at, "가운데") && !g.p.Says(at, "그중") && !g.p.Says(at, "이중") {
		return
	}
	for i := len(before) - 1; i >= 0; i-- {
		of := before[i].Value
		if of.Unit != corvee.UnitPerson {
			continue
		}
		n, whole := of.Single()
		part, single := q.Value.Single()
		if !whole || !single {
			return
		}
		count := n.Mul(part).Div(corvee.Int(100), 0)
		if count.Mul(corvee.Int(100)) != n.Mul(part) {
			return
		}
		q.Share, q.Value.Unit = false, corvee.UnitPerson
		q.Value.Range, q.Value.Approx = corvee.Exactly(count), q.Value.Approx || of.Approx
		return
	}
}

// minor reads cents and pence, by themselves or behind the greater unit: "3달러 45센트".
func (g *korean) minor(q *Quantity, n *figures, s lexicon.Sense) {
	if part := g.value(s, "minor"); part.Known() {
		n.value = corvee.Range{Low: n.value.Low.Mul(part), High: n.value.High.Mul(part), Approx: n.value.Approx}
		return
	}
	more, next, ok := g.number(q.Last)
	if !ok || more.share {
		return
	}
	c, after, ok := g.at(next, lexicon.Currency)
	part := g.value(c, "minor")
	if !ok || !part.Known() || g.p.Item(c).ID != q.Value.Currency {
		return
	}
	n.value.Low, n.value.High = n.value.Low.Add(more.value.Low.Mul(part)), n.value.High.Add(more.value.High.Mul(part))
	q.Last = after
}

// each reads 씩 behind an amount.
func (g *korean) each(q *Quantity) {
	s, next, ok := g.at(q.Last, lexicon.EachPost)
	if !ok {
		return
	}
	q.Last = next
	if q.Value.Per == "" && perUnit(q.Value.Unit) {
		q.Value.Per = corvee.Per(g.p.Item(s).ID)
	}
	g.teams(q)
}

// teams reads how many teams of so many there are: "10~15명씩 여섯 개 조".
func (g *korean) teams(q *Quantity) {
	n, next, ok := g.number(q.Last)
	times, single := n.value.Single()
	if q.Value.Unit != corvee.UnitPerson || !ok || n.share || !single {
		return
	}
	if _, after, counted := g.at(next, lexicon.Counter); counted {
		next = after
	}
	if next >= g.last {
		return
	}
	switch g.p.Word(next) {
	case "조", "팀", "그룹", "반", "작업반", "개조", "무리":
		q.Value.Low, q.Value.High, q.Last = q.Value.Low.Mul(times), q.Value.High.Mul(times), next+1
	}
}

// equivalent reads a conversion, in brackets or behind a comma: "70만 위안(약 1억2천700만
// 원)", "190달러, 우리 돈 약 25만 원". It is the same amount in other money, never a second
// amount.
func (g *korean) equivalent(q *Quantity) {
	at, bracket := g.conversion(q.Last)
	if q.Value.Unit != corvee.UnitMoney || at < 0 || at >= g.last {
		return
	}
	b, from := g.lead(at)
	if b.of && (g.p.Says(from, "으로") || g.p.Says(from, "로")) { // 우리 돈으로 약
		money := b.currency
		b, from = g.lead(from + 1)
		b.currency, b.of = money, true
	}
	n, next, ok := g.number(from)
	if !ok || n.share {
		return
	}
	other := Quantity{First: at, Last: next, PeriodAt: -1}
	if !g.unit(&other, &n, b) || other.Value.Unit != corvee.UnitMoney || other.Value.Currency == q.Value.Currency {
		return
	}
	other.Value.Range, other.Value.Approx = n.value, n.value.Approx || n.approx || b.approx
	g.limit(&other, b)
	end := other.Last
	if bracket {
		end = g.closing(other.Last)
	}
	if end < 0 {
		return
	}
	s := g.p.View.Span(int(g.p.Tokens[other.First].From), int(g.p.Tokens[other.Last-1].To))
	q.Value.Equivalents = append(q.Value.Equivalents, corvee.Equivalent{
		Range: other.Value.Range, Currency: other.Value.Currency, Start: s.Start, End: s.End,
	})
	q.Last = end
	g.limit(q, lead{})
	g.each(q)
}

// conversion returns where a conversion begins behind token i and whether a bracket holds
// it, -1 without one. Without a bracket it must say whose money it is.
func (g *korean) conversion(i int) (int, bool) {
	if g.p.Mark(i, '(') {
		if g.p.Mark(i+1, '=') {
			i++
		}
		return i + 1, true
	}
	if g.p.Mark(i, ',') {
		i++
	}
	if _, _, ok := g.at(i, g.moneyOf); ok && i < g.last {
		return i, false
	}
	return -1, false
}

func (g *korean) closing(i int) int {
	for n := 0; n < maxAside && i < g.last; n++ {
		if g.p.Mark(i, ')') {
			return i + 1
		}
		i++
	}
	return -1
}
