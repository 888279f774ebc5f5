//go:build shared

package lists_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/lists"
)

func shared(t testing.TB, name string) lists.File {
	t.Helper()
	dir := os.Getenv("CORVEE_SHARED")
	if dir == "" {
		t.Skip("CORVEE_SHARED is not set")
	}
	body, err := os.ReadFile(filepath.Join(dir, "bench", "lists", name))
	if err != nil {
		t.Fatal(err)
	}
	return lists.File{Name: name, Body: body}
}

// The three real files as one list. The counts were taken from the files with another
// CSV reader.
func TestOFACTogether(t *testing.T) {
	t.Parallel()
	got, err := lists.Read([]lists.File{
		shared(t, "alt_2025-02-27.csv"), shared(t, "sdn_2023-01-21.csv"), shared(t, "add_2025-02-27.csv"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Listings) != 11443 {
		t.Errorf("%d listings, want 11443", len(got.Listings))
	}
	orphans := (19486 - 14687) + (22641 - 15487)
	if len(got.Rejected) != orphans {
		t.Errorf("%d rejected, want %d rows without a parent", len(got.Rejected), orphans)
	}
	for _, r := range got.Rejected {
		if !strings.Contains(r.Reason, "is not in the SDN file") {
			t.Logf("%s row %d: %s", r.Input, *r.Row, r.Reason)
		}
	}
	dprk := 0
	for _, l := range got.Listings {
		if strings.Contains(strings.Join(l.Programs, " "), "DPRK") {
			dprk++
			if !slices.ContainsFunc(l.Lists, func(id corvee.ListID) bool { return strings.HasPrefix(string(id), "OFAC-DPRK") }) {
				t.Errorf("%s: programmes %v map to %v", l.ID, l.Programs, l.Lists)
			}
		}
	}
	if dprk != 450 {
		t.Errorf("%d listings under a DPRK programme, want 450", dprk)
	}
	for i, want := range []string{"2025-02-27", "2023-01-21", "2025-02-27"} {
		if got.Versions[i].Date.String() != want {
			t.Errorf("version %s of %s, want %s", got.Versions[i].List, got.Versions[i].Date, want)
		}
	}
	at := slices.IndexFunc(got.Listings, func(l corvee.Listing) bool { return l.ID == "ofac-sdn:12115" })
	t.Logf("%+v", got.Listings[at])
	names, ids := 0, 0
	for _, l := range got.Listings {
		names += len(l.Names)
		ids += len(l.Identifiers)
	}
	t.Logf("%d names, %d identifiers, %d versions", names, ids, len(got.Versions))
}
