package entity

import (
	"slices"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/segment"
)

// FindChinese is Find for Chinese, where what describes a noun stands before it and the
// name of a country needs no other form to do so: 朝鲜工人, 中国工厂.
func (f *Finder) FindChinese(p *lexicon.Passage, first, last int, quantities []quantity.Quantity, out []Mention) []Mention {
	f.p, f.first, f.last, f.quantities = p, first, last, quantities
	f.taken = slices.Grow(f.taken[:0], len(p.Tokens))[:len(p.Tokens)]
	clear(f.taken[first:last])
	from := len(out)
	out = f.chineseLaws(out)
	out = f.chineseFirms(out)
	out = f.chineseGroups(out)
	out = f.chinesePlaces(out)
	out = slices.DeleteFunc(f.words(out), f.treats)
	out = f.counted(out, from)
	out = f.countries(out)
	slices.SortStableFunc(out[from:], func(a, b Mention) int {
		if a.First != b.First {
			return a.First - b.First
		}
		return b.Last - a.Last
	})
	return out
}

// treats reports whether a mention is a hospital that the sick are taken to, or the care they
// get: no trade of theirs.
func (f *Finder) treats(m Mention) bool {
	if m.Kind != Sector || m.Sector != corvee.SectorMedical {
		return false
	}
	if f.p.Says(m.First, "医疗") || f.p.Says(m.First, "医疗服务") {
		return f.p.Says(m.First-1, "得到") || f.p.Says(m.First-1, "获得") || f.p.Says(m.First-1, "提供") || f.p.Is(m.First-1, lexicon.Negation)
	}
	for _, w := range [...]string{"去", "送", "送往", "送到", "送进", "进", "住", "上", "到", "转", "往", "至"} {
		if f.p.Says(m.First-1, w) {
			return true
		}
	}
	return f.p.Says(m.Last, "治疗") || f.p.Says(m.Last, "救治") || f.p.Says(m.Last, "抢救") || f.p.Says(m.Last, "看病")
}

// chineseLaws finds rows of the lexicon and resolutions by number: 第2397号决议, 第2375和2397号决议.
func (f *Finder) chineseLaws(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		s, next, ok := f.p.At(i, lexicon.Instrument)
		if !ok || next > f.last || f.p.Item(s).Attr("label") == "" {
			continue
		}
		m := Mention{Kind: Law, First: i, Last: next, Head: i, ID: f.p.Item(s).ID, Name: f.p.Item(s).Attr("label"), Count: -1}
		if numbered := f.p.Item(s).Attr("numbered"); numbered != "" && !f.numberedLaw(&m, numbered) && f.p.Says(i, "号决议") {
			continue
		}
		for m.First > f.first && f.p.Is(m.First-1, lexicon.Institution) {
			m.First--
		}
		f.take(m.First, m.Last)
		out = append(out, m)
		i = m.Last - 1
	}
	return out
}

// maxLaws is how many resolutions one phrase may name.
const maxLaws = 4

// numberedLaw reads the numbers before or behind the word for a resolution.
func (f *Finder) numberedLaw(m *Mention, label string) bool {
	var names []string
	at := m.First
	for range maxLaws {
		j := at - 1
		if f.p.Says(j, "号") || f.p.Says(j, "与") || f.p.Says(j, "和") || f.p.Says(j, "及") || f.p.Says(j, "、") {
			j--
		}
		if f.p.Says(j, "号") {
			j--
		}
		if j < f.first || f.p.Tokens[j].Kind != segment.Number || !figures(f.p.Tokens[j]) {
			break
		}
		names = append([]string{label + " " + f.p.Word(j)}, names...)
		if at = j; f.p.Says(at-1, "第") {
			at--
		}
	}
	if j := m.Last; len(names) == 0 && j < f.last && f.p.Tokens[j].Kind == segment.Number && figures(f.p.Tokens[j]) {
		names, m.Last = []string{label + " " + f.p.Word(j)}, j+1
	}
	if len(names) == 0 {
		return false
	}
	m.First, m.Name = at, names[0]
	for _, n := range names[1:] {
		m.Name += "; " + n
	}
	return true
}

func figures(t segment.Token) bool { return t.To-t.From >= 3 && t.To-t.From <= 4 }

// maxFirm is the most words of a firm's name before its last.
const maxFirm = 10

