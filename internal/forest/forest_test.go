package forest_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"corvee/internal/forest"
)

// Families are the same whatever the order of joins, and their root is the earliest.
func TestLawOrderIsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(rt, "n")
		joins := rapid.SliceOf(rapid.SliceOfN(rapid.IntRange(0, n-1), 2, 2)).Draw(rt, "joins")
		roots := func(joins [][]int) (out []int) {
			f := forest.New(n)
			for _, j := range joins {
				f.Join(j[0], j[1])
			}
			for i := range n {
				out = append(out, f.Root(i))
			}
			return out
		}
		one, two := roots(joins), roots(rapid.Permutation(joins).Draw(rt, "order"))
		if !slices.Equal(one, two) {
			rt.Fatalf("%v and %v", one, two)
		}
		for i, r := range one {
			if r > i || one[r] != r {
				rt.Fatalf("%d has the root %d: %v", i, r, one)
			}
		}
		for _, j := range joins {
			if one[j[0]] != one[j[1]] {
				rt.Fatalf("%v are apart: %v", j, one)
			}
		}
	})
}
