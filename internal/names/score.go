package names

import "math"

// Weights are what a score is made of. They are one struct so that a result can print
// them. Bits are what a match of a part tells, by its role; a trade name's own bits are
// its rarity.
type Weights struct {
	PlaceBits, IndustryBits, WordBits, GenericBits, FormBits, NumberBits float64
	// Share at which a pair is even odds, in one script and across two, and how fast odds
	// rise with it.
	Middle, Across, Slope float64
	// What does not meet costs, per bit: identity on both sides, on one side, of a company
	// and of a person; industries and generic words on both sides, on one; different places; a place on one side;
	// words that only one of two scripts has; numbers.
	Conflict, Extra, PersonConflict, PersonExtra, Clash, Context, Place, PlaceOnly, Gap, Number float64
	// Doubt that so little agrees by chance: all of it, and the bits that halve it. It goes
	// slowly, so that a longer agreement always stands above a shorter one.
	Chance, Half float64
	// Strangers is what is left of a share in which two trade names stand against each other
	// and only place and trade meet.
	Strangers float64
}

// DefaultWeights were fitted by search on half of: list names perturbed with a fixed
// seed, registrants that are on no list, labelled pairs of names, and attested names of
// one party in two scripts with look-alikes; the tests measure the other half too.
func DefaultWeights() Weights {
	return Weights{
		PlaceBits: 10.5, IndustryBits: 7.6, WordBits: 9, GenericBits: 6.7, FormBits: 1.6, NumberBits: 3,
		Middle: 0.755, Across: 0.59, Slope: 5.6,
		Conflict: 0.63, Extra: 0.52, PersonConflict: 1.36, PersonExtra: 0.37, Clash: 0.9, Context: 0.6,
		Place: 1.5, PlaceOnly: 0.4, Gap: 0.4, Number: 2.5,
		Chance: 0.52, Half: 2.3, Strangers: 0.6,
	}
}

// groups are the roles as the score counts them.
const (
	identityGroup = iota // rare words
	wordGroup
	placeGroup
	contextGroup // industries
	genericGroup
	numberGroup
	formGroup
	groups
)

func groupOf(r Role) int {
	switch r {
	case Word:
		return wordGroup
	case Place:
		return placeGroup
	case Industry:
		return contextGroup
	case Generic:
		return genericGroup
	case Number:
		return numberGroup
	case Form, Stop, Title:
		return formGroup
	}
	return identityGroup
}

// evidence is an alignment in figures: for each group how much met, was lost where it met
// badly, and was not met on either side. Identity is in bits, the other groups in parts.
type evidence struct {
	agreed, lost [groups]float64
	only         [2][groups]float64
	mixed        bool
	person       bool
	named        bool // some identity met
	spelt        bool // and by more than an initial
	bits         [groups]float64
}

func (a *aligner) evidence(w *Weights) evidence {
	e := evidence{mixed: a.mixed, person: a.person, bits: w.perGroup()}
	q, m := a.q.units, a.m.units
	for i := range a.pairs {
		p := &a.pairs[i]
		switch p.Rule {
		case "repeated":
		case "missing":
			e.unmet(0, &q[p.Q[0]])
		case "extra":
			e.unmet(1, &m[p.M[0]])
		default:
			e.met(q[p.Q[0]:p.Q[1]], m[p.M[0]:p.M[1]], float64(p.Sim))
			e.spelt = e.spelt || p.Rule != "initial" && (identities(q[p.Q[0]:p.Q[1]]) || identities(m[p.M[0]:p.M[1]]))
		}
	}
	return e
}

// met counts the side that tells less: no name then tells more against a query than the
// query against itself.
func (e *evidence) met(q, m []Unit, sim float64) {
	var left, right [groups]float64
	more := 0.0
	for side, units := range [2][]Unit{q, m} {
		into := &left
		if side == 1 {
			into = &right
		}
		for i := range units {
			u := &units[i]
			into[groupOf(u.Role)] += amount(u)
			e.named = e.named || identity(u)
			if side == 0 {
				more += e.bits[groupOf(u.Role)] * amount(u)
			} else {
				more -= e.bits[groupOf(u.Role)] * amount(u)
			}
		}
	}
	if more > 0 {
		left = right
	}
	for g, n := range left {
		e.agreed[g] += n * sim
		e.lost[g] += n * (1 - sim)
	}
}

