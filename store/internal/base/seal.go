package base

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"corvee"
	"corvee/store"
	"corvee/store/internal/lift"
)

const (
	sealedInput = "sealed:" // begins the id of an input whose report is sealed
	purgedInput = "purged:"
)

func (t *tx) PutAway(ctx context.Context, report string, s store.Sealed, parties ...store.Party) error {
	if err := checkSealed(s); err != nil {
		return err
	}
	n, _, err := t.reportKeys(ctx, report)
	if err != nil {
		return err
	}
	if err := t.free(ctx, s.Code); err != nil {
		return err
	}
	if err := t.one(ctx, `SELECT collection FROM report WHERE n = ?`, []any{n}, &s.Collection); err != nil {
		return err
	}
	if err := t.putSealed(ctx, s); err != nil {
		return err
	}
	if err := lift.Withdraw(ctx, t, report, parties); err != nil {
		return err
	}
	return t.remove(ctx, n, report, mark{sealedInput + s.Code, s.Code, "sealed"})
}

func checkSealed(s store.Sealed) error {
	states := []store.SealState{store.SealClosing, store.SealClosed, store.SealOpening}
	if err := named("code", s.Code, "actor", s.Actor, "bundle", s.Bundle); err != nil {
		return err
	}
	if !slices.Contains(states, s.State) {
		return fmt.Errorf("%w: state %q of a sealed report", corvee.ErrInvalid, s.State)
	}
	return nil
}

func (t *tx) free(ctx context.Context, code string) error {
	n, err := t.count(ctx, `SELECT count(*) FROM sealed WHERE code = ?`, code)
	if err == nil && n > 0 {
		err = fmt.Errorf("%w: the code %s is taken", corvee.ErrConflict, code)
	}
	return err
}

func (t *tx) putSealed(ctx context.Context, s store.Sealed) error {
	body, err := pack(s)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO sealed (code, at_us, body) VALUES (?, ?, ?)
		ON CONFLICT (code) DO UPDATE SET at_us = excluded.at_us, body = excluded.body`, s.Code, micros(s.At), body)
}

func (t *tx) PutSealed(ctx context.Context, s store.Sealed) error {
	if err := errors.Join(checkSealed(s), t.there(ctx, s.Code)); err != nil {
		return err
	}
	return t.putSealed(ctx, s)
}

func (t *tx) there(ctx context.Context, code string) error {
	seen, err := t.Sealed(ctx)
	if err == nil && !slices.ContainsFunc(seen, func(s store.Sealed) bool { return s.Code == code }) {
		err = fmt.Errorf("%w: sealed report %q", corvee.ErrNotFound, code)
	}
	return err
}

func (t *tx) Sealed(ctx context.Context) ([]store.Sealed, error) {
	found, err := all(ctx, t, `SELECT code, at_us, body FROM sealed ORDER BY at_us, code`, nil,
		func(scan scanner) (s store.Sealed, err error) {
			var at int64
			var body []byte
			if err := scan(&s.Code, &at, &body); err != nil {
				return s, err
			}
			err = unpack(body, &s)
			s.At = timeOf(at)
			return s, err
		})
	if collections, limited := store.Scope(ctx); limited {
		found = slices.DeleteFunc(found, func(s store.Sealed) bool { return !slices.Contains(collections, s.Collection) })
	}
	return found, err
}

func (t *tx) DeleteSealed(ctx context.Context, code string, tomb store.Tombstone) error {
	if err := errors.Join(ident("code", code), t.there(ctx, code)); err != nil {
		return err
	}
	ctx = store.Unlimited(ctx)
	if err := t.bury(ctx, code, tomb); err != nil {
		return err
	}
	ids, err := t.inputsOf(ctx, code)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if err := t.forgetInput(ctx, id, mark{purgedInput + tomb.ID, "", "purged"}, i); err != nil {
			return err
		}
	}
	return t.exec(ctx, `DELETE FROM sealed WHERE code = ?`, code)
}

// inputsOf returns the ids of the inputs that brought a sealed report, in their order.
func (t *tx) inputsOf(ctx context.Context, code string) ([]string, error) {
	from, until := beginning(sealedInput + code + ":")
	return t.words(ctx, `SELECT id FROM input WHERE id >= ? AND id < ? ORDER BY n`, from, until)
}

func (t *tx) Lift(ctx context.Context, report string, parties ...store.Party) ([]byte, error) {
	if _, _, err := t.reportKeys(ctx, report); err != nil {
		return nil, err
	}
	return lift.Rows(ctx, t, report, parties)
}

// Lay checks what was laid as the sweep would.
func (t *tx) Lay(ctx context.Context, code string, lifted []byte) error {
	if err := errors.Join(ident("code", code), t.there(ctx, code)); err != nil {
		return err
	}
	ctx = store.Unlimited(ctx)
	texts, err := lift.Lay(ctx, t, lifted, sealedInput+code+":")
	if err != nil {
		return err
	}
	for _, n := range texts {
		loose, err := t.sweepText(ctx, n)
		if err == nil && len(loose) > 0 {
			err = fmt.Errorf("%w: claim %s of the sealed report", corvee.ErrUngrounded, loose[0])
		}
		if err != nil {
			return err
		}
	}
	return t.exec(ctx, `DELETE FROM sealed WHERE code = ?`, code)
}

// Exec, One and Each are the little that package lift needs of a transaction.
func (t *tx) Exec(ctx context.Context, query string, args ...any) error {
	return t.exec(ctx, query, args...)
}

func (t *tx) One(ctx context.Context, query string, args []any, into ...any) error {
	return t.one(ctx, query, args, into...)
}

func (t *tx) Each(ctx context.Context, query string, args []any, row func(scan func(...any) error) error) error {
	_, err := all(ctx, t, query, args, func(scan scanner) (none struct{}, err error) { return none, row(scan) })
	return err
}
