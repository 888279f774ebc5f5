package entity

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// places finds places, the wider ones before the narrower: "중국 랴오닝성 단둥".
func (f koreanFinder) places(out []Mention) []Mention {
	for i := f.first; i < f.last; {
		if f.taken[i] || f.p.Tokens[i].Lexeme < 0 {
			i++
			continue
		}
		m, ok := f.named(i)
		if !ok {
			i++
			continue
		}
		if !m.Weak {
			f.narrower(&m)
			f.take(m.First, m.Last)
		}
		out = append(out, m)
		i = m.Last
	}
	return out
}

// named reads one name. A country before a body or people is whose they are.
func (f koreanFinder) named(i int) (Mention, bool) {
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
			m.Weak = f.governs(next) && item.Attr("sender") == ""
			if !m.Weak && f.owns(next) || item.Attr("sender") != "" && f.comesFrom(next) {
				return m, false
			}
			m.Where.Country, m.Where.Precision = item.ID, corvee.AtCountry
			m.Sender = item.Attr("sender") != ""
		}
		m.Nation = m.Where.Country
		if near := item.Attr("near"); near != "" && !f.behind(i, near) {
			return m, false
		}
		f.script(&m)
		return m, true
	}
	return m, false
}

// comesFrom reports whether the country before token i is only where people came from:
// "북한에서 온".
func (f koreanFinder) comesFrom(i int) bool {
	if i+1 >= f.last || f.particle(i) != "in" {
		return false
	}
	switch f.p.Word(i + 1) {
	case "온", "나온", "건너온", "들어온", "데려온", "파견된", "파견돼", "보낸", "송출된", "넘어온", "파견한", "왔", "왔던":
		return true
	}
	return false
}

// behind reports whether a place of that country stands right before token i, or is joined to
// it: "지린성 집안", "단둥·동항". A name that is also a word, 통화 or 집안, is none without.
func (f koreanFinder) behind(i int, country string) bool {
	for i > f.first && (f.p.Mark(i-1, ',') || f.p.Says(i-1, "·") || f.p.Says(i-1, "와") || f.p.Says(i-1, "과") || f.p.Says(i-1, "의")) {
		i--
	}
	if s, _, ok := f.p.Ends(i, lexicon.Country); ok && f.p.Item(s).ID == country {
		return true
	}
	for _, c := range [...]lexicon.Class{lexicon.Place, lexicon.Region} {
		if s, _, ok := f.p.Ends(i, c); ok && f.p.Item(s).Attr("country") == country {
			return true
		}
	}
	return false
}

// owns reports whether what stands at token i belongs to a country named before it: its
// authorities, its people, its money.
func (f koreanFinder) owns(i int) bool {
	for _, c := range [...]lexicon.Class{lexicon.Actor, lexicon.Institution, lexicon.Worker, lexicon.Person, lexicon.Official, lexicon.Currency} {
		if i < f.last && f.p.Is(i, c) && !f.p.Is(i, lexicon.Sector) && !f.p.Is(i, lexicon.Particle) {
			return true
		}
	}
	return false
}

// governs reports whether the authorities or a firm of the country before token i stand there:
// what they do is done in it, as far as nothing else says where.
func (f koreanFinder) governs(i int) bool {
	return i < f.last && f.p.Is(i, lexicon.Actor) && !f.p.Is(i, lexicon.Particle) && !f.p.Is(i, lexicon.Sector)
}

// script passes over the name in another script and the word for the rank behind it:
// "단둥(丹東)시".
func (f koreanFinder) script(m *Mention) {
	i := m.Last
	if !f.p.Mark(i, '(') || i+2 >= f.last {
		return
	}
	end := i + 1
	for end < f.last && end-i < 6 && f.p.Tokens[end].Kind == segment.Word {
		end++
	}
	if end == i+1 || !f.p.Mark(end, ')') {
		return
	}
	m.Last = end + 1
	if m.Last < f.last && f.p.Tokens[m.Last].Glued {
		switch f.p.Word(m.Last) {
		case "시", "성", "주", "현", "구", "군":
			m.Last++
		}
	}
}

// narrower follows a chain of places to its last: each must lie in the one before.
func (f koreanFinder) narrower(m *Mention) {
	for range 4 {
		at := m.Last
		if f.p.Says(at, "의") && at < f.last {
			at++
		}
		if at >= f.last || f.taken[at] || f.p.Tokens[at].Lexeme < 0 {
			return
		}
		inner, ok := f.named(at)
		if !ok || !contains(m.Where, inner.Where) {
			return
		}
		inner.First, inner.Parents = m.First, append(m.Parents, m.ID)
		*m = inner
	}
}

