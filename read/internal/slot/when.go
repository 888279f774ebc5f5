package slot

import (
	"corvee"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
	"corvee/read/internal/when"
)

// When fills the time: the nearest of the clause, else of the sentence; of a law its term
// before its date. A flow, an order or a blow that has none happened when the sentence
// before says; how many there are holds when it was told.
func (f *Filler) When(c *corvee.Claim, m *frame.Match) {
	best, bestRank := -1, 1<<30
	for i, t := range f.Times {
		if f.Tracker.InCue(t.First) || !f.timely(c, m, t) {
			continue
		}
		rank := distance(m, t.First, t.Last)
		if !f.ClauseOf(m, t.First) {
			rank += 1 << 16
		}
		if c.Kind == corvee.KindLaw && !t.Deadline {
			rank += 1 << 17
		}
		if rank < bestRank {
			best, bestRank = i, rank
		}
	}
	if best < 0 {
		f.whenTold(c)
		return
	}
	rung := corvee.RungClause
	if bestRank&(1<<16) != 0 {
		rung = corvee.RungSentence
	}
	t := f.Times[best]
	w := f.until(c, t)
	c.When = &w
	Put(c, corvee.SlotWhen, f.Span(t.First, t.Last), rung, "")
}

// timely reports whether a time may be that of a claim.
func (f *Filler) timely(c *corvee.Claim, m *frame.Match, t when.Time) bool {
	if !f.ClauseOf(m, t.First) && (t.First >= m.To || f.conceded(t.First)) {
		return false // a later clause says when something else was
	}
	if f.dateline(t) || f.ofOtherAmount(m, t) || !f.ClauseOf(m, t.First) && f.now(m) {
		return false
	}
	switch c.Kind {
	case corvee.KindCondition, corvee.KindWage, corvee.KindLevy, corvee.KindNetPay, corvee.KindActivity, corvee.KindHeadcount:
		if f.weekday(t) {
			return false // what holds every Sunday
		}
	}
	if c.Kind == corvee.KindActivity && f.Grammar.Carries() && t.First >= m.To {
		return false // 일하던 노동자들이 지난달 떠났다: when they left
	}
	return c.Kind != corvee.KindCondition && c.Kind != corvee.KindActivity || !t.Deadline
}

// now reports whether the match's clause says that it holds when it is told: 目前.
func (f *Filler) now(m *frame.Match) bool {
	for i := f.S.First; i < m.To; i++ {
		if f.P.Is(i, f.Classes.Now) && f.ClauseOf(m, i) {
			return true
		}
	}
	return false
}

// until begins a flow that has a term with the report: "will come by March".
func (f *Filler) until(c *corvee.Claim, t when.Time) corvee.When {
	w := t.When
	if c.Kind == corvee.KindMovement && t.Deadline && w.Known() && f.Report.Published.Day > 0 && w.From.Known() && w.From.Compare(f.Report.Published) > 0 {
		w.From, w.Precision = f.Report.Published, corvee.PrecisionDay
	}
	return w
}

// dateline reports whether a time stands before the dash or colon that a report or a
// correction opens with: when it was written.
func (f *Filler) dateline(t when.Time) bool {
	if f.N != 0 || t.First > f.S.First+maxDateline {
		return false
	}
	for i := t.Last; i < min(f.S.Last, f.S.First+maxDateline); i++ {
		if f.P.Mark(i, ':') || f.P.Mark(i, '-') && !f.P.Tokens[i].Glued {
			return true
		}
	}
	return false
}

// maxDateline is how many tokens a dateline has.
const maxDateline = 16

// ofOtherAmount reports whether a time stands right behind an amount that is not the
// claim's: "fell from 200 in 2019 to 60".
func (f *Filler) ofOtherAmount(m *frame.Match, t when.Time) bool {
	if !m.Has(frame.Value) || f.Grammar.Carries() {
		return false
	}
	value := m.Bound[frame.Value]
	for _, q := range f.Quantities {
		if f.follows(q.Last, t.First) && (q.Last <= int(value.First) || q.First >= int(value.Last)) {
			return true
		}
	}
	return false
}

// follows reports whether only "at the", "as of" lie between two tokens.
func (f *Filler) follows(last, first int) bool {
	for ; last < first; last++ {
		if !f.P.Is(last, lexicon.Preposition) && !f.P.Is(last, lexicon.TimePrep) && !f.P.Is(last, lexicon.Determiner) {
			return false
		}
	}
	return last == first
}

// weekday reports whether a time is a day of the week and nothing more.
func (f *Filler) weekday(t when.Time) bool {
	if !t.When.Relative {
		return false
	}
	for i := t.First; i < t.Last; i++ {
		if f.P.Is(i, lexicon.Weekday) {
			return true
		}
	}
	return false
}

// whenTold fills a time that the clause does not hold, marked as inferred.
func (f *Filler) whenTold(c *corvee.Claim) {
	switch {
	case c.Kind == corvee.KindHeadcount:
		for _, t := range f.Times {
			if f.Tracker.InCue(t.First) && t.When.Known() && t.When.Precision != corvee.PrecisionDay && !f.conceded(t.First) {
				w := t.When
				c.When = &w
				Put(c, corvee.SlotWhen, f.Span(t.First, t.Last), corvee.RungSentence, "")
				Infer(c, corvee.SlotWhen)
				return
			}
		}
	case c.Kind == corvee.KindMovement, c.Indicator == corvee.IndicatorViolence, c.Indicator == corvee.IndicatorIntimidationThreats:
		if at := f.Topic.Time; at != nil {
			w := at.When
			c.When = &w
			Put(c, corvee.SlotWhen, at.Span, corvee.RungParagraph, "")
		}
	}
}

// conceded reports whether token i stands in a clause of "although", "because", "while":
// what it says when is when that was, not when the rest is.
func (f *Filler) conceded(i int) bool {
	clause, first := f.P.Tokens[i].Clause, i
	for first > f.S.First && f.P.Tokens[first-1].Clause == clause {
		first--
	}
	for ; first < i; first++ {
		if f.P.Any(first, func(s lexicon.Sense) bool {
			return s.Class == lexicon.Subordinator && f.P.Item(s).Attr("opens") == "always"
		}) {
			return true
		}
		if f.P.Tokens[first].Kind == segment.Word {
			return false
		}
	}
	return false
}
