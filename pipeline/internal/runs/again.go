package runs

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"corvee"
	"corvee/pipeline/internal/since"
	"corvee/screen"
	"corvee/store"
)

// Rescreened is what a run that was done again brought.
type Rescreened struct {
	Run      corvee.Run // the new one
	Added    int        // hits that were not there
	Removed  int
	Changed  int
	Reopened int // hits that had been judged, and of which a side has changed since
}

// Rescreen screens the table of an earlier run again, with its settings, keeps the new run
// beside the old, and emits only what is different: hits that came and went, hits that are
// open again and why. It returns ErrNotFound for a run that is not there, ErrInvalid for a
// table that is not the run's.
func (b Base) Rescreen(ctx context.Context, id string, r io.ReadSeeker, progress func(row int), emit Emit) (Rescreened, error) {
	last, err := b.finished(ctx, id)
	if err != nil {
		return Rescreened{}, err
	}
	if err := isTableOf(last, r); err != nil {
		return Rescreened{}, err
	}
	o := optionsOf(last)
	o.Progress, o.since = progress, last.ID
	run, err := b.Screen(ctx, last.Input, r, o, func(corvee.Message) error { return nil })
	if err != nil {
		return Rescreened{Run: run}, err
	}
	return b.emitChanges(ctx, last, run, emit)
}

func (b Base) finished(ctx context.Context, id string) (run corvee.Run, err error) {
	err = b.Store.View(ctx, func(tx store.Tx) (err error) {
		if run, err = tx.Run(ctx, id); err != nil {
			return fmt.Errorf("run %s: %w", id, err)
		}
		return nil
	})
	if err == nil && run.State == corvee.RunFailed {
		err = fmt.Errorf("%w: run %s failed: %s", corvee.ErrInvalid, id, run.Settings[failedBecause])
	}
	if err == nil && run.State == corvee.RunRunning {
		err = fmt.Errorf("%w: run %s was cut off: screen its table again to finish it first", corvee.ErrInvalid, id)
	}
	return run, err
}

// optionsOf takes a run's settings up again: its threshold and limit, and the columns that
// a person had named.
func optionsOf(run corvee.Run) Options {
	o := Options{Table: screen.TableOptions{Columns: map[string]string{}}, InputHash: run.InputHash, since: run.Settings[againAfter]}
	o.Match.Threshold, _ = strconv.ParseFloat(run.Settings["threshold"], 64)
	o.Match.Limit, _ = strconv.Atoi(run.Settings["limit"])
	for key, value := range run.Settings {
		field, isColumn := strings.CutPrefix(key, "column ")
		if header, set := strings.CutSuffix(value, " (by set)"); isColumn && set {
			o.Table.Columns[field] = header
		}
	}
	return o
}

func (b Base) hitsOf(ctx context.Context, run string) (since.Hits, error) {
	out := since.Hits{}
	err := b.Store.View(ctx, func(tx store.Tx) error {
		for m, err := range tx.RunResult(ctx, run) {
			if err != nil {
				return err
			}
			if m.Hit != nil {
				out.Add(*m.Hit)
			}
		}
		return nil
	})
	return out, err
}

func (b Base) emitChanges(ctx context.Context, last, run corvee.Run, emit Emit) (Rescreened, error) {
	out := Rescreened{Run: run}
	changes, err := b.changes(ctx, last.ID, run.ID)
	if err != nil {
		return out, err
	}
	c := since.Count(changes)
	out.Added, out.Removed, out.Changed, out.Reopened = c.Added, c.Removed, c.Changed, c.Reopened
	for i := range changes {
		if err := emit(corvee.Message{Change: &changes[i]}); err != nil {
			return out, err
		}
	}
	return out, emit(corvee.Message{Summary: &corvee.Summary{Changes: len(changes), Rows: run.Rows}})
}

func (b Base) changes(ctx context.Context, last, run string) ([]corvee.Change, error) {
	before, err := b.hitsOf(ctx, last)
	if err != nil {
		return nil, err
	}
	after, err := b.hitsOf(ctx, run)
	return since.Compare(before, after), err
}

// Runs returns the screening runs, latest first.
func (b Base) Runs(ctx context.Context) (runs []corvee.Run, err error) {
	err = b.Store.View(ctx, func(tx store.Tx) (err error) {
		runs, err = tx.Runs(ctx)
		return err
	})
	return runs, err
}

// Result emits the result of a run in order, as far as it is, and returns the run.
func (b Base) Result(ctx context.Context, id string, emit Emit) (run corvee.Run, err error) {
	err = b.Store.View(ctx, func(tx store.Tx) error {
		if run, err = tx.Run(ctx, id); err != nil {
			return fmt.Errorf("run %s: %w", id, err)
		}
		for m, err := range tx.RunResult(ctx, id) {
			if err == nil {
				err = emit(m)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return run, err
}

// Run returns a run and its whole result in order.
func (b Base) Run(ctx context.Context, id string) (run corvee.Run, result []corvee.Message, err error) {
	err = b.Store.View(ctx, func(tx store.Tx) (err error) {
		if run, err = tx.Run(ctx, id); err != nil {
			return fmt.Errorf("run %s: %w", id, err)
		}
		result = nil
		for m, err := range tx.RunResult(ctx, id) {
			if err != nil {
				return err
			}
			result = append(result, m)
		}
		return nil
	})
	return run, result, err
}

// Since returns what is different in a run from the one that it did again: nothing, and "",
// for one that did none again.
func (b Base) Since(ctx context.Context, run corvee.Run) (earlier string, changes []corvee.Change, err error) {
	earlier = run.Settings[againAfter]
	if earlier == "" {
		return "", nil, nil
	}
	changes, err = b.changes(ctx, earlier, run.ID)
	return earlier, changes, err
}

// againAfter is the setting of a run that names the run it did again.
const againAfter = "again after"
