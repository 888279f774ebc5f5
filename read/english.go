package read

import (
	"strings"

	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/entity"
	"corvee/read/internal/hedge"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/when"
)

// english is the grammar of English.
type english struct{}

func (english) orthography() lexicon.Orthography { return lexicon.English{} }

func (english) opening() string { return "North Korean workers are the subject of this report." }

func (english) speakers() attribution.Cues { return attribution.English }

func (english) times(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []when.Time) []when.Time {
	return when.Find(p, first, last, published, future, out)
}

func (english) quantities(p *lexicon.Passage, first, last int, taken func(int) bool, out []quantity.Quantity) []quantity.Quantity {
	return quantity.Find(p, first, last, taken, out)
}

func (english) mentions(f *entity.Finder, p *lexicon.Passage, first, last int, q []quantity.Quantity, out []entity.Mention) []entity.Mention {
	return f.Find(p, first, last, q, out)
}

func (english) judge(p *lexicon.Passage, s hedge.Scope) hedge.Verdict { return hedge.Judge(p, s) }

// joined reads commas, "and", "as well as", with prepositions and articles.
func (english) joined(p *lexicon.Passage, first, last int) bool {
	joins := false
	for i := first; i < last; i++ {
		switch {
		case p.Mark(i, ','), p.Says(i, "and"), p.Says(i, "or"), p.Says(i, "as"), p.Says(i, "well"):
			joins = true
		case p.Is(i, lexicon.Preposition), p.Is(i, lexicon.Determiner):
		default:
			return false
		}
	}
	return joins
}

func (english) inside(p *lexicon.Passage, first, _ int) bool {
	return p.Says(first-1, "in") || p.Says(first-1, "at") || p.Says(first-1, "inside")
}

// subject takes off "of", articles and possessives.
func (english) subject(p *lexicon.Passage, first, last int) (int, int) {
	for first < last-1 && (p.Says(first, "of") || p.Says(first, "the") || p.Says(first, "these") || p.Says(first, "those") || p.Says(first, "its") || p.Says(first, "their")) {
		first++
	}
	return first, last
}

// period reads "monthly", or "each month" and "a month" set apart from the amount.
func (english) period(p *lexicon.Passage, i int) (string, bool) {
	if s, _, ok := p.At(i, lexicon.PeriodAdj); ok {
		return p.Item(s).ID, true
	}
	if _, next, ok := p.At(i, lexicon.PerWord); ok && !p.Says(i, "a") && !p.Says(i, "an") {
		if s, _, ok := p.At(next, lexicon.PeriodNoun); ok {
			return p.Item(s).ID, true
		}
	}
	return "", false
}

// locative asks for a preposition before the place, and for no customer or market just
// before that.
func (english) locative(p *lexicon.Passage, first, last, sentence int, goods lexicon.Class) bool {
	i := first - 1
	if p.Is(i, lexicon.Determiner) || p.Says(i, "northeastern") || p.Says(i, "nearby") || p.Says(i, "neighboring") {
		i--
	}
	switch p.Word(i) {
	case "on":
		return p.Says(last, "'s")
	case "in", "at", "near", "across", "inside", "throughout", "outside", "around":
	case "and", ",", "or": // a list is where its first place is
		before := i
		if p.Mark(i-1, ',') {
			before--
		}
		for _, c := range [...]lexicon.Class{lexicon.Place, lexicon.Country, lexicon.Region} {
			if _, at, ok := p.Ends(before, c); ok && at > sentence {
				return english{}.locative(p, at, before, sentence, goods)
			}
		}
		return false
	case "to", "of", "'s", "from", "into":
		if s, _, ok := p.At(first, lexicon.Place); ok && p.Item(s).Attr("speaks") != "" {
			return false // a capital that stands for its government
		}
		switch p.Word(i - 1) {
		case "north", "south", "east", "west":
			return false // "a town south of Dandong" is not in Dandong
		}
	default:
		return false
	}
	for j := max(sentence, i-8); j < i; j++ {
		if p.Is(j, goods) {
			return false
		}
	}
	return true
}

func (english) beside(p *lexicon.Passage, first, _ int) bool {
	switch p.Word(first - 1) {
	case "with", "alongside", "among", "beside", "from":
		return true
	}
	return false
}

// plural: the managers can be "they", the regime cannot.
func (english) plural(p *lexicon.Passage, i int) bool {
	w := p.Word(i)
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss")
}

func (english) carries() bool { return false }

func (english) stays() bool { return false }
