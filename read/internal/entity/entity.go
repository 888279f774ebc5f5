// Package entity finds who and where: tokens in, mentions of worker groups, authorities,
// places, sectors, workplaces, firms, instruments and campaigns out.
//
// Its one idea: a mention is a head word that the lexicon knows and the modifiers around
// it that the lexicon allows; what the lexicon does not know is never part of one, so no
// person's name can be taken for a group, a firm or a place.
package entity

import (
	"slices"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// Kind is what a mention names.
type Kind uint8

// The kinds of mention.
const (
	Group Kind = iota
	Actor
	Place
	Sector
	Site
	Employer
	Law
	Label     // a campaign or a named levy
	Directive // what an order is about
	Abroad    // overseas: a place, but none in particular
)

// Mention is one entity in the passage: tokens First to Last, half-open.
type Mention struct {
	Kind        Kind
	First, Last int
	Head        int           // the token of the head word
	ID          string        // of the lexicon's row: sector, actor, instrument, campaign
	Name        string        // words of the text for a firm or site; the label of a law
	Nation      string        // ISO 3166 of a group, an authority or a place
	Sector      corvee.Sector // that a group's or workplace's words carry
	Where       corvee.Place  // of a place
	Parents     []string      // ids of the places that the words name around it
	Count       int           // index of the quantity that counts a group, -1 without
	Weak        bool          // a pronoun; a place that is only a nationality of something
	Generic     bool          // people, women, nationals: workers only if they work
	Definite    bool          // "the workers", "they"
	Single      bool          // "a worker", "each worker"
	Sender      bool          // of a state whose labour abroad is in scope
	Site        bool          // a sector's words name a workplace: "clothing factory"
	Told        bool          // its count only repeats one: "of these 90,000 workers"
}

// Finder holds what one passage's mentions are found with.
type Finder struct {
	// AtHome says that the report tells of people whom a state mobilises at home: then its
	// teachers and pupils are workers, and so are the people of states that send none abroad.
	AtHome bool

	p          *lexicon.Passage
	first      int
	last       int
	quantities []quantity.Quantity
	taken      []bool // per token of the passage, reused
}

// Find appends the mentions of tokens first to last to out, by first token. quantities are
// those of the same tokens; a bare one that counts a group is bound to it.
func (f *Finder) Find(p *lexicon.Passage, first, last int, quantities []quantity.Quantity, out []Mention) []Mention {
	f.p, f.first, f.last, f.quantities = p, first, last, quantities
	f.taken = slices.Grow(f.taken[:0], len(p.Tokens))[:len(p.Tokens)]
	clear(f.taken[first:last])
	from := len(out)
	out = f.names(out)
	out = f.laws(out)
	out = f.places(out)
	out = f.groups(out)
	out = f.words(out)
	slices.SortStableFunc(out[from:], func(a, b Mention) int {
		if a.First != b.First {
			return a.First - b.First
		}
		return b.Last - a.Last
	})
	return out
}

func (f *Finder) take(first, last int) {
	for i := first; i < last; i++ {
		f.taken[i] = true
	}
}

func (f *Finder) free(i int) bool { return i >= f.first && i < f.last && !f.taken[i] }

var wordClasses = lexicon.SetOf(lexicon.Sector, lexicon.Site, lexicon.Actor, lexicon.Institution, lexicon.Campaign, lexicon.LevyName, lexicon.Directive, lexicon.Abroad)

// words finds what one lexeme names: sectors, workplaces, authorities, campaigns.
func (f *Finder) words(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		if f.taken[i] || !f.p.IsAny(i, &wordClasses) {
			continue
		}
		for n := f.p.Tokens[i].Lexeme; n >= 0; n = f.p.Lexemes[n].Next {
			x := f.p.Lexemes[n]
			for _, s := range f.p.Lex.Senses(x.Entry) {
				if s.Case > x.Case || int(x.Last) > f.last {
					continue
				}
				if m, ok := f.word(s, i, int(x.Last)); ok && !f.nursed(m) {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

// nursed reports whether a mention is a hospital that the sick are taken to, or the medicine
// they lack: no trade of theirs.
func (f *Finder) nursed(m Mention) bool {
	if m.Kind != Sector || m.Sector != corvee.SectorMedical {
		return false
	}
	at := m.First - 1
	for at > f.first && f.p.Is(at, lexicon.Determiner) {
		at--
	}
	if f.says(m.First, "medicine", "healthcare") {
		return f.says(at, "no", "without", "for", "buy", "of", "get", "any", "enough")
	}
	if !f.says(m.First, "hospital", "clinic") || !f.says(at, "to", "in") {
		return false
	}
	return f.says(at-1, "go", "went", "gone", "taken", "brought", "rushed", "admitted", "carried", "allowed", "trip", "treated", "died", "treatment")
}

// says reports whether a token is one of some words.
func (f *Finder) says(i int, words ...string) bool {
	for _, w := range words {
		if f.p.Says(i, w) {
			return true
		}
	}
	return false
}

func (f *Finder) word(s lexicon.Sense, first, last int) (Mention, bool) {
	m := Mention{First: first, Last: last, Head: last - 1, ID: f.p.Item(s).ID, Count: -1}
	switch s.Class {
	case lexicon.Sector:
		m.Kind, m.Sector = Sector, corvee.Sector(m.ID)
		m.Site = f.p.Item(s).Attr("site") != ""
		m.Nation = f.p.Item(s).Attr("nation")
		if end, ok := f.workplace(last); ok {
			m.Last, m.Head, m.Site = end, end-1, true
		}
	case lexicon.Site:
		m.Kind, m.Sector = Site, corvee.Sector(f.p.Item(s).Attr("sector"))
	case lexicon.Actor, lexicon.Institution:
		m.Kind = Actor
		f.actor(&m, s)
	case lexicon.Campaign, lexicon.LevyName:
		m.Kind, m.Name = Label, f.p.Item(s).Attr("label")
		m.Nation = f.p.Item(s).Attr("nation")
	case lexicon.Directive:
		m.Kind, m.Name = Directive, f.p.Item(s).Attr("label")
	case lexicon.Abroad:
		m.Kind = Abroad
	default:
		return m, false
	}
	return m, true
}

// workplace returns the end of a workplace's noun that follows a sector: "clothing
// factory", "seafood processing plants".
func (f *Finder) workplace(i int) (int, bool) {
	for n := 0; n < 2 && i < f.last; n++ {
		if _, next, ok := f.p.At(i, lexicon.Site); ok && next <= f.last {
			return next, true
		}
		if !f.p.Says(i, "processing") && !f.p.Says(i, "manufacturing") && !f.p.Says(i, "production") {
			break
		}
		i++
	}
	return i, false
}

// actor fills an authority's role and nation: "North Korean authorities".
func (f *Finder) actor(m *Mention, s lexicon.Sense) {
	if role := f.p.Item(s).Attr("role"); role != "" {
		m.ID = role
	}
	m.Nation = f.p.Item(s).Attr("nation")
	m.Sender = f.sender(s)
	for at := m.First; at > f.first; {
		if d, first, ok := f.p.Ends(at, lexicon.Demonym); ok && first >= f.first {
			m.Nation, m.First = f.nation(d), first
			m.Sender = f.sender(d)
			return
		}
		if c, first, ok := f.p.Ends(at, lexicon.Country); ok && first >= f.first {
			m.Nation, m.First = f.p.Item(c).ID, first
			return
		}
		if !f.p.Says(at-1, "government") && !f.p.Says(at-1, "state") && !f.p.Says(at-1, "party") && !f.p.Says(at-1, "senior") && !f.p.Says(at-1, "'s") && !f.p.Says(at-1, "labor") && !f.p.Says(at-1, "security") {
			return
		}
		at--
	}
}

func (f *Finder) nation(s lexicon.Sense) string {
	if n := f.p.Item(s).Attr("nation"); n != "" {
		return n
	}
	return f.p.Item(s).ID
}

// sender reports whether a row is of a state whose labour is in scope.
func (f *Finder) sender(s lexicon.Sense) bool {
	sends := f.p.Item(s).Attr("sender")
	return sends != "" && (sends != "home" || f.AtHome)
}
