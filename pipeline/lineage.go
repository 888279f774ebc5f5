package pipeline

import (
	"context"
	"slices"

	"corvee"
	"corvee/corroborate"
)

// Lineage emits every report that depends on another, with the edges that say how and by
// what evidence; then, if claims is set, every claim with how many separate origins stand
// behind what it states.
func (p *Pipeline) Lineage(ctx context.Context, claims bool, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	docs, err := p.Documents(ctx)
	if err != nil {
		return sum, err
	}
	edges := corroborate.Lineage(docs)
	if err := emitEdges(docs, edges, &sum, emit); err != nil {
		return sum, err
	}
	if claims {
		if err := emitOrigins(docs, edges, &sum, emit); err != nil {
			return sum, err
		}
	}
	return sum, emit(corvee.Message{Summary: &sum})
}

func emitEdges(docs []corroborate.Document, edges []corvee.Lineage, sum *corvee.Summary, emit Emit) error {
	for i, e := range edges {
		if i == 0 || edges[i-1].From != e.From {
			at := slices.IndexFunc(docs, func(d corroborate.Document) bool { return d.Report.ID == e.From })
			if err := emit(corvee.Message{Report: &docs[at].Report}); err != nil {
				return err
			}
			sum.Reports++
		}
		if err := emit(corvee.Message{Lineage: &edges[i]}); err != nil {
			return err
		}
	}
	return nil
}

func emitOrigins(docs []corroborate.Document, edges []corvee.Lineage, sum *corvee.Summary, emit Emit) error {
	supports := corroborate.Supports(docs, edges)
	for _, d := range docs {
		for _, c := range d.Claims {
			origins := supports[c.ID].Origins
			c.Origins = &origins
			if err := emit(corvee.Message{Claim: &c}); err != nil {
				return err
			}
			sum.Claims++
		}
	}
	return nil
}
