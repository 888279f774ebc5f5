package entity

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// chinesePlaces finds named places, wide before narrow as Chinese writes them (辽宁省丹东市),
// and countries; a country that only describes a noun is a weak place or none.
func (f *Finder) chinesePlaces(out []Mention) []Mention {
	for i := f.first; i < f.last; {
		if f.taken[i] || f.p.Tokens[i].Lexeme < 0 {
			i++
			continue
		}
		m, ok := f.chinesePlace(i)
		if !ok || f.quotedName(i) {
			i++
			continue
		}
		f.narrower(&m)
		if m.Where.Precision == corvee.AtCountry && len(m.Parents) == 0 && f.adjectival(&m) {
			i = m.Last
			if m.Weak {
				out = append(out, m)
			}
			continue
		}
		f.take(m.First, m.Last)
		out = append(out, m)
		i = m.Last
	}
	return out
}

// maxQuotedName is the most words of a name in quotation marks.
const maxQuotedName = 8

// quotedName reports whether token i opens a short quotation, which is a name of something
// else: “阿穆尔焊接”.
func (f *Finder) quotedName(i int) bool {
	if !f.p.Mark(i-1, '"') {
		return false
	}
	for n := 1; n < maxQuotedName && i+n < f.last; n++ {
		if f.p.Mark(i+n, '"') {
			return n > 1
		}
		if f.p.Tokens[i+n].Kind == segment.Mark {
			return false
		}
	}
	return false
}

func (f *Finder) chinesePlace(i int) (Mention, bool) {
	m := Mention{Kind: Place, First: i, Head: i, Count: -1}
	for _, c := range [...]lexicon.Class{lexicon.Place, lexicon.Region, lexicon.Country} {
		s, next, ok := f.p.At(i, c)
		if !ok || next > f.last {
			continue
		}
		item := f.p.Item(s)
		m.Last, m.ID = next, item.ID
		m.Where = corvee.Place{ID: item.ID, Name: item.Attr("name"), Country: item.Attr("country"), Precision: corvee.PlacePrecision(item.Attr("precision"))}
		if c == lexicon.Country {
			m.Where.Country, m.Where.Precision = item.ID, corvee.AtCountry
			m.Sender = item.Attr("sender") != ""
		}
		m.Nation = m.Where.Country
		return m, true
	}
	return m, false
}

// narrower reads the places behind a wider one: 老挝首都万象, 吉林通化, 大连庄河市.
func (f *Finder) narrower(m *Mention) {
	for range 4 {
		at := m.Last
		if f.p.Says(at, "首都") || f.p.Is(at, lexicon.Possessive) || f.p.Says(at, "边境城市") {
			at++
		}
		if !f.free(at) || f.p.Tokens[at].Kind == segment.Mark {
			return
		}
		inner, ok := f.chinesePlace(at)
		if !ok || inner.Where.Country != m.Where.Country || rankOf(inner.Where.Precision) > rankOf(m.Where.Precision) || inner.ID == m.ID {
			return
		}
		if at > m.Last && f.p.Is(m.Last, lexicon.Possessive) && m.Where.Precision != corvee.AtCountry {
			return
		}
		inner.First, inner.Parents = m.First, append(m.Parents, m.ID)
		*m = inner
	}
}

// adjectival reports whether a country's name only describes the noun behind it. Of a
// workplace or a trade it says where that is, weakly; of people and authorities nothing.
func (f *Finder) adjectival(m *Mention) bool {
	i := m.Last
	if f.p.Is(i, lexicon.Possessive) && !m.Sender {
		return false
	}
	if !f.free(i) || !f.p.Tokens[i].Glued {
		return false
	}
	for _, c := range [...]lexicon.Class{lexicon.Worker, lexicon.Person, lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Source, lexicon.Institution, lexicon.Currency, lexicon.OutletWord, lexicon.Outlet} {
		if f.p.Is(i, c) {
			return true
		}
	}
	if f.p.Is(i, lexicon.Site) || f.p.Is(i, lexicon.Sector) {
		m.Weak = !m.Sender
		return m.Weak || f.p.Is(i, lexicon.Sector)
	}
	return false
}
