package lists

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corvee"
)

//go:embed known.tsv
var knownTable string

// Limits is what is known of a list beside its entries.
type Limits struct {
	StaleDays     int    // a copy that is older is old
	ShrinkPercent int    // a copy that lost more is refused
	Source        string // the publisher's page, "" when it is not known
}

// LimitsOf returns the limits of a list; those of any list when it has none of its own.
func LimitsOf(list string) (Limits, error) {
	var found Limits
	for line := range strings.Lines(knownTable) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 4 || cells[0] != "*" && cells[0] != list {
			continue
		}
		days, err := strconv.Atoi(cells[1])
		if err != nil {
			return found, fmt.Errorf("known lists: %s: days: %w", cells[0], err)
		}
		percent, err := strconv.Atoi(cells[2])
		if err != nil {
			return found, fmt.Errorf("known lists: %s: per cent: %w", cells[0], err)
		}
		found = Limits{days, percent, cells[3]}
	}
	return found, nil
}

// Copy is one whole copy of one list.
type Copy struct {
	Version  corvee.ListVersion
	Listings []corvee.Listing
}

// ErrRefused is why a whole and readable list is not taken; it is an ErrInvalid.
var ErrRefused = fmt.Errorf("refused, %w", corvee.ErrInvalid)

// Refuse returns ErrRefused, saying why, when a new copy should not take the place of the
// last good one: it lost too many entries, it has a column or element that nobody knows,
// or its entries lost what they used to say. unread tells where what is not known stands.
func Refuse(last, next Copy, unread []Unread, l Limits) error {
	why := shrunken(len(last.Listings), len(next.Listings), l.ShrinkPercent)
	if why == "" {
		why = strange(last.Version.Unread, unread, next.Version.List)
	}
	if why == "" {
		why = poorer(last.Listings, next.Listings)
	}
	if why == "" {
		return nil
	}
	of := last.Version.Date.String()
	if of == "" {
		of = "no known date"
	}
	return fmt.Errorf("%w: %s: %s; the last good copy, of %s, is kept", ErrRefused, next.Version.List, why, of)
}

func shrunken(last, next, percent int) string {
	if last == 0 || 100*next >= (100-percent)*last {
		return ""
	}
	return fmt.Sprintf("%d listings where there were %d: the list shrank by more than %d %%", next, last, percent)
}

func strange(before []string, unread []Unread, list string) string {
	for _, u := range unread {
		if u.List == list && !slices.Contains(before, u.Column) {
			return fmt.Sprintf("%s, row %d: %s is new: the list has changed its shape", u.File, u.Row, u.Column)
		}
	}
	return ""
}

// enough is how many entries must have said something before its loss means anything.
const enough = 20

// poorer compares what part of the entries says something: the halving of a part is no
// change of the world between two copies, but a column that moved.
func poorer(last, next []corvee.Listing) string {
	for _, f := range fields() {
		before, after := count(last, f.has), count(next, f.has)
		if before >= enough && 2*after*len(last) < before*len(next) {
			return fmt.Sprintf("%d of %d listings have %s, where %d of %d had: the list has changed its shape, or a file of it is missing",
				after, len(next), f.name, before, len(last))
		}
	}
	return ""
}

type field struct {
	name string
	has  func(corvee.Listing) bool
}

func fields() []field {
	return []field{
		{"a second name", func(l corvee.Listing) bool { return len(l.Names) > 1 }},
		{"a programme", func(l corvee.Listing) bool { return len(l.Programs) > 0 }},
		{"a country", func(l corvee.Listing) bool { return len(l.Countries) > 0 }},
		{"an address", func(l corvee.Listing) bool { return len(l.Addresses) > 0 }},
		{"a number", func(l corvee.Listing) bool { return len(l.Identifiers) > 0 }},
		{"a date", func(l corvee.Listing) bool { return len(l.Dates) > 0 }},
	}
}

func count(all []corvee.Listing, has func(corvee.Listing) bool) (n int) {
	for _, l := range all {
		if has(l) {
			n++
		}
	}
	return n
}
