package lineage

// forest joins reports into families (union-find). The root of a family is its earliest
// member, so the result does not hang on the order of joins.
type forest []int

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

func (f forest) root(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(a, b int) {
	a, b = f.root(a), f.root(b)
	f[max(a, b)] = min(a, b)
}

// count returns how many families the members are of.
func (f forest) count(members []int32) int {
	seen := map[int]bool{}
	for _, m := range members {
		seen[f.root(int(m))] = true
	}
	return len(seen)
}
