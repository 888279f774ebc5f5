package records

import (
	"errors"
	"io"
	"strings"

	"corvee"
	"corvee/lists/internal/layout"
)

// Each reads every record of a file, hands each to use, and returns the root element and
// the names that known, one to a word, does not have, in the order they first came.
func Each(file string, body []byte, known string, names []string, use func(*Element)) (root *Element, unread []layout.Unread, err error) {
	have := map[string]bool{}
	for _, name := range strings.Fields(known) {
		have[name] = true
	}
	meet := func(name string, line int) {
		if !have[name] {
			have[name] = true
			unread = append(unread, layout.Unread{Row: line, Column: name})
		}
	}
	r := New(file, body, meet, names...)
	if root, err = r.Root(); err != nil {
		return nil, nil, err
	}
	root.Names(meet)
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			return root, unread, nil
		}
		if err != nil {
			return nil, nil, err
		}
		e.Names(meet)
		use(e)
	}
}

// RootOf returns the name and namespace of a file's outermost element, "" when the head
// is no XML.
func RootOf(file string, body []byte) string {
	root, err := New(file, body[:min(len(body), headBytes)], nil).Root()
	if err != nil {
		return ""
	}
	return root.Name
}

// headBytes is where a root element must have been opened: after a declaration, a
// comment, a style sheet.
const headBytes = 16 << 10

// Day returns the date that a moment in XML begins with: 2026-02-27T00:00:09.554Z.
func Day(moment string) corvee.Date {
	day, _, _ := strings.Cut(moment, "T")
	d, err := corvee.ParseDate(day)
	if err != nil {
		return corvee.Date{}
	}
	return d
}
