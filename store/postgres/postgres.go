// Package postgres is the base of a team: one PostgreSQL database, any number of processes.
//
// What comes in: the URL of an empty database, or of one that is a base already. What goes
// out: a store.Store. Its one idea: the same statements as on SQLite, and the same
// discipline: one writer at a time, who locks before the snapshot is taken, so that no
// reader waits and no two writers can fork the chain of events or judge past each other.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"corvee"
	"corvee/store"
	"corvee/store/internal/base"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Open opens the base in the database at url (postgres://user:password@host/name) and
// makes its tables if the database is empty. It returns corvee.ErrUnsupported for an
// encoding or a locale in which Corvee cannot search, and for a base of a later version;
// corvee.ErrInvalid for a database of another program. No error holds the password.
func Open(ctx context.Context, url string) (store.Store, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("store: PostgreSQL: %w: the address is not postgres://user:password@host:port/database: %v", corvee.ErrInvalid, err)
	}
	writer, reader := connect(config, writers), connect(config, readers)
	name, err := settle(ctx, writer)
	if err != nil {
		return nil, about(config, errors.Join(explain(err), writer.Close(), reader.Close()))
	}
	return base.New(writer, reader, dialect(name, config)), nil
}

// A process's share of the server's connections, of which there are 100 by default. They
// are two pools: many views that each wait for a write could else hold all of one.
const (
	writers = 4
	readers = 8
)

// connect opens a pool. A client that stops in the middle of a write would hold the one
// writer's lock: the server ends it after ten minutes, more than any one write takes.
func connect(config *pgx.ConnConfig, most int) *sql.DB {
	config.RuntimeParams["application_name"] = "corvee"
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "600000" // milliseconds
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	return db
}

// settle checks the database and brings its schema up to date, one process at a time.
func settle(ctx context.Context, db *sql.DB) (name string, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if err := checkLocale(ctx, conn); err != nil {
		return "", err
	}
	const key = 0x436f7276 // "Corv"
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, key); err != nil {
		return "", err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, key)
	if err := checkOwner(ctx, conn); err != nil {
		return "", err
	}
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return "", err
	}
	if err := base.Migrate(ctx, db, goose.DialectPostgres, sub); err != nil {
		return "", err
	}
	err = conn.QueryRowContext(ctx, `SELECT split_part(current_setting('server_version'), ' ', 1)`).Scan(&name)
	return "PostgreSQL " + name, err
}

// checkLocale asks the server itself whether it takes Hangul, Hanzi and Hanzi outside the
// basic plane for letters. In a plain C locale it does not, and a search would find
// nothing and say nothing.
func checkLocale(ctx context.Context, conn *sql.Conn) error {
	var encoding, locale string
	err := conn.QueryRowContext(ctx, `SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()`).
		Scan(&encoding, &locale)
	if err != nil {
		return err
	}
	letters := false
	if encoding == "UTF8" {
		if err := conn.QueryRowContext(ctx, `SELECT '김吉𠮷' ~ '^\w\w\w$'`).Scan(&letters); err != nil {
			return err
		}
	}
	if !letters {
		return fmt.Errorf("%w: the database has encoding %s and locale %s, in which Hangul and Hanzi are not found; "+
			"make it anew: createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 NAME", corvee.ErrUnsupported, encoding, locale)
	}
	return nil
}

// checkOwner keeps Corvee out of another program's database.
func checkOwner(ctx context.Context, conn *sql.Conn) error {
	var ours bool
	var tables int
	err := conn.QueryRowContext(ctx, `SELECT to_regclass($1) IS NOT NULL,
		(SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p'))`,
		base.VersionTable).Scan(&ours, &tables)
	if err == nil && !ours && tables > 0 {
		err = fmt.Errorf("%w: it holds the tables of another program; make an empty database for Corvee", corvee.ErrInvalid)
	}
	return err
}

// lockWriter makes others that would write wait until the transaction ends.
const lockWriter = `LOCK TABLE writer IN EXCLUSIVE MODE`

func dialect(name string, config *pgx.ConnConfig) base.Dialect {
	return base.Dialect{
		Name:     name,
		Numbered: true,
		Write:    &sql.TxOptions{Isolation: sql.LevelRepeatableRead},
		Read:     &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		// LOCK is no query and takes no snapshot: the one that follows sees all that the
		// writer before has committed. An advisory lock would freeze the snapshot first.
		Lock:    lockWriter,
		Retry:   again,
		Explain: explain,
		Erase:   func(ctx context.Context, writer *sql.DB) error { return erase(ctx, writer, config) },
	}
}
