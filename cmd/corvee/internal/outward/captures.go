package outward

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/remote"
	"corvee/store"
)

// Captures is corvee captures.
type Captures struct {
	Out    string `short:"o" help:"Save the archived exchanges as WARC files in this folder." type:"existingdir" placeholder:"DIR"`
	Report string `arg:"" help:"Id of the report, or its beginning."`
}

func (c Captures) Run(w *world.World) error {
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		all, err := remote.Captures(w.Ctx, p, c.Report)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			fmt.Fprintln(w.Err, "This report was not fetched: it came from a file.")
		}
		for _, one := range all {
			in, err := c.shown(w, p, one)
			if err == nil {
				err = emit(corvee.Message{Input: &in})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// shown says how a report was fetched, and saves the exchange if that is asked for.
func (c Captures) shown(w *world.World, p *pipeline.Pipeline, one store.Capture) (corvee.Input, error) {
	archive, err := p.Vault.Get(w.Ctx, one.Archive)
	gone := errors.Is(err, corvee.ErrNotFound)
	if err != nil && !gone {
		return corvee.Input{}, err
	}
	said := []string{"answered by " + one.Address, "at " + one.At.Format(time.RFC3339)}
	for _, sum := range one.Certificates {
		said = append(said, "certificate SHA-256 "+sum)
	}
	if gone {
		said = append(said, "the exchange is not here any more: another report that stood in it was purged or is sealed")
	}
	if c.Out != "" && !gone {
		name := archiveName(one.At, one.Address, one.Archive)
		if err := os.WriteFile(filepath.Join(c.Out, name), archive, 0o600); err != nil {
			return corvee.Input{}, fmt.Errorf("archive: %w", err)
		}
		said = append(said, "saved as "+name)
	}
	return corvee.Input{
		ID: one.Archive, Origin: one.Asked, Report: one.Report, State: corvee.InputDone, Tool: "fetch/1",
		Bytes: int64(len(archive)), Reason: strings.Join(said, ", "),
	}, nil
}
