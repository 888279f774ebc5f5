package glance

import (
	"cmp"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/gazetteer"
	"corvee/present"
)

// Choice narrows what a map and a timeline show; zero fields do not narrow. From and Until
// are months, both within.
type Choice struct {
	Kind        corvee.Kind
	Place       string // id; what lies in it too
	Party       string // a site or an employer by its name
	From, Until corvee.Date
}

// Event is a claim where and when it says that something was. At is the month in which its
// time begins; unknown where it tells none: the day of publication is not taken for it.
type Event struct {
	corvee.Claim
	Lang string
	At   corvee.Date
}

// Selection is the claims of a choice by month and by place. The counts are of claims, not
// of people, events or origins.
type Selection struct {
	Events  []Event // by time, those without one last; then in the order of the base
	Months  []Month // from the first to the last with a claim, none left out
	Kinds   []corvee.Kind
	Places  []Spot
	Undated int // without a time
	Nowhere int // without a place, or with a country alone
}

// Month is a month with its claims by kind.
type Month struct {
	Month  corvee.Date         `json:"month"`
	Counts map[corvee.Kind]int `json:"counts"`
	Total  int                 `json:"total"`
}

// Spot is a place with its claims. Lat and Lon are decimal degrees, "" where the place is
// in no table; Rough says that they were not looked up.
type Spot struct {
	ID        string                `json:"id"`
	Name      string                `json:"name"`
	Country   string                `json:"country,omitempty"`
	Precision corvee.PlacePrecision `json:"precision"`
	Lat       string                `json:"lat,omitempty"`
	Lon       string                `json:"lon,omitempty"`
	Rough     bool                  `json:"rough,omitempty"`
	Counts    map[corvee.Kind]int   `json:"counts"`
	Total     int                   `json:"total"`
	Open      int                   `json:"to_review"`
}

// mostMonths bounds a row of months: fifty years.
const mostMonths = 600

// Select returns what stands behind a choice. Rejected and obsolete claims are left out.
func (v *View) Select(c Choice) Selection {
	var s Selection
	spots, months := map[string]*Spot{}, map[corvee.Date]*Month{}
	for _, r := range v.Reports {
		for _, claim := range r.Claims {
			e := Event{Claim: claim, Lang: r.Lang, At: monthOf(claim.When)}
			if !c.holds(e) {
				continue
			}
			s.Events = append(s.Events, e)
			s.place(e, spots)
			if !e.At.Known() {
				s.Undated++
				continue
			}
			m := months[e.At]
			if m == nil {
				m = &Month{Month: e.At, Counts: map[corvee.Kind]int{}}
				months[e.At] = m
			}
			m.Counts[claim.Kind]++
			m.Total++
		}
	}
	s.sort(spots, months)
	return s
}

func (c Choice) holds(e Event) bool {
	switch {
	case e.Review == corvee.ReviewRejected, e.Review == corvee.ReviewObsolete,
		c.Kind != "" && e.Kind != c.Kind,
		c.Party != "" && e.Site != c.Party && e.Employer != c.Party,
		c.Place != "" && !slices.ContainsFunc(e.Places, func(p corvee.Place) bool { return p.ID == c.Place || gazetteer.Within(p.ID, c.Place) }):
		return false
	case !c.From.Known() && !c.Until.Known():
		return true
	case !e.At.Known():
		return false
	}
	return (!c.From.Known() || e.At.Compare(c.From) >= 0) && (!c.Until.Known() || e.At.Compare(c.Until) <= 0)
}

// monthOf is the month in which a time begins, the year's first for a year; unknown for one
// that only ends.
func monthOf(w *corvee.When) corvee.Date {
	if w == nil || !w.From.Known() {
		return corvee.Date{}
	}
	return corvee.Date{Year: w.From.Year, Month: max(1, w.From.Month)}
}

func (s *Selection) place(e Event, spots map[string]*Spot) {
	placed := false
	for _, p := range e.Places {
		if p.ID == "" || p.Precision == corvee.AtCountry {
			continue
		}
		placed = true
		spot := spots[p.ID]
		if spot == nil {
			spot = &Spot{ID: p.ID, Name: p.Name, Country: p.Country, Precision: p.Precision, Counts: map[corvee.Kind]int{}}
			if row, ok := gazetteer.Find(p.ID); ok {
				spot.Name, spot.Lat, spot.Lon, spot.Rough = cmp.Or(row.Name, p.Name), row.Lat, row.Lon, row.Approximate
			}
			spots[p.ID] = spot
		}
		spot.Counts[e.Kind]++
		spot.Total++
		if e.Review == corvee.ReviewUnreviewed {
			spot.Open++
		}
	}
	if !placed {
		s.Nowhere++
	}
}

