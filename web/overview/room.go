// Package overview shows what is in a base: what came in, what needs a decision, what the
// lists are.
//
// What comes in: counts and lines of the base. What goes out: pages that say what to do
// next. Its one idea: an empty page says how to fill it, and no page claims more than it
// looked at.
package overview

import (
	"embed"

	"corvee/pipeline"
	"corvee/web/frame"
)

//go:embed templates
var templates embed.FS

type room struct{ pipeline *pipeline.Pipeline }

// Room returns home, the reports, the lists and the help.
func Room(p *pipeline.Pipeline) frame.Room {
	s := &room{p}
	return frame.Room{Templates: templates, Pages: []frame.Page{
		{Pattern: "GET /{$}", Handle: s.home},
		{Pattern: "GET /reports", Handle: s.reports},
		{Pattern: "GET /review", Handle: s.review},
		{Pattern: "GET /lists", Handle: s.lists},
		{Pattern: "GET /help", Handle: s.help},
	}}
}
