package watch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corvee"
	"corvee/intake/fetch"
	"corvee/pipeline"
	"corvee/pipeline/remote"
	"corvee/store"
)

// look is one look of one watch.
type look struct {
	watch store.Watch
	began time.Time             // when it was due as the look began
	first bool                  // nothing was seen before: what is found is no news
	seen  map[string]store.Seen // by item
	emit  pipeline.Emit
	sum   *corvee.Summary
	items int  // of a feed or sitemap that were taken in
	more  bool // something is left for the next look, which need not wait long
}

// Run looks at what is due, one after the other, and emits what it finds as changes. all
// takes what is not due as well. A look that fails is put off and is a rejected line; the
// others go on. What asks the base comes after what may bring reports to it, due or not
// when one was brought.
func (w *Watcher) Run(ctx context.Context, all bool, emit pipeline.Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	watches, err := w.Watches(ctx)
	if err == nil && len(watches) == 0 {
		err = ErrNothing
	}
	if err != nil {
		return sum, err
	}
	web, base := apart(watches)
	for _, one := range slices.Concat(web, base) {
		due := all || !one.Next.After(w.now()) || one.Address == "" && sum.Reports > 0
		if !due {
			continue
		}
		if err := w.lookAt(ctx, one, emit, &sum); err != nil {
			return sum, err
		}
	}
	return sum, emit(corvee.Message{Summary: &sum})
}

// apart parts watches on the web from those on the base, each in its order.
func apart(watches []store.Watch) (web, base []store.Watch) {
	for _, one := range watches {
		if one.Address != "" {
			web = append(web, one)
		} else {
			base = append(base, one)
		}
	}
	return web, base
}

// NextDue returns when the next look is due; false without a watch.
func (w *Watcher) NextDue(ctx context.Context) (time.Time, bool, error) {
	all, err := w.Watches(ctx)
	if err != nil || len(all) == 0 {
		return time.Time{}, false, err
	}
	return all[0].Next, true, nil
}

func (w *Watcher) lookAt(ctx context.Context, one store.Watch, emit pipeline.Emit, sum *corvee.Summary) error {
	l := &look{watch: one, began: one.Next, first: one.Last.IsZero(), seen: map[string]store.Seen{}, emit: emit, sum: sum}
	err := w.base.Store.View(ctx, func(tx store.Tx) error {
		seen, err := tx.Seen(ctx, one.ID)
		for _, s := range seen {
			l.seen[s.Item] = s
		}
		return err
	})
	if err != nil {
		return err
	}
	failure := kinds()[one.Kind].look(w, ctx, l)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failure != nil && remote.RejectionOf(failure) == nil {
		return fmt.Errorf("watch %s: %w", one.ID, failure)
	}
	if failure != nil {
		return w.putOff(ctx, l, failure)
	}
	return w.done(ctx, l)
}

// soon is when a look goes on that left something.
const soon = 10 * time.Minute

func (w *Watcher) done(ctx context.Context, l *look) error {
	l.watch.Last, l.watch.Tries, l.watch.Failure = w.now(), 0, ""
	l.watch.Next = l.watch.Last.Add(l.watch.Every)
	if l.more {
		l.watch.Next = l.watch.Last.Add(min(soon, l.watch.Every))
		if l.first {
			l.watch.Last = time.Time{} // the rest is no news either
		}
	}
	return w.ended(ctx, l, func(store.Tx) error { return nil })
}

// How a failing watch is put off: twice as long each time, up to a week; after the third
// time somebody should know.
const (
	longestPause = 7 * 24 * time.Hour
	tellAfter    = 3
)

