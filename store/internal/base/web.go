package base

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"corvee"
	"corvee/store"
)

func (t *tx) PutCapture(ctx context.Context, c store.Capture) error {
	if err := named("report", c.Report, "archive", c.Archive); err != nil {
		return err
	}
	body, err := pack(c)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO capture (report, archive, at_us, body) VALUES (?, ?, ?, ?)
		ON CONFLICT (report, at_us, archive) DO UPDATE SET body = excluded.body`, c.Report, c.Archive, micros(c.At), body)
}

func (t *tx) Captures(ctx context.Context, report string) ([]store.Capture, error) {
	if err := ident("report", report); err != nil {
		return nil, err
	}
	scope, args := broughtWithin(ctx)
	query := `SELECT report, archive, at_us, body FROM capture WHERE 1 = 1` + scope
	if report != "" {
		query, args = query+` AND report = ?`, append(args, report)
	}
	return all(ctx, t, query+` ORDER BY report, at_us, archive`, args, func(scan scanner) (c store.Capture, err error) {
		var at int64
		var body []byte
		if err := scan(&c.Report, &c.Archive, &at, &body); err != nil {
			return c, err
		}
		err = unpack(body, &c)
		c.At = timeOf(at)
		return c, err
	})
}

// visitID keys an address by its hash, since an address may be longer than a key.
func visitID(address string) string {
	sum := sha256.Sum256([]byte(address))
	return hex.EncodeToString(sum[:])
}

func (t *tx) PutVisit(ctx context.Context, v store.Visit) error {
	if v.Address == "" {
		return fmt.Errorf("%w: no address", corvee.ErrInvalid)
	}
	body, err := pack(v)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO visit (id, body) VALUES (?, ?)
		ON CONFLICT (id) DO UPDATE SET body = excluded.body`, visitID(v.Address), body)
}

func (t *tx) Visit(ctx context.Context, address string) (v store.Visit, err error) {
	if err := whole(ctx, "visits"); err != nil {
		return v, err
	}
	var body []byte
	if err := t.one(ctx, `SELECT body FROM visit WHERE id = ?`, []any{visitID(address)}, &body); err != nil {
		return v, err
	}
	return v, unpack(body, &v)
}

func (t *tx) PutWatch(ctx context.Context, w store.Watch) error {
	if err := named("watch", w.ID, "kind of watch", w.Kind); err != nil {
		return err
	}
	body, err := pack(w)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO watch (id, next_us, body) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET next_us = excluded.next_us, body = excluded.body`, w.ID, micros(w.Next), body)
}

func (t *tx) Watches(ctx context.Context) ([]store.Watch, error) {
	if err := whole(ctx, "watches"); err != nil {
		return nil, err
	}
	return all(ctx, t, `SELECT id, next_us, body FROM watch ORDER BY next_us, id`, nil, func(scan scanner) (w store.Watch, err error) {
		var next int64
		var body []byte
		if err := scan(&w.ID, &next, &body); err != nil {
			return w, err
		}
		err = unpack(body, &w)
		w.Next = timeOf(next)
		return w, err
	})
}

func (t *tx) DeleteWatch(ctx context.Context, id string) error {
	if err := t.has(ctx, id); err != nil {
		return err
	}
	return t.exec(ctx, `DELETE FROM watch WHERE id = ?`, id)
}

// has returns corvee.ErrNotFound for a watch that is not there.
func (t *tx) has(ctx context.Context, watch string) error {
	if err := named("watch", watch); err != nil {
		return err
	}
	n, err := t.count(ctx, `SELECT count(*) FROM watch WHERE id = ?`, watch)
	if err == nil && n == 0 {
		err = fmt.Errorf("watch %s: %w", watch, corvee.ErrNotFound)
	}
	return err
}

func (t *tx) PutSeen(ctx context.Context, s store.Seen) error {
	if err := named("item", s.Item); err != nil {
		return err
	}
	if err := ident("hash", s.Hash, "report", s.Report); err != nil {
		return err
	}
	if err := t.has(ctx, s.Watch); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO seen (watch, item, hash, report, purged) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (watch, item) DO UPDATE SET hash = excluded.hash, report = excluded.report, purged = excluded.purged`,
		s.Watch, s.Item, s.Hash, s.Report, flag(s.Purged))
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (t *tx) Seen(ctx context.Context, watch string) ([]store.Seen, error) {
	if err := whole(ctx, "watches"); err != nil {
		return nil, err
	}
	if err := named("watch", watch); err != nil {
		return nil, err
	}
	return all(ctx, t, `SELECT watch, item, hash, report, purged FROM seen WHERE watch = ? ORDER BY item`, []any{watch},
		func(scan scanner) (s store.Seen, err error) {
			var purged int64
			err = scan(&s.Watch, &s.Item, &s.Hash, &s.Report, &purged)
			s.Purged = purged != 0
			return s, err
		})
}

func (t *tx) AddAlert(ctx context.Context, a store.Alert) (store.Alert, error) {
	if err := named("alert", a.ID, "watch", a.Watch); err != nil {
		return a, err
	}
	if err := ident("report", a.Report); err != nil {
		return a, err
	}
	body, err := pack(a)
	if err != nil {
		return a, err
	}
	return a, t.one(ctx, `INSERT INTO alert (report, sent, body) VALUES (?, 0, ?) RETURNING seq`, []any{a.Report, body}, &a.Seq)
}

const alertColumns = `SELECT seq, report, body FROM alert`

func readAlert(scan scanner) (a store.Alert, err error) {
	var body []byte
	if err := scan(&a.Seq, &a.Report, &body); err != nil {
		return a, err
	}
	return a, unpack(body, &a)
}

func (t *tx) Alerts(ctx context.Context, limit int) ([]store.Alert, error) {
	if err := whole(ctx, "alerts"); err != nil {
		return nil, err
	}
	clause, args := page(limit, 0)
	return all(ctx, t, alertColumns+` ORDER BY seq DESC`+clause, args, readAlert)
}

func (t *tx) Unsent(ctx context.Context) ([]store.Alert, error) {
	if err := whole(ctx, "alerts"); err != nil {
		return nil, err
	}
	return all(ctx, t, alertColumns+` WHERE sent = 0 ORDER BY seq`, nil, readAlert)
}

func (t *tx) MarkSent(ctx context.Context, seq int64) error {
	n, err := t.count(ctx, `SELECT count(*) FROM alert WHERE seq = ?`, seq)
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("alert %d: %w", seq, corvee.ErrNotFound)
	}
	return t.exec(ctx, `UPDATE alert SET sent = 1 WHERE seq = ?`, seq)
}

// forgetWeb removes how a report was fetched and what was told of it.
func (t *tx) forgetWeb(ctx context.Context, report string) error {
	for _, statement := range []string{
		`DELETE FROM capture WHERE report = ?`, `DELETE FROM alert WHERE report = ?`,
		`UPDATE seen SET hash = '', report = '', purged = 1 WHERE report = ?`,
	} {
		if err := t.exec(ctx, statement, report); err != nil {
			return err
		}
	}
	return nil
}
