package grammar

import (
	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/attribution/korean"
	"corvee/read/internal/entity"
	"corvee/read/internal/hedge"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/when"
)

// Korean is the grammar of Korean.
type Korean struct{}

func (Korean) Orthography() lexicon.Orthography { return lexicon.Korean{} }

func (Korean) Opening() string { return "이 기사는 북한 노동자들에 관한 것이다." }

func (Korean) Speakers() attribution.Cues { return korean.Speakers }

func (Korean) Times(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []when.Time) []when.Time {
	return when.Korean(p, first, last, published, future, out)
}

func (Korean) Quantities(p *lexicon.Passage, first, last int, taken func(int) bool, out []quantity.Quantity) []quantity.Quantity {
	return quantity.Korean(p, first, last, taken, out)
}

func (Korean) Mentions(f *entity.Finder, p *lexicon.Passage, first, last int, q []quantity.Quantity, out []entity.Mention) []entity.Mention {
	return f.Korean(p, first, last, q, out)
}

func (Korean) Judge(p *lexicon.Passage, s hedge.Scope) hedge.Verdict { return hedge.Korean(p, s) }

// joined reads "과", "와", "및", commas and points between names.
func (Korean) Joined(p *lexicon.Passage, first, last int) bool {
	joins := false
	for i := first; i < last; i++ {
		switch {
		case p.Mark(i, ','), p.Says(i, "과"), p.Says(i, "와"), p.Says(i, "및"), p.Says(i, "이나"), p.Says(i, "나"), p.Says(i, "·"), p.Says(i, "ㆍ"), p.Says(i, "또는"):
			joins = true
		case p.Says(i, "등"), p.Says(i, "의"), p.Says(i, "노동"), p.Says(i, "작업"), p.Says(i, "업무"), p.Says(i, "분야"), p.Says(i, "공장"), p.Says(i, "현장"), p.Says(i, "인근"), p.Mark(i, '/'):
		default:
			return false
		}
	}
	return joins
}

// inside reads the particles of place behind the name.
func (Korean) Inside(p *lexicon.Passage, _, last int) bool {
	return p.Says(last, "에서") || p.Says(last, "에") || p.Says(last, "내") || p.Says(last, "에선") || p.Says(last, "엔") || p.Says(last, "의") && !p.Is(last-1, lexicon.Demonym) // 북한의 노동자
}

// subject takes off determiners before and particles behind.
func (Korean) Subject(p *lexicon.Passage, first, last int) (int, int) {
	for first < last-1 && (p.Is(first, lexicon.Determiner) || p.Says(first, "의")) {
		first++
	}
	for last-1 > first && p.Tokens[last-1].Glued && p.Is(last-1, lexicon.Particle) && !p.Says(last-1, "들") {
		last--
	}
	return first, last
}

// period reads "매달", "월급", "한 달에".
func (Korean) Period(p *lexicon.Passage, i int) (string, bool) {
	if s, next, ok := p.At(i, lexicon.PeriodAdj); ok && !stem(p, i, next) {
		return p.Item(s).ID, true
	}
	return "", false
}

// stem reports whether tokens i to next are a verb's stem with an ending behind it: 주고 is
// no week.
func stem(p *lexicon.Passage, i, next int) bool {
	if next != i+1 || next >= len(p.Tokens) || !p.Tokens[next].Glued || !p.Is(next, lexicon.Ending) || p.Is(next, lexicon.Particle) {
		return false
	}
	return p.Any(i, func(s lexicon.Sense) bool { return s.Form&(lexicon.Base|lexicon.Past|lexicon.Third) != 0 })
}

// locative takes every place for where something happens, unless goods follow.
func (Korean) Locative(p *lexicon.Passage, _, last, _ int, goods lexicon.Class) bool {
	return !p.Is(last, goods)
}

// beside reads "X와 함께": the others are not the workers.
func (Korean) Beside(p *lexicon.Passage, _, last int) bool {
	return (p.Says(last, "와") || p.Says(last, "과")) && (p.Says(last+1, "함께") || p.Says(last+1, "달리") || p.Says(last+1, "같이"))
}

func (Korean) Plural(*lexicon.Passage, int) bool { return true }

func (Korean) Carries() bool { return true }

func (Korean) Stays() bool { return true }

// Besides reads "X에도".
func (Korean) Besides(p *lexicon.Passage, _, last int) bool {
	return (p.Says(last, "에") || p.Says(last, "에서")) && p.Says(last+1, "도")
}

// Part is never so.
func (Korean) Part(*lexicon.Passage, int) bool { return false }
