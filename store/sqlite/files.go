package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"corvee"
)

var errForeign = fmt.Errorf("%w: it is a database of another program, not a base of Corvee", corvee.ErrInvalid)

// prepare makes the file, for the owner's eyes only, or checks the one that is there. SQLite
// gives the log beside it the same mode.
func prepare(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("store: base %s: %w: it is not a plain file; name a file", path, corvee.ErrInvalid)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return explainFile(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("store: base %s: %w", path, err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		if err := f.Chmod(0o600); err != nil {
			return fmt.Errorf("store: base %s can be read by others, and that cannot be changed: %w", path, err)
		}
	}
	return checkHeader(path, f, info.Size())
}

func checkHeader(path string, f io.Reader, size int64) error {
	magic := []byte("SQLite format 3\x00")
	head := make([]byte, len(magic))
	if size == 0 {
		return nil
	}
	if _, err := io.ReadFull(f, head); err != nil || !bytes.Equal(head, magic) {
		return fmt.Errorf("store: base %s: %w: it is not a base of Corvee; name another file with --base", path, corvee.ErrInvalid)
	}
	return nil
}

func explainFile(path string, err error) error {
	dir := filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("store: base %s: the folder %s is not there; make it or name another with --base: %w", path, dir, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("store: base %s cannot be written; give yourself the right to write it and its folder %s, or name another with --base: %w", path, dir, err)
	}
	return fmt.Errorf("store: base %s: %w", path, err)
}

// about names the file and the remedy for what went wrong with it.
func about(path string, err error) error {
	err = explain(err)
	switch {
	case errors.Is(err, errForeign):
		return fmt.Errorf("store: base %s: %w; name another file with --base", path, err)
	case errors.Is(err, corvee.ErrInconsistent):
		return fmt.Errorf("store: base %s is damaged; keep a copy of it and restore a backup: %w", path, err)
	case code(err)&0xff == lib.SQLITE_READONLY, code(err)&0xff == lib.SQLITE_CANTOPEN:
		return fmt.Errorf("store: base %s cannot be written; its folder %s must be writable too, for the log beside it: %w",
			path, filepath.Dir(path), err)
	case busy(err):
		return fmt.Errorf("store: base %s is being written by another process; try again when it is done: %w", path, err)
	}
	return fmt.Errorf("store: base %s: %w", path, err)
}

// code returns SQLite's extended result code, 0 for an error of another kind.
func code(err error) int {
	var e *driver.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func busy(err error) bool {
	return code(err)&0xff == lib.SQLITE_BUSY || code(err)&0xff == lib.SQLITE_LOCKED
}

func explain(err error) error {
	switch code(err) {
	case lib.SQLITE_CONSTRAINT_TRIGGER:
		if bytes.Contains([]byte(err.Error()), []byte("corvee: ungrounded")) {
			return fmt.Errorf("%w: refused by the database: %w", corvee.ErrUngrounded, err)
		}
		return fmt.Errorf("%w: what is in the log or a text never changes: %w", corvee.ErrInvalid, err)
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fmt.Errorf("%w: %w", corvee.ErrConflict, err)
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fmt.Errorf("%w: what it belongs to: %w", corvee.ErrNotFound, err)
	}
	switch code(err) & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", corvee.ErrInconsistent, err)
	case lib.SQLITE_FULL:
		return fmt.Errorf("the disk is full; make room and try again, nothing was half-written: %w", err)
	}
	return err
}

// erase rewrites the whole file without what was deleted and empties the log. secure_delete
// has overwritten deleted rows already; VACUUM takes the copies that moving rows between
// pages can leave behind. What stays is out of reach of a database: blocks that the file
// system or the disk itself has moved.
func erase(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, `VACUUM`); err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return emptyLog(ctx, conn)
}

// emptyLog waits two seconds for readers of an older state, and can be cancelled meanwhile;
// SQLite's own waiting could not.
func emptyLog(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 0`); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(`PRAGMA busy_timeout = %d`, patience.Milliseconds()))
	for range 20 {
		var blocked, pages, moved int
		err := conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&blocked, &pages, &moved)
		if err == nil && blocked == 0 {
			return nil
		}
		if err != nil && !busy(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("%w: the log could not be emptied while others read the base; try again when they are done", corvee.ErrConflict)
}

// snapshots is how the private folder of a snapshot begins; it stands beside the base.
const snapshots = ".corvee-snapshot-"

// Snapshot copies the base at path, as it stands at one moment, and gives the copy to use;
// then it is gone. Readers and the writer of the base go on meanwhile. A copy that a killed
// process left behind is removed first.
func Snapshot(ctx context.Context, path string, use func(copied io.Reader, size int64) error) error {
	if err := sweepSnapshots(path); err != nil {
		return err
	}
	room, err := os.MkdirTemp(filepath.Dir(path), snapshots)
	if err != nil {
		return explainFile(path, err)
	}
	defer os.RemoveAll(room)
	to := filepath.Join(room, "base.sqlite")
	if err := vacuumInto(ctx, path, to); err != nil {
		return fmt.Errorf("store: snapshot of %s: %w", path, err)
	}
	f, err := os.Open(to)
	if err != nil {
		return fmt.Errorf("store: snapshot: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("store: snapshot: %w", err)
	}
	return use(f, info.Size())
}

func vacuumInto(ctx context.Context, path, to string) error {
	db, err := connect(path, "_pragma=query_only(0)", 1)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return err
}

// sweepSnapshots removes copies of the base that a killed process left: a purge must not
// leave in them what it took out of the base.
func sweepSnapshots(path string) error {
	folder := filepath.Dir(path)
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), snapshots) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(folder, e.Name())))
		}
	}
	if err != nil {
		return fmt.Errorf("store: an old snapshot beside %s cannot be removed; remove it: %w", path, err)
	}
	return nil
}
