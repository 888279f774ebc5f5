package grammar

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

// English is the grammar of English.
type English struct{}

func (English) Orthography() lexicon.Orthography { return lexicon.English{} }

func (English) Opening() string { return "North Korean workers are the subject of this report." }

func (English) Speakers() attribution.Cues { return attribution.English }

func (English) Times(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []when.Time) []when.Time {
	return when.Find(p, first, last, published, future, out)
}

func (English) Quantities(p *lexicon.Passage, first, last int, taken func(int) bool, out []quantity.Quantity) []quantity.Quantity {
	return quantity.Find(p, first, last, taken, out)
}

func (English) Mentions(f *entity.Finder, p *lexicon.Passage, first, last int, q []quantity.Quantity, out []entity.Mention) []entity.Mention {
	return f.Find(p, first, last, q, out)
}

func (English) Judge(p *lexicon.Passage, s hedge.Scope) hedge.Verdict { return hedge.Judge(p, s) }

// joined reads commas, "and", "as well as", with prepositions and articles.
func (English) Joined(p *lexicon.Passage, first, last int) bool {
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

func (English) Inside(p *lexicon.Passage, first, _ int) bool {
	return p.Says(first-1, "in") || p.Says(first-1, "at") || p.Says(first-1, "inside")
}

// subject takes off "of", articles and possessives.
func (English) Subject(p *lexicon.Passage, first, last int) (int, int) {
	for first < last-1 && (p.Says(first, "of") || p.Says(first, "the") || p.Says(first, "these") || p.Says(first, "those") || p.Says(first, "its") || p.Says(first, "their")) {
		first++
	}
	return first, last
}

// period reads "monthly", or "each month" and "a month" set apart from the amount.
func (English) Period(p *lexicon.Passage, i int) (string, bool) {
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
func (English) Locative(p *lexicon.Passage, first, last, sentence int, goods lexicon.Class) bool {
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
				return English{}.Locative(p, at, before, sentence, goods)
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

func (English) Beside(p *lexicon.Passage, first, _ int) bool {
	switch p.Word(first - 1) {
	case "with", "alongside", "among", "beside", "from":
		return true
	}
	return false
}

// plural: the managers can be "they", the regime cannot.
func (English) Plural(p *lexicon.Passage, i int) bool {
	w := p.Word(i)
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss")
}

func (English) Carries() bool { return false }

func (English) Stays() bool { return false }

// Besides is never so where no place stays.
func (English) Besides(*lexicon.Passage, int, int) bool { return false }

// Part is never so.
func (English) Part(*lexicon.Passage, int) bool { return false }
