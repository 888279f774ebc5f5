package base

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corvee"
	"corvee/store"
)

// AddPartyJudgement appends a judgement on two parties.
func (t *tx) AddPartyJudgement(ctx context.Context, j store.PartyJudgement) (store.PartyJudgement, error) {
	if err := named("judgement", j.ID, "left party", j.Left.ID, "right party", j.Right.ID, "actor", j.Actor); err != nil {
		return j, err
	}
	switch {
	case j.Left.ID == j.Right.ID:
		return j, fmt.Errorf("%w: a party is judged against another, not against itself", corvee.ErrInvalid)
	case !slices.Contains(judgements(), j.Judgement):
		return j, fmt.Errorf("%w: judgement %q", corvee.ErrInvalid, j.Judgement)
	}
	if err := t.exists(ctx, `SELECT count(*) FROM actor WHERE id = ?`, "actor", j.Actor); err != nil {
		return j, err
	}
	n, err := t.count(ctx, `SELECT count(*) FROM party_judgement WHERE id = ?`, j.ID)
	if err != nil || n > 0 {
		return j, errors.Join(err, conflictIf(n > 0, "judgement "+j.ID+" is already there"))
	}
	j.At, j.Undone = j.At.UTC().Truncate(time.Microsecond), false
	body, err := packPartyJudgement(j)
	if err != nil {
		return j, err
	}
	err = t.one(ctx, `INSERT INTO party_judgement (id, actor, at_us, undone, body) VALUES (?, ?, ?, 0, ?) RETURNING seq`,
		[]any{j.ID, j.Actor, micros(j.At), body}, &j.Seq)
	return j, err
}

func conflictIf(is bool, what string) error {
	if !is {
		return nil
	}
	return fmt.Errorf("%w: %s", corvee.ErrConflict, what)
}

// packPartyJudgement leaves out what has a column of its own.
func packPartyJudgement(j store.PartyJudgement) ([]byte, error) {
	j.ID, j.Seq, j.Actor, j.At, j.Undone = "", 0, "", time.Time{}, false
	return pack(j)
}

const partyJudgements = `SELECT seq, id, actor, at_us, undone, body FROM party_judgement`

func readPartyJudgement(scan scanner) (j store.PartyJudgement, err error) {
	var seq, at, undone int64
	var id, actor string
	var body []byte
	if err = scan(&seq, &id, &actor, &at, &undone, &body); err != nil {
		return j, err
	}
	err = unpack(body, &j)
	j.Seq, j.ID, j.Actor, j.At, j.Undone = seq, id, actor, timeOf(at), undone != 0
	return j, err
}

func (t *tx) PartyJudgements(ctx context.Context) ([]store.PartyJudgement, error) {
	found, err := all(ctx, t, partyJudgements+` ORDER BY seq`, nil, readPartyJudgement)
	if _, limited := store.Scope(ctx); !limited || err != nil {
		return found, err
	}
	// Of a judgement both names must be seen in a report: it would tell of the other one.
	seen, err := t.Subjects(ctx, store.AboutParty)
	named := map[string]bool{}
	for _, s := range seen {
		named[s.Name], named[s.Key] = true, true
	}
	return slices.DeleteFunc(found, func(j store.PartyJudgement) bool { return !named[j.Left.Name] || !named[j.Right.Name] }), err
}

func (t *tx) UndoPartyJudgement(ctx context.Context, id string) (store.PartyJudgement, error) {
	if err := named("judgement", id); err != nil {
		return store.PartyJudgement{}, err
	}
	found, err := all(ctx, t, partyJudgements+` WHERE id = ? AND undone = 0`, []any{id}, readPartyJudgement)
	if err != nil {
		return store.PartyJudgement{}, err
	}
	j, err := only(found, "standing judgement", id)
	if err != nil {
		return j, err
	}
	j.Undone = true
	return j, t.exec(ctx, `UPDATE party_judgement SET undone = 1 WHERE seq = ?`, j.Seq)
}

func (t *tx) DropPartyJudgement(ctx context.Context, id string) error {
	if err := named("judgement", id); err != nil {
		return err
	}
	if err := t.exists(ctx, `SELECT count(*) FROM party_judgement WHERE id = ?`, "judgement", id); err != nil {
		return err
	}
	if err := t.exec(ctx, `DELETE FROM payload WHERE report = ?`, id); err != nil {
		return err
	}
	return t.exec(ctx, `DELETE FROM party_judgement WHERE id = ?`, id)
}
