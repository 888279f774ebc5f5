package index

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"corvee/internal/names"
)

// Builder collects names. Their numbers are the order in which they were added.
type Builder struct {
	x        Index
	text     strings.Builder
	wordIDs  map[wordID]uint32
	keyOf    map[string]uint32
	concepts map[string]uint16
	ways     pile
	slips    pile
	runs     pile
	spelt    spellings
	letters  beginnings
}

// wordID is what makes two parts one word.
type wordID struct {
	text, key string
	role      names.Role
	bits      float32
}

// NewBuilder returns an empty Builder.
func NewBuilder() *Builder {
	return &Builder{wordIDs: map[wordID]uint32{}, keyOf: map[string]uint32{}, concepts: map[string]uint16{}}
}

// Add takes one name.
func (b *Builder) Add(n names.Name) {
	name := uint32(len(b.x.names))
	b.spelt.spell(n.Units)
	r := record{shape: shapeOf(n.Units, &b.spelt), partAt: uint32(len(b.x.parts)), kind: uint8(n.Kind)}
	var bits float32
	for i, u := range n.Units {
		p := part(b.word(u, i))
		if u.Aside {
			p |= aside
		}
		b.x.parts = append(b.x.parts, p)
		bits += u.Bits
	}
	r.weight = uint16(min(bits*16, 65535))
	b.x.names = append(b.x.names, r)
	for _, sound := range b.spelt.sounds(n.Units) {
		b.runs.add(sound, name)
	}
}

func (b *Builder) word(u names.Unit, i int) uint32 {
	id := wordID{u.Text, u.Key, u.Role, u.Bits}
	if w, ok := b.wordIDs[id]; ok {
		return w
	}
	w := uint32(len(b.x.words))
	from := uint32(b.text.Len())
	b.text.WriteString(u.Text)
	d := word{from: from, to: uint32(b.text.Len()), role: uint8(u.Role), script: uint8(u.Script), bits: u.Bits}
	id.text = strings.Clone(u.Text) // the caller's name may be long
	id.key = id.text
	if u.Key != u.Text {
		d.concept = b.concept(u.Key)
		id.key = b.x.concepts[d.concept-1]
	}
	b.wordIDs[id] = w
	key, known := b.keyOf[u.Key]
	if !known {
		key = uint32(len(b.keyOf))
		b.keyOf[id.key] = key
		b.x.wordOf = append(b.x.wordOf, w)
	}
	b.x.words, b.x.keyIDs = append(b.x.words, d), append(b.x.keyIDs, key)
	b.waysIn(u, key, b.spelt.of(i))
	if latin := slippery(&u, b.spelt.of(i)); len(latin) >= shortest {
		b.letters.of(latin)
		b.letters.slips(latin, true, 0, func(hash uint32) { b.slips.add(hash, w) })
	}
	return w
}

func (b *Builder) concept(key string) uint16 {
	if c, ok := b.concepts[key]; ok {
		return c
	}
	b.x.concepts = append(b.x.concepts, strings.Clone(key))
	c := uint16(len(b.x.concepts))
	b.concepts[b.x.concepts[c-1]] = c
	return c
}

// waysIn notes how a word can be met: by its text, its readings and their sound.
func (b *Builder) waysIn(u names.Unit, key uint32, spelt []string) {
	b.ways.add(hash(wayText, u.Key), key)
	if u.Key != u.Text {
		b.ways.add(hash(wayText, u.Text), key)
	}
	if !fuzzy(&u) {
		return
	}
	for _, s := range spelt {
		if s != u.Text {
			b.ways.add(hash(wayText, s), key)
		}
		b.ways.add(b.spelt.sound(s), key)
	}
}

// slippery returns the letters in which a word is looked for with some of them wrong: of Latin
// and Cyrillic words, but not of legal forms and little words, on which nothing hangs.
func slippery(u *names.Unit, spelt []string) string {
	if !pairable(u.Role) || u.Role == names.Number || u.Script != names.Latin && u.Script != names.Cyrillic || len(spelt) == 0 {
		return ""
	}
	return spelt[0]
}

// shortest is the fewest letters of a word that is looked for with a letter wrong.
const shortest = 4

