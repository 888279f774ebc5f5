package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"

	"corvee"
	"corvee/screen"
	"corvee/store"
)

// ScreenOptions says how a table is read and matched. InputHash is the SHA-256 of the
// table, in hexadecimal, if it is known before the table is read: then a run of the same
// table that was cut off is gone on with. Progress, if given, is told of each row as it
// ends.
type ScreenOptions struct {
	Table     screen.TableOptions
	Match     screen.Options
	InputHash string
	Progress  func(row int)
	since     string // the run that is done again
}

// Screen checks every row of a table against the lists and the evidence base, emits each
// row's state with its hits and context, and keeps the run with its whole result, also
// when nothing was found. Rows are kept some thousand at a time before they are emitted,
// so that nothing of a run that is cut off is lost, and memory does not grow with the
// table. Names that come again are matched once.
func (p *Pipeline) Screen(ctx context.Context, name string, r io.Reader, o ScreenOptions, emit Emit) (corvee.Run, error) {
	hashed := sha256.New()
	if o.InputHash == "" {
		r = io.TeeReader(r, hashed)
	}
	table, err := screen.OpenTable(name, r, o.Table)
	if err != nil {
		return corvee.Run{}, err
	}
	now, err := p.moment(ctx)
	if err != nil {
		return corvee.Run{}, err
	}
	s := newScreening(p, now, o, emit)
	if err := s.begin(ctx, name, table); err != nil {
		return corvee.Run{}, err
	}
	if err := s.rest(ctx, table); err != nil {
		return s.run, err
	}
	if o.InputHash == "" {
		if _, err := io.Copy(hashed, r); err != nil { // what follows the last row still counts
			return s.run, err
		}
		s.run.InputHash = hex.EncodeToString(hashed.Sum(nil))
	}
	if err := s.finish(ctx); err != nil {
		return s.run, fmt.Errorf("keep run: %w", err)
	}
	return s.run, emit(corvee.Message{Summary: &corvee.Summary{Rows: s.run.Rows}})
}

// screening is one run over what the base knew at one moment.
type screening struct {
	*moment
	pipeline *Pipeline
	options  ScreenOptions
	emit     Emit
	hits     map[partyKey][]corvee.Hit // so that a repeated name is matched once
	object   func(screen.TableRow) []byte
	run      corvee.Run
	kept     int // messages of the run in the base
	digest   hash.Hash
	lines    *corvee.Encoder // onto the digest
}

func newScreening(p *Pipeline, now *moment, o ScreenOptions, emit Emit) *screening {
	digest := sha256.New()
	return &screening{
		moment: now, pipeline: p, options: o, emit: emit, hits: map[partyKey][]corvee.Hit{},
		digest: digest, lines: corvee.NewEncoder(digest),
	}
}

// row returns the messages of one row: its state first, then why.
func (s *screening) row(row screen.TableRow) []corvee.Message {
	state := corvee.Row{Row: row.Number, ID: row.Query.ID, Name: row.Query.Name, State: corvee.RowClear, Input: s.object(row)}
	if row.Rejected != nil {
		state.State, state.Reason = corvee.RowRejected, row.Rejected.Reason
		s.run.Rows.Rejected++
		return []corvee.Message{{Row: &state}, {Rejected: row.Rejected}}
	}
	hits := s.match(row.Query)
	place, _ := s.pipeline.Reader.Place(row.Query.Place)
	met := s.evidence.Context(row.Number, row.Query, place)
	out := []corvee.Message{{Row: &state}}
	open := 0
	for _, h := range hits {
		h.Row, h.Query = row.Number, row.Query
		if !s.decided.Mark(row.Query, &h) {
			open++
		}
		out = append(out, corvee.Message{Hit: &h})
	}
	s.count(&state, open > 0, met != nil)
	if met != nil {
		out = append(out, corvee.Message{Context: met})
	}
	return out
}

func (s *screening) count(state *corvee.Row, hit, met bool) {
	switch {
	case hit:
		state.State = corvee.RowHit
		s.run.Rows.Hit++
	case met:
		state.State = corvee.RowContext
		s.run.Rows.Context++
	default:
		s.run.Rows.Clear++
	}
}

// partyKey stands for what of a query touches the match: half of its SHA-256, since a
// hundred thousand whole queries would be most of the memory of a run.
type partyKey [sha256.Size / 2]byte

func party(q corvee.Query) partyKey {
	q.ID, q.Sector, q.Place, q.When = "", "", "", nil
	raw, _ := json.Marshal(q)
	sum := sha256.Sum256(raw)
	return partyKey(sum[:sha256.Size/2])
}

func (s *screening) match(q corvee.Query) []corvee.Hit {
	key := party(q)
	if known, ok := s.hits[key]; ok {
		return known
	}
	s.hits[key] = s.find(q)
	return s.hits[key]
}

func (s *screening) find(q corvee.Query) []corvee.Hit {
	hits := s.index.Match(q, s.options.Match)
	for i := range hits {
		s.evidence.Attach(&hits[i])
	}
	if len(hits) == 0 {
		return nil // what is remembered of a clear party must not hold room for hits
	}
	return slices.Clip(hits)
}

// Match checks one party and emits its hits, best first.
func (p *Pipeline) Match(ctx context.Context, q corvee.Query, o screen.Options, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	if strings.TrimSpace(q.Name) == "" {
		return sum, fmt.Errorf("%w: no name to match", corvee.ErrInvalid)
	}
	now, err := p.moment(ctx)
	if err != nil {
		return sum, err
	}
	hits := newScreening(p, now, ScreenOptions{Match: o}, emit).find(q)
	for i := range hits {
		hits[i].Query = q
		now.decided.Mark(q, &hits[i])
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
