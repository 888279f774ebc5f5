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

// A base moves to a server and back, and what is exported of it is the same to the byte.
func TestMoveThereAndBack(t *testing.T) {
	t.Parallel()
	url, dir := throwaway.Postgres(t), t.TempDir()
	first, last := filepath.Join(dir, "first.sqlite"), filepath.Join(dir, "last.sqlite")
	mustRun(t, first, readArgs()...)
	mustRun(t, first, "lists", "import", "--format", "jsonl", "../../samples/list.csv")
	mustRun(t, first, "screen", "--format", "jsonl", "../../samples/suppliers.csv")
	mustRun(t, first, "users", "add", "anna")
	originals := filepath.Join(dir, "server.originals")
	mustRun(t, first, "move", first, url, "--to-originals", originals)
	mustRun(t, first, "move", url, last, "--from-originals", originals)
	for _, args := range [][]string{
		{"claims", "--format", "jsonl"}, {"inputs", "--format", "csv"}, {"lists", "status", "--format", "jsonl"}, {"users", "list"},
		{"match", "--format", "jsonl", "Tumen Shuanghe Textile"}, {"lineage", "--claims", "--format", "jsonl"}, {"audit", "head"},
	} {
		if diff := cmp.Diff(mustRun(t, first, args...), mustRun(t, last, args...)); diff != "" {
			t.Errorf("corvee %v (-first +last):\n%s", args, diff)
		}
	}
}
