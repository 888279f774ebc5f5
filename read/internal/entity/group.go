package entity

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

var headClasses = lexicon.SetOf(lexicon.Worker, lexicon.Person, lexicon.Demonym, lexicon.Pronoun)

// groups finds worker groups by their head word, their modifiers and their count.
func (f *Finder) groups(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		if f.taken[i] || !f.p.IsAny(i, &headClasses) {
			continue
		}
		m, ok := f.head(i)
		if !ok {
			continue
		}
		f.extend(&m)
		f.origin(&m)
		f.count(&m)
		if f.massOnly(m) {
			continue
		}
		if m.Kind == Group && !m.Weak {
			f.takeGroup(m)
		}
		out = append(out, m)
		i = max(i, m.Last-1)
	}
	return out
}

// takeGroup keeps the group's nation and head from being read again; its sector and
// workplace words stay readable.
func (f *Finder) takeGroup(m Mention) {
	for i := m.First; i < m.Last; i++ {
		if !f.p.Is(i, lexicon.Sector) && !f.p.Is(i, lexicon.Site) && !f.p.Is(i, lexicon.Place) {
			f.taken[i] = true
		}
	}
}

func (f *Finder) head(i int) (Mention, bool) {
	m := Mention{Kind: Group, First: i, Head: i, Count: -1}
	if s, next, ok := f.p.At(i, lexicon.Worker); ok && next <= f.last {
		m.Last, m.ID = next, f.p.Item(s).ID
		m.Head = next - 1
		m.Sector = corvee.Sector(f.p.Item(s).Attr("sector"))
		m.Single = s.Form&lexicon.Singular != 0 && s.Form&lexicon.Plural == 0
		return m, !f.modifies(next)
	}
	if s, next, ok := f.p.At(i, lexicon.Person); ok && next <= f.last && (f.AtHome || f.p.Item(s).Attr("home") == "") {
		m.Last, m.ID, m.Generic = next, f.p.Item(s).ID, true
		m.Single = s.Form&lexicon.Singular != 0 && s.Form&lexicon.Plural == 0
		return m, true
	}
	if s, next, ok := f.p.At(i, lexicon.Demonym); ok && next <= f.last && s.Form&lexicon.Plural != 0 {
		m.Last, m.ID, m.Generic = next, "nationals", true
		m.Nation, m.Sender = f.nation(s), f.sender(s)
		return m, true
	}
	if s, next, ok := f.p.At(i, lexicon.Demonym); ok && next <= f.last && f.one(i, next) {
		m.Last, m.ID, m.Generic, m.Single = next, "nationals", true, true
		m.Nation, m.Sender = f.nation(s), f.sender(s)
		return m, true
	}
	if s, next, ok := f.p.At(i, lexicon.Pronoun); ok && next <= f.last && f.p.Item(s).Attr("group") != "" {
		m.Last, m.ID, m.Weak, m.Definite = next, f.p.Item(s).ID, true, true
		m.Single = f.p.Item(s).Attr("group") == "one"
		f.partOf(&m)
		return m, true
	}
	return m, false
}

// one reports whether the nationality of tokens first to next is a person: "a typical North
// Korean earns", but no "North Korean firm".
func (f *Finder) one(first, next int) bool {
	if _, _, ok := f.p.Ends(first, lexicon.Determiner); !ok && !f.p.Says(first-1, "average") && !f.p.Says(first-1, "typical") && !f.p.Says(first-1, "one") {
		return false
	}
	if next >= f.last || f.p.Tokens[next].Kind != segment.Word {
		return true
	}
	for _, c := range [...]lexicon.Class{lexicon.Preposition, lexicon.Auxiliary, lexicon.Adverb} {
		if f.p.Is(next, c) {
			return true
		}
	}
	switch f.p.Word(next) {
	case "who", "abroad", "overseas", "working", "earns", "makes", "gets", "receives", "earned", "made", "got", "received", "works", "worked", "lives", "employed", "sent", "told", "said":
		return true
	}
	return false
}

// massOnly reports whether a group is only the word "labour", which is no people before
// somebody's: "the labour inspectorate", but "North Korean labour".
func (f *Finder) massOnly(m Mention) bool {
	if m.Nation != "" || m.Count >= 0 {
		return false
	}
	s, first, ok := f.p.Ends(m.Head+1, lexicon.Worker)
	return ok && f.p.Item(s).Attr("mass") != "" && (first == m.First || f.p.Is(m.First, lexicon.Determiner) && first == m.First+1)
}

// partOf widens "them" to "each of them", "many of us".
func (f *Finder) partOf(m *Mention) {
	if !f.p.Says(m.First-1, "of") || m.First-2 < f.first {
		return
	}
	if s, first, ok := f.p.Ends(m.First-1, lexicon.Determiner); ok && first >= f.first {
		m.First, m.Single = first, f.p.Item(s).Attr("each") != ""
	}
}

// modifies reports whether a worker noun before token i only modifies another: "worker
// dormitories", "labor export".
func (f *Finder) modifies(i int) bool {
	if !f.free(i) {
		return false
	}
	if f.p.Mark(i, '-') && f.p.Tokens[i].Glued {
		return true
	}
	return f.p.Is(i, lexicon.Site) && !f.p.Is(i, lexicon.Subordinator)
}

// maxModifiers is how many words may stand before a head: "the roughly 200 mostly young
// female North Korean textile factory workers".
const maxModifiers = 8

func (f *Finder) extend(m *Mention) {
	if m.Weak {
		return
	}
	for range maxModifiers {
		at := m.First
		if at <= f.first || f.taken[at-1] {
			return
		}
		if f.determiner(m, at) {
			return
		}
		if !f.modifier(m, at) {
			return
		}
	}
}

