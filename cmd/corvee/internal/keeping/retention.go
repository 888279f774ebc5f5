package keeping

import (
	"fmt"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/retention"
	"corvee/present"
)

// Retention is corvee retention.
type Retention struct {
	Show  retentionShow  `cmd:"" default:"1" help:"The rules, and the harm that was weighed."`
	Set   retentionSet   `cmd:"" help:"How long the reports of a collection are kept; written by a person, with a reason."`
	Apply retentionApply `cmd:"" help:"What is due to go, and why; --purge removes it for good."`
}

type retentionShow struct{}

func (retentionShow) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	rules, err := retention.Rules(w.Ctx, p)
	if err != nil {
		return err
	}
	if len(rules) == 0 {
		fmt.Fprintln(w.Out, "No rule: every report is kept until somebody purges it.")
	}
	for _, r := range rules {
		fmt.Fprintf(w.Out, "%s: %s (set %s by %s)\n  %s\n", r.Collection, r, r.On, present.Clean(r.By), present.Clean(r.Harm))
	}
	return nil
}

type retentionSet struct {
	Collection string      `help:"Which collection." default:"default"`
	Days       int         `help:"Keep a report for so many days after it was brought in." xor:"how" placeholder:"N"`
	Until      corvee.Date `help:"Keep all of them until the end of this day." xor:"how" placeholder:"YYYY-MM-DD"`
	Never      bool        `help:"Never purge them by rule." xor:"how"`
	Harm       string      `help:"In a sentence: what keeping these reports can do to somebody, and what losing them can. Name nobody." required:"" placeholder:"TEXT"`
}

func (c retentionSet) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	r := retention.Rule{Collection: c.Collection, Days: c.Days, Until: c.Until, Never: c.Never, Harm: c.Harm}
	if err := retention.Set(w.Ctx, p, r); err != nil {
		return err
	}
	fmt.Fprintf(w.Out, "%s: %s; nothing goes before corvee retention apply --purge\n", c.Collection, r)
	return nil
}

type retentionApply struct {
	Purge bool `help:"Remove what is due for good. Without it nothing is changed."`
}

func (c retentionApply) Run(w *world.World) error {
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		if c.Purge {
			return retention.Retire(w.Ctx, p, emit)
		}
		return retention.Preview(w.Ctx, p, emit)
	})
}
