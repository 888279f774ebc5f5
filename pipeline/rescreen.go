package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"corvee"
	"corvee/screen"
	"corvee/store"
)

// Rescreened is what a run that was done again brought.
type Rescreened struct {
	Run      corvee.Run // the new one
	Added    int        // hits that were not there
	Removed  int
	Changed  int
	Reopened int // hits that had been judged, and of which a side has changed since
}

// Rescreen screens the table of an earlier run again, with its settings, keeps the new run
// beside the old, and emits only what is different: hits that came and went, hits that are
// open again and why. It returns ErrNotFound for a run that is not there, ErrInvalid for a
// table that is not the run's.
func (p *Pipeline) Rescreen(ctx context.Context, id string, r io.ReadSeeker, progress func(row int), emit Emit) (Rescreened, error) {
	last, err := p.finished(ctx, id)
	if err != nil {
		return Rescreened{}, err
	}
	hash, err := InputHash(r)
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return Rescreened{}, fmt.Errorf("table of run %s: %w", id, err)
	}
	if hash != last.InputHash {
		return Rescreened{}, fmt.Errorf("%w: the file is not the table of run %s, %s with SHA-256 %s…: give that file, or screen this one as a new table",
			corvee.ErrInvalid, last.ID, last.Input, last.InputHash[:min(12, len(last.InputHash))])
	}
	o := optionsOf(last)
	o.InputHash, o.Progress = hash, progress
	run, err := p.Screen(ctx, last.Input, r, o, func(corvee.Message) error { return nil })
	if err != nil {
		return Rescreened{Run: run}, err
	}
	return p.emitChanges(ctx, last, run, emit)
}

func (p *Pipeline) finished(ctx context.Context, id string) (run corvee.Run, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		if run, err = tx.Run(ctx, id); err != nil {
			return fmt.Errorf("run %s: %w", id, err)
		}
		return nil
	})
	if err == nil && run.State == corvee.RunRunning {
		err = fmt.Errorf("%w: run %s was cut off: screen its table again to finish it first", corvee.ErrInvalid, id)
	}
	return run, err
}

// optionsOf takes a run's settings up again: its threshold and limit, and the columns that
// a person had named.
func optionsOf(run corvee.Run) ScreenOptions {
	o := ScreenOptions{Table: screen.TableOptions{Columns: map[string]string{}}, since: run.ID}
	o.Match.Threshold, _ = strconv.ParseFloat(run.Settings["threshold"], 64)
	o.Match.Limit, _ = strconv.Atoi(run.Settings["limit"])
	for key, value := range run.Settings {
		field, isColumn := strings.CutPrefix(key, "column ")
		if header, set := strings.CutSuffix(value, " (by set)"); isColumn && set {
			o.Table.Columns[field] = header
		}
	}
	return o
}

// hitKey is what stays of a hit from one run of a table to the next.
type hitKey struct {
	row     int
	listing string
}

func (p *Pipeline) hitsOf(ctx context.Context, run string) (map[hitKey]corvee.Hit, error) {
	out := map[hitKey]corvee.Hit{}
	err := p.Store.View(ctx, func(tx store.Tx) error {
		for m, err := range tx.RunResult(ctx, run) {
			if err != nil {
				return err
			}
			if m.Hit != nil {
				out[hitKey{m.Hit.Row, m.Hit.Listing.ID}] = *m.Hit
			}
		}
		return nil
	})
	return out, err
}

func (p *Pipeline) emitChanges(ctx context.Context, last, run corvee.Run, emit Emit) (Rescreened, error) {
	out := Rescreened{Run: run}
	before, err := p.hitsOf(ctx, last.ID)
	if err != nil {
		return out, err
	}
	after, err := p.hitsOf(ctx, run.ID)
	if err != nil {
		return out, err
	}
	changes := compareHits(before, after)
	for i := range changes {
		switch changes[i].Kind {
		case corvee.ChangeAdded:
			out.Added++
		case corvee.ChangeRemoved:
			out.Removed++
		case corvee.ChangeReopened:
			out.Reopened++
		default:
			out.Changed++
		}
		if err := emit(corvee.Message{Change: &changes[i]}); err != nil {
			return out, err
		}
	}
	return out, emit(corvee.Message{Summary: &corvee.Summary{Changes: len(changes), Rows: run.Rows}})
}

// compareHits orders what is different by row, then by listing.
func compareHits(before, after map[hitKey]corvee.Hit) []corvee.Change {
	var out []corvee.Change
	for key, now := range after {
		was, there := before[key]
		switch kind, details := hitChange(was, there, now); {
		case kind != "":
			out = append(out, changeOfHit(kind, now, details))
		}
	}
	for key, was := range before {
		if _, there := after[key]; !there {
			out = append(out, changeOfHit(corvee.ChangeRemoved, was, nil))
		}
	}
	slices.SortFunc(out, func(a, b corvee.Change) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Listing.ID, b.Listing.ID))
	})
	return out
}

// hitChange says how a hit is different from the earlier run's; "" when it is not. A
// decision that no longer stands is told once: by the first run that finds it so.
func hitChange(was corvee.Hit, there bool, now corvee.Hit) (corvee.ChangeKind, []string) {
	open := now.Decision != nil && !now.Decision.Stands
	told := there && was.Decision != nil && !was.Decision.Stands && slices.Equal(was.Decision.Changed, now.Decision.Changed)
	switch {
	case open && !told:
		return corvee.ChangeReopened, now.Decision.Changed
	case !there:
		return corvee.ChangeAdded, nil
	}
	var details []string
	if was.Band != now.Band {
		details = append(details, fmt.Sprintf("band: %s → %s", was.Band, now.Band))
	}
	if was.Matched != now.Matched {
		details = append(details, fmt.Sprintf("matched name: %s → %s", was.Matched, now.Matched))
	}
	if was.Listing.Kind != now.Listing.Kind {
		details = append(details, fmt.Sprintf("label: %s → %s", was.Listing.Kind, now.Listing.Kind))
	}
	if len(was.Evidence) != len(now.Evidence) {
		details = append(details, fmt.Sprintf("claims behind it: %d → %d", len(was.Evidence), len(now.Evidence)))
	}
	if len(details) == 0 {
		return "", nil
	}
	return corvee.ChangeChanged, details
}

func changeOfHit(kind corvee.ChangeKind, h corvee.Hit, details []string) corvee.Change {
	return corvee.Change{Kind: kind, Row: h.Row, Query: &h.Query, Listing: &h.Listing, Name: h.Matched, Details: details}
}
