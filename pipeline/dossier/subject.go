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
	"corvee/internal/names"
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
	Name   string
	Names  []string // that the reports use, sorted
	Claims []corvee.Claim
	// Near are claims of a report that names no party but this one: they name no site and
	// are about its place. They are shown as such.
	Near map[string]bool
}

// sure is the score from which two names are taken for one party without asking anyone. It
// stands above the 0.85 of a strong hit, which a person looks at before it counts.
const sure = 0.9

// find resolves a name: a country, a place, else a party that reports name. Nothing found
// is corvee.ErrNotFound, with what there is.
func find(docs []corroborate.Document, name string) (Subject, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return Subject{}, fmt.Errorf("%w: no name was given", corvee.ErrInvalid)
	}
	if s := party(docs, name); len(s.Claims) > 0 {
		return s, nil
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

// sameAs reports of other names whether they are for one party with the name.
func sameAs(name string) func(other string) bool {
	asked := names.Parse(name, names.Company)
	return func(other string) bool {
		return names.Compare(asked, names.Parse(other, names.Company), names.DefaultWeights()).Score >= sure
	}
}

// party gathers the claims whose site or employer is a name of the subject.
func party(docs []corroborate.Document, name string) Subject {
	s := Subject{Kind: Party, Name: name, Near: map[string]bool{}}
	known := map[string]bool{}
	same := sameAs(name)
	is := func(other string) bool {
		if other == "" {
			return false
		}
		if _, done := known[other]; !done {
			known[other] = same(other)
		}
		return known[other]
	}
	for _, d := range docs {
		s.gather(d, is)
	}
	for other, yes := range known {
		if yes {
			s.Names = append(s.Names, other)
		}
	}
	slices.Sort(s.Names)
	if len(s.Names) > 0 && !slices.Contains(s.Names, name) {
		s.Name = s.Names[0]
	}
	s.Names = slices.DeleteFunc(s.Names, func(n string) bool { return n == s.Name })
	return s
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

// resolved returns a claim under the subject's one name, so that what two reports say of a
// party that they spell differently is one question.
func (s Subject) resolved(c corvee.Claim) corvee.Claim {
	if s.Kind != Party {
		return c
	}
	if c.Site != "" && slices.Contains(s.Names, c.Site) {
		c.Site = s.Name
	}
	if c.Employer != "" && slices.Contains(s.Names, c.Employer) {
		c.Employer = s.Name
	}
	return c
}
