package index

import (
	"cmp"
	"slices"

	"corvee/internal/names"
	"corvee/internal/strdist"
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

// met is a key that the query meets, how well, and by which of its units.
type met struct {
	key  uint32
	sim  float32
	unit int
}

// scratch is the memory of one query, used again by the next.
type scratch struct {
	met    []met
	agreed []float32 // key → the bits of it that were met
	marks  []bool    // name → it was taken
	found  []Candidate
	whole  int // how many of found sound like the query as a whole: the first ones
}

func newScratch(keys, names int) *scratch {
	return &scratch{agreed: make([]float32, keys), marks: make([]bool, names)}
}

// clean takes back what one query wrote, which is far less than what there is.
func (s *scratch) clean() {
	for _, m := range s.met {
		s.agreed[m.key] = 0
	}
	for _, c := range s.found {
		s.marks[c.Name] = false
	}
	s.met, s.found = s.met[:0], s.found[:0]
}

// least is the estimate under which a candidate is not worth comparing: the lowest at
// which a true one was ever seen in the measurements is a third more.
const least = 0.06

// Candidates returns up to limit names, the likeliest first; names of one estimate are in
// order of their numbers.
func (x *Index) Candidates(q []names.Unit, limit int) []Candidate {
	s, _ := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	x.meet(q, s)
	x.collect(q, s)
	x.estimate(q, s)
	best := likeliest(s.found, limit)
	s.clean()
	return best
}

// likeliest returns the best candidates in order. The list is long and few are wanted, so
// each is sifted into a short sorted list.
func likeliest(all []Candidate, limit int) []Candidate {
	out := make([]Candidate, 0, limit+1)
	for _, c := range all {
		if c.Estimate < least || len(out) == limit && !before(c, out[limit-1]) {
			continue
		}
		at := len(out)
		for at > 0 && before(c, out[at-1]) {
			at--
		}
		out = slices.Insert(out, at, c)[:min(len(out)+1, limit)]
	}
	return out
}

func before(a, b Candidate) bool {
	return a.Estimate > b.Estimate || a.Estimate == b.Estimate && a.Name < b.Name
}

// meet finds the keys that the query's parts meet.
func (x *Index) meet(q []names.Unit, s *scratch) {
	for i, u := range q {
		before := len(s.met)
		x.add(s, wayText, u.Key, 1, i)
		if !fuzzy(&u) {
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
			x.typos(s, u.Text, i, exact)
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
func (x *Index) typos(s *scratch, text string, unit int, exact bool) {
	if len(text) < shortest {
		return
	}
	x.near(s, hash(wayDelete, text), text, unit)
	for i := range len(text) {
		if i == 0 || text[i] != text[i-1] {
			x.near(s, hashWithout(wayDelete, text, i, -1), text, unit)
		}
	}
	if !exact {
		eachPair(text, func(i, j int) { x.near(s, hashWithout(wayDelete, text, i, j), text, unit) })
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

// halves meets a word that is two words of the list, or begins or ends with one of some
// length: the space was lost.
func (x *Index) halves(s *scratch, text string, unit int) {
	for cut := 2; cut <= len(text)-2; cut++ {
		left, right := x.ways.of(hash(wayText, text[:cut])), x.ways.of(hash(wayText, text[cut:]))
		both := len(left) > 0 && len(right) > 0
		if both || cut >= longHalf {
			for _, key := range left {
				s.met = append(s.met, met{key, 0.8, unit})
			}
		}
		if both || len(text)-cut >= longHalf {
			for _, key := range right {
				s.met = append(s.met, met{key, 0.8, unit})
			}
		}
	}
}

// longHalf is how many letters half a word must have to be met without the other half.
const longHalf = 5

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
			s.take(name)
		}
	}
	s.whole = len(s.found)
	slices.SortFunc(s.met, func(a, b met) int {
		return cmp.Or(int(x.count(a.key))-int(x.count(b.key)), cmp.Compare(a.key, b.key), cmp.Compare(b.sim, a.sim), a.unit-b.unit)
	})
	begins := beginning(q)
	for i, m := range s.met {
		s.agreed[m.key] = max(s.agreed[m.key], m.sim*x.words[x.wordOf[m.key]].bits)
		if i > 0 && s.met[i-1].key == m.key || !pairable(q[m.unit].Role) {
			continue
		}
		if x.count(m.key) > longList {
			x.collectPairs(s, i, begins)
			continue
		}
		for _, name := range x.namesOf(m.key) {
			s.take(name)
		}
	}
}

func (x *Index) count(key uint32) uint32 { return x.postAt[key+1] - x.postAt[key] }

// collectPairs gathers the names of a common key with each rarer or equal one.
func (x *Index) collectPairs(s *scratch, i int, begins byte) {
	for j := range i {
		if s.met[j].unit == s.met[i].unit || j > 0 && s.met[j-1].key == s.met[j].key {
			continue
		}
		for _, name := range x.pairs.of(x.pairHash(s.met[i].key, s.met[j].key, begins)) {
			s.take(name)
		}
	}
}

func (s *scratch) take(name uint32) {
	if len(s.found) < enough && !s.marks[name] {
		s.marks[name] = true
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
	shape := shapeOf(q)
	for i := range s.found {
		s.found[i].Estimate = shape.common(x.shapes[s.found[i].Name])
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
	var agreed float32
	for _, key := range x.partKeys[x.partAt[name]:x.partAt[name+1]] {
		agreed += s.agreed[key]
	}
	return agreed / max(total+float32(x.weights[name])/16-agreed, 1)
}
