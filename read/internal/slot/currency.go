package slot

import (
	"corvee"
	"corvee/read/internal/frame"
	"corvee/read/internal/quantity"
)

// maxPurse is how many paragraphs back a currency may stand.
const maxPurse = 1

// minBare is the least number that is money without saying so; below it are people, days
// and parts.
const minBare = 20

// denominate makes money of a number without a unit where a rule takes it for that: in the
// currency of the nearest other amount of the sentence, else of the one named last.
func (f *Filler) denominate(c *corvee.Claim, v *corvee.Value, q quantity.Quantity, rule *frame.Rule) bool {
	if rule.Set["unit"] != string(corvee.UnitMoney) || v.Unit == corvee.UnitMoney {
		return true
	}
	if !q.Bare || v.Low.Known() && v.Low.Cmp(corvee.Int(minBare)) < 0 {
		return false
	}
	best, far := -1, 1<<30
	for i, o := range f.Quantities {
		if o.Value.Unit == corvee.UnitMoney && o.Value.Currency != "" && max(o.First-q.Last, q.First-o.Last) < far {
			best, far = i, max(o.First-q.Last, q.First-o.Last)
		}
	}
	if best >= 0 {
		o := f.Quantities[best]
		v.Currency = o.Value.Currency
		Put(c, corvee.SlotValue, f.Span(o.First, o.Last), corvee.RungSentence, rule.ID)
		return true
	}
	if f.Topic.Purse.Currency == "" || f.Topic.Purse.Age > maxPurse {
		return false
	}
	v.Currency = f.Topic.Purse.Currency
	if v.Period == "" {
		v.Period = corvee.RatePeriod(f.Topic.Purse.Period)
	}
	Put(c, corvee.SlotValue, f.Topic.Purse.Span, corvee.RungParagraph, rule.ID)
	return true
}
