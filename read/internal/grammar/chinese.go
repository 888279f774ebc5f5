package grammar

import (
	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/attribution/chinese"
	"corvee/read/internal/entity"
	"corvee/read/internal/hedge"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/when"
)

// Chinese is the grammar of Chinese, simplified and traditional.
type Chinese struct{}

func (Chinese) Orthography() lexicon.Orthography { return lexicon.Chinese{} }

func (Chinese) Opening() string { return "本文讲述在国外务工的朝鲜工人。" }

func (Chinese) Speakers() attribution.Cues { return chinese.Speakers }

func (Chinese) Times(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []when.Time) []when.Time {
	return when.Chinese(p, first, last, published, future, out)
}

func (Chinese) Quantities(p *lexicon.Passage, first, last int, taken func(int) bool, out []quantity.Quantity) []quantity.Quantity {
	return quantity.Chinese(p, first, last, taken, out)
}

func (Chinese) Mentions(f *entity.Finder, p *lexicon.Passage, first, last int, q []quantity.Quantity, out []entity.Mention) []entity.Mention {
	return f.FindChinese(p, first, last, q, out)
}

func (Chinese) Judge(p *lexicon.Passage, s hedge.Scope) hedge.Verdict {
	return hedge.JudgeChinese(p, s)
}

// joined reads 、, 和, 与 and the like, with prepositions.
func (Chinese) Joined(p *lexicon.Passage, first, last int) bool {
	joins := false
	for i := first; i < last; i++ {
		switch {
		case p.Is(i, lexicon.Coordinator), p.Says(i, "、"):
			joins = true
		case p.Is(i, lexicon.Preposition):
		default:
			return false
		}
	}
	return joins
}

func (Chinese) Inside(p *lexicon.Passage, first, last int) bool {
	return p.Says(first-1, "在") || p.Says(last, "国内") || p.Says(last, "境内")
}

// subject takes off a determiner and 的.
func (Chinese) Subject(p *lexicon.Passage, first, last int) (int, int) {
	for first < last-1 && (p.Is(first, lexicon.Determiner) || p.Is(first, lexicon.Possessive)) {
		first++
	}
	return first, last
}

func (Chinese) Period(p *lexicon.Passage, i int) (string, bool) {
	if s, _, ok := p.At(i, lexicon.PeriodAdj); ok {
		return p.Item(s).ID, true
	}
	return "", false
}

func (Chinese) Carries() bool { return true }

// locative takes every place for where something happens, unless goods go there.
func (Chinese) Locative(p *lexicon.Passage, first, last, sentence int, goods lexicon.Class) bool {
	if p.Says(first-1, "来自") || (p.Says(first-1, "驻") || p.Says(first-1, "派驻")) && stationed(p, last) {
		return false
	}
	for j := max(sentence, first-3); j < first; j++ {
		if p.Is(j, goods) {
			return false
		}
	}
	if p.Says(first-1, "向") || p.Says(first-1, "对") {
		for j := last; j < min(last+3, len(p.Tokens)); j++ {
			if p.Is(j, goods) { // 向美国出口
				return false
			}
		}
	}
	return true
}

// stationed reports whether an envoy or a mission follows the place: 驻沈阳的领事.
func stationed(p *lexicon.Passage, i int) bool {
	for n := range 3 {
		if p.Is(i+n, lexicon.Official) || p.Is(i+n, lexicon.Institution) {
			return true
		}
	}
	return false
}

// beside reads 跟, 与: the others are not the workers.
func (Chinese) Beside(p *lexicon.Passage, first, _ int) bool {
	return p.Says(first-1, "跟") || p.Says(first-1, "与") || p.Says(first-1, "和") || p.Says(first-1, "同")
}

// Part reads 其中.
func (Chinese) Part(p *lexicon.Passage, i int) bool {
	return p.Says(i, "其中") || p.Says(i, "其中包括") || p.Says(i, "当中")
}

func (Chinese) Plural(*lexicon.Passage, int) bool { return true }

func (Chinese) Stays() bool { return true }

// Besides is never so: no word of Chinese marks it by itself.
func (Chinese) Besides(*lexicon.Passage, int, int) bool { return false }
