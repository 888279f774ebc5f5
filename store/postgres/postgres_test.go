//go:build unix

package postgres_test

import (
	"database/sql"
	"errors"
	"testing"

	"corvee"
	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/storetest"
	"corvee/store/storetest/speed"
	"corvee/store/storetest/throwaway"
)

func open(t testing.TB, url string) store.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPort(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store { return open(t, throwaway.Postgres(t)) })
}

// raw opens the database past the port.
func raw(t testing.TB, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestRaw(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	s := open(t, url)
	t.Cleanup(func() { s.Close() })
	storetest.Raw(t, s, raw(t, url), `ALTER TABLE claim DISABLE TRIGGER claim_grounded`, `ALTER TABLE verdict DISABLE TRIGGER verdict_frozen`)
}

func TestPurged(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*testing.T, store.Store, func() string){
		"purged": storetest.Purged, "sealed": storetest.PutAway,
	} {
		t.Run(name, func(t *testing.T) {
			url := throwaway.Postgres(t)
			s := open(t, url)
			t.Cleanup(func() { s.Close() })
			db := raw(t, url)
			leave(t, s, func() string {
				checkSamples(t, db)
				return throwaway.PostgresFiles(t)
			})
		})
	}
}

// checkSamples gathers statistics, as the server does by itself sooner or later, and looks
// for planted words in the samples: on disk they are compressed, and no grep finds them.
func checkSamples(t *testing.T, db *sql.DB) {
	t.Helper()
	if _, err := db.Exec(`ANALYZE`); err != nil {
		t.Fatal(err)
	}
	var columns sql.NullString
	var all int
	err := db.QueryRow(`SELECT string_agg(tablename || '.' || attname, ' ')
			FILTER (WHERE sample ~ 'of-the-mine|in-the-mine' OR sample ~ encode('of-the-mine', 'hex') OR sample ~ encode('in-the-mine', 'hex')),
			count(*)
		FROM (SELECT *, concat(most_common_vals::text, histogram_bounds::text, most_common_elems::text) AS sample
			FROM pg_stats WHERE schemaname = 'public') s`).Scan(&columns, &all)
	if err != nil || all == 0 {
		t.Fatalf("%d columns have statistics: %v", all, err)
	}
	if columns.Valid {
		t.Errorf("the planner's statistics hold what a purge must remove: %s", columns.String)
	}
}

// TestEraseWaits: a transaction that began before a purge still sees what it deleted, and
// the server would keep it; Erase waits for it and, in the end, says so.
func TestEraseWaits(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	s := open(t, url)
	defer s.Close()
	write := func(rules string) {
		t.Helper()
		err := s.Update(t.Context(), func(tx store.Tx) error {
			return tx.PutInput(t.Context(), corvee.Input{ID: "i", State: corvee.InputDone, Reason: rules})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	write("first")
	err := s.View(t.Context(), func(tx store.Tx) error {
		if _, err := tx.CountReports(t.Context()); err != nil {
			return err
		}
		write("second")
		if err := s.Erase(t.Context()); !errors.Is(err, corvee.ErrConflict) {
			t.Errorf("Erase while a view sees the old row = %v, want %v", err, corvee.ErrConflict)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(t.Context()); err != nil {
		t.Errorf("Erase after the view: %v", err)
	}
	write("third") // writers are let go
}

func BenchmarkBase(b *testing.B) {
	speed.Benchmark(b, func(b *testing.B) store.Store { return open(b, throwaway.Postgres(b)) })
}
