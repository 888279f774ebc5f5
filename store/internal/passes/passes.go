// Package passes keeps accounts, and the passes that let people in.
//
// What comes in: accounts and passes, in a transaction. What goes out: the same. Its one
// idea: only the hash of a secret is a column, so that a base which falls into other hands
// lets nobody in.
package passes

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corvee"
	"corvee/store"
	"corvee/store/internal/cell"
)

// DB is the little that a Keeper needs of a transaction.
type DB interface {
	Exec(ctx context.Context, query string, args ...any) error
	One(ctx context.Context, query string, args []any, into ...any) error
	Each(ctx context.Context, query string, args []any, row func(scan func(into ...any) error) error) error
}

// Keeper is store.Accounts within a transaction.
type Keeper struct{ DB }

var _ store.Accounts = Keeper{}

// exists returns corvee.ErrNotFound, naming what, unless a counting query finds the id.
func (k Keeper) exists(ctx context.Context, query, what, id string) error {
	var n int
	err := k.One(ctx, query, []any{id}, &n)
	if err == nil && n == 0 {
		err = fmt.Errorf("%w: %s %q", corvee.ErrNotFound, what, id)
	}
	return err
}

func (k Keeper) PutAccount(ctx context.Context, a store.Account) error {
	if err := cell.Named("account", a.ID); err != nil {
		return err
	}
	a.Made, a.Wait = atMicros(a.Made), atMicros(a.Wait)
	body, err := cell.Pack(a)
	if err != nil {
		return err
	}
	return k.Exec(ctx, `INSERT INTO account (id, body) VALUES (?, ?)
		ON CONFLICT (id) DO UPDATE SET body = excluded.body`, a.ID, body)
}

// atMicros cuts a time to what every base keeps.
func atMicros(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

func readAccount(scan func(...any) error) (a store.Account, err error) {
	var id string
	var body []byte
	if err := scan(&id, &body); err != nil {
		return a, err
	}
	err = cell.Unpack(body, &a)
	a.ID = id
	return a, err
}

func (k Keeper) Account(ctx context.Context, id string) (store.Account, error) {
	if err := cell.Named("account", id); err != nil {
		return store.Account{}, err
	}
	found, err := cell.All(ctx, k, `SELECT id, body FROM account WHERE id = ?`, []any{id}, readAccount)
	if err != nil {
		return store.Account{}, err
	}
	if len(found) == 0 {
		return store.Account{}, fmt.Errorf("%w: account %s", corvee.ErrNotFound, id)
	}
	return found[0], nil
}

func (k Keeper) Accounts(ctx context.Context) ([]store.Account, error) {
	return cell.All(ctx, k, `SELECT id, body FROM account ORDER BY id`, nil, readAccount)
}

func passKinds() []string { return []string{store.PassSetUp, store.PassSession, store.PassToken} }

// PutPass returns corvee.ErrNotFound for a pass of no account, and corvee.ErrConflict for a
// secret that another pass has.
func (k Keeper) PutPass(ctx context.Context, p store.Pass) error {
	if err := errors.Join(cell.Named("pass", p.ID, "account", p.Account, "hash", p.Hash)); err != nil {
		return err
	}
	if !slices.Contains(passKinds(), p.Kind) {
		return fmt.Errorf("%w: a pass of kind %q", corvee.ErrInvalid, p.Kind)
	}
	if err := k.exists(ctx, `SELECT count(*) FROM account WHERE id = ?`, "account", p.Account); err != nil {
		return err
	}
	p.Until, p.Used = atMicros(p.Until), atMicros(p.Used)
	body, err := cell.Pack(p)
	if err != nil {
		return err
	}
	return k.Exec(ctx, `INSERT INTO pass (id, account, kind, hash, made_us, body) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET account = excluded.account, kind = excluded.kind, hash = excluded.hash,
			made_us = excluded.made_us, body = excluded.body`, p.ID, p.Account, p.Kind, p.Hash, p.Made.UnixMicro(), body)
}

const passColumns = `SELECT id, account, kind, hash, made_us, body FROM pass`

func readPass(scan func(...any) error) (p store.Pass, err error) {
	var row store.Pass
	var made int64
	var body []byte
	if err := scan(&row.ID, &row.Account, &row.Kind, &row.Hash, &made, &body); err != nil {
		return p, err
	}
	err = cell.Unpack(body, &p)
	p.ID, p.Account, p.Kind, p.Hash, p.Made = row.ID, row.Account, row.Kind, row.Hash, time.UnixMicro(made).UTC()
	return p, err
}

// PassOf says of a secret that lets nobody in only that it is not found.
func (k Keeper) PassOf(ctx context.Context, hash string) (store.Pass, error) {
	if err := cell.Named("hash", hash); err != nil {
		return store.Pass{}, err
	}
	found, err := cell.All(ctx, k, passColumns+` WHERE hash = ?`, []any{hash}, readPass)
	if err != nil {
		return store.Pass{}, err
	}
	if len(found) == 0 {
		return store.Pass{}, fmt.Errorf("pass: %w", corvee.ErrNotFound)
	}
	return found[0], nil
}

func (k Keeper) Passes(ctx context.Context, account string) ([]store.Pass, error) {
	query, args := passColumns, []any(nil)
	if account != "" {
		query, args = query+` WHERE account = ?`, []any{account}
	}
	return cell.All(ctx, k, query+` ORDER BY made_us, id`, args, readPass)
}

func (k Keeper) DeletePass(ctx context.Context, id string) error {
	if err := cell.Named("pass", id); err != nil {
		return err
	}
	if err := k.exists(ctx, `SELECT count(*) FROM pass WHERE id = ?`, "pass", id); err != nil {
		return err
	}
	return k.Exec(ctx, `DELETE FROM pass WHERE id = ?`, id)
}

func (k Keeper) DeletePasses(ctx context.Context, account, kind string) (int, error) {
	if err := cell.Ident("account", account, "kind", kind); err != nil {
		return 0, err
	}
	const which = ` FROM pass WHERE (account = ? OR ? = '') AND (kind = ? OR ? = '')`
	args := []any{account, account, kind, kind}
	var n int
	err := k.One(ctx, `SELECT count(*)`+which, args, &n)
	if err != nil || n == 0 {
		return 0, err
	}
	return n, k.Exec(ctx, `DELETE`+which, args...)
}
