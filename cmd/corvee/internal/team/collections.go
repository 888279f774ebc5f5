package team

import (
	"fmt"

	"corvee"
	"corvee/account"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/present"
)

// Collections is corvee collections.
type Collections struct {
	Add  collectionsAdd  `cmd:"" help:"Make a collection; corvee read --collection puts reports into it."`
	List collectionsList `cmd:"" help:"Collections with how many reports each has."`
	Move collectionsMove `cmd:"" help:"Put a report into another collection."`
}

type collectionsAdd struct {
	ID   string `arg:"" help:"3 to 32 of a-z, 0-9, dot, dash and line."`
	Name string `arg:"" optional:"" help:"Its name, for people."`
}

func (c collectionsAdd) Run(w *world.World) error {
	if err := account.CheckName(c.ID); err != nil {
		return err
	}
	return on(w, func(p *pipeline.Pipeline, _ *account.Accounts) error {
		return p.AddCollection(w.Ctx, corvee.Collection{ID: c.ID, Name: c.Name})
	})
}

type collectionsList struct{}

func (collectionsList) Run(w *world.World) error {
	return on(w, func(p *pipeline.Pipeline, _ *account.Accounts) error {
		all, err := p.Collections(w.Ctx)
		for _, c := range all {
			fmt.Fprintf(w.Out, "%s  %d reports  %s\n", c.ID, c.Reports, present.Clean(c.Name))
		}
		return err
	})
}

type collectionsMove struct {
	Report string `arg:"" help:"Id of the report, or its beginning."`
	To     string `arg:"" name:"COLLECTION" help:"Id of the collection."`
}

func (c collectionsMove) Run(w *world.World) error {
	return on(w, func(p *pipeline.Pipeline, _ *account.Accounts) error {
		return p.MoveReport(w.Ctx, c.Report, c.To)
	})
}
