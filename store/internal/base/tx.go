package base

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"corvee"
	"corvee/store"
)

// tx is one transaction. A statement that the database refused breaks it for good, as
// PostgreSQL does by itself: both databases then keep nothing.
type tx struct {
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

// maxIdent bounds what may be a key, so that an index entry always fits its page:
// PostgreSQL refuses one over 2,704 bytes.
const maxIdent = 1024

// ident returns corvee.ErrInvalid unless each word can be a key in both databases: UTF-8
// without U+0000. Words come in pairs of name and value.
func ident(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		name, word := pairs[i], pairs[i+1]
		if len(word) > maxIdent || !utf8.ValidString(word) || strings.ContainsRune(word, 0) {
			return fmt.Errorf("%w: %s %.40q cannot be a key (UTF-8 of at most %d bytes without U+0000)",
				corvee.ErrInvalid, name, word, maxIdent)
		}
	}
	return nil
}

// named is ident for keys that must not be empty.
func named(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			return fmt.Errorf("%w: no %s", corvee.ErrInvalid, pairs[i])
		}
	}
	return ident(pairs...)
}

// pack writes what unpack reads. JSON that a value carries as it is comes back byte for
// byte: nothing in it is escaped anew.
func pack(v any) ([]byte, error) {
	var raw bytes.Buffer
	e := json.NewEncoder(&raw)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("store: encode: %w", err)
	}
	return bytes.TrimSuffix(raw.Bytes(), []byte("\n")), nil
}

func unpack(raw []byte, into any) error {
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%w: store: a stored value does not decode: %v", corvee.ErrInconsistent, err)
	}
	return nil
}

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
