package slot

import (
	"corvee"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// period finds how often an amount falls due when the words beside it do not say: what
// the rule bound, a word of the same clause that belongs to no other amount ("monthly
// pay", "every month"), or the same amount's bracket.
func (f *Filler) period(c *corvee.Claim, v *corvee.Value, m *frame.Match, q quantity.Quantity) {
	best, bestFar, id := -1, maxPeriod+1, ""
	for i := f.S.First; i < f.S.Last; i++ {
		if !f.ClauseOf(m, i) || f.Timed[i] || f.ofOther(i, q) || f.Tracker.InCue(i) {
			continue
		}
		word, ok := f.Grammar.Period(&f.P, i)
		if !ok {
			continue
		}
		if v.Unit == corvee.UnitPercent && (word == string(corvee.EveryDay) || word == string(corvee.EveryHour)) {
			continue // a share of pay falls due when the pay does
		}
		far := max(q.First-i, i-q.Last+1)
		if far < bestFar {
			best, bestFar, id = i, far, word
		}
	}
	if best < 0 {
		f.share(c, v, q)
		return
	}
	v.Period = corvee.RatePeriod(id)
	Put(c, corvee.SlotValue, f.Span(best, best+1), corvee.RungClause, "")
}

// share gives a sum the period of another in the same money: "2,500 yuan a month, but
// 1,200 of this goes to the party". It does not reach beyond the sentence.
func (f *Filler) share(c *corvee.Claim, v *corvee.Value, q quantity.Quantity) {
	if f.Grammar.Carries() {
		f.carryPeriod(c, v, q)
		return
	}
	if v.Unit != corvee.UnitMoney || c.Kind == corvee.KindTransfer || c.Kind == corvee.KindOrder {
		return
	}
	for _, o := range f.Quantities {
		if o.Value.Unit == corvee.UnitMoney && o.Value.Currency == v.Currency && o.Value.Period != "" && o.Value.Period != corvee.EveryOnce {
			v.Period = o.Value.Period
			Put(c, corvee.SlotValue, f.Span(o.First, o.Last), corvee.RungSentence, "")
			return
		}
	}
}

// carryPeriod takes the period of an amount before it in the sentence, for what is paid to
// a worker or taken from one.
func (f *Filler) carryPeriod(c *corvee.Claim, v *corvee.Value, q quantity.Quantity) {
	if c.Kind != corvee.KindWage && c.Kind != corvee.KindLevy && c.Kind != corvee.KindNetPay {
		return
	}
	for i := len(f.Quantities) - 1; i >= 0; i-- {
		o := f.Quantities[i]
		if o.First < q.First && o.Value.Period != "" && (o.Value.Unit == corvee.UnitMoney || o.Value.Unit == corvee.UnitPercent) {
			v.Period = o.Value.Period
			return
		}
	}
	for i := q.First - 1; i >= f.S.First; i-- { // 월급은 …이지만 이 중 …은
		if word, ok := f.Grammar.Period(&f.P, i); ok && !f.Timed[i] && !f.Tracker.InCue(i) && (v.Unit != corvee.UnitPercent || word != string(corvee.EveryDay)) {
			v.Period = corvee.RatePeriod(word)
			return
		}
	}
}

// maxPeriod is how many words may lie between an amount and the word for its period.
const maxPeriod = 12

// ofOther reports whether token i belongs to another amount, or stands directly behind
// one that has no period of its own.
func (f *Filler) ofOther(i int, q quantity.Quantity) bool {
	for _, o := range f.Quantities {
		if o.First != q.First && o.First <= i && i < o.Last {
			return true
		}
	}
	return false
}

// maxFlow is how many words may lie between a flow's number and its "a year": "sends 2,000
// workers to the mills of the north each year".
const maxFlow = 10

// yearly reads how often so many are moved, behind their number: "1.9 million a year".
func (f *Filler) yearly(c *corvee.Claim, v *corvee.Value, m *frame.Match, q quantity.Quantity) {
	if f.Grammar.Carries() || v.Unit != corvee.UnitPerson || v.Period != "" {
		return
	}
	for i := q.Last; i < min(f.S.Last, max(m.To, q.Last+maxFlow)); i++ {
		id, ok := f.Grammar.Period(&f.P, i)
		if !ok && i == q.Last && f.P.Says(i, "a") {
			if s, _, noun := f.P.At(i+1, lexicon.PeriodNoun); noun {
				id, ok = f.P.Item(s).ID, true
			}
		}
		if ok && f.ClauseOf(m, i) && !f.Timed[i] && !f.ofOther(i, q) && (id == string(corvee.EveryYear) || id == string(corvee.EveryMonth)) {
			v.Period = corvee.RatePeriod(id)
			Put(c, corvee.SlotValue, f.Span(i, i+1), corvee.RungClause, "")
			return
		}
	}
}
