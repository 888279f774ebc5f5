package pipeline

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"corvee"
	"corvee/pipeline/internal/traces"
	"corvee/store"
)

// Purge removes a report for good: its original, text, claims, verdicts and the payloads
// of its events; what stays is a tombstone that names nothing of it, and a chain of events
// that still verifies. The original goes first, so that a purge that was cut off is
// finished by the same command.
func (p *Pipeline) Purge(ctx context.Context, id, reason string) (store.Tombstone, error) {
	view, err := p.Report(ctx, id)
	if err != nil {
		return store.Tombstone{}, err
	}
	stone, err := p.tombstone(ctx, reason)
	if err != nil {
		return stone, err
	}
	if err := p.sorted(ctx); err != nil {
		return stone, err
	}
	if err := p.deleteArchives(ctx, view.Report.ID); err != nil {
		return stone, err
	}
	if err := p.Vault.Delete(ctx, view.Report.ID); err != nil && !errors.Is(err, corvee.ErrNotFound) {
		return stone, fmt.Errorf("purge: original: %w", err)
	}
	err = p.Store.Update(ctx, func(tx store.Tx) error {
		parties, err := traces.Parties(ctx, tx, view.Report.ID)
		if err != nil {
			return err
		}
		if err := tx.DeleteReport(ctx, view.Report.ID, stone, parties...); err != nil {
			return err
		}
		if err := p.DropJudgements(ctx, tx); err != nil {
			return err
		}
		return p.record(ctx, tx, "report.purged", stone.ID, "", map[string]string{"reason": reason})
	})
	if err != nil {
		return stone, fmt.Errorf("purge: %w", err)
	}
	p.forgetMoment()
	return stone, p.Erase(ctx)
}

// Erase overwrites what was deleted in the raw files of the base. Purge calls it; it is
// called again when something kept it from ending then.
func (p *Pipeline) Erase(ctx context.Context) error {
	if err := p.Store.Erase(ctx); err != nil {
		return fmt.Errorf("the report is gone from the base, but its traces in the base's files are not overwritten yet: %w", err)
	}
	return nil
}

func (p *Pipeline) tombstone(ctx context.Context, reason string) (store.Tombstone, error) {
	id := make([]byte, saltBytes)
	_, err := io.ReadFull(p.Random, id)
	return store.Tombstone{ID: "t" + hex.EncodeToString(id), At: p.now().UnixMicro(), Actor: p.By(ctx), Reason: reason}, err
}

// Tombstones returns what says that something was purged.
func (p *Pipeline) Tombstones(ctx context.Context) (stones []store.Tombstone, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		stones, err = tx.Tombstones(ctx)
		return err
	})
	return stones, err
}

// Events returns the chain of events in order, from the event after the given one.
func (p *Pipeline) Events(ctx context.Context, after int64) (events []corvee.Event, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		events = nil
		for e, err := range tx.Events(ctx, after) {
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return nil
	})
	return events, err
}
