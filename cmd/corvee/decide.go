package main

import (
	"fmt"
	"os"

	"corvee"
	"corvee/pipeline"
)

type decideCmd struct {
	Reason    string               `help:"Why, so that another person can check it." placeholder:"TEXT"`
	Earlier   string               `arg:"" name:"RUN" help:"The run that found the hit."`
	Row       int                  `arg:"" name:"ROW" help:"The row of the table."`
	Listing   string               `arg:"" name:"LISTING" help:"The listing's id, or the list's own number for it."`
	Judgement corvee.JudgementWord `arg:"" name:"JUDGEMENT" help:"same, different or unsure." enum:"same,different,unsure"`
}

func (c decideCmd) Run(w *world) error {
	p, closeBase, err := w.open()
	if err != nil {
		return err
	}
	defer closeBase()
	d, err := p.Decide(w.ctx, pipeline.OnHit{Run: c.Earlier, Row: c.Row, Listing: c.Listing}, pipeline.Say{Judgement: c.Judgement, Reason: c.Reason})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.err, "%s is kept: %s and %s. It stands in later runs until either side changes.\n", d.Judgement, d.Query, d.Listing)
	return nil
}

type rescreenCmd struct {
	FailOn  string `help:"Exit with 3 if hits are new or open again." enum:",hits" default:""`
	Earlier string `arg:"" name:"RUN" help:"The run to do again, with its settings."`
	File    string `arg:"" name:"FILE" help:"The run's table, unchanged: the base keeps its hash, not the table." type:"path"`
}

func (c rescreenCmd) Run(w *world) error {
	in, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	defer in.Close()
	bar := w.progress("screening", 0)
	var again pipeline.Rescreened
	err = w.show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		again, err = p.Rescreen(w.ctx, c.Earlier, in, bar.row, emit)
		return err
	})
	bar.done()
	if err != nil {
		return err
	}
	fmt.Fprintf(w.err, "since run %s: %d new, %d gone, %d changed, %d open again; run %s is kept\n",
		c.Earlier, again.Added, again.Removed, again.Changed, again.Reopened, again.Run.ID)
	if c.FailOn == "hits" && again.Added+again.Reopened > 0 {
		return exitCode(exitFound)
	}
	return nil
}
