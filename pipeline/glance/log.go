package glance

import (
	"context"

	"corvee"
	"corvee/audit"
	"corvee/store"
)

// Log is a stretch of the chain of events, the latest first.
type Log struct {
	Events []corvee.Event
	Head   int64 // number of the last event of the base; 0 for none
	Actors []corvee.Actor
	// Checked says that the whole chain was checked; Fault why it does not hold, "" if it
	// does.
	Checked bool
	Fault   string
}

// Log returns the most events up to the one numbered until, of all for 0, and checks the
// whole chain if asked to. Checking takes time linear in the chain.
func (g *Glance) Log(ctx context.Context, until int64, most int, check bool) (l Log, err error) {
	err = g.base.Store.View(ctx, func(tx store.Tx) error {
		l = Log{Checked: check}
		head, err := tx.LastEvent(ctx)
		if err != nil {
			return err
		}
		l.Head = head.Seq
		if until <= 0 || until > head.Seq {
			until = head.Seq
		}
		for e, err := range tx.Events(ctx, max(0, until-int64(most))) {
			if err != nil {
				return err
			}
			if e.Seq > until {
				break
			}
			l.Events = append([]corvee.Event{e}, l.Events...)
		}
		if check {
			if fault := audit.Verify(tx.Events(ctx, 0)); fault != nil {
				l.Fault = fault.Error()
			}
		}
		l.Actors, err = tx.Actors(ctx)
		return err
	})
	return l, err
}

// Work is what came in and what is being done with tables.
type Work struct {
	Inputs map[corvee.InputState]int
	Latest []corvee.Input // the latest first
	Bad    []corvee.Input // rejected and failed, the latest first
	Runs   []corvee.Run   // that have not ended or failed, the latest first
}

// Work returns the state of inputs and runs, at most so many of each.
func (g *Glance) Work(ctx context.Context, most int) (w Work, err error) {
	err = g.base.Store.View(ctx, func(tx store.Tx) error {
		w = Work{Inputs: map[corvee.InputState]int{}}
		inputs, err := tx.Inputs(ctx)
		if err != nil {
			return err
		}
		for i := len(inputs) - 1; i >= 0; i-- {
			in := inputs[i]
			w.Inputs[in.State]++
			if len(w.Latest) < most {
				w.Latest = append(w.Latest, in)
			}
			if (in.State == corvee.InputRejected || in.State == corvee.InputFailed) && len(w.Bad) < most {
				w.Bad = append(w.Bad, in)
			}
		}
		runs, err := tx.Runs(ctx)
		for _, r := range runs {
			if (r.State == corvee.RunRunning || r.State == corvee.RunFailed) && len(w.Runs) < most {
				w.Runs = append(w.Runs, r)
			}
		}
		return err
	})
	return w, err
}
