package storetest

import (
	"errors"
	"strings"
	"time"

	"corvee"
	"corvee/store"
)

func captureOf(report string, second int) store.Capture {
	return store.Capture{
		Report: report, Archive: corvee.HashID([]byte{byte(second)}), At: moment(second),
		Asked: "https://gazette.example/\x00각?<>&", Address: "https://gazette.example/2", Certificates: []string{"00", "ff"},
	}
}

func testCaptures(b *bench) {
	early, late, other := captureOf("r1", 1), captureOf("r1", 2), captureOf("r2", 1)
	other.Certificates = nil
	b.update(func(tx store.Tx) error {
		return errors.Join(tx.PutCapture(b.ctx, late), tx.PutCapture(b.ctx, other), tx.PutCapture(b.ctx, early), tx.PutCapture(b.ctx, early))
	})
	ask := func(report string) []store.Capture {
		return read(b, func(tx store.Tx) ([]store.Capture, error) { return tx.Captures(b.ctx, report) })
	}
	b.same("Captures of one", ask("r1"), []store.Capture{early, late})
	b.same("Captures of all", ask(""), []store.Capture{early, late, other})
	b.same("Captures of none", ask("r9"), []store.Capture{})
	for _, c := range []store.Capture{{Report: "r1"}, {Archive: "a"}, {Report: "r\x00", Archive: "a"}} {
		b.refuse("a capture without its keys", corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutCapture(b.ctx, c) })
	}
}

func testVisits(b *bench) {
	long := "https://gazette.example/" + strings.Repeat("가", 3000)
	v := store.Visit{Address: long, ETag: `W/"\x00"`, LastModified: "Mon", Hash: "00", At: moment(3)}
	b.update(func(tx store.Tx) error {
		return errors.Join(tx.PutVisit(b.ctx, store.Visit{Address: long}), tx.PutVisit(b.ctx, v), tx.PutVisit(b.ctx, store.Visit{Address: "other"}))
	})
	b.same("Visit", read(b, func(tx store.Tx) (store.Visit, error) { return tx.Visit(b.ctx, long) }), v)
	b.absent("Visit", func(tx store.Tx) error { _, err := tx.Visit(b.ctx, "nowhere"); return err })
	b.refuse("a visit to nowhere", corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutVisit(b.ctx, store.Visit{}) })
}

func watchOf(id string, second int) store.Watch {
	return store.Watch{
		ID: id, Kind: store.WatchSupplier, Address: "\x00", Terms: map[string]string{"name": "각 \x00"}, Every: time.Hour, Read: true,
		Next: moment(second), Last: moment(1), Tries: 2, Failure: "no answer",
	}
}

func (b *bench) watches() []store.Watch {
	b.Helper()
	return read(b, func(tx store.Tx) ([]store.Watch, error) { return tx.Watches(b.ctx) })
}

func (b *bench) seen(watch string) []store.Seen {
	b.Helper()
	return read(b, func(tx store.Tx) ([]store.Seen, error) { return tx.Seen(b.ctx, watch) })
}

func testWatches(b *bench) {
	w1, w2, w3 := watchOf("w1", 5), watchOf("w2", 4), watchOf("w3", 5)
	b.update(func(tx store.Tx) error {
		return errors.Join(tx.PutWatch(b.ctx, w3), tx.PutWatch(b.ctx, w1), tx.PutWatch(b.ctx, w2))
	})
	b.same("Watches", b.watches(), []store.Watch{w2, w1, w3})
	w2.Next, w2.Last, w2.Tries, w2.Failure = moment(9), time.Time{}, 0, ""
	b.update(func(tx store.Tx) error { return tx.PutWatch(b.ctx, w2) })
	b.same("Watches after one was put off", b.watches(), []store.Watch{w1, w3, w2})

	first, second := store.Seen{Watch: "w1", Item: "b", Hash: "1", Report: "r"}, store.Seen{Watch: "w1", Item: "a", Purged: true}
	b.update(func(tx store.Tx) error {
		return errors.Join(tx.PutSeen(b.ctx, store.Seen{Watch: "w1", Item: "b"}), tx.PutSeen(b.ctx, first), tx.PutSeen(b.ctx, second),
			tx.PutSeen(b.ctx, store.Seen{Watch: "w2", Item: "b"}))
	})
	b.same("Seen", b.seen("w1"), []store.Seen{second, first})
	b.update(func(tx store.Tx) error { return tx.DeleteWatch(b.ctx, "w1") })
	b.same("Watches after one was removed", b.watches(), []store.Watch{w3, w2})
	b.same("Seen of what was removed", b.seen("w1"), []store.Seen{})
	b.same("Seen of another", len(b.seen("w2")), 1)
}

