// Package index finds, for a name, the listed names that are worth comparing with it.
//
// What comes in: the parsed names of all listings, once; then one parsed name at a time.
// What goes out: the numbers of the likeliest names, with their parts. Its one idea:
// candidates decide speed and recall both, so every way in which one name becomes another
// is a way in: a word, a word with a letter less, its sound, its reading in other scripts,
// two words together, the whole name without its spaces. A way in that is common is never
// walked through: its names are reached by the rarer words beside it, or by pairs.
//
// Everything is in flat arrays of numbers, so that the index is small, is written to one
// file as it is, and is shared between any number of goroutines.
package index

import (
	"math/bits"
	"sync"

	"corvee/internal/names"
)

// Index is immutable after Build.
type Index struct {
	words    []word   // every distinct part of a name
	text     string   // the words' texts, one after another
	keyIDs   []uint32 // word → key: words of one concept share a key
	wordOf   []uint32 // key → its first word
	keys     int      // number of keys
	post     []uint32 // names, key by key, in order
	postAt   []uint32 // key → its first name in post; one more at the end
	parts    []uint32 // words, name by name
	partAt   []uint32 // name → its first word in parts; one more at the end
	partKeys []uint32 // the keys of parts, beside each other to be read at once
	weights  []uint16 // name → bits of all its words, in sixteenths
	kinds    []uint8  // name → names.Kind
	shapes   []shape  // name → its pairs of letters
	ways     multi    // how a word is written → key
	runs     multi    // the sound of a whole name → name
	pairs    multi    // two keys → name
	concepts []string // key names of concepts, by the word's concept number - 1
	scratch  *sync.Pool
}

// word is one distinct part: its text, role and concept.
type word struct {
	from, to uint32 // in text
	concept  uint16 // 0: the key is the text
	role     uint8
	script   uint8
	bits     float32
}

// shape is which pairs of neighbouring letters a name has, by 128 classes: names that are
// nearly one share most of them, wherever their spaces are.
type shape [2]uint64

func shapeOf(units []names.Unit) shape {
	var out shape
	for i := range units {
		u := &units[i]
		if !pairable(u.Role) {
			continue
		}
		text := u.Text
		if u.Script != names.Latin {
			if spelt := names.Spelt(text, u.Script); len(spelt) > 0 {
				text = spelt[0]
			}
		}
		for j := 1; j < len(text); j++ {
			h := mix(uint32(text[j-1])<<8 | uint32(text[j]))
			out[h>>6&1] |= 1 << (h & 63)
		}
	}
	return out
}

// common returns the part of the pairs of both that both have.
func (a shape) common(b shape) float32 {
	both := bits.OnesCount64(a[0]&b[0]) + bits.OnesCount64(a[1]&b[1])
	all := bits.OnesCount64(a[0]|b[0]) + bits.OnesCount64(a[1]|b[1])
	return float32(both) / float32(max(all, 1))
}

// Names returns how many names the index holds.
func (x *Index) Names() int { return len(x.kinds) }

// Units writes the parts of a name into the slice that is passed and returns it. Orig is
// the folded text: what was written is the listing's to say.
func (x *Index) Units(name uint32, into []names.Unit) []names.Unit {
	into = into[:0]
	for _, w := range x.parts[x.partAt[name]:x.partAt[name+1]] {
		into = append(into, x.unit(w))
	}
	return into
}

// Kind returns what the name is of.
func (x *Index) Kind(name uint32) names.Kind { return names.Kind(x.kinds[name]) }

func (x *Index) unit(w uint32) names.Unit {
	d := &x.words[w]
	u := names.Unit{Text: x.text[d.from:d.to], Role: names.Role(d.role), Script: names.Script(d.script), Bits: d.bits}
	u.Key, u.Orig = u.Text, u.Text
	if d.concept > 0 {
		u.Key = x.concepts[d.concept-1]
	}
	return u
}

// namesOf returns the names that hold a key.
func (x *Index) namesOf(key uint32) []uint32 { return x.post[x.postAt[key]:x.postAt[key+1]] }

// multi maps a hash to numbers: pairs sorted by hash, found through a table of the
// hashes' first bits. Two things of one hash are told apart by whoever asked.
type multi struct {
	shift  uint8
	first  []uint32 // leading bits → where they begin
	hashes []uint32
	values []uint32
}

// of returns the numbers under a hash.
func (m *multi) of(hash uint32) []uint32 {
	if len(m.first) == 0 {
		return nil
	}
	bucket := hash >> m.shift
	lo, hi := m.first[bucket], m.first[bucket+1]
	for lo < hi && m.hashes[lo] < hash {
		lo++
	}
	end := lo
	for end < hi && m.hashes[end] == hash {
		end++
	}
	return m.values[lo:end]
}

// The ways in, as the seed of their hashes: one table holds them all.
const (
	wayText   = 0x9E3779B1 // as it is written, or read in Latin letters
	wayDelete = 0x85EBCA77 // with one letter less
	waySound  = 0xC2B2AE3D // its skeleton
)

// hash is FNV-1a over the text, mixed at the end so that its first bits spread.
func hash(seed uint32, text string) uint32 {
	h := 2166136261 ^ seed
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	return mix(h)
}

// hashWithout is hash of the text without the bytes at two places; -1 for none.
func hashWithout(seed uint32, text string, at, and int) uint32 {
	h := 2166136261 ^ seed
	for i := range len(text) {
		if i != at && i != and {
			h = (h ^ uint32(text[i])) * 16777619
		}
	}
	return mix(h)
}

// hashPair is the hash of two keys in any order.
func hashPair(a, b uint32) uint32 {
	if a > b {
		a, b = b, a
	}
	return mix(a*0x9E3779B1 ^ mix(b+0x7F4A7C15))
}

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7FEB352D
	h ^= h >> 15
	h *= 0x846CA68B
	return h ^ h>>16
}
