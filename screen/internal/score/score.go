// Package score adds what else is known of two parties to the score of their names.
//
// What comes in: a query, a listing and the probability that their names are of one
// party. What goes out: the facts that agree, conflict or are unknown, the probability
// with them, and its band. Its one idea: a fact moves the odds by its own weight and is
// shown by name; a fact that is missing moves nothing.
package score

import (
	"math"
	"strings"

	"corvee"
	"corvee/internal/country"
)

// Weights are the natural logarithms of how much a fact moves the odds.
type Weights struct {
	CountryAgrees, CountryConflicts       float64
	IdentifierAgrees, IdentifierConflicts float64
	AddressAgrees                         float64
	TypeConflicts                         float64
}

// DefaultWeights are set by hand. A registration number outweighs every doubt about a
// name; a country that differs only lowers it, since firms move and lists err.
func DefaultWeights() Weights {
	return Weights{
		CountryAgrees: 0.4, CountryConflicts: -0.9,
		IdentifierAgrees: 5, IdentifierConflicts: -1.5,
		AddressAgrees: 1.2, TypeConflicts: -2.5,
	}
}

// The effects of a fact.
const (
	Agrees    = "agrees"
	Conflicts = "conflicts"
	Unknown   = "unknown"
)

// Facts compares everything but the name, in a fixed order: country, identifier, address,
// type. A fact that the query does not state is left out; one that only the listing lacks
// is unknown.
func Facts(q corvee.Query, l corvee.Listing) []corvee.FactEffect {
	var out []corvee.FactEffect
	if q.Country != "" {
		out = append(out, countryFact(q.Country, l.Countries))
	}
	if len(q.Identifiers) > 0 {
		out = append(out, identifierFact(q.Identifiers, l.Identifiers))
	}
	if q.Address != "" {
		out = append(out, addressFact(q.Address, l.Addresses))
	}
	if q.Type != "" {
		out = append(out, typeFact(q.Type, l.Type))
	}
	return out
}

func countryFact(code string, listed []string) corvee.FactEffect {
	f := corvee.FactEffect{Name: "country", Effect: Unknown}
	if known := country.Code(code); known != "" {
		code = known
	}
	if len(listed) == 0 {
		return f
	}
	f.Effect, f.Detail = Conflicts, code+" / "+strings.Join(listed, " ")
	for _, c := range listed {
		if c == code {
			f.Effect, f.Detail = Agrees, code
		}
	}
	return f
}

func identifierFact(asked, listed []corvee.Identifier) corvee.FactEffect {
	f := corvee.FactEffect{Name: "identifier", Effect: Unknown}
	for _, a := range asked {
		for _, l := range listed {
			if Plain(a.Value) == Plain(l.Value) && Plain(a.Value) != "" {
				return corvee.FactEffect{Name: "identifier", Effect: Agrees, Detail: l.Type + " " + l.Value}
			}
			if a.Type == l.Type && a.Type != "" && a.Type != "other" && a.Type != "phone" {
				f.Effect, f.Detail = Conflicts, a.Type+" "+a.Value+" / "+l.Value
			}
		}
	}
	return f
}

// Plain returns a number without spaces, dots, dashes and case.
func Plain(number string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z':
			return c
		case 'a' <= c && c <= 'z':
			return c - 'a' + 'A'
		}
		return -1
	}, number)
}

func addressFact(asked string, listed []string) corvee.FactEffect {
	f := corvee.FactEffect{Name: "address", Effect: Unknown}
	for _, l := range listed {
		if shared := sharedWords(asked, l); shared >= 2 {
			return corvee.FactEffect{Name: "address", Effect: Agrees, Detail: l}
		}
	}
	return f
}

// sharedWords counts the telling words (four letters, or any with a digit) in both.
func sharedWords(a, b string) int {
	words := map[string]bool{}
	cut := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return strings.ContainsRune(" ,.;/-()，。", c) })
	}
	for _, w := range cut(a) {
		if (len(w) >= 4 || strings.ContainsAny(w, "0123456789")) && country.Code(w) == "" {
			words[w] = true
		}
	}
	n := 0
	for _, w := range cut(b) {
		if words[w] {
			n++
			delete(words, w)
		}
	}
	return n
}

func typeFact(asked, listed corvee.PartyType) corvee.FactEffect {
	switch {
	case listed == "":
		return corvee.FactEffect{Name: "type", Effect: Unknown}
	case asked == listed:
		return corvee.FactEffect{Name: "type", Effect: Agrees, Detail: string(asked)}
	}
	return corvee.FactEffect{Name: "type", Effect: Conflicts, Detail: string(asked) + " / " + string(listed)}
}

// Combine moves the odds of a name by the facts. The result keeps the order of names: of
// two names under the same facts the better stays ahead.
func Combine(p float64, facts []corvee.FactEffect, w Weights) float64 {
	p = math.Min(math.Max(p, 1e-6), 1-1e-6)
	odds := math.Log(p / (1 - p))
	for _, f := range facts {
		odds += weight(f, w)
	}
	return 1 / (1 + math.Exp(-odds))
}

func weight(f corvee.FactEffect, w Weights) float64 {
	switch f.Name + " " + f.Effect {
	case "country " + Agrees:
		return w.CountryAgrees
	case "country " + Conflicts:
		return w.CountryConflicts
	case "identifier " + Agrees:
		return w.IdentifierAgrees
	case "identifier " + Conflicts:
		return w.IdentifierConflicts
	case "address " + Agrees:
		return w.AddressAgrees
	case "type " + Conflicts:
		return w.TypeConflicts
	}
	return 0
}

// Agreeing counts the facts that agree.
func Agreeing(facts []corvee.FactEffect) int {
	n := 0
	for _, f := range facts {
		if f.Effect == Agrees {
			n++
		}
	}
	return n
}

// The least score of a band.
const (
	strongFrom   = 0.85
	possibleFrom = 0.65
)

// Band returns how strong a hit of that probability is, for people.
func Band(p float64) corvee.Band {
	switch {
	case p >= strongFrom:
		return corvee.BandStrong
	case p >= possibleFrom:
		return corvee.BandPossible
	}
	return corvee.BandWeak
}

// Rank orders the bands, the strongest first.
func Rank(b corvee.Band) int {
	switch b {
	case corvee.BandStrong:
		return 0
	case corvee.BandPossible:
		return 1
	case corvee.BandWeak:
		return 2
	}
	return 3
}

// Rounded cuts a score to four places, so that it reads the same on every machine.
func Rounded(p float64) float64 { return math.Round(p*1e4) / 1e4 }
