// Package eyes knows whose names may be seen on a page.
//
// What comes in: which report or claim a page asks for. What goes out: it as the page may
// show it. Its one idea: people's names are covered unless somebody asked for those of this
// report, with a reason that is logged.
package eyes

import (
	"context"
	"sync"

	"corvee/pipeline"
	"corvee/pipeline/people"
)

// Eyes remembers for which reports each of those who look asked to see people's names,
// until the server ends. Nothing of it is kept: the log keeps who asked, when and why.
type Eyes struct {
	pipeline *pipeline.Pipeline

	mu      sync.Mutex
	reports map[asked]bool
}

// New returns eyes that see no name yet.
func New(p *pipeline.Pipeline) *Eyes { return &Eyes{pipeline: p, reports: map[asked]bool{}} }

type asked struct{ actor, report string }

// See reports whether the names of a report are shown to who looks.
func (e *Eyes) See(ctx context.Context, report string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.reports[asked{e.pipeline.By(ctx), report}]
}

// Set shows the names of a report to who asks, or covers them again.
func (e *Eyes) Set(ctx context.Context, report string, on bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.reports[asked{e.pipeline.By(ctx), report}] = on
}

// Look returns a report as a page may show it, and whether anything of it is covered.
func (e *Eyes) Look(ctx context.Context, id string) (pipeline.ReportView, bool, error) {
	v, err := e.pipeline.Report(ctx, id)
	if err != nil || e.See(ctx, v.Report.ID) {
		return v, false, err
	}
	seen, err := people.Report(v)
	return seen, seen.Text.Hash() != v.Text.Hash(), err
}

// Report returns a report as a page may show it.
func (e *Eyes) Report(ctx context.Context, id string) (pipeline.ReportView, error) {
	v, _, err := e.Look(ctx, id)
	return v, err
}

// Explain returns why a claim was made, as a page may show it.
func (e *Eyes) Explain(ctx context.Context, id string) (pipeline.Explanation, error) {
	x, err := e.pipeline.Explain(ctx, id)
	if err != nil || e.See(ctx, x.Report.ID) {
		return x, err
	}
	v, err := e.pipeline.Report(ctx, x.Report.ID)
	if err != nil {
		return x, err
	}
	return people.Explanation(x, v)
}
