package world

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// The lists of a server are indexed once on each machine, whoever asks; another database has
// another index.
func TestIndexOfAServerIsKept(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache) // where other systems look
	path := indexFile("postgres://anna:secret@db.example:5432/corvee?sslmode=require")
	if !strings.HasPrefix(path, cache) {
		t.Fatalf("kept at %q, not under the cache", path)
	}
	if other := indexFile("postgresql://boris@db.example:5432/corvee"); other != path {
		t.Errorf("another user of the server: %q, want %q", other, path)
	}
	if other := indexFile("postgres://anna:secret@db.example:5432/second"); other == path {
		t.Error("two databases share an index")
	}
	var told bytes.Buffer
	kept, key := keptIndex{path, &told}, strings.Repeat("a", keySize)
	kept.save(key, func(w io.Writer) error { _, err := io.WriteString(w, "index"); return err })
	if got, ok := kept.load(key); !ok || string(got) != "index" || told.Len() > 0 {
		t.Errorf("loaded %q, %v; told %q", got, ok, told.String())
	}
	if _, ok := kept.load(strings.Repeat("b", keySize)); ok {
		t.Error("the index of other lists was given")
	}
}
