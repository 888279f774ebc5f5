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

// HeadClasses are the classes of words that can head a speaker, in the order they are
// tried: a newsroom before an institution, an office before a role.
var HeadClasses = [...]lexicon.Class{
	lexicon.Source, lexicon.Outlet, lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Document,
	lexicon.Institution, lexicon.Worker, lexicon.Person, lexicon.OrgEnd, lexicon.Country, lexicon.Place, lexicon.Actor,
}

// head returns which class heads a speaker at token i.
func (t *Tracker) head(i int) (lexicon.Sense, lexicon.Class, int, bool) {
	if next, ok := t.newsroom(i); ok {
		return lexicon.Sense{Item: -1}, lexicon.Outlet, next, true
	}
	for _, c := range HeadClasses {
		s, next, ok := t.P.At(i, c)
		if !ok || next > t.End {
			continue
		}
		if c == lexicon.Place && t.P.Item(s).Attr("speaks") == "" {
			continue
		}
		if c == lexicon.Document && next < t.End && t.P.Item(s).Attr("outlet") != "" && t.P.Tokens[next].Capital && t.P.Tokens[next].Kind == segment.Word {
			continue // "the Daily Herald" is no daily
		}
		return s, c, next, true
	}
	return lexicon.Sense{}, 0, i, false
}

