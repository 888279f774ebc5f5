// Package screening holds the commands that check names and tables, and what people decide
// of their hits.
//
// What comes in: a table or a name. What goes out: explained hits, kept as a run. Its one
// idea: a result appears under its name only when it is whole.
package screening

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/present"
	"corvee/screen"
)

// Screen is corvee screen.
type Screen struct {
	Out       string            `short:"o" help:"Write the result here instead of standard output (.csv, .xlsx, .parquet or .jsonl decide the format)." type:"path" placeholder:"FILE"`
	Column    map[string]string `help:"Take a column for what you say: --column name=HEADER (name, id, country, address, sector, place, date)." placeholder:"WHAT=HEADER"`
	Threshold float64           `help:"Least score of a hit, 0 to 1." default:"0"`
	Limit     int               `help:"Most hits for a row." default:"10"`
	FailOn    string            `help:"Exit with 3 if there are hits." enum:",hits" default:""`
	Verify    string            `help:"Screen nothing new: do this run of the table again, say whether the result is the same to the byte, and which side changed where not; exit with 1 then." placeholder:"RUN"`
	File      string            `arg:"" help:"Table of suppliers: CSV, Excel (XLSX), Parquet or JSON lines." type:"path"`
}

func (c Screen) Run(w *world.World) error {
	in, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	defer in.Close()
	if c.Verify != "" {
		return verifyRun(w, c.Verify, in)
	}
	hash, err := pipeline.InputHash(in)
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("table: %w", err)
	}
	finish, err := redirect(w, c.Out)
	if err != nil {
		return err
	}
	bar := w.Progress("screening", 0)
	var run corvee.Run
	err = w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		options := pipeline.ScreenOptions{
			Table:     screen.TableOptions{Columns: c.Column},
			Match:     screen.Options{Limit: c.Limit, Threshold: c.Threshold},
			InputHash: hash, Progress: bar.Row,
		}
		run, err = p.Screen(w.Ctx, filepath.Base(c.File), in, options, emit)
		return err
	})
	bar.Done()
	if err := finish(err == nil); err != nil {
		return err
	}
	return c.after(w, run, err)
}

func (c Screen) after(w *world.World, run corvee.Run, err error) error {
	if err != nil {
		return err
	}
	if run.Rows.Hit > 0 {
		fmt.Fprintln(w.Err, corvee.HitNotice)
	}
	if len(run.Lists) == 0 {
		fmt.Fprintln(w.Err, "No official list is in this base: only evidence was checked. corvee lists import FILE brings one in.")
	}
	fmt.Fprintf(w.Err, "run %s is kept\n", run.ID)
	if c.FailOn == "hits" && run.Rows.Hit > 0 {
		return world.ExitFound
	}
	return nil
}

// redirect sends the output to a file that appears under its name only when it is whole.
func redirect(w *world.World, path string) (finish func(ok bool) error, err error) {
	if path == "" {
		return func(bool) error { return nil }, nil
	}
	switch filepath.Ext(path) {
	case ".csv":
		w.Flags.Format = present.CSV
	case ".jsonl":
		w.Flags.Format = present.JSONL
	case ".xlsx":
		w.Flags.Format = present.XLSX
	case ".parquet":
		w.Flags.Format = present.Parquet
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".corvee-*")
	if err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	console := w.Out
	w.Out = file
	return func(ok bool) error {
		w.Out = console
		return settle(file, path, ok)
	}, nil
}

func settle(file *os.File, path string, ok bool) error {
	err := file.Close()
	if err != nil || !ok {
		os.Remove(file.Name())
		return err
	}
	return os.Rename(file.Name(), path)
}

// Match is corvee match.
type Match struct {
	Country   string  `help:"Country of the party (ISO 3166, two letters)." placeholder:"CC"`
	Number    string  `help:"Registration number." placeholder:"NUMBER"`
	Threshold float64 `help:"Least score of a hit, 0 to 1." default:"0"`
	Limit     int     `help:"Most hits." default:"10"`
	FailOn    string  `help:"Exit with 3 if there are hits." enum:",hits" default:""`
	Name      string  `arg:"" help:"Name to check, in any script."`
}

func (c Match) Run(w *world.World) error {
	query := corvee.Query{Name: c.Name, Country: c.Country}
	if c.Number != "" {
		query.Identifiers = []corvee.Identifier{{Type: "registration", Value: c.Number}}
	}
	var sum corvee.Summary
	err := w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) (err error) {
		sum, err = p.Match(w.Ctx, query, screen.Options{Limit: c.Limit, Threshold: c.Threshold}, emit)
		return err
	})
	if err != nil {
		return err
	}
	if sum.Rows.Hit > 0 {
		io.WriteString(w.Err, corvee.HitNotice+"\n")
		if c.FailOn == "hits" {
			return world.ExitFound
		}
	}
	return nil
}
