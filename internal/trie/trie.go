// Package trie finds known strings in bytes: keys in, the longest one that stands at a
// place out.
//
// Its one idea is the double array: the children of a state s lie at base[s]+byte+1 in one
// array, and check says whose child a cell is, so a step is two loads and a compare, and a
// hundred thousand keys are a few megabytes without a pointer. Matching is longest from a
// start that the caller permits; whether a match may end is the caller's to say too, since
// a Latin word, a Hangul particle and a Han run end in different ways.
package trie

import (
	"fmt"
	"slices"
)

// Trie is an immutable set of keys, each with the value that Build gave it.
type Trie struct {
	cells []cell
}

// cell is one state. What a step asks for lies side by side.
type cell struct {
	base, check, value int32
}

// Root is the state before the first byte.
const Root int32 = 0

const none int32 = -1

// Build returns the trie of keys; the value of a key is its index. It returns an error for
// an empty key and for one that is given twice.
func Build(keys []string) (*Trie, error) {
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compare(keys[a], keys[b]) })
	for n, i := range order {
		if keys[i] == "" {
			return nil, fmt.Errorf("trie: key %d is empty", i)
		}
		if n > 0 && keys[order[n-1]] == keys[i] {
			return nil, fmt.Errorf("trie: key %q is given twice", keys[i])
		}
	}
	b := builder{keys: keys, order: order, free: 1}
	b.grow(512)
	b.cells[Root].check = Root
	b.place(Root, 0, len(order), 0)
	b.trim()
	return &b.Trie, nil
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

type builder struct {
	Trie
	keys  []string
	order []int // keys in byte order
	free  int32 // no cell below it is free
	used  int32 // every cell from it on is free
}

// grow makes room for n cells; it doubles, since cells come one node at a time.
func (b *builder) grow(n int) {
	have := len(b.cells)
	if n <= have {
		return
	}
	b.cells = append(b.cells, make([]cell, max(n, 2*have)-have)...)
	for i := have; i < len(b.cells); i++ {
		b.cells[i].check, b.cells[i].value = none, none
	}
}

// trim drops the free cells at the end.
func (b *builder) trim() {
	n := int(b.used)
	if n == 0 {
		n = 1
	}
	b.cells = slices.Clone(b.cells[:n])
}

// place lays out the children of state: the sorted keys from lo to hi agree in their
// first depth bytes.
func (b *builder) place(state int32, lo, hi, depth int) {
	if lo < hi && len(b.keys[b.order[lo]]) == depth {
		b.cells[state].value = int32(b.order[lo])
		lo++
	}
	if lo == hi {
		return
	}
	starts := b.groups(lo, hi, depth)
	base := b.fit(starts, depth)
	b.cells[state].base = base
	for _, at := range starts {
		b.cells[b.child(base, at, depth)].check = state
	}
	for n, at := range starts {
		end := hi
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		b.place(b.child(base, at, depth), at, end, depth+1)
	}
}

func (b *builder) child(base int32, at, depth int) int32 {
	return base + int32(b.keys[b.order[at]][depth]) + 1
}

// groups returns where each run of keys with the same byte at depth starts.
func (b *builder) groups(lo, hi, depth int) []int {
	var starts []int
	last := -1
	for at := lo; at < hi; at++ {
		if c := int(b.keys[b.order[at]][depth]); c != last {
			starts, last = append(starts, at), c
		}
	}
	return starts
}

// maxTries bounds the search for a gap that fits; beyond it the children go to the end.
// Without it, building is quadratic: 20,000 keys took two minutes.
const maxTries = 24

// fit returns a base at which all children find a free cell.
func (b *builder) fit(starts []int, depth int) int32 {
	for int(b.free) < len(b.cells) && b.cells[b.free].check != none {
		b.free++
	}
	first := int32(b.keys[b.order[starts[0]]][depth]) + 1
	base := max(0, b.free-first)
	for try := 0; !b.fits(base, starts, depth); try++ {
		base++
		if try == maxTries {
			base = max(base, b.used-first) // the first child in the first free cell
		}
	}
	last := b.child(base, starts[len(starts)-1], depth)
	b.used = max(b.used, last+1)
	return base
}

func (b *builder) fits(base int32, starts []int, depth int) bool {
	if int(base)+257 >= len(b.cells) {
		b.grow(int(base) + 257 + 1)
	}
	for _, at := range starts {
		if b.cells[b.child(base, at, depth)].check != none {
			return false
		}
	}
	return true
}

// Next returns the state after c, and false when no key goes on so.
func (t *Trie) Next(state int32, c byte) (int32, bool) {
	next := t.cells[state].base + int32(c) + 1
	if int(next) >= len(t.cells) || t.cells[next].check != state || next == Root {
		return 0, false
	}
	return next, true
}

// Value returns the index of the key that ends at state, and false when none does.
func (t *Trie) Value(state int32) (int, bool) {
	v := t.cells[state].value
	return int(v), v != none
}

// Longest returns the value and the end of the longest key that starts at from in s and
// whose end satisfies mayEnd; a nil mayEnd permits every end. ok is false when there is
// none.
func (t *Trie) Longest(s []byte, from int, mayEnd func(end int) bool) (value, end int, ok bool) {
	state := Root
	for i := from; i < len(s); i++ {
		next, more := t.Next(state, s[i])
		if !more {
			break
		}
		state = next
		if v, is := t.Value(state); is && (mayEnd == nil || mayEnd(i+1)) {
			value, end, ok = v, i+1, true
		}
	}
	return value, end, ok
}

// Size returns the number of bytes that the arrays hold.
func (t *Trie) Size() int { return 12 * len(t.cells) }
