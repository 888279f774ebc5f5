package evidence

import (
	"corvee"
	"corvee/assess/law"
	"corvee/cmd/corvee/internal/world"
	"corvee/present"
)

// Law is corvee law.
type Law struct {
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

func (c Law) Run(w *world.World) error {
	if c.Fields {
		return law.Fields(w.Out)
	}
	book, err := law.Load()
	if err != nil {
		return err
	}
	facts, err := book.Facts(law.Asked{
		Date: c.Date, Country: c.Country, Nationality: c.Nationality, Listed: c.Listed,
		Destination: c.Destination, Entry: c.Entry, HS: c.HS, Set: c.Set,
	})
	if err != nil {
		return err
	}
	outcomes := book.Evaluate(facts)
	if w.Flags.Format == present.JSONL {
		stream := corvee.NewEncoder(w.Out)
		if err := stream.Encode(corvee.Message{Config: &corvee.Config{Protocol: corvee.Protocol, Version: w.Version, Settings: map[string]string{}, Notice: corvee.Notice}}); err != nil {
			return err
		}
		for _, o := range outcomes {
			if finding := o.Finding(); c.All || o.Bears() {
				if err := stream.Encode(corvee.Message{Finding: &finding}); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return law.Text(w.Out, outcomes, c.All)
}
