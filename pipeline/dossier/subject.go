// Package dossier gathers what a base holds on one subject and has it assessed: a name in,
// questions and a dossier out.
//
// Its one idea: a dossier leaves the base, so what may not leave is taken out here, by
// construction, before any presenter sees it; and what was taken out is counted and said.
package dossier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/corroborate"
	"corvee/internal/country"
	"corvee/internal/gazetteer"
	"corvee/pipeline/who"
)

// Kind is what a subject is.
type Kind string

// The kinds of subject. A party is a site or an organisation.
const (
	Party   Kind = "party"
	Place   Kind = "place"
	Country Kind = "country"
)

// Subject is whom or what is asked about, with the claims that are about it.
type Subject struct {
	Kind   Kind
	ID     string // of a place or a country
	Party  string // the id of a party
	Name   string
	Names  []string // that the reports use, sorted
	Claims []corvee.Claim
	// Near are claims of a report that names no party but this one: they name no site and
	// are about its place. They are shown as such.
	Near map[string]bool
}

// find resolves a name: a country, a place, else a party that reports name. Nothing found
// is corvee.ErrNotFound, with what there is.
func find(docs []corroborate.Document, parties *corroborate.Parties, name string) (Subject, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return Subject{}, fmt.Errorf("%w: no name was given", corvee.ErrInvalid)
	}
	if s, ok, err := party(docs, parties, name); ok || err != nil {
		return s, err
	}
	if s, ok := place(docs, name); ok {
		return s, nil
	}
	if code := country.Code(name); code != "" {
		s := Subject{Kind: Country, ID: code, Name: country.Name(code)}
		for _, c := range claimsOf(docs) {
			if slices.Contains(c.Countries, code) {
				s.Claims = append(s.Claims, c)
			}
		}
		if len(s.Claims) > 0 {
			return s, nil
		}
	}
	return Subject{}, fmt.Errorf("%w: no claim of this base names %q as a site, an employer, a place or a country (corvee claims lists what it holds)", corvee.ErrNotFound, name)
}

// claimsOf leaves out what people rejected, and a claim whose report is not there: its words
// would lead nowhere.
func claimsOf(docs []corroborate.Document) (out []corvee.Claim) {
	for _, d := range docs {
		for _, c := range d.Claims {
			if c.Report == d.Report.ID && c.Review != corvee.ReviewRejected && c.Review != corvee.ReviewObsolete {
				out = append(out, c)
			}
		}
	}
	return out
}

func place(docs []corroborate.Document, name string) (Subject, bool) {
	id := placeID(name, func(yield func(id, name string)) {
		for _, c := range claimsOf(docs) {
			for _, p := range c.Places {
				yield(p.ID, p.Name)
			}
		}
	})
	if id == "" {
		return Subject{}, false
	}
	s := Subject{Kind: Place, ID: id, Name: cmp.Or(placeName(id), name)}
	for _, c := range claimsOf(docs) {
		if slices.ContainsFunc(c.Places, func(p corvee.Place) bool { return gazetteer.Within(p.ID, id) }) {
			s.Claims = append(s.Claims, c)
		}
	}
	return s, len(s.Claims) > 0
}

// placeID returns the place of a name: one that reports name so, else one of the gazetteer;
// "" for none, and for a country, which reports name where they name no place.
func placeID(name string, named func(func(id, name string))) (id string) {
	named(func(of, as string) {
		if strings.EqualFold(of, name) || strings.EqualFold(as, name) {
			id = max(id, of) // whatever the order of the reports
		}
	})
	for _, p := range gazetteer.All() {
		// A bare "Jilin" is the province, unless a city of that name was asked for as one.
		bare := strings.TrimSuffix(p.Name, " Province")
		if id == "" && (strings.EqualFold(p.ID, name) || strings.EqualFold(p.Name, name) || strings.EqualFold(bare, name)) {
			id = p.ID
		}
	}
	if country.Name(id) != "" {
		return ""
	}
	return id
}

func placeName(id string) string {
	p, _ := gazetteer.Find(id)
	return p.Name
}

// party gathers the claims about the one party that a name or id leads to. A name that
// several bear is corvee.ErrInvalid: their claims are not mixed.
func party(docs []corroborate.Document, parties *corroborate.Parties, name string) (Subject, bool, error) {
	e, ok, err := meant(parties, name)
	if !ok || err != nil {
		return Subject{}, false, err
	}
	s := Subject{Kind: Party, Party: e.ID, Name: e.Name, Near: map[string]bool{}}
	for _, other := range e.Names {
		if other != e.Name {
			s.Names = append(s.Names, other)
		}
	}
	for _, d := range docs {
		s.gather(d, func(other string) bool {
			of, named := parties.Of(d.Report.ID, other)
			return named && of.ID == e.ID
		})
	}
	return s, len(s.Claims) > 0, nil
}

func meant(parties *corroborate.Parties, name string) (e corroborate.Entity, ok bool, err error) {
	if corroborate.LooksLikePartyID(name) {
		e, err = who.Base{Parties: parties}.Find(name)
		return e, err == nil && e.Kind == corroborate.KindParty, err
	}
	bearers := slices.DeleteFunc(parties.Bearing(name), func(e corroborate.Entity) bool { return e.Kind != corroborate.KindParty })
	switch len(bearers) {
	case 0:
		return e, false, nil
	case 1:
		return bearers[0], true, nil
	}
	return e, false, who.Several(name, bearers)
}

func (s *Subject) gather(d corroborate.Document, is func(string) bool) {
	places, others := map[string]bool{}, false
	var own, unnamed []corvee.Claim
	for _, c := range claimsOf([]corroborate.Document{d}) {
		switch {
		case is(c.Site) || is(c.Employer):
			own = append(own, c)
			for _, p := range c.Places {
				places[p.ID] = true
			}
		case c.Site != "" || c.Employer != "":
			others = true
		default:
			unnamed = append(unnamed, c)
		}
	}
	s.Claims = append(s.Claims, own...)
	if len(own) == 0 || others {
		return
	}
	for _, c := range unnamed {
		if slices.ContainsFunc(c.Places, func(p corvee.Place) bool { return places[p.ID] }) {
			s.Claims = append(s.Claims, c)
			s.Near[c.ID] = true
		}
	}
}
