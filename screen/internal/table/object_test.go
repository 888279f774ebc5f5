package table_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee/screen/internal/table"
)

// A row's object is JSON, keeps the order of the columns, and gives back every cell.
func TestObjectKeepsEveryCell(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		header := rapid.SliceOfN(rapid.SampledFrom([]string{"name", " name", "", "id", "(unread)", "column 3", "<&>"}), 1, 6).Draw(t, "header")
		cells := rapid.SliceOfN(rapid.String(), 0, 8).Draw(t, "cells")
		keys := table.Keys(header)
		raw := table.Object(keys, cells, false)
		var names, texts []string
		d := json.NewDecoder(bytes.NewReader(raw))
		_, _ = d.Token()
		for d.More() {
			k, _ := d.Token()
			v, err := d.Token()
			if err != nil {
				t.Fatalf("%s: %v", raw, err)
			}
			names, texts = append(names, k.(string)), append(texts, v.(string))
		}
		want := make([]string, max(len(header), len(cells)))
		for i, c := range cells {
			want[i] = strings.ToValidUTF8(c, "\ufffd")
		}
		if diff := cmp.Diff(want, texts); diff != "" {
			t.Fatal(diff)
		}
		seen := map[string]bool{}
		for _, n := range names {
			if seen[n] {
				t.Fatalf("%s has the key %q twice", raw, n)
			}
			seen[n] = true
		}
		if bytes.Contains(raw, []byte(`\u003c`)) {
			t.Fatalf("%s is escaped for HTML", raw)
		}
	})
}

func TestObjectOfALineThatCouldNotBeCut(t *testing.T) {
	t.Parallel()
	got := string(table.Object(table.Keys([]string{"id", "name"}), []string{`5,"x`}, true))
	if want := `{"id":"","name":"","(unread)":"5,\"x"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
