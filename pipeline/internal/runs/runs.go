// Package runs screens tables and keeps what comes of it.
//
// What comes in: tables, and what the base knows at one moment. What goes out: runs with
// their whole result in the base, gone on with when they were cut off, done again to say what
// is different, proved by coming to the same bytes. Its one idea: a run is of one moment; its
// table, its lists, what it was asked and its result are kept, so that the absence of a hit
// can be shown later.
package runs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"time"

	"corvee"
	"corvee/pipeline/internal/decided"
	"corvee/pipeline/internal/evident"
	"corvee/pipeline/internal/screening"
	"corvee/screen"
	"corvee/store"
	"corvee/vault"
)

// Base is what runs are kept in and made with.
type Base struct {
	Store          store.Store
	Vault          *vault.Vault
	Version, Rules string
	Actor          func(context.Context) string // who acts under a context
	Now            func() time.Time
	Place          func(name string) (corvee.Place, bool)
	Record         func(ctx context.Context, tx store.Tx, verb, subject string, payload any) error
	Moment         func(ctx context.Context) (Moment, error)
	// Until returns the decisions of a moment that were made up to a time.
	Until func(ctx context.Context, m Moment, at time.Time) (decided.Decisions, error)
}

// Moment is what screening knows of the base after one event. Listed and Reported stand for
// all of the lists and of the parties that reports name.
type Moment struct {
	Index            *screen.Index
	Evidence         evident.Evidence
	Decided          decided.Decisions
	Lists            []corvee.ListVersion
	Listed, Reported string
}

// Against is the moment as rows are checked against it.
func (m Moment) Against(place func(string) (corvee.Place, bool), o screen.Options) screening.Against {
	return screening.Against{Index: m.Index, Evidence: m.Evidence, Decided: m.Decided, Place: place, Options: o}
}

// Emit takes messages in order; its error ends the work.
type Emit = func(corvee.Message) error

// Options says how a table is read and matched. InputHash is the SHA-256 of the
// table, in hexadecimal, if it is known before the table is read: then a run of the same
// table that was cut off is gone on with. Progress, if given, is told of each row as it
// ends.
type Options struct {
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
func (b Base) Screen(ctx context.Context, name string, r io.Reader, o Options, emit Emit) (corvee.Run, error) {
	hashed := sha256.New()
	if o.InputHash == "" {
		r = io.TeeReader(r, hashed)
	}
	table, err := screen.OpenTable(name, r, o.Table)
	if err != nil {
		return corvee.Run{}, err
	}
	now, err := b.Moment(ctx)
	if err != nil {
		return corvee.Run{}, err
	}
	s := newKeptRun(b, now, o, emit)
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

// keptRun is one run over what the base knew at one moment, kept as it goes on.
type keptRun struct {
	Moment
	base    Base
	options Options
	emit    Emit
	rows    *screening.Run
	run     corvee.Run
	dry     bool // nothing is kept: a run is proved
	kept    int  // messages of the run in the base
	digest  hash.Hash
	lines   *corvee.Encoder // onto the digest
}

func newKeptRun(b Base, now Moment, o Options, emit Emit) *keptRun {
	digest := sha256.New()
	return &keptRun{
		Moment: now, base: b, options: o, emit: emit, rows: screening.New(now.Against(b.Place, o.Match)), digest: digest, lines: corvee.NewEncoder(digest),
	}
}
