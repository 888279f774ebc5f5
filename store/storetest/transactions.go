package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"corvee"
	"corvee/store"
)

// unchanged is what must be as before after writing work came to nothing.
func (b *bench) unchanged(r corvee.Report, events int) {
	b.Helper()
	b.same("CountReports", read(b, func(tx store.Tx) (int, error) { return tx.CountReports(b.ctx) }), 1)
	b.same("Report", read(b, func(tx store.Tx) (corvee.Report, error) { return tx.Report(b.ctx, r.ID) }), r)
	b.same("Events", len(b.chain()), events)
	b.same("Actors", len(read(b, func(tx store.Tx) ([]corvee.Actor, error) { return tx.Actors(b.ctx) })), 1)
	// The base still takes what is right.
	b.update(func(tx store.Tx) error { return tx.PutCollection(b.ctx, corvee.Collection{ID: "after"}) })
}

// mess writes into many tables at once.
func (b *bench) mess(tx store.Tx) error {
	text := textOf(b, "a\nb")
	if err := tx.PutReport(b.ctx, "", reportOf(text, "mess"), text); err != nil {
		return err
	}
	if err := tx.PutActor(b.ctx, corvee.Actor{ID: "mess"}); err != nil {
		return err
	}
	_, err := b.appendEvent(tx, "", "mess", nil)
	return err
}

func testRollback(b *bench) {
	r, _, _ := b.hardReport("one")
	mine := errors.New("mine")
	err := b.Update(b.ctx, func(tx store.Tx) error {
		check(b, b.mess(tx))
		got, err := tx.CountReports(b.ctx)
		b.same("CountReports within the work", got, 2)
		return errors.Join(err, mine)
	})
	if !errors.Is(err, mine) {
		b.Errorf("Update = %v, want the error of its work", err)
	}
	b.unchanged(r, 0)
}

func testPanic(b *bench) {
	r, _, _ := b.hardReport("one")
	for _, run := range []func(context.Context, func(store.Tx) error) error{b.Update, b.View} {
		func() {
			defer func() {
				if got := recover(); got != "mine" {
					b.Errorf("recovered %v, want the panic of the work", got)
				}
			}()
			_ = run(b.ctx, func(tx store.Tx) error { _ = b.mess(tx); panic("mine") })
		}()
	}
	b.unchanged(r, 0)
}

// testSwallowedFailure: work that goes on after the database refused a statement keeps
// nothing, on every database.
func testSwallowedFailure(b *bench) {
	r, _, _ := b.hardReport("one")
	list := []corvee.Listing{listingOf("Long", 1), listingOf("Long", 1)}
	err := b.Update(b.ctx, func(tx store.Tx) error {
		check(b, b.mess(tx))
		_ = tx.ReplaceList(b.ctx, versionOf("Long", 2), func(yield func(corvee.Listing) bool) {
			_ = yield(list[0]) && yield(list[1])
		})
		return nil
	})
	if err == nil {
		b.Errorf("Update committed work of which a statement had failed")
	}
	b.unchanged(r, 0)
	// What the port refuses before it asks the database is the work's to handle.
	b.update(func(tx store.Tx) error {
		if _, err := tx.Report(b.ctx, corvee.HashID(nil)); !errors.Is(err, corvee.ErrNotFound) {
			return err
		}
		if err := tx.PutActor(b.ctx, corvee.Actor{}); !errors.Is(err, corvee.ErrInvalid) {
			return err
		}
		return tx.PutActor(b.ctx, corvee.Actor{ID: "kept"})
	})
	b.same("Actors", len(read(b, func(tx store.Tx) ([]corvee.Actor, error) { return tx.Actors(b.ctx) })), 2)
}

func testView(b *bench) {
	r, _, _ := b.hardReport("one")
	if err := b.View(b.ctx, b.mess); err == nil {
		b.Errorf("View let its work write")
	}
	b.unchanged(r, 0)
	if name := b.Store.Name(); name == "" {
		b.Errorf("Name is empty")
	}
}

