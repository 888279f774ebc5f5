package screen_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"corvee"
	"corvee/screen"
)

// suppliers is a workbook as a writer that is not ours makes it: a hidden sheet first, a
// date, a long number, a formula, an error, empty rows and cells.
func suppliers(t testing.TB) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	set := func(cell string, value any) {
		if err := book.SetCellValue("Suppliers", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	_, err := book.NewSheet("Suppliers")
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range []string{"ID", "Supplier name", "Country", "Registration number", "Ship date", "City"} {
		set(fmt.Sprintf("%c2", 'A'+i), h)
	}
	set("A3", "S1")
	set("B3", "丹东海丰食品有限公司")
	set("C3", "China")
	set("D3", 912106000000001)
	set("E3", time.Date(2023, 5, 3, 0, 0, 0, 0, time.UTC))
	set("B6", "Breakwater Foods Ltd. ")
	set("B7", "")
	set("A7", "S3")
	set("B8", "Tide Garment Group")
	set("H8", "beside the table")
	if err := book.SetCellFormula("Suppliers", "C6", `"Ch"&"ina"`); err != nil {
		t.Fatal(err)
	}
	book.SetActiveSheet(1)
	if err := book.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	out, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openBytes(t *testing.T, body []byte) *screen.Table {
	t.Helper()
	table, err := screen.OpenTable("suppliers", bytes.NewReader(body), screen.TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	table := openBytes(t, suppliers(t))
	var queries []corvee.Query
	var rejected []string
	for row := range table.Rows() {
		if row.Rejected != nil {
			rejected = append(rejected, fmt.Sprintf("%d %s; %s", row.Number, row.Rejected.Reason, row.Rejected.Remedy))
			continue
		}
		queries = append(queries, row.Query)
	}
	if err := table.Err(); err != nil {
		t.Fatal(err)
	}
	if len(queries) != 2 || queries[0].Name != "丹东海丰食品有限公司" || queries[0].ID != "S1" || queries[0].Country != "CN" ||
		queries[0].Identifiers[0].Value != "912106000000001" || queries[0].When.String() == "" || queries[1].Name != "Breakwater Foods Ltd." {
		t.Errorf("queries %+v", queries)
	}
	if got := queries[0].When.From.String(); got != "2023-05-03" {
		t.Errorf("date %s, want 2023-05-03", got)
	}
	want := []string{
		"3 the name is empty; fill in the column Supplier name",
		"4 line 8: a cell in column H, where the header has 6 columns; give the column a header, or empty the cell",
	}
	if diff := cmp.Diff(want, rejected); diff != "" {
		t.Error(diff)
	}
}

func TestJSONLines(t *testing.T) {
	t.Parallel()
	got := outline(t, open(t, `{"id":"a1","name":"丹东海丰食品有限公司","registration_number":912106000000001,"country":null}

{"name":"Breakwater Foods","properties":{"country":["cn","kp"]}}
{"name":"cut off
{"id":"a4","country":"CN"}
["a list"]
{"name":"Tide Garment","unknown later":{"deep":[1,2,{"x":true}]}} {"name":"second"}
{"name":"Quay Textile"}
`, screen.TableOptions{}))
	want := []string{"1 丹东海丰食品有限公司", "2 Breakwater Foods", "3 !line 4: not a whole JSON object: unexpected EOF",
		"4 !the name is empty", "5 !line 6: not a JSON object", "6 !line 7: more than one JSON value on the line", "7 Quay Textile"}
	for i := range got {
		if strings.HasPrefix(got[i], "3 !line 4: not a whole JSON object") {
			got[i] = want[2] // the reason's end is the decoder's own
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	table := open(t, `{"id":1.50e3,"name":"X Foods","n":12345678901234567890}`+"\n", screen.TableOptions{})
	for row := range table.Rows() {
		if diff := cmp.Diff([]string{"1.50e3", "X Foods", "12345678901234567890"}, row.Cells); diff != "" {
			t.Errorf("numbers are kept as they are written:\n%s", diff)
		}
	}
}

// zipped makes a ZIP of parts in the order given.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	oneSheet = `<workbook><sheets><sheet name="a" sheetId="1"/></sheets></workbook>`
	sheetIn  = "xl/worksheets/sheet1.xml"
	bookIn   = "xl/workbook.xml"
)

func cells(rows ...string) string {
	var b strings.Builder
	b.WriteString("<worksheet><sheetData>")
	for _, row := range rows {
		b.WriteString("<row>" + row + "</row>")
	}
	b.WriteString("</sheetData></worksheet>")
	return b.String()
}

func inline(text string) string { return `<c t="inlineStr"><is><t>` + text + `</t></is></c>` }

func TestWorstWorkbooks(t *testing.T) {
	t.Parallel()
	whole := suppliers(t)
	for name, c := range map[string]struct {
		body []byte
		want error
	}{
		"cut off":        {whole[:len(whole)/2], corvee.ErrInvalid},
		"another ZIP":    {zipped(t, "word/document.xml", "<w/>"), corvee.ErrUnsupported},
		"no sheet":       {zipped(t, bookIn, oneSheet), corvee.ErrUnsupported},
		"an empty sheet": {zipped(t, bookIn, oneSheet, sheetIn, cells()), corvee.ErrInvalid},
		"a bomb":         {zipped(t, bookIn, oneSheet, sheetIn, "<worksheet>"+strings.Repeat(" ", 64<<20)), corvee.ErrInvalid},
		"a bomb of text": {zipped(t, bookIn, oneSheet, "xl/sharedStrings.xml", "<sst>"+strings.Repeat(" ", 64<<20), sheetIn, cells(inline("name"))), corvee.ErrInvalid},
		"broken XML":     {zipped(t, bookIn, oneSheet, sheetIn, "<worksheet><sheetData><row><c"), corvee.ErrInvalid},
		"entities":       {zipped(t, bookIn, `<!DOCTYPE a [<!ENTITY x "y">]>`+oneSheet, sheetIn, cells(inline("&x;"))), corvee.ErrInvalid},
		"nested":         {zipped(t, bookIn, oneSheet, sheetIn, cells("<c>"+strings.Repeat("<v>", 1000))), corvee.ErrInvalid},
	} {
		_, err := screen.OpenTable("worst.xlsx", bytes.NewReader(c.body), screen.TableOptions{})
		if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), "worst.xlsx") {
			t.Errorf("%s: %v, want %v that names the file", name, err, c.want)
		}
	}
	// What breaks one row breaks no other.
	table := openBytes(t, zipped(t, bookIn, oneSheet, sheetIn, cells(inline("name"), `<c t="s"><v>7</v></c>`, inline("Quay Foods"), `<c><v>0x1p9</v></c>`,
		`<c t="e"><v>#N/A</v></c>`+inline("x"), `<c r="A9"><v>1E3</v></c>`, `<c r="ZZZZZZZZZZ1"><v>1</v></c>`)))
	want := []string{`1 !line 2: column A: refers to text "7", of which the workbook has 0`, "2 Quay Foods", `3 !line 4: column A: "0x1p9" is no number`,
		"4 !line 5: a cell in column B, where the header has 1 columns", "5 !the name is only a number, a legal form or marks"}
	if diff := cmp.Diff(want, outline(t, table)); diff != "" {
		t.Error(diff)
	}
}

func FuzzWorkbook(f *testing.F) {
	f.Add(suppliers(f), []byte(cells(inline("name"), inline("Quay Foods"))))
	f.Add([]byte("PK\x03\x04"), []byte("<worksheet><row><c t=\"s\"><v>0</v>"))
	f.Fuzz(func(t *testing.T, whole, sheet []byte) {
		for _, body := range [][]byte{whole, zipped(t, bookIn, oneSheet, sheetIn, string(sheet))} {
			table, err := screen.OpenTable("x", bytes.NewReader(body), screen.TableOptions{Columns: map[string]string{"name": "1"}})
			if err != nil {
				continue
			}
			for row := range table.Rows() {
				if row.Rejected == nil && strings.TrimSpace(row.Query.Name) == "" {
					t.Errorf("row %d is neither rejected nor has a name", row.Number)
				}
			}
		}
	})
}

func FuzzJSONLines(f *testing.F) {
	f.Add([]byte(`{"name":"X","a":{"b":[1,null,{"c":true}]}}` + "\n{"))
	f.Fuzz(func(t *testing.T, body []byte) {
		table, err := screen.OpenTable("x", bytes.NewReader(append([]byte(`{"name":"X"}`+"\n"), body...)), screen.TableOptions{})
		if err != nil {
			return
		}
		n := 0
		for row := range table.Rows() {
			n++
			if row.Rejected == nil && row.Query.Name == "" {
				t.Errorf("row %d is neither rejected nor has a name", row.Number)
			}
		}
		if n == 0 {
			t.Error("the first row is gone")
		}
	})
}
