package lift

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"corvee"
	"corvee/store"
)

// takenOut is what stands in a run's result where a message rested on a report that left.
const takenOut = "taken out: it rested on a report that has been purged or sealed; screen the table again"

// traceParts are rows beyond a report's own that show its claims or a party that it alone
// names. They leave whole; of a run's result the place stays.
func traceParts() []part {
	return []part{
		{table: "run_message", columns: []string{"run", "n", "body"}, order: "run, n"},
		{table: "decision", columns: []string{"id", "at_us", "body"}, order: "id"},
		{table: "party_judgement", columns: []string{"seq", "id", "actor", "at_us", "undone", "body"}, order: "seq"},
		{table: "alert", columns: []string{"seq", "report", "sent", "body"}, where: `report <> ?`, order: "seq"},
		{table: "seen", columns: []string{"watch", "item", "hash", "report", "purged"}, where: `report <> ?`, order: "watch, item"},
		{table: "payload", columns: []string{"seq", "report", "salt", "payload"},
			where: `report <> ? AND report NOT IN (SELECT id FROM input WHERE report = ?)`, order: "seq"},
	}
}

const traced = "trace of " // before a table's name in a bundle

// needles are what shows a report elsewhere.
type needles struct {
	ids     [][]byte // of the report and of its claims, as they stand in JSON
	parties []store.Party
}

func needlesOf(ctx context.Context, db DB, report string, parties []store.Party) (needles, error) {
	n := needles{parties: parties, ids: [][]byte{[]byte(`"` + report + `"`)}}
	err := db.Each(ctx, `SELECT c.id FROM claim c JOIN report r ON r.n = c.report WHERE r.id = ?
		UNION SELECT v.claim FROM verdict v JOIN report r ON r.n = v.report WHERE r.id = ?`,
		[]any{report, report}, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			n.ids = append(n.ids, []byte(`"`+id+`"`))
			return err
		})
	return n, err
}

// in reports whether a row of a table shows the report. Names are looked for where Corvee
// wrote them, not where a user's own table or an official list has the same.
func (n needles) in(table string, row []cell) bool {
	last, _ := row[len(row)-1].value().([]byte)
	for _, id := range n.ids {
		if bytes.Contains(last, id) {
			return true
		}
	}
	for _, p := range n.parties {
		id, name := packed(p.ID), packed(p.Name)
		switch table {
		case "seen":
			if *row[1].Text == p.ID {
				return true
			}
		case "alert", "payload", "party_judgement":
			if bytes.Contains(last, id) || bytes.Contains(last, name) {
				return true
			}
		default:
			if bytes.Contains(last, id) {
				return true
			}
		}
	}
	return false
}

// packed is a word as it stands within JSON.
func packed(s string) []byte {
	raw, _ := pack(s) // a text always packs
	return bytes.Trim(raw, `"`)
}

func traces(ctx context.Context, db DB, report string, parties []store.Party) ([]lifted, error) {
	n, err := needlesOf(ctx, db, report, parties)
	if err != nil || len(n.ids)+len(n.parties) == 0 {
		return nil, err
	}
	var out []lifted
	for _, p := range traceParts() {
		l := lifted{traced + p.table, p.columns, nil}
		err := each(ctx, db, p, report, func(row []cell) { // a million rows of results, of which few are kept
			if n.in(p.table, row) {
				l.Rows = append(l.Rows, row)
			}
		})
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// Withdraw takes out what other rows show of a report that is there.
func Withdraw(ctx context.Context, db DB, report string, parties []store.Party) error {
	tables, err := traces(ctx, db, report, parties)
	if err != nil {
		return err
	}
	for _, l := range tables {
		table := strings.TrimPrefix(l.Table, traced)
		for _, row := range l.Rows {
			var err error
			switch table {
			case "run_message":
				left, stubbed := stub(row[2].value().([]byte))
				if stubbed != nil {
					return stubbed
				}
				err = db.Exec(ctx, `UPDATE run_message SET body = ? WHERE run = ? AND n = ?`, left, row[0].value(), row[1].value())
			case "seen":
				err = db.Exec(ctx, `DELETE FROM seen WHERE watch = ? AND item = ?`, row[0].value(), row[1].value())
			default:
				err = db.Exec(ctx, `DELETE FROM `+table+` WHERE `+l.Columns[0]+` = ?`, row[0].value())
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// stub is what stays of a message of a run: its row.
func stub(body []byte) ([]byte, error) {
	var m corvee.Message
	if err := json.Unmarshal(body, &m); err != nil {
		return nil, fmt.Errorf("%w: store: a message of a run does not decode: %v", corvee.ErrInconsistent, err)
	}
	left := corvee.Context{Claims: []string{}, Why: takenOut}
	switch {
	case m.Hit != nil:
		left.Row = m.Hit.Row
	case m.Context != nil:
		left.Row = m.Context.Row
	}
	return pack(corvee.Message{Context: &left})
}

// trace puts a row back, unless something else has taken its place.
func (l *laying) trace(ctx context.Context, table string, v []any) error {
	switch table {
	case "run_message":
		body, _ := v[2].([]byte)
		left, err := stub(body)
		if err != nil {
			return err
		}
		return l.db.Exec(ctx, `UPDATE run_message SET body = ? WHERE run = ? AND n = ? AND body = ?`, body, v[0], v[1], left)
	case "decision":
		return l.db.Exec(ctx, `INSERT INTO decision (id, at_us, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, v...)
	case "party_judgement":
		return l.db.Exec(ctx, `INSERT INTO party_judgement (seq, id, actor, at_us, undone, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, v...)
	case "alert":
		return l.db.Exec(ctx, `INSERT INTO alert (seq, report, sent, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, v...)
	case "payload":
		return l.db.Exec(ctx, `INSERT INTO payload (seq, report, salt, payload) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, v...)
	}
	var n int
	err := l.db.One(ctx, `SELECT count(*) FROM watch WHERE id = ?`, []any{v[0]}, &n)
	if err != nil || n == 0 {
		return err
	}
	return l.db.Exec(ctx, `INSERT INTO seen (watch, item, hash, report, purged) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, v...)
}

func (l *laying) traces(ctx context.Context, tables []lifted) error {
	for _, p := range traceParts() {
		for _, rows := range tables {
			if rows.Table != traced+p.table {
				continue
			}
			for _, row := range rows.Rows {
				if len(row) != len(p.columns) || len(rows.Columns) != len(p.columns) {
					return errColumns(len(row), len(p.columns))
				}
				v := make([]any, len(row))
				for i, c := range row {
					v[i] = c.value()
				}
				if err := l.trace(ctx, p.table, v); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
