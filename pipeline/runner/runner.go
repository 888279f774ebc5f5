// Package runner works through screening runs that were handed in.
//
// What comes in: the ids of runs whose tables the base kept. What goes out: the runs,
// finished one after another, and how far the one under way is. Its one idea: what waits
// stands in the base, not here; a server that was stopped goes on where it was.
package runner

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"corvee"
	"corvee/pipeline"
)

// Runner works for one base. It is safe for concurrent use.
type Runner struct {
	pipeline *pipeline.Pipeline
	log      *slog.Logger
	wake     chan struct{}
	mu       sync.Mutex
	waiting  []string
	progress Progress
	began    time.Time
}

// Progress is how far a run is. PerSecond and Left are 0 until they can be told.
type Progress struct {
	Run       string        `json:"run"`
	Waiting   bool          `json:"waiting"` // for the runs before it
	Rows      int           `json:"rows"`
	PerSecond int           `json:"rows_per_second"`
	Left      time.Duration `json:"-"`
	Seconds   int           `json:"seconds_left"`
}

// New returns a Runner that has nothing to do. The log is told of failures, not of tables.
func New(p *pipeline.Pipeline, log *slog.Logger) *Runner {
	return &Runner{pipeline: p, log: log, wake: make(chan struct{}, 1)}
}

// Add puts a run behind those that wait; one that waits or is under way is left where it is.
func (r *Runner) Add(run string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.progress.Run == run || slices.Contains(r.waiting, run) {
		return
	}
	r.waiting = append(r.waiting, run)
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Progress returns how far a run is; false for one that is not here.
func (r *Runner) Progress(run string) (Progress, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.progress.Run == run {
		return r.progress, true
	}
	return Progress{Run: run, Waiting: true}, slices.Contains(r.waiting, run)
}

// Work goes on with the runs that were cut off, then takes what is added, until ctx ends. A
// run that fails does not end it.
func (r *Runner) Work(ctx context.Context) error {
	cut, err := r.pipeline.CutOff(ctx)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	for _, run := range cut {
		r.Add(run)
	}
	for {
		run, ok := r.next()
		if !ok {
			select {
			case <-ctx.Done():
				return nil
			case <-r.wake:
				continue
			}
		}
		_, err := r.pipeline.Continue(ctx, run, r.tell)
		r.done()
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !errors.Is(err, corvee.ErrNotFound):
			r.log.Error("run failed", "run", run, "error", err)
		}
	}
}

func (r *Runner) next() (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.waiting) == 0 {
		return "", false
	}
	run := r.waiting[0]
	r.waiting = r.waiting[1:]
	r.progress, r.began = Progress{Run: run}, r.pipeline.Clock()
	return run, true
}

func (r *Runner) done() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress = Progress{}
}

// every is how many rows pass between two looks at the clock.
const every = 256

func (r *Runner) tell(row int, read, size int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.progress.Rows = row; row%every != 0 {
		return
	}
	taken := r.pipeline.Clock().Sub(r.began)
	if taken <= 0 || read <= 0 {
		return
	}
	r.progress.PerSecond = int(int64(row) * int64(time.Second) / int64(taken))
	r.progress.Left = time.Duration(int64(taken) * ((size - read) >> 10) / max(1, read>>10))
	r.progress.Seconds = int(r.progress.Left / time.Second)
}