// words finds what one lexeme names: sectors, workplaces, authorities, campaigns.
func (f koreanFinder) words(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		if f.p.Tokens[i].Lexeme < 0 || f.taken[i] {
			continue
		}
		x := f.p.Lexemes[f.p.Tokens[i].Lexeme]
		if int(x.Last) > f.last {
			continue
		}
		for _, s := range f.p.Lex.Senses(x.Entry) {
			if m, ok := f.one(s, i, int(x.Last)); ok {
				out = append(out, m)
			}
		}
		if m, ok := f.company(i, int(x.Last)); ok {
			out = append(out, m)
		}
	}
	return out
}

func (f koreanFinder) one(s lexicon.Sense, first, last int) (Mention, bool) {
	item := f.p.Item(s)
	m := Mention{First: first, Last: last, Head: last - 1, ID: item.ID, Count: -1}
	switch s.Class {
	case lexicon.Sector:
		if f.built(item.ID, last) || item.ID == string(corvee.SectorFood) && f.firm(first, last) {
			return m, false
		}
		m.Kind, m.Sector, m.Site = Sector, corvee.Sector(m.ID), item.Attr("site") != ""
		if _, next, ok := f.p.At(last, lexicon.Site); ok && next <= f.last {
			m.Last, m.Head, m.Site = next, next-1, true
		}
	case lexicon.Site:
		m.Kind, m.Sector = Site, corvee.Sector(item.Attr("sector"))
	case lexicon.Actor, lexicon.Institution:
		m.Kind, m.Nation, m.Sender = Actor, item.Attr("nation"), item.Attr("nation") != ""
		if role := item.Attr("role"); role != "" {
			m.ID = role
		}
		f.whose(&m)
	case lexicon.Campaign, lexicon.LevyName:
		m.Kind, m.Name = Label, item.Attr("label")
	case lexicon.Directive:
		m.Kind, m.Name = Directive, item.Attr("label")
	case lexicon.Abroad:
		m.Kind = Abroad
	default:
		return m, false
	}
	return m, true
}

// built reports whether a hospital before token i is one that is built, no place of work.
func (f koreanFinder) built(sector string, i int) bool {
	if sector != string(corvee.SectorMedical) || f.p.Says(i-1, "의료") || f.p.Says(i-1, "진료") {
		return false
	}
	switch f.particle(i) {
	case "object", "to", "topic", "subject":
		return true
	case "with", "at":
		return !f.worked(i)
	}
	return f.p.Mark(i, ',') && !f.worked(i)
}

// maxWorked is how many words behind a hospital its work may be told: "병원, IT 업체 등에
// 종사하던".
const maxWorked = 16

// worked reports whether somebody works where the word before token i is, and nobody builds.
func (f koreanFinder) worked(i int) bool {
	work, _ := f.p.Lex.Class("work")
	build, _ := f.p.Lex.Class("build")
	found := false
	for j := i; j < f.last && j < i+maxWorked; j++ {
		if f.p.Is(j, build) || f.p.Says(j, "학교") || f.p.Says(j, "아파트") {
			return false // what is built stands in one list with it
		}
		found = found || f.p.Is(j, work) && !f.p.Is(j, lexicon.Worker)
	}
	return found
}

// firm reports whether a word ends a firm's own name, which says little of what it makes.
func (f koreanFinder) firm(i, last int) bool {
	_, ok := f.company(i, last)
	return ok
}

// whose reads the country before an authority: "북한 당국".
func (f koreanFinder) whose(m *Mention) {
	for at := m.First; at > f.first && m.First-at < 4; {
		if d, first, ok := f.ofNation(at); ok {
			m.Nation, m.First, m.Sender = f.nation(d), first, f.sender(d)
			return
		}
		_, first, ok := f.p.Ends(at, lexicon.GroupMod)
		if !ok {
			return
		}
		at = first
	}
}

// company reads the own name of a firm: an eojeol that ends in a word for one and has a
// part that no lexicon knows.
func (f koreanFinder) company(i, last int) (Mention, bool) {
	if !f.p.Is(i, lexicon.CompanyEnd) || !f.p.Tokens[i].Glued || i == f.first {
		return Mention{}, false
	}
	first, unknown := i, false
	for first > f.first && f.p.Tokens[first].Glued && f.p.Tokens[first-1].Kind == segment.Word {
		first--
		unknown = unknown || !f.p.Known(first)
	}
	if !unknown || last < f.last && f.p.Tokens[last].Glued && f.particle(last) == "" && f.p.Tokens[last].Kind == segment.Word {
		return Mention{}, false
	}
	return Mention{Kind: Employer, First: first, Last: last, Head: i, Name: f.p.Source(first, last), Count: -1}, true
}
