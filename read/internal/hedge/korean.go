package hedge

import (
	"strings"

	"corvee"
	"corvee/read/internal/lexicon"
)

// Korean returns the verdict on a match in Korean: doubt, plan and hearsay stand behind the
// verb, at the end of the sentence, and cover all clauses that it joins; negation stands
// within the clause. What a quotation says is not judged by the words around it.
func Korean(p *lexicon.Passage, s Scope) Verdict {
	v := Verdict{Fact: corvee.Asserted, Polarity: corvee.Positive}
	last := quoted(p, s)
	inClause := s.To
	for inClause < last && p.Tokens[inClause].Clause == p.Tokens[s.To-1].Clause {
		inClause++
	}
	supposed := false // 떼고 나면 남지 않는다: what follows a condition is not what was matched
	for i := s.From; i < last; i++ {
		if s.Skip(i) || p.Tokens[i].Lexeme < 0 {
			continue
		}
		for _, c := range cueClasses {
			if _, next, ok := p.At(i, c.class); ok && koreanReaches(p, c.class, i, inClause, s) {
				if w := Weaker(v.Fact, c.fact); w != v.Fact {
					v.Fact, v.FactFirst, v.FactAt = w, i, next
				}
			}
		}
		supposed = supposed || i >= s.To && p.Tokens[i].Glued && (p.Says(i, "면") || p.Says(i, "으면"))
		if i < inClause && !s.Said(i) && !supposed {
			koreanNegation(p, s, i, &v)
		}
	}
	if s.To < s.Last && yet(p, s.To) {
		if w := Weaker(v.Fact, corvee.Planned); w != v.Fact {
			v.Fact, v.FactFirst, v.FactAt = w, s.To-1, s.To
		}
	}
	if i := hearsay(p, s.Last); i > s.To-1 && last == s.Last && Weaker(v.Fact, corvee.Reported) != v.Fact {
		v.Fact, v.FactFirst, v.FactAt = corvee.Reported, i, i+1
	}
	for i := s.First; i < s.From; i++ {
		if p.Is(i, lexicon.Hypothetical) {
			v.Hypothetical = true
		}
	}
	return v
}

// yet reports whether the verb before token i is of what is still to come: 파견될 것으로, 보낼
// 전망이다.
func yet(p *lexicon.Passage, i int) bool {
	if p.Tokens[i].Glued || !p.Says(i, "것") && !p.Says(i, "걸") && !p.Says(i, "전망") {
		return false
	}
	return p.Any(i-1, func(s lexicon.Sense) bool { return s.Form&lexicon.Ing != 0 && s.Form&lexicon.Base == 0 })
}

// hearsay returns the token of the quoting ending of a sentence that ends in "…다고 한다", -1
// without one: nobody is said to say it.
func hearsay(p *lexicon.Passage, last int) int {
	for i := last - 1; i > 0 && i >= last-4; i-- {
		if !p.Says(i, "한") && !p.Says(i, "합") || !p.Is(i+1, lexicon.Ending) {
			continue
		}
		if p.Tokens[i-1].Glued && p.Among(i-1, lexicon.Ending, func(row *lexicon.Item) bool { return row.ID == "quote" }) {
			return i - 1
		}
	}
	return -1
}

// quoted returns where the judgement ends: at the mark that closes the quotation in which
// the match stands, or at the end of the sentence.
func quoted(p *lexicon.Passage, s Scope) int {
	open := false
	for i := s.First; i < s.From; i++ {
		if p.Mark(i, '"') {
			open = !open
		}
	}
	for i := s.To; i < s.Last; i++ {
		if !p.Mark(i, '"') {
			continue
		}
		if open {
			return i
		}
		return i // a quotation that follows is another's words
	}
	return s.Last
}

func koreanReaches(p *lexicon.Passage, c lexicon.Class, i, inClause int, s Scope) bool {
	switch c {
	case lexicon.Reportedly:
		return i >= s.To || !s.Said(i)
	case lexicon.Estimate:
		return true
	case lexicon.Deny, lexicon.Plan:
		return i < inClause && !s.Said(i)
	}
	return (i < inClause || i >= s.Last-8) && !s.Said(i)
}

// farNot is how many words behind what was matched its negation may stand; what lies farther
// off is of another verb.
const farNot = 6

// nearNoun is how far behind a description the noun and its 없 may stand: "파견된 적은 없다".
const nearNoun = 4

// describes reports whether the match that ends before token i describes the noun behind it.
func describes(p *lexicon.Passage, i int) bool {
	if i < len(p.Tokens) && p.Tokens[i].Glued && p.Is(i, lexicon.Ending) {
		return p.Among(i, lexicon.Ending, func(row *lexicon.Item) bool { return row.ID == "adn" }) && p.Says(i, "는")
	}
	return i > 0 && p.Any(i-1, func(s lexicon.Sense) bool { return s.Form&lexicon.Participle != 0 })
}

func koreanNegation(p *lexicon.Passage, s Scope, i int, v *Verdict) {
	if i > s.To+farNot {
		return
	}
	if i >= s.To && describes(p, s.To) && (i > s.To+nearNoun || !strings.HasPrefix(p.Word(i), "없")) {
		return // 공장에 파견된 이들이 임금을 받지 못했다: they were sent
	}
	_, next, ok := p.At(i, lexicon.Negation)
	if !ok || p.Says(i-1, "뿐") || p.Says(i-1, "밖에") {
		return
	}
	if p.Says(i, "안") && next < len(p.Tokens) && p.Tokens[next].Glued && (p.Is(next, lexicon.Particle) || p.Is(next, lexicon.Ending)) {
		return // 올해 안에, 안다고: within, and to know
	}
	v.Polarity, v.NegFirst, v.NegAfter = corvee.Negative, i, next
}
