package slot

import (
	"corvee"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// When fills the time: the nearest of the clause, else of the sentence.
func (f *Filler) When(c *corvee.Claim, m *frame.Match) {
	best, bestRank := -1, 1<<30
	for i, t := range f.Times {
		if f.Tracker.InCue(t.First) || !f.ClauseOf(m, t.First) && (t.First >= m.To || f.conceded(t.First)) {
			continue // a later clause says when something else was
		}
		rank := distance(m, t.First, t.Last)
		if !f.ClauseOf(m, t.First) {
			rank += 1 << 16
		}
		if rank < bestRank {
			best, bestRank = i, rank
		}
	}
	if best < 0 {
		return
	}
	rung := corvee.RungClause
	if bestRank >= 1<<16 {
		rung = corvee.RungSentence
	}
	w := f.Times[best].When
	c.When = &w
	Put(c, corvee.SlotWhen, f.Span(f.Times[best].First, f.Times[best].Last), rung, "")
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
