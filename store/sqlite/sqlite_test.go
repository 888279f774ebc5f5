package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"corvee/store"
	"corvee/store/sqlite"
	"corvee/store/storetest"
	"corvee/store/storetest/speed"
)

func open(t testing.TB, path string) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPort(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store {
		// A name that means something to a URL must mean a file here.
		return open(t, filepath.Join(t.TempDir(), "a ?mode=ro&#%41 각.corvee"))
	})
}

// raw opens the file past the port.
func raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestRaw(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base")
	s := open(t, path)
	t.Cleanup(func() { s.Close() })
	storetest.Raw(t, s, raw(t, path), `DROP TRIGGER claim_frozen`, `DROP TRIGGER verdict_frozen`)
}

func TestPurged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "base"))
	t.Cleanup(func() { s.Close() })
	storetest.Purged(t, s, func() string { return dir })
}

func TestPutAway(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "base"))
	t.Cleanup(func() { s.Close() })
	storetest.PutAway(t, s, func() string { return dir })
}

func BenchmarkBase(b *testing.B) {
	speed.Benchmark(b, func(b *testing.B) store.Store { return open(b, filepath.Join(b.TempDir(), "base")) })
}
