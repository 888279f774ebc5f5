package watch

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"corvee"
	"corvee/pipeline"
	"corvee/store"
)

// The items of a watch on a table: the run that later ones are compared with, and the last
// event of the base that it knows of.
const (
	theRun   = "run"
	theEvent = "event"
)

// AddTable screens a table of suppliers, keeps it in the base and watches it: whenever
// lists, evidence or decisions change, its run is done again and what is different is told.
// It returns ErrInvalid or ErrUnsupported for what is no table.
func (w *Watcher) AddTable(ctx context.Context, file string, table []byte, o pipeline.ScreenOptions, every time.Duration) (store.Watch, corvee.Run, error) {
	known, err := w.lastEvent(ctx)
	if err != nil {
		return store.Watch{}, corvee.Run{}, err
	}
	run, err := w.base.Begin(ctx, file, table, o)
	if err == nil {
		run, err = w.base.Continue(ctx, run.ID, func(int, int64, int64) {})
	}
	if err != nil {
		return store.Watch{}, run, err
	}
	one, err := w.add(ctx, store.Watch{
		Kind: store.WatchTable, Every: every, Terms: map[string]string{"table": run.InputHash, "file": file}, Last: w.now(),
	}, store.Seen{Item: theRun, Hash: run.ID}, store.Seen{Item: theEvent, Hash: strconv.FormatInt(known, 10)})
	return one, run, err
}

func (w *Watcher) lastEvent(ctx context.Context) (seq int64, err error) {
	err = w.base.Store.View(ctx, func(tx store.Tx) error {
		head, err := tx.LastEvent(ctx)
		seq = head.Seq
		return err
	})
	return seq, err
}

// idle are the events that change nothing that a row could meet.
func idle() []string { return []string{"run.", "watch.", "alert.", "input.", "setting."} }

// changedSince reports whether anything happened after an event that a row could meet, and
// the last event there is.
func (w *Watcher) changedSince(ctx context.Context, seq int64) (changed bool, last int64, err error) {
	last = seq
	err = w.base.Store.View(ctx, func(tx store.Tx) error {
		for e, err := range tx.Events(ctx, seq) {
			if err != nil {
				return err
			}
			last = e.Seq
			still := false
			for _, prefix := range idle() {
				still = still || strings.HasPrefix(e.Verb, prefix)
			}
			changed = changed || !still
		}
		return nil
	})
	return changed, last, err
}

// table does the last run of a table again if the base has changed since, keeps the new run
// beside it, and tells in one alert what is different.
func (w *Watcher) table(ctx context.Context, l *look) error {
	seq, err := strconv.ParseInt(l.seen[theEvent].Hash, 10, 64)
	if err != nil {
		return fmt.Errorf("%w: what watch %s knew of the base is lost; remove it and add it again", corvee.ErrInconsistent, l.watch.ID)
	}
	changed, last, err := w.changedSince(ctx, seq)
	if err != nil || !changed {
		return err
	}
	raw, err := w.base.Vault.Get(ctx, "sha256:"+l.watch.Terms["table"])
	if err != nil {
		return fmt.Errorf("table of watch %s: %w", l.watch.ID, err)
	}
	var changes []corvee.Change
	again, err := w.base.Rescreen(ctx, l.seen[theRun].Hash, bytes.NewReader(raw), nil, func(m corvee.Message) error {
		if m.Change != nil {
			changes = append(changes, *m.Change)
		}
		return nil
	})
	if err != nil {
		return err
	}
	seen := []store.Seen{{Item: theRun, Hash: again.Run.ID}, {Item: theEvent, Hash: strconv.FormatInt(last, 10)}}
	return w.tellRun(ctx, l, seen, again, changes)
}

func (w *Watcher) tellRun(ctx context.Context, l *look, seen []store.Seen, again pipeline.Rescreened, changes []corvee.Change) error {
	if len(changes) == 0 {
		return w.found(ctx, l, seen, store.Alert{}, corvee.Change{})
	}
	kind := store.AlertChanged
	if again.Added+again.Reopened > 0 {
		kind = store.AlertNew
	}
	details := []string{fmt.Sprintf("hits: %d new, %d open again, %d changed, %d gone; run %s", again.Added, again.Reopened, again.Changed, again.Removed, again.Run.ID)}
	for _, c := range changes[:min(len(changes), mostLines)] {
		details = append(details, fmt.Sprintf("row %d: %s: %s on %s, no. %s", c.Row, c.Kind, c.Name, c.Listing.List, c.Listing.SourceID))
	}
	details = append(details, corvee.HitNotice)
	c := corvee.Change{Kind: changeKind(kind), Name: Title(l.watch), Details: details[:1]}
	if err := w.found(ctx, l, seen, store.Alert{Kind: kind, Details: details}, c); err != nil {
		return err
	}
	for i := range changes {
		if err := l.emit(corvee.Message{Change: &changes[i]}); err != nil {
			return err
		}
	}
	return nil
}
