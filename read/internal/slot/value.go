package slot

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// Amount fills the value that the rule bound. It returns false for a value that the rule
// has no use for (a wage in percent of nothing, a head count of part of a person).
func (f *Filler) Amount(c *corvee.Claim, m *frame.Match, rule *frame.Rule) bool {
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
		f.told(c, int(b.First), int(b.Last), rule)
		return true
	}
	q, ok := f.quantityOf(f.Frames.Chunks[b.Chunk])
	if !ok || f.wholeOf(q) || rule.Set["row"] != "" && !f.Topic.Counting && !f.captioned(q.First) {
		return false
	}
	v := q.Value
	if c.Kind == corvee.KindHeadcount && f.Grammar.Carries() && v.Range == corvee.Exactly(corvee.Int(1)) {
		return false // 一名工人: only the article
	}
	if part := q.Share && c.Kind == corvee.KindMovement && !f.Grammar.Carries(); f.Frames.Chunks[b.Chunk].Type == frame.Persons && !part { // "half of the welders went home" is a share
		v.Unit = corvee.UnitPerson
		if c.Kind == corvee.KindHeadcount && f.Mentions[f.Frames.Chunks[b.Chunk].Ref].Weak {
			return false // "three of them died"
		}
		if one, is := v.Single(); q.Share || is && c.Kind == corvee.KindHeadcount && one == corvee.Int(1) {
			return false // part of a person, or a person: no count of workers
		}
		if c.Kind == corvee.KindHeadcount && (f.P.Says(q.Last, "중") || f.P.Says(q.Last, "가운데")) {
			return false // 직원 700명 중 300명: the part is what is told
		}
	}
	if v.Unit == corvee.UnitPiece && q.Bare && (c.Kind == corvee.KindMovement || c.Kind == corvee.KindHeadcount) {
		v.Unit = corvee.UnitPerson
	}
	if !f.denominate(c, &v, q, rule) || !within(v, rule) {
		return false
	}
	f.inherit(&v, m)
	f.defaults(&v, rule)
	if v.Period == "" && (v.Unit != corvee.UnitPercent || f.Grammar.Carries()) && v.Unit != corvee.UnitPerson && c.Kind != corvee.KindHeadcount {
		f.period(c, &v, m, q)
	} else if c.Kind == corvee.KindMovement {
		f.yearly(c, &v, m, q)
	}
	if over, err := corvee.ParseDecimal(rule.Set["over"]); err == nil && v.Period == corvee.EveryDay && v.High.Known() && v.High.Cmp(over) <= 0 {
		return false // a day of the usual length
	}
	if v.Validate() != nil || v.Low.Known() && v.Low.Sign() < 0 {
		return false
	}
	c.Value = &v
	Put(c, corvee.SlotValue, f.Span(q.First, q.Last), corvee.RungClause, rule.ID)
	return true
}

// told fills the value that a word tells by its row: "once a week" is one a week.
func (f *Filler) told(c *corvee.Claim, first, last int, rule *frame.Rule) {
	f.P.Any(first, func(s lexicon.Sense) bool {
		row := f.P.Item(s)
		n, err := corvee.ParseDecimal(row.Attr("value"))
		if err != nil || row.Attr("period") == "" {
			return false
		}
		v := corvee.Value{Range: corvee.Exactly(n), Unit: corvee.UnitTime, Period: corvee.RatePeriod(row.Attr("period"))}
		f.defaults(&v, rule)
		c.Value = &v
		Put(c, corvee.SlotValue, f.Span(first, last), corvee.RungClause, rule.ID)
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
		if err != nil {
			return false
		}
		if v.Unit != corvee.UnitMoney {
			continue // a share has no size
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
func (f *Filler) quantityOf(ch frame.Chunk) (quantity.Quantity, bool) {
	switch ch.Type {
	case frame.Persons, frame.Group:
		if n := f.Mentions[ch.Ref].Count; n >= 0 {
			return f.Quantities[n], true
		}
		return quantity.Quantity{}, false
	case frame.Money, frame.Share, frame.Hours, frame.Days, frame.Weight, frame.Count, frame.Years:
		return f.Quantities[ch.Ref], true
	}
	return quantity.Quantity{}, false
}

// inherit gives a part the currency, person and period of the whole that it is taken from:
// "2,000 of the 2,300 yuan monthly pay".
func (f *Filler) inherit(v *corvee.Value, m *frame.Match) {
	if !m.Has(frame.Whole) {
		return
	}
	whole, ok := f.quantityOf(f.Frames.Chunks[m.Bound[frame.Whole].Chunk])
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

func (f *Filler) defaults(v *corvee.Value, rule *frame.Rule) {
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

// wholeOf reports whether an amount is that of which a group is a part: the 900 of "300 of the
// 900 workers".
func (f *Filler) wholeOf(q quantity.Quantity) bool {
	for _, e := range f.Mentions {
		if e.Kind == entity.Group && e.Count >= 0 && e.First <= q.First && q.Last <= e.Last && f.Quantities[e.Count].First < q.First && f.Quantities[e.Count].Bare && q.Bare {
			return true
		}
	}
	return false
}

// captioned reports whether a caption of workers and its colon stand before token i.
func (f *Filler) captioned(i int) bool {
	for at := f.S.First; at < i; at++ {
		if f.P.Mark(at, ':') {
			return slices.ContainsFunc(f.Mentions, func(e entity.Mention) bool {
				return e.Kind == entity.Group && !e.Weak && e.Count < 0 && e.Last <= at && f.stands(e)
			})
		}
	}
	return false
}
