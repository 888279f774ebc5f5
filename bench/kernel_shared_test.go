//go:build shared

package bench_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"corvee"
	"corvee/lists"
)

// kernel is OFAC's list of 2023 with its other names: the listings that are looked for.
func kernel(b *testing.B) []corvee.Listing {
	var files []lists.File
	for _, name := range []string{"sdn_2023-01-21.csv", "alt_2025-02-27.csv", "add_2025-02-27.csv"} {
		files = append(files, lists.File{Name: name, Body: shared(b, "lists", name)})
	}
	read, err := lists.Read(files)
	if err != nil {
		b.Fatal(err)
	}
	return slices.DeleteFunc(read.Listings, func(l corvee.Listing) bool { return len(l.Names) == 0 })
}

func shared(b *testing.B, parts ...string) []byte {
	b.Helper()
	dir := os.Getenv("CORVEE_SHARED")
	if dir == "" {
		b.Skip("CORVEE_SHARED is not set")
	}
	body, err := os.ReadFile(filepath.Join(append([]string{dir, "bench"}, parts...)...))
	if err != nil {
		b.Fatal(err)
	}
	return body
}

// negatives are registrants with a stock exchange that are on no list.
func negatives(b *testing.B) []string {
	var rows map[string]json.RawMessage
	var out []string
	body := shared(b, "sec_names.json")
	if json.Unmarshal(body, &out) == nil {
		return out
	}
	if err := json.Unmarshal(body, &rows); err != nil {
		b.Fatal(err)
	}
	for _, raw := range rows {
		var some []string
		if err := json.Unmarshal(raw, &some); err == nil {
			out = append(out, some...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
