package main

import (
	"fmt"
	"os"
	"path/filepath"

	"corvee/pipeline"
	"corvee/pipeline/facts"
)

type importCmd struct {
	Facts importFactsCmd `cmd:"" help:"Reported facts: rows with their sources, without the publications' texts."`
}

type importFactsCmd struct {
	File string `arg:"" help:"JSON with sources, entities, independence_groups and facts (docs/methods/facts.md)." type:"existingfile"`
}

func (c importFactsCmd) Run(w *world) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("import facts: %w", err)
	}
	return w.show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		_, err := facts.Import(w.ctx, p, filepath.Base(c.File), raw, emit)
		return err
	})
}
