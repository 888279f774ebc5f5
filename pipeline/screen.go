package pipeline

import (
	"context"
	"fmt"
	"strings"

	"corvee"
	"corvee/pipeline/internal/screening"
	"corvee/screen"
	"corvee/store"
)

// Match checks one party and emits its hits, best first.
func (p *Pipeline) Match(ctx context.Context, q corvee.Query, o screen.Options, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	if strings.TrimSpace(q.Name) == "" {
		return sum, fmt.Errorf("%w: no name to match", corvee.ErrInvalid)
	}
	now, err := p.moment(ctx)
	if err != nil {
		return sum, err
	}
	hits := screening.New(now.forRuns().Against(p.Reader.Place, o)).Find(q)
	for i := range hits {
		hits[i].Query = q
		now.decided.Mark(q, &hits[i])
		if err := emit(corvee.Message{Hit: &hits[i]}); err != nil {
			return sum, err
		}
	}
	sum.Rows.Hit = min(1, len(hits))
	sum.Rows.Clear = 1 - sum.Rows.Hit
	return sum, emit(corvee.Message{Summary: &sum})
}

// Listing returns one entry of an official list.
func (p *Pipeline) Listing(ctx context.Context, id string) (l corvee.Listing, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		l, err = tx.Listing(ctx, id)
		return err
	})
	return l, err
}
