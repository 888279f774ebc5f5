// Package form turns a claim into the fields of an HTML form and back.
//
// What comes in: a claim, or what a person typed. What goes out: the fields to show, or the
// claim as the person left it, or what is wrong with which field. Its one idea: what the
// form does not touch stays as it was, and what a person changed is no longer traced to
// the words that a rule had found for it.
package form

import (
	"net/url"
	"strings"

	"corvee"
	"corvee/present"
)

// Fields are the fields of a claim's form, as text. Empty is unknown.
type Fields struct {
	Kind, Polarity, Factuality, Sector, Indicator, Label       string
	Bound, Figure, To, Approx, Unit, Currency, Per, Period, Of string
	Subject, Places, Countries, Site, Employer                 string
	From, Until                                                string
	Speaker, Name, Role                                        string
	Note                                                       string
}

// Problems says what is wrong with a field, by the field's name in the form; "" is the
// form as a whole.
type Problems map[string]string

// Bound is how a figure bounds a value.
type Bound string

// The bounds, as a person says them.
const (
	Exactly  Bound = "exactly"
	AtLeast  Bound = "at_least"
	MoreThan Bound = "more_than"
	AtMost   Bound = "at_most"
	LessThan Bound = "less_than"
	Between  Bound = "between"
)

// Bounds returns the closed list in its written order.
func Bounds() []Bound { return []Bound{Exactly, AtLeast, MoreThan, AtMost, LessThan, Between} }

// named is a field by its name in the form.
type named struct {
	name  string
	field *string
}

func (f *Fields) all() []named {
	return []named{
		{"kind", &f.Kind}, {"polarity", &f.Polarity}, {"factuality", &f.Factuality}, {"sector", &f.Sector},
		{"indicator", &f.Indicator}, {"label", &f.Label}, {"bound", &f.Bound}, {"figure", &f.Figure}, {"to", &f.To},
		{"approx", &f.Approx}, {"unit", &f.Unit}, {"currency", &f.Currency}, {"per", &f.Per}, {"period", &f.Period},
		{"of", &f.Of}, {"subject", &f.Subject}, {"places", &f.Places}, {"countries", &f.Countries}, {"site", &f.Site},
		{"employer", &f.Employer}, {"from", &f.From}, {"until", &f.Until}, {"speaker", &f.Speaker}, {"name", &f.Name},
		{"role", &f.Role}, {"note", &f.Note},
	}
}

// Parse reads the fields of a form as a browser sends it.
func Parse(values url.Values) Fields {
	var f Fields
	for _, n := range f.all() {
		*n.field = strings.TrimSpace(clean(values.Get(n.name)))
	}
	return f
}

// clean shows what could steer a page, line by line.
func clean(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = present.Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}

// Of returns the fields of a claim, trimmed and clean as Parse would return them.
func Of(c corvee.Claim) Fields {
	f := raw(c)
	for _, n := range f.all() {
		*n.field = strings.TrimSpace(clean(*n.field))
	}
	return f
}

func raw(c corvee.Claim) Fields {
	f := Fields{
		Kind: string(c.Kind), Polarity: string(c.Polarity), Factuality: string(c.Factuality), Sector: string(c.Sector),
		Indicator: string(c.Indicator), Label: c.Label, Subject: c.Subject, Site: c.Site, Employer: c.Employer,
		Countries: strings.Join(c.Countries, ", "), Places: placeLines(c.Places),
		Speaker: string(c.Root().Speaker), Name: c.Root().Name, Role: c.Root().Role,
	}
	if c.Value != nil {
		f.setValue(*c.Value)
	}
	if c.When != nil {
		f.From = c.When.From.To(c.When.Precision).String()
		f.Until = c.When.Last().To(c.When.Precision).String()
	}
	return f
}

func (f *Fields) setValue(v corvee.Value) {
	f.Unit, f.Currency, f.Per, f.Period, f.Of = string(v.Unit), v.Currency, string(v.Per), string(v.Period), v.Of
	if v.Approx {
		f.Approx = "yes"
	}
	bound := boundOf(v.Range)
	f.Bound = string(bound)
	switch bound {
	case AtMost, LessThan:
		f.Figure = v.High.String()
	case Between:
		f.Figure, f.To = v.Low.String(), v.High.String()
	default:
		f.Figure = v.Low.String()
	}
}

func boundOf(r corvee.Range) Bound {
	switch {
	case !r.Known():
		return ""
	case !r.High.Known() && r.Exclusive == corvee.ExclusiveLow:
		return MoreThan
	case !r.High.Known():
		return AtLeast
	case !r.Low.Known() && r.Exclusive == corvee.ExclusiveHigh:
		return LessThan
	case !r.Low.Known():
		return AtMost
	case r.Low == r.High:
		return Exactly
	}
	return Between
}

// placeLines writes a place a line, with its precision, so that the line reads back as the
// same place.
func placeLines(places []corvee.Place) string {
	lines := make([]string, len(places))
	for i, p := range places {
		lines[i] = placeLine(p)
	}
	return strings.Join(lines, "\n")
}

func placeLine(p corvee.Place) string { return p.Name + " (" + string(p.Precision) + ")" }
