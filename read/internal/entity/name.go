package entity

import (
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// names finds the own names of firms and workplaces: words with a capital that end in a
// word for a firm or a site.
func (f *Finder) names(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		if f.taken[i] || f.p.Tokens[i].Lexeme < 0 || !f.p.Tokens[i].Capital {
			continue
		}
		if _, next, ok := f.p.At(i, lexicon.CompanyEnd); ok && next <= f.last {
			if m, ok := f.firm(i, next); ok {
				f.take(m.First, m.Last)
				out = append(out, m)
				i = m.Last - 1
			}
			continue
		}
		if _, next, ok := f.p.At(i, lexicon.SiteName); ok && next <= f.last {
			if m, ok := f.named(i, next); ok {
				m.Kind = Site
				out = append(out, m)
			}
		}
	}
	return out
}

// firm reads a firm's name around its last word, and "Co., Ltd." after it.
func (f *Finder) firm(i, next int) (Mention, bool) {
	m, ok := f.named(i, next)
	if !ok {
		return m, false
	}
	m.Kind = Employer
	for {
		at := m.Last
		for at < f.last && (f.p.Mark(at, '.') || f.p.Mark(at, ',')) && at < m.Last+2 {
			at++
		}
		_, end, ok := f.p.At(at, lexicon.CompanyEnd)
		if !ok || end > f.last || !f.p.Tokens[at].Capital {
			break
		}
		m.Last = end
	}
	if f.p.Mark(m.Last, '.') && f.p.Tokens[m.Last].Glued && m.Last+1 < f.last && !f.p.Tokens[m.Last+1].Capital {
		m.Last++
	}
	m.Name = f.p.Source(m.First, m.Last)
	return m, true
}

// maxName is the most words of a name before its last.
const maxName = 7

func (f *Finder) named(i, next int) (Mention, bool) {
	first := i
	for n := 0; n < maxName && first > f.first && f.partOfName(first-1); n++ {
		first--
	}
	for first < i && !f.mayOpen(first) {
		first++
	}
	if first == i {
		return Mention{}, false
	}
	return Mention{First: first, Last: next, Head: i, Count: -1, Name: f.p.Source(first, next)}, true
}

func (f *Finder) partOfName(i int) bool {
	t := f.p.Tokens[i]
	if f.taken[i] {
		return false
	}
	if t.Kind == segment.Mark {
		return t.Is('&') || t.Is('-') && t.Glued
	}
	return t.Capital && t.Kind == segment.Word
}

// mayOpen reports whether a name may begin with token i: no article, no mark, no
// nationality, and not a word that opens sentences.
func (f *Finder) mayOpen(i int) bool {
	t := f.p.Tokens[i]
	if t.Kind != segment.Word {
		return false
	}
	for _, c := range [...]lexicon.Class{lexicon.Determiner, lexicon.Preposition, lexicon.Subordinator, lexicon.Coordinator, lexicon.Pronoun, lexicon.Demonym, lexicon.Country, lexicon.According} {
		if f.p.Is(i, c) {
			return false
		}
	}
	return true
}

// laws finds instruments: rows of the lexicon, and resolutions by their number.
func (f *Finder) laws(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		if m, ok := f.resolution(i); ok {
			f.take(m.First, m.Last)
			out = append(out, m)
			i = m.Last - 1
			continue
		}
		if s, next, ok := f.p.At(i, lexicon.Instrument); ok && next <= f.last && f.p.Item(s).Attr("label") != "" {
			m := Mention{Kind: Law, First: i, Last: next, Head: i, ID: f.p.Item(s).ID, Name: f.p.Item(s).Attr("label"), Count: -1}
			f.take(i, next)
			out = append(out, m)
			i = next - 1
		}
	}
	return out
}

// numbered reads "Security Council No. 2375 resolution", the number first, as translations
// have it.
func (f *Finder) numbered(i int) (Mention, bool) {
	if f.p.Tokens[i].Kind != segment.Number || f.p.Tokens[i].To-f.p.Tokens[i].From != 4 || !f.p.Says(i+1, "resolution") || i+1 >= f.last {
		return Mention{}, false
	}
	m := Mention{Kind: Law, First: i, Last: i + 2, Head: i + 1, Count: -1, ID: "resolution", Name: "UNSCR " + f.p.Word(i)}
	for m.First > f.first && (f.p.Mark(m.First-1, '.') || f.p.Says(m.First-1, "no") || f.p.Says(m.First-1, "number")) {
		m.First--
	}
	return m, true
}

// resolution reads "UN Security Council Resolution 2397", "Resolutions 2375 and 2397",
// "UNSCR 2397". Two numbers are two labels, parted by a semicolon.
func (f *Finder) resolution(i int) (Mention, bool) {
	if m, ok := f.numbered(i); ok {
		return m, true
	}
	s, next, ok := f.p.At(i, lexicon.Instrument)
	if !ok || next >= f.last || f.p.Item(s).Attr("numbered") == "" {
		return Mention{}, false
	}
	m := Mention{Kind: Law, First: i, Head: i, Count: -1, ID: "resolution"}
	at := next
	if f.p.Says(at, "no") || f.p.Says(at, "number") {
		at++
		if f.p.Mark(at, '.') {
			at++
		}
	}
	for at < f.last && f.p.Tokens[at].Kind == segment.Number && f.p.Tokens[at].To-f.p.Tokens[at].From >= 3 && f.p.Tokens[at].To-f.p.Tokens[at].From <= 4 {
		if m.Name != "" {
			m.Name += "; "
		}
		m.Name += f.p.Item(s).Attr("numbered") + " " + f.p.Word(at)
		m.Last = at + 1
		at++
		if f.p.Mark(at, ',') {
			at++
		}
		if f.p.Says(at, "and") {
			at++
		}
	}
	for m.First > f.first {
		_, first, ok := f.p.Ends(m.First, lexicon.Institution)
		if !ok || first < f.first {
			break
		}
		m.First = first
	}
	return m, m.Last > 0
}
