// Package resolve tells who is who: which names, in which reports and scripts, are of one
// site, organisation or place.
//
// What comes in: what each report says of each party that it names, and what people have
// judged. What goes out: entities with their members, the joins behind them with their
// reasons, and proposals for people to judge. Its one idea: what is certain is joined by a
// rule that is a row of a table, whatever else is put before a person, and a person's "not
// the same" holds against both.
//
// The way: named (what reports say) → handles (one name at one place, handle.go) → certain
// joins (certain.go) → judgements (judge.go) → entities (entity.go) → proposals (propose.go).
package resolve

import (
	"slices"
	"strings"

	"corvee"
)

// Kind parts what is never one: a place is no party.
type Kind string

// The kinds. A party is a site or an organisation: reports name a plant by its firm.
const (
	Party Kind = "party"
	Place Kind = "place"
)

// As is how reports name a party.
type As string

// A party is named as the site where the work is, or as the employer.
const (
	AsSite     As = "site"
	AsEmployer As = "employer"
)

// Named is what one report says of one party or place under one name. Places are ids of the
// places of its claims; Countries, Sectors and With (other parties of the same claims) are
// facts to compare.
type Named struct {
	Report    string
	Kind      Kind
	Name      string
	As        []As
	Claims    []string
	Places    []corvee.Place
	Countries []string
	Sectors   []corvee.Sector
	With      []string
}

// Who is who is who, for one state of the base. It is immutable.
type Who struct {
	handles   []Handle // by id
	ids       []string // of the handles of what was named, by position
	entities  []Entity // by id
	of        map[string]int
	proposals []Proposal
	held      []Held
	crowded   int
}

// Resolve returns who is who. Neither the order of what is named nor of what was said
// changes it: judgements are put in the order of their Seq.
func Resolve(named []Named, said []Judgement) *Who {
	r := newResolver(named, said)
	r.judged()
	r.certain()
	w := r.who()
	r.propose(w)
	return w
}

// Joined is Resolve without proposals, which cost most.
func Joined(named []Named, said []Judgement) *Who {
	r := newResolver(named, said)
	r.judged()
	r.certain()
	return r.who()
}

// Entities returns every entity, ordered by id.
func (w *Who) Entities() []Entity { return w.entities }

// Entity returns the entity that an id is of: its own, or that of any handle in it.
func (w *Who) Entity(id string) (Entity, bool) {
	at, ok := w.of[id]
	if !ok {
		return Entity{}, false
	}
	return w.entities[at], true
}

// IDs returns the ids of the handles of what was named, in the order in which it was handed
// over.
func (w *Who) IDs() []string { return w.ids }

// Proposals returns pairs of entities for people to judge, the likeliest first.
func (w *Who) Proposals() []Proposal { return w.proposals }

// Held returns the joins that a "not the same" holds apart, in the order they were said.
func (w *Who) Held() []Held { return w.held }

// Crowded is how many keys stood under too many names to be compared.
func (w *Who) Crowded() int { return w.crowded }

// Called returns the entities of which a member is called a name, but for legal form, case
// and marks.
func (w *Who) Called(name string) (out []Entity) {
	folded := foldOf(name)
	for _, e := range w.entities {
		if slices.ContainsFunc(e.Members, func(h Handle) bool {
			return h.fold == folded || h.Kind == Place && strings.EqualFold(h.Name, name)
		}) {
			out = append(out, e)
		}
	}
	return out
}