// unmet counts a part that was not met; what stands in brackets is often left out.
func (e *evidence) unmet(side int, u *Unit) {
	n := amount(u)
	if u.Aside && u.Role != Place {
		n *= 0.35
	}
	e.only[side][groupOf(u.Role)] += n
}

// perGroup is what one part of each group tells.
func (w *Weights) perGroup() [groups]float64 {
	return [groups]float64{1, w.WordBits, w.PlaceBits, w.IndustryBits, w.GenericBits, w.NumberBits, w.FormBits}
}

// amount is what a unit counts in its group.
func amount(u *Unit) float64 {
	switch g := groupOf(u.Role); {
	case g == identityGroup:
		return float64(u.Bits)
	case g == formGroup && u.Role != Form:
		return 0.3
	}
	return 1
}

// score turns evidence into a probability: the share of what agrees in all that was
// compared, through a logistic curve, and less the chance that so little would agree by
// itself. A longer agreement always scores higher, so there is no plateau.
func (e *evidence) score(w *Weights, c *curve) float64 {
	bits := e.bits
	agreed, against := 0.0, 0.0
	for g := range groups {
		agreed += bits[g] * e.agreed[g]
		against += bits[g] * e.lost[g]
	}
	if agreed == 0 {
		return 0
	}
	against += e.unmatched(bits, w)
	share := agreed / (agreed + against)
	if !e.named {
		share *= e.strange(w) // one trade in one town is no party
	}
	if e.named && !e.spelt {
		share *= 0.5 // initials alone are nobody's
	}
	return c.at(share) * (1 - w.Chance*w.Half/(w.Half+agreed))
}

// curve is a logistic curve over a share, 1 at a share of 1.
type curve struct{ middle, slope, full float64 }

func curveOf(middle float64, w Weights) curve {
	return curve{middle, w.Slope, logistic(w.Slope * (1 - middle))}
}

func (c *curve) at(share float64) float64 { return logistic(c.slope*(share-c.middle)) / c.full }

// strange is what is left of a share in which no identity met: little where both names have
// one, more where one has. Words that another script has no spelling for are not counted.
func (e *evidence) strange(w *Weights) float64 {
	own := 0
	for side := range e.only {
		if e.only[side][identityGroup]+e.only[side][wordGroup] > 0 {
			own++
		}
	}
	switch {
	case own == 2:
		return w.Strangers
	case own == 1 && !e.mixed:
		return (1 + w.Strangers) / 2
	}
	return 1
}

// rareName is the bits from which a trade name is rare enough to speak of a group.
const rareName = 10

// kin reports a rare trade name that two companies share whose place or trade differ.
func (e *evidence) kin() bool {
	if e.person || e.agreed[identityGroup] < rareName || e.lost[identityGroup] > 0.1*e.agreed[identityGroup] {
		return false
	}
	unmet := e.only[0][identityGroup] + e.only[1][identityGroup]
	return unmet < 0.35*e.agreed[identityGroup]
}

// unmatched sums what was not met, by what it costs.
func (e *evidence) unmatched(bits [groups]float64, w *Weights) float64 {
	side := func(of ...int) (out [2]float64) {
		for i := range out {
			for _, g := range of {
				out[i] += bits[g] * e.only[i][g]
			}
		}
		return out
	}
	cost := twoSided(side(contextGroup, genericGroup), w.Clash, w.Context) +
		twoSided(side(numberGroup), w.Number, w.Extra) + twoSided(side(formGroup), w.Extra, w.Extra) +
		twoSided(side(placeGroup), w.Place, w.PlaceOnly)
	conflict, extra := w.Conflict, w.Extra
	if e.person {
		conflict, extra = w.PersonConflict, w.PersonExtra
	}
	if words := side(wordGroup); e.mixed && e.named { // no word for it in the other script
		return cost + twoSided(words, w.Gap, w.Gap) + twoSided(side(identityGroup), conflict, extra)
	}
	return cost + twoSided(side(identityGroup, wordGroup), conflict, extra)
}

// twoSided costs what stands on both sides as a conflict and the rest as extra.
func twoSided(bits [2]float64, both, one float64) float64 {
	return 2*both*math.Min(bits[0], bits[1]) + one*math.Abs(bits[0]-bits[1])
}

func identities(units []Unit) bool {
	for i := range units {
		if identity(&units[i]) {
			return true
		}
	}
	return false
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
