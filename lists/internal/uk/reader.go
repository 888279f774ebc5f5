// Package uk reads the UK Sanctions List of the Foreign, Commonwealth and Development
// Office: the spreadsheet, the CSV and the XML.
//
// What comes in: one of the three. What goes out: one listing for each designation, and a
// rejected line for each that could not be used. Its one idea: all three are brought to
// one record, the designation with its unique id, whose names and addresses the CSV
// spreads over many rows. Layout: gov.uk, "The UK Sanctions List", with its guide to
// formats.
package uk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"corvee"
	"corvee/internal/delimited"
	"corvee/lists/internal/layout"
	"corvee/lists/internal/ods"
)

// List is the list's own name.
const List = "UK Sanctions List"

// columns are the headers of spreadsheet and CSV. What no listing has a place for is
// known too, and maps to a name that nobody asks for.
func columns() layout.Known {
	known := layout.Known{
		"name": "Name", "type": "Type", "individual, entity, ship": "Type", "designation type": "Type",
		"business registration number (s)": "Business registration number", "business registration number(s)": "Business registration number",
		"nationality(/ies)": "Nationality", "nationality": "Nationality", "name non-latin script": "Name non-latin script",
		"sanctions imposed": "Sanctions Imposed", "d.o.b": "D.O.B",
		"current believed flag of ship": "Flag",
	}
	for _, h := range []string{"Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1", "Name 2",
		"Name 3", "Name 4", "Name 5", "Name type", "Alias strength", "Title", "Non-latin script type", "Non-latin script language",
		"Regime Name", "Designation source", "Other Information", "UK Statement of Reasons", "Address Line 1", "Address Line 2",
		"Address Line 3", "Address Line 4", "Address Line 5", "Address Line 6", "Address Postal Code", "Address Country",
		"Phone number", "Website", "Email address", "Date Designated", "National Identifier number",
		"National Identifier additional information", "Passport number", "Passport additional information", "Position", "Gender",
		"Town of birth", "Country of birth", "Type of entity", "Subsidiaries", "Parent company", "IMO number",
		"Current owner/operator (s)", "Previous owner/operator (s)", "Previous flags", "Type of ship", "Tonnage of ship",
		"Length of ship", "Year Built", "Hull identification number (HIN)"} {
		known[layout.Plain(h)] = h
	}
	return known
}

// Recognise reports whether cells are the list's header: in the spreadsheet, or in the
// CSV, which has a line with the day of the report before it.
func Recognise(cells []string) bool {
	have := map[string]bool{}
	for _, c := range cells {
		have[layout.Plain(c)] = true
	}
	return have["unique id"] && have["regime name"] && (have["name"] || have["name 6"])
}

// source yields the rows of a table; broken is why one could not be read.
type source func() (row int, cells []string, broken, err error)

// ReadSheet returns the designations of the spreadsheet, in its order.
func ReadSheet(name string, date corvee.Date, body []byte) (layout.Content, error) {
	sheet, err := ods.Open(name, body)
	if err != nil {
		return layout.Content{}, err
	}
	return readRows(name, date, "Name", func() (int, []string, error, error) {
		row, err := sheet.Next()
		return row.Number, row.Cells, nil, err
	})
}

// ReadCSV returns the designations of the CSV, in the order of their first rows.
func ReadCSV(name string, date corvee.Date, body []byte) (layout.Content, error) {
	in := delimited.NewReader(bytes.NewReader(body), ',')
	return readRows(name, date, "Name 6", func() (int, []string, error, error) {
		rec, err := in.Next()
		return rec.Line, rec.Cells, rec.Broken, err
	})
}

// IsPreamble reports whether cells are the line before the CSV's header.
func IsPreamble(cells []string) bool {
	return len(cells) > 0 && strings.HasPrefix(layout.Plain(cells[0]), "report date")
}

// dated returns the day that a preamble states: "Report Date: 23-Sep-2025".
func dated(cells []string) corvee.Date {
	_, day, _ := strings.Cut(strings.Join(cells, " "), ":")
	return day4(strings.TrimSpace(day))
}

func readRows(name string, date corvee.Date, nameColumn string, next source) (layout.Content, error) {
	t := table{gather: gather{name: name, date: date, at: map[string]int{}}}
	for {
		row, cells, broken, err := next()
		switch {
		case errors.Is(err, io.EOF):
			if t.columns == nil {
				return layout.Content{}, fmt.Errorf("%w: %s holds no header", corvee.ErrInvalid, name)
			}
			return t.done()
		case err != nil:
			return layout.Content{}, fmt.Errorf("%s: %w", name, err)
		case t.columns == nil && IsPreamble(cells):
			t.stated(dated(cells))
		case t.columns == nil:
			t.columns, t.out.Unread, err = layout.Columns(name, row, cells, columns(), "Unique ID", nameColumn, "Regime Name", "Type")
			if t.width = len(cells); err != nil {
				return layout.Content{}, err
			}
		default:
			t.row(row, cells, broken)
		}
	}
}

// table reads rows under a header.
type table struct {
	gather
	columns map[string]int
	width   int
}

func (t *table) row(row int, cells []string, broken error) {
	switch {
	case broken != nil:
		t.reject(row, broken.Error())
	case len(cells) > t.width:
		t.reject(row, fmt.Sprintf("%d columns where the header has %d", len(cells), t.width))
	default:
		t.add(row, func(column string) string {
			if i, ok := t.columns[column]; ok && i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		})
	}
}
