package read

import (
	"corvee"
	"corvee/read/internal/frame"
	"corvee/read/internal/quantity"
)

// purse is the money that was named last, for amounts that leave it out: "they earn 5,100
// zloty and keep 400".
type purse struct {
	currency string
	span     corvee.Span
	age      int // paragraphs since
}

// maxPurse is how many paragraphs back a currency may stand.
const maxPurse = 1

// remember keeps the sentence's last money.
func (d *document) remember() {
	for i := len(d.quantities) - 1; i >= 0; i-- {
		if q := d.quantities[i]; q.Value.Unit == corvee.UnitMoney && q.Value.Currency != "" {
			d.topic.purse = purse{q.Value.Currency, d.span(q.First, q.Last), 0}
			return
		}
	}
}

// minBare is the least number that is money without saying so; below it are people, days
// and parts.
const minBare = 20

// denominate makes money of a number without a unit where a rule takes it for that: in the
// currency of the nearest other amount of the sentence, else of the one named last.
func (d *document) denominate(c *corvee.Claim, v *corvee.Value, q quantity.Quantity, rule *frame.Rule) bool {
	if rule.Set["unit"] != string(corvee.UnitMoney) || v.Unit == corvee.UnitMoney {
		return true
	}
	if !q.Bare || v.Low.Known() && v.Low.Cmp(corvee.Int(minBare)) < 0 {
		return false
	}
	best, far := -1, 1<<30
	for i, o := range d.quantities {
		if o.Value.Unit == corvee.UnitMoney && o.Value.Currency != "" && max(o.First-q.Last, q.First-o.Last) < far {
			best, far = i, max(o.First-q.Last, q.First-o.Last)
		}
	}
	if best >= 0 {
		o := d.quantities[best]
		v.Currency = o.Value.Currency
		put(c, corvee.SlotValue, d.span(o.First, o.Last), corvee.RungSentence, rule.ID)
		return true
	}
	if d.topic.purse.currency == "" || d.topic.purse.age > maxPurse {
		return false
	}
	v.Currency = d.topic.purse.currency
	put(c, corvee.SlotValue, d.topic.purse.span, corvee.RungParagraph, rule.ID)
	return true
}