// chineseFirms finds firms' own names: from a boundary to 有限公司 and the like.
func (f *Finder) chineseFirms(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		_, next, ok := f.p.At(i, lexicon.CompanyEnd)
		if !ok || next > f.last {
			continue
		}
		first, own := i, 0
		for n := 0; n < maxFirm && first > f.first && f.ofName(first-1); n++ {
			first--
			if f.p.Tokens[first].Lexeme < 0 {
				own++
			}
		}
		if own < 2 {
			continue
		}
		m := Mention{Kind: Employer, First: first, Last: next, Head: i, Count: -1, Name: f.p.Source(first, next)}
		from := first
		for from < i && (f.p.Is(from, lexicon.Place) || f.p.Is(from, lexicon.Country)) {
			from++ // the place in its name is where it is
		}
		f.take(from, next)
		out = append(out, m)
	}
	return out
}

// ofName reports whether token i may be part of a firm's name: an unknown character, a
// place, a trade.
func (f *Finder) ofName(i int) bool {
	t := f.p.Tokens[i]
	if f.taken[i] || t.Kind != segment.Word || !t.Glued && i > f.first {
		return false
	}
	if t.Lexeme < 0 {
		return true
	}
	for _, c := range [...]lexicon.Class{lexicon.Place, lexicon.Sector, lexicon.Site, lexicon.Surname} {
		if f.p.Is(i, c) {
			return !f.p.Is(i, lexicon.Preposition) && !f.p.Is(i, lexicon.Coordinator)
		}
	}
	return false
}

// chineseGroups finds worker groups by their head word, what stands before it and their
// count.
func (f *Finder) chineseGroups(out []Mention) []Mention {
	for i := f.first; i < f.last; i++ {
		if f.taken[i] || f.p.Tokens[i].Lexeme < 0 {
			continue
		}
		m, ok := f.chineseHead(i)
		if !ok {
			continue
		}
		f.describe(&m)
		if m.Nation == "" && f.local(&m) {
			m.Nation = local
		}
		if f.p.Is(m.First, lexicon.Possessive) && m.First < m.Head {
			m.First++ // 蒙古的朝鲜工人: where they are is not who they are
		}
		f.chineseCount(&m)
		m.Told = m.Count >= 0 && f.partsFollow(m.Last) && f.demonstrative(m.First)
		for at := m.First; at < m.Head; at++ {
			if in, ok := f.chinesePlace(at); ok && (f.whither(at) || f.p.Says(at-1, "在") && !in.Sender) {
				out = append(out, in)
			}
		}
		if !m.Weak {
			f.takeGroup(m)
		}
		out = append(out, m)
	}
	return out
}

func (f *Finder) chineseHead(i int) (Mention, bool) {
	m := Mention{Kind: Group, First: i, Head: i, Count: -1}
	s, next, ok := f.p.At(i, lexicon.Worker)
	if ok && next <= f.last {
		item := f.p.Item(s)
		m.Last, m.ID, m.Sector = next, item.ID, corvee.Sector(item.Attr("sector"))
		if m.Nation = item.Attr("nation"); m.Nation != "" {
			m.Sender = true
		}
		return m, !f.heads(next)
	}
	if s, next, ok = f.p.At(i, lexicon.Person); ok && next <= f.last {
		item := f.p.Item(s)
		m.Last, m.ID, m.Generic = next, item.ID, true
		if m.Nation = item.Attr("nation"); m.Nation != "" {
			m.Sender = true
		}
		return m, !f.heads(next)
	}
	if s, next, ok = f.p.At(i, lexicon.Pronoun); ok && next <= f.last && f.p.Item(s).Attr("group") != "" {
		m.Last, m.ID, m.Weak, m.Definite = next, "they", true, true
		return m, true
	}
	return m, false
}

// heads reports whether a noun follows that makes the group only its description: 员工宿舍,
// 女工同事.
func (f *Finder) heads(i int) bool {
	if !f.free(i) || !f.p.Tokens[i].Glued {
		return false
	}
	return f.p.Is(i, lexicon.Site) || f.p.Is(i, lexicon.Worker) || f.p.Is(i, lexicon.Person) || f.p.Is(i, lexicon.Official)
}

