package pipeline

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
func (p *Pipeline) Rescreen(ctx context.Context, id string, r io.ReadSeeker, progress func(row int), emit Emit) (Rescreened, error) {
	last, err := p.finished(ctx, id)
	if err != nil {
		return Rescreened{}, err
	}
	hash, err := InputHash(r)
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return Rescreened{}, fmt.Errorf("table of run %s: %w", id, err)
	}
	if hash != last.InputHash {
		return Rescreened{}, fmt.Errorf("%w: the file is not the table of run %s, %s with SHA-256 %s…: give that file, or screen this one as a new table",
			corvee.ErrInvalid, last.ID, last.Input, last.InputHash[:min(12, len(last.InputHash))])
	}
	o := optionsOf(last)
	o.InputHash, o.Progress = hash, progress
	run, err := p.Screen(ctx, last.Input, r, o, func(corvee.Message) error { return nil })
	if err != nil {
		return Rescreened{Run: run}, err
	}
	return p.emitChanges(ctx, last, run, emit)
}

func (p *Pipeline) finished(ctx context.Context, id string) (run corvee.Run, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		if run, err = tx.Run(ctx, id); err != nil {
			return fmt.Errorf("run %s: %w", id, err)
		}
		return nil
	})
	if err == nil && run.State == corvee.RunRunning {
		err = fmt.Errorf("%w: run %s was cut off: screen its table again to finish it first", corvee.ErrInvalid, id)
	}
	return run, err
}

// optionsOf takes a run's settings up again: its threshold and limit, and the columns that
// a person had named.
func optionsOf(run corvee.Run) ScreenOptions {
	o := ScreenOptions{Table: screen.TableOptions{Columns: map[string]string{}}, since: run.ID}
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

func (p *Pipeline) hitsOf(ctx context.Context, run string) (since.Hits, error) {
	out := since.Hits{}
	err := p.Store.View(ctx, func(tx store.Tx) error {
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

func (p *Pipeline) emitChanges(ctx context.Context, last, run corvee.Run, emit Emit) (Rescreened, error) {
	out := Rescreened{Run: run}
	changes, err := p.changes(ctx, last.ID, run.ID)
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

func (p *Pipeline) changes(ctx context.Context, last, run string) ([]corvee.Change, error) {
	before, err := p.hitsOf(ctx, last)
	if err != nil {
		return nil, err
	}
	after, err := p.hitsOf(ctx, run)
	return since.Compare(before, after), err
}
