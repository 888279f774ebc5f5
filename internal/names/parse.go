package names

import (
	"strings"
	"unicode/utf8"

	"corvee/internal/hanzi"
	"corvee/internal/names/internal/cut"
	"corvee/internal/reading"
)

// Kind is what a name is of, as far as it is known.
type Kind uint8

// The kinds of party whose names are built differently.
const (
	Unknown Kind = iota
	Person
	Company
	Thing // a vessel or an aircraft
)

// Unit is one part of a name.
type Unit struct {
	Text   string // folded; the comparison of spellings works on it
	Orig   string // as written
	Key    string // what it is equal by: a concept ("industry:food"), else Text
	Role   Role
	Script Script
	Bits   float32 // how much a match of it tells
	Aside  bool    // in brackets: another name, a short form, a remark
}

// Name is a name in its parts.
type Name struct {
	Raw   string
	Kind  Kind
	Units []Unit
	Flags Flags
}

// Parse returns the parts of a name. It never fails: a name of nothing but marks has no
// units. Cost is linear in the name's length up to MaxRunes.
func Parse(raw string, kind Kind) Name {
	all, flags := cut.Tokens(raw)
	p := parser{lex: known(), tokens: all, units: make([]Unit, 0, len(all)+3)}
	if kind == Unknown && likelyPerson(all, p.lex) {
		kind = Person
	}
	if kind == Person {
		p.person()
	}
	for kind != Person && p.at < len(p.tokens) {
		p.next()
	}
	n := Name{Raw: raw, Kind: kind, Units: p.units, Flags: flags}
	n.settle(p.lex)
	return n
}

type parser struct {
	lex    *lexicon
	tokens []cut.Token
	at     int
	units  []Unit

	honoured bool // after "named after"
}

func (p *parser) next() {
	t := &p.tokens[p.at]
	switch {
	case t.Script == Digits:
		p.emit(number(t))
		p.at++
		p.ordinal()
	case t.Script == Han || t.Script == Hangul:
		p.segment(*t)
		p.at++
	default:
		e := p.lex.words[lookup(t)]
		if !p.phrase(e) && !p.acronym() {
			p.word(t, e)
			p.at++
		}
	}
}

func (p *parser) emit(u Unit) {
	if u.Text == "" {
		return // nothing was left of it when it was folded
	}
	if u.Key == "" {
		u.Key = u.Text
	}
	if u.Key == "stop:named_after" {
		p.honoured = true
	} else if p.honoured && (u.Role == Trade || u.Role == Initial) {
		u.Role = Title // whom a plant is named after is often left out
	}
	u.Aside = p.at < len(p.tokens) && p.tokens[p.at].Aside
	p.units = append(p.units, u)
}

// phrase takes the longest phrase of the lexicon that begins here.
func (p *parser) phrase(first entry) bool {
	for n := min(int(first.phrase), len(p.tokens)-p.at); n > 1; n-- {
		run := p.tokens[p.at : p.at+n]
		if c := p.lex.words[lookups(run)]; c.is() {
			p.emit(Unit{Text: joined(run, " "), Orig: origs(run), Key: c.id, Role: c.role, Script: run[0].Script})
			p.at += n
			return true
		}
	}
	return false
}

// acronym takes letters with dots (S.A., J.K.) as one token, for the lexicon or as
// initials.
func (p *parser) acronym() bool {
	if len(p.tokens[p.at].Text) > utf8.UTFMax {
		return false
	}
	n := 1
	for p.at+n < len(p.tokens) && p.tokens[p.at+n].Glued && len([]rune(p.tokens[p.at+n].Text)) == 1 && len([]rune(p.tokens[p.at].Text)) == 1 {
		n++
	}
	if n < 2 {
		return false
	}
	run := p.tokens[p.at : p.at+n]
	u := Unit{Text: joined(run, ""), Orig: origs(run), Role: Trade, Script: run[0].Script}
	if c := p.lex.words[u.Text]; c.is() {
		u.Key, u.Role = c.id, c.role
	}
	p.emit(u)
	p.at += n
	return true
}

