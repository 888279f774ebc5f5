// Package triage gathers the result of a run for somebody who works through it.
//
// What comes in: the messages of a run in their order, and what people have decided. What
// goes out: the rows of one view, strongest first, each hit with where it stands, and how
// many rows every view has. Its one idea: a run's result is never changed; what people
// decided since is laid over it, and of a long run only the rows that are asked for are held.
package triage

import (
	"cmp"
	"slices"

	"corvee"
	"corvee/pipeline/internal/decided"
)

// Hit is a hit of a run under what people have decided by now.
type Hit struct {
	corvee.Hit
	State decided.State     `json:"state"`
	Said  []corvee.Decision `json:"decisions"` // one of each person, in the order of time
}

// Row is one row of a run with all that was found for it. Its state is today's.
type Row struct {
	corvee.Row
	Hits     []Hit            `json:"hits"`
	Context  *corvee.Context  `json:"context,omitempty"`
	Rejected *corvee.Rejected `json:"rejected,omitempty"`
}

// View is a choice of rows.
type View string

// The views that are not a band, a state of a hit or a state of a row.
const (
	Wanting View = "" // what wants somebody
	All     View = "all"
)

// Views returns all of them, in the order of a menu.
func Views() []View {
	out := []View{Wanting}
	for _, b := range bands() {
		out = append(out, View(b))
	}
	for _, s := range decided.States() {
		out = append(out, View(s))
	}
	for _, s := range []corvee.RowState{corvee.RowContext, corvee.RowRejected, corvee.RowClear} {
		out = append(out, View(s))
	}
	return append(out, All)
}

// bands are the strongest first.
func bands() []corvee.Band {
	return []corvee.Band{corvee.BandStrong, corvee.BandPossible, corvee.BandWeak, corvee.BandRelated}
}

// In reports whether a row belongs to a view.
func (r Row) In(v View) bool {
	switch v {
	case Wanting:
		return r.State == corvee.RowRejected || r.Context != nil || slices.ContainsFunc(r.Hits, func(h Hit) bool { return h.State.Wants() })
	case All:
		return true
	case View(corvee.RowContext):
		return r.Context != nil
	case View(corvee.RowClear), View(corvee.RowRejected):
		return View(r.State) == v
	}
	return slices.ContainsFunc(r.Hits, func(h Hit) bool { return View(h.Band) == v || View(h.State) == v })
}

// Page is some rows of a view.
type Page struct {
	Rows   []Row
	Total  int          // rows of the view
	Counts map[View]int // rows of each view
}

// Picker takes the messages of a run and keeps the rows of one view that a page shows.
type Picker struct {
	view          View
	offset, limit int
	decided       decided.Decisions
	row           *Row
	best          []Row
	counts        map[View]int
}

// NewPicker returns a Picker of limit rows of a view from the one at offset.
func NewPicker(d decided.Decisions, v View, offset, limit int) *Picker {
	return &Picker{view: v, offset: offset, limit: limit, decided: d, counts: map[View]int{}}
}

// Take takes one message.
func (p *Picker) Take(m corvee.Message) {
	switch {
	case m.Row != nil:
		p.end()
		p.row = &Row{Row: *m.Row}
	case p.row == nil:
	case m.Hit != nil:
		p.row.Hits = append(p.row.Hits, Judged(p.decided, *m.Hit))
	case m.Context != nil:
		p.row.Context = m.Context
	case m.Rejected != nil:
		p.row.Rejected = m.Rejected
	}
}

// Judged lays what people have decided over a hit.
func Judged(d decided.Decisions, h corvee.Hit) Hit {
	d.Mark(h.Query, &h)
	said := d.On(h.Query, h.Listing.ID)
	return Hit{Hit: h, State: decided.StateOf(h.Decision, said), Said: said}
}

// slack is how many rows beyond the page are held before the weakest are let go.
const slack = 1000

func (p *Picker) end() {
	if p.row == nil {
		return
	}
	p.row.State = p.row.state()
	for _, v := range Views() {
		if p.row.In(v) {
			p.counts[v]++
		}
	}
	if p.row.In(p.view) {
		p.best = append(p.best, *p.row)
	}
	if len(p.best) >= p.offset+p.limit+slack {
		p.trim()
	}
	p.row = nil
}

func (p *Picker) trim() {
	slices.SortFunc(p.best, strongestFirst)
	p.best = slices.Delete(p.best, min(len(p.best), p.offset+p.limit), len(p.best))
}

// Page ends the taking and returns what it came to.
func (p *Picker) Page() Page {
	p.end()
	p.trim()
	return Page{p.best[min(len(p.best), p.offset):], p.counts[p.view], p.counts}
}

// state is what a row comes to under today's decisions: a hit that everybody calls different
// leaves it clear.
func (r Row) state() corvee.RowState {
	switch {
	case r.State == corvee.RowRejected:
		return corvee.RowRejected
	case slices.ContainsFunc(r.Hits, func(h Hit) bool { return h.State != decided.Differs }):
		return corvee.RowHit
	case r.Context != nil:
		return corvee.RowContext
	}
	return corvee.RowClear
}

// strongestFirst orders by band, then by facts that agree, then by score, then by row.
func strongestFirst(a, b Row) int {
	return cmp.Or(cmp.Compare(a.band(), b.band()), cmp.Compare(b.agreeing(), a.agreeing()),
		cmp.Compare(b.score(), a.score()), cmp.Compare(a.Row.Row, b.Row.Row))
}

// band is the rank of the strongest band; what has no hit comes after.
func (r Row) band() int {
	best := len(bands())
	for _, h := range r.Hits {
		if at := slices.Index(bands(), h.Band); at >= 0 {
			best = min(best, at)
		}
	}
	return best
}

func (r Row) agreeing() (n int) {
	if len(r.Hits) == 0 {
		return 0
	}
	for _, f := range r.Hits[0].Facts {
		if f.Effect == "agrees" {
			n++
		}
	}
	return n
}

func (r Row) score() float64 {
	if len(r.Hits) == 0 {
		return 0
	}
	return r.Hits[0].Score
}
