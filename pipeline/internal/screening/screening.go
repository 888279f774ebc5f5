// Package screening takes the rows of one table through what the base knew at one moment.
//
// What comes in: rows, and the index, the evidence and the decisions of that moment. What
// goes out: the messages of each row in the order of the table, its state first, then why,
// and how many rows ended how. Its one idea: nothing here is kept and nothing read, so the
// same table against the same moment gives the same bytes, now and when a run is proved.
package screening

import (
	"crypto/sha256"
	"encoding/json"
	"runtime"
	"slices"
	"sync"

	"corvee"
	"corvee/pipeline/internal/decided"
	"corvee/pipeline/internal/evident"
	"corvee/screen"
)

// Against is what rows are checked against.
type Against struct {
	Index    *screen.Index
	Evidence evident.Evidence
	Decided  decided.Decisions
	Place    func(name string) (corvee.Place, bool)
	Options  screen.Options
}

// Run is one screening. Counts are of the rows that it has taken.
type Run struct {
	Counts corvee.RowCounts
	Against
	hits map[partyKey][]corvee.Hit // so that a repeated name is matched once
}

// New returns a screening that has taken no row.
func New(a Against) *Run { return &Run{Against: a, hits: map[partyKey][]corvee.Hit{}} }

// Rows returns the messages of some rows. object writes a row as it came.
func (s *Run) Rows(rows []screen.TableRow, object func(screen.TableRow) []byte) []corvee.Message {
	s.matchAll(rows)
	var out []corvee.Message
	for _, row := range rows {
		out = append(out, s.row(row, object(row))...)
	}
	return out
}

func (s *Run) row(row screen.TableRow, input []byte) []corvee.Message {
	state := corvee.Row{Row: row.Number, ID: row.Query.ID, Name: row.Query.Name, State: corvee.RowClear, Input: input}
	if row.Rejected != nil {
		state.State, state.Reason = corvee.RowRejected, row.Rejected.Reason
		s.Counts.Rejected++
		return []corvee.Message{{Row: &state}, {Rejected: row.Rejected}}
	}
	hits := s.match(row.Query)
	place, _ := s.Place(row.Query.Place)
	met := s.Evidence.Context(row.Number, row.Query, place)
	out := []corvee.Message{{Row: &state}}
	open := 0
	for _, h := range hits {
		h.Row, h.Query = row.Number, row.Query
		if !s.Decided.Mark(row.Query, &h) {
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

func (s *Run) count(state *corvee.Row, hit, met bool) {
	switch {
	case hit:
		state.State = corvee.RowHit
		s.Counts.Hit++
	case met:
		state.State = corvee.RowContext
		s.Counts.Context++
	default:
		s.Counts.Clear++
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

func (s *Run) match(q corvee.Query) []corvee.Hit {
	key := party(q)
	if known, ok := s.hits[key]; ok {
		return known
	}
	s.hits[key] = s.Find(q)
	return s.hits[key]
}

// Find returns the hits of one party, best first, without what people decided.
func (s *Run) Find(q corvee.Query) []corvee.Hit {
	hits := s.Index.Match(q, s.Options)
	for i := range hits {
		s.Evidence.Attach(&hits[i])
	}
	if len(hits) == 0 {
		return nil // what is remembered of a clear party must not hold room for hits
	}
	return slices.Clip(hits)
}

// remembered bounds the parties whose hits are kept for when they come again.
const remembered = 100_000

// matchAll finds the hits of every party of the rows that is not remembered, on all
// processors.
func (s *Run) matchAll(rows []screen.TableRow) {
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
				found[i] = s.Find(fresh[i].Query)
			}
		})
	}
	wait.Wait()
	for i, key := range keys {
		s.hits[key] = found[i]
	}
}
