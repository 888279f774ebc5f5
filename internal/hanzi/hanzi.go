// Package hanzi knows Han characters: the one form that variants fold to, and how they
// are read in Mandarin, Korean and Cantonese.
//
// What comes in: a character. What goes out: its simplified form, its readings, the most
// usual first. Its one idea: a character that has several readings keeps them all; which
// one a name uses is for the comparison to find (重庆 is chong qing).
package hanzi

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed hanzi.tsv
var table string

// first and last bound the block that the table covers (CJK Unified Ideographs); the few
// simplified forms beyond it are kept apart.
const first, last = 0x3400, 0x9FFF

type entry struct {
	simple    rune
	pinyin    []string
	hangul    []rune
	cantonese []string
}

type index struct {
	block  []entry
	beyond map[rune]*entry
}

var known = sync.OnceValue(load)

func load() *index {
	x := &index{block: make([]entry, last-first+1), beyond: map[rune]*entry{}}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != 3 || line[0] == '#' {
			continue
		}
		for _, c := range cells[2] {
			x.relate(cells[0][0], cells[1], c)
		}
	}
	return x
}

func (x *index) relate(relation byte, value string, c rune) {
	e := x.at(c)
	switch relation {
	case 's':
		e.simple = []rune(value)[0]
	case 'p':
		e.pinyin = append(e.pinyin, value)
	case 'k':
		e.hangul = append(e.hangul, []rune(value)[0])
	case 'c':
		e.cantonese = append(e.cantonese, value)
	}
}

func (x *index) at(c rune) *entry {
	if c >= first && c <= last {
		return &x.block[c-first]
	}
	if x.beyond[c] == nil {
		x.beyond[c] = &entry{}
	}
	return x.beyond[c]
}

// get returns the entry of the simplified form.
func get(c rune) *entry {
	x := known()
	if c >= first && c <= last {
		e := &x.block[c-first]
		if e.simple != 0 && e.simple >= first && e.simple <= last {
			return &x.block[e.simple-first]
		}
		return e
	}
	if e := x.beyond[c]; e != nil {
		return e
	}
	return &entry{}
}

// Simplify returns the form that a traditional or Japanese character folds to; every
// other rune is returned as it is.
func Simplify(c rune) rune {
	if c >= first && c <= last {
		if e := &known().block[c-first]; e.simple != 0 {
			return e.simple
		}
	}
	return c
}

// Pinyin returns the Mandarin readings without tones, ü as v, the usual one first; none
// for a rune that has none. The slice is shared: do not write to it.
func Pinyin(c rune) []string { return get(c).pinyin }

// Hangul returns the Sino-Korean readings, the usual one first, under the same rule.
func Hangul(c rune) []rune { return get(c).hangul }

// Cantonese returns the readings in Jyutping without tones, under the same rule.
func Cantonese(c rune) []string { return get(c).cantonese }

// Is reports whether the rune is a Han character.
func Is(c rune) bool {
	return c >= 0x4E00 && c <= 0x9FFF || c >= 0x3400 && c <= 0x4DBF || c >= 0x20000 && c <= 0x323AF || c == '〇'
}
