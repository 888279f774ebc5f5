// Package gazetteer knows where the places lie that reports of this field name: in which
// larger place, and roughly at which coordinates.
//
// What comes in: the id of a place. What goes out: its row. Its one idea: a place that is
// not in the table lies in nothing that is known, and an approximate point says so.
package gazetteer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed places.tsv
var table string

// Place is one row. Lat and Lon are decimal degrees as written in the source, "" where
// there are none; Approximate points come from general knowledge and were not looked up.
type Place struct {
	ID, Name, Country, Type, Parent string
	Lat, Lon                        string
	Approximate                     bool
	Source                          string
}

var known = sync.OnceValue(func() map[string]Place {
	out := map[string]Place{}
	for line := range strings.Lines(table) {
		c := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(c) != 8 {
			continue
		}
		out[c[0]] = Place{c[0], c[1], c[2], c[3], c[4], c[5], c[6], strings.Contains(c[7], "approximate"), c[7]}
	}
	return out
})

// Find returns the row of a place.
func Find(id string) (Place, bool) {
	p, ok := known()[id]
	return p, ok
}

// All returns every row, ordered by id.
func All() []Place {
	var out []Place
	for _, p := range known() {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Place) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Within reports whether a place is another or lies in it.
func Within(id, region string) bool {
	for range 8 { // deeper than any chain of the table; a ring ends here
		if id == region {
			return id != ""
		}
		p, ok := known()[id]
		if !ok || p.Parent == "" {
			return false
		}
		id = p.Parent
	}
	return false
}
