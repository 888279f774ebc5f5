package names

import "math"

// Weights are what a score is made of. They are one struct so that a result can print
// them.
type Weights struct {
	Middle   float64 // the share of agreement at which a pair is even odds
	Slope    float64 // how fast odds rise with the share
	Conflict float64 // what identity on both sides that does not meet costs, per bit
	Extra    float64 // what identity on one side only costs, per bit
	Context  float64 // the same for places, industries and generic words on one side only
	Clash    float64 // and on both sides
	Place    float64 // what two different places cost, per bit
	Gap      float64 // what words cost that only one of two scripts has, per bit
	Half     float64 // bits at which half of the doubt about chance is gone
	Chance   float64 // the doubt about chance when nothing is known
}

// DefaultWeights are set by hand on the names of public lists; see DESIGN of the package
// screen for how they are measured.
func DefaultWeights() Weights {
	return Weights{
		Middle: 0.68, Slope: 14, Conflict: 1.5, Extra: 0.55, Context: 0.3, Clash: 0.8, Place: 1.5, Gap: 0.6,
		Half: 4, Chance: 0.4,
	}
}

// evidence is an alignment in figures, in bits. Index 0 is the query's side, 1 the other.
type evidence struct {
	agreed, lost float64    // what met, and what was lost where it met badly
	only         [2]float64 // identity that was not met
	words        [2]float64 // words with a meaning that were not met
	context      [2]float64 // industries and generic words that were not met
	place        [2]float64 // places that were not met
	named        bool       // some identity met
	placed       bool       // some place met
}

func (a *aligner) evidence() evidence {
	var e evidence
	for _, p := range a.pairs {
		q, named, placed := sum(a.q[p.Q[0]:p.Q[1]])
		m, named2, placed2 := sum(a.m[p.M[0]:p.M[1]])
		switch p.Rule {
		case "repeated":
		case "missing":
			e.unmet(0, a.q[p.Q[0]])
		case "extra":
			e.unmet(1, a.m[p.M[0]])
		default:
			bits := math.Max(q, m)
			e.agreed += bits * float64(p.Sim)
			e.lost += bits * (1 - float64(p.Sim))
			e.named = e.named || named || named2
			e.placed = e.placed || placed || placed2
		}
	}
	return e
}

func sum(units []Unit) (bits float64, named, placed bool) {
	for _, u := range units {
		bits += float64(u.Bits)
		named = named || identity(u)
		placed = placed || u.Role == Place
	}
	return bits, named, placed
}

func (e *evidence) unmet(side int, u Unit) {
	switch {
	case u.Role == Word:
		e.words[side] += float64(u.Bits)
	case identity(u) || u.Role == Number:
		e.only[side] += float64(u.Bits)
	case u.Role == Place:
		e.place[side] += float64(u.Bits)
	default:
		e.context[side] += float64(u.Bits)
	}
}

// against sums what speaks against a pair.
func (e evidence) against(mixed bool, w Weights) float64 {
	if mixed && e.named { // what has no word in the other script is a gap, not a conflict
		gap := w.Gap * (e.words[0] + e.words[1])
		return e.lost + gap + twoSided(e.only, w.Conflict, w.Extra) + twoSided(e.context, w.Clash, w.Context) + e.places(w)
	}
	only := [2]float64{e.only[0] + e.words[0], e.only[1] + e.words[1]}
	return e.lost + twoSided(only, w.Conflict, w.Extra) + twoSided(e.context, w.Clash, w.Context) + e.places(w)
}

func (e evidence) places(w Weights) float64 {
	if e.placed {
		return w.Context * (e.place[0] + e.place[1])
	}
	return twoSided(e.place, w.Place, w.Context)
}

// twoSided costs what stands on both sides as a conflict and the rest as extra.
func twoSided(bits [2]float64, both, one float64) float64 {
	return 2*both*math.Min(bits[0], bits[1]) + one*math.Abs(bits[0]-bits[1])
}

// score turns an alignment into a probability: the share of what agrees in all that was
// compared, through a logistic curve, and less the chance that so little would agree by
// itself. A longer agreement always scores higher, so there is no plateau.
func (a *aligner) score(w Weights) float64 {
	e := a.evidence()
	if e.agreed == 0 {
		return 0
	}
	share := e.agreed / (e.agreed + e.against(a.mixed, w))
	if !e.named && (anyIdentity(a.q) || anyIdentity(a.m)) {
		share *= 0.5 // one trade in one town is no party
	}
	curve := logistic(w.Slope * (share - w.Middle))
	full := logistic(w.Slope * (1 - w.Middle))
	return curve / full * (1 - w.Chance*math.Exp2(-e.agreed/w.Half))
}

func anyIdentity(units []Unit) bool {
	for _, u := range units {
		if identity(u) {
			return true
		}
	}
	return false
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
