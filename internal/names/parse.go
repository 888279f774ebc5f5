package names

import (
	"strings"
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
	all, flags := tokens(raw)
	p := parser{lex: known(), tokens: all}
	for p.at < len(p.tokens) {
		p.next()
	}
	n := Name{Raw: raw, Kind: kind, Units: p.units, Flags: flags}
	n.settle()
	return n
}

type parser struct {
	lex    *lexicon
	tokens []token
	at     int
	units  []Unit
}

func (p *parser) next() {
	t := p.tokens[p.at]
	switch {
	case t.script == Digits:
		p.emit(Unit{Text: strings.TrimLeft(t.text, "0"), Orig: t.orig, Role: Number, Script: Digits})
		p.at++
	case t.script == Han || t.script == Hangul:
		p.segment(t)
		p.at++
	case p.phrase() || p.acronym():
	default:
		p.word(t)
		p.at++
	}
}

func (p *parser) emit(u Unit) {
	if u.Key == "" {
		u.Key = u.Text
	}
	p.units = append(p.units, u)
}

// phrase takes the longest phrase of the lexicon that begins here.
func (p *parser) phrase() bool {
	most := min(p.lex.phrases[p.tokens[p.at].text], len(p.tokens)-p.at)
	for n := most; n > 1; n-- {
		run := p.tokens[p.at : p.at+n]
		text := joined(run, " ")
		if c, ok := p.lex.words[text]; ok {
			p.emit(Unit{Text: text, Orig: origs(run), Key: c.id, Role: c.role, Script: run[0].script})
			p.at += n
			return true
		}
	}
	return false
}

// acronym takes letters with dots (S.A., J.K.) as one token, for the lexicon or as
// initials.
func (p *parser) acronym() bool {
	n := 1
	for p.at+n < len(p.tokens) && p.tokens[p.at+n].glued && len([]rune(p.tokens[p.at+n].text)) == 1 && len([]rune(p.tokens[p.at].text)) == 1 {
		n++
	}
	if n < 2 {
		return false
	}
	run := p.tokens[p.at : p.at+n]
	u := Unit{Text: joined(run, ""), Orig: origs(run), Role: Trade, Script: run[0].script}
	if c, ok := p.lex.words[u.Text]; ok {
		u.Key, u.Role = c.id, c.role
	}
	p.emit(u)
	p.at += n
	return true
}

func (p *parser) word(t token) {
	u := Unit{Text: t.text, Orig: t.orig, Script: t.script}
	if c, ok := p.lex.words[t.text]; ok {
		u.Key, u.Role = c.id, c.role
	} else if len([]rune(t.text)) == 1 && (t.script == Latin || t.script == Cyrillic) {
		u.Role = Initial
	}
	p.emit(u)
}

func joined(run []token, by string) string {
	parts := make([]string, len(run))
	for i, t := range run {
		parts[i] = t.text
	}
	return strings.Join(parts, by)
}

func origs(run []token) string {
	parts := make([]string, len(run))
	for i, t := range run {
		parts[i] = t.orig
	}
	return strings.Join(parts, " ")
}

// settle gives every unit its weight.
func (n *Name) settle() {
	lex := known()
	for i := range n.Units {
		n.Units[i].Bits = bits(lex, n.Units[i])
	}
}

// Empty reports whether nothing in the name tells one party from another: no units, or
// nothing but legal forms and stop words, or nothing but digits.
func (n Name) Empty() bool {
	for _, u := range n.Units {
		if u.Role != Form && u.Role != Stop && u.Role != Number && u.Role != Title {
			return false
		}
	}
	return true
}

// bits is how much a match of the unit tells. A token of the table of common tokens has
// its measured value; a rare one is worth more the longer it is.
func bits(lex *lexicon, u Unit) float32 {
	switch u.Role {
	case Form:
		return 0.3
	case Stop, Title:
		return 0.1
	case Generic:
		return 1.2
	case Initial:
		return 1
	case Number:
		return 3
	}
	most := map[Role]float32{Place: 3.5, Industry: 3, Word: 5.5}
	if limit, ok := most[u.Role]; ok {
		return limit
	}
	if quarter, ok := lex.bits[u.Text]; ok {
		return float32(quarter) / 4
	}
	n := float32(len([]rune(u.Text)))
	if u.Script == Han || u.Script == Hangul {
		return min(3+3*n, 14)
	}
	return min(5+0.9*n, 13)
}
