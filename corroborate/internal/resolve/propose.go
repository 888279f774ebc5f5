package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee/internal/gazetteer"
	"corvee/internal/names"
)

// Proposal is two entities that may be one, for a person to judge. Left and Right are the
// handles of them that agree best. Score is how likely two names that agree so well are of
// one party; the other facts are reasons and not in it.
type Proposal struct {
	A, B        string // ids of entities, A the lesser
	Left, Right Handle
	Rule        string
	Score       float64
	Reasons     []Reason
}

// propose finds the pairs of entities that a rule proposes and nobody has judged. Of several
// pairs of handles between two entities the best speaks.
func (r *resolver) propose(w *Who) {
	settled := map[pair]bool{} // by entities: what people judged
	for p := range r.opinion {
		settled[pairOf(w.of[r.handles[p[0]].ID], w.of[r.handles[p[1]].ID])] = true
	}
	best := map[pair]Proposal{}
	r.pairs(func(string) bool { return true }, func(p pair) {
		a, b := w.of[r.handles[p[0]].ID], w.of[r.handles[p[1]].ID]
		at := pairOf(a, b)
		if a == b || settled[at] {
			return
		}
		found, ok := r.proposal(p)
		if !ok {
			return
		}
		found.A, found.B = w.entities[at[0]].ID, w.entities[at[1]].ID
		if a > b {
			found.Left, found.Right = found.Right, found.Left
		}
		if old, there := best[at]; !there || compareProposals(found, old) < 0 {
			best[at] = found
		}
	})
	for _, found := range best {
		w.proposals = append(w.proposals, found)
	}
	slices.SortFunc(w.proposals, compareProposals)
}

func compareProposals(a, b Proposal) int {
	return cmp.Or(
		cmp.Compare(b.Score, a.Score), compareReasons(a.Reasons, b.Reasons), cmp.Compare(rule(a.Rule).rank, rule(b.Rule).rank),
		strings.Compare(a.A, b.A), strings.Compare(a.B, b.B), strings.Compare(a.Left.ID, b.Left.ID), strings.Compare(a.Right.ID, b.Right.ID))
}

func (r *resolver) proposal(p pair) (Proposal, bool) {
	a, b := &r.handles[p[0]], &r.handles[p[1]]
	out := Proposal{Left: *a, Right: *b, Score: r.score(p)}
	same, near := a.fold == b.fold, nested(a.At, b.At)
	if a.Kind == Place {
		// Two rows of the gazetteer are two places; what is in no row may be any.
		near = countryOf(a.At) == countryOf(b.At)
		if known(a) && known(b) || !near {
			return out, false
		}
	}
	switch {
	case same && !a.Telling && near:
		out.Rule = "words"
	case same && !near:
		out.Rule = "elsewhere"
	case near && out.Score >= rule("likely").Score:
		out.Rule = "likely"
	case same:
		out.Rule = "elsewhere"
	default:
		return out, false
	}
	out.Reasons = append([]Reason{r.nameReason(a, b, same)}, facts(a, b)...)
	return out, true
}

func known(h *Handle) bool {
	_, ok := gazetteer.Find(h.At[strings.LastIndexByte(h.At, '/')+1:])
	return ok
}

func (r *resolver) nameReason(a, b *Handle, same bool) Reason {
	if same {
		return Reason{"name", Agrees, "the same but for legal form, case and marks"}
	}
	al := names.Compare(a.parsed, b.parsed, names.DefaultWeights())
	var met, missed []string
	for _, p := range al.Pairs {
		q, m := written(al.Q[p.Q[0]:p.Q[1]]), written(al.M[p.M[0]:p.M[1]])
		switch p.Rule {
		case "missing", "extra":
			missed = append(missed, q+m)
		default:
			met = append(met, fmt.Sprintf("%s = %s (%s)", q, m, p.Rule))
		}
	}
	text := strings.Join(met, ", ")
	if len(missed) > 0 {
		text += "; only in one: " + strings.Join(missed, ", ")
	}
	return Reason{"name", Agrees, text}
}

func written(units []names.Unit) string {
	var parts []string
	for _, u := range units {
		parts = append(parts, u.Orig)
	}
	return strings.Join(parts, " ")
}
