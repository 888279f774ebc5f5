package pipeline

import (
	"context"
	"io"
	"time"

	"corvee"
	"corvee/pipeline/internal/decided"
	"corvee/pipeline/internal/runs"
	"corvee/store"
)

// What screening a table takes and gives.
type (
	ScreenOptions = runs.Options
	Rescreened    = runs.Rescreened
	Proof         = runs.Proof
)

// runs is the room where tables are screened, with this base around it.
func (p *Pipeline) runs() runs.Base {
	return runs.Base{
		Store: p.Store, Vault: p.Vault, Actor: p.By, Version: p.Version, Rules: p.Reader.Version(), Now: p.now, Place: p.Reader.Place,
		Record: func(ctx context.Context, tx store.Tx, verb, subject string, payload any) error {
			return p.record(ctx, tx, verb, subject, "", payload)
		},
		Moment: func(ctx context.Context) (runs.Moment, error) {
			now, err := p.moment(ctx)
			if err != nil {
				return runs.Moment{}, err
			}
			return now.forRuns(), nil
		},
		Until: func(ctx context.Context, m runs.Moment, at time.Time) (d decided.Decisions, err error) {
			err = p.Store.View(ctx, func(tx store.Tx) error {
				d, err = decisionsUntil(ctx, tx, m.Evidence, at)
				return err
			})
			return d, err
		},
	}
}

func (m *moment) forRuns() runs.Moment {
	return runs.Moment{Index: m.index, Evidence: m.evidence, Decided: m.decided, Lists: m.lists, Listed: m.listed, Reported: m.reported}
}

// Screen checks every row of a table against the lists and the evidence base, emits each
// row's state with its hits and context, and keeps the run with its whole result, also
// when nothing was found. Rows are kept some thousand at a time before they are emitted,
// so that nothing of a run that is cut off is lost, and memory does not grow with the
// table. Names that come again are matched once.
func (p *Pipeline) Screen(ctx context.Context, name string, r io.Reader, o ScreenOptions, emit Emit) (corvee.Run, error) {
	return p.runs().Screen(ctx, name, r, o, emit)
}

// Rescreen screens the table of an earlier run again, with its settings, keeps the new run
// beside the old, and emits only what is different: hits that came and went, hits that are
// open again and why. It returns ErrNotFound for a run that is not there, ErrInvalid for a
// table that is not the run's.
func (p *Pipeline) Rescreen(ctx context.Context, id string, r io.ReadSeeker, progress func(row int), emit Emit) (Rescreened, error) {
	return p.runs().Rescreen(ctx, id, r, progress, emit)
}

// Since returns what is different in a run from the one that it did again: nothing, and "",
// for one that did none again.
func (p *Pipeline) Since(ctx context.Context, run corvee.Run) (earlier string, changes []corvee.Change, err error) {
	return p.runs().Since(ctx, run)
}

// Verify does a finished run again, keeps nothing, and says whether the result is the same
// to the byte, and where it is not, which side changed. Decisions that people have made since
// do not count. table is the run's, nil for the copy that the base kept. It returns
// ErrNotFound for a run or a table that is not there, ErrInvalid for another table.
func (p *Pipeline) Verify(ctx context.Context, id string, table io.ReadSeeker) (Proof, error) {
	return p.runs().Verify(ctx, id, table)
}

// Begin keeps a table that was handed in, makes sure that it can be read, and starts its
// run, which Continue goes on with; nothing is screened yet. The same table, settings and
// base begin the same run once. It returns ErrInvalid or ErrUnsupported for what is no table.
func (p *Pipeline) Begin(ctx context.Context, name string, table []byte, o ScreenOptions) (corvee.Run, error) {
	return p.runs().Begin(ctx, name, table, o)
}

// BeginAgain starts a finished run anew from the table that the base kept.
func (p *Pipeline) BeginAgain(ctx context.Context, id string) (corvee.Run, error) {
	return p.runs().BeginAgain(ctx, id)
}

// Continue goes on with a run from the table that the base kept, to its end, and returns the
// run that holds the result: another one when the base has changed since the run was cut
// off, for one result is of one moment. progress is told of each row and of the bytes of the
// table that are read, of how many. A table that cannot be read to its end leaves the run
// failed, with the reason.
func (p *Pipeline) Continue(ctx context.Context, id string, progress func(row int, read, size int64)) (corvee.Run, error) {
	return p.runs().Continue(ctx, id, progress)
}

// CutOff returns the runs that were cut off and whose table the base kept, the earliest
// first: a server that starts goes on with them.
func (p *Pipeline) CutOff(ctx context.Context) ([]string, error) { return p.runs().CutOff(ctx) }

// Runs returns the screening runs, latest first.
func (p *Pipeline) Runs(ctx context.Context) ([]corvee.Run, error) { return p.runs().Runs(ctx) }

// Run returns a run and its whole result in order.
func (p *Pipeline) Run(ctx context.Context, id string) (corvee.Run, []corvee.Message, error) {
	return p.runs().Run(ctx, id)
}

// RunResult emits the result of a run in order, as far as it is: of a run that is under way,
// the rows that are done. It returns the run.
func (p *Pipeline) RunResult(ctx context.Context, id string, emit Emit) (corvee.Run, error) {
	return p.runs().Result(ctx, id, emit)
}

// InputHash returns the SHA-256 of a table, in hexadecimal, for ScreenOptions.
func InputHash(r io.Reader) (string, error) { return runs.InputHash(r) }
