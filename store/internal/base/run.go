package base

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"corvee"
)

// PutRun adds a run; corvee.ErrConflict if its id is already there.
func (t *tx) PutRun(ctx context.Context, r corvee.Run, result iter.Seq[corvee.Message]) error {
	if err := named("run", r.ID, "actor", r.Actor); err != nil {
		return err
	}
	n, err := t.count(ctx, `SELECT count(*) FROM run WHERE id = ?`, r.ID)
	if err != nil {
		return err
	}
	if n > 0 {
		return fmt.Errorf("%w: run %s is already there", corvee.ErrConflict, r.ID)
	}
	body, err := packRun(r)
	if err != nil {
		return err
	}
	if err := t.exec(ctx, `INSERT INTO run (id, at_us, body) VALUES (?, ?, ?)`, r.ID, micros(r.At), body); err != nil {
		return err
	}
	return t.insertResult(ctx, r.ID, 0, result)
}

// AppendResult adds messages behind the first after ones of a run.
func (t *tx) AppendResult(ctx context.Context, run string, after int, more []corvee.Message) error {
	if _, err := t.Run(ctx, run); err != nil {
		return err
	}
	has, err := t.count(ctx, `SELECT coalesce(max(n), 0) FROM run_message WHERE run = ?`, run)
	if err != nil {
		return err
	}
	if has != after {
		return fmt.Errorf("%w: run %s has %d messages, not %d", corvee.ErrConflict, run, has, after)
	}
	return t.insertResult(ctx, run, after, slices.Values(more))
}

// UpdateRun replaces what is said of a run.
func (t *tx) UpdateRun(ctx context.Context, r corvee.Run) error {
	if _, err := t.Run(ctx, r.ID); err != nil {
		return err
	}
	body, err := packRun(r)
	if err != nil {
		return err
	}
	return t.exec(ctx, `UPDATE run SET body = ? WHERE id = ?`, body, r.ID)
}

// storedRun keeps the moments of the lists' imports, which the stream leaves out.
type storedRun struct {
	Run      corvee.Run `json:"run"`
	Imported []int64    `json:"imported_us"`
}

func packRun(r corvee.Run) ([]byte, error) {
	s := storedRun{Run: r}
	s.Run.At = time.Time{}
	for _, v := range r.Lists {
		s.Imported = append(s.Imported, micros(v.Imported))
	}
	return pack(s)
}

func (t *tx) insertResult(ctx context.Context, run string, n int, result iter.Seq[corvee.Message]) error {
	rows := make([][]any, 0, rowsPerInsert)
	for m := range result {
		body, err := pack(m)
		if err != nil {
			return err
		}
		n++
		rows = append(rows, []any{run, n, body})
		if len(rows) == rowsPerInsert {
			if err := t.insert(ctx, `INSERT INTO run_message (run, n, body)`, rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	return t.insert(ctx, `INSERT INTO run_message (run, n, body)`, rows)
}

const runColumns = `SELECT at_us, body FROM run`

func readRun(scan scanner) (corvee.Run, error) {
	var at int64
	var body []byte
	var s storedRun
	if err := scan(&at, &body); err != nil {
		return s.Run, err
	}
	if err := unpack(body, &s); err != nil {
		return s.Run, err
	}
	s.Run.At = timeOf(at)
	for i, us := range s.Imported[:min(len(s.Imported), len(s.Run.Lists))] {
		s.Run.Lists[i].Imported = timeOf(us)
	}
	return s.Run, nil
}

// Runs are ordered latest first, then by id.
func (t *tx) Runs(ctx context.Context) ([]corvee.Run, error) {
	if err := whole(ctx, "screening runs"); err != nil {
		return nil, err
	}
	return all(ctx, t, runColumns+` ORDER BY at_us DESC, id`, nil, readRun)
}

func (t *tx) Run(ctx context.Context, id string) (corvee.Run, error) {
	if err := whole(ctx, "screening runs"); err != nil {
		return corvee.Run{}, err
	}
	if err := named("run", id); err != nil {
		return corvee.Run{}, err
	}
	found, err := all(ctx, t, runColumns+` WHERE id = ?`, []any{id}, readRun)
	if err != nil {
		return corvee.Run{}, err
	}
	return only(found, "run", id)
}

// RunResult yields the messages of a run in their order; corvee.ErrNotFound, once, for a
// run that is not there.
func (t *tx) RunResult(ctx context.Context, id string) iter.Seq2[corvee.Message, error] {
	return func(yield func(corvee.Message, error) bool) {
		if _, err := t.Run(ctx, id); err != nil {
			yield(corvee.Message{}, err)
			return
		}
		for n := 0; ; n += pageRows {
			found, err := all(ctx, t, `SELECT body FROM run_message WHERE run = ? AND n > ? AND n <= ? ORDER BY n`,
				[]any{id, n, n + pageRows}, readMessage)
			if err != nil {
				yield(corvee.Message{}, err)
				return
			}
			for _, m := range found {
				if !yield(m, nil) {
					return
				}
			}
			if len(found) < pageRows {
				return
			}
		}
	}
}

func readMessage(scan scanner) (m corvee.Message, err error) {
	var body []byte
	if err := scan(&body); err != nil {
		return m, err
	}
	return m, unpack(body, &m)
}
