package pipeline

import (
	"context"
	"fmt"
	"slices"

	"corvee"
	"corvee/pipeline/internal/decided"
	"corvee/pipeline/internal/triage"
	"corvee/store"
)

// What a person works through: the rows of a run, its hits, where each stands.
type (
	RunRow    = triage.Row
	RunHit    = triage.Hit
	RowsView  = triage.View
	RowsPage  = triage.Page
	HitState  = decided.State
	RowChoice struct {
		View          RowsView
		Offset, Limit int
	}
)

// The states of a hit.
const (
	HitOpen     = decided.Open
	HitReopened = decided.Reopened
	HitPending  = decided.Pending
	HitDisputed = decided.Disputed
)

// RowsViews returns the views of a run's rows, in the order of a menu.
func RowsViews() []RowsView { return triage.Views() }

// RunRows returns a run and some rows of a view, strongest first, with what people have
// decided by now. It returns ErrNotFound for a run that is not there, ErrInvalid for a view
// that is none.
func (p *Pipeline) RunRows(ctx context.Context, id string, c RowChoice) (run corvee.Run, page RowsPage, err error) {
	if !slices.Contains(triage.Views(), c.View) {
		return run, page, fmt.Errorf("%w: there is no view of rows called %q", corvee.ErrInvalid, c.View)
	}
	now, err := p.moment(ctx)
	if err != nil {
		return run, page, err
	}
	pick := triage.NewPicker(now.decided, c.View, c.Offset, c.Limit)
	err = p.Store.View(ctx, func(tx store.Tx) error {
		if run, err = tx.Run(ctx, id); err != nil {
			return fmt.Errorf("run %s: %w", id, err)
		}
		for m, err := range tx.RunResult(ctx, id) {
			if err != nil {
				return err
			}
			pick.Take(m)
		}
		return nil
	})
	return run, pick.Page(), err
}

// RunHit returns one hit of a run as it now stands.
func (p *Pipeline) RunHit(ctx context.Context, on OnHit) (h RunHit, err error) {
	now, err := p.moment(ctx)
	if err != nil {
		return h, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		hit, err := hitOf(ctx, tx, on)
		h = triage.Judged(now.decided, hit)
		return err
	})
	return h, err
}

// Decisions returns every decision that counts: the last of each person on each pair, in the
// order of their time.
func (p *Pipeline) Decisions(ctx context.Context) ([]corvee.Decision, error) {
	var all []corvee.Decision
	err := p.Store.View(ctx, func(tx store.Tx) (err error) {
		all, err = tx.Decisions(ctx)
		return err
	})
	return decided.Last(all), err
}

// LastDecided returns the hit of a run that a person decided about last; ErrNotFound when
// there is none. by is "" for the actor of the Pipeline.
func (p *Pipeline) LastDecided(ctx context.Context, run, by string) (on OnHit, err error) {
	if by, err = p.by(ctx, by); err != nil {
		return on, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		all, err := tx.Decisions(ctx)
		if err != nil {
			return err
		}
		when := map[[2]string]int{}
		for i, d := range all {
			if d.Actor == by {
				when[[2]string{d.Query, d.Listing}] = i + 1
			}
		}
		latest := 0
		for m, err := range tx.RunResult(ctx, run) {
			if err != nil {
				return err
			}
			if m.Hit == nil {
				continue
			}
			if at := when[[2]string{decided.QueryKey(m.Hit.Query), m.Hit.Listing.ID}]; at > latest {
				latest, on = at, OnHit{run, m.Hit.Row, m.Hit.Listing.ID}
			}
		}
		if latest == 0 {
			return fmt.Errorf("run %s: nothing that %s decided: %w", run, by, corvee.ErrNotFound)
		}
		return nil
	})
	return on, err
}
