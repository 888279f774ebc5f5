package resolve

import (
	"cmp"
	"slices"
	"strings"
)

// Effect is what a fact says about two being one, in the words of a hit's facts.
type Effect string

// The effects.
const (
	Agrees  Effect = "agrees"
	Differs Effect = "differs"
	Unknown Effect = "unknown"
)

// Reason is one fact that speaks for or against two being one.
type Reason struct {
	Fact   string // name, place, sector, employer, report, role
	Effect Effect
	Words  string // what of the one meets what of the other
}

// facts compares two handles but for their names, in the order in which people ask.
func facts(a, b *Handle) []Reason {
	return []Reason{
		place(a, b),
		words("sector", texts(a.Sectors), texts(b.Sectors)),
		words("named with", others(a, b), others(b, a)),
		role(a, b), report(a, b),
	}
}

func place(a, b *Handle) Reason {
	r := Reason{Fact: "place", Words: placeWords(a.At) + " · " + placeWords(b.At)}
	switch {
	case a.At == "" || b.At == "":
		r.Effect = Unknown
	case a.At == b.At:
		r.Effect, r.Words = Agrees, placeWords(a.At)
	case nested(a.At, b.At):
		r.Effect = Agrees
	default:
		r.Effect = Differs
	}
	return r
}

func placeWords(at string) string {
	if at == "" {
		return "not told"
	}
	return placeName(at)
}

// words compares two sets of words: what they share agrees.
func words(fact string, a, b []string) Reason {
	if len(a) == 0 || len(b) == 0 {
		return Reason{fact, Unknown, ""}
	}
	var both []string
	for _, w := range a {
		if slices.Contains(b, w) {
			both = append(both, w)
		}
	}
	if len(both) > 0 {
		return Reason{fact, Agrees, strings.Join(both, ", ")}
	}
	return Reason{fact, Differs, strings.Join(a, ", ") + " · " + strings.Join(b, ", ")}
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = string(t)
	}
	return out
}

// others are whom a handle is named with, besides the other one itself.
func others(a, b *Handle) []string {
	return slices.DeleteFunc(slices.Clone(a.With), func(name string) bool { return slices.Contains(b.Names, name) })
}

// role is no difference: a plant is often named by its firm.
func role(a, b *Handle) Reason {
	as, other := strings.Join(texts(a.As), " and "), strings.Join(texts(b.As), " and ")
	if as == other {
		return Reason{"named as", Agrees, as}
	}
	return Reason{"named as", Unknown, as + " · " + other}
}

// report is against two names of one report: it may use both to tell two apart.
func report(a, b *Handle) Reason {
	shared := words("report", a.Reports, b.Reports)
	if shared.Effect == Agrees {
		return Reason{"report", Differs, "one report uses both names"}
	}
	return Reason{"report", Unknown, ""}
}

// differing are the facts that speak against two being one.
func differing(a, b *Handle) []Reason {
	return slices.DeleteFunc(facts(a, b), func(r Reason) bool { return r.Effect != Differs })
}

// balance is how many facts agree less how many differ, to order proposals of one score.
func balance(reasons []Reason) int {
	n := 0
	for _, r := range reasons {
		switch r.Effect {
		case Agrees:
			n++
		case Differs:
			n--
		}
	}
	return n
}

func compareReasons(a, b []Reason) int { return cmp.Compare(balance(b), balance(a)) }
