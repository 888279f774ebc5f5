// Package lift takes everything that a base keeps of a report out as bytes, and puts it
// back.
//
// What comes in: a transaction and a report. What goes out: rows as bytes, which either
// database and a later schema take back; or the base without what the report has left in
// other rows. Its one idea: rows travel as they are, only the numbers that the database gave
// them are given anew.
package lift

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/store"
)

// DB is a transaction, with "?" for parameters. One gives corvee.ErrNotFound without a row.
type DB interface {
	Exec(ctx context.Context, query string, args ...any) error
	One(ctx context.Context, query string, args []any, into ...any) error
	Each(ctx context.Context, query string, args []any, row func(scan func(into ...any) error) error) error
}

func pack(v any) ([]byte, error) {
	var raw bytes.Buffer
	e := json.NewEncoder(&raw)
	e.SetEscapeHTML(false) // as the base packs
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("store: encode: %w", err)
	}
	return bytes.TrimSuffix(raw.Bytes(), []byte("\n")), nil
}

// part is the rows of one table that hang on a report. Row numbers are not kept: they are
// given anew when the rows come back, and what pointed at the old ones then points there.
type part struct {
	table   string
	columns []string
	where   string            // each ? is the report's id
	order   string            // so that a report is lifted to the same bytes
	number  string            // what the table's own number is called in the bundle, "" for none
	points  map[string]string // column → the number that it holds
}

const (
	ofReport = `report = (SELECT n FROM report WHERE id = ?)`
	ofTexts  = `text IN (SELECT x.n FROM report_text x JOIN report r ON r.n = x.report WHERE r.id = ?)`
	ofClaims = `claim IN (SELECT c.n FROM claim c JOIN report r ON r.n = c.report WHERE r.id = ?)`
)

// parts are in the order in which they can come back. A column that a later schema adds
// needs a default: what was lifted before does not name it.
func parts() []part {
	return []part{
		{table: "report", columns: []string{"n", "id", "collection", "text", "published", "captured_us", "rules", "body"},
			where: `id = ?`, order: "n", number: "report"},
		{table: "report_text", columns: []string{"n", "report", "hash", "blocks"},
			where: ofReport, order: "n", number: "text", points: map[string]string{"report": "report"}},
		{table: "text_piece", columns: []string{"text", "start", "content"},
			where: ofTexts, order: "text, start", points: map[string]string{"text": "text"}},
		{table: "claim", columns: []string{"n", "report", "text", "id", "kind", "rank", "start", "stop", "quote", "sector", "body"},
			where: ofReport, order: "n", number: "claim", points: map[string]string{"report": "report", "text": "text"}},
		{table: "claim_place", columns: []string{"place", "claim"}, where: ofClaims, order: "claim, place", points: map[string]string{"claim": "claim"}},
		{table: "claim_country", columns: []string{"country", "claim"}, where: ofClaims, order: "claim, country", points: map[string]string{"claim": "claim"}},
		{table: "verdict", columns: []string{"seq", "id", "report", "claim", "actor", "at_us", "undone", "text", "start", "stop", "quote", "body"},
			where: ofReport, order: "seq", points: map[string]string{"report": "report", "text": "text"}},
		{table: "capture", columns: []string{"report", "archive", "at_us", "body"}, where: `report = ?`, order: "at_us, archive"},
		{table: "alert", columns: []string{"seq", "report", "sent", "body"}, where: `report = ?`, order: "seq"},
		{table: "payload", columns: []string{"seq", "report", "salt", "payload"},
			where: `report = ? OR report IN (SELECT id FROM input WHERE report = ?)`, order: "seq"},
		{table: "input", columns: []string{"id", "report", "state", "origin", "at_us", "body"}, where: `report = ?`, order: "n"},
		{table: "seen", columns: []string{"watch", "item", "hash", "report", "purged"}, where: `report = ?`, order: "watch, item"},
	}
}

// cell is one value: a number, a text or bytes; NULL if none of them is there.
type cell struct {
	Number *int64  `json:"n,omitempty"`
	Text   *string `json:"t,omitempty"`
	Bytes  *[]byte `json:"b,omitempty"`
}

func (c cell) value() any {
	switch {
	case c.Number != nil:
		return *c.Number
	case c.Text != nil:
		return *c.Text
	case c.Bytes != nil:
		return *c.Bytes
	}
	return nil
}

func cellOf(v any) (cell, error) {
	switch v := v.(type) {
	case nil:
		return cell{}, nil
	case int64:
		return cell{Number: &v}, nil
	case string:
		return cell{Text: &v}, nil
	case []byte:
		kept := append([]byte{}, v...)
		return cell{Bytes: &kept}, nil
	}
	return cell{}, fmt.Errorf("%w: store: a column gives a %T", corvee.ErrUnsupported, v)
}

// lifted is the rows of one table as they lie in a bundle.
type lifted struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
	Rows    [][]cell `json:"rows"`
}

// Rows returns all rows of a report that is there, as bytes.
func Rows(ctx context.Context, db DB, report string, parties []store.Party) ([]byte, error) {
	var all []lifted
	for _, p := range parts() {
		l, err := liftPart(ctx, db, p, report)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	elsewhere, err := traces(ctx, db, report, parties)
	if err != nil {
		return nil, err
	}
	return pack(append(all, elsewhere...))
}

func liftPart(ctx context.Context, db DB, p part, report string) (lifted, error) {
	l := lifted{p.table, p.columns, nil}
	err := each(ctx, db, p, report, func(row []cell) { l.Rows = append(l.Rows, row) })
	return l, err
}

// each gives the rows of a part, one after the other.
func each(ctx context.Context, db DB, p part, report string, keep func([]cell)) error {
	query := `SELECT ` + strings.Join(p.columns, ", ") + ` FROM ` + p.table
	if p.where != "" {
		query += ` WHERE ` + p.where
	}
	args := slices.Repeat([]any{report}, strings.Count(p.where, "?"))
	return db.Each(ctx, query+` ORDER BY `+p.order, args, func(scan func(...any) error) error {
		row, err := scanCells(scan, len(p.columns))
		if err == nil {
			keep(row)
		}
		return err
	})
}

func scanCells(scan func(...any) error, n int) ([]cell, error) {
	values, into := make([]any, n), make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	if err := scan(into...); err != nil {
		return nil, err
	}
	cells := make([]cell, n)
	for i, v := range values {
		var err error
		if cells[i], err = cellOf(v); err != nil {
			return nil, err
		}
	}
	return cells, nil
}
