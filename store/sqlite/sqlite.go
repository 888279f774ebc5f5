// Package sqlite is the base in one file, for one machine.
//
// What comes in: the path of a file, there or not yet. What goes out: a store.Store. Its
// one idea: a single writing connection and a pool of reading ones on a write-ahead log,
// so that readers never wait and a commit, once acknowledged, survives kill -9 and the
// loss of power.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"runtime"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"corvee"
	"corvee/store"
	"corvee/store/internal/base"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks the file as a base of Corvee in its header: "Corv".
const applicationID = 0x436f7276

// Open opens the base in the file at path and makes it if it is not there; its folder must
// be. It returns corvee.ErrInvalid for a file that is no base of Corvee, corvee.ErrUnsupported
// for one of a later version, corvee.ErrInconsistent for a damaged one, and an error that
// names the remedy for a folder that cannot be written.
func Open(ctx context.Context, path string) (store.Store, error) {
	if err := prepare(path); err != nil {
		return nil, err
	}
	if err := settle(ctx, path); err != nil {
		return nil, about(path, err)
	}
	writer, err := connect(path, "_txlock=immediate", 1)
	if err != nil {
		return nil, about(path, err)
	}
	reader, err := connect(path, "_pragma=query_only(1)", max(4, runtime.NumCPU()))
	if err != nil {
		return nil, about(path, errors.Join(err, writer.Close()))
	}
	d, err := dialect(ctx, reader)
	d.Erase = func(ctx context.Context, db *sql.DB) error { return errors.Join(sweepSnapshots(path), erase(ctx, db)) }
	b := base.New(writer, reader, d)
	if err != nil {
		return nil, about(path, errors.Join(err, b.Close()))
	}
	return b, nil
}

// patience is how long a write waits for another process's write.
const patience = 10 * time.Second

// connect opens a pool. synchronous(FULL) makes each commit reach the disk;
// secure_delete overwrites what is deleted; a schema that somebody tampered with may not
// run more than plain functions; temporary tables stay in memory, off the disk.
func connect(path, extra string, most int) (*sql.DB, error) {
	pragmas := fmt.Sprintf("_pragma=busy_timeout(%d)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)"+
		"&_pragma=trusted_schema(0)&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)&_pragma=cell_size_check(1)",
		patience.Milliseconds())
	name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas + "&" + extra}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	return db, nil
}

// settle marks a new file as a base, turns the log on and brings the schema up to date.
// Nothing is written before the file is known to be ours.
func settle(ctx context.Context, path string) error {
	db, err := connect(path, "_txlock=immediate", 2) // goose holds one and asks on another
	if err != nil {
		return err
	}
	defer db.Close()
	if err := claimFile(ctx, db); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `PRAGMA journal_mode = WAL`); err != nil {
		return err
	}
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	// A second process that opens the new base at the same moment may win a migration
	// from under this one; the next look finds it done.
	for try := 1; ; try++ {
		err := base.Migrate(ctx, db, goose.DialectSQLite3, sub)
		if err == nil || try == 3 || errors.Is(err, corvee.ErrUnsupported) || ctx.Err() != nil {
			return err
		}
		if damage := damaged(ctx, db); damage != nil {
			return errors.Join(damage, err)
		}
	}
}

// damaged asks SQLite to look over the whole file: too slow for each start, but right when
// something is wrong already.
func damaged(ctx context.Context, db *sql.DB) error {
	var first string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&first); err != nil {
		return explain(err)
	}
	if first != "ok" {
		return fmt.Errorf("%w: %s", corvee.ErrInconsistent, first)
	}
	return nil
}

func claimFile(ctx context.Context, db *sql.DB) error {
	var id, tables int64
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master`).Scan(&tables); err != nil {
		return err
	}
	switch {
	case id == applicationID:
		return nil
	case id != 0 || tables != 0:
		return errForeign
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID))
	return err
}

func dialect(ctx context.Context, db *sql.DB) (base.Dialect, error) {
	var version string
	err := db.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version)
	return base.Dialect{
		Name:    "SQLite " + version,
		Read:    &sql.TxOptions{ReadOnly: true},
		Retry:   busy,
		Explain: explain,
	}, err
}
