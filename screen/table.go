package screen

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"corvee"
	"corvee/internal/country"
	"corvee/screen/internal/table"
)

// NoColumn stands for a header: no column holds the field, whatever its header says.
const NoColumn = table.None

// TableOptions say what finding columns by header and content would get wrong. The zero
// value finds everything.
type TableOptions struct {
	// Columns maps a field (name, id, country, address, registration, lei, imo, phone,
	// goods, hs, place, date, type) to a header, to a column's number from 1, or to
	// NoColumn.
	Columns map[string]string
	// Encoding is the encoding's name: utf-8, utf-16le, utf-16be, gb18030, euc-kr,
	// windows-1251, windows-1252.
	Encoding string
}

// Column is a column that was given a meaning. By is how: header, content or set.
type Column struct {
	Field  string
	Header string
	By     string
}

// Table is a table of suppliers or shipments, read once from start to end.
type Table struct {
	name     string
	encoding string
	header   []string
	columns  map[table.Field]int
	taken    []table.Taken
	rows     table.Source
	keys     []string // of a row's object
	err      error
}

// TableRow is one row. Rejected is nil, or why the row cannot be screened; its cells are
// there as far as they could be read.
type TableRow struct {
	Number   int // from 1, after the header
	Cells    []string
	Query    corvee.Query
	Rejected *corvee.Rejected
	whole    bool // the line could not be cut: Cells holds it as it stands
}

// OpenTable reads the head of a table and finds its columns. Whether it is delimited text,
// an Excel workbook, Parquet or JSON lines is told by its content; name is for messages only. It
// returns ErrInvalid or ErrUnsupported, with the remedy, for a file that is empty, no
// text, or without a column of names.
func OpenTable(name string, r io.Reader, o TableOptions) (*Table, error) {
	source, encoding, err := table.Open(r, o.Encoding)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	header, sample, rows, err := table.Head(source)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	taken, err := table.Find(header, sample, o.Columns)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	t := &Table{name: name, encoding: encoding, header: header, columns: map[table.Field]int{}, taken: taken, rows: rows, keys: table.Keys(header)}
	for _, c := range taken {
		t.columns[c.Field] = c.Index
	}
	return t, nil
}

// Header returns the header's cells.
func (t *Table) Header() []string { return t.header }

// Object returns a row's cells as one JSON object in the order of the columns, each under
// its header; a header that is empty or stands twice is told apart by its column's number.
// Every column is there, empty where the row ends before it; what goes beyond the header
// follows. Of a row that could not be cut into cells the line is under "(unread)".
func (t *Table) Object(row TableRow) []byte { return table.Object(t.keys, row.Cells, row.whole) }

// Encoding returns the encoding that the file was read in.
func (t *Table) Encoding() string { return t.encoding }

// Columns returns the columns that were given a meaning, in the order of the fields.
func (t *Table) Columns() []Column {
	out := make([]Column, 0, len(t.taken))
	for _, c := range t.taken {
		out = append(out, Column{string(c.Field), c.Header, c.By})
	}
	return out
}

// Err returns why Rows ended before the end of the file; nil when it did not.
func (t *Table) Err() error { return t.err }

// Rows yields the rows in order, once: the table is a stream. Memory does not grow with
// the file.
func (t *Table) Rows() iter.Seq[TableRow] {
	return func(yield func(TableRow) bool) {
		for number := 1; ; number++ {
			row, err := t.rows.Next()
			if err != nil {
				if !errors.Is(err, io.EOF) {
					t.err = fmt.Errorf("%s, row %d: %w", t.name, number, err)
				}
				return
			}
			if !yield(t.row(number, row)) {
				return
			}
		}
	}
}

func (t *Table) row(number int, row table.Row) TableRow {
	out := TableRow{Number: number, Cells: row.Cells, whole: row.Whole}
	reason, remedy := t.wrong(row)
	if reason == "" {
		out.Query = t.query(row.Cells)
		reason, remedy = t.nameless(out.Query)
	}
	if reason != "" {
		out.Rejected = &corvee.Rejected{Input: t.name, Row: &number, Reason: reason, Remedy: remedy}
	}
	return out
}

// nameless says why a name cannot be screened; a number of a register can stand in for one
// that tells nothing.
func (t *Table) nameless(q corvee.Query) (reason, remedy string) {
	remedy = "fill in the column " + t.header[t.columns[table.Name]]
	switch {
	case strings.TrimSpace(q.Name) == "":
		return "the name is empty", remedy
	case len(q.Identifiers) == 0 && table.Blank(q.Name):
		return "the name is only a number, a legal form or marks", remedy
	}
	return "", ""
}

func (t *Table) wrong(row table.Row) (reason, remedy string) {
	switch {
	case row.Broken != nil:
		return fmt.Sprintf("line %d: %v", row.Line, row.Broken), cmp.Or(row.Remedy, "close the quote or double it")
	case len(row.Cells) < len(t.header):
		return fmt.Sprintf("line %d: %d cells where the header has %d", row.Line, len(row.Cells), len(t.header)),
			"complete the row"
	case len(row.Cells) > len(t.header):
		return fmt.Sprintf("line %d: %d cells where the header has %d", row.Line, len(row.Cells), len(t.header)),
			"quote the cell that holds the delimiter"
	}
	for _, c := range row.Cells {
		if strings.ContainsRune(c, utf8.RuneError) || !utf8.ValidString(c) {
			return fmt.Sprintf("line %d: bytes that are not %s", row.Line, t.encoding), "save the table as UTF-8"
		}
	}
	return "", ""
}

// unseen is what may stand around a cell and is no part of it: blanks, and the byte-order mark
// that is left in the middle of a table when files are put one behind another.
const unseen = " \t\r\n\v\f\u0085\u00a0\u2028\u2029\u3000\ufeff"

func (t *Table) cell(cells []string, f table.Field) string {
	if at, ok := t.columns[f]; ok && at < len(cells) {
		return strings.Trim(cells[at], unseen)
	}
	return ""
}

func (t *Table) query(cells []string) corvee.Query {
	q := corvee.Query{
		ID: t.cell(cells, table.ID), Name: t.cell(cells, table.Name), Address: t.cell(cells, table.Address),
		Country: country.Code(t.cell(cells, table.Country)), Place: t.cell(cells, table.Place),
		Type: partyType(t.cell(cells, table.Type)), Sector: table.SectorOfHS(t.cell(cells, table.HS)),
	}
	if q.Country == "" {
		q.Country = country.In(q.Address)
	}
	if q.Sector == "" {
		q.Sector = table.SectorOf(t.cell(cells, table.Goods))
	}
	for _, f := range []table.Field{table.Registration, table.LEI, table.IMO, table.Phone} {
		if v := t.cell(cells, f); v != "" {
			q.Identifiers = append(q.Identifiers, corvee.Identifier{Type: string(f), Value: v})
		}
	}
	if when := table.When(t.cell(cells, table.Date)); when.Known() {
		q.When = &when
	}
	return q
}

func partyType(cell string) corvee.PartyType {
	switch strings.ToLower(cell) {
	case "person", "individual", "개인", "个人", "自然人":
		return corvee.PartyPerson
	case "company", "organisation", "organization", "legalentity", "entity", "법인", "회사", "企业", "公司", "法人":
		return corvee.PartyOrganisation
	case "vessel", "ship", "선박", "船舶":
		return corvee.PartyVessel
	}
	return ""
}
