package present

import "io"

// NewSmallWorkbook is a workbook whose sheets hold few rows.
func NewSmallWorkbook(w io.Writer, rows int) interface {
	Header([]string, int) error
	Write([]string) error
	Close() error
} {
	return newWorkbook(w, rows)
}
