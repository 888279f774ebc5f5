package store

import (
	"context"
	"time"
)

// Web keeps what came from the web, what is followed there, and what is to be told of it.
// Deleting a report deletes its captures and the alerts of it; what was seen of it keeps
// its place, so that it is not read again, and loses its hash and link.
type Web interface {
	// PutCapture adds or replaces the capture of a report at one moment.
	PutCapture(ctx context.Context, c Capture) error
	// Captures of a report, oldest first; of every report for "".
	Captures(ctx context.Context, report string) ([]Capture, error)
	// PutVisit keeps the last visit to an address.
	PutVisit(ctx context.Context, v Visit) error
	Visit(ctx context.Context, address string) (Visit, error)

	// PutWatch adds or replaces a watch by its id.
	PutWatch(ctx context.Context, w Watch) error
	// Watches are ordered by when they are next due, then id.
	Watches(ctx context.Context) ([]Watch, error)
	// DeleteWatch removes a watch with what was seen by it; its alerts stay.
	DeleteWatch(ctx context.Context, id string) error
	// PutSeen adds or replaces what was seen of one item of a watch.
	PutSeen(ctx context.Context, s Seen) error
	// Seen are all items of a watch, ordered by item.
	Seen(ctx context.Context, watch string) ([]Seen, error)

	// AddAlert appends an alert and returns it with its Seq.
	AddAlert(ctx context.Context, a Alert) (Alert, error)
	// Alerts are the latest, latest first, at most limit of them; all for 0.
	Alerts(ctx context.Context, limit int) ([]Alert, error)
	// Unsent are the alerts that the receiver has not taken, oldest first.
	Unsent(ctx context.Context) ([]Alert, error)
	// MarkSent says that an alert has been taken.
	MarkSent(ctx context.Context, seq int64) error
}

// Capture says how a report was fetched. Archive is the id of the exchange in the vault.
type Capture struct {
	Report, Archive string    `json:"-"`
	At              time.Time `json:"-"`
	Asked           string    `json:"asked"`
	Address         string    `json:"address"` // that answered, after redirects
	Certificates    []string  `json:"certificates,omitempty"`
}

// Visit is what a server said of an address last, to ask only for what is new.
type Visit struct {
	Address      string    `json:"address"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Hash         string    `json:"hash,omitempty"` // of the body
	At           time.Time `json:"at"`
}

// The kinds of watch: three follow an address, three keep what is asked of the base.
const (
	WatchPage     = "page"
	WatchFeed     = "feed"
	WatchSitemap  = "sitemap"
	WatchSupplier = "supplier"
	WatchTable    = "table"
	WatchQuestion = "question"
)

// Watch is something that is looked at again and again.
type Watch struct {
	ID      string            `json:"-"`
	Kind    string            `json:"kind"`
	Address string            `json:"address,omitempty"`
	Terms   map[string]string `json:"terms,omitempty"` // of a supplier, table or question
	Every   time.Duration     `json:"every"`
	Read    bool              `json:"read,omitempty"` // read what is new into the base
	// Next is when it is due, Last when it was looked at, zero before the first time.
	Next  time.Time `json:"-"`
	Last  time.Time `json:"last,omitzero"`
	Tries int       `json:"tries,omitempty"` // that failed since it last worked
	// Failure is why the last try failed, "" when it did not.
	Failure string `json:"failure,omitempty"`
}

// Seen is one item of a watch: an address of a feed, a hit of a supplier. Purged says that
// the report which came of it was removed.
type Seen struct {
	Watch, Item string
	Hash        string // of what it said
	Report      string // that came of it, "" for none
	Purged      bool
}

// The kinds of alert.
const (
	AlertNew     = "new"
	AlertChanged = "changed"
	AlertGone    = "gone"
	AlertFailing = "failing"
)

// Alert says that something is new or different. It holds no quote and nobody's name but
// what an official list or the watch itself holds.
type Alert struct {
	Seq     int64     `json:"-"`
	ID      string    `json:"id"`
	Watch   string    `json:"watch"`
	Kind    string    `json:"kind"`
	Title   string    `json:"title"`
	Address string    `json:"address,omitempty"`
	Report  string    `json:"-"`
	Details []string  `json:"details,omitempty"`
	At      time.Time `json:"at"`
}
