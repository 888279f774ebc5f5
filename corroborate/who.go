package corroborate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"corvee"
	"corvee/corroborate/internal/resolve"
	"corvee/internal/names"
)

// Who is who: entities are the sites, organisations and places that reports name, each with
// all that it is called. Method: docs/methods/who.md.
type (
	Naming         = resolve.Named // what one report says of a party under one name
	NamedAs        = resolve.As    // site or employer
	Entity         = resolve.Entity
	Handle         = resolve.Handle // one name at one place, a member of an entity
	PartyProposal  = resolve.Proposal
	PartyReason    = resolve.Reason
	PartyJoin      = resolve.Join
	PartyHeld      = resolve.Held
	PartyRule      = resolve.Rule
	PartyJudgement = resolve.Judgement
	PartySide      = resolve.Side
)

// The kinds of entity.
const (
	KindParty = resolve.Party
	KindPlace = resolve.Place
)

// PartyRules returns the table of what joins two names and what proposes it.
func PartyRules() []PartyRule { return resolve.Rules() }

// PartyRuleWords are the words of a rule of that table by its id.
func PartyRuleWords(id string) string { return resolve.Words(id) }

// ParsePartyID returns an id of who is who as it is written out, from how somebody typed it;
// false for what is none, or whose check character does not hold.
func ParsePartyID(typed string) (string, bool) { return resolve.ParseID(typed) }

// LooksLikePartyID reports whether something is written as such an id, right or wrong.
func LooksLikePartyID(typed string) bool { return resolve.LooksLikeID(typed) }

// Parties is who is who for some namings and what people judged.
type Parties struct {
	*resolve.Who
	labels map[string]string    // by entity id
	named  map[[2]string]string // by report and name: the entity
}

// WhoIsWho resolves parties and places, and proposes what may be one. The order of namings
// and judgements changes nothing.
func WhoIsWho(named []Naming, said []PartyJudgement) *Parties {
	return partiesOf(named, resolve.Resolve(named, said))
}

// PartiesOf is WhoIsWho without proposals, which cost most.
func PartiesOf(named []Naming, said []PartyJudgement) *Parties {
	return partiesOf(named, resolve.Joined(named, said))
}

func partiesOf(named []Naming, who *resolve.Who) *Parties {
	p := &Parties{Who: who, labels: map[string]string{}, named: map[[2]string]string{}}
	for i, n := range named {
		if n.Kind != KindParty {
			continue
		}
		if e, ok := p.Entity(who.IDs()[i]); ok {
			p.named[[2]string{n.Report, n.Name}] = e.ID
		}
	}
	p.label()
	return p
}

// label gives each entity a name of its own.
func (p *Parties) label() {
	bearers := map[string]int{}
	for _, e := range p.Entities() {
		if e.Kind == KindParty {
			bearers[strings.ToLower(e.Name)]++
		}
	}
	for _, e := range p.Entities() {
		p.labels[e.ID] = e.Label(bearers[strings.ToLower(e.Name)] > 1)
	}
}

// Label is the name of an entity by which no other is called.
func (p *Parties) Label(id string) string { return p.labels[id] }

// Of returns the entity that a report means by a name of a site or employer.
func (p *Parties) Of(report, name string) (Entity, bool) {
	id, ok := p.named[[2]string{report, name}]
	if !ok {
		return Entity{}, false
	}
	return p.Entity(id)
}

// sure is the score from which a name that somebody asks for is taken for another spelling
// of a party's. It stands above the 0.85 of a strong hit, which a person looks at before it
// counts.
const sure = 0.9

// Bearing returns the entities that bear a name: those that a report calls just so but for
// legal form, case and marks; where none is, those with a name that is spelt or read nearly
// so. They are ordered by id.
func (p *Parties) Bearing(name string) []Entity {
	if just := p.Called(name); len(just) > 0 {
		return just
	}
	asked := names.Parse(name, names.Company)
	var out []Entity
	for _, e := range p.Entities() {
		like := func(other string) bool {
			return names.Compare(asked, names.Parse(other, names.Company), names.DefaultWeights()).Score >= sure
		}
		if e.Kind == KindParty && slices.ContainsFunc(e.Names, like) {
			out = append(out, e)
		}
	}
	return out
}

// Resolved returns a claim whose site and employer are called as their entities are, so that
// what two reports say of one party is one question. Its id stays.
func (p *Parties) Resolved(c corvee.Claim) corvee.Claim {
	if id, ok := p.named[[2]string{c.Report, c.Site}]; ok && c.Site != "" {
		c.Site = p.labels[id]
	}
	if id, ok := p.named[[2]string{c.Report, c.Employer}]; ok && c.Employer != "" {
		c.Employer = p.labels[id]
	}
	return c
}

// ResolvedDocuments returns documents whose claims are Resolved.
func (p *Parties) ResolvedDocuments(docs []Document) []Document {
	out := slices.Clone(docs)
	for i := range out {
		claims := slices.Clone(out[i].Claims)
		for n := range claims {
			claims[n] = p.Resolved(claims[n])
		}
		out[i].Claims = claims
	}
	return out
}

// gathered is what reports say of each party and place, by report, kind and name.
type gathered map[[3]string]*resolve.Named

func (g gathered) take(n resolve.Named, key string) {
	at := [3]string{n.Report, string(n.Kind), key}
	old := g[at]
	if old == nil {
		g[at] = &n
		return
	}
	old.As, old.Claims, old.Places = append(old.As, n.As...), append(old.Claims, n.Claims...), append(old.Places, n.Places...)
	old.Countries, old.Sectors, old.With = append(old.Countries, n.Countries...), append(old.Sectors, n.Sectors...), append(old.With, n.With...)
}

func (g gathered) claim(report string, c corvee.Claim) {
	party := func(name string, as resolve.As, with string) {
		if name == "" {
			return
		}
		n := resolve.Named{
			Report: report, Kind: KindParty, Name: name, As: []resolve.As{as}, Claims: []string{c.ID},
			Places: slices.Clone(c.Places), Countries: slices.Clone(c.Countries),
		}
		if c.Sector != "" {
			n.Sectors = []corvee.Sector{c.Sector}
		}
		if with != "" && with != name {
			n.With = []string{with}
		}
		g.take(n, name)
	}
	party(c.Site, resolve.AsSite, c.Employer)
	party(c.Employer, resolve.AsEmployer, c.Site)
	for _, p := range c.Places {
		g.take(resolve.Named{Report: report, Kind: KindPlace, Name: p.Name, Places: []corvee.Place{p}, Claims: []string{c.ID}}, cmp.Or(p.ID, p.Name))
	}
}

// Namings returns what the claims of one report say of each party and place, by kind and
// name. Claims that people rejected or that no longer bind name nobody.
func Namings(report string, claims []corvee.Claim) []Naming {
	g := gathered{}
	for _, c := range standing(claims) {
		g.claim(report, c)
	}
	return g.ordered()
}

// NamingsIn are the Namings of documents.
func NamingsIn(docs []Document) []Naming {
	g := gathered{}
	for _, d := range docs {
		for _, c := range standing(d.Claims) {
			g.claim(d.Report.ID, c)
		}
	}
	return g.ordered()
}

func (g gathered) ordered() (out []Naming) {
	keys := slices.SortedFunc(maps.Keys(g), func(a, b [3]string) int { return slices.Compare(a[:], b[:]) })
	for _, k := range keys {
		out = append(out, *g[k])
	}
	return out
}
