package sealing

import (
	"context"
	"errors"
	"slices"
	"time"

	"corvee"
	"corvee/pipeline"
	"corvee/store"
)

// patience is how long an opening may take before somebody else takes it for dead.
const patience = 10 * time.Minute

// Settle closes what a process that died left open, and returns how many reports that
// were. It writes nothing when there is nothing to close; run it when a base is opened.
func Settle(ctx context.Context, p *pipeline.Pipeline) (closed int, err error) {
	all, err := List(ctx, p)
	if err != nil {
		return 0, err
	}
	for _, s := range all {
		if s.State == store.SealClosed || s.State == store.SealOpening && now(p).Sub(s.Since) < patience {
			continue
		}
		if err := settleOne(ctx, p, s.Code); err != nil {
			return closed, err
		}
		closed++
	}
	return closed, nil
}

// settleOne erases what lies open of a sealed report. It first says that it is closing: an
// opening under way then cannot end.
func settleOne(ctx context.Context, p *pipeline.Pipeline, code string) error {
	var stray []string
	err := change(ctx, p, code, func(tx store.Tx, now *store.Sealed) error {
		used, err := inUse(ctx, tx, now.Stray)
		stray = slices.DeleteFunc(slices.Clone(now.Stray), func(id string) bool { return slices.Contains(used, id) })
		if now.State != store.SealClosed {
			now.State, now.Token = store.SealClosing, ""
		}
		return err
	})
	if errors.Is(err, corvee.ErrNotFound) { // it has been opened
		return nil
	}
	if err != nil {
		return err
	}
	for _, id := range stray {
		if err := p.Vault.Delete(ctx, id); err != nil && !errors.Is(err, corvee.ErrNotFound) {
			return err
		}
	}
	err = change(ctx, p, code, func(_ store.Tx, now *store.Sealed) error {
		now.State, now.Token, now.Stray = store.SealClosed, "", nil
		return nil
	})
	if err != nil {
		return err
	}
	return p.Erase(ctx)
}

// change replaces what is said of a sealed report.
func change(ctx context.Context, p *pipeline.Pipeline, code string, how func(store.Tx, *store.Sealed) error) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		s, err := findIn(ctx, tx, code)
		if err != nil {
			return err
		}
		before := s.State
		if err := how(tx, &s); err != nil {
			return err
		}
		if s.State != before {
			s.Since = now(p)
		}
		return tx.PutSealed(ctx, s)
	})
}

// inUse returns which of some originals an open report has: the same document may have
// been read again.
func inUse(ctx context.Context, tx store.Tx, ids []string) (used []string, err error) {
	for _, id := range ids {
		_, err := tx.Report(ctx, id)
		if err == nil {
			used = append(used, id)
		} else if !errors.Is(err, corvee.ErrNotFound) {
			return used, err
		}
	}
	return used, nil
}
