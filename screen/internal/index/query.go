package index

import (
	"cmp"
	"slices"

	"corvee/internal/names"
)

// longList is how many names a key may have before it is common: its names are then
// reached by other keys only.
const longList = 600

// enough is how many names are weighed for one query at most.
const enough = 1500

// Candidate is a name with how much of both names is known to meet, 0 to 1: a first
// estimate that orders candidates, not a score.
type Candidate struct {
	Name     uint32
	Estimate float32
}

// scratch is the memory of one query, used again by the next.
type scratch struct {
	spelt   spellings
	letters beginnings
	asks    []ask
	known   []bool // unit → its word is one of the list
	near    set    // keys that were compared with one word
	met     []met
	agreed  []float32 // key → the bits of it that were met
	hot     [hotBits / 64]uint64
	taken   set // names
	found   []Candidate
	whole   int // how many of found sound like the query as a whole: the first ones
}

func newScratch(keys int) *scratch { return &scratch{agreed: make([]float32, keys)} }

// hot tells most keys that were not met without a look at agreed, which is large.
const hotBits = 4096

func (s *scratch) agree(key uint32, bits float32) {
	s.agreed[key] = max(s.agreed[key], bits)
	s.hot[key%hotBits/64] |= 1 << (key % 64)
}

// clean takes back what one query wrote, which is far less than what there is.
func (s *scratch) clean() {
	for i := range s.met {
		s.agreed[s.met[i].key] = 0
	}
	s.hot = [hotBits / 64]uint64{}
	s.taken.clear()
	s.met, s.found = s.met[:0], s.found[:0]
}

// least is the estimate under which a candidate is not worth comparing: the lowest at
// which a true one was ever seen in the measurements is a third more.
const least = 0.06

// Candidates writes up to limit names into the slice that is passed and returns it, the
// likeliest first; names of one estimate are in order of their numbers.
func (x *Index) Candidates(q []names.Unit, limit int, into []Candidate) []Candidate {
	s, _ := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	s.spelt.spell(q)
	x.meet(q, s)
	x.collect(q, s)
	x.estimate(q, s)
	into = likeliest(s.found, limit, into[:0])
	s.clean()
	return into
}

// likeliest returns the best candidates in order. The list is long and few are wanted, so
// each is sifted into a short sorted list.
func likeliest(all []Candidate, limit int, out []Candidate) []Candidate {
	floor := float32(least)
	for _, c := range all {
		if c.Estimate < floor || len(out) == limit && !before(c, out[limit-1]) {
			continue
		}
		if len(out) < limit {
			out = append(out, c)
		}
		at := len(out) - 1
		for at > 0 && before(c, out[at-1]) {
			out[at] = out[at-1]
			at--
		}
		if out[at] = c; len(out) == limit {
			floor = out[limit-1].Estimate
		}
	}
	return out
}

func before(a, b Candidate) bool {
	return a.Estimate > b.Estimate || a.Estimate == b.Estimate && a.Name < b.Name
}

// collect gathers the names of the rarer keys, of pairs of common ones, and of the sound
// of the whole.
func (x *Index) collect(q []names.Unit, s *scratch) {
	for _, sound := range s.spelt.sounds(q) {
		for _, name := range x.runs.of(sound) {
			s.take(name)
		}
	}
	s.whole = len(s.found)
	slices.SortFunc(s.met, func(a, b met) int {
		if c := cmp.Compare(uint64(a.count)<<32|uint64(a.key), uint64(b.count)<<32|uint64(b.key)); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(b.sim, a.sim), cmp.Compare(a.unit, b.unit))
	})
	begins := s.spelt.begins(q)
	common := len(s.met)
	for i := range s.met {
		m := &s.met[i]
		s.agree(m.key, m.sim*x.words[x.wordOf[m.key]].bits)
		if i > 0 && s.met[i-1].key == m.key || !pairable(q[m.unit].Role) {
			continue
		}
		if m.count > longList {
			common = min(common, i)
			x.collectPairs(s, common, i, begins)
			continue
		}
		for _, name := range x.namesOf(m.key) {
			s.take(name)
		}
	}
}

func (x *Index) count(key uint32) uint32 { return x.postAt[key+1] - x.postAt[key] }

// collectPairs gathers the names of a common key with each other common one that is not
// commoner.
func (x *Index) collectPairs(s *scratch, from, i int, begins byte) {
	for j := from; j < i; j++ {
		if s.met[j].unit == s.met[i].unit || j > 0 && s.met[j-1].key == s.met[j].key {
			continue
		}
		for _, name := range x.pairs.of(x.pairHash(s.met[i].key, s.met[j].key, begins)) {
			s.take(name)
		}
	}
}

func (s *scratch) take(name uint32) {
	if len(s.found) < enough && s.taken.add(name) {
		s.found = append(s.found, Candidate{Name: name})
	}
}

// closely is how many candidates have their words weighed: the first, which the rarest
// keys led to, and of the rest those that share the most letters.
const closely, surely = 150, 40

// estimate weighs each candidate by its own words, the bits of those that the query meets
// in all bits of both, and by its letters: two slips in one word are met by no key.
func (x *Index) estimate(q []names.Unit, s *scratch) {
	var total float32
	for i := range q {
		total += q[i].Bits
	}
	shape := shapeOf(q, &s.spelt)
	for i := range s.found {
		s.found[i].Estimate = shape.common(x.names[s.found[i].Name].shape)
	}
	least := alikeLeast(s.found)
	for i := range s.found {
		c := &s.found[i]
		if i >= surely && c.Estimate < least {
			c.Estimate = 0
			continue
		}
		c.Estimate = (x.agreement(c.Name, total, s) + c.Estimate) / 2
		if i < s.whole {
			c.Estimate = 0.8 + c.Estimate/5
		}
	}
}

// alikeLeast returns the share of letters that about closely of the candidates have.
func alikeLeast(all []Candidate) float32 {
	if len(all) <= closely {
		return 0
	}
	var counts [65]int
	for _, c := range all {
		counts[int(c.Estimate*64)]++
	}
	n := 0
	for share := 64; share > 0; share-- {
		if n += counts[share]; n >= closely {
			return float32(share) / 64
		}
	}
	return 0
}

// agreement is the bits of a name's words that the query meets in all bits of both.
func (x *Index) agreement(name uint32, total float32, s *scratch) float32 {
	n := &x.names[name]
	var agreed float32
	for _, key := range n.keys[:n.inLine] {
		agreed += s.bitsOf(key)
	}
	if n.inLine == keysInLine {
		for _, p := range x.parts[n.partAt+keysInLine : x.names[name+1].partAt] {
			agreed += s.bitsOf(x.keyIDs[p.word()])
		}
	}
	return agreed / max(total+float32(n.weight)/16-agreed, 1)
}

// bitsOf returns what of a key was met.
func (s *scratch) bitsOf(key uint32) float32 {
	if s.hot[key%hotBits/64]&(1<<(key%64)) == 0 {
		return 0
	}
	return s.agreed[key]
}
