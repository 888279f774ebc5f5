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
	"corvee/store"
)

// List is the name under which parties that reports name stand in the index. Its
// entries are of kind reported: a press report is not a designation, and is never shown
// as one.
const List = "Evidence base"

// Evidence is what the base's claims hold for screening: the parties that they name, and
// the activity that a shipment's sector, place and time can meet.
type Evidence struct {
	parties    []corvee.Listing
	byParty    map[string]claims // listing id → what is claimed of it
	activities map[string][]store.Subject
	supports   *supports
}

// claims are those about one party.
type claims struct {
	names      []string // that reports use, which differ in their capitals alone
	ids        []string
	unreviewed int
}

// About returns the reports that name any of some parties, with their texts and claims.
type About func(parties []string) ([]corroborate.Document, error)

// New returns the evidence of a base, from its subjects: each party of each report, and
// each activity at each place, ordered by key and report. The reports behind a party are
// asked for when a hit first opens onto it.
func New(parties, activities []store.Subject, about About) Evidence {
	e := Evidence{byParty: map[string]claims{}, activities: map[string][]store.Subject{}, supports: &supports{about: about, known: map[string]func() *corvee.OriginCount{}}}
	for _, s := range parties {
		e.addParty(s)
	}
	for _, s := range activities {
		e.activities[s.Key] = append(e.activities[s.Key], s)
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
	for _, claim := range e.byParty[id].ids {
		l.Identifiers = append(l.Identifiers, corvee.Identifier{Type: "claim", Value: claim})
	}
	return l, ok
}

// PartyID returns the id of a party that reports name so.
func PartyID(name string) string { return "evidence:" + strings.ToLower(name) }

func (e *Evidence) addParty(s store.Subject) {
	id := PartyID(s.Key)
	of, known := e.byParty[id]
	if !known {
		e.parties = append(e.parties, corvee.Listing{
			ID: id, List: List, SourceID: s.Key, Kind: corvee.ListingReported, Type: corvee.PartyOrganisation,
			Names: []corvee.Name{{Value: s.Key, Kind: corvee.NamePrimary}}, Countries: s.Countries,
		})
	}
	if !slices.Contains(of.names, s.Key) {
		of.names = append(of.names, s.Key)
	}
	of.ids, of.unreviewed = append(of.ids, s.Claims...), of.unreviewed+s.Unreviewed
	e.byParty[id] = of
}

// supports counts the origins behind parties, once for each.
type supports struct {
	sync.Mutex
	about About
	known map[string]func() *corvee.OriginCount
}

// Attach opens a hit on a reported party onto its claims, with how many separate origins
// stand behind them: a copy adds none. Where the reports cannot be read, the origins are
// not known.
func (e Evidence) Attach(h *corvee.Hit) {
	of, ok := e.byParty[h.Listing.ID]
	if !ok {
		return
	}
	h.Evidence, h.Unreviewed = of.ids, of.unreviewed
	h.Origins = e.supports.of(h.Listing.ID, of)
}

func (s *supports) of(id string, of claims) *corvee.OriginCount {
	s.Lock()
	count, known := s.known[id]
	if !known {
		count = sync.OnceValue(func() *corvee.OriginCount { return s.count(of) })
		s.known[id] = count
	}
	s.Unlock()
	return count()
}

func (s *supports) count(of claims) *corvee.OriginCount {
	docs, err := s.about(of.names)
	if err != nil {
		return nil
	}
	var about []corvee.Claim
	for _, d := range docs {
		for _, c := range d.Claims {
			if slices.Contains(of.ids, c.ID) {
				about = append(about, c)
			}
		}
	}
	origins := corroborate.Origins(about, docs, corroborate.Lineage(docs)).Origins
	return &origins
}

// Context returns the claims of activity that meet a row by sector and place, and by time
// where both are known. It is never a match of parties.
func (e Evidence) Context(row int, q corvee.Query, place corvee.Place) *corvee.Context {
	if q.Sector == "" || place.ID == "" || q.Country != "" && place.Country != q.Country {
		return nil
	}
	out := corvee.Context{Row: row}
	timed := false
	for _, a := range e.activities[place.ID] {
		if a.Sector != q.Sector {
			continue
		}
		if q.When != nil && a.When != nil && q.When.Known() && a.When.Known() {
			if !q.When.Overlaps(*a.When) {
				continue
			}
			timed = true
		}
		out.Claims = append(out.Claims, a.Claims...)
		out.Unreviewed += a.Unreviewed
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
