package web

import (
	"strings"

	"corvee"
	"corvee/web/form"
)

// editForm is the form of one claim, to edit it or to add one.
type editForm struct {
	Action, Cancel, Submit string
	Adding                 bool
	Expected               int64
	Start, End             int // of the quote, in code points
	Words, Lang            string
	Problem                string
	Other                  string // what another reviewer did meanwhile
	Groups                 []fieldGroup
}

type fieldGroup struct {
	Legend string
	Fields []field
}

// field is one control. Type is select, text, lines or check.
type field struct {
	Name, Label, Type, Value, Hint, Problem, Size string
	Options                                       []option
}

type option struct {
	Value, Label string
	Selected     bool
}

func fieldGroups(f form.Fields, bad form.Problems) []fieldGroup {
	groups := []fieldGroup{
		{"What it states", []field{
			choose("kind", "Kind", f.Kind, optionsOf(corvee.Kinds(), "")),
			choose("indicator", "Indicator", f.Indicator, optionsOf(corvee.Indicators(), "none")).hint("Only for a condition."),
			choose("sector", "Sector", f.Sector, optionsOf(corvee.Sectors(), "not stated")),
			text("label", "Label", f.Label, "").hint("Name of a levy, campaign, directive or law."),
			text("subject", "Group", f.Subject, "").hint("In the report’s words."),
		}},
		{"Figure", figureFields(f)},
		{"Where and when", []field{
			{Name: "places", Label: "Places, one a line", Type: "lines", Value: f.Places, Hint: "A name alone is looked up; else say how exact: Tumen (city)."},
			text("countries", "Countries", f.Countries, "").hint("CN, KR."),
			text("site", "Site", f.Site, ""), text("employer", "Employer", f.Employer, ""),
			text("from", "From", f.From, "short").hint("2020, 2020-11 or 2020-11-19."), text("until", "Until, and with it", f.Until, "short"),
		}},
		{"Who says so, and how", []field{
			choose("speaker", "Said first by", f.Speaker, optionsOf(corvee.Speakers(), "")),
			text("name", "Name", f.Name, "").hint("Only of an official, a public person, a body or a publisher."),
			text("role", "Role", f.Role, "").hint("worker, trader, manager: never a name."),
			choose("factuality", "Factuality", f.Factuality, optionsOf(corvee.Factualities(), "")),
			choose("polarity", "Polarity", f.Polarity, optionsOf(corvee.Polarities(), "")),
		}},
		{"", []field{{Name: "note", Label: "Note for other reviewers", Type: "lines", Value: f.Note, Hint: "Kept with the decision. Name nobody."}}},
	}
	for _, g := range groups {
		for i := range g.Fields {
			g.Fields[i].Problem = bad[g.Fields[i].Name]
		}
	}
	return groups
}

func figureFields(f form.Fields) []field {
	approx := field{Name: "approx", Label: "about", Type: "check", Value: f.Approx}
	return []field{
		choose("bound", "Bound", f.Bound, optionsOf(form.Bounds(), "no figure")),
		text("figure", "Figure", f.Figure, "short").hint("Plain digits: 2300."), text("to", "and", f.To, "short").hint("Only for between."), approx,
		choose("unit", "Unit", f.Unit, optionsOf(corvee.Units(), "none")), text("currency", "Currency", f.Currency, "short").hint("CNY, USD, KPW."),
		choose("per", "Per", f.Per, optionsOf(corvee.Pers(), "not stated")), choose("period", "Every", f.Period, optionsOf(corvee.RatePeriods(), "not stated")),
		text("of", "Percent of", f.Of, "short"),
	}
}

func choose(name, label, value string, options []option) field {
	for i := range options {
		options[i].Selected = options[i].Value == value
	}
	return field{Name: name, Label: label, Type: "select", Value: value, Options: options}
}

func text(name, label, value, size string) field {
	return field{Name: name, Label: label, Type: "text", Value: value, Size: size}
}

func (f field) hint(s string) field {
	f.Hint = s
	return f
}

// optionsOf lists a closed list, after an empty entry with the given words if there are
// any.
func optionsOf[T ~string](list []T, none string) []option {
	var out []option
	if none != "" {
		out = append(out, option{Label: none})
	}
	for _, word := range list {
		out = append(out, option{Value: string(word), Label: strings.ReplaceAll(string(word), "_", " ")})
	}
	return out
}
