package resolve

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"corvee"
)

// Entity is one site, organisation or place with all that reports call it. Its id is that of
// the member that a person let keep it, else the least of its members'; every member's id
// leads to it.
type Entity struct {
	ID      string
	Kind    Kind
	Name    string // the spelling of most claims
	Names   []string
	At      string // the path of its place
	Place   string // its name; "" where no report says
	As      []As
	Sectors []corvee.Sector
	Members []Handle // by id
	Joins   []Join   // what makes them one
	Reports []string
	Claims  []string
	// Not are the entities that people judged it not to be.
	Not []string
}

// Label names an entity so that another of the same name is told from it.
func (e Entity) Label(twice bool) string {
	if !twice {
		return e.Name
	}
	return e.Name + " (" + cmp.Or(e.Place, "place not told") + ", " + e.ID + ")"
}

// who sets the families down as entities.
func (r *resolver) who() *Who {
	w := &Who{handles: r.handles, ids: r.ids, of: map[string]int{}, held: r.held, crowded: r.crowded}
	at := map[int]int{} // root → entity
	byRoot := map[int]Entity{}
	for root, members := range r.members {
		byRoot[root] = r.entity(root, members)
	}
	roots := slices.SortedFunc(maps.Keys(byRoot), func(a, b int) int { return strings.Compare(byRoot[a].ID, byRoot[b].ID) })
	for n, root := range roots {
		at[root] = n
		w.entities = append(w.entities, byRoot[root])
		for _, m := range r.members[root] {
			w.of[r.handles[m].ID] = n
		}
	}
	for _, j := range r.joins {
		e := &w.entities[w.of[j.A]]
		e.Joins = append(e.Joins, j)
	}
	for i, list := range r.apartOf {
		for _, not := range list {
			e, other := &w.entities[at[r.families.Root(i)]], w.entities[at[r.families.Root(not)]].ID
			if other != e.ID {
				e.Not = append(e.Not, other)
			}
		}
	}
	for i := range w.entities {
		w.entities[i].Not = set(w.entities[i].Not)
	}
	return w
}

func (r *resolver) entity(root int, members []int) Entity {
	slices.Sort(members)
	e := Entity{ID: r.handles[members[0]].ID, Kind: r.handles[root].Kind}
	if k, ok := r.keep[root]; ok {
		e.ID = r.handles[k.handle].ID
	}
	counts := map[string]int{}
	for i, m := range members {
		h := r.handles[m]
		e.Members = append(e.Members, h)
		e.Names, e.As, e.Sectors = append(e.Names, h.Names...), append(e.As, h.As...), append(e.Sectors, h.Sectors...)
		e.Reports, e.Claims = append(e.Reports, h.Reports...), append(e.Claims, h.Claims...)
		for name, n := range h.counts {
			counts[name] += n
		}
		switch {
		case i == 0, nested(e.At, h.At):
			e.At = longer(e.At, h.At)
		default:
			e.At = shared(e.At, h.At)
		}
	}
	e.Names, e.As, e.Sectors, e.Reports, e.Claims = set(e.Names), set(e.As), set(e.Sectors), set(e.Reports), set(e.Claims)
	e.Name = most(counts)
	if e.Kind == Place {
		e.Name = e.Members[0].Name
	}
	if e.At != "" {
		e.Place = placeName(e.At)
	}
	return e
}
