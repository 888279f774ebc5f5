package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"corvee"
)

// The bounds of a workbook. A sheet of a million rows of twenty columns unpacks to about
// 1.5 GB and is streamed; only the shared texts are held.
const (
	maxPacked = 512 << 20
	maxSheet  = 4 << 30
	maxShared = 256 << 20
	maxSmall  = 16 << 20 // the parts that only say where the others are
	maxRatio  = 1000     // unpacked to packed, of one part
	maxWide   = 16384    // columns, Excel's own limit
	maxText   = 32767    // characters in a cell, Excel's own limit
)

// xlsx is a Source of the first sheet of a workbook that is shown.
type xlsx struct {
	in     *xml.Decoder
	book   book
	width  int // of the header; 0 until it was read
	row    int // number of the last row
	opened bool
}

// XLSX returns the Source of a workbook, whose packed bytes are held whole. Nothing of it
// is written to disk. It returns ErrUnsupported for what is no workbook, ErrInvalid for
// one that is damaged or unpacks to more than a workbook can hold.
func XLSX(r io.Reader) (Source, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxPacked+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxPacked {
		return nil, fmt.Errorf("%w: the workbook is over %d MB: save the sheet as CSV", corvee.ErrInvalid, maxPacked>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, damaged(err)
	}
	b, sheet, err := openBook(z)
	if err != nil {
		return nil, err
	}
	in, err := open(z, sheet, maxSheet)
	if err != nil {
		return nil, err
	}
	return &xlsx{in: xml.NewDecoder(in), book: b}, nil
}

func damaged(err error) error {
	if errors.Is(err, corvee.ErrInvalid) || errors.Is(err, corvee.ErrUnsupported) {
		return err
	}
	return fmt.Errorf("%w: the workbook is damaged or cut off: %v: open it and save it again, or save the sheet as CSV", corvee.ErrInvalid, err)
}

// Next returns the next row that has a filled cell, or a broken one.
func (x *xlsx) Next() (Row, error) {
	for {
		token, err := x.in.Token()
		if errors.Is(err, io.EOF) && x.opened {
			err = errors.New("the sheet is not closed")
		}
		if err != nil {
			return Row{}, damaged(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			x.opened = true
			if t.Name.Local != "row" {
				continue
			}
			row, filled, err := x.cells(t)
			if err != nil {
				return Row{}, damaged(err)
			}
			if filled || row.Broken != nil {
				return x.fitted(row), nil
			}
		case xml.EndElement:
			if t.Name.Local == "sheetData" || t.Name.Local == "worksheet" {
				return Row{}, io.EOF
			}
		}
	}
}

// fitted brings a row to the width of the header: a workbook leaves out empty cells at the
// end.
func (x *xlsx) fitted(row Row) Row {
	if x.width == 0 {
		x.width = len(row.Cells)
		return row
	}
	if row.Broken == nil && len(row.Cells) > x.width {
		row.Broken = fmt.Errorf("a cell in column %s, where the header has %d columns", columnName(len(row.Cells)), x.width)
		row.Remedy = "give the column a header, or empty the cell"
	}
	for len(row.Cells) < x.width {
		row.Cells = append(row.Cells, "")
	}
	return row
}

// cells reads one row. A cell that cannot be read breaks its row, not the sheet.
func (x *xlsx) cells(start xml.StartElement) (row Row, filled bool, err error) {
	x.row++
	if n, err := strconv.Atoi(attr(start, "r")); err == nil && n > 0 {
		x.row = n
	}
	row.Line = x.row
	at := 0
	for {
		token, err := x.in.Token()
		if err != nil {
			return row, false, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return row, filled, nil
		case xml.StartElement:
			if t.Name.Local != "c" {
				if err := x.in.Skip(); err != nil {
					return row, false, err
				}
				continue
			}
			if n := columnOf(attr(t, "r")); n > 0 {
				at = n - 1
			}
			raw, err := x.cell()
			if err != nil {
				return row, false, err
			}
			text, why := x.book.text(attr(t, "t"), attr(t, "s"), raw)
			if why != "" && row.Broken == nil {
				row.Broken, row.Remedy = fmt.Errorf("column %s: %s", columnName(at+1), why), "open the workbook and write the cell again"
			}
			if text = strings.TrimSpace(text); text != "" && at < maxWide {
				for len(row.Cells) <= at {
					row.Cells = append(row.Cells, "")
				}
				row.Cells[at], filled = text, true
			}
			at++
		}
	}
}

// cell returns the value of a cell: what stands in v, or the texts of an inline string.
// The formula that it came from is passed over.
func (x *xlsx) cell() (string, error) {
	var text strings.Builder
	var open []string
	for {
		token, err := x.in.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "f" || t.Name.Local == "rPh" {
				if err := x.in.Skip(); err != nil {
					return "", err
				}
				continue
			}
			if open = append(open, t.Name.Local); len(open) > 16 {
				return "", errors.New("elements are nested too deep")
			}
		case xml.EndElement:
			if len(open) == 0 {
				return text.String(), nil
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 && (open[len(open)-1] == "v" || open[len(open)-1] == "t") && text.Len() < 4*maxText {
				text.Write(t)
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// columnOf returns the number of the column in a reference like AB12, from 1; 0 for what
// is none.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && n < maxWide; i++ {
		n = 26*n + int(ref[i]-'A') + 1
	}
	return n
}

func columnName(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
