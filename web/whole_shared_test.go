//go:build shared

package web_test

import (
	"os"
	"path/filepath"
	"testing"
)

// The seed report of the shared folder goes the same way; the folder is CORVEE_SHARED.
func TestSharedBrowserAWholeDayAtTheDesk(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("CORVEE_SHARED")
	if folder == "" {
		t.Fatal("CORVEE_SHARED names no folder")
	}
	files, err := filepath.Glob(filepath.Join(folder, "seed", "*.txt"))
	must(t, err)
	if len(files) == 0 {
		t.Fatalf("no seed in %s", folder)
	}
	body, err := os.ReadFile(files[0])
	must(t, err)
	wholeDesk(t, "seed.txt", body, "China")
}
