// Package hedge judges how sure a report is of what it says: the words around a match in,
// factuality and polarity with their cue words out.
//
// Its one idea: every hedge within the clause counts, the weakest of them wins, and
// negation is kept apart from doubt. Words that a rule itself asked for ("not allowed to
// leave") are what it states and no negation of it.
package hedge

import (
	"corvee"
	"corvee/read/internal/lexicon"
)

// Verdict is the factuality and polarity of a match, with the tokens that decided them,
// half-open; Last is 0 where nothing did.
type Verdict struct {
	Fact               corvee.Factuality
	Polarity           corvee.Polarity
	FactFirst, FactAt  int
	NegFirst, NegAfter int
	Hypothetical       bool
}

// strength orders the factualities from sure to weak: of two the weaker holds.
var strength = []corvee.Factuality{corvee.Asserted, corvee.Reported, corvee.Believed, corvee.Estimated, corvee.Planned, corvee.Denied}

// Weaker returns the weaker of two; "" gives way.
func Weaker(a, b corvee.Factuality) corvee.Factuality {
	if rank(a) < rank(b) {
		return b
	}
	return a
}

func rank(f corvee.Factuality) int {
	for i, s := range strength {
		if s == f {
			return i
		}
	}
	return -1
}

// Scope is what is judged: the sentence, the match in it, and which tokens do not count
// because they belong to the words that say who speaks, or to the rule itself.
type Scope struct {
	First, Last int
	From, To    int
	Skip        func(int) bool
	Said        func(int) bool
}

// cueClasses are the classes of hedges and what they make of a claim.
var cueClasses = [...]struct {
	class lexicon.Class
	fact  corvee.Factuality
}{
	{lexicon.Reportedly, corvee.Reported}, {lexicon.Belief, corvee.Believed}, {lexicon.Estimate, corvee.Estimated},
	{lexicon.Plan, corvee.Planned}, {lexicon.Deny, corvee.Denied},
}

// Judge returns the verdict on a match.
func Judge(p *lexicon.Passage, s Scope) Verdict {
	v := Verdict{Fact: corvee.Asserted, Polarity: corvee.Positive}
	first, last := clause(p, s)
	for i := s.First; i < first; i++ { // "Some reportedly sing, while …"
		if _, next, ok := p.At(i, lexicon.Reportedly); ok && !s.Skip(i) {
			v.Fact, v.FactFirst, v.FactAt = corvee.Reported, i, next
		}
	}
	for i := first; i < last; i++ {
		if s.Skip(i) || p.Tokens[i].Lexeme < 0 {
			continue
		}
		for _, c := range cueClasses {
			if sense, next, ok := p.At(i, c.class); ok && reaches(p, c.class, i, s) && (c.class == lexicon.Estimate || c.class == lexicon.Plan || !s.Said(i)) {
				if w := Weaker(v.Fact, c.fact); w != v.Fact && !modalOfPast(p, sense, i) {
					v.Fact, v.FactFirst, v.FactAt = w, i, next
				}
			}
		}
		if i < s.To && !s.Said(i) {
			negate(p, i, s, &v)
		}
		if p.Is(i, lexicon.Hypothetical) && i <= s.From {
			v.Hypothetical = true
		}
	}
	return v
}

// reaches reports whether a cue of the class at token i bears on the match: doubt and
// plans stand before what they bear on, "reportedly" may stand anywhere.
func reaches(p *lexicon.Passage, c lexicon.Class, i int, s Scope) bool {
	switch c {
	case lexicon.Reportedly, lexicon.Estimate:
		return true
	}
	return i < s.To && !parted(p, i, s)
}

// modalOfPast keeps the month of May, "could not" and "may not" from being doubt.
func modalOfPast(p *lexicon.Passage, s lexicon.Sense, i int) bool {
	if p.Says(i, "may") && p.Tokens[i].Capital {
		return true
	}
	if p.Says(i, "could") || p.Says(i, "may") || p.Says(i, "might") {
		return p.Is(i+1, lexicon.Negation) || !p.Says(i, "might") && nobody(p, i)
	}
	return false
}

// nobody reports whether a word for nobody stands little before token i: "no one to whom they
// could turn" is no doubt.
func nobody(p *lexicon.Passage, i int) bool {
	for j := max(0, i-6); j < i; j++ {
		if p.Says(j, "nobody") || p.Says(j, "nowhere") || p.Says(j, "nothing") || p.Says(j, "no") && (p.Says(j+1, "one") || p.Says(j+1, "way")) {
			return true
		}
	}
	return false
}

// reach is how many words before a match a cue may stand.
const reach = 10

// parted reports whether a cue before the match belongs to something else: it stands far
// off, or a comma lies between.
func parted(p *lexicon.Passage, i int, s Scope) bool {
	if i >= s.From {
		return false
	}
	for j := i; j < s.From; j++ {
		if p.Mark(j, ',') {
			return true
		}
	}
	return s.From-i > reach
}

func negate(p *lexicon.Passage, i int, s Scope, v *Verdict) {
	_, next, ok := p.At(i, lexicon.Negation)
	if ok && parted(p, i, s) {
		return // the denial of something before
	}
	if !ok || p.Says(next, "only") || p.Says(next, "just") || p.Says(next, "merely") {
		return
	}
	v.Polarity = corvee.Negative
	v.NegFirst, v.NegAfter = i, next
}

// clause returns the tokens of the clauses that the match touches.
func clause(p *lexicon.Passage, s Scope) (int, int) {
	first, last := s.From, s.To
	for first > s.First && p.Tokens[first-1].Clause == p.Tokens[s.From].Clause {
		first--
	}
	for last < s.Last && p.Tokens[last].Clause == p.Tokens[s.To-1].Clause {
		last++
	}
	return first, last
}
