package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"corvee"
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

// remembered bounds the parties whose hits are kept for when they come again.
const remembered = 100_000

// begin goes on with a run of the same key that was cut off, or starts one.
func (s *screening) begin(ctx context.Context, name string, table *screen.Table) error {
	s.run = s.describe(name, table)
	if s.options.InputHash != "" {
		unfinished, err := s.pipeline.unfinished(ctx, s.run.Key)
		if err != nil {
			return err
		}
		if unfinished.ID != "" {
			s.run = unfinished
			return s.replay(ctx)
		}
	}
	return s.pipeline.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutRun(ctx, s.run, slices.Values([]corvee.Message(nil))); err != nil {
			return err
		}
		return s.pipeline.record(ctx, tx, "run.started", s.run.ID, "", s.run)
	})
}

func (s *screening) describe(name string, table *screen.Table) corvee.Run {
	settings := map[string]string{"threshold": fmt.Sprint(s.options.Match.Threshold), "limit": fmt.Sprint(s.options.Match.Limit)}
	for _, column := range table.Columns() {
		settings["column "+column.Field] = column.Header + " (by " + column.By + ")"
	}
	p := s.pipeline
	run := corvee.Run{
		State: corvee.RunRunning, Collection: corvee.DefaultCollection, Input: name, InputHash: s.options.InputHash,
		Lists: s.lists, Settings: settings, Actor: p.Actor, At: p.now(),
	}
	if s.options.since != "" {
		settings[againAfter] = s.options.since
	}
	raw, _ := json.Marshal([]any{run.InputHash, settings, s.listed, s.reported, s.decided.Digest(), p.Version, p.Reader.Version()})
	run.Key = short(raw)
	run.ID = "r" + short(fmt.Appendf(nil, "%s %d", run.Key, run.At.UnixMicro()))
	return run
}

func short(of []byte) string {
	sum := sha256.Sum256(of)
	return hex.EncodeToString(sum[:10])
}

func (p *Pipeline) unfinished(ctx context.Context, key string) (run corvee.Run, err error) {
	runs, err := p.Runs(ctx)
	at := slices.IndexFunc(runs, func(r corvee.Run) bool { return r.State == corvee.RunRunning && r.Key == key })
	if at >= 0 {
		run = runs[at]
	}
	return run, err
}

// replay emits what the base holds of the run, so that who goes on with it has all of it.
func (s *screening) replay(ctx context.Context) error {
	return s.pipeline.Store.View(ctx, func(tx store.Tx) error {
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

func (s *screening) tell(m corvee.Message) error {
	if err := s.lines.Encode(m); err != nil {
		return err
	}
	return s.emit(m)
}

// rest screens the rows behind those that are done.
func (s *screening) rest(ctx context.Context, table *screen.Table) error {
	rows := make([]screen.TableRow, 0, chunk)
	s.object = table.Object
	done, size := s.run.RowsDone, 0
	for row := range table.Rows() {
		if row.Number <= done {
			continue
		}
		for _, cell := range row.Cells {
			size += len(cell) + cellCost
		}
		if rows = append(rows, row); len(rows) == chunk || size > chunkBytes {
			if err := s.rows(ctx, rows); err != nil {
				return err
			}
			rows, size = rows[:0], 0
		}
	}
	if err := s.rows(ctx, rows); err != nil {
		return err
	}
	return table.Err()
}

// rows matches some rows, keeps their messages, then emits them: what was emitted is kept.
func (s *screening) rows(ctx context.Context, rows []screen.TableRow) error {
	if err := ctx.Err(); err != nil || len(rows) == 0 {
		return err
	}
	s.matchAll(rows)
	var messages []corvee.Message
	for _, row := range rows {
		messages = append(messages, s.row(row)...)
	}
	s.run.RowsDone = rows[len(rows)-1].Number
	err := s.pipeline.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.AppendResult(ctx, s.run.ID, s.kept, messages); err != nil {
			return err
		}
		return tx.UpdateRun(ctx, s.run)
	})
	if err != nil {
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

// matchAll finds the hits of every party of the rows that is not remembered, on all
// processors.
func (s *screening) matchAll(rows []screen.TableRow) {
	if len(s.hits) > remembered {
		clear(s.hits)
	}
	var fresh []screen.TableRow
	var keys []partyKey
	for _, row := range rows {
		key := party(row.Query)
		if _, known := s.hits[key]; known || row.Rejected != nil {
			continue
		}
		s.hits[key] = nil
		fresh, keys = append(fresh, row), append(keys, key)
	}
	found := make([][]corvee.Hit, len(fresh))
	workers := min(runtime.GOMAXPROCS(0), len(fresh))
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(fresh); i += workers {
				found[i] = s.find(fresh[i].Query)
			}
		})
	}
	wait.Wait()
	for i, key := range keys {
		s.hits[key] = found[i]
	}
}

func (s *screening) finish(ctx context.Context) error {
	s.run.State, s.run.ResultHash = corvee.RunDone, hex.EncodeToString(s.digest.Sum(nil))
	return s.pipeline.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.UpdateRun(ctx, s.run); err != nil {
			return err
		}
		return s.pipeline.record(ctx, tx, "run.finished", s.run.ID, "", s.run)
	})
}

// InputHash returns the SHA-256 of a table, in hexadecimal, for ScreenOptions.
func InputHash(r io.Reader) (string, error) {
	sum := sha256.New()
	_, err := io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), err
}
