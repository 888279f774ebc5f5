package read

import (
	"slices"

	"corvee"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/segment"
)

const markToken = segment.Mark

// amount fills the value that the rule bound. It returns false for a value that the rule
// has no use for (a wage in percent of nothing, a head count of part of a person).
func (d *document) amount(c *corvee.Claim, m *frame.Match, rule *frame.Rule) bool {
	if fixed := rule.Set["value"]; fixed != "" {
		n, err := corvee.ParseDecimal(fixed)
		c.Value = &corvee.Value{Range: corvee.Exactly(n), Unit: corvee.UnitMoney}
		if unit := rule.Set["unit"]; unit != "" {
			c.Value.Unit = corvee.Unit(unit)
		}
		return err == nil
	}
	if !m.Has(frame.Value) {
		return true
	}
	b := m.Bound[frame.Value]
	if b.Chunk < 0 {
		d.told(c, int(b.First), int(b.Last), rule)
		return true
	}
	q, ok := d.quantityOf(d.frames.Chunks[b.Chunk])
	if !ok {
		return false
	}
	v := q.Value
	if c.Kind == corvee.KindHeadcount && d.r.grammar.Carries() && v.Range == corvee.Exactly(corvee.Int(1)) {
		return false // 一名工人: only the article
	}
	if d.frames.Chunks[b.Chunk].Type == frame.Persons {
		v.Unit = corvee.UnitPerson
		if c.Kind == corvee.KindHeadcount && d.mentions[d.frames.Chunks[b.Chunk].Ref].Weak {
			return false // "three of them died"
		}
		if one, is := v.Single(); q.Share || is && c.Kind == corvee.KindHeadcount && one == corvee.Int(1) {
			return false // part of a person, or a person: no count of workers
		}
	}
	if v.Unit == corvee.UnitPiece && q.Bare && (c.Kind == corvee.KindMovement || c.Kind == corvee.KindHeadcount) {
		v.Unit = corvee.UnitPerson
	}
	if !d.denominate(c, &v, q, rule) || !within(v, rule) {
		return false
	}
	d.inherit(&v, m)
	d.defaults(&v, rule)
	if v.Period == "" && (v.Unit != corvee.UnitPercent || d.r.grammar.Carries()) && v.Unit != corvee.UnitPerson && c.Kind != corvee.KindHeadcount {
		d.period(c, &v, m, q)
	}
	if over, err := corvee.ParseDecimal(rule.Set["over"]); err == nil && v.Period == corvee.EveryDay && v.High.Known() && v.High.Cmp(over) <= 0 {
		return false // a day of the usual length
	}
	if v.Validate() != nil || v.Low.Known() && v.Low.Sign() < 0 {
		return false
	}
	c.Value = &v
	put(c, corvee.SlotValue, d.span(q.First, q.Last), corvee.RungClause, rule.ID)
	return true
}

// told fills the value that a word tells by its row: "once a week" is one a week.
func (d *document) told(c *corvee.Claim, first, last int, rule *frame.Rule) {
	d.p.Any(first, func(s lexicon.Sense) bool {
		row := d.p.Item(s)
		n, err := corvee.ParseDecimal(row.Attr("value"))
		if err != nil || row.Attr("period") == "" {
			return false
		}
		v := corvee.Value{Range: corvee.Exactly(n), Unit: corvee.UnitTime, Period: corvee.RatePeriod(row.Attr("period"))}
		d.defaults(&v, rule)
		c.Value = &v
		put(c, corvee.SlotValue, d.span(first, last), corvee.RungClause, rule.ID)
		return true
	})
}

// cheap are currencies of which a month's pay takes more than five figures.
var cheap = []string{"KPW", "KRW", "VND", "LAK", "KHR", "MNT", "JPY", "RUB", "IDR", "MMK", "AOA", "NGN", "XOF", "KZT"}

// within holds a sum of money to the bounds of its rule: what one worker pays below, what
// only many could above. A currency of small worth counts a tenth.
func within(v corvee.Value, rule *frame.Rule) bool {
	size := v.High
	if !size.Known() {
		size = v.Low
	}
	for key, want := range map[string]int{"below": -1, "above": 1} {
		limit := rule.Set[key]
		if limit == "" {
			continue
		}
		bound, err := corvee.ParseDecimal(limit)
		if err != nil || v.Unit != corvee.UnitMoney {
			return false
		}
		if slices.Contains(cheap, v.Currency) {
			bound = bound.Mul(corvee.Int(10))
		}
		if v.Per == corvee.PerPerson && want > 0 || size.Cmp(bound) == -want {
			return false
		}
	}
	return true
}

