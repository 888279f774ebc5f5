package base

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"corvee"
)

const eventColumns = `SELECT seq, at_us, actor, collection, verb, subject, payload_hash, prev, hash FROM event`

func readEvent(scan scanner) (e corvee.Event, err error) {
	var at int64
	err = scan(&e.Seq, &at, &e.Actor, &e.Collection, &e.Verb, &e.Subject, &e.PayloadHash, &e.Prev, &e.Hash)
	e.At = timeOf(at)
	return e, err
}

// LastEvent returns the head of the chain. Writers come one at a time, so it stays the
// head until the transaction ends.
func (t *tx) LastEvent(ctx context.Context) (corvee.Event, error) {
	found, err := all(ctx, t, eventColumns+` ORDER BY seq DESC LIMIT 1`, nil, readEvent)
	if err != nil || len(found) == 0 {
		return corvee.Event{}, err
	}
	return found[0], nil
}

// AppendEvent returns corvee.ErrConflict for an event that does not follow the head.
func (t *tx) AppendEvent(ctx context.Context, e corvee.Event, report string, salt, payload []byte) error {
	err := errors.Join(
		named("actor", e.Actor, "verb", e.Verb, "hash", e.Hash),
		ident("collection", e.Collection, "subject", e.Subject, "payload hash", e.PayloadHash, "report", report),
	)
	if err != nil {
		return err
	}
	last, err := t.LastEvent(ctx)
	if err != nil {
		return err
	}
	if e.Seq != last.Seq+1 || e.Prev != last.Hash {
		return fmt.Errorf("%w: event %d does not follow event %d, the last of the log", corvee.ErrConflict, e.Seq, last.Seq)
	}
	err = t.exec(ctx, `INSERT INTO event (seq, at_us, actor, collection, verb, subject, payload_hash, prev, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Seq, micros(e.At), e.Actor, e.Collection, e.Verb, e.Subject, e.PayloadHash, e.Prev, e.Hash)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO payload (seq, report, salt, payload) VALUES (?, ?, ?, ?)`,
		e.Seq, report, blob(salt), blob(payload))
}

// pageRows is how many rows a long answer fetches at once: a page and not the whole is
// held in memory, and the caller may ask other things in between.
const pageRows = 512

// Events yields the chain in order, from the event after seq.
func (t *tx) Events(ctx context.Context, seq int64) iter.Seq2[corvee.Event, error] {
	return func(yield func(corvee.Event, error) bool) {
		for {
			events, err := all(ctx, t, eventColumns+` WHERE seq > ? ORDER BY seq LIMIT ?`, []any{seq, pageRows}, readEvent)
			if err != nil {
				yield(corvee.Event{}, err)
				return
			}
			for _, e := range events {
				if !yield(e, nil) {
					return
				}
				seq = e.Seq
			}
			if len(events) < pageRows {
				return
			}
		}
	}
}

func (t *tx) Payload(ctx context.Context, seq int64) (salt, payload []byte, err error) {
	if err := whole(ctx, "payloads of events"); err != nil {
		return nil, nil, err
	}
	err = t.one(ctx, `SELECT salt, payload FROM payload WHERE seq = ?`, []any{seq}, &salt, &payload)
	if errors.Is(err, corvee.ErrNotFound) {
		err = fmt.Errorf("%w: payload of event %d", err, seq)
	}
	return salt, payload, err
}
