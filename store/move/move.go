// Package move copies a whole base into an empty one of another database.
//
// What comes in: a base, and one that holds nothing yet. What goes out: how many rows were
// copied, in one transaction; or nothing was. Its one idea: the tables of both databases are
// the same, so rows are copied as they are, numbers and hashes with them, and no part of the
// program that understands them can change them on the way.
package move

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/store"
	"corvee/store/internal/base"
)

// Count is how many rows of a table were copied.
type Count struct {
	Table string
	Rows  int
}

// Base copies everything that from holds into to, and returns what it copied in the order of
// the tables. It returns corvee.ErrInvalid for a base that is not empty, and
// corvee.ErrUnsupported for two bases of PostgreSQL, which has tools of its own.
func Base(ctx context.Context, from, to store.Store) (copied []Count, err error) {
	source, sourceOK := from.(*base.Base)
	target, targetOK := to.(*base.Base)
	if !sourceOK || !targetOK {
		return nil, fmt.Errorf("move: %w: these are no two bases in SQL", corvee.ErrUnsupported)
	}
	err = source.Raw(ctx, false, func(read *sql.Tx, reads base.Dialect) error {
		return target.Raw(ctx, true, func(write *sql.Tx, writes base.Dialect) error {
			c := copier{ctx, read, write, writes.Numbered}
			tables, err := c.tables(reads, writes)
			if err != nil {
				return err
			}
			copied, err = c.all(tables)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("move: %w", err)
	}
	return copied, nil
}

type copier struct {
	ctx         context.Context
	read, write *sql.Tx
	numbered    bool // the target writes parameters as $1
}

// tables returns the tables in the order in which they were made, which is one that foreign
// keys allow: SQLite, on one of the two sides, remembers it.
func (c copier) tables(reads, writes base.Dialect) ([]string, error) {
	on := c.read
	switch {
	case reads.Numbered && writes.Numbered:
		return nil, fmt.Errorf("%w: from one PostgreSQL to another use pg_dump and pg_restore", corvee.ErrUnsupported)
	case reads.Numbered:
		on = c.write
	}
	rows, err := on.QueryContext(c.ctx, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> '`+
		base.VersionTable+`' ORDER BY rowid`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func (c copier) all(tables []string) (copied []Count, err error) {
	if err := c.empty(tables); err != nil {
		return nil, err
	}
	for _, table := range tables {
		n, err := c.table(table)
		if err == nil && c.numbered {
			err = c.goOn(table)
		}
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", table, err)
		}
		copied = append(copied, Count{table, n})
	}
	return copied, nil
}

// empty makes sure that the target holds nothing but the rows of its first migration, and
// takes those away.
func (c copier) empty(tables []string) error {
	for _, table := range slices.Backward(tables) {
		var n, most int
		if table == "actor" || table == "collection" {
			most = 1
		}
		if err := c.write.QueryRowContext(c.ctx, `SELECT count(*) FROM `+quoted(table)).Scan(&n); err != nil {
			return err
		}
		if n > most {
			return fmt.Errorf("%w: the base that is moved into holds %d rows of %s already; name a new one", corvee.ErrInvalid, n, table)
		}
		if most == 0 {
			continue
		}
		if _, err := c.write.ExecContext(c.ctx, `DELETE FROM `+quoted(table)); err != nil {
			return err
		}
	}
	return nil
}

// The bounds of one statement: SQLite takes 32,766 parameters, and a piece of a text has up
// to 64 kB.
const (
	mostRows       = 200
	mostParameters = 10_000
)

func (c copier) table(table string) (n int, err error) {
	rows, err := c.read.QueryContext(c.ctx, `SELECT * FROM `+quoted(table))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	bytes, err := holdBytes(rows)
	if err != nil {
		return 0, err
	}
	var batch []any
	for rows.Next() {
		row, err := scan(rows, bytes)
		if err != nil {
			return n, err
		}
		batch = append(batch, row...)
		if n++; len(batch) >= mostParameters || n%mostRows == 0 {
			if err := c.put(table, columns, batch); err != nil {
				return n, err
			}
			batch = batch[:0]
		}
	}
	return n, errors.Join(rows.Err(), c.put(table, columns, batch))
}

// holdBytes says which columns hold bytes: an empty value of theirs is not NULL.
func holdBytes(rows *sql.Rows) ([]bool, error) {
	types, err := rows.ColumnTypes()
	out := make([]bool, len(types))
	for i, t := range types {
		name := strings.ToUpper(t.DatabaseTypeName())
		out[i] = name == "BLOB" || name == "BYTEA"
	}
	return out, err
}

func scan(rows *sql.Rows, bytes []bool) ([]any, error) {
	into, row := make([]any, len(bytes)), make([]any, len(bytes))
	for i := range into {
		if into[i] = &row[i]; bytes[i] {
			into[i] = new(sql.Null[[]byte])
		}
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	for i := range row {
		if held, ok := into[i].(*sql.Null[[]byte]); ok && held.Valid {
			row[i] = append([]byte{}, held.V...)
		}
	}
	return row, nil
}

func (c copier) put(table string, columns []string, values []any) error {
	if len(values) == 0 {
		return nil
	}
	var names []string
	for _, column := range columns {
		names = append(names, quoted(column))
	}
	var q strings.Builder
	fmt.Fprintf(&q, "INSERT INTO %s (%s) VALUES ", quoted(table), strings.Join(names, ", "))
	for i := range values {
		switch {
		case i == 0:
			q.WriteString("(")
		case i%len(columns) == 0:
			q.WriteString("), (")
		default:
			q.WriteString(", ")
		}
		if c.numbered {
			fmt.Fprintf(&q, "$%d", i+1)
		} else {
			q.WriteString("?")
		}
	}
	_, err := c.write.ExecContext(c.ctx, q.String()+")", values...)
	return err
}

// goOn lets PostgreSQL count on behind the highest number that was copied.
func (c copier) goOn(table string) error {
	var column string
	err := c.write.QueryRowContext(c.ctx, `SELECT column_name FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'`, table).Scan(&column)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = c.write.ExecContext(c.ctx, fmt.Sprintf(`SELECT setval(pg_get_serial_sequence($1, $2), coalesce(max(%s), 0) + 1, false) FROM %s`,
		quoted(column), quoted(table)), table, column)
	return err
}

// quoted is a name as both databases take it, whatever words they keep for themselves.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
