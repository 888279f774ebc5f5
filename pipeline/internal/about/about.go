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
	"corvee/corroborate"
	"corvee/store"
)

// Subjects returns the report's own row first, then the others in the order of their first
// claims.
func Subjects(claims []corvee.Claim) []store.Subject {
	g := gathered{whole: store.Subject{Kind: store.AboutReport}, others: map[key]*store.Subject{}}
	for _, c := range claims {
		g.take(c)
	}
	g.named(claims)
	out := []store.Subject{g.whole}
	for _, s := range g.order {
		out = append(out, *s)
	}
	return out
}

// named puts beside each party and place what its claims say of it.
func (g *gathered) named(claims []corvee.Claim) {
	for _, n := range corroborate.Namings("", claims) {
		k := key{store.AboutParty, n.Name, ""}
		if n.Kind == corroborate.KindPlace {
			k = key{store.AboutPlace, n.Places[0].ID, ""}
		}
		if s := g.others[k]; s != nil {
			s.Naming = namingOf(n)
		}
	}
}

func namingOf(n corroborate.Naming) *store.Naming {
	if n.Kind == corroborate.KindPlace {
		return &store.Naming{Places: n.Places[:1]}
	}
	out := &store.Naming{Countries: distinct(n.Countries), Sectors: distinct(n.Sectors), With: distinct(n.With)}
	for _, as := range distinct(n.As) {
		out.As = append(out.As, string(as))
	}
	for _, p := range n.Places {
		if !slices.Contains(out.Places, p) {
			out.Places = append(out.Places, p)
		}
	}
	return out
}

func distinct[T cmp.Ordered](list []T) []T {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

// Namings returns what reports say of parties and places, from the rows of both.
func Namings(rows []store.Subject) (out []corroborate.Naming) {
	for _, s := range rows {
		if s.Naming == nil {
			continue
		}
		n := corroborate.Naming{
			Report: s.Report, Kind: corroborate.KindParty, Name: s.Key, Claims: s.Claims,
			Places: s.Naming.Places, Countries: s.Naming.Countries, Sectors: s.Naming.Sectors, With: s.Naming.With,
		}
		if s.Kind == store.AboutPlace {
			n.Kind, n.Name = corroborate.KindPlace, s.Name
		}
		for _, as := range s.Naming.As {
			n.As = append(n.As, corroborate.NamedAs(as))
		}
		out = append(out, n)
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
