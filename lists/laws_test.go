package lists_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"corvee"
	"corvee/lists"
)

// some draws a copy of a list of which entries, names and countries overlap with the next
// draw's.
func some(t *rapid.T, label string) []corvee.Listing {
	var out []corvee.Listing
	for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 9), 0, 8, rapid.ID[int]).Draw(t, label) {
		l := corvee.Listing{ID: fmt.Sprint("l", n), Names: []corvee.Name{{Value: rapid.SampledFrom([]string{"Quay", "Breakwater"}).Draw(t, "name")}}}
		l.Countries = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"CN", "KP", "RU"}), rapid.ID[string]).Draw(t, "countries")
		l.ListDate = corvee.Date{Year: rapid.IntRange(2020, 2026).Draw(t, "year")}
		out = append(out, l)
	}
	return out
}

func kinds(changes []corvee.Change) map[corvee.ChangeKind][]string {
	out := map[corvee.ChangeKind][]string{}
	for _, c := range changes {
		out[c.Kind] = append(out[c.Kind], c.Listing.ID)
	}
	return out
}

// What comes one way goes the other way; the order of a file and the day of a copy are no
// difference.
func TestLawsOfCompare(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := some(t, "a"), some(t, "b")
		there, back := kinds(lists.Compare(a, b)), kinds(lists.Compare(b, a))
		if !slices.Equal(there[corvee.ChangeAdded], back[corvee.ChangeRemoved]) || !slices.Equal(there[corvee.ChangeChanged], back[corvee.ChangeChanged]) {
			t.Fatalf("there %v, back %v", there, back)
		}
		again := slices.Clone(a)
		slices.Reverse(again)
		for i := range again {
			again[i].ListDate = corvee.Date{}
		}
		if c := lists.Compare(a, again); len(c) > 0 {
			t.Fatalf("a copy differs from itself: %v", c)
		}
		if len(there[corvee.ChangeAdded])-len(there[corvee.ChangeRemoved]) != len(b)-len(a) {
			t.Fatalf("%v does not lead from %d to %d entries", there, len(a), len(b))
		}
	})
}