// quantityOf returns the amount behind a chunk: its own, or the count of a group.
func (d *document) quantityOf(ch frame.Chunk) (quantity.Quantity, bool) {
	switch ch.Type {
	case frame.Persons, frame.Group:
		if n := d.mentions[ch.Ref].Count; n >= 0 {
			return d.quantities[n], true
		}
		return quantity.Quantity{}, false
	case frame.Money, frame.Share, frame.Hours, frame.Days, frame.Weight, frame.Count, frame.Years:
		return d.quantities[ch.Ref], true
	}
	return quantity.Quantity{}, false
}

// inherit gives a part the currency, person and period of the whole that it is taken from:
// "2,000 of the 2,300 yuan monthly pay".
func (d *document) inherit(v *corvee.Value, m *frame.Match) {
	if !m.Has(frame.Whole) {
		return
	}
	whole, ok := d.quantityOf(d.frames.Chunks[m.Bound[frame.Whole].Chunk])
	if !ok {
		return
	}
	if v.Per == "" {
		v.Per = whole.Value.Per
	}
	if v.Period == "" {
		v.Period = whole.Value.Period
	}
}

func (d *document) defaults(v *corvee.Value, rule *frame.Rule) {
	if period := rule.Set["period"]; period != "" && v.Period == "" {
		v.Period = corvee.RatePeriod(period)
	}
	if of := rule.Set["of"]; of != "" && v.Unit == corvee.UnitPercent {
		v.Of = of
	}
	if unit := rule.Set["unit"]; unit != "" {
		v.Unit = corvee.Unit(unit)
	}
	if per := rule.Set["per"]; per != "" && v.Per == "" && v.Unit == corvee.UnitMoney {
		v.Per = corvee.Per(per)
	}
}

// period finds how often an amount falls due when the words beside it do not say: what
// the rule bound, a word of the same clause that belongs to no other amount ("monthly
// pay", "every month"), or the same amount's bracket.
func (d *document) period(c *corvee.Claim, v *corvee.Value, m *frame.Match, q quantity.Quantity) {
	best, bestFar, id := -1, maxPeriod+1, ""
	for i := d.s.First; i < d.s.Last; i++ {
		if !d.clauseOf(m, i) || d.timed[i] || d.ofOther(i, q) || d.tracker.InCue(i) {
			continue
		}
		word, ok := d.r.grammar.Period(&d.p, i)
		if !ok {
			continue
		}
		far := max(q.First-i, i-q.Last+1)
		if far < bestFar {
			best, bestFar, id = i, far, word
		}
	}
	if best < 0 {
		d.share(c, v, q)
		return
	}
	v.Period = corvee.RatePeriod(id)
	put(c, corvee.SlotValue, d.span(best, best+1), corvee.RungClause, "")
}

// share gives a sum the period of another in the same money: "2,500 yuan a month, but
// 1,200 of this goes to the party". It does not reach beyond the sentence.
func (d *document) share(c *corvee.Claim, v *corvee.Value, q quantity.Quantity) {
	if d.r.grammar.Carries() {
		d.carryPeriod(c, v, q)
		return
	}
	if v.Unit != corvee.UnitMoney || c.Kind == corvee.KindTransfer || c.Kind == corvee.KindOrder {
		return
	}
	for _, o := range d.quantities {
		if o.Value.Unit == corvee.UnitMoney && o.Value.Currency == v.Currency && o.Value.Period != "" && o.Value.Period != corvee.EveryOnce {
			v.Period = o.Value.Period
			put(c, corvee.SlotValue, d.span(o.First, o.Last), corvee.RungSentence, "")
			return
		}
	}
}

// carryPeriod takes the period of an amount before it in the sentence, for what is paid to
// a worker or taken from one.
func (d *document) carryPeriod(c *corvee.Claim, v *corvee.Value, q quantity.Quantity) {
	if c.Kind != corvee.KindWage && c.Kind != corvee.KindLevy && c.Kind != corvee.KindNetPay {
		return
	}
	for i := len(d.quantities) - 1; i >= 0; i-- {
		o := d.quantities[i]
		if o.First < q.First && o.Value.Period != "" && (o.Value.Unit == corvee.UnitMoney || o.Value.Unit == corvee.UnitPercent) {
			v.Period = o.Value.Period
			return
		}
	}
	for i := q.First - 1; i >= d.s.First; i-- { // 월급은 …이지만 이 중 …은
		if word, ok := d.r.grammar.Period(&d.p, i); ok && !d.timed[i] && !d.tracker.InCue(i) {
			v.Period = corvee.RatePeriod(word)
			return
		}
	}
}

// maxPeriod is how many words may lie between an amount and the word for its period.
const maxPeriod = 12

// ofOther reports whether token i belongs to another amount, or stands directly behind
// one that has no period of its own.
func (d *document) ofOther(i int, q quantity.Quantity) bool {
	for _, o := range d.quantities {
		if o.First != q.First && o.First <= i && i < o.Last {
			return true
		}
	}
	return false
}
