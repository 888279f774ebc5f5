package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"corvee"
	"corvee/assess/law"
	"corvee/present"
)

type lawCmd struct {
	Date        string   `help:"When the work was done: 2020, 2020-11, 2020-11-19 or FROM..TO. It is taken to go on unless --set activity.end_or_open=… says otherwise." placeholder:"D"`
	Country     string   `help:"Where the work is done (ISO 3166 alpha-2)." placeholder:"C"`
	Nationality string   `help:"Nationality of the workers." placeholder:"C"`
	Listed      []string `help:"Lists that name the party: UN-1718, OFAC-DPRK3, UFLPA …" placeholder:"LIST"`
	Destination string   `help:"Country that the goods go to." placeholder:"C"`
	Entry       string   `help:"Day of entry of the goods." placeholder:"D"`
	HS          string   `help:"HS code of the goods; its chapter and heading are taken." placeholder:"CODE"`
	Set         []string `help:"Any field of the table: FIELD=VALUE (see --fields)." placeholder:"FIELD=VALUE" sep:"none"`
	All         bool     `help:"Also instruments that nothing given bears on, or that are not engaged."`
	Fields      bool     `help:"The fields that instruments ask for, and what fills each."`
}

func (c lawCmd) Run(w *world) error {
	if c.Fields {
		return c.fields(w)
	}
	book, err := law.Load()
	if err != nil {
		return err
	}
	facts, err := c.facts(book)
	if err != nil {
		return err
	}
	outcomes := book.Evaluate(facts)
	if w.cli.Format == present.JSONL {
		stream := corvee.NewEncoder(w.out)
		for _, o := range outcomes {
			if finding := o.Finding(); c.All || o.Bears() {
				if err := stream.Encode(corvee.Message{Finding: &finding}); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return c.text(w, outcomes)
}

// facts turns flags into facts; each flag is one or two fields of the table.
func (c lawCmd) facts(book *law.Book) (law.Facts, error) {
	var list []string
	add := func(field, value string) {
		if value != "" {
			list = append(list, field+"="+value)
		}
	}
	add("activity.date", c.Date)
	if from, _, _ := strings.Cut(c.Date, ".."); from != "" {
		add("activity.end_or_open", from+"..") // work that was seen may have gone on
	}
	add("place.country", strings.ToUpper(c.Country))
	add("worker.nationality", strings.ToUpper(c.Nationality))
	add("entity.listed_on", strings.Join(c.Listed, ","))
	add("goods.destination_country", strings.ToUpper(c.Destination))
	add("trade.entry_date", c.Entry)
	add("trade.date", c.Entry)
	if hs := strings.NewReplacer(".", "", " ", "").Replace(c.HS); len(hs) >= 2 {
		add("goods.hs_chapter", hs[:2])
		if len(hs) >= 4 {
			add("goods.hs4", hs[:4])
		}
	}
	facts := law.Facts{}
	for _, one := range append(list, c.Set...) {
		field, value, ok := strings.Cut(one, "=")
		if !ok {
			return nil, fmt.Errorf("%w: %q: write FIELD=VALUE", corvee.ErrInvalid, one)
		}
		if err := book.Set(facts, field, value); err != nil {
			return nil, err
		}
	}
	if len(facts) == 0 {
		return nil, fmt.Errorf("%w: no fact was given; begin with --date and --country", corvee.ErrInvalid)
	}
	return facts, nil
}

func (c lawCmd) text(w *world, outcomes []law.Outcome) error {
	left := 0
	for _, o := range outcomes {
		if !c.All && !o.Bears() {
			left++
			continue
		}
		fmt.Fprintf(w.out, "%s  %s\n", o.Instrument.ID, o)
		for _, condition := range o.Conditions {
			fmt.Fprintf(w.out, "    %-13s %s", condition.Truth, condition.Condition)
			if condition.Fact.Known() {
				fmt.Fprintf(w.out, "  (given: %s)", condition.Fact)
			}
			fmt.Fprintln(w.out)
		}
		fmt.Fprintf(w.out, "    binds         %s\n    source        %s\n", strings.Join(o.Instrument.Binds, "; "), o.Instrument.Sources[0])
	}
	if left > 0 {
		fmt.Fprintf(w.out, "%d more instruments are not engaged or not touched by what was given (--all shows them).\n", left)
	}
	fmt.Fprintln(w.out, "Engaged on the facts given, not a verdict and not legal advice.")
	return nil
}

func (c lawCmd) fields(w *world) error {
	fields, err := law.Bridge()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FIELD\tTYPE\tFILLED BY\tASKS FOR\tHOW")
	for _, f := range fields {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", f.Name, f.Type, f.FilledBy, f.AsksFor, f.How)
	}
	return table.Flush()
}
