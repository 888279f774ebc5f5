package attribution

import (
	"strings"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// phrase is a speaker that was read: tokens First to Last, half-open.
type phrase struct {
	first, last int
	chain       []corvee.Attribution
}

// headClasses are the classes of words that can head a speaker, in the order they are
// tried: a newsroom before an institution, an office before a role.
var headClasses = [...]lexicon.Class{
	lexicon.Source, lexicon.Outlet, lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Document,
	lexicon.Institution, lexicon.Worker, lexicon.Person, lexicon.OrgEnd, lexicon.Country, lexicon.Place, lexicon.Actor,
}

// head returns which class heads a speaker at token i.
func (t *Tracker) head(i int) (lexicon.Sense, lexicon.Class, int, bool) {
	if next, ok := t.newsroom(i); ok {
		return lexicon.Sense{Item: -1}, lexicon.Outlet, next, true
	}
	for _, c := range headClasses {
		s, next, ok := t.p.At(i, c)
		if !ok || next > t.end {
			continue
		}
		if c == lexicon.Place && t.p.Item(s).Attr("speaks") == "" {
			continue
		}
		if c == lexicon.Document && next < t.end && t.p.Item(s).Attr("outlet") != "" && t.p.Tokens[next].Capital && t.p.Tokens[next].Kind == segment.Word {
			continue // "the Daily Herald" is no daily
		}
		return s, c, next, true
	}
	return lexicon.Sense{}, 0, i, false
}

// newsroom reads the publisher's own name at token i, or an unknown newsroom's: words with
// a capital that end in one like Journal or Post.
func (t *Tracker) newsroom(i int) (int, bool) {
	if n := len(t.own); n > 0 && i+n <= t.end {
		same := true
		for j, w := range t.own {
			same = same && t.p.Says(i+j, w)
		}
		if same {
			return i + n, true
		}
	}
	if !t.p.Tokens[i].Capital || t.p.Is(i, lexicon.Determiner) || t.p.Is(i, lexicon.Outlet) {
		return i, false
	}
	for n := 1; n <= 3 && i+n < t.end && t.p.Tokens[i+n].Capital; n++ {
		if _, next, ok := t.p.At(i+n, lexicon.OutletEnd); ok {
			return next, true
		}
	}
	return i, false
}

// read reads the speaker whose head is at token i.
func (t *Tracker) read(i int) (phrase, bool) {
	s, class, next, ok := t.head(i)
	if !ok {
		return t.person(i)
	}
	ph := phrase{first: t.start(i), last: next}
	switch class {
	case lexicon.Source:
		t.readSource(&ph, i, s)
	case lexicon.Outlet:
		ph.chain = []corvee.Attribution{t.outlet(s, i, next)}
		if src, after, ok := t.p.At(next, lexicon.Source); ok && after <= t.end { // a Daily NK source
			ph.last = after
			t.readSource(&ph, next, src)
		}
	case lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Worker, lexicon.Person:
		t.readPerson(&ph, i, class, s)
	case lexicon.Document:
		if t.p.Item(s).Attr("outlet") != "" && t.lastBody >= 0 && !t.p.Says(ph.first, "a") && !t.p.Says(ph.first, "an") {
			ph.chain = t.owned(t.speakers[t.lastBody].link)
			break
		}
		if t.p.Item(s).Attr("body") != "" {
			ph.chain = []corvee.Attribution{t.institution(&ph, class, s)}
			break
		}
		ph.chain = []corvee.Attribution{t.know(speaker{link: corvee.Attribution{Name: t.described(&ph), Speaker: corvee.SpeakerDocument}}, false)}
	case lexicon.Actor:
		if s.Item >= 0 && (t.p.Item(s).Attr("body") != "" || t.p.Item(s).Attr("role") == "company") {
			ph.chain = []corvee.Attribution{t.institution(&ph, class, s)}
			break
		}
		ph.chain = []corvee.Attribution{t.know(speaker{link: corvee.Attribution{Role: t.p.Word(next - 1), Country: t.nation(ph), Speaker: corvee.SpeakerAnonymous}, head: "official"}, false)}
	default:
		ph.chain = []corvee.Attribution{t.institution(&ph, class, s)}
	}
	return ph, true
}

// start walks left over the describers of a head: articles, nationalities, names of
// newsrooms, adjectives.
func (t *Tracker) start(i int) int {
	for n := 0; n < 6 && i > t.first; n++ {
		switch {
		case t.p.Says(i-1, "'s") && i-2 >= t.first:
			i--
		case t.describes(i):
			i = max(t.p.Before(i), t.first)
		default:
			return t.article(i)
		}
	}
	return i
}

// article returns the article that opens a phrase of lower-case words which ends at token
// i, else i: "a ministry spokesman".
func (t *Tracker) article(i int) int {
	for j := i - 1; j >= max(t.first, i-3); j-- {
		if t.p.Is(j, lexicon.Determiner) {
			return j
		}
		if t.p.Tokens[j].Kind != segment.Word || t.p.Tokens[j].Capital || t.p.Is(j, lexicon.Preposition) || t.p.Is(j, lexicon.SpeechVerb) || t.p.Is(j, lexicon.Auxiliary) {
			return i
		}
	}
	return i
}

func (t *Tracker) describes(i int) bool {
	for _, c := range [...]lexicon.Class{lexicon.Determiner, lexicon.Demonym, lexicon.Outlet, lexicon.GroupMod, lexicon.Country, lexicon.Institution, lexicon.Public, lexicon.Official, lexicon.OutletEnd} {
		if _, _, ok := t.p.Ends(i, c); ok {
			return true
		}
	}
	return false
}

// readSource describes an anonymous source: its role, where it is, whose source it is.
func (t *Tracker) readSource(ph *phrase, i int, s lexicon.Sense) {
	sp := speaker{link: corvee.Attribution{Role: t.role(i, s), Speaker: corvee.SpeakerAnonymous}, head: "source"}
	sp.link.Country = t.nation(*ph)
	var owner corvee.Attribution
	for j := ph.first; j < i; j++ {
		if o, _, ok := t.p.At(j, lexicon.Outlet); ok {
			owner = t.outlet(o, j, j+1)
			sp.owner = owner.Name
		} else if next, ok := t.newsroom(j); ok {
			owner = t.outlet(lexicon.Sense{Item: -1}, j, next)
			sp.owner = owner.Name
		}
	}
	ph.last = t.after(ph.last, &sp.link)
	bare := sp.link.Role == "source" && sp.link.Country == "" && sp.owner == ""
	if bare && (t.p.Says(ph.first, "the") || t.p.Says(ph.first, "this")) {
		if link, ok := t.source(); ok {
			ph.chain = t.owned(link)
			return
		}
	}
	link := t.know(sp, t.fresh(ph.first))
	ph.chain = []corvee.Attribution{link}
	if owner.Name != "" {
		ph.chain = append(ph.chain, owner)
	}
}

// owned returns a source with the newsroom that it belongs to.
func (t *Tracker) owned(link corvee.Attribution) []corvee.Attribution {
	chain := []corvee.Attribution{link}
	for _, s := range t.speakers {
		if o := t.ownerOf(link); o != "" && s.link.Name == o {
			return append(chain, s.link)
		}
	}
	return chain
}

func (t *Tracker) fresh(i int) bool {
	switch t.p.Word(i) {
	case "another", "other", "second", "third", "different":
		return true
	}
	return t.p.Says(i, "a") && (t.p.Says(i+1, "second") || t.p.Says(i+1, "third") || t.p.Says(i+1, "different"))
}

// role names what a source is, from the lexicon's words only.
func (t *Tracker) role(i int, s lexicon.Sense) string {
	role := t.p.Item(s).ID
	if i > t.first {
		if m, _, ok := t.p.Ends(i, lexicon.GroupMod); ok && t.p.Item(m).Attr("role") != "" {
			role = t.p.Item(m).Attr("role") + " " + role
		}
	}
	return role
}

// nation returns the country that the phrase's describers name.
func (t *Tracker) nation(ph phrase) string {
	for j := ph.first; j < ph.last; j++ {
		if s, _, ok := t.p.At(j, lexicon.Demonym); ok {
			return t.country(s)
		}
		if s, _, ok := t.p.At(j, lexicon.Country); ok {
			return t.p.Item(s).ID
		}
	}
	return ""
}

func (t *Tracker) country(s lexicon.Sense) string {
	if n := t.p.Item(s).Attr("nation"); n != "" {
		return n
	}
	return t.p.Item(s).ID
}

// after walks over what describes a speaker behind its head: "in China", "from the
// province", "who asked not to be named", "on Thursday".
func (t *Tracker) after(i int, link *corvee.Attribution) int {
	for n := 0; n < 20 && i < t.end; n++ {
		switch {
		case t.p.Says(i, "in") || t.p.Says(i, "inside") || t.p.Says(i, "from") || t.p.Says(i, "near") || t.p.Says(i, "at") || t.p.Says(i, "on") || t.p.Says(i, "based") || t.p.Says(i, "within"):
			i++
		case t.locates(i, link):
			i = t.p.After(i)
		case t.p.Says(i, "the") || t.p.Says(i, "'s") || t.p.Says(i, "province") || t.p.Says(i, "city") || t.p.Says(i, "northern") || t.p.Says(i, "region"):
			i++
		case t.p.Is(i, lexicon.Weekday) || t.p.Is(i, lexicon.Relative) || t.p.Is(i, lexicon.Month) || t.p.Is(i, lexicon.TimePrep):
			i = t.p.After(i)
		default:
			return i
		}
	}
	return i
}

func (t *Tracker) locates(i int, link *corvee.Attribution) bool {
	for _, c := range [...]lexicon.Class{lexicon.Country, lexicon.Place} {
		s, _, ok := t.p.At(i, c)
		if !ok {
			continue
		}
		country := t.p.Item(s).ID
		if c == lexicon.Place {
			country = t.p.Item(s).Attr("country")
		}
		if link.Country == "" {
			link.Country = country
		}
		return true
	}
	return false
}

func (t *Tracker) outlet(s lexicon.Sense, first, last int) corvee.Attribution {
	link := corvee.Attribution{Name: t.p.Source(first, last), Speaker: corvee.SpeakerPublisher}
	if s.Item >= 0 {
		item := t.p.Item(s)
		link.Name = item.Attr("name")
		if item.Attr("speaker") == "agency" {
			link.Speaker = corvee.SpeakerAgency
		}
		if sameName(item.ID, t.publisher) {
			link.Name = t.publisher
		}
	}
	if strings.HasSuffix(fold(t.publisher), fold(link.Name)) {
		link.Name, link.Speaker = t.publisher, corvee.SpeakerPublisher
	}
	person := t.last
	link = t.know(speaker{link: link}, false)
	t.lastBody, t.last = t.last, person // a newsroom is never "he"
	return link
}

// institution names a body: a row of the lexicon by its name, or words with a capital that
// end in a word for a body.
func (t *Tracker) institution(ph *phrase, class lexicon.Class, s lexicon.Sense) corvee.Attribution {
	link := corvee.Attribution{Speaker: corvee.SpeakerInstitution, Country: t.nation(*ph)}
	if class == lexicon.OrgEnd {
		first := ph.last - 1
		for first > t.first && t.p.Tokens[first-1].Capital && !t.p.Is(first-1, lexicon.Determiner) {
			first--
		}
		ph.first = first
	}
	link.Name = t.p.Item(s).Attr("name")
	if link.Name == "" {
		link.Name = t.described(ph)
	}
	link = t.know(speaker{link: link}, false)
	t.lastBody = t.last
	return link
}

// described returns a phrase in the text's own words, without its article.
func (t *Tracker) described(ph *phrase) string {
	first := ph.first
	if t.p.Is(first, lexicon.Determiner) && first < ph.last-1 {
		first++
	}
	return t.p.Source(first, ph.last)
}

// isName reports whether token i may be part of a person's name: it has a capital letter
// and the lexicon does not know it, or only as a month (Jan, April).
func (t *Tracker) isName(i int) bool {
	tok := t.p.Tokens[i]
	if tok.Kind != segment.Word || !tok.Capital {
		return false
	}
	if tok.Lexeme < 0 {
		return tok.Within < 0
	}
	return t.p.Is(i, lexicon.Month) && (i+1 >= t.end || t.p.Tokens[i+1].Kind == segment.Word && t.p.Tokens[i+1].Capital)
}
