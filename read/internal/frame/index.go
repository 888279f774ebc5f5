package frame

import (
	"cmp"
	"math/bits"
	"slices"
)

// index finds the programs that a sentence may hold by the rarest thing that each needs, so
// that most rules cost a sentence nothing.
type index struct {
	by     [][]int32 // per feature: the programs whose rarest need has it
	always []uint64  // programs that need nothing, a bit each
}

// indexed sorts the needs of each program, the rarest first, and files it under that one. How
// often a feature stands in texts is guessed by how many programs ask for it.
func indexed(programs []compiled, parts int) index {
	x := index{by: make([][]int32, parts*64), always: make([]uint64, (len(programs)+63)/64)}
	often := make([]int, parts*64)
	for i := range programs {
		for _, a := range programs[i].needs {
			a.each(func(feature int) { often[feature]++ })
		}
	}
	cost := func(a ask) int {
		n := 0
		a.each(func(feature int) { n += often[feature] })
		return n
	}
	rarer := func(a, b ask) int { return cmp.Compare(cost(a), cost(b)) }
	for i := range programs {
		c := &programs[i]
		slices.SortStableFunc(c.needs, rarer)
		slices.SortStableFunc(c.prog.needs, rarer)
		if len(c.needs) == 0 {
			x.always[i>>6] |= 1 << (i & 63)
			continue
		}
		c.needs[0].each(func(feature int) { x.by[feature] = append(x.by[feature], int32(i)) })
	}
	return x
}

// may returns the programs, a bit each, whose rarest need a row meets.
func (x *index) may(row, out []uint64) []uint64 {
	out = append(out[:0], x.always...)
	for part, mask := range row {
		for ; mask != 0; mask &= mask - 1 {
			for _, i := range x.by[part<<6+bits.TrailingZeros64(mask)] {
				out[i>>6] |= 1 << (i & 63)
			}
		}
	}
	return out
}

// each calls yield with the number of each feature of an ask.
func (a ask) each(yield func(feature int)) {
	for _, p := range a {
		for mask := p.mask; mask != 0; mask &= mask - 1 {
			yield(p.part<<6 + bits.TrailingZeros64(mask))
		}
	}
}
