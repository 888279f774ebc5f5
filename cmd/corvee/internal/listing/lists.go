// Package listing holds the commands for official lists: import, update, difference, age.
//
// What comes in: files or addresses of lists. What goes out: what changed. Its one idea: a
// list that looks damaged is refused, and the person is told how to look and how to insist.
package listing

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/lists"
	"corvee/pipeline"
)

// Lists is corvee lists.
type Lists struct {
	Import listsImport `cmd:"" help:"Import files of one list; the format is recognised."`
	Update listsUpdate `cmd:"" help:"Fetch official lists from their publishers, if they changed since."`
	Diff   listsDiff   `cmd:"" help:"What files hold of a list that the base does not, and the other way round; nothing is changed."`
	Status listsStatus `cmd:"" help:"Each list with its date, age and counts; says which are old."`
}

type listsImport struct {
	Date           string   `help:"Date of the files, if neither they nor their names say it." placeholder:"DATE"`
	AcceptShrunken bool     `help:"Take a list that lost more than a fifth of its entries, or that has changed its shape."`
	Files          []string `arg:"" name:"FILE" help:"Files that make one list (OFAC: SDN, ALT, ADD together)." type:"path"`
}

// maxListBytes bounds a list file; the largest public one is a fifth of it.
const maxListBytes = 1 << 30

func (c listsImport) Run(w *world.World) error {
	files, err := datedFiles(c.Files, c.Date)
	if err != nil {
		return err
	}
	err = w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) (err error) {
		if c.AcceptShrunken {
			_, err = p.ImportShrunken(w.Ctx, files, emit)
		} else {
			_, err = p.ImportLists(w.Ctx, files, emit)
		}
		return err
	})
	if errors.Is(err, lists.ErrRefused) {
		fmt.Fprintln(w.Err, "Nothing was changed. corvee lists diff LIST FILE shows what is different; --accept-shrunken takes a list that shrank or changed its shape.")
	}
	return err
}

func datedFiles(paths []string, day string) ([]lists.File, error) {
	var date corvee.Date
	if day != "" {
		var err error
		if date, err = corvee.ParseDate(day); err != nil {
			return nil, err
		}
	}
	return listFiles(paths, date)
}

type listsDiff struct {
	List  string   `arg:"" name:"LIST" help:"The list's name, as corvee lists status shows it."`
	Files []string `arg:"" name:"FILE" help:"Files that make the list." type:"path"`
}

func (c listsDiff) Run(w *world.World) error {
	files, err := datedFiles(c.Files, "")
	if err != nil {
		return err
	}
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		sum, err := p.ListDiff(w.Ctx, c.List, files, emit)
		if err == nil && sum.Changes == 0 {
			fmt.Fprintln(w.Err, "No difference.")
		}
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

type listsStatus struct{}

func (listsStatus) Run(w *world.World) error {
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		all, err := p.ListStatus(w.Ctx)
		if err == nil && len(all) == 0 {
			fmt.Fprintln(w.Err, "No list is in this base; corvee lists import FILE brings one in.")
		}
		for i := range all {
			if err == nil {
				err = emit(corvee.Message{List: &all[i]})
				warnOfAge(w, all[i])
			}
		}
		return err
	})
}

// warnOfAge says on standard error what a script would miss in the list itself.
func warnOfAge(w *world.World, l corvee.ListInfo) {
	if !l.Stale {
		return
	}
	from := l.Source
	if from == "" {
		from = "where it came from"
	}
	how := "is"
	if !l.Date.Known() {
		how = "has no date; its import is"
	}
	fmt.Fprintf(w.Err, "%s %s %d days old: fetch it again from %s and corvee lists import it, or let corvee lists update do so.\n", l.List, how, l.AgeDays, from)
}
