package present

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
	maxSheetRows = 1 << 20
	maxCellText  = 32767
)

// workbook writes one table as an Excel workbook, row by row: every cell is a text or a
// number, none a formula, so nothing that a report or a table wrote is ever run. No
// temporary file is made. The same rows give the same bytes.
type workbook struct {
	zip     *zip.Writer
	sheet   io.Writer
	rows    int // on this sheet
	sheets  int
	most    int
	header  []string
	numeric []bool
	err     error
}

func newWorkbook(w io.Writer) *workbook { return &workbook{zip: zip.NewWriter(w), most: maxSheetRows} }

// numericColumns hold figures that a person may want to sort by.
func numericColumns() []string {
	return []string{"row", "score", "unreviewed", "age_days", "listings", "rejected", "bytes", "start", "end"}
}

// Header begins the first sheet. A column that is not our own holds texts: a number of
// somebody's table may begin with zeros.
func (b *workbook) Header(cells []string, own int) error {
	b.header = slices.Clone(cells)
	for i, h := range cells {
		b.numeric = append(b.numeric, i < own && slices.Contains(numericColumns(), h))
	}
	b.open()
	b.row(b.header, true)
	return b.err
}

// Write adds a row.
func (b *workbook) Write(cells []string) error {
	if b.rows == b.most {
		b.open()
		b.row(b.header, true)
	}
	b.row(cells, false)
	return b.err
}

func (b *workbook) open() {
	b.end()
	b.sheets++
	b.rows = 0
	b.sheet = b.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets))
	b.print(b.sheet, xml.Header+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
}

func (b *workbook) end() {
	if b.sheet != nil {
		b.print(b.sheet, `</sheetData></worksheet>`)
		b.sheet = nil
	}
}

func (b *workbook) row(cells []string, header bool) {
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
		case !header && i < len(b.numeric) && b.numeric[i] && plainNumber(c):
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
func (b *workbook) Close() error {
	if b.sheets == 0 {
		b.open()
	}
	b.end()
	var types, sheets, relations strings.Builder
	for n := 1; n <= b.sheets; n++ {
		name := "Result"
		if n > 1 {
			name = fmt.Sprintf("Result %d", n)
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, n, n)
	}
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`, b.sheets+1)
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

func (b *workbook) part(name string) io.Writer {
	if b.err != nil {
		return io.Discard
	}
	w, err := b.zip.Create(name)
	if b.err = err; err != nil {
		return io.Discard
	}
	return w
}

func (b *workbook) print(w io.Writer, text string) {
	if b.err == nil {
		_, b.err = io.WriteString(w, text)
	}
}
