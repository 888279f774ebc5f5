package names

import "math"

// Weights are what a score is made of. They are one struct so that a result can print
// them.
type Weights struct {
	Middle   float64 // the share of agreement at which a pair is even odds
	Slope    float64 // how fast odds rise with the share
	Conflict float64 // what identity on both sides that does not meet costs, per bit
	Extra    float64 // what identity on one side only costs, per bit
	Context  float64 // the same for places and industries on one side only
	Clash    float64 // and on both sides
	Half     float64 // bits at which half of the doubt about chance is gone
	Chance   float64 // the doubt about chance when nothing is known
}

// DefaultWeights are set by hand on the names of public lists; see DESIGN of the package
// screen for how they are measured.
func DefaultWeights() Weights {
	return Weights{Middle: 0.68, Slope: 14, Conflict: 1.5, Extra: 0.55, Context: 0.45, Clash: 1, Half: 6, Chance: 0.6}
}

// evidence is an alignment in figures, in bits.
type evidence struct {
	agreed, lost       float64 // what met, and what was lost where it met badly
	onlyQ, onlyM       float64 // identity that was not met
	contextQ, contextM float64 // places, industries and generic words that were not met
	named              bool    // some identity met
}

func (a *aligner) evidence() evidence {
	var e evidence
	for _, p := range a.pairs {
		var q, m float64
		named := false
		for i := p.Q[0]; i < p.Q[1]; i++ {
			q += float64(a.q[i].Bits)
			named = named || identity(a.q[i])
		}
		for j := p.M[0]; j < p.M[1]; j++ {
			m += float64(a.m[j].Bits)
			named = named || identity(a.m[j])
		}
		switch p.Rule {
		case "missing":
			e.only(a.q[p.Q[0]], &e.onlyQ, &e.contextQ)
		case "extra":
			e.only(a.m[p.M[0]], &e.onlyM, &e.contextM)
		default:
			bits := math.Max(q, m)
			e.agreed += bits * float64(p.Sim)
			e.lost += bits * (1 - float64(p.Sim))
			e.named = e.named || named
		}
	}
	return e
}

func (e *evidence) only(u Unit, identityBits, contextBits *float64) {
	if identity(u) || u.Role == Number {
		*identityBits += float64(u.Bits)
	} else {
		*contextBits += float64(u.Bits)
	}
}

// score turns an alignment into a probability: the share of what agrees in all that was
// compared, through a logistic curve, and less the chance that so little would agree by
// itself. A longer agreement always scores higher, so there is no plateau.
func (a *aligner) score(w Weights) float64 {
	e := a.evidence()
	if e.agreed == 0 {
		return 0
	}
	against := e.lost +
		2*w.Conflict*math.Min(e.onlyQ, e.onlyM) + w.Extra*math.Abs(e.onlyQ-e.onlyM) +
		2*w.Clash*math.Min(e.contextQ, e.contextM) + w.Context*math.Abs(e.contextQ-e.contextM)
	share := e.agreed / (e.agreed + against)
	if !e.named && a.anyIdentity() {
		share *= 0.5 // one trade in one town is no party
	}
	curve := logistic(w.Slope * (share - w.Middle))
	full := logistic(w.Slope * (1 - w.Middle))
	return curve / full * (1 - w.Chance*math.Exp2(-e.agreed/w.Half))
}

func (a *aligner) anyIdentity() bool {
	for _, u := range a.q {
		if identity(u) {
			return true
		}
	}
	for _, u := range a.m {
		if identity(u) {
			return true
		}
	}
	return false
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
