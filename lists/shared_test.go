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
func TestSharedOFACTogether(t *testing.T) {
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
	for i, want := range []string{"2023-01-21", "2025-02-27", "2025-02-27"} {
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

func readShared(t *testing.T, name string) lists.Import {
	t.Helper()
	got, err := lists.Read([]lists.File{shared(t, name)})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range got.Listings {
		if len(l.Names) == 0 || l.Kind != corvee.ListingDesignation || l.Type == "" || len(l.Lists) != 1 {
			t.Errorf("%s: names %v, kind %q, type %q, lists %v", l.ID, l.Names, l.Kind, l.Type, l.Lists)
		}
	}
	return got
}

// tally counts what a list is known by.
func tally(all []corvee.Listing) map[string]int {
	n := map[string]int{}
	for _, l := range all {
		n[string(l.Type)]++
		n[string(l.Lists[0])]++
		n["dates"] += len(l.Dates)
		n["addresses"] += len(l.Addresses)
		for _, name := range l.Names {
			n[string(name.Kind)]++
		}
		for _, id := range l.Identifiers {
			n[id.Type]++
		}
	}
	return n
}

// The counts were taken from the file with another XML reader.
func TestSharedUN(t *testing.T) {
	t.Parallel()
	got := readShared(t, "UN_consolidated.xml")
	if len(got.Listings) != 1003 || len(got.Rejected) != 0 || len(got.Unread) != 0 {
		t.Errorf("%d listings, %d rejected, unread %v; want 1003, 0, none", len(got.Listings), len(got.Rejected), got.Unread)
	}
	n := tally(got.Listings)
	for what, want := range map[string]int{"person": 730, "organisation": 273, "UN-1718": 80 + 75, "UN-OTHER": 1003 - 155, "name": 1003} {
		if n[what] != want {
			t.Errorf("%d of %s, want %d", n[what], what, want)
		}
	}
	if n["weak_alias"] < 600 || n["weak_alias"] > 650 { // 615 aliases of low quality, some of several names, some twice
		t.Errorf("%d weak aliases", n["weak_alias"])
	}
	if d := got.Versions[0].Date.String(); d != "2026-02-27" {
		t.Errorf("list of %s, want the day that the file states", d)
	}
	at := slices.IndexFunc(got.Listings, func(l corvee.Listing) bool { return l.SourceID == "KPe.001" })
	if at < 0 || !slices.ContainsFunc(got.Listings[at].Names, func(n corvee.Name) bool { return n.Value == "KOMID" }) {
		t.Errorf("KPe.001 is not known as KOMID")
	}
}

// Two designations of the sheet have no name.
func TestSharedUK(t *testing.T) {
	t.Parallel()
	got := readShared(t, "FCDO_SL_2025-08-11.ods")
	if len(got.Listings) != 5300 || len(got.Rejected) != 2 || len(got.Unread) != 0 {
		t.Errorf("%d listings, %d rejected, unread %v; want 5300, 2, none", len(got.Listings), len(got.Rejected), got.Unread)
	}
	n := tally(got.Listings)
	for what, want := range map[string]int{"person": 3754 - 2, "organisation": 1087, "vessel": 461, "UK-DPRK": 261} {
		if n[what] != want {
			t.Errorf("%d of %s, want %d", n[what], what, want)
		}
	}
	if d := got.Versions[0].Date.String(); d != "2025-08-11" {
		t.Errorf("list of %s, want the day in the name", d)
	}
}
