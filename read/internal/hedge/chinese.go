package hedge

import (
	"corvee"
	"corvee/read/internal/han"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// JudgeChinese is Judge for Chinese. 将 tells of a plan before a verb and only marks the
// object before a noun; a negation bears on what stands behind it.
func JudgeChinese(p *lexicon.Passage, s Scope) Verdict {
	v := Verdict{Fact: corvee.Asserted, Polarity: corvee.Positive}
	first, last := clause(p, s)
	for i := s.First; i < first; i++ { // 据悉,…: said of all that follows
		for _, c := range [...]lexicon.Class{lexicon.Reportedly, lexicon.Estimate, lexicon.Belief} {
			if _, next, ok := p.At(i, c); ok && !s.Skip(i) && opensClause(p, s.First, i) && p.Mark(next, ',') {
				v.weaken(factOf(c), i, next)
			}
		}
	}
	for i := first; i < last; i++ {
		if s.Skip(i) || p.Tokens[i].Lexeme < 0 {
			continue
		}
		v.cue(p, i, s)
		if p.Is(i, lexicon.Hypothetical) && i <= s.From {
			v.Hypothetical = true
		}
	}
	return v
}

func opensClause(p *lexicon.Passage, first, i int) bool {
	return i == first || p.Tokens[i-1].Clause != p.Tokens[i].Clause || p.Tokens[i-1].Kind == segment.Mark || p.Is(i-1, lexicon.Coordinator)
}

func factOf(c lexicon.Class) corvee.Factuality {
	for _, cue := range cueClasses {
		if cue.class == c {
			return cue.fact
		}
	}
	return corvee.Asserted
}

func (v *Verdict) weaken(f corvee.Factuality, first, next int) {
	if w := Weaker(v.Fact, f); w != v.Fact {
		v.Fact, v.FactFirst, v.FactAt = w, first, next
	}
}

func (v *Verdict) cue(p *lexicon.Passage, i int, s Scope) {
	for _, c := range cueClasses {
		sense, next, ok := p.At(i, c.class)
		if !ok || !reaches(p, c.class, i, s) || s.Said(i) && c.class != lexicon.Estimate && c.class != lexicon.Plan {
			continue
		}
		if c.class == lexicon.Plan && p.Item(sense).Attr("marker") != "" && marksObject(p, next) {
			continue
		}
		v.weaken(c.fact, i, next)
		if c.class == lexicon.Deny {
			v.Polarity, v.NegFirst, v.NegAfter = corvee.Negative, i, next
		}
	}
	if _, next, ok := p.At(i, lexicon.Negation); ok && i < s.To && !s.Said(i) {
		v.Polarity, v.NegFirst, v.NegAfter = corvee.Negative, i, next
	}
}

// marksObject reports whether a noun follows at token i, so that 将 before it is 把: 将护照
// 没收, 将七成工资上缴.
func marksObject(p *lexicon.Passage, i int) bool {
	if i >= len(p.Tokens) {
		return false
	}
	if p.Says(i, "其") || p.Says(i, "这") || p.Says(i, "该") {
		return true
	}
	for _, c := range [...]lexicon.Class{lexicon.Approx, lexicon.AtLeast, lexicon.MoreThan, lexicon.AtMost, lexicon.LessThan} {
		if p.Is(i, c) { // 将约100名女工遣返
			return true
		}
	}
	for _, c := range [...]lexicon.Class{lexicon.Worker, lexicon.Person, lexicon.Pronoun, lexicon.Possessive, lexicon.Determiner, lexicon.Fraction, lexicon.LevyName, lexicon.Country, lexicon.Demonym, lexicon.Sector} {
		if p.Is(i, c) {
			return true
		}
	}
	for _, name := range [...]string{"wage", "passport", "phone", "money_noun"} {
		if c, ok := p.Lex.Class(name); ok && p.Is(i, c) {
			return true
		}
	}
	numeral := han.Starts(p.View.Rune(int(p.Tokens[i].From))) && p.Tokens[i].Lexeme < 0 // 将七成工资
	return numeral || p.Tokens[i].Kind == segment.Number || p.Is(i, lexicon.Currency)
}
