package names

import (
	"corvee/internal/names/internal/cut"
	"corvee/internal/strdist"
)

// person parses a name that is known to be a person's: no word in it is a place or a
// trade. Han and Hangul names part into surname and given name, since other scripts write
// the two in either order.
func (p *parser) person() {
	for _, t := range p.tokens {
		u := Unit{Text: servant(t.Text), Orig: t.Orig, Script: t.Script}
		switch c := p.lex.words[t.Text]; {
		case t.Script == Han || t.Script == Hangul:
			p.surname(u, len(p.tokens))
			continue
		case t.Script == Digits:
			u.Role = Number
		case c.is() && c.role == Title:
			u.Role, u.Key = Title, c.id
		case particle(t.Text):
			u.Role = Stop
		case len([]rune(t.Text)) == 1 && (t.Script == Latin || t.Script == Cyrillic):
			u.Role = Initial
		}
		p.emit(u)
	}
}

// servant returns Abd for the ways to write Abd al in one word, whose article another
// writer leaves out.
func servant(word string) string {
	switch word {
	case "abdul", "abdel", "abdal", "abdoul", "abdol", "abdu":
		return "abd"
	}
	if len(word) >= 4 && len(word) <= 6 && word != "abul" {
		letters := lookAt(word).letters
		for _, usual := range [2]string{"abdul", "abdel"} { // with a slip
			if apart(letters, lookAt(usual).letters) <= 1 && strdist.Distance(word, usual, 1) == 1 {
				return "abd"
			}
		}
	}
	return word
}

// particle reports the small words of personal names that writers drop or join at will.
func particle(word string) bool {
	switch word {
	case "al", "el", "bin", "ben", "ibn", "bint", "de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "les",
		"van", "von", "der", "den", "ter", "ten", "zu", "zur", "und", "y", "e", "and", "ul", "ur", "as", "ad", "an", "ash", "abd":
		return word != "abd" && word != "an"
	}
	return false
}

// surname parts a Han or Hangul name of two to five characters, if it stands alone and
// begins with a known surname.
func (p *parser) surname(u Unit, tokens int) {
	text, orig := []rune(u.Text), []rune(u.Orig)
	n := 0
	if tokens == 1 && len(text) >= 2 && len(text) <= 5 && len(orig) == len(text) {
		n = p.surnameLength(text)
	}
	if n == 0 {
		p.emit(u)
		return
	}
	p.emit(Unit{Text: string(text[:n]), Orig: string(orig[:n]), Script: u.Script})
	p.emit(Unit{Text: string(text[n:]), Orig: string(orig[n:]), Script: u.Script})
}

func (p *parser) surnameLength(text []rune) int {
	if len(text) >= 3 && p.lex.surnames[string(text[:2])] {
		return 2
	}
	if len(text) <= 4 && p.lex.surnames[string(text[:1])] {
		return 1
	}
	return 0
}

// likelyPerson reports whether a name of unknown kind is built like a Korean or Chinese
// person's: alone, three syllables of Hangul or two or three of Han after a surname, and
// no word of a company in it.
func likelyPerson(all []cut.Token, lex *lexicon) bool {
	if len(all) != 1 || all[0].Script != Han && all[0].Script != Hangul {
		return false
	}
	text := []rune(all[0].Text)
	if len(text) != 3 && (len(text) != 2 || all[0].Script != Han) || !lex.surnames[string(text[:1])] {
		return false
	}
	return !lex.words[all[0].Text].is() && !lex.words[string(text[1:])].is()
}

// sameSyllable reports whether two Latin spellings may be one Korean syllable.
func sameSyllable(a, b []rune) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
