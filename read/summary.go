package read

import (
	"context"
	"slices"
	"strings"

	"corvee"
)

// exampleDate is when the examples of rules are published.
var exampleDate = corvee.Date{Year: 2020, Month: 11, Day: 19}

// example reads one sentence as if a report about workers from North Korea held it.
func (r *reader) example(sentence string) ([]corvee.Claim, error) {
	text, err := corvee.NewText(r.lang.Grammar.Opening()+"\n\n"+sentence, nil)
	if err != nil {
		return nil, err
	}
	return r.read(context.Background(), corvee.Report{Published: exampleDate, Publisher: "The Example"}, text)
}

func by(claims []corvee.Claim, rule string) (corvee.Claim, bool) {
	i := slices.IndexFunc(claims, func(c corvee.Claim) bool { return slices.Contains(c.Rules, rule) })
	if i < 0 {
		return corvee.Claim{}, false
	}
	return claims[i], true
}

// Summary returns a claim in short words, as examples and marks name them: the kind, its
// range, unit or currency, /person, /month, its places, sector, indicator, label (blanks
// as underscores), who says it, how, and "not" for a negative.
func Summary(c corvee.Claim) []string {
	out := []string{string(c.Kind)}
	if c.Value != nil {
		out = append(out, strings.ReplaceAll(c.Value.Range.String(), " ", ""), unitOf(*c.Value))
		if c.Value.Per != "" {
			out = append(out, "/"+string(c.Value.Per))
		}
		if c.Value.Period != "" {
			out = append(out, "/"+string(c.Value.Period))
		}
		if c.Value.Of != "" {
			out = append(out, "of:"+c.Value.Of)
		}
	}
	for _, p := range c.Places {
		out = append(out, p.ID)
	}
	out = append(out, c.Countries...)
	for _, s := range []string{string(c.Sector), string(c.Indicator), c.Label, c.Site, c.Employer, string(c.Factuality), string(c.Root().Speaker), c.Root().Role, c.Root().Name} {
		if s != "" {
			out = append(out, strings.ReplaceAll(s, " ", "_"))
		}
	}
	if c.When != nil {
		out = append(out, strings.ReplaceAll(c.When.String(), " ", "_"))
	}
	if c.Polarity == corvee.Negative {
		out = append(out, "not")
	}
	return out
}

func unitOf(v corvee.Value) string {
	if v.Currency != "" {
		return v.Currency
	}
	return string(v.Unit)
}