// testSnapshot: a view sees one state, whatever is committed beside it, and nobody waits.
func testSnapshot(b *bench) {
	r, text, _ := b.hardReport("one")
	b.view(func(tx store.Tx) error {
		before, err := tx.CountReports(b.ctx)
		check(b, err)
		b.update(b.mess)
		b.update(func(tx store.Tx) error { return tx.DeleteReport(b.ctx, r.ID, tomb("t")) })
		after, err := tx.CountReports(b.ctx)
		check(b, err)
		got, err := tx.Text(b.ctx, r.ID)
		check(b, err)
		if before != 1 || after != 1 || got.String() != text.String() || got.Hash() != text.Hash() {
			b.Errorf("a view saw %d, then %d reports while others wrote; want one state", before, after)
		}
		return nil
	})
	b.absent("Report", func(tx store.Tx) error { _, err := tx.Report(b.ctx, r.ID); return err })
}

// testManyViewsThatWrite: views that each wait for a write do not starve the writes.
func testManyViewsThatWrite(b *bench) {
	var group sync.WaitGroup
	for n := range 20 {
		group.Go(func() {
			err := b.View(b.ctx, func(tx store.Tx) error {
				if _, err := tx.CountReports(b.ctx); err != nil {
					return err
				}
				return b.Update(b.ctx, func(tx store.Tx) error { return tx.PutActor(b.ctx, corvee.Actor{ID: fmt.Sprint(n)}) })
			})
			if err != nil {
				b.Errorf("View: %v", err)
			}
		})
	}
	group.Wait()
	b.same("Actors", len(read(b, func(tx store.Tx) ([]corvee.Actor, error) { return tx.Actors(b.ctx) })), 21)
}

func testCancelled(b *bench) {
	r, _, _ := b.hardReport("one")
	ctx, cancel := context.WithCancel(b.ctx)
	err := b.Update(ctx, func(tx store.Tx) error {
		check(b, b.mess(tx))
		cancel()
		return nil
	})
	if err == nil {
		b.Errorf("Update committed after its context was cancelled")
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if err := b.Update(ctx, b.mess); !errors.Is(err, context.Canceled) {
				b.Errorf("Update with a cancelled context: %v", err)
			}
		})
	}
	group.Wait()
	b.unchanged(r, 0)
}

// testBadKeys: what one database could not take for a key is refused by all, and never as
// a failure of the database.
func testBadKeys(b *bench) {
	for _, bad := range []string{"\x00", "a\x00", "\xff", "\xed\xa0\x80"} {
		for what, ask := range map[string]func(tx store.Tx) error{
			"Input":       func(tx store.Tx) error { _, err := tx.Input(b.ctx, bad); return err },
			"Text":        func(tx store.Tx) error { _, err := tx.Text(b.ctx, bad); return err },
			"Reports":     func(tx store.Tx) error { _, err := tx.Reports(b.ctx, store.ReportFilter{Collection: bad}); return err },
			"Claims":      func(tx store.Tx) error { _, err := tx.Claims(b.ctx, store.ClaimFilter{Place: bad}); return err },
			"Claim":       func(tx store.Tx) error { _, err := tx.Claim(b.ctx, "cccccc"+bad); return err },
			"RulesOf":     func(tx store.Tx) error { _, err := tx.RulesOf(b.ctx, bad); return err },
			"Verdicts":    func(tx store.Tx) error { _, err := tx.Verdicts(b.ctx, bad); return err },
			"UndoVerdict": func(tx store.Tx) error { _, err := tx.UndoVerdict(b.ctx, bad, bad); return err },
			"PutActor":    func(tx store.Tx) error { return tx.PutActor(b.ctx, corvee.Actor{ID: bad}) },
			"Listing":     func(tx store.Tx) error { _, err := tx.Listing(b.ctx, bad); return err },
			"Run":         func(tx store.Tx) error { _, err := tx.Run(b.ctx, bad); return err },
		} {
			b.refuse(what+" with a key that cannot be", corvee.ErrInvalid, ask)
		}
	}
}
