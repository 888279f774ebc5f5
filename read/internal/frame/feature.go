package frame

import (
	"math/bits"

	"corvee/read/internal/lexicon"
)

// A set of features is a row of bits: classes of words, then types of chunk, then the
// words that rules name, each by its number. What a pattern asks for is kept as the few
// parts of such a row that are not empty.

const (
	classParts = 4 // lexicon classes / 64
	typePart   = classParts
	wordPart   = typePart + 1
)

// set is a row of bits, as long as it has to be.
type set []uint64

func (s *set) add(part int, bit uint) {
	for len(*s) <= part {
		*s = append(*s, 0)
	}
	(*s)[part] |= 1 << bit
}

func (s *set) class(c lexicon.Class) { s.add(int(c/64), uint(c%64)) }
func (s *set) typ(t Type)            { s.add(typePart, uint(t)) }
func (s *set) word(id int32)         { s.add(wordPart+int(id)/64, uint(id)%64) }

func (s *set) join(o set) {
	for part, mask := range o {
		for ; mask != 0; mask &= mask - 1 {
			s.add(part, uint(bits.TrailingZeros64(mask)))
		}
	}
}

// ask is what some token must have one of.
type ask []askPart

type askPart struct {
	part int
	mask uint64
}

func (s set) ask() ask {
	var out ask
	for part, mask := range s {
		if mask != 0 {
			out = append(out, askPart{part, mask})
		}
	}
	return out
}

// token is the features of one token.
type token struct {
	classes lexicon.ClassSet
	types   uint64
	word    int32 // -1 when no rule names it
}

func (t *token) meets(a ask) bool {
	for i := range a {
		p := &a[i]
		switch {
		case p.part < classParts:
			if t.classes[p.part]&p.mask != 0 {
				return true
			}
		case p.part == typePart:
			if t.types&p.mask != 0 {
				return true
			}
		case t.word >= 0 && int(t.word)>>6+wordPart == p.part && p.mask>>(uint(t.word)&63)&1 != 0:
			return true
		}
	}
	return false
}

// onto adds the token's features to those of its sentence, and the token, a bit, to those
// that have each.
func (t *token) onto(all, where []uint64, bit uint64) {
	for part, mask := range t.classes {
		all[part] |= mask
		for ; mask != 0; mask &= mask - 1 {
			where[part<<6+bits.TrailingZeros64(mask)] |= bit
		}
	}
	all[typePart] |= t.types
	for mask := t.types; mask != 0; mask &= mask - 1 {
		where[typePart<<6+bits.TrailingZeros64(mask)] |= bit
	}
	if t.word >= 0 {
		part := wordPart + int(t.word)>>6
		all[part] |= 1 << (uint(t.word) & 63)
		where[part<<6+int(t.word)&63] |= bit
	}
}

// holds reports whether a row has something of each ask.
func holds(row []uint64, needs []ask) bool {
next:
	for _, a := range needs {
		for i := range a {
			if row[a[i].part]&a[i].mask != 0 {
				continue next
			}
		}
		return false
	}
	return true
}

// vocabulary numbers the words that rules name. It is filled by number and read through
// open addressing, so that a token costs one hash.
type vocabulary struct {
	ids   map[string]int32
	words []string
	slots []int32 // number + 1, 0 when free
}

func (v *vocabulary) number(word string) int32 {
	if id, ok := v.ids[word]; ok {
		return id
	}
	if v.ids == nil {
		v.ids = map[string]int32{}
	}
	id := int32(len(v.words))
	v.ids[word] = id
	v.words = append(v.words, word)
	return id
}

// seal prepares the vocabulary for find.
func (v *vocabulary) seal() {
	size := 1
	for size < 2*len(v.words)+1 {
		size *= 2
	}
	v.slots = make([]int32, size)
	for id, word := range v.words {
		at := hashOf(word) & uint64(size-1)
		for v.slots[at] != 0 {
			at = (at + 1) & uint64(size-1)
		}
		v.slots[at] = int32(id) + 1
	}
}

// find returns the number of a word, -1 without one.
func (v *vocabulary) find(word []byte) int32 {
	last := uint64(len(v.slots) - 1)
	for at := hashOf(word) & last; v.slots[at] != 0; at = (at + 1) & last {
		if id := v.slots[at] - 1; v.words[id] == string(word) {
			return id
		}
	}
	return -1
}

// parts returns how many parts a row of all features has.
func (v *vocabulary) parts() int { return wordPart + (len(v.words)+63)/64 }

// hashOf is FNV-1a.
func hashOf[T string | []byte](s T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>32
}
