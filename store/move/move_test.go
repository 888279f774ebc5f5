package move_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/store"
	"corvee/store/move"
	"corvee/store/postgres"
	"corvee/store/sqlite"
	"corvee/store/storetest/throwaway"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fill writes what is hard to carry: bytes that are no text, empty values beside NULL, words
// that SQL keeps for itself, and more rows than one statement takes.
func fill(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	at := time.Date(2026, 11, 24, 9, 0, 0, 123456000, time.UTC)
	words := "\x00About 90 women sew at 각 \u1100\u1161\u11a8 𠮷野 '\"\\ $1 ?;\x00"
	text, err := corvee.NewText(words, []corvee.Block{{Kind: corvee.BlockBody, Span: corvee.Span{Start: 0, End: len(words)}}})
	check(t, err)
	check(t, s.Update(ctx, func(tx store.Tx) error {
		check(t, tx.PutCollection(ctx, corvee.Collection{ID: "north", Name: ""}))
		check(t, tx.PutAccount(ctx, store.Account{ID: "anna", Code: []byte{0, 255}, Made: at}))
		check(t, tx.PutPass(ctx, store.Pass{ID: "p", Account: "anna", Kind: store.PassToken, Hash: "h", Made: at, Until: at}))
		var last corvee.Event
		for i := range 1300 {
			r := corvee.Report{ID: corvee.HashID([]byte(fmt.Sprint(i))), Text: text.Hash(), Title: fmt.Sprint(i), CapturedAt: at}
			check(t, tx.PutInput(ctx, corvee.Input{ID: fmt.Sprint("i", i), Report: r.ID, State: corvee.InputDone, Origin: "\xff\x00", At: at}))
			if i < 3 {
				check(t, tx.PutReport(ctx, "north", r, text))
			}
			last = corvee.Event{Seq: last.Seq + 1, At: at, Actor: corvee.LocalActor, Verb: "read", Subject: "", PayloadHash: "p", Prev: last.Hash, Hash: fmt.Sprint("h", i)}
			check(t, tx.AppendEvent(ctx, last, "", nil, []byte{0}))
		}
		return tx.PutSetting(ctx, "two-for-same", "")
	}))
}

// dump returns every row of a SQLite base, table by table.
func dump(t *testing.T, path string) (out []string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	check(t, err)
	defer db.Close()
	tables, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'corvee_version' ORDER BY rowid`)
	check(t, err)
	var names []string
	for tables.Next() {
		var name string
		check(t, tables.Scan(&name))
		names = append(names, name)
	}
	check(t, tables.Close())
	for _, name := range names {
		rows, err := db.Query(`SELECT * FROM "` + name + `"`)
		check(t, err)
		columns, err := rows.Columns()
		check(t, err)
		for rows.Next() {
			cells, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range cells {
				into[i] = &cells[i]
			}
			check(t, rows.Scan(into...))
			out = append(out, fmt.Sprintf("%s %q", name, cells))
		}
		check(t, rows.Close())
	}
	slices.Sort(out)
	return out
}

func TestThereAndBack(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	first, last := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "last")
	from, err := sqlite.Open(ctx, first)
	check(t, err)
	fill(t, from)
	through, err := postgres.Open(ctx, throwaway.Postgres(t))
	check(t, err)
	t.Cleanup(func() { through.Close() })
	back, err := sqlite.Open(ctx, last)
	check(t, err)
	there, err := move.Base(ctx, from, through)
	check(t, err)
	again, err := move.Base(ctx, through, back)
	check(t, err)
	if diff := cmp.Diff(there, again); diff != "" {
		t.Errorf("rows there and back (-there +back):\n%s", diff)
	}
	check(t, from.Close())
	check(t, back.Close())
	want := dump(t, first)
	if diff := cmp.Diff(want, dump(t, last)); diff != "" || len(want) < 3900 {
		t.Errorf("of %d rows there are others after the way there and back (-first +last):\n%.2000s", len(want), diff)
	}
	// PostgreSQL counts on behind what came.
	check(t, through.Update(ctx, func(tx store.Tx) error {
		return tx.PutInput(ctx, corvee.Input{ID: "new", State: corvee.InputDone})
	}))
	if _, err := move.Base(ctx, through, through); !errors.Is(err, corvee.ErrUnsupported) {
		t.Errorf("PostgreSQL to PostgreSQL: %v", err)
	}
}

// TestEveryTable: a table that one database has and the other has not would be left behind.
func TestEveryTable(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	url := throwaway.Postgres(t)
	team, err := postgres.Open(ctx, url)
	check(t, err)
	t.Cleanup(func() { team.Close() })
	from, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "base"))
	check(t, err)
	t.Cleanup(func() { from.Close() })
	copied, err := move.Base(ctx, from, team)
	check(t, err)
	db, err := sql.Open("pgx", url)
	check(t, err)
	t.Cleanup(func() { db.Close() })
	rows, err := db.Query(`SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`)
	check(t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		check(t, rows.Scan(&name))
		if name == "writer" || strings.HasPrefix(name, "corvee_version") {
			continue // a lock, and what goose counts
		}
		if !slices.ContainsFunc(copied, func(c move.Count) bool { return c.Table == name }) {
			t.Errorf("table %s is not moved", name)
		}
	}
}

func TestMovesIntoNothingElse(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var bases []store.Store
	for _, name := range []string{"a", "b"} {
		s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), name))
		check(t, err)
		t.Cleanup(func() { s.Close() })
		fill(t, s)
		bases = append(bases, s)
	}
	if _, err := move.Base(ctx, bases[0], bases[1]); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("into a base with reports: %v, want %v", err, corvee.ErrInvalid)
	}
}
