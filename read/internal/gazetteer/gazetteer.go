// Package gazetteer knows places by every name that they bear: a cell of a table in, a place
// out.
//
// Its one idea: a name is looked up whole; what is not there is not guessed.
package gazetteer

import (
	_ "embed"
	"strings"
	"sync"

	"corvee"
)

//go:embed gazetteer.tsv
var rows string

// places are the places by each of their names, lower case; where two places share a
// name, the one that the file names first (a province before its city).
var places = sync.OnceValue(func() map[string]corvee.Place {
	byName := map[string]corvee.Place{}
	for line := range strings.Lines(rows) {
		f := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || len(f) < 5 {
			continue
		}
		p := corvee.Place{ID: f[0], Name: f[1], Country: f[2], Precision: corvee.PlacePrecision(f[3])}
		for name := range strings.SplitSeq(f[4], "|") {
			if _, taken := byName[strings.ToLower(name)]; !taken {
				byName[strings.ToLower(name)] = p
			}
		}
	}
	return byName
})

// Place returns the place of a name as it stands in a cell of a table, in any of the
// scripts that the file holds.
func Place(name string) (corvee.Place, bool) {
	p, ok := places()[strings.ToLower(strings.TrimSpace(name))]
	return p, ok
}
