// Package triage shows screening runs and takes what people say of their hits.
//
// What comes in: a run as the base keeps it, and a decision about a hit. What goes out: the
// rows that want somebody first, each with what speaks for and against it. Its one idea: a
// person works from the first row to the last, and the next row stands where the last was.
package triage

import (
	"embed"
	"log/slog"

	"corvee/pipeline"
	"corvee/pipeline/runner"
	"corvee/web/eyes"
	"corvee/web/frame"
)

//go:embed templates
var templates embed.FS

type room struct {
	pipeline *pipeline.Pipeline
	eyes     *eyes.Eyes
	log      *slog.Logger
	runner   *runner.Runner // nil takes no table
	tables   pending
}

// Room returns the pages of screening runs. Without a runner no table is taken.
func Room(p *pipeline.Pipeline, e *eyes.Eyes, log *slog.Logger, tables *runner.Runner) frame.Room {
	s := &room{pipeline: p, eyes: e, log: log, runner: tables}
	return frame.Room{
		Templates: templates,
		Pages: []frame.Page{
			{Pattern: "GET /runs", Handle: s.runs},
			{Pattern: "GET /runs/{run}", Handle: s.run},
			{Pattern: "POST /runs", Handle: s.upload, MaxBody: maxTable},
			{Pattern: "GET /tables/{table}", Handle: s.columns},
			{Pattern: "POST /tables/{table}", Handle: s.begin},
			{Pattern: "POST /runs/{run}/decide", Handle: s.decide},
			{Pattern: "POST /runs/{run}/undo", Handle: s.undoDecision},
			{Pattern: "POST /settings/two-for-same", Handle: s.setTwo},
		},
		Files: []frame.File{{Pattern: "GET /runs/{run}/result/{format}", Handle: s.result}},
	}
}
