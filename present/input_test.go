package present_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"corvee"
	"corvee/present"
)

func rowWith(n int, state corvee.RowState, input string) corvee.Message {
	return corvee.Message{Row: &corvee.Row{Row: n, State: state, Input: json.RawMessage(input)}}
}

func TestResultCarriesTheInput(t *testing.T) {
	t.Parallel()
	messages := []corvee.Message{
		rowWith(1, corvee.RowClear, `{"name":"A","score":"007","score (column 3)":"x","note":"=1"}`),
		rowWith(2, corvee.RowRejected, `{"name":"B","note":"","surplus":"+2"}`),
		rowWith(3, corvee.RowRejected, ``),
		rowWith(4, corvee.RowRejected, `{"name":["not","text"],"note":4}`),
		rowWith(5, corvee.RowRejected, `[1]`),
	}
	got, err := csv.NewReader(strings.NewReader(shown(t, present.CSV, messages...))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var tails [][]string
	for _, row := range got {
		tails = append(tails, row[len(row)-5:])
	}
	want := [][]string{
		{"input name", "input score", "score (column 3)", "note", "input beyond header"},
		{"A", "007", "x", "'=1", ""}, {"B", "", "", "", "surplus: +2"}, {"", "", "", "", ""}, {`'["not","text"]`[1:], "", "", "4", ""}, {"", "", "", "", ""},
	}
	if diff := cmp.Diff(want, tails); diff != "" {
		t.Error(diff)
	}
	book := opened(t, shown(t, present.XLSX, messages...))
	if kind, err := book.GetCellType("Result", "T2"); kind != excelize.CellTypeInlineString || err != nil {
		t.Errorf("the cell 007 of a table is of type %v, %v; want a text that keeps its zeros", kind, err)
	}
	if text, _ := book.GetCellValue("Result", "T2"); text != "007" {
		t.Errorf("the cell 007 became %q", text)
	}
}

// No cell, whatever stands in it, begins a formula: not the whole of it, not a part that a
// program cuts off at a semicolon or a tab.
func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := present.Cell(rapid.StringOfN(rapid.RuneFrom([]rune("=+-@|%＝＋－＠;\t\n '\"ab5\u00a0\ufeff\u200b")), 0, 12, -1).Draw(t, "cell"))
		begins := func(part string) bool {
			return part != "" && strings.ContainsAny(part[:1], "=+@|%") || strings.HasPrefix(part, "＝")
		}
		if whole := strings.TrimLeft(cell, " \t\n\u00a0\ufeff\u200b"); begins(whole) && !strings.HasPrefix(cell, "'") {
			t.Fatalf("%q begins a formula", cell)
		}
		for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\t' || r == '\n' }) {
			if begins(part) {
				t.Fatalf("%q begins a formula behind a cut", cell)
			}
		}
	})
}
