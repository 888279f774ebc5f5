// Package glance holds what pages show of the whole base at once: its reports with their
// claims, and the names on its lists.
//
// What comes in: a base, and the events since it was looked at last. What goes out: a View,
// which never changes, with people's names covered. Its one idea: a page over ten thousand
// reports reads nothing that has not changed since the page before; only the reports that
// an event named are read again.
package glance

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/people"
	"corvee/store"
)

// Glance looks at one base. It is safe for concurrent use.
type Glance struct {
	base *pipeline.Pipeline

	mu   sync.Mutex
	view *View
}

// New returns a Glance that has not looked yet.
func New(base *pipeline.Pipeline) *Glance { return &Glance{base: base} }

// Report is one report as pages show it: names covered, claims as people have left them,
// without what only their own page shows (slots, rules, mentions, the words around).
type Report struct {
	corvee.Report
	Claims []corvee.Claim
	Unread string // why nothing was read; "" if it was
	text   string // with names covered
	folded string // the same, folded; offsets are those of the text
}

// Entry is one entry of an official list by its names.
type Entry struct {
	ID, List, Name string
	Kind           corvee.ListingKind
	Countries      []string
	folded         string
}

// View is the base after one event. Reports are ordered by published, latest first, then
// id; entries by list, then id. Nothing of it may be changed.
type View struct {
	Reports []*Report
	Entries []Entry
	seq     int64
	lists   string
	byID    map[string]*Report
}

// Report returns a report of the view by its full id.
func (v *View) Report(id string) (*Report, bool) {
	r, ok := v.byID[id]
	return r, ok
}

// Now returns the base as it stands.
func (g *Glance) Now(ctx context.Context) (*View, error) {
	if _, limited := store.Scope(ctx); limited { // what is kept is of all reports
		return g.fresh(ctx)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	last := g.view
	news, err := g.since(ctx, last)
	if err != nil || last != nil && news.seq == last.seq {
		return last, err
	}
	now := &View{seq: news.seq, byID: map[string]*Report{}}
	if err := g.reports(ctx, now, last, news); err != nil {
		return nil, err
	}
	if err := g.entries(ctx, now, last); err != nil {
		return nil, err
	}
	g.view = now
	return now, nil
}

// fresh returns what a context that sees some collections only may see, and keeps nothing.
func (g *Glance) fresh(ctx context.Context) (*View, error) {
	now := &View{byID: map[string]*Report{}}
	if err := g.reports(ctx, now, nil, news{all: true}); err != nil {
		return nil, err
	}
	return now, g.entries(ctx, now, nil)
}

// news is what happened since a view: which reports are to be read again, or all of them.
type news struct {
	seq     int64
	changed map[string]bool
	all     bool
}

func (g *Glance) since(ctx context.Context, last *View) (n news, err error) {
	from := int64(0)
	if last != nil {
		from = last.seq
	}
	err = g.base.Store.View(ctx, func(tx store.Tx) error {
		n = news{seq: from, changed: map[string]bool{}, all: last == nil}
		if n.all { // the head is enough
			head, err := tx.LastEvent(ctx)
			n.seq = head.Seq
			return err
		}
		for e, err := range tx.Events(ctx, from) {
			if err != nil {
				return err
			}
			n.seq = e.Seq
			if err := n.add(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// add notes the report that an event is about. An event whose payload was purged, and one
// that names none where it should, stand for all.
func (n *news) add(ctx context.Context, tx store.Tx, e corvee.Event) error {
	of, what, _ := strings.Cut(e.Verb, ".")
	if of != "report" && of != "claim" || what == "fetched" {
		return nil
	}
	if what == "purged" {
		return nil // what is gone is left out when the reports are listed
	}
	_, payload, err := tx.Payload(ctx, e.Seq)
	if errors.Is(err, corvee.ErrNotFound) {
		n.all = true
		return nil
	}
	if err != nil {
		return err
	}
	id := reportOf(payload)
	n.changed[id] = true
	n.all = n.all || id == ""
	return nil
}

// reportOf reads the id of a report out of an event's payload: a verdict, or a report that
// was read.
func reportOf(payload []byte) string {
	var of struct {
		Report json.RawMessage `json:"report"`
	}
	if json.Unmarshal(payload, &of) != nil {
		return ""
	}
	var id string
	if json.Unmarshal(of.Report, &id) == nil {
		return id
	}
	var r corvee.Report
	if json.Unmarshal(of.Report, &r) != nil {
		return ""
	}
	return r.ID
}

func (g *Glance) reports(ctx context.Context, now, last *View, n news) error {
	var list []corvee.Report
	err := g.base.Store.View(ctx, func(tx store.Tx) (err error) {
		list, err = tx.Reports(ctx, store.ReportFilter{})
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range list {
		var known *Report
		if last != nil && !n.all && !n.changed[r.ID] {
			known = last.byID[r.ID]
		}
		if known == nil {
			if known, err = g.read(ctx, r.ID); errors.Is(err, corvee.ErrNotFound) {
				continue // purged since
			} else if err != nil {
				return err
			}
		}
		now.Reports = append(now.Reports, known)
		now.byID[r.ID] = known
	}
	return nil
}

// read returns one report as pages show it.
func (g *Glance) read(ctx context.Context, id string) (*Report, error) {
	v, err := g.base.Report(ctx, id)
	if err != nil {
		return nil, err
	}
	if v, err = people.Report(v); err != nil {
		return nil, err
	}
	r := &Report{Report: v.Report, Unread: v.Unread, text: v.Text.String(), folded: fold(v.Text.String())}
	for _, c := range v.Claims {
		c.Mentions, c.Slots, c.Rules, c.Inferred = nil, nil, nil, nil
		r.Claims = append(r.Claims, c)
	}
	r.Claims = slices.Clip(r.Claims)
	return r, nil
}

// entries takes the names on the lists, anew when a list changed.
func (g *Glance) entries(ctx context.Context, now, last *View) error {
	return g.base.Store.View(ctx, func(tx store.Tx) error {
		now.Entries = nil
		versions, err := tx.ListVersions(ctx)
		if err != nil {
			return err
		}
		var key strings.Builder
		for _, v := range versions {
			key.WriteString(v.List + "\x00" + v.SHA256 + "\x00")
		}
		if now.lists = key.String(); last != nil && last.lists == now.lists {
			now.Entries = last.Entries
			return nil
		}
		for l, err := range tx.Listings(ctx) {
			if err != nil {
				return err
			}
			now.Entries = append(now.Entries, entryOf(l))
		}
		return nil
	})
}

func entryOf(l corvee.Listing) Entry {
	e := Entry{ID: l.ID, List: l.List, Kind: l.Kind, Countries: l.Countries}
	var names []string
	for _, n := range l.Names {
		names = append(names, n.Value)
	}
	if len(names) > 0 {
		e.Name = names[0]
	}
	e.folded = fold(strings.Join(names, "\n"))
	return e
}
