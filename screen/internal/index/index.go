// Package index finds, for a name, the listed names that are worth comparing with it.
//
// What comes in: the parsed names of all listings, once; then one parsed name at a time.
// What goes out: the numbers of the likeliest names. Its one idea: candidates decide
// speed and recall both, so every way in which one name becomes another has a key of its
// own: a token, a token with one letter less, the sound of a token, the whole name
// without its spaces.
package index

import (
	"cmp"
	"slices"
	"strings"

	"corvee/internal/names"
)

// Index is immutable after New.
type Index struct {
	post  map[string][]int32 // key → names in order
	bits  []float32          // of all units of a name
	total int
}

// New builds the index. Names keep their position as their number.
func New(all []names.Name) *Index {
	x := &Index{post: map[string][]int32{}, bits: make([]float32, len(all)), total: len(all)}
	for i, n := range all {
		for _, u := range n.Units {
			x.bits[i] += u.Bits
		}
		for _, k := range keys(n, true) {
			list := x.post[k.text]
			if len(list) == 0 || list[len(list)-1] != int32(i) {
				x.post[k.text] = append(list, int32(i))
			}
		}
	}
	return x
}

// key is one way in, with how much meeting it tells.
type key struct {
	text string
	bits float32
}

// keys returns the ways in to a name. Deletes are made for both sides: two words that are
// one edit apart meet in one of them.
func keys(n names.Name, listed bool) []key {
	var out []key
	var run strings.Builder
	for _, u := range n.Units {
		switch u.Role {
		case names.Form, names.Stop, names.Title:
			continue
		}
		out = append(out, key{u.Key, u.Bits})
		for i, s := range names.Spelt(u.Text, u.Script) {
			if i == 0 {
				run.WriteString(s)
			}
			if u.Role == names.Trade || u.Role == names.Word {
				out = append(out, key{"~" + names.Skeleton(s), 0.8 * u.Bits})
			}
		}
		if (u.Role == names.Trade || u.Role == names.Word) && u.Script == names.Latin && len(u.Text) > 3 {
			for i := range len(u.Text) {
				out = append(out, key{"-" + u.Text[:i] + u.Text[i+1:], 0.8 * u.Bits})
			}
			out = append(out, key{"-" + u.Text, 0.8 * u.Bits})
		}
	}
	if run.Len() > 0 {
		out = append(out, key{"=" + names.Skeleton(run.String()), 12})
	}
	return out
}

// longList is how many names a key may have before it is taken for a common word and used
// only to weigh what other keys found.
const longList = 4000

// Candidates returns up to limit numbers of names, the likeliest first.
func (x *Index) Candidates(n names.Name, limit int) []int32 {
	all := keys(n, false)
	slices.SortStableFunc(all, func(a, b key) int { return cmp.Compare(len(x.post[a.text]), len(x.post[b.text])) })
	seen := map[string]bool{}
	weight := map[int32]float32{}
	for _, k := range all {
		list := x.post[k.text]
		if seen[k.text] || len(list) == 0 {
			continue
		}
		seen[k.text] = true
		common := len(list) > longList && len(weight) > 0
		for _, id := range list {
			if _, ok := weight[id]; ok || !common {
				weight[id] += k.bits
			}
		}
	}
	out := make([]int32, 0, len(weight))
	for id := range weight {
		out = append(out, id)
	}
	value := func(id int32) float32 { return weight[id] / (x.bits[id] + 4) }
	slices.SortFunc(out, func(a, b int32) int {
		return cmp.Or(cmp.Compare(value(b), value(a)), cmp.Compare(a, b))
	})
	return out[:min(limit, len(out))]
}
