package sqlite_test

import (
	"path/filepath"
	"testing"

	"corvee/store"
	"corvee/store/storetest/rights"
)

func TestRights(t *testing.T) {
	t.Parallel()
	rights.Run(t, func(t *testing.T) store.Store { return open(t, filepath.Join(t.TempDir(), "base")) })
}
