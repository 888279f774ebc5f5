package base

import (
	"context"
	"fmt"
	"slices"
	"time"

	"corvee"
)

func (t *tx) PutActor(ctx context.Context, a corvee.Actor) error {
	if err := named("actor", a.ID); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO actor (id, name) VALUES (?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name`, a.ID, []byte(a.Name))
}

// Actors are ordered by id.
func (t *tx) Actors(ctx context.Context) ([]corvee.Actor, error) {
	return all(ctx, t, `SELECT id, name FROM actor ORDER BY id`, nil, func(scan scanner) (a corvee.Actor, err error) {
		var name []byte
		err = scan(&a.ID, &name)
		a.Name = string(name)
		return a, err
	})
}

func (t *tx) PutCollection(ctx context.Context, c corvee.Collection) error {
	if err := named("collection", c.ID); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO collection (id, name) VALUES (?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name`, c.ID, []byte(c.Name))
}

// Collections are ordered by id.
func (t *tx) Collections(ctx context.Context) ([]corvee.Collection, error) {
	return all(ctx, t, `SELECT id, name FROM collection ORDER BY id`, nil, func(scan scanner) (c corvee.Collection, err error) {
		var name []byte
		err = scan(&c.ID, &name)
		c.Name = string(name)
		return c, err
	})
}

func (t *tx) PutDecision(ctx context.Context, d corvee.Decision) error {
	if err := named("decision", d.ID, "actor", d.Actor); err != nil {
		return err
	}
	if !slices.Contains(judgements(), d.Judgement) {
		return fmt.Errorf("%w: judgement %q", corvee.ErrInvalid, d.Judgement)
	}
	at := d.At
	d.At = time.Time{}
	body, err := pack(d)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO decision (id, at_us, body) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET at_us = excluded.at_us, body = excluded.body`, d.ID, micros(at), body)
}

// Decisions are ordered by time, then id.
func (t *tx) Decisions(ctx context.Context) ([]corvee.Decision, error) {
	if err := whole(ctx, "decisions on hits"); err != nil {
		return nil, err
	}
	return all(ctx, t, `SELECT at_us, body FROM decision ORDER BY at_us, id`, nil,
		func(scan scanner) (d corvee.Decision, err error) {
			var at int64
			var body []byte
			if err := scan(&at, &body); err != nil {
				return d, err
			}
			err = unpack(body, &d)
			d.At = timeOf(at)
			return d, err
		})
}

func (t *tx) DeleteDecision(ctx context.Context, id string) error {
	if err := named("decision", id); err != nil {
		return err
	}
	n, err := t.count(ctx, `SELECT count(*) FROM decision WHERE id = ?`, id)
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("decision %s: %w", id, corvee.ErrNotFound)
	}
	return t.exec(ctx, `DELETE FROM decision WHERE id = ?`, id)
}

func (t *tx) PutSetting(ctx context.Context, name, value string) error {
	if err := named("setting", name); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO setting (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, []byte(value))
}

func (t *tx) Settings(ctx context.Context) (map[string]string, error) {
	found, err := all(ctx, t, `SELECT name, value FROM setting ORDER BY name`, nil, func(scan scanner) (s [2]string, err error) {
		var value []byte
		err = scan(&s[0], &value)
		s[1] = string(value)
		return s, err
	})
	out := make(map[string]string, len(found))
	for _, s := range found {
		out[s[0]] = s[1]
	}
	return out, err
}
