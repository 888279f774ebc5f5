package review

import (
	"strings"

	"corvee"
	"corvee/web/parts"
	"corvee/web/review/form"
)

// editForm is the form of one claim, to edit it or to add one.
type editForm struct {
	Action, Cancel, Submit string
	Adding                 bool
	Expected               int64
	Start, End             int // of the quote, in code points
	Words, Lang            string
	Problem                string
	Twin                   *parts.Link // the claim that is already there
	Other                  string      // what another reviewer did meanwhile
	Groups                 []fieldGroup
}

type fieldGroup struct {
	Legend string
	Fields []field
}

// field is one control. Type is select, text, lines or check.
type field struct {
	Name, Label, Type, Value, Hint, Example, Problem, Size string
	Options                                                []option
}

type option struct {
	Value, Label string
	Selected     bool
}

func fieldGroups(f form.Fields, bad form.Problems) []fieldGroup {
	groups := []fieldGroup{
		{"What it states", []field{
			choose("kind", "Kind", f.Kind, optionsOf(corvee.Kinds(), "")),
			choose("indicator", "Indicator, of a condition", f.Indicator, optionsOf(corvee.Indicators(), "none")),
			choose("sector", "Sector", f.Sector, optionsOf(corvee.Sectors(), "not stated")),
			text("subject", "Group, in the report’s words", f.Subject, ""),
			text("label", "Name of the levy, campaign, directive or law", f.Label, "long"),
		}},
		{"Figure", figureFields(f)},
		{"Where and when", []field{
			{Name: "places", Label: "Places, one a line", Type: "lines", Value: f.Places, Hint: "A name alone is looked up; else say how exact: Tumen (city)."},
			text("site", "Site", f.Site, ""), text("employer", "Employer", f.Employer, ""),
			text("countries", "Countries", f.Countries, "short").example("CN, KR"),
			text("from", "From", f.From, "short").example("2020-11"), text("until", "Until, with it", f.Until, "short").example("2020-11-19"),
		}},
		{"Who says so, and how", []field{
			choose("speaker", "Said first by", f.Speaker, optionsOf(corvee.Speakers(), "")),
			text("role", "Role", f.Role, "").example("worker, trader, manager"),
			{Name: "name", Label: "Name", Type: "text", Value: f.Name, Size: "long", Hint: "Only of an official, a public person, a body or a publisher: never of a worker or a source."},
			choose("factuality", "Factuality", f.Factuality, optionsOf(corvee.Factualities(), "")),
			choose("polarity", "Polarity", f.Polarity, optionsOf(corvee.Polarities(), "")),
		}},
		{"For other reviewers", []field{{Name: "note", Label: "Note", Type: "lines", Value: f.Note, Hint: "Kept with the decision. Name nobody."}}},
	}
	for _, g := range groups {
		for i := range g.Fields {
			g.Fields[i].Problem = bad[g.Fields[i].Name]
		}
	}
	return groups
}

func figureFields(f form.Fields) []field {
	return []field{
		choose("bound", "Figure is", f.Bound, optionsOf(form.Bounds(), "not given")).sized("short"),
		text("figure", "Figure", f.Figure, "short").example("2300"), text("to", "and, if between", f.To, "short"),
		choose("unit", "Unit", f.Unit, optionsOf(corvee.Units(), "none")).sized("short"),
		text("currency", "Currency", f.Currency, "short").example("CNY"),
		{Name: "approx", Label: "hedged: “about”", Type: "check", Value: f.Approx},
		choose("per", "Per", f.Per, optionsOf(corvee.Pers(), "not stated")).sized("short"),
		choose("period", "Every", f.Period, optionsOf(corvee.RatePeriods(), "not stated")).sized("short"),
		text("of", "Percent of", f.Of, "short").example("wage"),
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

func (f field) example(s string) field {
	f.Example = s
	return f
}

func (f field) sized(s string) field {
	f.Size = s
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
