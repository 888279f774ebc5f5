package runs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"corvee"
	"corvee/pipeline/internal/proof"
	"corvee/screen"
	"corvee/store"
)

// chunk is how many rows are matched and kept in one transaction: long enough that the
// transaction does not show, short enough that little is done twice after a kill.
const chunk = 4000

// chunkBytes ends a chunk of wide rows earlier.
const chunkBytes = 8 << 20

// cellCost is what a cell takes beside its text: a string's header and its key in the result.
const cellCost = 32

// begin goes on with a run of the same key that was cut off, or starts one.
func (s *keptRun) begin(ctx context.Context, name string, table *screen.Table) error {
	s.run = s.describe(ctx, name, table)
	if s.options.InputHash != "" {
		unfinished, err := s.base.unfinished(ctx, s.run.Key)
		if err != nil {
			return err
		}
		if unfinished.ID != "" {
			s.run, s.rows.Counts = unfinished, unfinished.Rows
			return s.replay(ctx)
		}
	}
	return s.base.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutRun(ctx, s.run, slices.Values([]corvee.Message(nil))); err != nil {
			return err
		}
		return s.base.Record(ctx, tx, "run.started", s.run.ID, s.run)
	})
}

func (s *keptRun) describe(ctx context.Context, name string, table *screen.Table) corvee.Run {
	settings := map[string]string{"threshold": fmt.Sprint(s.options.Match.Threshold), "limit": fmt.Sprint(s.options.Match.Limit)}
	for _, column := range table.Columns() {
		settings["column "+column.Field] = column.Header + " (by " + column.By + ")"
	}
	for field, header := range s.options.Table.Columns { // that nothing holds it is a setting too
		if header == screen.NoColumn {
			settings["column "+field] = header + " (by set)"
		}
	}
	b := s.base
	run := corvee.Run{
		State: corvee.RunRunning, Collection: corvee.DefaultCollection, Input: name, InputHash: s.options.InputHash,
		Lists: s.Lists, Settings: settings, Actor: b.Actor(ctx), At: b.Now(),
	}
	if s.options.since != "" {
		settings[againAfter] = s.options.since
	}
	for name, value := range b.sides(s.Moment) {
		settings[name] = value
	}
	raw, _ := json.Marshal([]any{run.InputHash, settings, s.Listed})
	run.Key = Short(raw)
	run.ID = "r" + Short(fmt.Appendf(nil, "%s %d", run.Key, run.At.UnixMicro()))
	return run
}

// sides are what a result depends on beside the table, the lists and what was asked.
func (b Base) sides(now Moment) map[string]string {
	return map[string]string{
		proof.Program: b.Version, proof.Rules: b.Rules, proof.Decisions: now.Decided.Digest()[:16], proof.Reports: now.Reported[:16],
	}
}

// Short is an id of twenty digits for some bytes.
func Short(of []byte) string {
	sum := sha256.Sum256(of)
	return hex.EncodeToString(sum[:10])
}

func (b Base) unfinished(ctx context.Context, key string) (run corvee.Run, err error) {
	runs, err := b.Runs(ctx)
	at := slices.IndexFunc(runs, func(r corvee.Run) bool { return r.State == corvee.RunRunning && r.Key == key })
	if at >= 0 {
		run = runs[at]
	}
	return run, err
}

// replay emits what the base holds of the run, so that who goes on with it has all of it.
func (s *keptRun) replay(ctx context.Context) error {
	return s.base.Store.View(ctx, func(tx store.Tx) error {
		for m, err := range tx.RunResult(ctx, s.run.ID) {
			if err != nil {
				return err
			}
			s.kept++
			if err := s.tell(m); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *keptRun) tell(m corvee.Message) error {
	if err := s.lines.Encode(m); err != nil {
		return err
	}
	return s.emit(m)
}

// rest screens the rows behind those that are done.
func (s *keptRun) rest(ctx context.Context, table *screen.Table) error {
	rows := make([]screen.TableRow, 0, chunk)
	done, size := s.run.RowsDone, 0
	for row := range table.Rows() {
		if row.Number <= done {
			continue
		}
		for _, cell := range row.Cells {
			size += len(cell) + cellCost
		}
		if rows = append(rows, row); len(rows) == chunk || size > chunkBytes {
			if err := s.keep(ctx, rows, table); err != nil {
				return err
			}
			rows, size = rows[:0], 0
		}
	}
	if err := s.keep(ctx, rows, table); err != nil {
		return err
	}
	return table.Err()
}

// keep screens some rows, keeps their messages, then emits them: what was emitted is kept.
func (s *keptRun) keep(ctx context.Context, rows []screen.TableRow, table *screen.Table) error {
	if err := ctx.Err(); err != nil || len(rows) == 0 {
		return err
	}
	messages := s.rows.Rows(rows, table.Object)
	s.run.Rows = s.rows.Counts
	s.run.RowsDone = rows[len(rows)-1].Number
	if err := s.put(ctx, messages); err != nil {
		return fmt.Errorf("keep rows up to %d: %w", s.run.RowsDone, err)
	}
	s.kept += len(messages)
	for _, m := range messages {
		if err := s.tell(m); err != nil {
			return err
		}
		if m.Row != nil && s.options.Progress != nil {
			s.options.Progress(m.Row.Row)
		}
	}
	return nil
}

func (s *keptRun) put(ctx context.Context, messages []corvee.Message) error {
	if s.dry {
		return nil
	}
	return s.base.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.AppendResult(ctx, s.run.ID, s.kept, messages); err != nil {
			return err
		}
		return tx.UpdateRun(ctx, s.run)
	})
}

func (s *keptRun) finish(ctx context.Context) error {
	s.run.State, s.run.ResultHash = corvee.RunDone, hex.EncodeToString(s.digest.Sum(nil))
	return s.base.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.UpdateRun(ctx, s.run); err != nil {
			return err
		}
		return s.base.Record(ctx, tx, "run.finished", s.run.ID, s.run)
	})
}

// InputHash returns the SHA-256 of a table, in hexadecimal, for Options.
func InputHash(r io.Reader) (string, error) {
	sum := sha256.New()
	_, err := io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), err
}
