package main

import (
	"fmt"
	"os"

	"corvee"
	"corvee/pipeline"
)

type decideCmd struct {
	Reason  string `help:"Why, so that another person can check it." placeholder:"TEXT"`
	By      string `help:"Who decides, where several people work on one base (default: the local user)." placeholder:"NAME"`
	Earlier string `arg:"" name:"RUN" help:"The run that found the hit."`
	Row     int    `arg:"" name:"ROW" help:"The row of the table."`
	Listing string `arg:"" name:"LISTING" help:"The listing's id, or the list's own number for it."`
	Word    string `arg:"" name:"JUDGEMENT" help:"same, different or unsure; undo takes your last one back." enum:"same,different,unsure,undo"`
}

func (c decideCmd) Run(w *world) error {
	p, closeBase, err := w.open()
	if err != nil {
		return err
	}
	defer closeBase()
	on := pipeline.OnHit{Run: c.Earlier, Row: c.Row, Listing: c.Listing}
	var d corvee.Decision
	if c.Word == "undo" {
		d, err = p.TakeBack(w.ctx, on, c.By)
	} else {
		d, err = p.Decide(w.ctx, on, pipeline.Say{Judgement: corvee.JudgementWord(c.Word), Reason: c.Reason, By: c.By})
	}
	if err != nil {
		return err
	}
	now, err := p.RunHit(w.ctx, on)
	if err != nil {
		return err
	}
	if c.Word == "undo" {
		fmt.Fprintf(w.err, "%s of %s is taken back: %s and %s are %s.\n", d.Judgement, d.Actor, d.Query, d.Listing, stands(now))
		return nil
	}
	fmt.Fprintf(w.err, "%s is kept: %s and %s are %s. It stands in later runs until either side changes.\n", d.Judgement, d.Query, d.Listing, stands(now))
	return nil
}

// stands says where a hit stands.
func stands(h pipeline.RunHit) string {
	switch h.State {
	case pipeline.HitOpen:
		return "not judged"
	case pipeline.HitReopened:
		return "open again"
	case pipeline.HitPending:
		return "same when a second person says so (--by NAME)"
	case pipeline.HitDisputed:
		return "in dispute: people do not agree"
	}
	return "held to be " + string(h.State)
}

type settingsCmd struct {
	Name  string `arg:"" optional:"" help:"two-for-same: two people must say \"same\" of a hit before it counts." enum:"two-for-same," default:""`
	Value string `arg:"" optional:"" help:"on or off." enum:"on,off," default:""`
}

func (c settingsCmd) Run(w *world) error {
	p, closeBase, err := w.open()
	if err != nil {
		return err
	}
	defer closeBase()
	if c.Name != "" && c.Value != "" {
		if err := p.SetTwoForSame(w.ctx, c.Value == "on"); err != nil {
			return err
		}
	}
	s, err := p.Settings(w.ctx)
	if err == nil {
		_, err = fmt.Fprintf(w.out, "two-for-same  %s\n", map[bool]string{true: "on", false: "off"}[s.TwoForSame])
	}
	return err
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
