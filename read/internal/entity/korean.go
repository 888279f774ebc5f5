package entity

import (
	"slices"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/segment"
)

// Korean appends the mentions of tokens first to last to out, by first token. A country's
// name is whose people are when a word for people or a body follows, else a place; a count
// stands behind the group as a rule, "노동자 200여 명".
func (f *Finder) Korean(p *lexicon.Passage, first, last int, quantities []quantity.Quantity, out []Mention) []Mention {
	f.p, f.first, f.last, f.quantities = p, first, last, quantities
	f.taken = slices.Grow(f.taken[:0], len(p.Tokens))[:len(p.Tokens)]
	clear(f.taken[first:last])
	k := koreanFinder{f}
	from := len(out)
	out = k.laws(out)
	out = k.groups(out, from)
	out = k.places(out)
	out = k.words(out)
	slices.SortStableFunc(out[from:], func(a, b Mention) int {
		if a.First != b.First {
			return a.First - b.First
		}
		return b.Last - a.Last
	})
	return out
}

type koreanFinder struct{ *Finder }

// particle returns what the particle at token i does, "" when none stands there.
func (f koreanFinder) particle(i int) string {
	if i <= f.first || i >= f.last || !f.p.Tokens[i].Glued {
		return ""
	}
	s, _, ok := f.p.At(i, lexicon.Particle)
	if !ok {
		return ""
	}
	return f.p.Item(s).ID
}

// laws reads "결의 2397호", "결의 2375호와 2397호", and instruments by their names.
func (f koreanFinder) laws(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		s, next, ok := f.p.At(i, lexicon.Instrument)
		if m, bare := f.bareResolution(i); bare && !ok {
			f.take(m.First, m.Last)
			out = append(out, m)
			i = m.Last - 1
		}
		if !ok || next > f.last {
			continue
		}
		item := f.p.Item(s)
		m := Mention{Kind: Law, First: i, Last: next, Head: i, ID: item.ID, Name: item.Attr("label"), Count: -1}
		if prefix := item.Attr("numbered"); prefix != "" {
			f.numbered(&m, prefix)
		}
		for m.First > f.first {
			_, first, ok := f.p.Ends(m.First, lexicon.Institution)
			if !ok || first < f.first {
				break
			}
			m.First = first
		}
		f.take(m.First, m.Last)
		out = append(out, m)
		i = m.Last - 1
	}
	return out
}

// bareResolution reads "2397호" by itself: no other thing of these reports bears such a number.
func (f koreanFinder) bareResolution(i int) (Mention, bool) {
	if f.p.Tokens[i].Kind != segment.Number || !f.p.Says(i+1, "호") || i+2 > f.last {
		return Mention{}, false
	}
	switch n := f.p.Word(i); n {
	case "1718", "2094", "2270", "2321", "2356", "2371", "2375", "2397":
		return Mention{Kind: Law, First: i, Last: i + 2, Head: i, ID: "unsc", Name: "UNSCR " + n, Count: -1}, true
	}
	return Mention{}, false
}

func (f koreanFinder) numbered(m *Mention, prefix string) {
	name := ""
	for at := m.Last; at < f.last; {
		if f.p.Says(at, "제") || f.p.Says(at, "와") || f.p.Says(at, "과") || f.p.Mark(at, ',') || f.p.Says(at, "및") {
			at++
			continue
		}
		if f.p.Tokens[at].Kind != segment.Number || !f.p.Says(at+1, "호") || f.p.Tokens[at].To-f.p.Tokens[at].From > 4 {
			break
		}
		if name != "" {
			name += "; "
		}
		name += prefix + " " + f.p.Word(at)
		at += 2
		m.Last = at
	}
	if name != "" {
		m.Name = name
	}
}

// groups finds workers and people, and counts of persons that name nobody.
func (f koreanFinder) groups(out []Mention, from int) []Mention {
	for i := f.first; i < f.last; i++ {
		if f.taken[i] || f.p.Tokens[i].Lexeme < 0 {
			continue
		}
		m, ok := f.groupHead(i)
		if !ok {
			continue
		}
		f.modifiers(&m)
		f.counted(&m)
		if !m.Weak {
			f.takeGroup(m)
		}
		out = append(out, m)
		i = max(i, m.Last-1)
	}
	return f.elliptic(out, from)
}

