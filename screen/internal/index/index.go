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
	parts    []part   // words, name by name
	names    []record // name → what it is weighed by; one more at the end
	ways     multi    // how a word is written → key
	slips    multi    // a word with letters less → word
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

// record is what one name is weighed by: it fills a line of a processor's cache, so that
// weighing a name costs one look at memory.
type record struct {
	shape  shape
	partAt uint32 // its first word in parts
	weight uint16 // bits of all its words, in sixteenths
	kind   uint8  // names.Kind
	inLine uint8  // how many of its words have their key here
	keys   [keysInLine]uint32
}

// keysInLine is how many keys fit: nine names in ten have no more words.
const keysInLine = 10

// shape is which pairs of neighbouring letters a name has, by 128 classes: names that are
// nearly one share most of them, wherever their spaces are.
type shape [2]uint64

func shapeOf(units []names.Unit, spelt *spellings) shape {
	var out shape
	for i := range units {
		u := &units[i]
		if !pairable(u.Role) {
			continue
		}
		text := u.Text
		if u.Script != names.Latin {
			if all := spelt.of(i); len(all) > 0 {
				text = all[0]
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
func (x *Index) Names() int { return len(x.names) - 1 }

// Units writes the parts of a name into the slice that is passed and returns it. Orig is
// the folded text: what was written is the listing's to say.
func (x *Index) Units(name uint32, into []names.Unit) []names.Unit {
	into = into[:0]
	for _, p := range x.partsOf(name) {
		u := x.unit(p.word())
		u.Aside = p&aside != 0
		into = append(into, u)
	}
	return into
}

// part is a word in a name: its number, and whether it stands in brackets.
type part uint32

const aside part = 1 << 31

func (p part) word() uint32 { return uint32(p &^ aside) }

// Kind returns what the name is of.
func (x *Index) Kind(name uint32) names.Kind { return names.Kind(x.names[name].kind) }

// partsOf returns the words of a name.
func (x *Index) partsOf(name uint32) []part {
	return x.parts[x.names[name].partAt:x.names[name+1].partAt]
}

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
