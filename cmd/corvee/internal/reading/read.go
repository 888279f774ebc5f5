// Package reading holds the commands that bring reports in, and those for people who work on
// the reading itself: rules, scores, the decoder child.
//
// What comes in: files, addresses, facts. What goes out: claims and findings as messages.
// Its one idea: the exit code says what a script must know, the stream says the rest.
package reading

import (
	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/remote"
)

// Read is corvee read.
type Read struct {
	Published  string `help:"Date of publication: 2020, 2020-11 or 2020-11-19. Relative dates need it." placeholder:"DATE"`
	Publisher  string `help:"Who published it." placeholder:"NAME"`
	URL        string `help:"Where it was published." placeholder:"ADDRESS"`
	Title      string `help:"Its title." placeholder:"TEXT"`
	Lang       string `help:"Its language (en, ko, zh), if the text does not tell." placeholder:"CODE"`
	Collection string `help:"Collection that the reports go into (corvee collections add makes one). Reports that the base has stay where they are without it." placeholder:"ID"`
	FailOn     string `help:"Exit with 3 if there are findings." enum:",findings" default:""`

	world.Outward `embed:""`
	IgnoreRobots  bool     `help:"Fetch what a site's robots.txt forbids: for pages that you ask for one by one."`
	Paths         []string `arg:"" name:"PATH" help:"Files, folders, or addresses (https://…), which are fetched."`
}

func (c Read) hints() (intake.Hints, error) {
	h := intake.Hints{URL: c.URL, Title: c.Title, Publisher: c.Publisher, Lang: c.Lang}
	if c.Published == "" {
		return h, nil
	}
	var err error
	h.Published, err = corvee.ParseDate(c.Published)
	return h, err
}

func (c Read) Run(w *world.World) error {
	hints, err := c.hints()
	if err != nil {
		return err
	}
	if c.Collection != "" {
		w.Ctx = pipeline.As(w.Ctx, pipeline.Acting{Collection: c.Collection})
	}
	bar := w.Progress("reading", 0)
	defer bar.Done()
	var sum corvee.Summary
	err = w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		sum, err = c.read(w, p, hints, bar.Step, emit)
		return err
	})
	return afterRead(sum, c.FailOn, err)
}

// read takes files in first, then goes out for addresses if there are any.
func (c Read) read(w *world.World, p *pipeline.Pipeline, h intake.Hints, step func(string), emit pipeline.Emit) (corvee.Summary, error) {
	addresses, paths := remote.Apart(c.Paths)
	if len(addresses) == 0 {
		return p.Ingest(w.Ctx, paths, pipeline.IngestOptions{Hints: h, Progress: step}, emit)
	}
	web, err := w.Fetcher(c.Outward, 0, 0)
	if err != nil {
		return corvee.Summary{}, err
	}
	o := remote.ReadOptions{Hints: h, IgnoreRobots: c.IgnoreRobots, Progress: step}
	if len(paths) > 0 {
		o.Before, err = p.Ingest(w.Ctx, paths, pipeline.IngestOptions{Hints: h, Progress: step}, remote.WithoutSummary(emit))
		if err != nil {
			return o.Before, err
		}
	}
	return remote.New(p, web).Read(w.Ctx, addresses, o, emit)
}

func afterRead(sum corvee.Summary, failOn string, err error) error {
	switch {
	case err != nil:
		return err
	case sum.Reports == 0 && sum.Rejected > 0:
		return world.ExitUsage
	case failOn == "findings" && sum.Findings > 0:
		return world.ExitFound
	}
	return nil
}
