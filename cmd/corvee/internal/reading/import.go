package reading

import (
	"fmt"
	"os"
	"path/filepath"

	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/facts"
)

// Import is corvee import.
type Import struct {
	Facts importFacts `cmd:"" help:"Reported facts: rows with their sources, without the publications' texts."`
}

type importFacts struct {
	File string `arg:"" help:"JSON with sources, entities, independence_groups and facts (docs/methods/facts.md)." type:"existingfile"`
}

func (c importFacts) Run(w *world.World) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("import facts: %w", err)
	}
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		_, err := facts.Import(w.Ctx, p, filepath.Base(c.File), raw, emit)
		return err
	})
}
