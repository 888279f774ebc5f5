package chinese

import (
	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// chainIn returns the speakers that tokens first to last name, who said it before who
// passed it on. The last head that no preposition governs is who speaks.
func (t cues) chainIn(first, last int) []corvee.Attribution {
	var chain []corvee.Attribution
	for i := last - 1; i >= first; i-- {
		if t.P.Is(i, lexicon.Reporter) && !t.toWhom(first, i) {
			return chain // what the author says without a speaker beside is the author's
		}
		if len(chain) > 0 && !t.pressAt(first, i) {
			continue
		}
		link, from, ok := t.speakerAt(first, i, last)
		if !ok || t.toWhom(first, from) && len(chain) == 0 && i < last-1 && t.P.Tokens[i].Lexeme >= 0 && !t.outletAt(i) {
			continue
		}
		if len(chain) == 0 {
			chain = t.Owned(link)
		} else if link.Speaker == corvee.SpeakerPublisher || link.Speaker == corvee.SpeakerAgency {
			chain = appendLink(chain, link)
		}
		i = from
	}
	return chain
}

// pressAt reports whether a newsroom may be named at token i.
func (t cues) pressAt(first, i int) bool {
	return t.outletAt(i) || t.P.Is(i, lexicon.OutletWord) || t.unquotedOutlet(first, i) >= 0
}

func (t cues) outletAt(i int) bool { return t.P.Is(i, lexicon.Outlet) || t.P.Mark(i, '"') }

// toWhom reports whether a preposition of address governs the word at i: 向记者, 对媒体.
func (t cues) toWhom(first, i int) bool {
	for j := i - 1; j >= first && i-j <= 3; j-- {
		if t.P.Says(j, "向") || t.P.Says(j, "对") || t.P.Says(j, "跟") || t.P.Says(j, "接受") || t.P.Says(j, "在") && j == i-1 {
			return true
		}
		if !t.P.Is(j, lexicon.Country) && !t.P.Is(j, lexicon.Determiner) {
			return false
		}
	}
	return false
}

// speakerAt reads the speaker whose head ends at token i; from is where it begins.
func (t cues) speakerAt(first, i, last int) (corvee.Attribution, int, bool) {
	if from := t.outletBefore(i + 1); from >= first {
		return t.press(from+1, i), from, true
	}
	if from := t.unquotedOutlet(first, i); from >= 0 {
		return t.press(from, i+1), from, true
	}
	if s, _, ok := t.P.At(i, lexicon.Pronoun); ok && t.P.Item(s).Attr("speaks") != "" && i-first <= 2 {
		if t.Last < 0 {
			return corvee.Attribution{}, i, false
		}
		return t.Met[t.Last].Link, i, true
	}
	for _, c := range attribution.HeadClasses {
		s, next, ok := t.P.At(i, c)
		if !ok || next > last || c == lexicon.Place || c == lexicon.Country && !t.alone(first, i, last) || c == lexicon.Person {
			continue
		}
		return t.headed(first, i, c, s), i, true
	}
	if t.P.Is(i, lexicon.OutletWord) {
		return t.Know(attribution.Speaker{Link: corvee.Attribution{Name: t.P.Source(i, i+1), Speaker: corvee.SpeakerPublisher}}, false), i, true
	}
	return corvee.Attribution{}, i, false
}

// alone reports whether a country is all that a cue names: 朝鲜称.
func (t cues) alone(first, i, last int) bool { return i == first && i+1 >= last-1 }

// unquotedOutlet returns where an unknown newsroom's name begins that ends with token i,
// -1 without: characters that no row knows before 日报.
func (t cues) unquotedOutlet(first, i int) int {
	if !t.P.Is(i, lexicon.OutletEnd) || i == first {
		return -1
	}
	from := i
	for from > first && i-from < maxOutlet && t.P.Tokens[from-1].Kind == segment.Word && t.P.Tokens[from-1].Lexeme < 0 {
		from--
	}
	if i-from < 2 {
		return -1
	}
	return from
}

// press is a newsroom by the name of tokens first to last.
func (t cues) press(first, last int) corvee.Attribution {
	for j := first; j < last; j++ {
		if s, _, ok := t.P.At(j, lexicon.Outlet); ok && j == first {
			return t.Outlet(s, j, j+1)
		}
	}
	link := corvee.Attribution{Name: t.P.Source(first, last), Speaker: corvee.SpeakerPublisher}
	if s, _, ok := t.P.At(last-1, lexicon.OutletEnd); ok && t.P.Item(s).Attr("speaker") == "agency" {
		link.Speaker = corvee.SpeakerAgency
	}
	if attribution.SameName(link.Name, t.Publisher) {
		link.Speaker = corvee.SpeakerPublisher
	}
	last2 := t.Last
	link = t.Know(attribution.Speaker{Link: link}, false)
	t.Last = last2
	return link
}

// headed describes the speaker whose head is the lexeme at token i.
func (t cues) headed(first, i int, c lexicon.Class, s lexicon.Sense) corvee.Attribution {
	item := t.P.Item(s)
	link := corvee.Attribution{Role: item.ID, Speaker: corvee.SpeakerAnonymous, Country: t.countryIn(first, i+1)}
	fresh := t.another(first, i)
	switch c {
	case lexicon.Outlet:
		return t.Outlet(s, i, i+1)
	case lexicon.Document:
		return t.Know(attribution.Speaker{Link: corvee.Attribution{Name: t.P.Source(i, i+1), Speaker: corvee.SpeakerDocument}}, false)
	case lexicon.Institution, lexicon.OrgEnd, lexicon.Country:
		return t.body(first, i, s)
	case lexicon.Official, lexicon.Public:
		return t.office(first, i, c, link, fresh)
	case lexicon.Actor:
		if role := item.Attr("role"); role != "manager" && !t.onePerson(first, i) {
			return t.body(first, i, s)
		}
		link.Role = item.Attr("role")
	}
	if b := t.bodyIn(first, i); b != "" && (item.ID == "manager" || link.Role == "manager") {
		return t.Know(attribution.Speaker{Link: corvee.Attribution{Name: b, Speaker: corvee.SpeakerInstitution, Country: link.Country}}, false)
	}
	head := "person"
	if c == lexicon.Source {
		head = "source"
	}
	return t.Know(attribution.Speaker{Link: link, Head: head}, fresh)
}

// onePerson reports whether a person is counted before the head: 一名承包商.
func (t cues) onePerson(first, i int) bool {
	for j := i - 1; j >= max(first, i-6); j-- {
		if t.P.Says(j, "名") || t.P.Says(j, "位") {
			return true
		}
	}
	return false
}

// body is an institution, a firm or a state: by its row's name, else by its words.
func (t cues) body(first, i int, s lexicon.Sense) corvee.Attribution {
	link := corvee.Attribution{Name: t.P.Item(s).Attr("name"), Speaker: corvee.SpeakerInstitution, Country: t.countryIn(first, i)}
	if link.Name == "" {
		from := i
		for from > first && (t.P.Is(from-1, lexicon.Country) || t.P.Is(from-1, lexicon.Institution) || t.P.Is(from-1, lexicon.Place)) {
			from--
		}
		link.Name = t.P.Source(from, i+1)
	}
	return t.Know(attribution.Speaker{Link: link}, false)
}

// office is who bears a title: by name if one stands by it, else the body that the title
// belongs to, else nobody in particular.
func (t cues) office(first, i int, c lexicon.Class, link corvee.Attribution, fresh bool) corvee.Attribution {
	if name := t.nameBy(first, i); name != "" {
		link.Name, link.Speaker = name, corvee.SpeakerNamedPublicPerson
		if c == lexicon.Official {
			link.Speaker = corvee.SpeakerNamedOfficial
		}
		return t.Know(attribution.Speaker{Link: link, Names: []string{name}, Head: "person"}, false)
	}
	if b := t.bodyIn(first, i); b != "" && c == lexicon.Official {
		return t.Know(attribution.Speaker{Link: corvee.Attribution{Name: b, Speaker: corvee.SpeakerInstitution, Country: link.Country}}, false)
	}
	return t.Know(attribution.Speaker{Link: link, Head: "person"}, fresh)
}

// nameBy returns the name that stands behind or before a title: a family name and one or
// two characters that no row knows.
func (t cues) nameBy(first, i int) string {
	if end := t.nameFrom(i + 1); end > 0 {
		return t.P.Source(i+1, end)
	}
	for from := i - 4; from < i-1; from++ {
		if from >= first && t.nameFrom(from) == i && t.boundary(first, from) {
			return t.P.Source(from, i)
		}
	}
	return ""
}

func (t cues) boundary(first, i int) bool {
	return i == first || t.P.Tokens[i-1].Kind == segment.Mark || t.P.Tokens[i-1].Lexeme >= 0
}

// nameFrom returns the token behind a person's name that begins at i, 0 without.
func (t cues) nameFrom(i int) int {
	if i < t.First || i >= t.End || !t.P.Is(i, lexicon.Surname) {
		return 0
	}
	j := i + 1
	for j < t.End && j-i < 4 && t.P.Tokens[j].Kind == segment.Word && (t.P.Tokens[j].Lexeme < 0 || t.P.Is(j, lexicon.Surname)) {
		j++
	}
	if n := j - i; n < 2 || n > 3 {
		return 0
	}
	return j
}

// bodyIn returns the institution or firm that a speaker's description names.
func (t cues) bodyIn(first, i int) string {
	for j := i - 1; j >= first; j-- {
		if s, _, ok := t.P.At(j, lexicon.Institution); ok {
			return t.Named(s, j)
		}
		if _, next, ok := t.P.At(j, lexicon.CompanyEnd); ok {
			from := j
			for from > first && j-from < maxOutlet && t.P.Tokens[from-1].Kind == segment.Word && !t.P.Is(from-1, lexicon.Determiner) && !t.P.Is(from-1, lexicon.Preposition) {
				from--
			}
			return t.P.Source(from, next)
		}
	}
	return ""
}

func (t cues) countryIn(first, last int) string {
	for j := last - 1; j >= first; j-- {
		if s, _, ok := t.P.At(j, lexicon.Country); ok {
			return t.P.Item(s).ID
		}
		if s, _, ok := t.P.At(j, lexicon.Demonym); ok {
			return t.Country(s)
		}
		if s, _, ok := t.P.At(j, lexicon.Place); ok {
			return t.P.Item(s).Attr("country")
		}
	}
	return ""
}

// another reports whether a speaker is said to be a new one: 另一名.
func (t cues) another(first, i int) bool {
	for j := first; j < i; j++ {
		if t.P.Says(j, "另") || t.P.Says(j, "另外") || t.P.Says(j, "另一名") || t.P.Says(j, "其他") {
			return true
		}
	}
	return false
}
