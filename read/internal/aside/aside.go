// Package aside knows the words behind a verb of speaking that only tell whom somebody told,
// when, where and how: a token in, the token behind them out.
//
// Its one idea: an aside opens with a preposition, a time or a listener and holds no verb of
// its own; what has one is what was said. "A source told reporters in Seoul on March 18" has
// nothing behind "told" that is a statement.
package aside

import (
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// most is how many words tell when, where and how somebody spoke.
const most = 12

// End returns the token before end behind an aside that begins at token i, i without one. A
// reason for having no name ("on condition of anonymity because he feared for") goes on to
// the next comma.
func End(p *lexicon.Passage, i, end int) int {
	if i >= end || !opens(p, i) {
		return i
	}
	for j := i; j < end; j++ {
		switch {
		case stops(p, j):
			return j
		case p.Says(j, "because"), p.Says(j, "anonymity"), p.Says(j, "who"):
			return clause(p, j, end)
		case j-i > most, p.Is(j, lexicon.Auxiliary), p.Is(j, lexicon.SpeechVerb) && !p.Nominal(j), p.Is(j, lexicon.Pronoun) && j > i:
			return i
		case p.Tokens[j].Kind == segment.Mark && j >= end-1:
			return j
		}
	}
	return end
}

// opens reports whether token i may begin an aside.
func opens(p *lexicon.Passage, i int) bool {
	for _, c := range [...]lexicon.Class{lexicon.Preposition, lexicon.TimePrep, lexicon.Adverb, lexicon.Relative, lexicon.Weekday, lexicon.Month} {
		if p.Is(i, c) {
			return true
		}
	}
	switch p.Word(i) {
	case "reporters", "us", "me", "lawmakers", "journalists", "parliament", "researchers", "investigators", "earlier", "this", "by", "via", "under", "during", "early", "late":
		return true
	}
	return false
}

func stops(p *lexicon.Passage, i int) bool {
	return p.Mark(i, ',') || p.Mark(i, '"') || p.Mark(i, ';')
}

// clause returns the next comma, quotation mark or the end.
func clause(p *lexicon.Passage, i, end int) int {
	for i < end && !stops(p, i) {
		i++
	}
	return i
}
