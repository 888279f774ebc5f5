// Package bring takes in what somebody hands over at a page: files, a pasted text, an
// address; and looks into a table before it is screened.
//
// What comes in: bytes with a name, or an address. What goes out: how each of them ended,
// with the reason, as soon as it has. Its one idea: what is handed over waits in memory and
// is read one after another, so a page answers at once; what has been read is in the base,
// and the same bytes again are the same report.
package bring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/people"
	"corvee/pipeline/remote"
)

// Given is one thing that was handed over: bytes under a name, or an address.
type Given struct {
	Name, Media string
	Bytes       []byte
	Address     string
}

// Known is what somebody says of what they hand over; unknown fields are empty.
type Known struct {
	Publisher, Lang, URL string
	Published            corvee.Date
}

// The states of an item that has not ended; the others are corvee.InputState's.
const (
	Waiting corvee.InputState = "waiting"
	Reading corvee.InputState = "reading"
)

// Item is one input and how it ended. Title has people covered.
type Item struct {
	Origin  string            `json:"origin"`
	State   corvee.InputState `json:"state"`
	Reason  string            `json:"reason,omitempty"`
	Remedy  string            `json:"remedy,omitempty"`
	Report  string            `json:"report,omitempty"`
	Title   string            `json:"title,omitempty"`
	Lang    string            `json:"lang,omitempty"`
	Claims  int               `json:"claims"`
	Open    int               `json:"to_review"`
	First   string            `json:"-"` // its first claim that wants a decision
	Archive bool              `json:"-"` // it was no report but held some
}

// Ended reports whether an item has its final state.
func (i Item) Ended() bool { return i.State != Waiting && i.State != Reading }

// Batch is what was handed over at once.
type Batch struct {
	ID    string `json:"id"`
	Items []Item `json:"items"`
	by    string // who handed it over, and alone may see it
}

// Ended reports whether all of it has.
func (b Batch) Ended() bool {
	return !slices.ContainsFunc(b.Items, func(i Item) bool { return !i.Ended() })
}

// Bringer reads what is handed over into one base. It is safe for concurrent use.
type Bringer struct {
	base *pipeline.Pipeline
	web  *remote.Remote
	log  *slog.Logger
	wake chan struct{}

	mu      sync.Mutex
	waiting []work
	held    int // bytes that wait
	batches []Batch
	last    int
}

type work struct {
	batch string
	given Given
	known Known
	asked context.Context // of who handed it over: under it the work is done
}

// New returns a Bringer. Without web no address is taken: nothing goes out unasked.
func New(base *pipeline.Pipeline, web *remote.Remote, log *slog.Logger) *Bringer {
	return &Bringer{base: base, web: web, log: log, wake: make(chan struct{}, 1)}
}

// GoesOut reports whether addresses are taken.
func (b *Bringer) GoesOut() bool { return b.web != nil }

// MaxHeld is how many bytes may wait at once, and MaxBatches how many batches are
// remembered.
const (
	MaxHeld    = 512 << 20
	maxBatches = 50
)

// Add puts things behind those that wait and returns the id of their batch. It returns
// corvee.ErrInvalid for nothing, for an address where none is taken, and for more bytes
// than may wait.
func (b *Bringer) Add(ctx context.Context, given []Given, known Known) (string, error) {
	if len(given) == 0 {
		return "", fmt.Errorf("%w: nothing was handed over; choose a file, paste a text or give an address", corvee.ErrInvalid)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	size := 0
	for _, g := range given {
		if g.Address != "" && b.web == nil {
			return "", fmt.Errorf("%w: addresses are not fetched here; start with corvee serve --fetch, or save the page and hand in the file", corvee.ErrInvalid)
		}
		size += len(g.Bytes)
	}
	if b.held+size > MaxHeld {
		return "", fmt.Errorf("%w: %d MB wait already; come again when they are read, or use corvee read, which has no limit", corvee.ErrInvalid, b.held>>20)
	}
	b.held += size
	b.last++
	batch := Batch{ID: strconv.Itoa(b.last), by: b.base.By(ctx)}
	for _, g := range given {
		batch.Items = append(batch.Items, Item{Origin: originOf(g), State: Waiting})
		b.waiting = append(b.waiting, work{batch.ID, g, known, context.WithoutCancel(ctx)})
	}
	b.batches = append(b.batches, batch)
	b.batches = b.batches[max(0, len(b.batches)-maxBatches):]
	select {
	case b.wake <- struct{}{}:
	default:
	}
	return batch.ID, nil
}

func originOf(g Given) string {
	if g.Address != "" {
		return g.Address
	}
	return g.Name
}

// Batch returns a batch as it stands, to who handed it over; corvee.ErrNotFound for one that
// is not remembered.
func (b *Bringer) Batch(ctx context.Context, id string) (Batch, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, batch := range b.batches {
		if batch.ID == id && batch.by == b.base.By(ctx) {
			batch.Items = slices.Clone(batch.Items)
			return batch, nil
		}
	}
	return Batch{}, fmt.Errorf("%w: what was handed over then is not remembered; what was read of it is among the reports", corvee.ErrNotFound)
}

// Work reads what is handed over until ctx ends. What cannot be read does not end it.
func (b *Bringer) Work(ctx context.Context) error {
	for {
		w, ok := b.next()
		if !ok {
			select {
			case <-ctx.Done():
				return nil
			case <-b.wake:
				continue
			}
		}
		b.take(pipeline.Carry(ctx, w.asked), w)
		if ctx.Err() != nil {
			return nil
		}
	}
}

func (b *Bringer) next() (work, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting) == 0 {
		return work{}, false
	}
	w := b.waiting[0]
	b.waiting[0] = work{}
	b.waiting = b.waiting[1:]
	b.held -= len(w.given.Bytes)
	b.put(w.batch, Item{Origin: originOf(w.given), State: Reading})
	return w, true
}

