// Package review shows a report with its claims, and takes what people say of them.
//
// What comes in: a report under what people decided, and their next decision. What goes
// out: text and claims side by side, and one appended event for each act. Its one idea:
// whoever judges a claim sees the words that it rests on, and nothing is saved until the
// base says so.
package review

import (
	"embed"

	"corvee/pipeline"
	"corvee/pipeline/glance"
	"corvee/web/eyes"
	"corvee/web/frame"
)

//go:embed templates
var templates embed.FS

type room struct {
	pipeline *pipeline.Pipeline
	eyes     *eyes.Eyes
	glance   *glance.Glance
}

// Room returns the pages of one report and of one claim.
func Room(p *pipeline.Pipeline, e *eyes.Eyes, g *glance.Glance) frame.Room {
	s := &room{p, e, g}
	return frame.Room{Templates: templates, Pages: []frame.Page{
		{Pattern: "GET /reports/{report}", Handle: s.report},
		{Pattern: "POST /reports/{report}/undo", Handle: s.undo},
		{Pattern: "POST /reports/{report}/people", Handle: s.people},
		{Pattern: "POST /reports/{report}/claims", Handle: s.add},
		{Pattern: "POST /reports/{report}/claims/{claim}/verdict", Handle: s.judge},
		{Pattern: "POST /reports/{report}/claims/{claim}/edit", Handle: s.edit},
		{Pattern: "POST /reports/{report}/claims/{claim}/kind", Handle: s.setKind},
		{Pattern: "GET /claims/{claim}", Handle: s.claim},
	}}
}
