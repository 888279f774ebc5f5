// Package layout is what the readers of official lists share: what they return, how a
// header is found again, and when a file is no longer the list that it was.
//
// What comes in: header cells, counts, rejected rows. What goes out: where each column
// stands, or an error that names row and column. Its one idea: a list that has changed its
// shape must fail as a whole, since half a list looks like a list with nobody on it.
package layout

import (
	"fmt"
	"strings"

	"corvee"
)

// Content is what one file holds. Date is the one that the file states of itself; Unread
// are its columns or elements that Corvee does not know, and so did not read.
type Content struct {
	Date     corvee.Date
	Listings []corvee.Listing
	Rejected []corvee.Rejected
	Unread   []Unread
}

// Unread is a column or element that the layout does not have, and where it first stands.
type Unread struct {
	Row    int
	Column string
}

// Reject adds a row that could not be used.
func (c *Content) Reject(name string, row int, reason, remedy string) {
	c.Rejected = append(c.Rejected, corvee.Rejected{Input: name, Row: &row, Reason: reason, Remedy: remedy})
}

// Holds refuses a file that has no entry, or of which more than one row in fifty does not
// fit: one is a slip of the publisher, more is a file cut off or rebuilt. entry says what
// an entry is called there.
func (c *Content) Holds(name, entry string) error {
	good, bad := len(c.Listings), len(c.Rejected)
	switch {
	case good == 0 && bad == 0:
		return fmt.Errorf("%w: %s holds no %s: fetch the list again", corvee.ErrInvalid, name, entry)
	case good == 0 || bad > 1 && bad*50 > good+bad:
		first := c.Rejected[0]
		return fmt.Errorf("%w: %s, row %d: %s; %d of %d rows do not fit: the list has changed its layout or is damaged; "+
			"nothing was imported", corvee.ErrInvalid, name, *first.Row, first.Reason, bad, good+bad)
	}
	return nil
}

// Known is the columns of a layout: plain header → the name that the mapper asks for. A
// column that was named differently over the years has several headers.
type Known map[string]string

// Columns finds the columns of a header row. It returns ErrInvalid, naming row and column,
// when a required one is not there or a known one stands twice.
func Columns(name string, row int, header []string, known Known, required ...string) (map[string]int, []Unread, error) {
	at := map[string]int{}
	var unread []Unread
	for i, h := range header {
		plain := Plain(h)
		column, ok := known[plain]
		switch _, twice := at[column]; {
		case plain == "":
			continue
		case !ok:
			unread = append(unread, Unread{row, fmt.Sprintf("%q", strings.TrimSpace(h))})
		case twice:
			return nil, nil, fmt.Errorf("%w: %s, row %d, column %d: %q stands twice in the header; the list has changed its layout; "+
				"nothing was imported", corvee.ErrInvalid, name, row, i+1, h)
		default:
			at[column] = i
		}
	}
	for _, column := range required {
		if _, ok := at[column]; !ok {
			return nil, nil, fmt.Errorf("%w: %s, row %d: no column %q; the header has %s: the list has changed its layout; "+
				"nothing was imported", corvee.ErrInvalid, name, row, column, quoted(header))
		}
	}
	return at, unread, nil
}

// Plain returns a header in lower case, with one space between words and none at the ends.
func Plain(header string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.TrimPrefix(header, "\ufeff")), " "))
}

func quoted(header []string) string {
	var out []string
	for _, h := range header {
		if h = strings.TrimSpace(h); h != "" {
			out = append(out, fmt.Sprintf("%q", h))
		}
	}
	return strings.Join(out, ", ")
}
