package read

import (
	_ "embed"
	"strings"
	"sync"

	"corvee"
)

//go:embed gazetteer.tsv
var gazetteerRows string

// gazetteer is the places by each of their names, lower case; where two places share a
// name, the one that the file names first (a province before its city).
var gazetteer = sync.OnceValue(func() map[string]corvee.Place {
	places := map[string]corvee.Place{}
	for line := range strings.Lines(gazetteerRows) {
		f := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || len(f) < 5 {
			continue
		}
		p := corvee.Place{ID: f[0], Name: f[1], Country: f[2], Precision: corvee.PlacePrecision(f[3])}
		for name := range strings.SplitSeq(f[4], "|") {
			if _, taken := places[strings.ToLower(name)]; !taken {
				places[strings.ToLower(name)] = p
			}
		}
	}
	return places
})

// Place returns the place of a name as it stands in a cell of a table, in any of the
// scripts that the gazetteer holds.
func (r *Reader) Place(name string) (corvee.Place, bool) {
	p, ok := gazetteer()[strings.ToLower(strings.TrimSpace(name))]
	return p, ok
}