func testRefusedWatches(b *bench) {
	b.refuse("removing what is not there", corvee.ErrNotFound, func(tx store.Tx) error { return tx.DeleteWatch(b.ctx, "w9") })
	b.refuse("seen by nobody", corvee.ErrNotFound, func(tx store.Tx) error { return tx.PutSeen(b.ctx, store.Seen{Watch: "w9", Item: "a"}) })
	for what, w := range map[string]store.Watch{"without id": {Kind: store.WatchPage}, "without kind": {ID: "w"}} {
		b.refuse("a watch "+what, corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutWatch(b.ctx, w) })
	}
	b.refuse("an alert of no watch", corvee.ErrInvalid, func(tx store.Tx) error { _, err := tx.AddAlert(b.ctx, store.Alert{ID: "a"}); return err })
	b.refuse("sending what is not there", corvee.ErrNotFound, func(tx store.Tx) error { return tx.MarkSent(b.ctx, 99) })
	b.same("Watches", b.watches(), []store.Watch{})
}

func (b *bench) alert(id, report string) (a store.Alert) {
	b.Helper()
	b.update(func(tx store.Tx) (err error) {
		a, err = tx.AddAlert(b.ctx, store.Alert{
			ID: id, Watch: "w", Kind: store.AlertNew, Title: "a \x00 각", Address: "https://gazette.example/", Report: report,
			Details: []string{"one", "two"}, At: moment(2),
		})
		return err
	})
	return a
}

func testAlerts(b *bench) {
	one, two, three := b.alert("a1", ""), b.alert("a2", "r"), b.alert("a3", "")
	ask := func(limit int) []store.Alert {
		return read(b, func(tx store.Tx) ([]store.Alert, error) { return tx.Alerts(b.ctx, limit) })
	}
	unsent := func() []store.Alert {
		return read(b, func(tx store.Tx) ([]store.Alert, error) { return tx.Unsent(b.ctx) })
	}
	b.same("Alerts", ask(0), []store.Alert{three, two, one})
	b.same("the latest two", ask(2), []store.Alert{three, two})
	b.update(func(tx store.Tx) error { return tx.MarkSent(b.ctx, two.Seq) })
	b.same("Unsent", unsent(), []store.Alert{one, three})
	b.same("Alerts when one was sent", ask(0), []store.Alert{three, two, one})
}

// testPurgedFromTheWeb: what came from the web leaves with the report, and is not read
// again.
func testPurgedFromTheWeb(b *bench) {
	gone, stays := b.fill("gone"), b.fill("stays")
	b.update(func(tx store.Tx) error {
		return errors.Join(
			tx.PutCapture(b.ctx, captureOf(gone.ID, 1)), tx.PutCapture(b.ctx, captureOf(stays.ID, 1)), tx.PutWatch(b.ctx, watchOf("w", 1)),
			tx.PutSeen(b.ctx, store.Seen{Watch: "w", Item: "a", Hash: "1", Report: gone.ID}),
			tx.PutSeen(b.ctx, store.Seen{Watch: "w", Item: "b", Hash: "2", Report: stays.ID}))
	})
	b.alert("a1", gone.ID)
	kept := b.alert("a2", stays.ID)
	b.update(func(tx store.Tx) error { return tx.DeleteReport(b.ctx, gone.ID, tomb("t1")) })
	b.same("Captures", read(b, func(tx store.Tx) ([]store.Capture, error) { return tx.Captures(b.ctx, "") }), []store.Capture{captureOf(stays.ID, 1)})
	b.same("Seen", b.seen("w"), []store.Seen{{Watch: "w", Item: "a", Purged: true}, {Watch: "w", Item: "b", Hash: "2", Report: stays.ID}})
	b.same("Alerts", read(b, func(tx store.Tx) ([]store.Alert, error) { return tx.Alerts(b.ctx, 0) }), []store.Alert{kept})
}