// describe walks left over what describes a group: nationality, trade, workplace, 年轻,
// 派遣的; a country directly before it is whose workers they are.
func (f *Finder) describe(m *Mention) {
	if m.Weak {
		return
	}
	for range maxModifiers {
		at := m.First - 1
		if at < f.first || f.taken[at] || f.p.Tokens[at].Kind == segment.Mark {
			return
		}
		switch {
		case f.p.Is(at, lexicon.Possessive) && at-1 >= f.first && f.described(at-1):
			m.First--
			if f.verbal(at - 1) {
				m.First--
			}
		case f.whose(m, at):
			m.First = at
		case f.p.Is(at, lexicon.Sector):
			s, _, _ := f.p.At(at, lexicon.Sector)
			if m.Sector == "" {
				m.Sector = corvee.Sector(f.p.Item(s).ID)
			}
			m.First = at
		case f.p.Is(at, lexicon.Determiner):
			s, _, _ := f.p.At(at, lexicon.Determiner)
			m.Definite = f.p.Item(s).Attr("definite") != ""
			m.First = at
			return
		case f.dispatched(at, m.Last):
			m.First = at
		case f.p.Is(at, lexicon.GroupMod), f.p.Is(at, lexicon.Abroad) && m.Nation == "", f.p.Is(at, lexicon.Site):
			m.First = at
		default:
			return
		}
	}
}

// dispatched reports whether 派遣 at token i describes the group behind it, as in 北韩派遣工人 and
// 这些派遣工人, and is not the verb whose object that is: 派遣工人到中国, 向中国派遣工人.
func (f *Finder) dispatched(i, last int) bool {
	if !f.p.Says(i, "派遣") && !f.p.Says(i, "外派") || i <= f.first {
		return false
	}
	for _, w := range [...]string{"到", "赴", "往", "至", "前往", "去", "出国", "来", "来华"} {
		if f.p.Says(last, w) {
			return false
		}
	}
	for _, w := range [...]string{"向", "对", "往", "到"} {
		if f.p.Says(i-2, w) { // 向海外派遣工人
			return false
		}
	}
	for _, c := range [...]lexicon.Class{lexicon.Country, lexicon.Demonym, lexicon.Determiner, lexicon.Possessive, lexicon.GroupMod} {
		if f.p.Is(i-1, c) {
			return true
		}
	}
	return false
}

// described reports whether the word before 的 may describe a group.
func (f *Finder) described(i int) bool {
	for _, name := range [...]string{"group_mod", "sector", "site", "country", "demonym", "toil", "dispatch", "return", "arrive", "escape"} {
		if c, ok := f.p.Lex.Class(name); ok && f.p.Is(i, c) {
			return true
		}
	}
	return false
}

// verbal reports whether a verb describes the group: 派遣的, 工作的.
func (f *Finder) verbal(i int) bool {
	for _, name := range [...]string{"toil", "dispatch", "return", "arrive", "escape"} {
		if c, ok := f.p.Lex.Class(name); ok && f.p.Is(i, c) {
			return !f.taken[i]
		}
	}
	return false
}

// whose reads the nationality at token i.
func (f *Finder) whose(m *Mention, i int) bool {
	if m.Nation != "" {
		return false
	}
	for _, c := range [...]lexicon.Class{lexicon.Country, lexicon.Demonym} {
		s, next, ok := f.p.At(i, c)
		if !ok || next != i+1 {
			continue
		}
		if f.whither(i) {
			return true // 在华劳工: where they are is not whose they are
		}
		m.Nation, m.Sender = f.nation(s), f.sender(s)
		return true
	}
	for _, c := range [...]lexicon.Class{lexicon.Place, lexicon.Region} {
		if s, next, ok := f.p.At(i, c); ok && next == i+1 && f.p.Item(s).Attr("origin") != "" {
			m.Nation, m.Sender = f.p.Item(s).Attr("origin"), true // 和田妇女
			return true
		}
	}
	return false
}

// local is the nation of workers who are said to be of the place: 本地工人.
const local = "local"

func (f *Finder) local(m *Mention) bool {
	for i := m.First; i < m.Head; i++ {
		if f.p.Says(i, "本地") || f.p.Says(i, "当地") {
			return true
		}
	}
	return f.p.Says(m.First-1, "本地") || f.p.Says(m.First-1, "当地")
}

// whither reports whether token i says where to and not whose: 在华, 赴俄, 派往蒙古的.
func (f *Finder) whither(i int) bool {
	if c, ok := f.p.Lex.Class("dispatch"); ok && i > f.first && f.p.Is(i-1, c) {
		return true
	}
	switch f.p.View.Rune(int(f.p.Tokens[i].From)) {
	case '在', '赴', '驻', '来', '旅':
		return true
	}
	return false
}

// partsFollow reports whether 中 follows, so that what comes is told of a part.
func (f *Finder) partsFollow(i int) bool {
	return i < f.last && (f.p.Says(i, "中") || f.p.Says(i, "当中") || f.p.Says(i, "之中"))
}

