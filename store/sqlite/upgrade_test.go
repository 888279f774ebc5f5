package sqlite_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"

	"corvee"
	"corvee/store"
)

// TestUpgrade opens a base of every earlier schema, with a report, a claim and an event in it
// as the first schema kept them, and finds them again.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	fixture, err := os.ReadFile("testdata/schema1.sql")
	if err != nil {
		t.Fatal(err)
	}
	steps, err := fs.Glob(os.DirFS("migrations"), "*.sql")
	if err != nil || len(steps) < 9 {
		t.Fatalf("%d migrations, %v", len(steps), err)
	}
	for version := 1; version <= len(steps); version++ {
		t.Run(fmt.Sprint("schema ", version), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "base")
			old(t, path, 1)
			db := raw(t, path)
			if _, err := db.Exec(string(fixture)); err != nil {
				t.Fatal(err)
			}
			old(t, path, int64(version))
			s := open(t, path)
			defer s.Close()
			found(t, s)
		})
	}
}

// old brings a file to an earlier schema, as the builds of that time did.
func old(t *testing.T, path string, version int64) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`PRAGMA application_id = 1131377270`); err != nil { // "Corv"
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("migrations"), goose.WithTableName("corvee_version"), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
}

func found(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	err := s.View(ctx, func(tx store.Tx) error {
		reports, err := tx.Reports(ctx, store.ReportFilter{})
		if err != nil || len(reports) != 1 || reports[0].Title != "A mill" {
			t.Errorf("Reports = %v, %v", reports, err)
			return err
		}
		text, err := tx.Text(ctx, reports[0].ID)
		if err != nil || text.String() != "About 90 women sew." {
			t.Errorf("Text = %q, %v", text.String(), err)
		}
		claims, err := tx.Claims(ctx, store.ClaimFilter{Kind: corvee.KindDenial})
		if err != nil || len(claims) != 1 || claims[0].Quote.Exact != "About 90 women sew." {
			t.Errorf("Claims = %v, %v", claims, err)
		}
		last, err := tx.LastEvent(ctx)
		if err != nil || last.Verb != "report.read" {
			t.Errorf("LastEvent = %v, %v", last, err)
		}
		unsorted, err := tx.Unsorted(ctx, 9)
		if err != nil || len(unsorted) != 1 {
			t.Errorf("Unsorted = %v, %v: what it is about is to be put anew", unsorted, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if loose, err := s.Sweep(ctx); err != nil || len(loose) > 0 {
		t.Errorf("Sweep = %v, %v", loose, err)
	}
}
