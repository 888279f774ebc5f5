// Package cbp reads the withhold release orders and findings of US Customs and Border
// Protection.
//
// What comes in: the data set of the dashboard as CSV (Entity, Country, Industry, WRO/Finding,
// Status, Effective Date, …), or the older table of the page (Date, Merchandise,
// Manufacturer, Status). What goes out: one listing for each party that an order names,
// and a rejected line for each row that could not be used or is no longer in force. Its one
// idea: an order binds goods; it is screened by the parties that it names, and one that
// names none cannot be. It is an import order, never a designation.
package cbp

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
const List = "CBP Withhold Release Orders and Findings"

func columns() layout.Known {
	return layout.Known{
		"entity": "Entity", "manufacturer": "Entity", "manufacturer/s": "Entity", "manufacturer(s)": "Entity", "manufacturers": "Entity",
		"status": "Status", "effective date": "Date", "date": "Date", "industry": "Goods", "merchandise": "Goods",
		"wro/finding": "Order", "country": "Country", "country code": "Country code", "remarks": "Remarks", "status notes": "Remarks",
		"press release": "Press Release", "calendar year": "Year", "fiscal year": "Year",
	}
}

// Recognise reports whether cells are the header of the list.
func Recognise(cells []string) bool {
	have := map[string]bool{}
	for _, c := range cells {
		have[columns()[layout.Plain(c)]] = true
	}
	return have["Entity"] && have["Status"] && have["Date"] && have["Goods"]
}

// Read returns the parties in the order of the file.
func Read(name string, date corvee.Date, body []byte) (layout.Content, error) {
	in := delimited.NewReader(bytes.NewReader(body), ',')
	m := mapper{name: name, date: date, seen: map[string]int{}}
	var at map[string]int
	for {
		rec, err := in.Next()
		switch {
		case errors.Is(err, io.EOF):
			return m.done()
		case err != nil:
			return layout.Content{}, fmt.Errorf("%s: %w", name, err)
		case at == nil:
			at, m.out.Unread, err = layout.Columns(name, rec.Line, rec.Cells, columns(), "Entity", "Status", "Date", "Goods")
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
