package bring

import (
	"bytes"

	"corvee/screen"
)

// Preview is the head of a table: which columns mean what, and its first rows.
type Preview struct {
	Name     string
	Encoding string
	Header   []string
	Columns  map[string]int // field to the place of its column
	By       map[string]string
	Rows     [][]string
}

// previewRows is how many rows a person looks at to see what a column holds.
const previewRows = 5

// Fields are what a column may mean, in the order in which they are asked for; the first
// must be there.
func Fields() []string {
	return []string{"name", "id", "country", "address", "registration", "lei", "imo", "phone", "goods", "hs", "place", "date", "type"}
}

// Look reads the head of a table. Columns says which header holds what, as
// screen.TableOptions does; nil finds them, and leaves out the names where no column looks
// like one of names. It returns corvee.ErrInvalid or
// corvee.ErrUnsupported, with the remedy, for what is no table.
func Look(name string, table []byte, columns map[string]string) (Preview, error) {
	t, err := screen.OpenTable(name, bytes.NewReader(table), screen.TableOptions{Columns: columns})
	first := err
	if err != nil && columns == nil { // no header looks like one of names: show the table, so that somebody can say
		t, err = screen.OpenTable(name, bytes.NewReader(table), screen.TableOptions{Columns: map[string]string{"name": "1"}})
	}
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Name: name, Encoding: t.Encoding(), Header: t.Header(), Columns: map[string]int{}, By: map[string]string{}}
	for _, c := range t.Columns() {
		for i, header := range p.Header {
			if header == c.Header {
				p.Columns[c.Field], p.By[c.Field] = i, c.By
				break
			}
		}
	}
	if first != nil {
		delete(p.Columns, "name")
	}
	for row := range t.Rows() {
		p.Rows = append(p.Rows, row.Cells)
		if len(p.Rows) == previewRows {
			break
		}
	}
	return p, t.Err()
}
