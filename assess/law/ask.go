package law

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"corvee"
)

// Asked is a hypothetical case as a person names it; each part fills one or two fields.
type Asked struct {
	Date, Country, Nationality string
	Listed                     []string
	Destination, Entry, HS     string
	Set                        []string // FIELD=VALUE, for any field; the last word on it
}

// Facts turns a case into facts. A case that names none is ErrInvalid.
func (b *Book) Facts(a Asked) (Facts, error) {
	var list []string
	add := func(field, value string) {
		if value != "" {
			list = append(list, field+"="+value)
		}
	}
	add("activity.date", a.Date)
	if from, _, _ := strings.Cut(a.Date, ".."); from != "" {
		add("activity.end_or_open", from+"..") // work that was seen may have gone on
	}
	add("place.country", strings.ToUpper(a.Country))
	add("worker.nationality", strings.ToUpper(a.Nationality))
	add("entity.listed_on", strings.Join(a.Listed, ","))
	add("goods.destination_country", strings.ToUpper(a.Destination))
	add("trade.entry_date", a.Entry)
	add("trade.date", a.Entry)
	if hs := strings.NewReplacer(".", "", " ", "").Replace(a.HS); len(hs) >= 2 {
		add("goods.hs_chapter", hs[:2])
		add("goods.hs4", hs[:len(hs)/4*4][:min(4, len(hs)/4*4)])
	}
	facts := Facts{}
	for _, one := range append(list, a.Set...) {
		field, value, ok := strings.Cut(one, "=")
		if !ok {
			return nil, fmt.Errorf("%w: %q: write FIELD=VALUE", corvee.ErrInvalid, one)
		}
		if err := b.Set(facts, field, value); err != nil {
			return nil, err
		}
	}
	if len(facts) == 0 {
		return nil, fmt.Errorf("%w: no fact was given; begin with --date and --country", corvee.ErrInvalid)
	}
	return facts, nil
}

// Text writes outcomes with their conditions, for a terminal; unless all is set only those
// that the facts bear on, and how many more there are.
func Text(w io.Writer, outcomes []Outcome, all bool) error {
	var b strings.Builder
	shown := slices.DeleteFunc(slices.Clone(outcomes), func(o Outcome) bool { return !all && !o.Bears() })
	for _, o := range shown {
		fmt.Fprintf(&b, "%s  %s\n", o.Instrument.ID, o)
		for _, c := range o.Conditions {
			fmt.Fprintf(&b, "    %-13s %s", c.Truth, c.Condition)
			if c.Fact.Known() {
				fmt.Fprintf(&b, "  (given: %s)", c.Fact)
			}
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "    binds         %s\n    source        %s\n", strings.Join(o.Instrument.Binds, "; "), o.Instrument.Sources[0])
	}
	if left := len(outcomes) - len(shown); left > 0 {
		fmt.Fprintf(&b, "%d more instruments are not engaged or not touched by what was given (--all shows them).\n", left)
	}
	b.WriteString("Engaged on the facts given, not a verdict and not legal advice.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// Fields writes the bridge as a table: every field, and what fills it.
func Fields(w io.Writer) error {
	fields, err := Bridge()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FIELD\tTYPE\tFILLED BY\tASKS FOR\tHOW")
	for _, f := range fields {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", f.Name, f.Type, f.FilledBy, f.AsksFor, f.How)
	}
	return table.Flush()
}
