package screening

import (
	"fmt"
	"os"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
)

// Decide is corvee decide.
type Decide struct {
	Reason  string `help:"Why, so that another person can check it." placeholder:"TEXT"`
	By      string `help:"Who decides, where several people work on one base (default: the local user)." placeholder:"NAME"`
	Earlier string `arg:"" name:"RUN" help:"The run that found the hit."`
	Row     int    `arg:"" name:"ROW" help:"The row of the table."`
	Listing string `arg:"" name:"LISTING" help:"The listing's id, or the list's own number for it."`
	Word    string `arg:"" name:"JUDGEMENT" help:"same, different or unsure; undo takes your last one back." enum:"same,different,unsure,undo"`
}

func (c Decide) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	on := pipeline.OnHit{Run: c.Earlier, Row: c.Row, Listing: c.Listing}
	var d corvee.Decision
	if c.Word == "undo" {
		d, err = p.TakeBack(w.Ctx, on, c.By)
	} else {
		d, err = p.Decide(w.Ctx, on, pipeline.Say{Judgement: corvee.JudgementWord(c.Word), Reason: c.Reason, By: c.By})
	}
	if err != nil {
		return err
	}
	now, err := p.RunHit(w.Ctx, on)
	if err != nil {
		return err
	}
	if c.Word == "undo" {
		fmt.Fprintf(w.Err, "%s of %s is taken back: %s and %s are %s.\n", d.Judgement, d.Actor, d.Query, d.Listing, stands(now))
		return nil
	}
	fmt.Fprintf(w.Err, "%s is kept: %s and %s are %s. It stands in later runs until either side changes.\n", d.Judgement, d.Query, d.Listing, stands(now))
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

// Settings is corvee settings.
type Settings struct {
	Name  string `arg:"" optional:"" help:"two-for-same: two people must say \"same\" of a hit before it counts." enum:"two-for-same," default:""`
	Value string `arg:"" optional:"" help:"on or off." enum:"on,off," default:""`
}

func (c Settings) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	if c.Name != "" && c.Value != "" {
		if err := p.SetTwoForSame(w.Ctx, c.Value == "on"); err != nil {
			return err
		}
	}
	s, err := p.Settings(w.Ctx)
	if err == nil {
		_, err = fmt.Fprintf(w.Out, "two-for-same  %s\n", map[bool]string{true: "on", false: "off"}[s.TwoForSame])
	}
	return err
}

// Rescreen is corvee rescreen.
type Rescreen struct {
	FailOn  string `help:"Exit with 3 if hits are new or open again." enum:",hits" default:""`
	Earlier string `arg:"" name:"RUN" help:"The run to do again, with its settings."`
	File    string `arg:"" name:"FILE" help:"The run's table, unchanged: the base keeps its hash, not the table." type:"path"`
}

func (c Rescreen) Run(w *world.World) error {
	in, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	defer in.Close()
	bar := w.Progress("screening", 0)
	var again pipeline.Rescreened
	err = w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		again, err = p.Rescreen(w.Ctx, c.Earlier, in, bar.Row, emit)
		return err
	})
	bar.Done()
	if err != nil {
		return err
	}
	fmt.Fprintf(w.Err, "since run %s: %d new, %d gone, %d changed, %d open again; run %s is kept\n",
		c.Earlier, again.Added, again.Removed, again.Changed, again.Reopened, again.Run.ID)
	if c.FailOn == "hits" && again.Added+again.Reopened > 0 {
		return world.ExitFound
	}
	return nil
}
