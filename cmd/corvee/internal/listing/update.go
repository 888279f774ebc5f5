package listing

import (
	"fmt"
	"time"

	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/remote"
)

// The bounds of one file of a list: the largest public one is 120 MB.
const (
	mostListBytes = 512 << 20
	listTimeout   = 10 * time.Minute
)

type listsUpdate struct {
	world.Outward  `embed:""`
	AcceptShrunken bool              `help:"Take a list that lost more than a fifth of its entries, or that has changed its shape."`
	From           map[string]string `help:"Fetch a list from another address: --from NAME=URL." placeholder:"NAME=URL"`
	Names          []string          `arg:"" optional:"" name:"NAME" help:"Lists: ofac, un, uk, eu; or one that --from names. All that have a file, without one."`
}

func (c listsUpdate) Run(w *world.World) error {
	sources, err := remote.Chosen(c.Names, c.From)
	if err != nil {
		return err
	}
	web, err := w.Fetcher(c.Outward, mostListBytes, listTimeout)
	if err != nil {
		return err
	}
	failed := 0
	told := func(source, how string) {
		if how == remote.Failed {
			failed++
		}
		fmt.Fprintf(w.Err, "%s: %s\n", source, how)
	}
	err = w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		_, err := remote.New(p, web).UpdateLists(w.Ctx, sources, remote.UpdateOptions{AcceptShrunken: c.AcceptShrunken, Told: told}, emit)
		return err
	})
	if err == nil && failed > 0 {
		return world.ExitFailed
	}
	return err
}
