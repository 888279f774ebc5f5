// Package subject shows what has been reported about one subject: a site, an organisation,
// a place, a country.
//
// What comes in: a name. What goes out: its questions with the positions on each and how
// many origins stand behind them, and the dossier to save. Its one idea: positions stand
// side by side, and nothing is averaged.
package subject

import (
	"embed"

	"corvee/pipeline"
	"corvee/pipeline/glance"
	"corvee/web/frame"
)

//go:embed templates
var templates embed.FS

type room struct {
	pipeline *pipeline.Pipeline
	glance   *glance.Glance
}

// Room returns the pages of subjects.
func Room(p *pipeline.Pipeline, g *glance.Glance) frame.Room {
	s := &room{p, g}
	return frame.Room{
		Templates: templates,
		Pages: []frame.Page{
			{Pattern: "GET /questions", Handle: s.question},
			{Pattern: "GET /sites", Handle: s.sites},
			{Pattern: "GET /organisations", Handle: s.organisations},
			{Pattern: "GET /money", Handle: s.money},
			{Pattern: "GET /dossiers", Handle: s.dossiers},
		},
		Files: []frame.File{{Pattern: "GET /dossier", Handle: s.dossier}},
	}
}
