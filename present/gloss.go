package present

import (
	"strings"

	"corvee"
)

// Gloss says in one line what a claim states, built from its slots: "wage, CNY 2300 a
// month, per person, reported". It shows what the claim holds and nothing else.
func Gloss(c corvee.Claim) string {
	if said := statement(c); said != "" {
		return KindName(c.Kind) + ", " + said
	}
	return KindName(c.Kind)
}

// statement is the gloss without its kind.
func statement(c corvee.Claim) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if c.Polarity == corvee.Negative {
		add("negated")
	}
	add(words(string(c.Indicator)))
	add(c.Label)
	if c.Value != nil {
		add(Amount(*c.Value))
	}
	add(words(string(c.Sector)))
	add(Where(c))
	if c.When != nil {
		add(c.When.String())
	}
	return strings.Join(append(parts, string(c.Factuality)), ", ")
}

// KindName returns the words for a kind.
func KindName(k corvee.Kind) string { return words(string(k)) }

func words(id string) string { return strings.ReplaceAll(id, "_", " ") }

// Amount says a value: "CNY 2300 a month, per person", "87 % of wage", "~200 person".
func Amount(v corvee.Value) string {
	s := v.Range.String()
	switch {
	case v.Unit == corvee.UnitMoney && v.Currency != "":
		s = v.Currency + " " + s
	case v.Unit == corvee.UnitMoney:
		s += " (currency unknown)"
	case v.Unit == corvee.UnitPercent:
		s += " %"
	case v.Unit == corvee.UnitPerson:
	default:
		s += " " + words(string(v.Unit))
	}
	if v.Of != "" {
		s += " of " + v.Of
	}
	return s + rate(v)
}

func rate(v corvee.Value) string {
	s := ""
	switch v.Period {
	case "":
	case corvee.EveryOnce:
		s += " once"
	case corvee.EveryHour:
		s += " an hour"
	default:
		s += " a " + string(v.Period)
	}
	switch v.Per {
	case "", corvee.PerUnknown:
	case corvee.PerTotal:
		if v.Unit != corvee.UnitPerson { // people are always counted so
			s += ", in total"
		}
	default:
		s += ", per " + string(v.Per)
	}
	for _, e := range v.Equivalents {
		s += " (= " + e.Currency + " " + e.Range.String() + ")"
	}
	return s
}

// Where says the site, employer and places of a claim, else its countries.
func Where(c corvee.Claim) string {
	var parts []string
	for _, s := range []string{c.Site, c.Employer} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	for _, p := range c.Places {
		parts = append(parts, p.Name)
	}
	if len(c.Places) == 0 {
		parts = append(parts, c.Countries...)
	}
	return strings.Join(parts, "; ")
}

// SaidBy says the chain of a claim, first speaker first: "source (CN) A-1 → Daily NK".
func SaidBy(c corvee.Claim) string {
	var links []string
	for _, a := range c.Attribution {
		links = append(links, link(a))
	}
	return strings.Join(links, " → ")
}

func link(a corvee.Attribution) string {
	parts := []string{}
	for _, s := range []string{a.Name, a.Role} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		parts = append(parts, words(string(a.Speaker)))
	}
	if a.Country != "" {
		parts = append(parts, "("+a.Country+")")
	}
	if a.Code != "" {
		parts = append(parts, a.Code)
	}
	return strings.Join(parts, " ")
}