func (w *Watcher) putOff(ctx context.Context, l *look, failure error) error {
	rejection := remote.RejectionOf(failure)
	l.sum.Rejected++
	l.watch.Tries++
	l.watch.Failure = rejection.Reason
	pause := min(l.watch.Every<<min(l.watch.Tries-1, 10), longestPause)
	l.watch.Next = w.now().Add(pause)
	var f *fetch.Failure
	if errors.As(failure, &f) && f.Until.After(l.watch.Next) {
		l.watch.Next = f.Until
	}
	err := w.ended(ctx, l, func(tx store.Tx) error {
		if l.watch.Tries != tellAfter {
			return nil
		}
		return w.alert(ctx, tx, l.watch, store.Alert{Kind: store.AlertFailing, Details: []string{rejection.Reason}})
	})
	if err != nil {
		return err
	}
	return l.emit(corvee.Message{Rejected: &corvee.Rejected{Input: Title(l.watch), Reason: rejection.Reason, Remedy: rejection.Remedy}})
}

// found saves what was seen with its alert and tells of it. A first look raises no alert:
// that something is there already is no news.
// What another process has told of meanwhile is not told again.
func (w *Watcher) found(ctx context.Context, l *look, seen []store.Seen, a store.Alert, c corvee.Change) error {
	told := false
	err := w.base.Store.Update(ctx, func(tx store.Tx) (err error) {
		if told, err = known(ctx, tx, l.watch.ID, seen); err != nil || told {
			return err
		}
		for _, s := range seen {
			s.Watch = l.watch.ID
			if err := tx.PutSeen(ctx, s); err != nil {
				return err
			}
		}
		if l.first || a.Kind == "" {
			return nil
		}
		return w.alert(ctx, tx, l.watch, a)
	})
	if err != nil || told || a.Kind == "" {
		return err
	}
	l.sum.Changes++
	return l.emit(corvee.Message{Change: &c})
}

// known reports whether the base has just what was seen, by the hashes, or has the watch no
// more.
func known(ctx context.Context, tx store.Tx, watch string, seen []store.Seen) (bool, error) {
	if _, ok, err := watchOf(ctx, tx, watch); err != nil || !ok {
		return !ok, err
	}
	all, err := tx.Seen(ctx, watch)
	if err != nil {
		return false, err
	}
	for _, s := range seen {
		same := func(o store.Seen) bool { return o.Item == s.Item && o.Hash == s.Hash && o.Report == s.Report }
		if !slices.ContainsFunc(all, same) {
			return false, nil
		}
	}
	return len(seen) > 0, nil
}

func watchOf(ctx context.Context, tx store.Tx, id string) (store.Watch, bool, error) {
	all, err := tx.Watches(ctx)
	at := slices.IndexFunc(all, func(o store.Watch) bool { return o.ID == id })
	if err != nil || at < 0 {
		return store.Watch{}, false, err
	}
	return all[at], true, nil
}

// ended says how a look ended, unless somebody removed the watch meanwhile or another
// process has looked at the same time and said so.
func (w *Watcher) ended(ctx context.Context, l *look, more func(store.Tx) error) error {
	return w.base.Store.Update(ctx, func(tx store.Tx) error {
		now, ok, err := watchOf(ctx, tx, l.watch.ID)
		if err != nil || !ok || !now.Next.Equal(l.began) {
			return err
		}
		if err := more(tx); err != nil {
			return err
		}
		return tx.PutWatch(ctx, l.watch)
	})
}

func (w *Watcher) alert(ctx context.Context, tx store.Tx, of store.Watch, a store.Alert) (err error) {
	if a.ID, err = w.random(); err != nil {
		return err
	}
	a.Watch, a.Title, a.At = of.ID, Title(of), w.now()
	if a, err = tx.AddAlert(ctx, a); err != nil {
		return err
	}
	return w.base.Record(ctx, tx, "alert."+a.Kind, of.ID, a.Report, a)
}

// changeKind is the word of the stream for the word of an alert.
func changeKind(alert string) corvee.ChangeKind {
	return map[string]corvee.ChangeKind{
		store.AlertNew: corvee.ChangeAdded, store.AlertChanged: corvee.ChangeChanged, store.AlertGone: corvee.ChangeRemoved,
	}[alert]
}
