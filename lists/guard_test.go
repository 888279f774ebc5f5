package lists_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/lists"
)

// copyOf makes a copy of n entries that say what such entries say.
func copyOf(n int, unread ...string) lists.Copy {
	c := lists.Copy{Version: corvee.ListVersion{List: "OFAC SDN", Date: corvee.Date{Year: 2026, Month: 1, Day: 2}, Unread: unread}}
	for i := range n {
		c.Listings = append(c.Listings, corvee.Listing{
			ID: fmt.Sprint("l", i), List: "OFAC SDN", Kind: corvee.ListingDesignation, Countries: []string{"KP"}, Addresses: []string{"Dandong"},
			Names: []corvee.Name{{Value: fmt.Sprint("Firm ", i), Kind: corvee.NamePrimary}, {Value: fmt.Sprint("F", i), Kind: corvee.NameAlias}},
		})
	}
	return c
}

func without(c lists.Copy, drop func(*corvee.Listing)) lists.Copy {
	c.Listings = slices.Clone(c.Listings)
	for i := range c.Listings {
		drop(&c.Listings[i])
	}
	return c
}

func TestRefuse(t *testing.T) {
	t.Parallel()
	limits, err := lists.LimitsOf("OFAC SDN")
	if err != nil || limits.ShrinkPercent != 20 || limits.StaleDays != 30 || !strings.HasPrefix(limits.Source, "https://") {
		t.Fatalf("LimitsOf(OFAC SDN) = %+v, %v", limits, err)
	}
	noAddress := func(l *corvee.Listing) { l.Addresses = nil }
	new := []lists.Unread{{List: "OFAC SDN", File: "sdn.xml", Row: 41, Column: "colour"}}
	for name, c := range map[string]struct {
		last, next lists.Copy
		unread     []lists.Unread
		says       string // "" is taken
	}{
		"the same":               {copyOf(100), copyOf(100), nil, ""},
		"a fifth less":           {copyOf(100), copyOf(80), nil, ""},
		"more than a fifth less": {copyOf(100), copyOf(79), nil, "79 listings where there were 100"},
		"grown":                  {copyOf(100), copyOf(1000), nil, ""},
		"the first with entries": {copyOf(0), copyOf(3), nil, ""},
		"emptied":                {copyOf(100), copyOf(0), nil, "0 listings"},
		"a new element":          {copyOf(100), copyOf(100), new, "sdn.xml, row 41: colour is new"},
		"an element known to be": {copyOf(100, "colour"), copyOf(100), new, ""},
		"of another list":        {copyOf(100), copyOf(100), []lists.Unread{{List: "Other", Column: "colour"}}, ""},
		"addresses lost":         {copyOf(100), without(copyOf(100), noAddress), nil, "0 of 100 listings have an address, where 100 of 100 had"},
		"aliases lost": {copyOf(100), without(copyOf(100), func(l *corvee.Listing) { l.Names = l.Names[:1] }), nil,
			"have a second name"},
		"too few to tell": {copyOf(19), without(copyOf(19), noAddress), nil, ""},
	} {
		err := lists.Refuse(c.last, c.next, c.unread, limits)
		if c.says == "" && err != nil || c.says != "" && (!errors.Is(err, corvee.ErrInvalid) || !strings.Contains(err.Error(), c.says) ||
			!strings.Contains(err.Error(), "the last good copy, of 2026-01-02, is kept")) {
			t.Errorf("%s: %v, want a refusal that says %q", name, err, c.says)
		}
	}
}

func TestLimitsOfAnyList(t *testing.T) {
	t.Parallel()
	got, err := lists.LimitsOf("my own list")
	if diff := cmp.Diff(lists.Limits{StaleDays: 30, ShrinkPercent: 20}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	last, next := copyOf(4), copyOf(4)
	next.Listings[1].Names = []corvee.Name{{Value: "Firm 1", Kind: corvee.NamePrimary}, {Value: "Renamed", Kind: corvee.NameAlias}}
	next.Listings[2].ListDate = corvee.Date{Year: 2026, Month: 2} // a newer copy is no difference
	next.Listings[3].ID, next.Listings[3].Names = "l9", []corvee.Name{{Value: "New", Kind: corvee.NamePrimary}}
	slices.Reverse(next.Listings)
	var got []string
	for _, c := range lists.Compare(last.Listings, next.Listings) {
		got = append(got, fmt.Sprint(c.Kind, " ", c.Listing.ID, " ", c.Name, " ", c.Details))
	}
	want := []string{"changed l1 Firm 1 [name: − F1 (alias) name: + Renamed (alias)]", "removed l3 Firm 3 []", "added l9 New []"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := lists.Compare(last.Listings, last.Listings); len(got) > 0 {
		t.Errorf("a copy differs from itself: %v", got)
	}
}
