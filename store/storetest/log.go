package storetest

import (
	"fmt"
	"sync"

	"corvee"
	"corvee/store"
)

func testPeople(b *bench) {
	actors := func() []corvee.Actor {
		return read(b, func(tx store.Tx) ([]corvee.Actor, error) { return tx.Actors(b.ctx) })
	}
	collections := func() []corvee.Collection {
		return read(b, func(tx store.Tx) ([]corvee.Collection, error) { return tx.Collections(b.ctx) })
	}
	b.same("Actors of a new base", actors(), []corvee.Actor{{ID: corvee.LocalActor, Name: "local"}})
	b.same("Collections of a new base", collections(), []corvee.Collection{{ID: corvee.DefaultCollection, Name: "default"}})
	for range 2 {
		b.update(func(tx store.Tx) error {
			check(b, tx.PutActor(b.ctx, corvee.Actor{ID: corvee.LocalActor, Name: "R-1 \x00"}))
			check(b, tx.PutActor(b.ctx, corvee.Actor{ID: "각", Name: ""}))
			check(b, tx.PutActor(b.ctx, corvee.Actor{ID: "Z"}))
			return tx.PutCollection(b.ctx, corvee.Collection{ID: "a case", Name: "丹东"})
		})
	}
	b.same("Actors, byte by byte", actors(), []corvee.Actor{{ID: "Z"}, {ID: corvee.LocalActor, Name: "R-1 \x00"}, {ID: "각"}})
	b.same("Collections", collections(), []corvee.Collection{{ID: "a case", Name: "丹东"}, {ID: corvee.DefaultCollection, Name: "default"}})
}

// chain returns the whole log.
func (b *bench) chain() (log []corvee.Event) {
	b.Helper()
	b.view(func(tx store.Tx) error {
		for e, err := range tx.Events(b.ctx, 0) {
			if err != nil {
				return err
			}
			log = append(log, e)
		}
		return nil
	})
	return log
}

// testEvents writes more than any page that a base might read at once.
func testEvents(b *bench) {
	last := func() corvee.Event {
		return read(b, func(tx store.Tx) (corvee.Event, error) { return tx.LastEvent(b.ctx) })
	}
	b.same("LastEvent of an empty log", last(), corvee.Event{})
	b.same("Events of an empty log", len(b.chain()), 0)
	const many = 1300
	var want []corvee.Event
	b.update(func(tx store.Tx) error {
		want = nil
		for n := range many {
			e, err := b.appendEvent(tx, "", fmt.Sprint("丹东", n), []byte{0, byte(n)})
			if err != nil {
				return err
			}
			want = append(want, e)
		}
		return nil
	})
	b.same("Events", b.chain(), want)
	b.same("LastEvent", last(), want[many-1])
	b.view(func(tx store.Tx) error {
		next := 1000
		for e, err := range tx.Events(b.ctx, 1000) {
			check(b, err)
			if e.Seq != want[next].Seq {
				b.Fatalf("Events after 1000 yields %d, want %d", e.Seq, want[next].Seq)
			}
			salt, payload, err := tx.Payload(b.ctx, e.Seq) // a question inside the answer to another
			check(b, err)
			b.same("Payload", [2]string{string(salt), string(payload)}, [2]string{"salt of " + e.Subject, string([]byte{0, byte(next)})})
			if next++; next == 1010 {
				break
			}
		}
		return nil
	})
	b.absent("Payload", func(tx store.Tx) error { _, _, err := tx.Payload(b.ctx, many+1); return err })
	b.update(func(tx store.Tx) error { return tx.AppendEvent(b.ctx, sealed(want[many-1], "bare"), "", nil, nil) })
	salt, payload, err := b.payload(many + 1)
	if err != nil || len(salt) != 0 || len(payload) != 0 {
		b.Errorf("Payload of an event without = %q, %q, %v", salt, payload, err)
	}
}

func (b *bench) payload(seq int64) (salt, payload []byte, err error) {
	b.Helper()
	b.view(func(tx store.Tx) error { salt, payload, err = tx.Payload(b.ctx, seq); return nil })
	return salt, payload, err
}

func testRefusedEvents(b *bench) {
	var first corvee.Event
	b.update(func(tx store.Tx) (err error) { first, err = b.appendEvent(tx, "", "one", nil); return err })
	good := sealed(first, "two")
	for name, by := range map[string]struct {
		want   error
		change func(*corvee.Event)
	}{
		"the head's number": {corvee.ErrConflict, func(e *corvee.Event) { e.Seq = 1 }},
		"a number too far":  {corvee.ErrConflict, func(e *corvee.Event) { e.Seq = 3 }},
		"another parent":    {corvee.ErrConflict, func(e *corvee.Event) { e.Prev = "h0" }},
		"no parent":         {corvee.ErrConflict, func(e *corvee.Event) { e.Prev = "" }},
		"no hash":           {corvee.ErrInvalid, func(e *corvee.Event) { e.Hash = "" }},
		"no verb":           {corvee.ErrInvalid, func(e *corvee.Event) { e.Verb = "" }},
		"no actor":          {corvee.ErrInvalid, func(e *corvee.Event) { e.Actor = "" }},
		"NUL in it":         {corvee.ErrInvalid, func(e *corvee.Event) { e.Subject = "\x00" }},
	} {
		e := good
		by.change(&e)
		b.refuse("an event with "+name, by.want, func(tx store.Tx) error { return tx.AppendEvent(b.ctx, e, "", nil, nil) })
	}
	b.same("Events", b.chain(), []corvee.Event{first})
}

// testRacingEvents: many who append at once, each reading the head in its own transaction,
// make one unbroken chain and lose nothing.
func testRacingEvents(b *bench) {
	const writers, each = 8, 6
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for n := range each {
				err := b.Update(b.ctx, func(tx store.Tx) error {
					// Something is read first, so that a snapshot is taken before the head is read.
					if _, err := tx.CountReports(b.ctx); err != nil {
						return err
					}
					_, err := b.appendEvent(tx, "", fmt.Sprint(w, "-", n), nil)
					return err
				})
				if err != nil {
					b.Errorf("Update: %v", err)
				}
			}
		})
	}
	group.Wait()
	seen, last := map[string]bool{}, corvee.Event{}
	for _, e := range b.chain() {
		if e.Seq != last.Seq+1 || e.Prev != last.Hash {
			b.Fatalf("event %d does not follow event %d", e.Seq, last.Seq)
		}
		seen[e.Subject], last = true, e
	}
	if len(seen) != writers*each || last.Seq != writers*each {
		b.Errorf("the chain has %d events up to %d, want %d", len(seen), last.Seq, writers*each)
	}
}
