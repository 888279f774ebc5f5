package names

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"corvee/internal/strdist"
)

// What a name's parts say together is mended when all of them are known.

// settle gives every unit its weight. Of two places in a name without a trade name the
// last is the trade name: 延吉|金华|服装 is Jinhua Garment of Yanji.
func (n *Name) settle(lex *lexicon) {
	n.numbers()
	if n.Kind != Person {
		n.misspeltForms(lex)
	}
	n.onlyHonoured()
	if last := n.secondPlace(); last >= 0 {
		n.Units[last].Role, n.Units[last].Key = Trade, n.Units[last].Text
	}
	for i := range n.Units {
		n.Units[i].Bits = unitBits(lex, n.Units[i])
	}
}

// onlyHonoured makes whom a plant is named after its trade name where it has no other: Завод
// им. Дегтярева is the Degtyaryov Plant.
func (n *Name) onlyHonoured() {
	if n.Kind == Person || slices.ContainsFunc(n.Units, func(u Unit) bool { return identity(&u) || u.Role == Place }) {
		return
	}
	for i := range n.Units {
		if u := &n.Units[i]; u.Role == Title && u.Key == u.Text && utf8.RuneCountInString(u.Text) > 3 {
			u.Role = Trade
		}
	}
}

func (n *Name) secondPlace() int {
	first, last := -1, -1
	for i := range n.Units {
		switch u := &n.Units[i]; {
		case identity(u):
			return -1
		case u.Role == Place && first < 0:
			first = i
		case u.Role == Place:
			last = i
		}
	}
	return last
}

// numbers makes one number of tens and what follows them: Forty 4 is 44.
func (n *Name) numbers() {
	for i := 0; i+1 < len(n.Units); i++ {
		tens, ones := numberOf(&n.Units[i]), numberOf(&n.Units[i+1])
		if tens < 20 || tens > 90 || tens%10 != 0 || ones < 1 || ones > 9 || n.Units[i].Script == Digits {
			continue
		}
		u := &n.Units[i]
		u.Text = strconv.Itoa(tens + ones)
		u.Key, u.Orig, u.Script = "number:"+u.Text, u.Orig+" "+n.Units[i+1].Orig, Digits
		n.Units = slices.Delete(n.Units, i+1, i+2)
	}
}

// numberOf returns the number that a unit is; -1 for none.
func numberOf(u *Unit) int {
	if u.Role != Number {
		return -1
	}
	digits, _ := strings.CutPrefix(u.Key, "number:")
	if v, err := strconv.Atoi(digits); err == nil {
		return v
	}
	return -1
}

// longForm is the fewest letters of a legal form that is known with one of them wrong; with
// twice as many two may be.
const longForm = 7

// misspeltForms finds the legal form in a word that is one but for a letter, if something
// else is the name: Siemens Aktiengeselschaft.
func (n *Name) misspeltForms(lex *lexicon) {
	identities := 0
	for i := range n.Units {
		identities += count(n.Units[i].Role == Trade || n.Units[i].Role == Word)
	}
	for i := range n.Units {
		u := &n.Units[i]
		if identities < 2 || u.Role != Trade || u.Script != Latin || len(u.Text) < longForm-1 {
			continue
		}
		if form := lex.formLike(u.Text); form != "" {
			u.Role, u.Key = Form, lex.words[form].id
			identities--
		}
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (x *lexicon) formLike(word string) string {
	letters := lookAt(word).letters
	for _, form := range x.forms {
		most := 1 + count(len(form) >= 2*longForm)
		if d := len(form) - len(word); d > most || -d > most || apart(letters, lookAt(form).letters) > most {
			continue
		}
		if strdist.Distance(word, form, most) <= most {
			return form
		}
	}
	return ""
}