func (p *parser) word(t *cut.Token, c entry) {
	u := Unit{Text: servant(t.Text), Orig: t.Orig, Script: t.Script}
	if c.is() {
		u.Key, u.Role = c.id, c.role
	} else if roman := romanNumber(t.Orig); roman != "" && len(p.units) > 0 {
		u.Role, u.Key = Number, "number:"+roman
	} else if utf8.RuneCountInString(t.Text) == 1 && (t.Script == Latin || t.Script == Cyrillic) {
		u.Role = Initial
	} else if t.Script == Latin && ordinary(t.Text) {
		u.Role = Word
	}
	p.emit(u)
}

func number(t *cut.Token) Unit {
	text := strings.TrimLeft(t.Text, "0")
	if text == "" {
		text = "0"
	}
	return Unit{Text: text, Orig: t.Orig, Key: "number:" + text, Role: Number, Script: Digits}
}

// ordinal passes over what stands after a number and adds nothing: 25th, 4월, 102호|공장.
func (p *parser) ordinal() {
	if p.at >= len(p.tokens) || !p.tokens[p.at].Glued {
		return
	}
	t := &p.tokens[p.at]
	if ordinal(t.Text) {
		p.at++
		return
	}
	text, orig := []rune(t.Text), []rune(t.Orig)
	if (t.Script == Han || t.Script == Hangul) && len(text) == len(orig) && ordinal(string(text[:1])) {
		t.Text, t.Orig = string(text[1:]), string(orig[1:])
	}
}

// ordinal reports what stands after a number and adds nothing: 25th, 4월.
func ordinal(word string) bool {
	switch word {
	case "st", "nd", "rd", "th", "월", "일", "호", "号", "月", "日", "년", "年":
		return true
	}
	return false
}

// romanNumber returns the value of a Roman numeral up to twenty, written in capitals; a
// single letter is an initial, not a number.
func romanNumber(word string) string {
	if strings.Trim(word, "IVX") != "" {
		return ""
	}
	for i, n := range [...]string{"II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"} {
		if word == n {
			return [...]string{"2", "3", "4", "6", "7", "8", "9", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"}[i]
		}
	}
	return ""
}

// ordinary reports an English word that means something, and so hardly names anybody by
// itself. Endings are taken off once.
func ordinary(word string) bool {
	if len(word) < 4 {
		return false
	}
	if hanzi.Ordinary(word) {
		return true
	}
	for _, end := range [...]string{"s", "es", "ing", "ed", "y", "er"} {
		if stem, ok := strings.CutSuffix(word, end); ok && len(stem) > 3 && (hanzi.Ordinary(stem) || hanzi.Ordinary(stem+"e")) {
			return true
		}
	}
	return false
}

// lookup is how a token is spelled in the lexicon.
func lookup(t *cut.Token) string {
	if t.Script == Cyrillic {
		return reading.StemCyrillic(t.Text)
	}
	return t.Text
}

func lookups(run []cut.Token) string {
	parts := make([]string, len(run))
	for i := range run {
		parts[i] = lookup(&run[i])
	}
	return strings.Join(parts, " ")
}

func joined(run []cut.Token, by string) string {
	parts := make([]string, len(run))
	for i, t := range run {
		parts[i] = t.Text
	}
	return strings.Join(parts, by)
}

func origs(run []cut.Token) string {
	parts := make([]string, len(run))
	for i, t := range run {
		parts[i] = t.Orig
	}
	return strings.Join(parts, " ")
}

// Empty reports whether nothing in the name tells one party from another: no units, or
// nothing but legal forms, stop words and short numbers.
func (n Name) Empty() bool {
	for _, u := range n.Units {
		if u.Role != Form && u.Role != Stop && u.Role != Number && u.Role != Title || u.Role == Number && len(u.Text) > 3 {
			return false
		}
	}
	return true
}
