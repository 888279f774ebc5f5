// Package score adds what else is known of two parties to the score of their names.
//
// What comes in: a query, a listing and the probability that their names are of one
// party. What goes out: the facts that agree, conflict or are unknown, the probability
// with them, and its band. Its one idea: a fact moves the odds by its own weight and is
// shown by name; a fact that is missing moves nothing.
package score

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"corvee"
	"corvee/internal/country"
)

// Weights are the natural logarithms of how much a fact moves the odds.
type Weights struct {
	CountryAgrees, CountryConflicts       float64
	IdentifierAgrees, IdentifierConflicts float64 // a number of a register
	PhoneAgrees                           float64
	AddressAgrees                         float64
	TypeConflicts                         float64
	// Floor is the name score that a listing has which is found by a number or an address
	// although its name is another: firms are renamed.
	Floor float64
}

// DefaultWeights are set by hand. A registration number outweighs every doubt about a
// name; a country that differs only lowers it, since firms move and lists err.
func DefaultWeights() Weights {
	return Weights{
		CountryAgrees: 0.4, CountryConflicts: -0.9,
		IdentifierAgrees: 6, IdentifierConflicts: -0.7, PhoneAgrees: 3.2,
		AddressAgrees: 2, TypeConflicts: -2.5,
		Floor: 0.05,
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

// identifierFact agrees when any number is the same; it conflicts only where a number of
// one kind and length is another, since a firm has several registers' numbers.
func identifierFact(asked, listed []corvee.Identifier) corvee.FactEffect {
	f := corvee.FactEffect{Name: "identifier", Effect: Unknown}
	for _, a := range asked {
		for _, l := range listed {
			if Same(a, l) {
				name := "identifier"
				if phone(a) || phone(l) {
					name = "phone"
				}
				return corvee.FactEffect{Name: name, Effect: Agrees, Detail: l.Type + " " + l.Value}
			}
			if a.Type == l.Type && a.Type != "other" && !phone(a) && len(Plain(a.Value)) == len(Plain(l.Value)) {
				f.Effect, f.Detail = Conflicts, a.Type+" "+a.Value+" / "+l.Value
			}
		}
	}
	return f
}

func phone(i corvee.Identifier) bool { return i.Type == "phone" }

// Key returns what an identifier is looked up by: a telephone's last eight digits, every
// other number plainly; "" when it is too short to tell anything.
func Key(i corvee.Identifier) string {
	plain := strings.TrimPrefix(Plain(i.Value), "IMO")
	if phone(i) && len(plain) > 8 {
		plain = plain[len(plain)-8:]
	}
	if len(plain) < 5 || !strings.ContainsAny(plain, "0123456789") {
		return ""
	}
	return plain
}

// Same reports whether two identifiers are one number.
func Same(a, b corvee.Identifier) bool {
	return phone(a) == phone(b) && Key(a) != "" && Key(a) == Key(b)
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

// addressFact agrees when a listed address shares three telling words with the one asked,
// a number among them: a street, its number, a town.
func addressFact(asked string, listed []string) corvee.FactEffect {
	words := Telling(asked)
	for _, l := range listed {
		shared, number := 0, false
		for _, w := range Telling(l) {
			if slices.Contains(words, w) {
				shared++
				number = number || strings.ContainsAny(w, "0123456789")
			}
		}
		if shared >= 3 && number {
			return corvee.FactEffect{Name: "address", Effect: Agrees, Detail: l}
		}
	}
	return corvee.FactEffect{Name: "address", Effect: Unknown}
}

// Telling returns the words of an address that tell something, each once, in order: not a
// country, no word of one to three letters unless it has a digit.
func Telling(address string) []string {
	var out []string
	cut := strings.FieldsFunc(strings.ToLower(address), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for _, w := range cut {
		if len(w) < 4 && !strings.ContainsAny(w, "0123456789") || ordinary(w) || country.Code(w) != "" || slices.Contains(out, w) {
			continue
		}
		out = append(out, w)
	}
	return out
}

// ordinary reports the words that most addresses have.
func ordinary(word string) bool {
	switch word {
	case "street", "road", "avenue", "building", "floor", "room", "district", "city", "province", "county", "town", "north", "south",
		"east", "west", "unit", "block", "office", "suite", "flat", "house", "apartment", "village", "zone", "area", "central", "tower", "plaza":
		return true
	}
	return false
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
	case "phone " + Agrees:
		return w.PhoneAgrees
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

// Related is the band of a name that shares a rare trade name with the query and is
// otherwise too far from it: a lead to an affiliate.
func Related(p float64, kin bool, threshold float64) bool {
	return kin && p < threshold && p >= relatedFrom
}

// relatedFrom is the least score of a lead.
const relatedFrom = 0.03

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
