package pipeline

import (
	"context"
	"errors"
	"fmt"

	"corvee"
	"corvee/intake"
	"corvee/store"
)

// Take does with a document of a file or address, or with the rejection of one, what Ingest
// does: stores it, counts it into sum and emits what it holds. It returns the report's id,
// "" without one.
func (p *Pipeline) Take(ctx context.Context, origin string, doc intake.Document, rejected error, h intake.Hints, sum *corvee.Summary, emit Emit) (report string, err error) {
	out, err := p.ingestDocument(ctx, doc, rejected, origin, h)
	if err != nil {
		return "", err
	}
	return out.view.Report.ID, emitOutcome(out, sum, emit)
}

// Record appends one event to the chain within a transaction, for the rooms under this
// one. The subject must not identify a document; a purge of report empties the payload.
func (p *Pipeline) Record(ctx context.Context, tx store.Tx, verb, subject, report string, payload any) error {
	return p.record(ctx, tx, verb, subject, report, payload)
}

// deleteArchives removes the exchanges that brought a report: its bytes are in them.
func (p *Pipeline) deleteArchives(ctx context.Context, report string) error {
	return p.Store.View(ctx, func(tx store.Tx) error {
		captures, err := tx.Captures(ctx, report)
		for _, c := range captures {
			if e := p.Vault.Delete(ctx, c.Archive); e != nil && !errors.Is(e, corvee.ErrNotFound) {
				err = errors.Join(err, fmt.Errorf("purge: archived exchange: %w", e))
			}
		}
		return err
	})
}

// TakeInput is Take of one document for those who want to know how it ended: it returns the
// input with its final state, and emits nothing.
func (p *Pipeline) TakeInput(ctx context.Context, origin string, doc intake.Document, rejected error, h intake.Hints) (corvee.Input, error) {
	out, err := p.ingestDocument(ctx, doc, rejected, origin, h)
	return out.input, err
}
