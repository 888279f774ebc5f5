package attribution

import (
	"corvee"
	"corvee/read/internal/lexicon"
)

// readPerson reads a speaker with a title or a role. A name that stands by it is kept for
// offices and public roles; of anyone else the name is only remembered, within this
// report, so that "Ri said" finds the same code.
func (t *Tracker) readPerson(ph *phrase, i int, class lexicon.Class, s lexicon.Sense) {
	sp := speaker{link: corvee.Attribution{Role: t.p.Item(s).ID, Speaker: corvee.SpeakerAnonymous}, head: "person"}
	if class == lexicon.Worker || class == lexicon.Person || sp.link.Role == "defector" {
		sp.head = "worker"
	}
	sp.link.Country = t.nation(*ph)
	name := t.nameBeside(ph)
	body := t.bodyOf(ph)
	if s.Form&lexicon.Plural != 0 && s.Form&lexicon.Singular == 0 {
		name = nil // "researchers": nobody's name
	}
	sp.names = t.folded(name)
	switch {
	case class == lexicon.Official && name != nil:
		sp.link.Speaker, sp.link.Name = corvee.SpeakerNamedOfficial, t.p.Source(name[0], name[1])
	case class == lexicon.Public && name != nil:
		sp.link.Speaker, sp.link.Name = corvee.SpeakerNamedPublicPerson, t.p.Source(name[0], name[1])
	case class == lexicon.Official && body != "" && t.p.Item(s).Attr("voice") != "":
		sp.link.Speaker, sp.link.Name = corvee.SpeakerInstitution, body
	}
	if t.p.Says(ph.first, "the") && name == nil && sp.link.Speaker == corvee.SpeakerAnonymous {
		if link, ok := t.lastOf(sp.link.Role); ok {
			ph.chain = []corvee.Attribution{link}
			return
		}
	}
	ph.chain = []corvee.Attribution{t.know(sp, t.fresh(ph.first))}
}

func (t *Tracker) lastOf(role string) (corvee.Attribution, bool) {
	for i := len(t.speakers) - 1; i >= 0; i-- {
		if t.speakers[i].link.Role == role {
			t.last = i
			return t.speakers[i].link, true
		}
	}
	return corvee.Attribution{}, false
}

// nameBeside returns the tokens of a name that stands before a comma ("Lu Kang, a
// spokesman"), directly after the title, or after a comma behind it. It widens the phrase.
func (t *Tracker) nameBeside(ph *phrase) []int {
	if t.p.Mark(ph.first-1, ',') && ph.first-2 >= t.first && t.isName(ph.first-2) {
		first := ph.first - 1
		for first > t.first && (t.isName(first-1) || t.joins(first-1)) && ph.first-1-first < maxPerson {
			first--
		}
		if name := t.trimmed(first, ph.first-1); name != nil {
			ph.first = name[0]
			return name
		}
	}
	at := ph.last
	if t.p.Mark(at, ',') && at+1 < t.end && t.isName(at+1) {
		at++
	}
	last := at
	for last < t.end && (t.isName(last) || t.joins(last)) && last-at < maxPerson {
		last++
	}
	name := t.trimmed(at, last)
	if name != nil {
		ph.last = name[1]
	}
	return name
}

// maxPerson is the most tokens of a person's name: "José Ángel Portal Miranda", "Kim
// Tae-san".
const maxPerson = 6

// joins reports whether token i joins two parts of a name: the hyphen of Tae-san.
func (t *Tracker) joins(i int) bool {
	if !t.p.Mark(i, '-') || !t.p.Tokens[i].Glued {
		return false
	}
	return i > t.first && t.isName(i-1) || i > t.first && t.p.Tokens[i-1].Lexeme < 0
}

func (t *Tracker) trimmed(first, last int) []int {
	for last < t.end && last > first && t.p.Mark(last-1, '-') && t.p.Tokens[last].Kind == 0 {
		last++ // the part after the hyphen: san
	}
	if first >= last || !t.isName(first) {
		return nil
	}
	return []int{first, last}
}

func (t *Tracker) folded(name []int) []string {
	if name == nil {
		return nil
	}
	var out []string
	for i := name[0]; i < name[1]; i++ {
		if t.p.Tokens[i].Kind == 0 {
			out = append(out, t.p.Word(i))
		}
	}
	return out
}

// bodyOf returns the institution that an office belongs to: "a Foreign Ministry
// spokesperson", "a spokesman for the ministry".
func (t *Tracker) bodyOf(ph *phrase) string {
	for j := ph.first; j < ph.last; j++ {
		if s, _, ok := t.p.At(j, lexicon.Institution); ok {
			return t.named(s, j)
		}
	}
	if !t.p.Says(ph.last, "for") && !t.p.Says(ph.last, "of") && !t.p.Says(ph.last, "at") && !t.p.Says(ph.last, "from") {
		return ""
	}
	for j := ph.last + 1; j < min(ph.last+6, t.end); j++ {
		if s, next, ok := t.p.At(j, lexicon.Institution); ok {
			name := t.named(s, j)
			ph.last = next
			return name
		}
	}
	return ""
}

func (t *Tracker) named(s lexicon.Sense, i int) string {
	if n := t.p.Item(s).Attr("name"); n != "" {
		return n
	}
	return t.p.Source(i, t.p.After(i))
}

// person reads a bare name or a pronoun as a speaker that was met before. A name that was
// never introduced is somebody unknown: a role and a code.
func (t *Tracker) person(i int) (phrase, bool) {
	if s, next, ok := t.p.At(i, lexicon.Pronoun); ok && t.p.Item(s).Attr("speaks") != "" {
		if t.p.Item(s).Attr("speaks") == "body" {
			if t.lastBody < 0 {
				return phrase{}, false
			}
			return phrase{i, next, t.owned(t.speakers[t.lastBody].link)}, true
		}
		if t.last < 0 {
			return phrase{}, false
		}
		return phrase{i, next, t.owned(t.speakers[t.last].link)}, true
	}
	if !t.isName(i) {
		return phrase{}, false
	}
	first := i
	for first > t.first && (t.isName(first-1) || t.joins(first-1)) && i-first < maxPerson {
		first--
	}
	last := i + 1
	for last < t.end && (t.isName(last) || t.joins(last)) && last-first < maxPerson {
		last++
	}
	name := t.trimmed(first, last)
	if name == nil {
		return phrase{}, false
	}
	words := t.folded(name)
	for n := len(t.speakers) - 1; n >= 0; n-- {
		if len(t.speakers[n].names) > 0 && sharesName(t.speakers[n].names, words) {
			t.last = n
			return phrase{name[0], name[1], t.owned(t.speakers[n].link)}, true
		}
	}
	link := t.know(speaker{link: corvee.Attribution{Role: "person", Speaker: corvee.SpeakerAnonymous}, names: words, head: "person"}, true)
	return phrase{name[0], name[1], []corvee.Attribution{link}}, true
}
