package main

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee/store/storetest/throwaway"
)

// A team's base answers as a laptop's does: the same commands print the same bytes.
func TestPostgresAnswersAsSQLite(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "base.sqlite")
	for _, args := range [][]string{
		readArgs(),
		{"lists", "import", "--format", "jsonl", "../../samples/list.csv"},
		{"screen", "--format", "jsonl", "../../samples/suppliers.csv"},
		{"claims", "--format", "jsonl"},
		{"inputs", "--format", "csv"},
		{"match", "--format", "jsonl", "Tumen Shuanghe Textile"},
	} {
		want := mustRun(t, file, args...)
		got := mustRun(t, url, append(args, "--originals", filepath.Join(dir, "originals"))...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("corvee %v (-SQLite +PostgreSQL):\n%s", args, diff)
		}
	}
}
