// Package workbook writes tables as an Excel workbook, row by row.
//
// What comes in: the name and the header of a sheet, then its rows. What goes out: bytes on a
// writer. Its one idea: every cell is a text or a plain number, none a formula, so nothing
// that a report or a table wrote is ever run; no temporary file is made, and the same rows
// give the same bytes.
package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// The limits of Excel: what is longer is cut with a mark, further rows go on a sheet of
// their own.
const (
	MaxRows     = 1 << 20
	maxCellText = 32767
	maxName     = 31 // of a sheet, in UTF-16; ours are ASCII
)

// Book is a workbook that is being written.
type Book struct {
	zip     *zip.Writer
	sheet   io.Writer
	rows    int // on this sheet
	names   []string
	name    string // of the table; a sheet that goes on has a number behind it
	parts   int    // sheets of this table
	most    int
	header  []string
	numeric []bool
	err     error
}

// New returns a Book on w whose sheets hold at most most rows, header included; MaxRows is
// what Excel holds.
func New(w io.Writer, most int) *Book { return &Book{zip: zip.NewWriter(w), most: most} }

// Sheet begins a table. Columns of which numeric is true hold plain numbers that may be
// sorted by; all others hold texts: a number of somebody's table may begin with zeros, and
// an exact decimal must not become a float. The name is ASCII.
func (b *Book) Sheet(name string, header []string, numeric []bool) error {
	b.header, b.numeric, b.name, b.parts = slices.Clone(header), slices.Clone(numeric), name, 0
	b.open()
	b.row(b.header, true)
	return b.err
}

// Row adds a row to the table.
func (b *Book) Row(cells []string) error {
	if b.rows == b.most {
		b.open()
		b.row(b.header, true)
	}
	b.row(cells, false)
	return b.err
}

func (b *Book) open() {
	b.end()
	b.parts++
	name := b.name
	if b.parts > 1 {
		name = fmt.Sprintf("%s %d", b.name, b.parts)
	}
	b.names = append(b.names, name[:min(len(name), maxName)])
	b.rows = 0
	b.sheet = b.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.names)))
	b.print(b.sheet, xml.Header+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
}

func (b *Book) end() {
	if b.sheet != nil {
		b.print(b.sheet, `</sheetData></worksheet>`)
		b.sheet = nil
	}
}

func (b *Book) row(cells []string, header bool) {
	b.rows++
	var out bytes.Buffer
	out.WriteString("<row>")
	for i, c := range cells {
		style := ""
		if header {
			style = ` s="1"`
		}
		switch {
		case c == "":
			fmt.Fprintf(&out, `<c%s/>`, style)
		case !header && i < len(b.numeric) && b.numeric[i] && PlainNumber(c):
			fmt.Fprintf(&out, `<c><v>%s</v></c>`, c)
		default:
			fmt.Fprintf(&out, `<c t="inlineStr"%s><is><t xml:space="preserve">`, style)
			_ = xml.EscapeText(&out, []byte(fitting(c)))
			out.WriteString(`</t></is></c>`)
		}
	}
	out.WriteString("</row>")
	if b.err == nil {
		_, b.err = b.sheet.Write(out.Bytes())
	}
}

// fitting cuts what a cell cannot hold, which Excel counts in UTF-16.
func fitting(s string) string {
	if len(s) <= maxCellText {
		return s
	}
	units := 0
	for i, r := range s {
		if units++; r > 0xFFFF {
			units++
		}
		if units > maxCellText-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// Close writes the parts that say where the others are; a workbook has at least one sheet.
func (b *Book) Close() error {
	if len(b.names) == 0 {
		b.name = "Result"
		b.open()
	}
	b.end()
	var types, sheets, relations strings.Builder
	for i, name := range b.names {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, n, n)
	}
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`, len(b.names)+1)
	b.print(b.part("xl/styles.xml"), xml.Header+styles)
	b.print(b.part("xl/workbook.xml"), xml.Header+`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `+
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`+sheets.String()+`</sheets></workbook>`)
	b.print(b.part("xl/_rels/workbook.xml.rels"), xml.Header+relationships+relations.String()+`</Relationships>`)
	b.print(b.part("_rels/.rels"), xml.Header+relationships+
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	b.print(b.part("[Content_Types].xml"), xml.Header+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`+
		types.String()+`</Types>`)
	if b.err != nil {
		return b.err
	}
	return b.zip.Close()
}

const relationships = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

// styles has two looks: plain, and bold for the header.
const styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`

func (b *Book) part(name string) io.Writer {
	if b.err != nil {
		return io.Discard
	}
	w, err := b.zip.Create(name)
	if b.err = err; err != nil {
		return io.Discard
	}
	return w
}

func (b *Book) print(w io.Writer, text string) {
	if b.err == nil {
		_, b.err = io.WriteString(w, text)
	}
}

// PlainNumber reports whether a cell is digits with at most one sign before them.
func PlainNumber(s string) bool {
	digits := strings.TrimLeft(s, "-")
	return len(s)-len(digits) <= 1 && digits != "" && strings.Trim(digits, "0123456789.") == ""
}
