// Package evident is what the claims of a base hold for screening.
//
// What comes in: reports with their claims as people have left them. What goes out: the
// parties that the claims name, as listings; the claims and origins behind a hit on one; and
// the activity that a shipment's sector, place and time meet. Its one idea: a report is never
// shown as a designation, nor a meeting of sector and place as a match.
package evident

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"corvee"
	"corvee/corroborate"
)

// List is the name under which parties that reports name stand in the index. Its
// entries are of kind reported: a press report is not a designation, and is never shown
// as one.
const List = "Evidence base"

// Evidence is what the base's claims hold for screening: the parties that they name, and
// the activity that a shipment's sector, place and time can meet.
type Evidence struct {
	claims     map[string]corvee.Claim // by id
	parties    []corvee.Listing
	byParty    map[string][]string // listing id → claim ids
	activities []corvee.Claim
	docs       []corroborate.Document
	lineage    func() []corvee.Lineage // found when a hit first asks
}

// New returns the evidence of some documents. How they depend on one another is found when
// a hit first asks.
func New(docs []corroborate.Document) Evidence {
	e := Evidence{
		claims: map[string]corvee.Claim{}, byParty: map[string][]string{}, docs: docs,
		lineage: sync.OnceValue(func() []corvee.Lineage { return corroborate.Lineage(docs) }),
	}
	for _, c := range claimsOf(docs) {
		if c.Review == corvee.ReviewRejected || c.Review == corvee.ReviewObsolete {
			continue
		}
		e.claims[c.ID] = c
		e.addParties(c)
		if c.Kind == corvee.KindActivity && c.Polarity == corvee.Positive && c.Sector != "" {
			e.activities = append(e.activities, c)
		}
	}
	slices.SortFunc(e.parties, func(a, b corvee.Listing) int { return strings.Compare(a.ID, b.ID) })
	return e
}

// Parties returns the parties that claims name, ordered by id. It must not be changed.
func (e Evidence) Parties() []corvee.Listing { return e.parties }

// Party returns the party of an id.
func (e Evidence) Party(id string) (corvee.Listing, bool) {
	at, ok := slices.BinarySearchFunc(e.parties, id, func(l corvee.Listing, id string) int { return strings.Compare(l.ID, id) })
	if !ok {
		return corvee.Listing{}, false
	}
	return e.parties[at], true
}

// Content returns the party of an id with the claims about it as numbers, since a new report
// about a party is a change of what a decision was about.
func (e Evidence) Content(id string) (corvee.Listing, bool) {
	l, ok := e.Party(id)
	l.Identifiers = slices.Clone(l.Identifiers)
	for _, claim := range e.byParty[id] {
		l.Identifiers = append(l.Identifiers, corvee.Identifier{Type: "claim", Value: claim})
	}
	return l, ok
}

func claimsOf(docs []corroborate.Document) (out []corvee.Claim) {
	for _, d := range docs {
		out = append(out, d.Claims...)
	}
	return out
}

func (e *Evidence) addParties(c corvee.Claim) {
	for _, name := range []string{c.Employer, c.Site} {
		if name == "" {
			continue
		}
		id := "evidence:" + strings.ToLower(name)
		if _, ok := e.byParty[id]; !ok {
			e.parties = append(e.parties, corvee.Listing{
				ID: id, List: List, SourceID: name, Kind: corvee.ListingReported, Type: corvee.PartyOrganisation,
				Names: []corvee.Name{{Value: name, Kind: corvee.NamePrimary}}, Countries: c.Countries,
			})
		}
		if !slices.Contains(e.byParty[id], c.ID) {
			e.byParty[id] = append(e.byParty[id], c.ID)
		}
	}
}

// Attach opens a hit on a reported party onto its claims, with how many separate origins
// stand behind them: a copy adds none.
func (e Evidence) Attach(h *corvee.Hit) {
	h.Evidence = e.byParty[h.Listing.ID]
	if len(h.Evidence) == 0 {
		return
	}
	var claims []corvee.Claim
	for _, id := range h.Evidence {
		claims = append(claims, e.claims[id])
		if e.claims[id].Review == corvee.ReviewUnreviewed {
			h.Unreviewed++
		}
	}
	origins := corroborate.Origins(claims, e.docs, e.lineage()).Origins
	h.Origins = &origins
}

// Context returns the claims of activity that meet a row by sector and place, and by time
// where both are known. It is never a match of parties.
func (e Evidence) Context(row int, q corvee.Query, place corvee.Place) *corvee.Context {
	if q.Sector == "" || place.ID == "" || q.Country != "" && place.Country != q.Country {
		return nil
	}
	out := corvee.Context{Row: row}
	timed := false
	for _, c := range e.activities {
		if c.Sector != q.Sector || !slices.ContainsFunc(c.Places, func(p corvee.Place) bool { return p.ID == place.ID }) {
			continue
		}
		if q.When != nil && c.When != nil && q.When.Known() && c.When.Known() {
			if !q.When.Overlaps(*c.When) {
				continue
			}
			timed = true
		}
		out.Claims = append(out.Claims, c.ID)
		if c.Review == corvee.ReviewUnreviewed {
			out.Unreviewed++
		}
	}
	if len(out.Claims) == 0 {
		return nil
	}
	out.Why = fmt.Sprintf("reported work in %s at %s; %s", q.Sector, place.Name, meets(timed))
	return &out
}

func meets(timed bool) string {
	if timed {
		return "sector, place and period meet"
	}
	return "sector and place meet, the period of one side is unknown"
}
