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
