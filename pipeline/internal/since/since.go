// Package since says what is different between two runs of one table.
//
// What comes in: the hits of the earlier and of the later run. What goes out: changes in
// the order of the table, and how many of each kind. Its one idea: a hit is the same hit
// when its row and its listing are; that a decision no longer stands is told once, by the
// first run that finds it so.
package since

import (
	"cmp"
	"fmt"
	"slices"

	"corvee"
)

// Hits are the hits of one run.
type Hits map[key]corvee.Hit

type key struct {
	row     int
	listing string
}

// Add puts a hit to the others.
func (h Hits) Add(hit corvee.Hit) { h[key{hit.Row, hit.Listing.ID}] = hit }

// Counts are how many changes there are of each kind.
type Counts struct{ Added, Removed, Changed, Reopened int }

// Count counts changes.
func Count(changes []corvee.Change) (c Counts) {
	for _, one := range changes {
		switch one.Kind {
		case corvee.ChangeAdded:
			c.Added++
		case corvee.ChangeRemoved:
			c.Removed++
		case corvee.ChangeReopened:
			c.Reopened++
		default:
			c.Changed++
		}
	}
	return c
}

// Compare orders what is different by row, then by listing.
func Compare(before, after Hits) []corvee.Change {
	var out []corvee.Change
	for key, now := range after {
		was, there := before[key]
		if kind, details := change(was, there, now); kind != "" {
			out = append(out, of(kind, now, details))
		}
	}
	for key, was := range before {
		if _, there := after[key]; !there {
			out = append(out, of(corvee.ChangeRemoved, was, nil))
		}
	}
	slices.SortFunc(out, func(a, b corvee.Change) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Listing.ID, b.Listing.ID))
	})
	return out
}

// change says how a hit is different from the earlier run's; "" when it is not.
func change(was corvee.Hit, there bool, now corvee.Hit) (corvee.ChangeKind, []string) {
	open := now.Decision != nil && !now.Decision.Stands
	told := there && was.Decision != nil && !was.Decision.Stands && slices.Equal(was.Decision.Changed, now.Decision.Changed)
	switch {
	case open && !told:
		return corvee.ChangeReopened, now.Decision.Changed
	case !there:
		return corvee.ChangeAdded, nil
	}
	details := differences(was, now)
	if len(details) == 0 {
		return "", nil
	}
	return corvee.ChangeChanged, details
}

func differences(was, now corvee.Hit) (out []string) {
	if was.Band != now.Band {
		out = append(out, fmt.Sprintf("band: %s → %s", was.Band, now.Band))
	}
	if was.Matched != now.Matched {
		out = append(out, fmt.Sprintf("matched name: %s → %s", was.Matched, now.Matched))
	}
	if was.Listing.Kind != now.Listing.Kind {
		out = append(out, fmt.Sprintf("label: %s → %s", was.Listing.Kind, now.Listing.Kind))
	}
	if len(was.Evidence) != len(now.Evidence) {
		out = append(out, fmt.Sprintf("claims behind it: %d → %d", len(was.Evidence), len(now.Evidence)))
	}
	return out
}

func of(kind corvee.ChangeKind, h corvee.Hit, details []string) corvee.Change {
	return corvee.Change{Kind: kind, Row: h.Row, Query: &h.Query, Listing: &h.Listing, Name: h.Matched, Details: details}
}
