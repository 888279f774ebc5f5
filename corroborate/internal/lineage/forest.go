package lineage

import "corvee/internal/forest"

// families are reports joined by what they copy of one another.
type families struct{ forest.Forest }

// count returns how many families the members are of.
func (f families) count(members []int32) int {
	seen := map[int]bool{}
	for _, m := range members {
		seen[f.Root(int(m))] = true
	}
	return len(seen)
}
