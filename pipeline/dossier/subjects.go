package dossier

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"corvee/pipeline"
)

// Line is one subject that a base holds claims on.
type Line struct {
	Name   string
	Kind   Kind
	Claims int
}

// Subjects returns the sites, employers and places that reports name, those with most
// claims first.
func Subjects(ctx context.Context, p *pipeline.Pipeline) ([]Line, error) {
	docs, err := p.Documents(ctx)
	if err != nil {
		return nil, err
	}
	counts := map[Line]int{}
	for _, c := range claimsOf(docs) {
		if named := cmp.Or(c.Site, c.Employer); named != "" {
			counts[Line{Name: named, Kind: Party}]++
		}
		for _, place := range c.Places {
			counts[Line{Name: place.Name, Kind: Place}]++
		}
	}
	out := make([]Line, 0, len(counts))
	for l, n := range counts {
		l.Claims = n
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), strings.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind))
	})
	return out, nil
}