// newsroom reads the publisher's own name at token i, or an unknown newsroom's: words with
// a capital that end in one like Journal or Post.
func (t *Tracker) newsroom(i int) (int, bool) {
	if n := len(t.own); n > 0 && i+n <= t.End {
		same := true
		for j, w := range t.own {
			same = same && t.P.Says(i+j, w)
		}
		if same {
			return i + n, true
		}
	}
	if !t.P.Tokens[i].Capital || t.P.Is(i, lexicon.Determiner) || t.P.Is(i, lexicon.Outlet) {
		return i, false
	}
	for n := 1; n <= 3 && i+n < t.End && t.P.Tokens[i+n].Capital; n++ {
		if _, next, ok := t.P.At(i+n, lexicon.OutletEnd); ok {
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
		ph.chain = []corvee.Attribution{t.Outlet(s, i, next)}
		if src, after, ok := t.P.At(next, lexicon.Source); ok && after <= t.End { // a Daily NK source
			ph.last = after
			t.readSource(&ph, next, src)
		}
	case lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Worker, lexicon.Person:
		t.readPerson(&ph, i, class, s)
	case lexicon.Document:
		if t.P.Item(s).Attr("outlet") != "" && t.lastBody >= 0 && !t.P.Says(ph.first, "a") && !t.P.Says(ph.first, "an") {
			ph.chain = t.Owned(t.Met[t.lastBody].Link)
			break
		}
		if t.P.Item(s).Attr("body") != "" {
			ph.chain = []corvee.Attribution{t.institution(&ph, class, s)}
			break
		}
		ph.chain = []corvee.Attribution{t.Know(Speaker{Link: corvee.Attribution{Name: t.described(&ph), Speaker: corvee.SpeakerDocument}}, false)}
	case lexicon.Actor:
		if s.Item >= 0 && (t.P.Item(s).Attr("body") != "" || t.P.Item(s).Attr("role") == "company") {
			ph.chain = []corvee.Attribution{t.institution(&ph, class, s)}
			break
		}
		ph.chain = []corvee.Attribution{t.Know(Speaker{Link: corvee.Attribution{Role: t.P.Word(next - 1), Country: t.nation(ph), Speaker: corvee.SpeakerAnonymous}, Head: "official"}, false)}
	default:
		ph.chain = []corvee.Attribution{t.institution(&ph, class, s)}
	}
	return ph, true
}

// start walks left over the describers of a head: articles, nationalities, names of
// newsrooms, adjectives.
func (t *Tracker) start(i int) int {
	for n := 0; n < 6 && i > t.First; n++ {
		switch {
		case t.P.Says(i-1, "'s") && i-2 >= t.First:
			i--
		case t.describes(i):
			i = max(t.P.Before(i), t.First)
		default:
			return t.article(i)
		}
	}
	return i
}

// article returns the article that opens a phrase of lower-case words which ends at token
// i, else i: "a ministry spokesman".
func (t *Tracker) article(i int) int {
	for j := i - 1; j >= max(t.First, i-3); j-- {
		if t.P.Is(j, lexicon.Determiner) {
			return j
		}
		if t.P.Tokens[j].Kind != segment.Word || t.P.Tokens[j].Capital || t.P.Is(j, lexicon.Preposition) || t.P.Is(j, lexicon.SpeechVerb) || t.P.Is(j, lexicon.Auxiliary) {
			return i
		}
	}
	return i
}

func (t *Tracker) describes(i int) bool {
	for _, c := range [...]lexicon.Class{lexicon.Determiner, lexicon.Demonym, lexicon.Outlet, lexicon.GroupMod, lexicon.Country, lexicon.Institution, lexicon.Public, lexicon.Official, lexicon.OutletEnd} {
		if _, _, ok := t.P.Ends(i, c); ok {
			return true
		}
	}
	return t.P.Tokens[i-1].Kind == segment.Number && t.P.Is(i, lexicon.Document) // "a 2013 report"
}

// readSource describes an anonymous source: its role, where it is, whose source it is.
func (t *Tracker) readSource(ph *phrase, i int, s lexicon.Sense) {
	sp := Speaker{Link: corvee.Attribution{Role: t.role(i, s), Speaker: corvee.SpeakerAnonymous}, Head: "source"}
	sp.Link.Country = t.nation(*ph)
	var owner corvee.Attribution
	for j := ph.first; j < i; j++ {
		if o, _, ok := t.P.At(j, lexicon.Outlet); ok {
			owner = t.Outlet(o, j, j+1)
			sp.Owner = owner.Name
		} else if next, ok := t.newsroom(j); ok {
			owner = t.Outlet(lexicon.Sense{Item: -1}, j, next)
			sp.Owner = owner.Name
		}
	}
	ph.last = t.after(ph.last, &sp.Link)
	bare := sp.Link.Role == "source" && sp.Link.Country == "" && sp.Owner == ""
	if bare && (t.P.Says(ph.first, "the") || t.P.Says(ph.first, "this")) {
		if link, ok := t.TheSource(); ok {
			ph.chain = t.Owned(link)
			return
		}
	}
	link := t.Know(sp, t.fresh(ph.first))
	ph.chain = []corvee.Attribution{link}
	if owner.Name != "" {
		ph.chain = append(ph.chain, owner)
	}
}

// Owned returns a source with the newsroom that it belongs to.
func (t *Tracker) Owned(link corvee.Attribution) []corvee.Attribution {
	chain := []corvee.Attribution{link}
	for _, s := range t.Met {
		if o := t.ownerOf(link); o != "" && s.Link.Name == o {
			return append(chain, s.Link)
		}
	}
	return chain
}

func (t *Tracker) fresh(i int) bool {
	switch t.P.Word(i) {
	case "another", "other", "second", "third", "different":
		return true
	}
	return t.P.Says(i, "a") && (t.P.Says(i+1, "second") || t.P.Says(i+1, "third") || t.P.Says(i+1, "different"))
}

// role names what a source is, from the lexicon's words only.
func (t *Tracker) role(i int, s lexicon.Sense) string {
	role := t.P.Item(s).ID
	if i > t.First {
		if m, _, ok := t.P.Ends(i, lexicon.GroupMod); ok && t.P.Item(m).Attr("role") != "" {
			role = t.P.Item(m).Attr("role") + " " + role
		}
	}
	return role
}

// nation returns the country that the phrase's describers name.
func (t *Tracker) nation(ph phrase) string {
	for j := ph.first; j < ph.last; j++ {
		if s, _, ok := t.P.At(j, lexicon.Demonym); ok {
			return t.Country(s)
		}
		if s, _, ok := t.P.At(j, lexicon.Country); ok {
			return t.P.Item(s).ID
		}
	}
	return ""
}

// Country returns the code of the country that a demonym means.
func (t *Tracker) Country(s lexicon.Sense) string {
	if n := t.P.Item(s).Attr("nation"); n != "" {
		return n
	}
	return t.P.Item(s).ID
}

// after walks over what describes a speaker behind its head: "in China", "from the
// province", "who asked not to be named", "on Thursday".
func (t *Tracker) after(i int, link *corvee.Attribution) int {
	for n := 0; n < 20 && i < t.End; n++ {
		switch {
		case t.P.Says(i, "in") || t.P.Says(i, "inside") || t.P.Says(i, "from") || t.P.Says(i, "near") || t.P.Says(i, "at") || t.P.Says(i, "on") || t.P.Says(i, "based") || t.P.Says(i, "within"):
			i++
		case t.locates(i, link):
			i = t.P.After(i)
		case t.P.Says(i, "the") || t.P.Says(i, "'s") || t.P.Says(i, "province") || t.P.Says(i, "city") || t.P.Says(i, "northern") || t.P.Says(i, "region"):
			i++
		case t.P.Is(i, lexicon.Weekday) || t.P.Is(i, lexicon.Relative) || t.P.Is(i, lexicon.Month) || t.P.Is(i, lexicon.TimePrep):
			i = t.P.After(i)
		default:
			return i
		}
	}
	return i
}

func (t *Tracker) locates(i int, link *corvee.Attribution) bool {
	for _, c := range [...]lexicon.Class{lexicon.Country, lexicon.Place} {
		s, _, ok := t.P.At(i, c)
		if !ok {
			continue
		}
		country := t.P.Item(s).ID
		if c == lexicon.Place {
			country = t.P.Item(s).Attr("country")
		}
		if link.Country == "" {
			link.Country = country
		}
		return true
	}
	return false
}

// Outlet returns the newsroom of a row, or one named by tokens first to last; it is never
// "he" afterwards.
func (t *Tracker) Outlet(s lexicon.Sense, first, last int) corvee.Attribution {
	link := corvee.Attribution{Name: t.P.Source(first, last), Speaker: corvee.SpeakerPublisher}
	if s.Item >= 0 {
		item := t.P.Item(s)
		link.Name = item.Attr("name")
		if item.Attr("speaker") == "agency" {
			link.Speaker = corvee.SpeakerAgency
		}
		if SameName(item.ID, t.Publisher) {
			link.Name = t.Publisher
		}
	}
	if strings.HasSuffix(fold(t.Publisher), fold(link.Name)) {
		link.Name, link.Speaker = t.Publisher, corvee.SpeakerPublisher
	}
	person := t.Last
	link = t.Know(Speaker{Link: link}, false)
	t.lastBody, t.Last = t.Last, person // a newsroom is never "he"
	return link
}

// institution names a body: a row of the lexicon by its name, or words with a capital that
// end in a word for a body.
func (t *Tracker) institution(ph *phrase, class lexicon.Class, s lexicon.Sense) corvee.Attribution {
	link := corvee.Attribution{Speaker: corvee.SpeakerInstitution, Country: t.nation(*ph)}
	if class == lexicon.OrgEnd {
		first := ph.last - 1
		for first > t.First && t.P.Tokens[first-1].Capital && !t.P.Is(first-1, lexicon.Determiner) {
			first--
		}
		ph.first = first
	}
	link.Name = t.P.Item(s).Attr("name")
	if link.Name == "" {
		link.Name = t.described(ph)
	}
	link = t.Know(Speaker{Link: link}, false)
	t.lastBody = t.Last
	return link
}

// described returns a phrase in the text's own words, without its article.
func (t *Tracker) described(ph *phrase) string {
	first := ph.first
	if t.P.Is(first, lexicon.Determiner) && first < ph.last-1 {
		first++
	}
	return t.P.Source(first, ph.last)
}

// isName reports whether token i may be part of a person's name: it has a capital letter
// and the lexicon does not know it, or only as a month (Jan, April).
func (t *Tracker) isName(i int) bool {
	tok := t.P.Tokens[i]
	if tok.Kind != segment.Word || !tok.Capital {
		return false
	}
	if tok.Lexeme < 0 {
		return tok.Within < 0
	}
	return t.P.Is(i, lexicon.Month) && (i+1 >= t.End || t.P.Tokens[i+1].Kind == segment.Word && t.P.Tokens[i+1].Capital)
}
