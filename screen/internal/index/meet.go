package index

import (
	"corvee/internal/names"
	"corvee/internal/strdist"
)

// met is a key that the query meets, how well, and by which of its units; count is how many
// names have the key.
type met struct {
	count, key uint32
	sim        float32
	unit       int32
}

// ask is one look at the ways in: a hash, and what a key under it would mean to the units
// from one to another. Looks are collected and made together, so that the processor waits
// for memory once and not for each.
type ask struct {
	hash, lo, hi uint32
	sim          float32
	unit, until  int16
	kind         askKind
}

type askKind uint8

const (
	plain   askKind = iota
	exactly         // as plain, and tells that the word is known
	near            // a letter or two less: the word must be looked at
	left            // what a word begins with; the right half follows
	right
)

// meet finds the keys that the query's parts meet.
func (x *Index) meet(q []names.Unit, s *scratch) {
	s.asks = s.asks[:0]
	for i := range q {
		u := &q[i]
		s.ask(hash(wayText, u.Key), 1, i, i, exactly)
		if !fuzzy(u) {
			continue
		}
		if u.Key != u.Text {
			s.ask(hash(wayText, u.Text), 0.95, i, i, exactly)
		}
		for _, spelt := range s.spelt.of(i) {
			if spelt != u.Text {
				s.ask(hash(wayText, spelt), 0.95, i, i, exactly)
			}
			s.ask(s.spelt.sound(spelt), 0.75, i, i, plain)
		}
		s.together(q, i)
	}
	s.known = s.known[:0]
	for range q {
		s.known = append(s.known, false)
	}
	for i := range s.asks {
		a := &s.asks[i]
		a.lo, a.hi = x.ways.span(a.hash)
	}
	x.plainly(s)
	for i := range q {
		u := &q[i]
		switch {
		case !fuzzy(u):
		case u.Script == names.Latin:
			x.misspelt(s, u.Text, i)
		case u.Script == names.Cyrillic && len(s.spelt.of(i)) > 0:
			s.known[i] = false // as it is spelt here others may not spell it
			spelt := s.spelt.of(i)
			x.misspelt(s, spelt[0], i)
			if last := spelt[len(spelt)-1]; last != spelt[0] { // without its ending
				x.misspelt(s, last, i)
			}
		case !s.known[i] && len(s.spelt.of(i)) > 0:
			x.misspelt(s, s.spelt.of(i)[0], i)
		}
	}
}

// plainly takes every key under the looks, but for halves and near words.
func (x *Index) plainly(s *scratch) {
	for i := range s.asks {
		a := &s.asks[i]
		for _, key := range x.ways.in(a.lo, a.hi, a.hash) {
			for unit := a.unit; unit <= a.until; unit++ {
				x.meets(s, key, a.sim, int(unit))
			}
			s.known[a.unit] = s.known[a.unit] || a.kind == exactly
		}
	}
}

func (x *Index) meets(s *scratch, key uint32, sim float32, unit int) {
	s.met = append(s.met, met{x.count(key), key, sim, int32(unit)})
}

func (s *scratch) ask(hash uint32, sim float32, unit, until int, kind askKind) {
	s.asks = append(s.asks, ask{hash: hash, sim: sim, unit: int16(unit), until: int16(until), kind: kind})
}

// together asks for a word of the list that is two to four words of the query, in their
// letters: a space was added, or another script writes the two in one.
func (s *scratch) together(q []names.Unit, from int) {
	p := poly(0)
	s.spelt.run = s.spelt.run[:0]
	for j := from; j < len(q) && j < from+4 && q[j].Script == q[from].Script && q[j].Role != names.Form; j++ {
		spelt := s.spelt.of(j)
		if len(spelt) == 0 {
			return
		}
		p = p.text(spelt[0])
		s.spelt.run = append(s.spelt.run, spelt[0]...)
		if j == from {
			continue
		}
		s.ask(p.under(wayText), 0.9, from, j, plain)
		s.spelt.key = names.AppendSkeleton(s.spelt.key[:0], s.spelt.run)
		s.ask(poly(0).bytes(s.spelt.key).under(waySound), 0.7, from, j, plain)
	}
}

// misspelt meets words that are a letter or two away: both sides with one letter less, or,
// if the word is not one of the list, with two; and then its halves.
func (x *Index) misspelt(s *scratch, text string, unit int) {
	s.asks = s.asks[:0]
	s.letters.of(text)
	known := s.known[unit]
	if len(text) >= shortest {
		s.letters.slips(text, !known, 1, func(hash uint32) { s.ask(hash, 0, unit, unit, near) })
	}
	if !known {
		s.halves()
	}
	for i := range s.asks {
		a := &s.asks[i]
		if a.kind == near {
			a.lo, a.hi = x.slips.span(a.hash)
		} else {
			a.lo, a.hi = x.ways.span(a.hash)
		}
	}
	s.near.clear()
	for i := range s.asks {
		switch a := &s.asks[i]; a.kind {
		case near:
			x.nearTo(s, x.slips.in(a.lo, a.hi, a.hash), text, unit)
		case left:
			b := &s.asks[i+1]
			x.halved(s, x.ways.in(a.lo, a.hi, a.hash), x.ways.in(b.lo, b.hi, b.hash), i, unit)
		}
	}
}

func (x *Index) nearTo(s *scratch, words []uint32, text string, unit int) {
	for _, w := range words {
		if !s.near.add(w) {
			continue
		}
		word := x.letters(w)
		if d := strdist.Distance(text, word, 2); d > 0 && d <= 2 {
			x.meets(s, x.keyIDs[w], 1-1.1*float32(d)/float32(max(len(text), len(word))), unit)
		}
	}
}

// letters returns the Latin letters of a word.
func (x *Index) letters(word uint32) string {
	w := &x.words[word]
	text := x.text[w.from:w.to]
	if names.Script(w.script) == names.Cyrillic {
		return names.Spelt(text, names.Cyrillic)[0]
	}
	return text
}

// halves asks for two words of the list that a word is, or one of some length that it begins
// or ends with: the space was lost. How long the halves are stands in unit and until.
func (s *scratch) halves() {
	for cut := 2; cut <= s.letters.n-2; cut++ {
		s.ask(s.letters.upTo[cut].under(wayText), 0.8, cut, s.letters.n-cut, left)
		s.ask(s.letters.from(cut).under(wayText), 0.8, cut, s.letters.n-cut, right)
	}
}

// halved meets the halves under a look and the next.
func (x *Index) halved(s *scratch, begin, end []uint32, at, unit int) {
	both := len(begin) > 0 && len(end) > 0
	if both || int(s.asks[at].unit) >= longHalf {
		for _, key := range begin {
			x.meets(s, key, 0.8, unit)
		}
	}
	if both || int(s.asks[at].until) >= longHalf {
		for _, key := range end {
			x.meets(s, key, 0.8, unit)
		}
	}
}

// longHalf is how many letters half a word must have to be met without the other half.
const longHalf = 5