// demonstrative reports whether 这, 上述 stands at or before token i.
func (f *Finder) demonstrative(i int) bool {
	for _, at := range [...]int{i, i - 1} {
		if s, _, ok := f.p.At(at, lexicon.Determiner); ok && at >= f.first && f.p.Item(s).Attr("definite") != "" && !f.p.Says(at, "首批") && !f.p.Says(at, "第一批") {
			return true
		}
	}
	return false
}

// countries makes a place that is none in particular of a count of countries: 在16个国家.
func (f *Finder) countries(out []Mention) []Mention {
	for _, q := range f.quantities {
		if q.Last < f.last && (f.p.Says(q.Last, "国家") || f.p.Says(q.Last, "国") || f.p.Says(q.Last, "国家和地区")) {
			out = append(out, Mention{Kind: Abroad, First: q.First, Last: q.Last + 1, Head: q.Last, ID: "world", Count: -1})
		}
	}
	return out
}

// maxAway is how many words may stand between a count and its group: 六十多名穿白大褂的姑娘.
const maxAway = 10

// chineseCount binds the amount that counts the group: directly before it, within its
// description, or before a description that ends in 的.
func (f *Finder) chineseCount(m *Mention) {
	if m.Weak {
		return
	}
	for i := len(f.quantities) - 1; i >= 0; i-- {
		q := f.quantities[i]
		if !q.Bare && !q.Share || f.taken[q.First] {
			continue
		}
		at := m.First
		if f.p.Is(at-1, lexicon.Possessive) {
			at--
		}
		before := q.Last == at || q.First >= m.First && q.Last <= m.Head || f.away(q, m)
		if before && (q.Bare || at < m.First) {
			m.Count = i
			m.First, m.Last = min(m.First, q.First), max(m.Last, q.Last)
			if at := m.First - 1; f.free(at) && f.whose(m, at) { // 朝鲜300名工人
				m.First = at
			}
			return
		}
	}
}

// away reports whether q counts persons and a description without another noun for people
// lies between it and the group.
func (f *Finder) away(q quantity.Quantity, m *Mention) bool {
	if q.Value.Unit != corvee.UnitPerson || q.Last >= m.First || m.First-q.Last > maxAway || !f.p.Is(m.First-1, lexicon.Possessive) && !f.p.Is(q.Last, lexicon.Preposition) {
		return false
	}
	for i := q.Last; i < m.First; i++ {
		if f.p.Tokens[i].Kind == segment.Mark || f.p.Is(i, lexicon.Worker) || f.p.Is(i, lexicon.Person) {
			return false
		}
	}
	return true
}

// counted makes a group of every count of persons that no group has taken: 近千人.
func (f *Finder) counted(out []Mention, from int) []Mention {
	for i, q := range f.quantities {
		if q.Value.Unit != corvee.UnitPerson || q.First < f.first || q.Last > f.last {
			continue
		}
		if slices.ContainsFunc(out[from:], func(m Mention) bool { return m.Kind == Group && m.Count == i }) || f.describesOther(q.Last) || f.othersBefore(q.First) {
			continue
		}
		out = append(out, Mention{Kind: Group, First: q.First, Last: q.Last, Head: q.Last - 1, ID: "counted", Generic: true, Count: i})
	}
	return out
}

// othersBefore reports whether the noun right before a count is of somebody else: 居民3000人.
func (f *Finder) othersBefore(i int) bool {
	for j := i - 1; j >= f.first && i-j <= 2; j-- {
		for _, c := range [...]lexicon.Class{lexicon.Ordinary, lexicon.Official, lexicon.Public} {
			if f.p.Is(j, c) {
				return true
			}
		}
	}
	return false
}

// describesOther reports whether the count before token i is of somebody that is no
// worker: 两名保卫员, 一名官员.
func (f *Finder) describesOther(i int) bool {
	for n := 0; n < 5 && i < f.last && f.p.Tokens[i].Kind == segment.Word; n++ {
		for _, c := range [...]lexicon.Class{lexicon.Actor, lexicon.Official, lexicon.Ordinary, lexicon.Public, lexicon.Source, lexicon.Person, lexicon.Worker} {
			if f.p.Is(i, c) {
				return true
			}
		}
		if f.p.Is(i, lexicon.Preposition) || f.p.Is(i, lexicon.SpeechVerb) || f.p.Is(i, lexicon.Coordinator) {
			return false
		}
		i++
	}
	return false
}
