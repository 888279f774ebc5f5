package runs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"

	"corvee"
	"corvee/screen"
	"corvee/store"
)

// Begin keeps a table that was handed in, makes sure that it can be read, and starts its
// run, which Continue goes on with; nothing is screened yet. The same table, settings and
// base begin the same run once. It returns ErrInvalid or ErrUnsupported for what is no table.
func (b Base) Begin(ctx context.Context, name string, table []byte, o Options) (corvee.Run, error) {
	t, err := screen.OpenTable(name, bytes.NewReader(table), o.Table)
	if err != nil {
		return corvee.Run{}, err
	}
	if o.InputHash, err = InputHash(bytes.NewReader(table)); err != nil {
		return corvee.Run{}, err
	}
	now, err := b.Moment(ctx)
	if err != nil {
		return corvee.Run{}, err
	}
	if _, err := b.Vault.Put(ctx, table); err != nil {
		return corvee.Run{}, err
	}
	s := newKeptRun(b, now, o, func(corvee.Message) error { return nil })
	err = s.begin(ctx, name, t)
	return s.run, err
}

// BeginAgain starts a finished run anew from the table that the base kept.
func (b Base) BeginAgain(ctx context.Context, id string) (corvee.Run, error) {
	last, err := b.finished(ctx, id)
	if err != nil {
		return last, err
	}
	table, err := b.keptTable(ctx, last)
	if err != nil {
		return last, err
	}
	raw, err := io.ReadAll(table)
	if err != nil {
		return last, err
	}
	o := optionsOf(last)
	o.since = last.ID
	return b.Begin(ctx, last.Input, raw, o)
}

// failedBecause is the setting of a failed run that says why.
const failedBecause = "failed because"

// Continue goes on with a run from the table that the base kept, to its end, and returns the
// run that holds the result: another one when the base has changed since the run was cut
// off, for one result is of one moment. progress is told of each row and of the bytes of the
// table that are read, of how many. A table that cannot be read to its end leaves the run
// failed, with the reason.
func (b Base) Continue(ctx context.Context, id string, progress func(row int, read, size int64)) (corvee.Run, error) {
	var run corvee.Run
	err := b.Store.View(ctx, func(tx store.Tx) (err error) {
		run, err = tx.Run(ctx, id)
		return err
	})
	if err != nil || run.State != corvee.RunRunning {
		return run, err
	}
	table, err := b.keptTable(ctx, run)
	if err != nil {
		return run, err
	}
	o := optionsOf(run)
	o.Progress = func(row int) { progress(row, table.Size()-int64(table.Len()), table.Size()) }
	out, err := b.Screen(ctx, run.Input, table, o, func(corvee.Message) error { return nil })
	switch {
	case errors.Is(err, corvee.ErrInvalid), errors.Is(err, corvee.ErrUnsupported):
		return run, b.fail(ctx, run, err.Error())
	case err == nil && out.ID != run.ID:
		return out, b.fail(ctx, run, "the base has changed since it was cut off: run "+out.ID+" took its place")
	}
	return out, err
}

func (b Base) fail(ctx context.Context, run corvee.Run, why string) error {
	run.State, run.Settings = corvee.RunFailed, maps.Clone(run.Settings)
	run.Settings[failedBecause] = why
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		now, err := tx.Run(ctx, run.ID)
		if err != nil {
			return err
		}
		run.Rows, run.RowsDone = now.Rows, now.RowsDone
		if err := tx.UpdateRun(ctx, run); err != nil {
			return err
		}
		return b.Record(ctx, tx, "run.failed", run.ID, run)
	})
	if err != nil {
		return fmt.Errorf("run %s: %w", run.ID, err)
	}
	return nil
}

// CutOff returns the runs that were cut off and whose table the base kept, the earliest
// first: a server that starts goes on with them.
func (b Base) CutOff(ctx context.Context) ([]string, error) {
	runs, err := b.Runs(ctx)
	var out []string
	for i := len(runs) - 1; i >= 0 && err == nil; i-- {
		if runs[i].State != corvee.RunRunning || runs[i].InputHash == "" {
			continue
		}
		var has bool
		if has, err = b.Vault.Has(ctx, "sha256:"+runs[i].InputHash); has {
			out = append(out, runs[i].ID)
		}
	}
	return out, err
}