func (f *Finder) determiner(m *Mention, at int) bool {
	s, first, ok := f.p.Ends(at, lexicon.Determiner)
	if !ok || first < f.first {
		return false
	}
	m.Definite = f.p.Item(s).Attr("definite") != ""
	m.Single = m.Single || f.p.Item(s).Attr("each") != ""
	m.First = first
	return true
}

func (f *Finder) modifier(m *Mention, at int) bool {
	if d, first, ok := f.p.Ends(at, lexicon.Demonym); ok && first >= f.first {
		m.Nation, m.Sender, m.First = f.nation(d), f.sender(d), first
		return true
	}
	if first, ok := f.most(at); ok {
		m.First = first
		return true
	}
	if s, first, ok := f.p.Ends(at, lexicon.Sector); ok && first >= f.first {
		m.Sector, m.First = corvee.Sector(f.p.Item(s).ID), first
		return true
	}
	if s, first, ok := f.p.Ends(at, lexicon.GroupMod); ok && f.p.Item(s).Attr("foreign") != "" && first >= f.first {
		m.Nation, m.Sender, m.First = foreign, false, first
		return true
	}
	for _, c := range [...]lexicon.Class{lexicon.GroupMod, lexicon.Site, lexicon.Abroad} {
		if _, first, ok := f.p.Ends(at, c); ok && first >= f.first {
			m.First = first
			return true
		}
	}
	if f.p.Says(at-1, "'s") {
		c, first, ok := f.p.Ends(at-1, lexicon.Country)
		if ok && first >= f.first {
			m.Nation, m.First = f.p.Item(c).ID, first
			m.Sender = f.sender(c)
			return true
		}
	}
	if f.p.Mark(at-1, '-') && at-2 >= f.first {
		m.First = at - 1
		return f.modifier(m, at-1)
	}
	if f.p.Mark(at-1, '"') && at-2 >= f.first { // North Korean "slave labourers"
		wide := *m
		if wide.First = at - 1; f.modifier(&wide, at-1) {
			*m = wide
			return true
		}
	}
	return false
}

// most reads "most of", "each of" before a group.
func (f *Finder) most(at int) (int, bool) {
	if !f.p.Says(at-1, "of") || at-2 < f.first {
		return at, false
	}
	_, first, ok := f.p.Ends(at-1, lexicon.Determiner)
	return first, ok && first >= f.first
}

// foreign is the nation of workers who are only called local: not those sent.
const foreign = "-"

// origin reads "workers from North Korea".
func (f *Finder) origin(m *Mention) {
	if m.Nation != "" || !f.p.Says(m.Last, "from") && !f.p.Says(m.Last, "of") || m.Last+1 >= f.last {
		return
	}
	at := m.Last + 1
	if f.p.Says(at, "the") {
		at++
	}
	if c, next, ok := f.p.At(at, lexicon.Country); ok && next <= f.last && f.sender(c) {
		m.Nation, m.Sender, m.Last = f.p.Item(c).ID, true, next
	}
	f.home(m, at)
}

// maxHome is how many words may lie between "from" and the region: "from Hotan prefecture
// in the Uyghur Region".
const maxHome = 6

// home reads "people from a town in a region" whose people a state sends.
func (f *Finder) home(m *Mention, at int) {
	for i := at; i < min(at+maxHome, f.last); i++ {
		if s, next, ok := f.p.At(i, lexicon.Region); ok && next <= f.last && f.sender(s) {
			m.Nation, m.Sender, m.Last = f.p.Item(s).Attr("nation"), true, next
			return
		}
		if !f.p.Tokens[i].Capital && !f.p.Is(i, lexicon.Place) && !f.p.Is(i, lexicon.Preposition) && !f.p.Is(i, lexicon.Determiner) && !f.p.Is(i, lexicon.Plain) {
			return
		}
	}
}

// count binds the bare quantity that ends where the group begins, or before "of".
func (f *Finder) count(m *Mention) {
	at := m.First
	if f.p.Says(at-1, "of") && at-1 > f.first {
		at--
	}
	for i := len(f.quantities) - 1; i >= 0; i-- {
		q := f.quantities[i]
		if f.numbersLaw(q.First) {
			continue
		}
		if (q.Last == at || q.Last == m.First) && (q.Bare || at < m.First && q.Share) || q.First >= m.First && q.Last <= m.Head && q.Bare {
			m.Count = i
			m.First = min(m.First, q.First)
			break
		}
	}
	if m.Count < 0 || f.quantities[m.Count].Share {
		return
	}
	if m.First > f.first && f.p.Is(m.First-1, lexicon.Determiner) { // "the 200 workers"
		s, _, _ := f.p.At(m.First-1, lexicon.Determiner)
		m.Definite = m.Definite || f.p.Item(s).Attr("definite") != ""
		m.First--
	}
	f.part(m)
}

// numbersLaw reports whether a quantity is the number of an instrument: "under Resolution
// 2397 all workers".
func (f *Finder) numbersLaw(first int) bool {
	_, at, ok := f.p.Ends(first, lexicon.Instrument)
	return ok && at >= f.first
}

// part binds the number that is told of a counted group: of "300 of the 900 workers were sent
// home" the 300.
func (f *Finder) part(m *Mention) {
	if !f.p.Says(m.First-1, "of") || m.First-1 <= f.first {
		return
	}
	for i, q := range f.quantities {
		if q.Last == m.First-1 && q.Bare && !q.Share && q.Value.Range != corvee.Exactly(corvee.Int(1)) { // "one of the"
			m.Count, m.First = i, q.First
			return
		}
	}
}
