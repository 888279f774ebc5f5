// Package hangul takes Korean syllables apart and writes them in Latin letters as the
// systems in use do.
//
// What comes in: a syllable or a word. What goes out: its letters, or its spellings. Its
// one idea: one Korean name has many Latin spellings (Revised Romanisation, McCune-
// Reischauer, the DPRK's own, and what people put on their cards), so a comparison asks
// whether a spelling is among those that are possible, not for the one that is right.
package hangul

import (
	"slices"
	"strings"
	"sync"
)

const (
	first, last = 0xAC00, 0xD7A3
	vowels      = 21
	finals      = 28
)

// Is reports whether the rune is a Hangul syllable.
func Is(c rune) bool { return c >= first && c <= last }

// Letters returns the indices of initial (0–18), vowel (0–20) and final (0–27, 0 = none)
// in Unicode's order. The rune must be a syllable.
func Letters(c rune) (initial, vowel, final int) {
	n := int(c - first)
	return n / (vowels * finals), n / finals % vowels, n % finals
}

// Syllable is the inverse of Letters.
func Syllable(initial, vowel, final int) rune {
	return rune(first + (initial*vowels+vowel)*finals + final)
}

// Spelling is one way to write a part of a word, with what it costs to believe it: 0 for
// the systems, more for what is merely seen.
type Spelling struct {
	Text string
	Cost float32
}

// loose is the cost of a spelling that no system has but people use.
const loose = 0.12

// letters holds the spellings of each letter in Unicode's order, the Revised
// Romanisation's first.
type letters struct {
	initial, vowel, final [][]Spelling
	start, after          [][]Spelling // initials at a word's start, and after a final
}

var spellings = sync.OnceValue(func() letters {
	table := letters{
		initial: parse("g,k kk,gg,~k n d,t tt,dd,~t r,l,n,~y m b,p pp,bb,~p s,sh ss,s - j,ch,~z jj,tch,~ch ch,j k,kh t,th p,ph,~f h"),
		vowel: parse("a,~ar,~ah ae,e,~ai ya yae,ye eo,o,~u,~eu e,ey,~ae yeo,yo,~you,~yu,~yuh ye,yey o,~oh wa wae oe,oi,~we " +
			"yo u,oo,~woo wo,weo we wi,~ui yu,yoo,~you eu,u,~oo ui,eui,~i,~e i,ee,~ie,~y,~yi"),
		final: parse("- k,g k,kk k,ks n n,nj n t,d l,r k,lk,lg m,lm l,lb,p l,ls l p,lp l m p,b p,ps t,s,~th t,ss ng t,j t,ch k t p,~b,~f t,h"),
	}
	silent := Spelling{"", loose} // 리 = I, 녀 = yeo in the South; ㅎ after a consonant
	table.start, table.after = slices.Clone(table.initial), slices.Clone(table.initial)
	for _, i := range []int{initialR, initialN} {
		table.start[i] = append(slices.Clone(table.initial[i]), silent)
	}
	table.after[initialH] = append(slices.Clone(table.initial[initialH]), silent)
	return table
})

// parse reads letters parted by spaces, their spellings by commas; "~" marks one that no
// system has, "-" stands for nothing.
func parse(table string) [][]Spelling {
	var out [][]Spelling
	for _, letter := range strings.Fields(table) {
		var all []Spelling
		for _, text := range strings.Split(letter, ",") {
			s := Spelling{Text: strings.Trim(text, "~-")}
			if strings.HasPrefix(text, "~") {
				s.Cost = loose
			}
			all = append(all, s)
		}
		out = append(out, all)
	}
	return out
}

// Letters that meet across a syllable's end, by their indices in Unicode's order.
const (
	initialN, initialR, initialM, initialNone, initialH     = 2, 5, 6, 11, 18
	finalK, finalN, finalL, finalM, finalP, finalS, finalNg = 1, 4, 8, 16, 17, 19, 21
)

// Parts returns the letters of a word, each with its possible spellings, in reading
// order; letters that change each other at a syllable's end have both spellings. Runes
// that are no syllables stand for themselves.
func Parts(word []rune) [][]Spelling {
	table := spellings()
	out := make([][]Spelling, 0, 3*len(word))
	before := 0 // final of the syllable before; -1 at a rune that is none
	for i, c := range word {
		if !Is(c) {
			out, before = append(out, []Spelling{{Text: string(c)}}), -1
			continue
		}
		initial, vowel, final := Letters(c)
		next := -1
		if i+1 < len(word) && Is(word[i+1]) {
			next, _, _ = Letters(word[i+1])
		}
		out = append(out, initialParts(table, initial, before, i == 0), table.vowel[vowel])
		if final != 0 {
			out = append(out, finalParts(table, final, next))
		}
		before = final
	}
	return out
}

func initialParts(table letters, initial, before int, start bool) []Spelling {
	switch {
	case start:
		return table.start[initial]
	case initial == initialN && before == finalL:
		return append(slices.Clone(table.initial[initial]), Spelling{"l", 0})
	case before > 0:
		return table.after[initial]
	}
	return table.initial[initial]
}

func finalParts(table letters, final, next int) []Spelling {
	all := table.final[final]
	nasal := next == initialN || next == initialM || next == initialR
	switch {
	case nasal && final == finalK:
		return append(all[:len(all):len(all)], Spelling{"ng", 0})
	case nasal && final == finalP:
		return append(all[:len(all):len(all)], Spelling{"m", 0})
	case nasal && final == finalS:
		return append(all[:len(all):len(all)], Spelling{"n", 0})
	case next == initialR && final == finalN:
		return append(all[:len(all):len(all)], Spelling{"l", 0})
	}
	return all
}

// Revised writes a word as the Revised Romanisation does, letter by letter, without the
// changes at a syllable's end.
func Revised(word []rune) string {
	var b strings.Builder
	for _, part := range Parts(word) {
		b.WriteString(part[0].Text)
	}
	return b.String()
}

// SameSound reports whether two syllables are one, apart from the initial ㄹ and ㄴ that
// the South drops and the DPRK keeps: 로 and 노, 리 and 이, 녀 and 여.
func SameSound(a, b rune) bool {
	if a == b {
		return true
	}
	if !Is(a) || !Is(b) {
		return false
	}
	i, v, f := Letters(a)
	j, w, g := Letters(b)
	weak := func(n int) bool { return n == initialR || n == initialN || n == initialNone }
	return v == w && f == g && weak(i) && weak(j)
}
