// Package base is the one implementation of the port in SQL that SQLite and PostgreSQL
// share.
//
// What comes in: two handles of database/sql and a [Dialect], which says the few things in
// which the databases differ. What goes out: a store.Store. Its one idea: every statement
// is written once, with "?" for parameters and in the SQL that both understand, so that
// one conformance suite can hold the two equal.
package base

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"corvee"
	"corvee/store"
	"corvee/store/internal/passes"
	"corvee/store/internal/rates"
)

// Dialect is what one database does its own way.
type Dialect struct {
	// Name says which database this is, with its version.
	Name string
	// Numbered parameters are written $1, $2 …; otherwise ?.
	Numbered bool
	// Write and Read are the options of the two kinds of transaction.
	Write, Read *sql.TxOptions
	// Lock is run first in each writing transaction, before its snapshot is taken, so
	// that there is one writer at a time; "" where the database does so by itself.
	Lock string
	// Retry reports whether the same work may succeed if it is run again.
	Retry func(error) bool
	// Explain wraps an error of the driver in the sentinel that it means.
	Explain func(error) error
	// Erase makes deleted rows unreadable in the raw files.
	Erase func(ctx context.Context, writer *sql.DB) error
}

// Base is a base in SQL.
type Base struct {
	writer, reader *sql.DB
	dialect        Dialect
}

var _ store.Store = (*Base)(nil)

// New returns the Base over two handles onto the same database; they may be one. Close
// closes them.
func New(writer, reader *sql.DB, d Dialect) *Base { return &Base{writer, reader, d} }

// Name says which database this is.
func (b *Base) Name() string { return b.dialect.Name }

// Erase makes deleted rows unreadable in the raw files, as far as the database can.
func (b *Base) Erase(ctx context.Context) error {
	if err := b.dialect.Erase(ctx, b.writer); err != nil {
		return fmt.Errorf("store: erase: %w", b.dialect.Explain(err))
	}
	return nil
}

// Close closes the connections.
func (b *Base) Close() error { return errors.Join(b.reader.Close(), b.writer.Close()) }

// View runs read-only work on one consistent state.
func (b *Base) View(ctx context.Context, work func(store.Tx) error) error {
	return b.attempt(ctx, b.reader, b.dialect.Read, "", work)
}

// maxTries bounds how often work is run again. One writer at a time leaves few reasons
// (a deadlock with VACUUM, another program's lock), so a few tries are many.
const maxTries = 6

// Update runs work that writes, again after a failure that another try may not meet.
func (b *Base) Update(ctx context.Context, work func(store.Tx) error) error {
	for try := 1; ; try++ {
		err := b.attempt(ctx, b.writer, b.dialect.Write, b.dialect.Lock, work)
		if err == nil || try == maxTries || !b.dialect.Retry(err) {
			return err
		}
		if waited := pause(ctx, time.Duration(try*try)*10*time.Millisecond); waited != nil {
			return errors.Join(err, waited)
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (b *Base) attempt(ctx context.Context, db *sql.DB, opts *sql.TxOptions, lock string, work func(store.Tx) error) error {
	raw, err := db.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("store: begin: %w", b.dialect.Explain(err))
	}
	defer raw.Rollback() // after Commit it does nothing; after a panic it is all that runs
	t := &tx{sql: raw, dialect: b.dialect}
	t.Keeper, t.Book = passes.Keeper{DB: t}, rates.Book{DB: t}
	if lock != "" {
		if err := t.exec(ctx, lock); err != nil {
			return err
		}
	}
	if err := work(t); err != nil {
		return t.withCause(err)
	}
	if t.broken != nil { // work swallowed a failed write: nothing of it may stay
		return t.broken
	}
	if err := raw.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", b.dialect.Explain(err))
	}
	return nil
}

// withCause adds the failure of the database that err hides, so that Update can tell
// whether to try again even if work wrapped it away.
func (t *tx) withCause(err error) error {
	if t.broken == nil || errors.Is(err, t.broken) {
		return err
	}
	return errors.Join(err, t.broken)
}

// Sweep re-checks every stored quote, report by report, and returns the ids of the claims
// whose quotes or mentions are not what their text says, in order of report.
func (b *Base) Sweep(ctx context.Context) ([]string, error) {
	var loose []string
	err := b.View(ctx, func(port store.Tx) error {
		t := port.(*tx)
		texts, err := t.keys(ctx, `SELECT n FROM report_text ORDER BY n`)
		if err != nil {
			return err
		}
		for _, n := range texts {
			found, err := t.sweepText(ctx, n)
			if err != nil {
				return err
			}
			loose = append(loose, found...)
		}
		return nil
	})
	return loose, err
}

// sweepText takes a text whose own hash does not hold to ground nothing at all.
func (t *tx) sweepText(ctx context.Context, n int64) ([]string, error) {
	claims, err := t.claimsOn(ctx, n)
	if err != nil || len(claims) == 0 {
		return nil, err
	}
	text, err := t.loadText(ctx, n)
	if err != nil && !errors.Is(err, corvee.ErrInvalid) && !errors.Is(err, corvee.ErrInconsistent) {
		return nil, err
	}
	var loose []string
	for _, c := range claims {
		if err != nil || grounded(text, c) != nil {
			loose = append(loose, c.ID)
		}
	}
	return loose, nil
}
