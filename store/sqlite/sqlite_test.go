package sqlite_test

import (
	"path/filepath"
	"testing"

	"corvee/store"
	"corvee/store/sqlite"
	"corvee/store/storetest"
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