// put sets the first item of that origin which has not ended, or adds one: a file may hold
// several inputs.
func (b *Bringer) put(batch string, item Item) {
	for i := range b.batches {
		if b.batches[i].ID != batch {
			continue
		}
		items := slices.Clone(b.batches[i].Items)
		at := slices.IndexFunc(items, func(old Item) bool { return old.Origin == item.Origin && !old.Ended() })
		if at < 0 {
			items = append(items, item)
		} else {
			items[at] = item
		}
		b.batches[i].Items = items
	}
}

func (b *Bringer) say(w work, item Item) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(w.batch, item)
}

// take reads one thing and says how each input of it ended. What stands in a file comes
// before the file itself, which then says how much of it there was.
func (b *Bringer) take(ctx context.Context, w work) {
	origin := originOf(w.given)
	hints := intake.Hints{Publisher: w.known.Publisher, Lang: w.known.Lang, URL: w.known.URL, Published: w.known.Published}
	ended := false
	tell := func(in corvee.Input) {
		ended = ended || in.Origin == origin
		b.say(w, b.itemOf(ctx, in))
	}
	var err error
	if w.given.Address != "" {
		err = b.fetch(ctx, w.given.Address, hints, tell)
	} else {
		err = b.read(ctx, w.given, hints, tell)
	}
	if err != nil && ctx.Err() == nil {
		b.log.Error("could not be brought in", "error", err)
		tell(corvee.Input{Origin: origin, State: corvee.InputFailed, Reason: "something failed inside Corvee", Remedy: "hand it in again; if it fails again, start Corvee anew and read what it prints"})
	}
	if !ended && err == nil {
		tell(corvee.Input{Origin: origin, State: corvee.InputDone, Reason: "what stands in it is listed by itself"})
	}
}

func (b *Bringer) read(ctx context.Context, g Given, h intake.Hints, tell func(corvee.Input)) error {
	for doc, rejected := range b.base.Intake.Bytes(ctx, g.Name, g.Name, g.Media, g.Bytes, h) {
		in, err := b.base.TakeInput(ctx, g.Name, doc, rejected, h)
		if err != nil {
			return err
		}
		tell(in)
	}
	return nil
}

func (b *Bringer) fetch(ctx context.Context, address string, h intake.Hints, tell func(corvee.Input)) error {
	_, err := b.web.Read(ctx, []string{address}, remote.ReadOptions{Hints: h}, func(m corvee.Message) error {
		switch {
		case m.Report != nil:
			tell(corvee.Input{Origin: address, State: corvee.InputDone, Report: m.Report.ID})
		case m.Rejected != nil:
			tell(corvee.Input{Origin: m.Rejected.Input, State: corvee.InputRejected, Reason: m.Rejected.Reason, Remedy: m.Rejected.Remedy})
		}
		return nil
	})
	return err
}

// itemOf completes an input by the report that it brought.
func (b *Bringer) itemOf(ctx context.Context, in corvee.Input) Item {
	item := Item{Origin: in.Origin, State: in.State, Reason: in.Reason, Remedy: in.Remedy, Report: in.Report, Archive: in.Report == "" && in.State == corvee.InputDone}
	if in.Report == "" {
		return item
	}
	v, err := b.base.Report(ctx, in.Report)
	if err != nil && !errors.Is(err, corvee.ErrNotFound) {
		b.log.Error("report of an input", "error", err)
	}
	item.Title, item.Lang, item.Claims = people.Titled(v.Report).Title, v.Report.Lang, len(v.Claims)
	for _, c := range v.Claims {
		if c.Review != corvee.ReviewUnreviewed {
			continue
		}
		if item.Open++; item.First == "" {
			item.First = c.ID
		}
	}
	return item
}
