package index

import (
	"cmp"
	"slices"

	"corvee/internal/names"
	"corvee/internal/strdist"
)

// longList is how many names a key may have before it is common: its names are then
// reached by other keys only.
const longList = 1500

// enough is how many names are weighed for one query at most.
const enough = 6000

// Candidate is a name with how much of both names is known to meet, 0 to 1: a first
// estimate that orders candidates, not a score.
type Candidate struct {
	Name     uint32
	Estimate float32
}

// met is a key that the query meets, how well, and by which of its units.
type met struct {
	key  uint32
	sim  float32
	unit int
}

// scratch is the memory of one query, used again by the next.
type scratch struct {
	met    []met
	seen   map[uint32]bool
	found  []Candidate
	runHit map[uint32]bool
}

func newScratch() *scratch {
	return &scratch{seen: make(map[uint32]bool, 1024), runHit: map[uint32]bool{}}
}

// Candidates returns up to limit names, the likeliest first; names of one estimate are in
// order of their numbers.
func (x *Index) Candidates(q []names.Unit, limit int) []Candidate {
	s, _ := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	s.met, s.found = s.met[:0], s.found[:0]
	clear(s.seen)
	clear(s.runHit)
	x.meet(q, s)
	x.collect(q, s)
	x.estimate(q, s)
	slices.SortFunc(s.found, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Estimate, a.Estimate), cmp.Compare(a.Name, b.Name))
	})
	return slices.Clone(s.found[:min(limit, len(s.found))])
}

// meet finds the keys that the query's parts meet.
func (x *Index) meet(q []names.Unit, s *scratch) {
	for i, u := range q {
		before := len(s.met)
		x.add(s, wayText, u.Key, 1, i)
		if !fuzzy(u) {
			continue
		}
		if u.Key != u.Text {
			x.add(s, wayText, u.Text, 0.95, i)
		}
		exact := len(s.met) > before
		for _, spelt := range names.Spelt(u.Text, u.Script) {
			if spelt != u.Text {
				x.add(s, wayText, spelt, 0.95, i)
			}
			x.add(s, waySound, names.Skeleton(spelt), 0.75, i)
		}
		if u.Script == names.Latin {
			x.typos(s, u.Text, i)
			if !exact {
				x.halves(s, u.Text, i)
			}
			x.together(s, q, i)
		}
	}
}

func (x *Index) add(s *scratch, way uint32, text string, sim float32, unit int) {
	for _, key := range x.ways.of(hash(way, text)) {
		s.met = append(s.met, met{key, sim, unit})
	}
}

// typos meets words that are a letter or two away: both sides with one letter less.
func (x *Index) typos(s *scratch, text string, unit int) {
	if len(text) < shortest {
		return
	}
	x.near(s, hash(wayDelete, text), text, unit)
	for i := range len(text) {
		if i == 0 || text[i] != text[i-1] {
			x.near(s, hashWithout(wayDelete, text, i), text, unit)
		}
	}
}

func (x *Index) near(s *scratch, h uint32, text string, unit int) {
	for _, key := range x.ways.of(h) {
		if slices.ContainsFunc(s.met, func(m met) bool { return m.key == key && m.unit == unit }) {
			continue
		}
		word := x.textOf(key)
		if d := strdist.Distance(text, word, 2); d > 0 && d <= 2 {
			s.met = append(s.met, met{key, 1 - 1.1*float32(d)/float32(max(len(text), len(word))), unit})
		}
	}
}

// textOf returns the text of a key's first word.
func (x *Index) textOf(key uint32) string {
	w := &x.words[x.wordOf[key]]
	return x.text[w.from:w.to]
}

// halves meets a word that is two words of the list: the space was lost.
func (x *Index) halves(s *scratch, text string, unit int) {
	for cut := 2; cut <= len(text)-2; cut++ {
		left, right := x.ways.of(hash(wayText, text[:cut])), x.ways.of(hash(wayText, text[cut:]))
		if len(left) == 0 || len(right) == 0 {
			continue
		}
		for _, key := range left {
			s.met = append(s.met, met{key, 0.9, unit})
		}
		for _, key := range right {
			s.met = append(s.met, met{key, 0.9, unit})
		}
	}
}

// together meets a word of the list that is two to four words of the query: a space was
// added.
func (x *Index) together(s *scratch, q []names.Unit, from int) {
	text := q[from].Text
	for j := from + 1; j < len(q) && j < from+4 && q[j].Script == names.Latin && q[j].Role != names.Form; j++ {
		text += q[j].Text
		for k := from; k <= j; k++ {
			x.add(s, wayText, text, 0.9, k)
			x.add(s, waySound, names.Skeleton(text), 0.7, k)
		}
	}
}

// collect gathers the names of the rarer keys, of pairs of common ones, and of the sound
// of the whole.
func (x *Index) collect(q []names.Unit, s *scratch) {
	for _, sound := range runSounds(q) {
		for _, name := range x.runs.of(hash(waySound, sound)) {
			s.runHit[name] = true
			s.take(name)
		}
	}
	slices.SortStableFunc(s.met, func(a, b met) int {
		return cmp.Or(cmp.Compare(len(x.namesOf(a.key)), len(x.namesOf(b.key))), cmp.Compare(a.key, b.key), cmp.Compare(b.sim, a.sim))
	})
	for i, m := range s.met {
		list := x.namesOf(m.key)
		if i > 0 && s.met[i-1].key == m.key || !pairable(q[m.unit].Role) {
			continue
		}
		if len(list) > longList {
			x.collectPairs(s, i)
			continue
		}
		for _, name := range list {
			s.take(name)
		}
	}
}

// collectPairs gathers the names of a common key with each rarer or equal one.
func (x *Index) collectPairs(s *scratch, i int) {
	for j := range i {
		if s.met[j].unit == s.met[i].unit || j > 0 && s.met[j-1].key == s.met[j].key {
			continue
		}
		for _, name := range x.pairs.of(hashPair(s.met[i].key, s.met[j].key)) {
			s.take(name)
		}
	}
}

func (s *scratch) take(name uint32) {
	if len(s.seen) < enough && !s.seen[name] {
		s.seen[name] = true
		s.found = append(s.found, Candidate{Name: name})
	}
}

// estimate weighs each candidate by its own words: the bits of those that the query meets
// in all bits of both.
func (x *Index) estimate(q []names.Unit, s *scratch) {
	var total float32
	for _, u := range q {
		total += u.Bits
	}
	slices.SortStableFunc(s.met, func(a, b met) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.sim, a.sim)) })
	for i := range s.found {
		c := &s.found[i]
		var agreed, own float32
		for _, w := range x.parts[x.partAt[c.Name]:x.partAt[c.Name+1]] {
			bits := x.words[w].bits
			own += bits
			if at, ok := slices.BinarySearchFunc(s.met, x.keyIDs[w], func(m met, key uint32) int { return cmp.Compare(m.key, key) }); ok {
				agreed += bits * s.met[at].sim
			}
		}
		c.Estimate = agreed / max(total+own-agreed, 1)
		if s.runHit[c.Name] {
			c.Estimate = max(c.Estimate, 0.9)
		}
	}
}
