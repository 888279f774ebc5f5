package base

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"corvee"
	"corvee/store"
	"corvee/store/internal/cell"
	"corvee/store/internal/passes"
	"corvee/store/internal/rates"
)

// tx is one transaction. A statement that the database refused breaks it for good, as
// PostgreSQL does by itself: both databases then keep nothing.
type tx struct {
	passes.Keeper
	rates.Book
	sql     *sql.Tx
	dialect Dialect
	broken  error
}

var _ store.Tx = (*tx)(nil)

func (t *tx) fail(err error) error {
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		return err
	}
	err = t.dialect.Explain(err)
	if t.broken == nil {
		t.broken = err
	}
	return err
}

func (t *tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := t.sql.ExecContext(ctx, t.dialect.bind(query), args...)
	return t.fail(err)
}

// one scans the only row of a query; corvee.ErrNotFound without one.
func (t *tx) one(ctx context.Context, query string, args []any, into ...any) error {
	err := t.fail(t.sql.QueryRowContext(ctx, t.dialect.bind(query), args...).Scan(into...))
	if errors.Is(err, sql.ErrNoRows) {
		return corvee.ErrNotFound
	}
	return err
}

// scanner reads one row.
type scanner func(into ...any) error

// all reads every row before it returns, so that the caller may ask again meanwhile:
// PostgreSQL's connection answers one question at a time.
func all[T any](ctx context.Context, t *tx, query string, args []any, read func(scanner) (T, error)) ([]T, error) {
	rows, err := t.sql.QueryContext(ctx, t.dialect.bind(query), args...)
	if err != nil {
		return nil, t.fail(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := read(rows.Scan)
		if err != nil {
			return nil, t.fail(err)
		}
		out = append(out, v)
	}
	return out, t.fail(rows.Err())
}

func (t *tx) keys(ctx context.Context, query string, args ...any) ([]int64, error) {
	return all(ctx, t, query, args, func(scan scanner) (n int64, err error) { return n, scan(&n) })
}

func (t *tx) words(ctx context.Context, query string, args ...any) ([]string, error) {
	return all(ctx, t, query, args, func(scan scanner) (s string, err error) { return s, scan(&s) })
}

func (t *tx) count(ctx context.Context, query string, args ...any) (n int, err error) {
	return n, t.one(ctx, query, args, &n)
}

// rowsPerInsert keeps a statement under SQLite's 32,766 parameters for rows of up to 60
// columns, and one text of it in the drivers' caches of prepared statements.
const rowsPerInsert = 500

// insert adds rows in batches. head is everything up to VALUES.
func (t *tx) insert(ctx context.Context, head string, rows [][]any) error {
	for len(rows) > 0 {
		batch := rows[:min(len(rows), rowsPerInsert)]
		if err := t.exec(ctx, head+values(batch), flat(batch)...); err != nil {
			return err
		}
		rows = rows[len(batch):]
	}
	return nil
}

func values(rows [][]any) string {
	one := "(?" + strings.Repeat(",?", len(rows[0])-1) + ")"
	return " VALUES " + one + strings.Repeat(","+one, len(rows)-1)
}

func flat(rows [][]any) []any {
	args := make([]any, 0, len(rows)*len(rows[0]))
	for _, r := range rows {
		args = append(args, r...)
	}
	return args
}

// bind writes the parameters as the database wants them. No statement of ours holds a
// question mark in a literal.
func (d Dialect) bind(query string) string {
	if !d.Numbered {
		return query
	}
	var b strings.Builder
	b.Grow(len(query) + 64)
	n := 0
	for i := range len(query) {
		if query[i] != '?' {
			b.WriteByte(query[i])
			continue
		}
		n++
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// What goes into a column is made and checked in package cell.
func ident(pairs ...string) error       { return cell.Ident(pairs...) }
func named(pairs ...string) error       { return cell.Named(pairs...) }
func pack(v any) ([]byte, error)        { return cell.Pack(v) }
func unpack(raw []byte, into any) error { return cell.Unpack(raw, into) }

// blob keeps an empty value apart from NULL.
func blob(s []byte) []byte {
	if s == nil {
		return []byte{}
	}
	return s
}

func micros(at time.Time) int64 { return at.UnixMicro() }

func timeOf(us int64) time.Time { return time.UnixMicro(us).UTC() }

// page returns the clause for a limit and an offset; zero values do not limit.
func page(limit, offset int) (string, []any) {
	const everything = int64(1) << 62 // SQLite knows no OFFSET without LIMIT
	switch {
	case limit > 0:
		return " LIMIT ? OFFSET ?", []any{limit, offset}
	case offset > 0:
		return " LIMIT ? OFFSET ?", []any{everything, offset}
	}
	return "", nil
}

// beginning returns the half-open range of the keys that begin with a prefix. U+10FFFF
// in UTF-8 sorts after every byte that a key may go on with.
func beginning(prefix string) (from, until string) { return prefix, prefix + "\U0010FFFF" }