func (s *Selection) sort(spots map[string]*Spot, months map[corvee.Date]*Month) {
	slices.SortStableFunc(s.Events, func(a, b Event) int {
		if known := a.At.Known(); known != b.At.Known() {
			if known {
				return -1
			}
			return 1
		}
		return a.At.Compare(b.At)
	})
	for _, k := range corvee.Kinds() {
		if slices.ContainsFunc(s.Events, func(e Event) bool { return e.Kind == k }) {
			s.Kinds = append(s.Kinds, k)
		}
	}
	for _, spot := range spots {
		s.Places = append(s.Places, *spot)
	}
	slices.SortFunc(s.Places, func(a, b Spot) int { return cmp.Or(cmp.Compare(b.Total, a.Total), strings.Compare(a.ID, b.ID)) })
	var known []corvee.Date
	for at := range months {
		known = append(known, at)
	}
	slices.SortFunc(known, corvee.Date.Compare)
	for i, at := range known {
		for i > 0 && len(s.Months) < mostMonths && s.Months[len(s.Months)-1].Month.AddMonths(1).Compare(at) < 0 {
			s.Months = append(s.Months, Month{Month: s.Months[len(s.Months)-1].Month.AddMonths(1).To(corvee.PrecisionMonth)})
		}
		s.Months = append(s.Months, *months[at])
	}
}

// Party is a site or an employer under one name that reports use.
type Party struct {
	Name      string          `json:"name"`
	Claims    int             `json:"claims"`
	Open      int             `json:"to_review"`
	Reports   int             `json:"reports"`
	Kinds     []corvee.Kind   `json:"kinds"`
	Countries []string        `json:"countries,omitempty"`
	Places    []string        `json:"places,omitempty"` // their names
	Sectors   []corvee.Sector `json:"sectors,omitempty"`
	// First and Last are the months in which something is told of it; unknown without.
	First corvee.Date `json:"first"`
	Last  corvee.Date `json:"last"`
}

// Sites returns the sites that claims name, and Employers the employers: the most claims
// first, then by name. A name is taken as reports write it; whose names are one party's is
// another question.
func (v *View) Sites() []Party { return v.parties(func(c corvee.Claim) string { return c.Site }) }

// Employers is Sites of the other slot.
func (v *View) Employers() []Party {
	return v.parties(func(c corvee.Claim) string { return c.Employer })
}

func (v *View) parties(name func(corvee.Claim) string) []Party {
	found := map[string]*Party{}
	for _, r := range v.Reports {
		seen := map[*Party]bool{}
		for _, c := range r.Claims {
			n := name(c)
			if n == "" || c.Review == corvee.ReviewRejected || c.Review == corvee.ReviewObsolete {
				continue
			}
			if found[n] == nil {
				found[n] = &Party{Name: n}
			}
			p := found[n]
			p.add(c)
			if !seen[p] {
				seen[p] = true
				p.Reports++
			}
		}
	}
	out := make([]Party, 0, len(found))
	for _, p := range found {
		slices.SortFunc(p.Kinds, func(a, b corvee.Kind) int { return slices.Index(corvee.Kinds(), a) - slices.Index(corvee.Kinds(), b) })
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b Party) int { return cmp.Or(cmp.Compare(b.Claims, a.Claims), strings.Compare(a.Name, b.Name)) })
	return out
}

func (p *Party) add(c corvee.Claim) {
	p.Claims++
	if c.Review == corvee.ReviewUnreviewed {
		p.Open++
	}
	p.Kinds = with(p.Kinds, c.Kind)
	if c.Sector != "" {
		p.Sectors = with(p.Sectors, c.Sector)
	}
	for _, code := range c.Countries {
		p.Countries = with(p.Countries, code)
	}
	for _, place := range c.Places {
		p.Places = with(p.Places, present.Clean(place.Name))
	}
	if at := monthOf(c.When); at.Known() {
		if !p.First.Known() || at.Compare(p.First) < 0 {
			p.First = at
		}
		if !p.Last.Known() || at.Compare(p.Last) > 0 {
			p.Last = at
		}
	}
}

func with[T comparable](list []T, one T) []T {
	if slices.Contains(list, one) {
		return list
	}
	return append(list, one)
}
