package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"corvee"
	"corvee/screen"
	"corvee/store"
)

// ScreenOptions says how a table is read and matched. Progress, if given, is told of each
// row as it ends.
type ScreenOptions struct {
	Table    screen.TableOptions
	Match    screen.Options
	Progress func(row int)
}

// Screen checks every row of a table against the lists and the evidence base, emits each
// row's state with its hits and context, and keeps the run with its whole result, also
// when nothing was found. Names that come again are matched once.
func (p *Pipeline) Screen(ctx context.Context, name string, r io.Reader, o ScreenOptions, emit Emit) (corvee.Run, error) {
	hashed := sha256.New()
	table, err := screen.OpenTable(name, io.TeeReader(r, hashed), o.Table)
	if err != nil {
		return corvee.Run{}, err
	}
	s, err := p.screening(ctx, o)
	if err != nil {
		return corvee.Run{}, err
	}
	result, err := s.run(ctx, table, emit)
	if err != nil {
		return corvee.Run{}, err
	}
	if _, err := io.Copy(hashed, r); err != nil { // what follows the last row still counts
		return corvee.Run{}, err
	}
	run := s.describe(name, hex.EncodeToString(hashed.Sum(nil)), table)
	run.ID, run.Actor, run.At = p.runID(run), p.Actor, p.now()
	err = p.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutRun(ctx, run, slices.Values(result)); err != nil {
			return err
		}
		return p.record(ctx, tx, "run.finished", run.ID, "", run)
	})
	if err != nil {
		return run, fmt.Errorf("keep run: %w", err)
	}
	return run, emit(corvee.Message{Summary: &corvee.Summary{Rows: run.Rows}})
}

func (p *Pipeline) runID(run corvee.Run) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", run.InputHash, run.ResultHash, p.now().UnixMicro()))
	return "r" + hex.EncodeToString(sum[:10])
}

// screening is one run over what the base knew at one moment.
type screening struct {
	*moment
	options ScreenOptions
	place   func(name string) (corvee.Place, bool)
	hits    map[string][]corvee.Hit // by party, so that a repeated name is matched once
	result  []corvee.Message
	rows    corvee.RowCounts
	hash    *corvee.Encoder
	digest  func() string
}

func (p *Pipeline) screening(ctx context.Context, o ScreenOptions) (*screening, error) {
	now, err := p.moment(ctx)
	if err != nil {
		return nil, err
	}
	digest := sha256.New()
	return &screening{
		moment: now, options: o, place: p.Reader.Place,
		hits: map[string][]corvee.Hit{}, hash: corvee.NewEncoder(digest),
		digest: func() string { return hex.EncodeToString(digest.Sum(nil)) },
	}, nil
}

func (s *screening) run(ctx context.Context, table *screen.Table, emit Emit) ([]corvee.Message, error) {
	for row := range table.Rows() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, m := range s.row(row) {
			s.result = append(s.result, m)
			if err := s.hash.Encode(m); err != nil {
				return nil, err
			}
			if err := emit(m); err != nil {
				return nil, err
			}
		}
		if s.options.Progress != nil {
			s.options.Progress(row.Number)
		}
	}
	return s.result, table.Err()
}

// row returns the messages of one row: its state first, then why.
func (s *screening) row(row screen.TableRow) []corvee.Message {
	state := corvee.Row{Row: row.Number, ID: row.Query.ID, State: corvee.RowClear}
	if row.Rejected != nil {
		state.State, state.Reason = corvee.RowRejected, row.Rejected.Reason
		s.rows.Rejected++
		return []corvee.Message{{Row: &state}, {Rejected: row.Rejected}}
	}
	hits := s.match(row.Query)
	place, _ := s.place(row.Query.Place)
	met := s.evidence.context(row.Number, row.Query, place)
	s.count(&state, len(hits) > 0, met != nil)
	out := []corvee.Message{{Row: &state}}
	for _, h := range hits {
		h.Row, h.Query = row.Number, row.Query
		out = append(out, corvee.Message{Hit: &h})
	}
	if met != nil {
		out = append(out, corvee.Message{Context: met})
	}
	return out
}

func (s *screening) count(state *corvee.Row, hit, met bool) {
	switch {
	case hit:
		state.State = corvee.RowHit
		s.rows.Hit++
	case met:
		state.State = corvee.RowContext
		s.rows.Context++
	default:
		s.rows.Clear++
	}
}

func (s *screening) match(q corvee.Query) []corvee.Hit {
	q.ID, q.Sector, q.Place, q.When = "", "", "", nil // what does not touch the match
	raw, _ := json.Marshal(q)
	if known, ok := s.hits[string(raw)]; ok {
		return known
	}
	hits := s.index.Match(q, s.options.Match)
	for i := range hits {
		s.evidence.attach(&hits[i])
	}
	s.hits[string(raw)] = hits
	return hits
}

func (s *screening) describe(name, hash string, table *screen.Table) corvee.Run {
	settings := map[string]string{"threshold": fmt.Sprint(s.options.Match.Threshold), "limit": fmt.Sprint(s.options.Match.Limit)}
	for _, column := range table.Columns() {
		settings["column "+column.Field] = column.Header + " (by " + column.By + ")"
	}
	return corvee.Run{
		Collection: corvee.DefaultCollection, Input: name, InputHash: hash, Lists: s.lists,
		Settings: settings, Rows: s.rows, ResultHash: s.digest(),
	}
}

// Match checks one party and emits its hits, best first.
func (p *Pipeline) Match(ctx context.Context, q corvee.Query, o screen.Options, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	s, err := p.screening(ctx, ScreenOptions{Match: o})
	if err != nil {
		return sum, err
	}
	if strings.TrimSpace(q.Name) == "" {
		return sum, fmt.Errorf("%w: no name to match", corvee.ErrInvalid)
	}
	hits := s.match(q)
	for i := range hits {
		hits[i].Query = q
		if err := emit(corvee.Message{Hit: &hits[i]}); err != nil {
			return sum, err
		}
	}
	sum.Rows.Hit = min(1, len(hits))
	sum.Rows.Clear = 1 - sum.Rows.Hit
	return sum, emit(corvee.Message{Summary: &sum})
}

// Runs returns the screening runs, latest first.
func (p *Pipeline) Runs(ctx context.Context) (runs []corvee.Run, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		runs, err = tx.Runs(ctx)
		return err
	})
	return runs, err
}

// Run returns a run and its whole result in order.
func (p *Pipeline) Run(ctx context.Context, id string) (run corvee.Run, result []corvee.Message, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
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

// Listing returns one entry of an official list.
func (p *Pipeline) Listing(ctx context.Context, id string) (l corvee.Listing, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		l, err = tx.Listing(ctx, id)
		return err
	})
	return l, err
}
