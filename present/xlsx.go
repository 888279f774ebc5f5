package present

import (
	"io"
	"slices"

	"corvee/present/internal/workbook"
)

// book is one table as an Excel workbook.
type book struct{ out *workbook.Book }

func newWorkbook(w io.Writer, most int) book { return book{workbook.New(w, most)} }

// numericColumns hold figures that a person may want to sort by.
func numericColumns() []string {
	return []string{"row", "score", "unreviewed", "age_days", "listings", "rejected", "bytes", "start", "end"}
}

// Header begins the sheet. A column that is not our own holds texts.
func (b book) Header(cells []string, own int) error {
	var numeric []bool
	for i, h := range cells {
		numeric = append(numeric, i < own && slices.Contains(numericColumns(), h))
	}
	return b.out.Sheet("Result", cells, numeric)
}

// Write adds a row.
func (b book) Write(cells []string) error { return b.out.Row(cells) }

// Close ends the workbook.
func (b book) Close() error { return b.out.Close() }
