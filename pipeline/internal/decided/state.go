package decided

import "corvee"

// State is where a hit stands, for whoever works through a run.
type State string

// The states. The first four want somebody.
const (
	Open     State = "open"     // nobody has judged it
	Reopened State = "reopened" // it was judged, and a side has changed since
	Pending  State = "pending"  // one person says same, and the base asks for two
	Disputed State = "disputed" // people do not agree
	Same     State = "same"
	Differs  State = "different"
	Unsure   State = "unsure"
)

// States returns all of them, what wants somebody first.
func States() []State { return []State{Open, Reopened, Pending, Disputed, Unsure, Same, Differs} }

// Wants reports whether a hit in this state wants somebody.
func (s State) Wants() bool { return s == Open || s == Reopened || s == Pending || s == Disputed }

// StateOf returns where a hit stands under what people have decided about it.
func StateOf(d *corvee.HitDecision, all []corvee.Decision) State {
	switch {
	case d == nil:
		return Open
	case !d.Stands:
		return Reopened
	case d.Pending:
		return Pending
	case disputed(all):
		return Disputed
	}
	return State(d.Judgement)
}

// disputed reports whether somebody says same where somebody else says different.
func disputed(all []corvee.Decision) bool {
	said := map[corvee.JudgementWord]bool{}
	for _, d := range all {
		said[d.Judgement] = true
	}
	return said[corvee.JudgementSame] && said[corvee.JudgementDifferent]
}
