package read

import (
	"corvee"
	"corvee/read/internal/gazetteer"
)

// Unread says why the Reader reads nothing of a text, "" if it reads it: a page must never
// show a report in a language without a reader as a report without claims.
func (r *Reader) Unread(t corvee.Text) string {
	if r.of(t, "") == nil {
		return unread(Language(t)).Error()
	}
	return ""
}

// Place returns the place of a name as it stands in a cell of a table.
func (r *Reader) Place(name string) (corvee.Place, bool) { return gazetteer.Place(name) }
