package pipeline

import (
	"context"
	"fmt"
	"slices"

	"corvee"
	"corvee/store"
)

// CollectionCount is a collection with how many reports it holds.
type CollectionCount struct {
	corvee.Collection
	Reports int
}

// AddCollection makes a collection; corvee.ErrConflict for one that is there.
func (p *Pipeline) AddCollection(ctx context.Context, c corvee.Collection) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		all, err := tx.Collections(ctx)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(x corvee.Collection) bool { return x.ID == c.ID }) {
			return fmt.Errorf("%w: collection %s is there already", corvee.ErrConflict, c.ID)
		}
		if err := tx.PutCollection(ctx, c); err != nil {
			return err
		}
		return p.record(ctx, tx, "collection.added", c.ID, "", c)
	})
}

// Collections returns the collections that a context sees, ordered by id.
func (p *Pipeline) Collections(ctx context.Context) (out []CollectionCount, err error) {
	seen, limited := store.Scope(ctx)
	err = p.Store.View(ctx, func(tx store.Tx) error {
		all, err := tx.Collections(ctx)
		for _, c := range all {
			if limited && !slices.Contains(seen, c.ID) {
				continue
			}
			reports, err := tx.Reports(ctx, store.ReportFilter{Collection: c.ID})
			if err != nil {
				return err
			}
			out = append(out, CollectionCount{c, len(reports)})
		}
		return err
	})
	return out, err
}

// MoveReport puts a report into another collection. Its claims, and what people said of
// them, go with it.
func (p *Pipeline) MoveReport(ctx context.Context, report, collection string) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		r, err := tx.Report(ctx, report)
		if err != nil {
			return err
		}
		text, err := tx.Text(ctx, r.ID)
		if err != nil {
			return err
		}
		if err := tx.PutReport(ctx, collection, r, text); err != nil {
			return err
		}
		return p.record(ctx, tx, "report.moved", "report", r.ID, map[string]string{"to": collection})
	})
}
