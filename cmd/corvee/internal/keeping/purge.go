package keeping

import (
	"fmt"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/present"
)

// Purge is corvee purge.
type Purge struct {
	Yes    bool   `help:"Do not ask."`
	Reason string `help:"Why; kept in the tombstone. Name nobody." default:"unspecified"`
	Erase  bool   `help:"Only overwrite the traces of earlier purges again, after one said that it could not."`
	Report string `arg:"" optional:"" help:"Id of the report, or its beginning."`
}

func (c Purge) Run(w *world.World) error {
	if (c.Report == "") != c.Erase {
		return fmt.Errorf("%w: give the report to remove, or --erase alone", corvee.ErrInvalid)
	}
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	if c.Erase {
		return p.Erase(w.Ctx)
	}
	return c.purge(w, p)
}

func (c Purge) purge(w *world.World, p *pipeline.Pipeline) error {
	view, err := p.Report(w.Ctx, c.Report)
	if err != nil {
		return err
	}
	if !c.Yes && !confirm(w, fmt.Sprintf("Remove report %s with %d claims and its original, for good?", present.Short(view.Report.ID), len(view.Claims))) {
		fmt.Fprintln(w.Err, "Nothing was removed.")
		return world.ExitFailed
	}
	stone, err := p.Purge(w.Ctx, view.Report.ID, c.Reason)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.Out, "purged; tombstone %s\n", stone.ID)
	return nil
}

func confirm(w *world.World, question string) bool {
	fmt.Fprintf(w.Err, "%s Type yes: ", question)
	var answer string
	_, _ = fmt.Fscanln(w.In, &answer)
	return answer == "yes"
}
