package pipeline_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"corvee"
	"corvee/lists"
	"corvee/pipeline"
)

func discard(corvee.Message) error { return nil }

// watch is an own list of n firms, as a file.
func watch(n int) []lists.File {
	var b strings.Builder
	b.WriteString("id,name,kind,list\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Breakwater Foods %d,advisory,Watch\n", i, i)
	}
	return []lists.File{{Name: "watch-2026-09-01.csv", Body: []byte(b.String())}}
}

func (d desk) status(t *testing.T) corvee.ListInfo {
	t.Helper()
	all, err := d.ListStatus(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("ListStatus = %v, %v; want one list", all, err)
	}
	return all[0]
}

// A list that shrank is refused, the last good copy stays, and a person who has looked
// may take it all the same.
func TestImportRefusesAShrunkenList(t *testing.T) {
	t.Parallel()
	d := setup(t)
	if _, err := d.ImportLists(t.Context(), watch(10), discard); err != nil {
		t.Fatal(err)
	}
	_, err := d.ImportLists(t.Context(), watch(7), discard)
	if !errors.Is(err, corvee.ErrInvalid) || !strings.Contains(fmt.Sprint(err), "last good copy") {
		t.Errorf("a list of 7 after one of 10: %v, want a refusal", err)
	}
	if got := d.status(t).Listings; got != 10 {
		t.Errorf("after the refusal the base holds %d listings, want 10", got)
	}
	if _, err := d.ImportLists(t.Context(), watch(8), discard); err != nil {
		t.Errorf("a fifth less: %v", err)
	}
	if _, err := d.ImportShrunken(t.Context(), watch(1), discard); err != nil {
		t.Errorf("ImportShrunken: %v", err)
	}
	if got := d.status(t); got.Listings != 1 || !got.Stale || got.AgeDays != 84 {
		t.Errorf("status %+v, want 1 listing, 84 days old and stale", got)
	}
}

func TestListDiff(t *testing.T) {
	t.Parallel()
	d := setup(t)
	if _, err := d.ListDiff(t.Context(), "Watch", watch(3), discard); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("diff of a list that is not there: %v", err)
	}
	if _, err := d.ImportLists(t.Context(), watch(3), discard); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ListDiff(t.Context(), "OFAC SDN", watch(3), discard); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("diff with a file of another list: %v", err)
	}
	got := collect(t, func(emit pipeline.Emit) error {
		_, err := d.ListDiff(t.Context(), "Watch", watch(5), emit)
		return err
	})
	if len(got) != 3 || got[0].Change.Kind != corvee.ChangeAdded || got[0].Change.Name != "Breakwater Foods 3" || got[2].Summary.Changes != 2 {
		t.Errorf("diff of 3 and 5 = %+v", got)
	}
	if d.status(t).Listings != 3 {
		t.Error("a diff changed the base")
	}
}

// OFAC's three files are one list: one line of the status, its entries those of SDN, with the
// rows that have no parent as rejected lines and a count; a later copy takes all of its place.
func TestOFACIsOneList(t *testing.T) {
	t.Parallel()
	d := setup(t)
	entry := `,"HANBIT TRADING","-0- ","DPRK","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "` + "\r\n"
	sdn := lists.File{Name: "sdn_2024-01-02.csv", Body: []byte("101" + entry + "102" + entry)}
	alt := lists.File{Name: "alt_2024-02-03.csv", Body: []byte("101,1,\"aka\",\"SAEBYOL\",-0- \r\n999,2,\"aka\",\"NOBODY\",-0- \r\n")}
	add := lists.File{Name: "add_2024-02-03.csv", Body: []byte("101,1,\"12 Road\",\"Dandong\",\"China\",-0- \r\n998,1,\"9 Road\",\"Dandong\",\"China\",-0- \r\n997,1,\"9 Road\",\"Dandong\",\"China\",-0- \r\n")}
	var rejected []string
	for _, m := range collect(t, func(emit pipeline.Emit) error {
		_, err := d.ImportLists(t.Context(), []lists.File{alt, sdn, add}, emit)
		return err
	}) {
		if m.Rejected != nil {
			rejected = append(rejected, m.Rejected.Reason)
		}
	}
	got := d.status(t)
	if got.List != "OFAC SDN" || got.Listings != 2 || got.Rejected != 3 || got.Date.String() != "2024-01-02" || len(rejected) != 3 ||
		got.File != "sdn_2024-01-02.csv + alt_2024-02-03.csv (1 rows rejected) + add_2024-02-03.csv (2 rows rejected)" || strings.Count(got.SHA256, "+") != 2 {
		t.Errorf("the list is %+v, rejected %q", got, rejected)
	}
	if _, err := d.ImportLists(t.Context(), []lists.File{sdn}, discard); err != nil {
		t.Fatal(err)
	}
	if got := d.status(t); got.File != "sdn_2024-01-02.csv" || got.Rejected != 0 || got.Listings != 2 {
		t.Errorf("after SDN alone the list is %+v", got)
	}
	if l, err := d.Listing(t.Context(), "ofac-sdn:101"); err != nil || len(l.Names) != 1 || len(l.Addresses) != 0 {
		t.Errorf("what ALT and ADD had said is still there: %+v, %v", l, err)
	}
	if _, err := d.ImportLists(t.Context(), []lists.File{alt}, discard); !errors.Is(err, corvee.ErrInvalid) || !strings.Contains(fmt.Sprint(err), "together with SDN.CSV") {
		t.Errorf("ALT alone: %v, want a refusal that says what to do", err)
	}
}
