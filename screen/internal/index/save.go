package index

import (
	"slices"
	"unicode/utf8"

	"corvee/internal/names"
	"corvee/screen/internal/flat"
)

// Put writes the index as the arrays that it is.
func (x *Index) Put(w *flat.Writer) {
	flat.Put(w, x.words)
	flat.PutText(w, x.text)
	flat.Put(w, x.keyIDs)
	flat.Put(w, x.wordOf)
	flat.Put(w, x.post)
	flat.Put(w, x.postAt)
	flat.Put(w, x.parts)
	flat.Put(w, x.names)
	x.ways.put(w)
	x.slips.put(w)
	x.runs.put(w)
	x.pairs.put(w)
	putConcepts(w, x.concepts)
}

func putConcepts(w *flat.Writer, concepts []string) {
	var ends []uint32
	var text []byte
	for _, c := range concepts {
		text = append(text, c...)
		ends = append(ends, uint32(len(text)))
	}
	flat.Put(w, ends)
	flat.Put(w, text)
}

// Take returns the index that was written, a view of the reader's bytes; ok is false when
// its arrays do not fit one another.
func Take(r *flat.Reader) (x *Index, ok bool) {
	x = &Index{
		words: flat.Take[word](r), text: flat.TakeText(r), keyIDs: flat.Take[uint32](r), wordOf: flat.Take[uint32](r),
		post: flat.Take[uint32](r), postAt: flat.Take[uint32](r), parts: flat.Take[part](r),
		names: flat.Take[record](r),
		ways:  takeMulti(r), slips: takeMulti(r), runs: takeMulti(r), pairs: takeMulti(r),
	}
	x.keys = len(x.wordOf)
	x.concepts, ok = takeConcepts(r)
	if !ok || r.Bad() || !x.sound() {
		return nil, false
	}
	x.ready()
	return x, true
}

func takeConcepts(r *flat.Reader) (concepts []string, ok bool) {
	ends, text := flat.Take[uint32](r), flat.TakeText(r)
	from := uint32(0)
	for _, end := range ends {
		if end < from || int(end) > len(text) {
			return nil, false
		}
		concepts = append(concepts, text[from:end])
		from = end
	}
	return concepts, int(from) == len(text)
}

// sound reports whether every number of the index points at something: an index that was
// tampered with may find wrong names, but nothing outside itself.
func (x *Index) sound() bool {
	if len(x.names) == 0 {
		return false
	}
	all, words, keys := uint32(x.Names()), uint32(len(x.words)), uint32(x.keys)
	return len(x.keyIDs) == len(x.words) && x.soundNames() && x.soundWords() &&
		below(x.keyIDs, keys) && below(x.wordOf, words) &&
		steps(x.postAt, x.keys, len(x.post)) && below(x.post, all) &&
		x.soundParts(words) &&
		x.ways.sound(keys) && x.slips.sound(words) && x.runs.sound(all) && x.pairs.sound(all)
}

func (x *Index) soundParts(words uint32) bool {
	return !slices.ContainsFunc(x.parts, func(p part) bool { return p.word() >= words })
}

func (x *Index) soundNames() bool {
	at := uint32(0)
	for i := range x.names {
		n := &x.names[i]
		if n.partAt < at || n.kind > uint8(names.Thing) || n.inLine > keysInLine || !below(n.keys[:], uint32(max(x.keys, 1))) {
			return false
		}
		if i > 0 && uint32(x.names[i-1].inLine) != min(n.partAt-at, keysInLine) {
			return false
		}
		at = n.partAt
	}
	return x.names[0].partAt == 0 && int(at) == len(x.parts)
}

func (x *Index) soundWords() bool {
	begins := func(at uint32) bool { return int(at) == len(x.text) || utf8.RuneStart(x.text[at]) }
	return utf8.ValidString(x.text) && !slices.ContainsFunc(x.words, func(w word) bool {
		return w.from > w.to || int(w.to) > len(x.text) || !begins(w.from) || !begins(w.to) ||
			int(w.concept) > len(x.concepts) || w.role > uint8(names.Title) || w.script > uint8(names.Digits) ||
			!(w.bits >= 0 && w.bits < mostBits)
	})
}

// mostBits is more than any part of a name can tell.
const mostBits = 1e6

// below reports whether all numbers are under a bound.
func below(all []uint32, bound uint32) bool {
	var most uint32
	for _, n := range all {
		most = max(most, n)
	}
	return len(all) == 0 || most < bound
}

// steps reports whether the numbers say where each of n things begins in an array of some
// length, and where the last ends.
func steps(at []uint32, n, length int) bool {
	return len(at) == n+1 && at[0] == 0 && int(at[n]) == length && slices.IsSorted(at)
}

func (m *multi) put(w *flat.Writer) {
	flat.Put(w, []uint8{m.shift})
	flat.Put(w, m.first)
	flat.Put(w, m.prints)
	flat.Put(w, m.values)
}

func takeMulti(r *flat.Reader) multi {
	shift := flat.Take[uint8](r)
	m := multi{first: flat.Take[uint32](r), prints: flat.Take[uint16](r), values: flat.Take[uint32](r)}
	if len(shift) == 1 {
		m.shift = shift[0]
	}
	return m
}

// sound reports whether the table of leading bits fits the pairs, and each value is under
// a bound.
func (m *multi) sound(bound uint32) bool {
	return m.shift >= 4 && m.shift < 32 && len(m.prints) == len(m.values) &&
		steps(m.first, 1<<(32-m.shift), len(m.prints)) && below(m.values, bound)
}

// Put writes the keys.
func (k *Keys) Put(w *flat.Writer) { k.table.put(w) }

// TakeKeys returns the keys that were written; ok is false when they are damaged or lead
// to a listing that is not under the bound.
func TakeKeys(r *flat.Reader, listings int) (k *Keys, ok bool) {
	k = &Keys{takeMulti(r)}
	return k, !r.Bad() && k.table.sound(uint32(listings))
}
