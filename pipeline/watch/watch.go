// Package watch looks again and again at what somebody follows: pages, feeds and sitemaps
// of the web, and suppliers and questions of the base.
//
// What comes in: watches, and the time. What goes out: what is new, changed or gone, as
// messages and as alerts, which an Atom feed and a webhook carry on. Its one idea: a look
// is compared with what was seen before, by what it says and not by its bytes; each thing
// that is found is saved with its alert in one transaction, so a look that is cut off goes
// on where it was and tells nothing twice.
package watch

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"corvee"
	"corvee/intake/fetch"
	"corvee/pipeline"
	"corvee/pipeline/remote"
	"corvee/store"
)

// Watcher runs the watches of one base. Two on one base tell each news once: what one has
// seen and told is in the base before the other would tell it.
type Watcher struct {
	base *pipeline.Pipeline
	web  *fetch.Fetcher
	way  *remote.Remote
}

// New returns a Watcher that goes out through web.
func New(base *pipeline.Pipeline, web *fetch.Fetcher) *Watcher {
	return &Watcher{base, web, remote.New(base, web)}
}

// kind is what one kind of watch needs.
type kind struct {
	every time.Duration // by default; a site is not looked at more often than least
	least time.Duration
	terms []string // that it may have; the first must be there where it asks the base
	look  func(*Watcher, context.Context, *look) error
}

// kinds are the kinds of watch. A page changes seldom and a feed is made to be asked; what
// asks the base costs nobody anything.
func kinds() map[string]kind {
	return map[string]kind{
		store.WatchPage:     {6 * time.Hour, 15 * time.Minute, nil, (*Watcher).page},
		store.WatchFeed:     {time.Hour, 15 * time.Minute, nil, (*Watcher).feed},
		store.WatchSitemap:  {24 * time.Hour, time.Hour, nil, (*Watcher).sitemap},
		store.WatchSupplier: {time.Hour, time.Minute, []string{"name", "country", "number"}, (*Watcher).supplier},
		store.WatchTable:    {time.Hour, time.Minute, []string{"table", "file"}, (*Watcher).table},
		store.WatchQuestion: {time.Hour, time.Minute, []string{"kind", "country", "sector", "place"}, (*Watcher).question},
	}
}

// Add keeps a watch and returns it; the same address or terms again change its interval
// and whether it reads. Every 0 takes the default of its kind.
func (w *Watcher) Add(ctx context.Context, want store.Watch) (store.Watch, error) {
	if want.Kind == store.WatchTable {
		return want, fmt.Errorf("%w: a table is watched with its rows: AddTable", corvee.ErrInvalid)
	}
	return w.add(ctx, want)
}

// add keeps a watch, with what is seen of it from the start.
func (w *Watcher) add(ctx context.Context, want store.Watch, seen ...store.Seen) (store.Watch, error) {
	if err := check(&want); err != nil {
		return want, err
	}
	want.ID = idOf(want)
	want.Next = w.now()
	err := w.base.Store.Update(ctx, func(tx store.Tx) error {
		all, err := tx.Watches(ctx)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(all, func(o store.Watch) bool { return o.ID == want.ID }); at >= 0 {
			known := all[at]
			known.Every, known.Read = want.Every, want.Read
			want = known
		}
		if err := tx.PutWatch(ctx, want); err != nil {
			return err
		}
		for _, s := range seen {
			s.Watch = want.ID
			if err := tx.PutSeen(ctx, s); err != nil {
				return err
			}
		}
		return w.base.Record(ctx, tx, "watch.added", want.ID, "", want)
	})
	return want, err
}

func check(want *store.Watch) error {
	k, ok := kinds()[want.Kind]
	if !ok {
		return fmt.Errorf("%w: nothing is watched as %q; one of %s", corvee.ErrInvalid, want.Kind, strings.Join(slices.Sorted(maps.Keys(kinds())), ", "))
	}
	want.Every = cmp.Or(want.Every, k.every)
	if want.Every < k.least {
		return fmt.Errorf("%w: a %s is looked at every %s at most", corvee.ErrInvalid, want.Kind, k.least)
	}
	if k.terms == nil {
		if addresses, _ := remote.Apart([]string{want.Address}); len(addresses) == 0 || len(want.Terms) > 0 {
			return fmt.Errorf("%w: a %s is watched by its address (https://…)", corvee.ErrInvalid, want.Kind)
		}
		return nil
	}
	for term, value := range want.Terms {
		if value == "" || !slices.Contains(k.terms, term) {
			return fmt.Errorf("%w: a %s has no %q; it may have %s", corvee.ErrInvalid, want.Kind, term, strings.Join(k.terms, ", "))
		}
	}
	if len(want.Terms) == 0 || want.Kind == store.WatchSupplier && want.Terms["name"] == "" {
		return fmt.Errorf("%w: a %s needs %s", corvee.ErrInvalid, want.Kind, k.terms[0])
	}
	if _, err := filterOf(want.Terms); want.Kind == store.WatchQuestion && err != nil {
		return err
	}
	return nil
}

// idOf names a watch by what it looks at.
func idOf(w store.Watch) string {
	parts := []string{w.Kind, w.Address}
	for _, term := range slices.Sorted(maps.Keys(w.Terms)) {
		parts = append(parts, term, w.Terms[term])
	}
	return "w" + short(parts...)
}

func short(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Remove ends a watch; what it found stays.
func (w *Watcher) Remove(ctx context.Context, id string) error {
	return w.base.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.DeleteWatch(ctx, id); err != nil {
			return err
		}
		return w.base.Record(ctx, tx, "watch.removed", id, "", nil)
	})
}

// Watches returns the watches, next due first.
func (w *Watcher) Watches(ctx context.Context) (all []store.Watch, err error) {
	err = w.base.Store.View(ctx, func(tx store.Tx) (err error) {
		all, err = tx.Watches(ctx)
		return err
	})
	return all, err
}

// Title says in a line what a watch looks at.
func Title(w store.Watch) string {
	if w.Address != "" {
		return w.Kind + " " + w.Address
	}
	var terms []string
	for _, term := range slices.Sorted(maps.Keys(w.Terms)) {
		if term != "table" { // the hash of one, which has a name too
			terms = append(terms, term+" "+w.Terms[term])
		}
	}
	return w.Kind + " " + strings.Join(terms, ", ")
}

func (w *Watcher) now() time.Time { return w.base.Clock().UTC().Truncate(time.Microsecond) }

// random returns an id that tells nothing.
func (w *Watcher) random() (string, error) {
	id := make([]byte, 10)
	if _, err := io.ReadFull(w.base.Random, id); err != nil {
		return "", fmt.Errorf("an id for an alert: %w", err)
	}
	return "a" + hex.EncodeToString(id), nil
}

// ErrNothing is what Run returns of a base without a watch.
var ErrNothing = errors.New("nothing is watched in this base")