// fuzzy reports words that are looked for by more than their concept.
func fuzzy(u *names.Unit) bool {
	return u.Role == names.Trade || u.Role == names.Word || u.Role == names.Place || u.Role == names.Initial
}

// Build returns the index of what was added. The Builder is spent.
func (b *Builder) Build() *Index {
	x := &b.x
	x.text = b.text.String()
	x.names = append(x.names, record{partAt: uint32(len(x.parts))})
	x.keys = len(b.keyOf)
	b.wordIDs, b.keyOf, b.concepts = nil, nil, nil
	for name := range uint32(x.Names()) {
		n := &x.names[name]
		for i, p := range x.partsOf(name) {
			if i < keysInLine {
				n.keys[i], n.inLine = x.keyIDs[p.word()], uint8(i+1)
			}
		}
	}
	x.postings()
	x.ways, x.slips, x.runs = b.ways.sorted(), b.slips.sorted(), b.runs.sorted()
	x.pairs = b.pairUp()
	x.ready()
	return x
}

// ready makes what is not data.
func (x *Index) ready() {
	x.scratch = &sync.Pool{New: func() any { return newScratch(x.keys) }}
}

// postings counts, then fills: the names of each key in order, each once.
func (x *Index) postings() {
	x.postAt = make([]uint32, x.keys+1)
	x.eachKey(func(key, _ uint32) { x.postAt[key+1]++ })
	for i := range x.keys {
		x.postAt[i+1] += x.postAt[i]
	}
	x.post = make([]uint32, x.postAt[x.keys])
	next := slices.Clone(x.postAt)
	x.eachKey(func(key, name uint32) {
		x.post[next[key]] = name
		next[key]++
	})
}

// eachKey calls take for each distinct key of each name, in order.
func (x *Index) eachKey(take func(key, name uint32)) {
	for name := range uint32(x.Names()) {
		words := x.partsOf(name)
		for i, p := range words {
			key := x.keyIDs[p.word()]
			if !slices.ContainsFunc(words[:i], func(v part) bool { return x.keyIDs[v.word()] == key }) {
				take(key, name)
			}
		}
	}
}

// pairUp notes, for each name, the pairs of its rarest keys that are both common: who shares
// no rare word with a query is still found by two common ones. A pair of place and
// trade has the names of a whole town, so it is parted by how the trade name begins.
func (b *Builder) pairUp() multi {
	x := &b.x
	var out pile
	var rare []uint32
	var units []names.Unit
	for name := range uint32(x.Names()) {
		rare = rare[:0]
		for _, p := range x.partsOf(name) {
			w := p.word()
			if key := x.keyIDs[w]; pairable(names.Role(x.words[w].role)) && !slices.Contains(rare, key) {
				rare = append(rare, key)
			}
		}
		slices.SortStableFunc(rare, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(x.count(a), x.count(b)), cmp.Compare(a, b))
		})
		rare = rare[:min(len(rare), pairedKeys)]
		if len(rare) < 2 || x.count(rare[len(rare)-2]) <= longList {
			continue
		}
		units = x.Units(name, units)
		b.spelt.spell(units)
		begins := b.spelt.begins(units)
		for i, a := range rare {
			for _, c := range rare[i+1:] {
				if x.count(a) > longList { // c is the commoner
					out.add(x.pairHash(a, c, begins), name)
				}
			}
		}
	}
	return out.sorted()
}

// pairHash is the hash of two keys, and of how the name begins if neither is an identity.
func (x *Index) pairHash(a, b uint32, begins byte) uint32 {
	h := hashPair(a, b)
	if x.general(a) && x.general(b) {
		h = mix(h ^ uint32(begins))
	}
	return h
}

// general reports a key that is a place, a trade or a generic word.
func (x *Index) general(key uint32) bool {
	switch names.Role(x.words[x.wordOf[key]].role) {
	case names.Place, names.Industry, names.Generic:
		return true
	}
	return false
}

// pairedKeys is how many of a name's keys are paired: three pairs of the three rarest.
const pairedKeys = 3

func pairable(r names.Role) bool {
	return r != names.Form && r != names.Stop && r != names.Title
}
