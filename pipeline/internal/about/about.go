// Package about says what the claims of a report are about.
//
// What comes in: the claims of one report as people have left them. What goes out: its
// subjects, counted. Its one idea: a base keeps them beside the report, so that a question
// about one plant reads the reports that name it and no other.
package about

import (
	"cmp"
	"slices"

	"corvee"
	"corvee/store"
)

// Subjects returns the report's own row first, then the others in the order of their first
// claims.
func Subjects(claims []corvee.Claim) []store.Subject {
	g := gathered{whole: store.Subject{Kind: store.AboutReport}, others: map[key]*store.Subject{}}
	for _, c := range claims {
		g.take(c)
	}
	out := []store.Subject{g.whole}
	for _, s := range g.order {
		out = append(out, *s)
	}
	return out
}

// Stands reports whether a claim is evidence: nobody rejected it, and its words are those
// of the text in force.
func Stands(c corvee.Claim) bool {
	return c.Review != corvee.ReviewRejected && c.Review != corvee.ReviewObsolete
}

type key struct {
	kind        store.SubjectKind
	word, claim string
}

type gathered struct {
	whole  store.Subject
	others map[key]*store.Subject
	order  []*store.Subject
}

func (g *gathered) take(c corvee.Claim) {
	count(&g.whole, c)
	if !Stands(c) {
		return
	}
	for _, name := range []string{c.Site, c.Employer} {
		if name != "" {
			g.party(name, c)
		}
	}
	for _, p := range c.Places {
		if p.ID == "" {
			continue
		}
		s := g.subject(key{store.AboutPlace, p.ID, ""}, c)
		s.Name = cmp.Or(s.Name, p.Name)
		if c.Kind == corvee.KindActivity && c.Polarity == corvee.Positive && c.Sector != "" {
			work := g.subject(key{store.AboutActivity, p.ID, c.ID}, c)
			work.Sector, work.When, work.Claims = c.Sector, c.When, []string{c.ID}
		}
	}
	for _, code := range c.Countries {
		g.subject(key{store.AboutCountry, code, ""}, c)
	}
}

// party counts a claim once, though a firm may be both its site and its employer.
func (g *gathered) party(name string, c corvee.Claim) {
	if s := g.others[key{store.AboutParty, name, ""}]; s != nil && slices.Contains(s.Claims, c.ID) {
		return
	}
	s := g.subject(key{store.AboutParty, name, ""}, c)
	if len(s.Claims) == 0 {
		s.Countries = c.Countries
	}
	s.Claims = append(s.Claims, c.ID)
}

// subject counts the claim to a subject, and returns it.
func (g *gathered) subject(k key, c corvee.Claim) *store.Subject {
	s := g.others[k]
	if s == nil {
		s = &store.Subject{Kind: k.kind, Key: k.word}
		g.others[k] = s
		g.order = append(g.order, s)
	}
	count(s, c)
	return s
}

func count(s *store.Subject, c corvee.Claim) {
	s.Count++
	if c.Review == corvee.ReviewUnreviewed {
		s.Unreviewed++
	}
}
