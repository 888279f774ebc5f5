package base

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/store"
	"corvee/store/internal/lift"
)

func inputStates() []corvee.InputState {
	return []corvee.InputState{corvee.InputDone, corvee.InputDuplicate, corvee.InputRejected, corvee.InputFailed}
}

func (t *tx) PutInput(ctx context.Context, in corvee.Input) error {
	if err := errors.Join(named("input", in.ID), ident("report", in.Report)); err != nil {
		return err
	}
	if !slices.Contains(inputStates(), in.State) {
		return fmt.Errorf("%w: state %q of input %s", corvee.ErrInvalid, in.State, in.ID)
	}
	body, origin, err := packInput(in)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO input (id, report, state, origin, at_us, body) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET report = excluded.report, state = excluded.state,
			origin = excluded.origin, at_us = excluded.at_us, body = excluded.body`,
		in.ID, in.Report, string(in.State), origin, micros(in.At), body)
}

// packInput keeps the origin apart: a path need not be UTF-8, and JSON would change it.
func packInput(in corvee.Input) (body, origin []byte, err error) {
	origin, in.Origin = []byte(in.Origin), ""
	body, err = pack(in)
	return body, origin, err
}

const inputColumns = `SELECT origin, at_us, body FROM input`

func readInput(scan scanner) (in corvee.Input, err error) {
	var at int64
	var origin, body []byte
	if err := scan(&origin, &at, &body); err != nil {
		return in, err
	}
	err = unpack(body, &in)
	in.Origin, in.At = string(origin), timeOf(at)
	return in, err
}

func (t *tx) Inputs(ctx context.Context, states ...corvee.InputState) ([]corvee.Input, error) {
	scope, args := broughtWithin(ctx)
	query := inputColumns + ` WHERE 1 = 1` + scope
	if len(states) > 0 {
		query += ` AND state IN (?` + strings.Repeat(",?", len(states)-1) + `)`
		for _, s := range states {
			args = append(args, string(s))
		}
	}
	return all(ctx, t, query+` ORDER BY n`, args, readInput)
}

func (t *tx) Input(ctx context.Context, id string) (corvee.Input, error) {
	if err := named("input", id); err != nil {
		return corvee.Input{}, err
	}
	scope, mine := broughtWithin(ctx)
	found, err := all(ctx, t, inputColumns+` WHERE id = ?`+scope, append([]any{id}, mine...), readInput)
	if err != nil {
		return corvee.Input{}, err
	}
	return only(found, "input", id)
}

// DeleteReport removes a report and all that came of it. The rows of its inputs stay, so
// that totals reconcile, but say only that they were purged: where a file came from and
// an id made of its bytes could both tell what it was.
func (t *tx) DeleteReport(ctx context.Context, id string, tomb store.Tombstone, parties ...store.Party) error {
	report, _, err := t.reportKeys(ctx, id)
	if err != nil {
		return err
	}
	if err := t.bury(ctx, id, tomb); err != nil {
		return err
	}
	if err := lift.Withdraw(ctx, t, id, parties); err != nil {
		return err
	}
	return t.remove(ctx, report, id, mark{purgedInput + tomb.ID, "", "purged"})
}

// mark is what stays of an input whose report is gone.
type mark struct{ prefix, origin, reason string }

// remove removes a report by its number and id, with all that came of it.
func (t *tx) remove(ctx context.Context, report int64, id string, left mark) error {
	if err := t.exec(ctx, `DELETE FROM payload WHERE report = ? OR report IN (SELECT id FROM input WHERE report = ?)`, id, id); err != nil {
		return err
	}
	if err := t.forgetInputs(ctx, id, left); err != nil {
		return err
	}
	if err := t.forgetWeb(ctx, id); err != nil {
		return err
	}
	for _, table := range []string{"report_subject", "claim", "verdict", "report_text"} {
		if err := t.exec(ctx, `DELETE FROM `+table+` WHERE report = ?`, report); err != nil {
			return err
		}
	}
	return t.exec(ctx, `DELETE FROM report WHERE n = ?`, report)
}

func (t *tx) bury(ctx context.Context, report string, tomb store.Tombstone) error {
	if err := named("tombstone", tomb.ID, "actor", tomb.Actor); err != nil {
		return err
	}
	digits := strings.TrimPrefix(report, idPrefix)
	if strings.Contains(tomb.ID+" "+tomb.Actor+" "+tomb.Reason, digits) {
		return fmt.Errorf("%w: a tombstone must not name the hash of what was purged", corvee.ErrInvalid)
	}
	n, err := t.count(ctx, `SELECT count(*) FROM tombstone WHERE id = ?`, tomb.ID)
	if err != nil {
		return err
	}
	if n > 0 {
		return fmt.Errorf("%w: tombstone %s is already there", corvee.ErrConflict, tomb.ID)
	}
	return t.exec(ctx, `INSERT INTO tombstone (id, at_us, actor, reason) VALUES (?, ?, ?, ?)`,
		tomb.ID, tomb.At, tomb.Actor, []byte(tomb.Reason))
}

func (t *tx) forgetInputs(ctx context.Context, report string, left mark) error {
	ids, err := t.words(ctx, `SELECT id FROM input WHERE report = ? ORDER BY n`, report)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if err := t.forgetInput(ctx, id, left, i); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) forgetInput(ctx context.Context, id string, m mark, i int) error {
	in, err := t.Input(ctx, id)
	if err != nil {
		return err
	}
	left := corvee.Input{
		ID: fmt.Sprintf("%s:%d", m.prefix, i+1), Collection: in.Collection, State: in.State, Origin: m.origin, Reason: m.reason,
	}
	body, origin, err := packInput(left)
	if err != nil {
		return err
	}
	return t.exec(ctx, `UPDATE input SET id = ?, report = '', origin = ?, body = ? WHERE id = ?`, left.ID, origin, body, id)
}

func (t *tx) Tombstones(ctx context.Context) ([]store.Tombstone, error) {
	return all(ctx, t, `SELECT id, at_us, actor, reason FROM tombstone ORDER BY at_us, id`, nil,
		func(scan scanner) (tomb store.Tombstone, err error) {
			var reason []byte
			err = scan(&tomb.ID, &tomb.At, &tomb.Actor, &reason)
			tomb.Reason = string(reason)
			return tomb, err
		})
}