func (f koreanFinder) groupHead(i int) (Mention, bool) {
	m := Mention{Kind: Group, First: i, Head: i, Count: -1}
	if s, next, ok := f.p.At(i, lexicon.Pronoun); ok && next <= f.last && f.p.Item(s).Attr("group") != "" {
		m.Last, m.ID, m.Weak, m.Definite = f.pluralEnd(next), "they", true, true
		return m, true
	}
	if f.p.Is(i, lexicon.Pronoun) && f.p.Says(i, "우리") {
		m.Last, m.ID, m.Weak, m.Definite = i+1, "we", true, true
		return m, true
	}
	if s, next, ok := f.p.At(i, lexicon.Worker); ok && next <= f.last && !f.names(next) {
		m.Last, m.ID, m.Head = next, f.p.Item(s).ID, next-1
		m.Sector = corvee.Sector(f.p.Item(s).Attr("sector"))
		m.Last = f.pluralEnd(next)
		return m, true
	}
	if s, next, ok := f.p.At(i, lexicon.Person); ok && next <= f.last && !f.p.Is(next, lexicon.Worker) && !f.names(next) {
		if id := f.p.Item(s).ID; id == "ethnic" || id == "others" {
			return m, false
		}
		m.Last, m.ID, m.Head, m.Generic = f.pluralEnd(next), f.p.Item(s).ID, next-1, true
		return m, !f.countsAs(i)
	}
	if s, next, ok := f.p.At(i, lexicon.Demonym); ok && next <= f.last && !f.p.Is(i, lexicon.Country) {
		if f.p.Is(next, lexicon.Worker) || f.p.Is(next, lexicon.Person) || f.p.Is(next, lexicon.GroupMod) {
			return m, false
		}
		m.Last, m.ID, m.Head, m.Generic = f.pluralEnd(next), "nationals", next-1, true
		m.Nation, m.Sender = f.nation(s), f.sender(s)
		return m, true
	}
	return m, false
}

// names reports whether the noun before token i only describes what stands there without
// a particle: "노동자 숙소".
func (f koreanFinder) names(i int) bool {
	return i < f.last && (f.p.Is(i, lexicon.Site) || f.p.Is(i, lexicon.Ordinary)) && !f.p.Is(i, lexicon.Sector)
}

// countsAs reports whether 사람 at token i is what a number counts: "세 사람".
func (f koreanFinder) countsAs(i int) bool {
	for _, q := range f.quantities {
		if q.First <= i && i < q.Last {
			return true
		}
	}
	return false
}

func (f koreanFinder) pluralEnd(i int) int {
	if f.particle(i) == "plural" {
		return i + 1
	}
	return i
}

// modifiers walks left over what describes a group.
func (f koreanFinder) modifiers(m *Mention) {
	if m.Weak {
		return
	}
	for range maxModifiers {
		at := m.First
		if at <= f.first || f.taken[at-1] {
			return
		}
		if d, first, ok := f.p.Ends(at, lexicon.Determiner); ok && first >= f.first && !f.p.Tokens[first].Glued {
			m.Definite = m.Definite || f.p.Item(d).Attr("definite") != ""
			m.First = first
			continue
		}
		if !f.modifies1(m, at) {
			return
		}
	}
}

// hosts reports whether a country before token i is where the group was sent: "러시아 파견
// 노동자".
func (f koreanFinder) hosts(i int) bool {
	switch f.p.Word(i) {
	case "파견", "체류", "거주", "주재", "현지", "내", "진출", "송출":
		return true
	}
	return false
}

// ofNation returns the nationality or country that ends before token i.
func (f koreanFinder) ofNation(i int) (lexicon.Sense, int, bool) {
	for _, c := range [...]lexicon.Class{lexicon.Demonym, lexicon.Country} {
		if s, first, ok := f.p.Ends(i, c); ok && first >= f.first {
			return s, first, true
		}
	}
	return lexicon.Sense{}, i, false
}

func (f koreanFinder) modifies1(m *Mention, at int) bool {
	if d, first, ok := f.ofNation(at); ok {
		if f.hosts(at) && !f.sender(d) {
			return false
		}
		if m.Nation == "" {
			m.Nation, m.Sender = f.nation(d), f.sender(d)
			m.First = first
			return true
		}
		return false // 중국 북한 노동자: the first is where they are
	}
	if s, first, ok := f.p.Ends(at, lexicon.Sector); ok && first >= f.first {
		if m.Sector == "" {
			m.Sector = corvee.Sector(f.p.Item(s).ID)
		}
		m.First = first
		return true
	}
	for _, c := range [...]lexicon.Class{lexicon.GroupMod, lexicon.Site, lexicon.Abroad, lexicon.Person, lexicon.Worker} {
		if _, first, ok := f.p.Ends(at, c); ok && first >= f.first {
			m.First = first
			return true
		}
	}
	if (f.p.Says(at-1, "의") || f.comesFrom(at-1)) && m.Nation == "" {
		if d, first, ok := f.ofNation(at - 1); ok {
			m.Nation, m.Sender, m.First = f.nation(d), f.sender(d), first
			return true
		}
	}
	return false
}

// maxFloat is how many words may stand between a group and its count: a particle and an
// adverb.
const maxFloat = 4

