package screen

import (
	"cmp"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/names"
)

// explain writes how a hit's names meet as words met words, in the order of the query's
// name; what only the listed name has comes last. The names are compared once more, since
// the index keeps no word as it was written.
func (w *matcher) explain(q names.Name, h corvee.Hit) []corvee.TokenMatch {
	m := names.Parse(h.Matched, q.Kind)
	a := w.With(m)
	pairs := a.Pairs
	slices.SortStableFunc(pairs, func(a, b names.Pair) int {
		return cmp.Or(cmp.Compare(onlyListed(a), onlyListed(b)), cmp.Compare(a.Q[0], b.Q[0]), cmp.Compare(a.M[0], b.M[0]))
	})
	out := make([]corvee.TokenMatch, 0, len(pairs))
	for _, p := range pairs {
		out = append(out, corvee.TokenMatch{Q: words(a.Q, p.Q), M: words(a.M, p.M), Rule: p.Rule})
	}
	if q.Flags.Homoglyph || m.Flags.Homoglyph {
		out = append(out, corvee.TokenMatch{Rule: "flag:homoglyph"})
	}
	if q.Flags.Invisible || m.Flags.Invisible {
		out = append(out, corvee.TokenMatch{Rule: "flag:invisible"})
	}
	return out
}

func onlyListed(p names.Pair) int {
	if p.Q[0] == p.Q[1] {
		return 1
	}
	return 0
}

func words(units []names.Unit, span [2]int) string {
	switch span[1] - span[0] {
	case 0:
		return ""
	case 1:
		return units[span[0]].Orig
	}
	var out []string
	for _, u := range units[span[0]:span[1]] {
		out = append(out, u.Orig)
	}
	return strings.Join(out, " ")
}
