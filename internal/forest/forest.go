// Package forest joins things into families (union-find).
//
// What comes in: how many there are, and which belong together. What goes out: who is of
// one family. Its one idea: the root of a family is its earliest member, so that the
// result does not hang on the order of joins.
package forest

// Forest holds for each member, by position, another of its family, nearer to the root.
type Forest []int

// New returns n families of one member each.
func New(n int) Forest {
	f := make(Forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

// Root returns the earliest member of a member's family.
func (f Forest) Root(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

// Join makes two families one.
func (f Forest) Join(a, b int) {
	a, b = f.Root(a), f.Root(b)
	f[max(a, b)] = min(a, b)
}