// counted binds the count of a group: behind it, "노동자를 최대 3천 명", or before it,
// "200명의 북한 노동자".
func (f koreanFinder) counted(m *Mention) {
	if m.Weak {
		return
	}
	at := m.Last
	for n := 0; n < maxFloat; n++ {
		if i := f.personsAt(at, true); i >= 0 {
			m.Count, m.Last = i, f.quantities[i].Last
			return
		}
		switch f.particle(at) {
		case "topic", "subject", "object", "also", "only":
			at++
			continue
		}
		if f.p.Says(at, "수") || f.p.Says(at, "숫자") || f.p.Says(at, "규모") || f.p.Says(at, "인원") {
			at++ // 노동자 수는 4천 명
			continue
		}
		if _, next, ok := f.p.At(at, lexicon.Adverb); ok && next <= f.last && n > 0 {
			at = next
			continue
		}
		break
	}
	before := m.First
	if f.p.Says(before-1, "의") && before-1 > f.first {
		before--
		if f.p.Says(before-1, "규모") {
			before--
		}
	}
	if i := f.personsAt(before, false); i >= 0 {
		m.Count, m.First = i, f.quantities[i].First
	}
}

// personsAt returns the count of persons that begins, or ends, at token i; -1 without. A
// figure without a unit counts only what follows it.
func (f koreanFinder) personsAt(i int, begins bool) int {
	for n, q := range f.quantities {
		person := q.Value.Unit == corvee.UnitPerson || q.Bare && !begins
		if person && (begins && q.First == i || !begins && q.Last == i) {
			return n
		}
	}
	return -1
}

// elliptic finds counts of persons that nothing names: "300명이 더 있다". A count right
// behind another noun is of that.
func (f koreanFinder) elliptic(out []Mention, from int) []Mention {
	for n, q := range f.quantities {
		if q.Value.Unit != corvee.UnitPerson || f.bound(out[from:], n) || !f.stands(q) {
			continue
		}
		out = append(out, Mention{Kind: Group, First: q.First, Last: q.Last, Head: q.Last - 1, ID: "count", Generic: true, Definite: true, Count: n})
	}
	return out
}

// others reports whether token i is a noun for people of another kind, or one that no
// lexicon knows: the count behind it is of that.
func (f koreanFinder) others(i int) bool {
	if !f.p.Known(i) {
		return true
	}
	_, _, ok := f.p.Ends(i+1, lexicon.Ordinary)
	return ok
}

func (f koreanFinder) bound(mentions []Mention, n int) bool {
	for _, m := range mentions {
		if m.Kind == Group && m.Count == n {
			return true
		}
	}
	return false
}

// ofPublic reports whether people of another kind stand a few words before the count at token
// i, in its clause: 확진자가 하루 300명.
func (f koreanFinder) ofPublic(i int) bool {
	for j := i - 1; j >= max(f.first, i-maxFloat-1) && f.p.Tokens[j].Clause == f.p.Tokens[i].Clause; j-- {
		if f.p.Among(j, lexicon.Person, func(row *lexicon.Item) bool { return row.ID == "others" }) {
			return true
		}
	}
	return false
}

// teams reports whether token i says in what groups people work or go out: 10명씩 무리를 지어.
func (f koreanFinder) teams(i int) bool {
	for j := i; j < min(i+4, f.last); j++ {
		switch f.p.Word(j) {
		case "무리", "그룹", "조", "팀", "짝", "줄":
			return true
		}
	}
	return false
}

func (f koreanFinder) stands(q quantity.Quantity) bool {
	if f.particle(q.Last) == "of" && !f.p.Is(q.Last+1, lexicon.Worker) || f.particle(q.Last) == "every" {
		return false
	}
	if q.Last < f.last && f.p.Is(q.Last, lexicon.EachPost) || f.p.Is(q.Last-1, lexicon.EachPost) && f.teams(q.Last) {
		return false
	}
	i := q.First - 1
	if f.ofPublic(q.First) {
		return false
	}
	if i < f.first || f.p.Tokens[i].Kind != segment.Word {
		return true
	}
	switch f.particle(i) {
	case "topic", "subject", "object":
		return !f.others(i - 1)
	case "":
	default:
		return true
	}
	if f.p.Tokens[i].Glued && f.p.Is(i, lexicon.Ending) || f.p.Says(i, "기준") || f.p.Says(i, "한때") || f.p.Says(i, "당시") {
		return true
	}
	x, ok := f.p.Ending(i + 1)
	if !ok {
		return false
	}
	for _, c := range [...]lexicon.Class{lexicon.Adverb, lexicon.Place, lexicon.Site, lexicon.Determiner, lexicon.PeriodAdj, lexicon.Relative, lexicon.According} {
		if _, _, ok := f.p.Ends(i+1, c); ok {
			return true
		}
	}
	for _, s := range f.p.Lex.Senses(x.Entry) {
		if s.Form != 0 {
			return true // a verb's form
		}
	}
	return false
}
