package read

import (
	"slices"

	"corvee"
	"corvee/read/internal/again"
	"corvee/read/internal/slot"
)

// finish fills what only the whole report can say, joins what is stated twice, and gives
// the claims their ids.
func (d *document) finish() []corvee.Claim {
	country := d.Topic.Country()
	var said again.Claims
	for _, heading := range [...]bool{false, true} { // a heading restates the body
		for i := range d.drafts {
			if dr := &d.drafts[i]; dr.heading == heading && dr.claim.Quote.Exact != "" {
				d.complete(dr, country)
				said.Add(dr.claim, dr.heading, dr.again)
			}
		}
	}
	out := said.List
	for i := range out {
		out[i].ID = out[i].NewID()
		slices.Sort(out[i].Inferred)
	}
	return out
}

// complete fills what only the end of the report tells.
func (d *document) complete(dr *draft, country string) {
	c := &dr.claim
	if dr.carried && country != "" && !slices.Contains(c.Countries, country) {
		c.Places, c.Countries = nil, []string{country} // the report is about elsewhere
	}
	if !located(c.Kind) {
		country = dr.country
	}
	if country == d.Abroad(c.Nationality) {
		country = "" // where they come from is not where they work
	}
	if !dr.noted && len(c.Countries) == 0 && country != "" {
		c.Countries = []string{country}
		slot.Infer(c, corvee.SlotPlaces)
	}
	if d.AtHome() && len(c.Countries) == 0 && len(c.Places) == 0 && c.Nationality != "" { // what a state exacts at home
		c.Countries = []string{c.Nationality}
		slot.Infer(c, corvee.SlotPlaces)
	}
	if trade := d.Topic.MainTrade(); c.Sector == "" && !dr.wide && slot.Traded(c.Kind) {
		if c.Sector = trade; trade != "" {
			slot.Infer(c, corvee.SlotSector)
		}
	}
	d.dated(c)
	c.Score = score(*c)
}

// located reports whether a kind of claim is about a place of work, which the whole report
// may tell. Flows and orders are told where the report stands by then.
func located(k corvee.Kind) bool {
	switch k {
	case corvee.KindLaw, corvee.KindTransfer, corvee.KindMovement, corvee.KindOrder, corvee.KindDenial:
		return false
	}
	return true
}

// dated gives a standing state of affairs without a time that of the report, marked as
// inferred: a count of workers is a count at some time.
func (d *document) dated(c *corvee.Claim) {
	if c.When != nil || !d.Report.Published.Known() || c.Kind != corvee.KindHeadcount {
		return
	}
	w := corvee.During(d.Report.Published)
	c.When = &w
	slot.Infer(c, corvee.SlotWhen)
}

// Points off the score of a rule for what had to be inferred; they order review.
const (
	offInferred = 4
	offHedged   = 3
)

func score(c corvee.Claim) int {
	n := c.Score - offInferred*len(c.Inferred)
	if c.Factuality == corvee.Believed || c.Factuality == corvee.Estimated {
		n -= offHedged
	}
	return min(100, max(1, n))
}
