package keeping

import (
	"context"
	"fmt"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/sealing"
	"corvee/present"
	"corvee/store"
)

// Purge is corvee purge.
type Purge struct {
	Yes    bool   `help:"Do not ask."`
	Reason string `help:"Why; kept in the tombstone. Name nobody." default:"unspecified"`
	Erase  bool   `help:"Only overwrite the traces of earlier purges again, after one said that it could not."`
	Report string `arg:"" optional:"" help:"Id of the report, or its beginning; or the code of a sealed one."`
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
	remove, what := p.Purge, "sealed report "+c.Report
	if sealed, err := sealing.Has(w.Ctx, p, c.Report); err != nil {
		return err
	} else if sealed {
		remove = func(ctx context.Context, id, reason string) (store.Tombstone, error) {
			return sealing.Purge(ctx, p, id, reason)
		}
	} else {
		view, err := p.Report(w.Ctx, c.Report)
		if err != nil {
			return err
		}
		what = fmt.Sprintf("report %s with %d claims and its original", present.Short(view.Report.ID), len(view.Claims))
	}
	if !c.Yes && !confirm(w, "Remove "+what+", for good?") {
		fmt.Fprintln(w.Err, "Nothing was removed.")
		return world.ExitFailed
	}
	stone, err := remove(w.Ctx, c.Report, c.Reason)
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
