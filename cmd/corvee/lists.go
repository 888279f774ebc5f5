package main

import (
	"fmt"
	"os"
	"path/filepath"

	"corvee"
	"corvee/lists"
	"corvee/pipeline"
)

type listsCmd struct {
	Import listsImportCmd `cmd:"" help:"Import files of one list; the format is recognised."`
	Status listsStatusCmd `cmd:"" help:"Each list with its date, age and counts."`
}

type listsImportCmd struct {
	Date  string   `help:"Date of the files, if their names do not hold it." placeholder:"DATE"`
	Files []string `arg:"" name:"FILE" help:"Files that make one list (OFAC: SDN, ALT, ADD together)." type:"path"`
}

// maxListBytes bounds a list file; the largest public one is a fifth of it.
const maxListBytes = 1 << 30

func (c listsImportCmd) Run(w *world) error {
	var date corvee.Date
	if c.Date != "" {
		var err error
		if date, err = corvee.ParseDate(c.Date); err != nil {
			return err
		}
	}
	files, err := listFiles(c.Files, date)
	if err != nil {
		return err
	}
	return w.show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		_, err := p.ImportLists(w.ctx, files, emit)
		return err
	})
}

func listFiles(paths []string, date corvee.Date) ([]lists.File, error) {
	var files []lists.File
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("list file: %w", err)
		}
		if info.IsDir() || info.Size() > maxListBytes {
			return nil, fmt.Errorf("%w: %s is a folder or over %d bytes; give the list's own file", corvee.ErrInvalid, path, maxListBytes)
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("list file: %w", err)
		}
		files = append(files, lists.File{Name: filepath.Base(path), Date: date, Body: body})
	}
	return files, nil
}

type listsStatusCmd struct{}

func (listsStatusCmd) Run(w *world) error {
	return w.show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		all, err := p.ListStatus(w.ctx)
		if err == nil && len(all) == 0 {
			fmt.Fprintln(w.err, "No list is in this base; corvee lists import FILE brings one in.")
		}
		for i := range all {
			if err == nil {
				err = emit(corvee.Message{List: &all[i]})
			}
		}
		return err
	})
}
