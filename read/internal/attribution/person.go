package attribution

import (
	"corvee"
	"corvee/read/internal/lexicon"
)

// readPerson reads a speaker with a title or a role. A name that stands by it is kept for
// offices and public roles; of anyone else the name is only remembered, within this
// report, so that "Ri said" finds the same code.
func (t *Tracker) readPerson(ph *phrase, i int, class lexicon.Class, s lexicon.Sense) {
	sp := Speaker{Link: corvee.Attribution{Role: t.P.Item(s).ID, Speaker: corvee.SpeakerAnonymous}, Head: "person"}
	if class == lexicon.Worker || class == lexicon.Person || sp.Link.Role == "defector" {
		sp.Head = "worker"
	}
	sp.Link.Country = t.nation(*ph)
	name := t.nameBeside(ph)
	body := t.bodyOf(ph)
	if s.Form&lexicon.Plural != 0 && s.Form&lexicon.Singular == 0 {
		name = nil // "researchers": nobody's name
	}
	sp.Names = t.Folded(name)
	switch {
	case class == lexicon.Official && name != nil:
		sp.Link.Speaker, sp.Link.Name = corvee.SpeakerNamedOfficial, t.P.Source(name[0], name[1])
	case class == lexicon.Public && name != nil:
		sp.Link.Speaker, sp.Link.Name = corvee.SpeakerNamedPublicPerson, t.P.Source(name[0], name[1])
	case class == lexicon.Official && body != "" && t.P.Item(s).Attr("voice") != "":
		sp.Link.Speaker, sp.Link.Name = corvee.SpeakerInstitution, body
	}
	if t.P.Says(ph.first, "the") && name == nil && sp.Link.Speaker == corvee.SpeakerAnonymous {
		if link, ok := t.LastOf(sp.Link.Role); ok {
			ph.chain = []corvee.Attribution{link}
			return
		}
	}
	ph.chain = []corvee.Attribution{t.Know(sp, t.fresh(ph.first))}
}

// LastOf returns the last speaker of that role, who speaks again.
func (t *Tracker) LastOf(role string) (corvee.Attribution, bool) {
	for i := len(t.Met) - 1; i >= 0; i-- {
		if t.Met[i].Link.Role == role {
			t.Last = i
			return t.Met[i].Link, true
		}
	}
	return corvee.Attribution{}, false
}

// nameBeside returns the tokens of a name that stands before a comma ("Lu Kang, a
// spokesman"), directly after the title, or after a comma behind it. It widens the phrase.
func (t *Tracker) nameBeside(ph *phrase) []int {
	if t.P.Mark(ph.first-1, ',') && ph.first-2 >= t.First && t.isName(ph.first-2) {
		first := ph.first - 1
		for first > t.First && (t.isName(first-1) || t.joins(first-1)) && ph.first-1-first < MaxPerson {
			first--
		}
		if name := t.trimmed(first, ph.first-1); name != nil {
			ph.first = name[0]
			return name
		}
	}
	at := ph.last
	if t.P.Mark(at, ',') && at+1 < t.End && t.isName(at+1) {
		at++
	}
	last := at
	for last < t.End && (t.isName(last) || t.joins(last)) && last-at < MaxPerson {
		last++
	}
	name := t.trimmed(at, last)
	if name != nil {
		ph.last = name[1]
	}
	return name
}

// MaxPerson is the most tokens of a person's name: "José Ángel Portal Miranda", "Kim
// Tae-san".
const MaxPerson = 6

// joins reports whether token i joins two parts of a name: the hyphen of Tae-san.
func (t *Tracker) joins(i int) bool {
	if !t.P.Mark(i, '-') || !t.P.Tokens[i].Glued {
		return false
	}
	return i > t.First && t.isName(i-1) || i > t.First && t.P.Tokens[i-1].Lexeme < 0
}

func (t *Tracker) trimmed(first, last int) []int {
	for last < t.End && last > first && t.P.Mark(last-1, '-') && t.P.Tokens[last].Kind == 0 {
		last++ // the part after the hyphen: san
	}
	if first >= last || !t.isName(first) {
		return nil
	}
	return []int{first, last}
}

// Folded returns the words of a name, tokens name[0] to name[1], to know it again by.
func (t *Tracker) Folded(name []int) []string {
	if name == nil {
		return nil
	}
	var out []string
	for i := name[0]; i < name[1]; i++ {
		if t.P.Tokens[i].Kind == 0 {
			out = append(out, t.P.Word(i))
		}
	}
	return out
}

// bodyOf returns the institution that an office belongs to: "a Foreign Ministry
// spokesperson", "a spokesman for the ministry".
func (t *Tracker) bodyOf(ph *phrase) string {
	for j := ph.first; j < ph.last; j++ {
		if s, _, ok := t.P.At(j, lexicon.Institution); ok {
			return t.Named(s, j)
		}
	}
	if !t.P.Says(ph.last, "for") && !t.P.Says(ph.last, "of") && !t.P.Says(ph.last, "at") && !t.P.Says(ph.last, "from") {
		return ""
	}
	for j := ph.last + 1; j < min(ph.last+6, t.End); j++ {
		if s, next, ok := t.P.At(j, lexicon.Institution); ok {
			name := t.Named(s, j)
			ph.last = next
			return name
		}
	}
	return ""
}

// Named returns the name of the body that sense s of token i means.
func (t *Tracker) Named(s lexicon.Sense, i int) string {
	if n := t.P.Item(s).Attr("name"); n != "" {
		return n
	}
	return t.P.Source(i, t.P.After(i))
}

// person reads a bare name or a pronoun as a speaker that was met before. A name that was
// never introduced is somebody unknown: a role and a code.
func (t *Tracker) person(i int) (phrase, bool) {
	if s, next, ok := t.P.At(i, lexicon.Pronoun); ok && t.P.Item(s).Attr("speaks") != "" {
		if t.P.Item(s).Attr("speaks") == "body" {
			if t.lastBody < 0 {
				return phrase{}, false
			}
			return phrase{i, next, t.Owned(t.Met[t.lastBody].Link)}, true
		}
		if t.Last < 0 {
			return phrase{}, false
		}
		return phrase{i, next, t.Owned(t.Met[t.Last].Link)}, true
	}
	if !t.isName(i) {
		return phrase{}, false
	}
	first := i
	for first > t.First && (t.isName(first-1) || t.joins(first-1)) && i-first < MaxPerson {
		first--
	}
	last := i + 1
	for last < t.End && (t.isName(last) || t.joins(last)) && last-first < MaxPerson {
		last++
	}
	name := t.trimmed(first, last)
	if name == nil {
		return phrase{}, false
	}
	words := t.Folded(name)
	for n := len(t.Met) - 1; n >= 0; n-- {
		if len(t.Met[n].Names) > 0 && SharesName(t.Met[n].Names, words) {
			t.Last = n
			return phrase{name[0], name[1], t.Owned(t.Met[n].Link)}, true
		}
	}
	link := t.Know(Speaker{Link: corvee.Attribution{Role: "person", Speaker: corvee.SpeakerAnonymous}, Names: words, Head: "person"}, true)
	return phrase{name[0], name[1], []corvee.Attribution{link}}, true
}
