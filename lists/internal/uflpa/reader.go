// Package uflpa reads the Entity List of the Uyghur Forced Labor Prevention Act.
//
// What comes in: the tables of the page of the US Department of Homeland Security as CSV,
// with the page's own headers: Name of Entity and Effective Date, and where they were
// added Address and Section. What goes out: one listing for each entity, and for each
// subsidiary that an entry names, and a rejected line for each row that could not be
// used. Its one idea: the page writes aliases into the name; a cell that does not come
// apart cleanly is kept whole. It is an import order, never a designation.
package uflpa

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"corvee"
	"corvee/internal/delimited"
	"corvee/lists/internal/layout"
)

// List is the list's own name.
const List = "UFLPA Entity List"

func columns() layout.Known {
	return layout.Known{
		"name of entity": "Name of Entity", "entity name": "Name of Entity", "effective date": "Effective Date",
		"address": "Address", "section": "Section", "country": "Country", "federal register notice": "Notice",
	}
}

// Recognise reports whether cells are the header of the list.
func Recognise(cells []string) bool {
	have := map[string]bool{}
	for _, c := range cells {
		have[columns()[layout.Plain(c)]] = true
	}
	return have["Name of Entity"] && have["Effective Date"]
}

// Read returns the entities in the order of the file.
func Read(name string, date corvee.Date, body []byte) (layout.Content, error) {
	in := delimited.NewReader(bytes.NewReader(body), ',')
	m := mapper{name: name, date: date, seen: map[string]bool{}}
	var at map[string]int
	for {
		rec, err := in.Next()
		switch {
		case errors.Is(err, io.EOF):
			return m.out, m.out.Holds(name, "entity")
		case err != nil:
			return layout.Content{}, fmt.Errorf("%s: %w", name, err)
		case at == nil:
			at, m.out.Unread, err = layout.Columns(name, rec.Line, rec.Cells, columns(), "Name of Entity", "Effective Date")
			if in.Columns = len(rec.Cells); err != nil {
				return layout.Content{}, err
			}
		case rec.Broken != nil:
			m.reject(rec.Line, rec.Broken.Error())
		case len(rec.Cells) != in.Columns:
			m.reject(rec.Line, fmt.Sprintf("%d columns where the header has %d", len(rec.Cells), in.Columns))
		default:
			m.row(rec.Line, func(column string) string {
				if i, ok := at[column]; ok {
					return strings.TrimSpace(rec.Cells[i])
				}
				return ""
			})
		}
	}
}
