package pipeline

import (
	"context"
	"slices"
	"strings"

	"corvee"
	"corvee/corroborate"
	"corvee/store"
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

// Documents returns every report with its text and its claims as people have left them.
func (p *Pipeline) Documents(ctx context.Context) (docs []corroborate.Document, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		docs = nil
		reports, err := tx.Reports(ctx, store.ReportFilter{})
		if err != nil {
			return err
		}
		for _, r := range reports {
			v, err := p.reportView(ctx, tx, r.ID)
			if err != nil {
				return err
			}
			docs = append(docs, corroborate.Document{Report: v.Report, Text: v.Text, Claims: v.Claims})
		}
		return nil
	})
	slices.SortFunc(docs, func(a, b corroborate.Document) int { return strings.Compare(a.Report.ID, b.Report.ID) })
	return docs, err
}
