package present_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"corvee"
	"corvee/present"
)

// opened reads a workbook with a reader that is not ours.
func opened(t *testing.T, raw string) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func hitOn(name string) []corvee.Message {
	return []corvee.Message{
		{Row: &corvee.Row{Row: 1, ID: "00042", State: corvee.RowHit}},
		{Hit: &corvee.Hit{Row: 1, Query: corvee.Query{Name: name}, Matched: "丹东 <远洋> & 食品", Score: 0.9312, Band: corvee.BandStrong, Unreviewed: 2,
			Listing: corvee.ListingRef{List: "UN Security Council", SourceID: "KPe.901", Kind: corvee.ListingDesignation}}},
		{Row: &corvee.Row{Row: 2, State: corvee.RowClear}},
	}
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	raw := shown(t, present.XLSX, hitOn("=cmd|' /C calc'!A0")...)
	if again := shown(t, present.XLSX, hitOn("=cmd|' /C calc'!A0")...); again != raw {
		t.Error("the same messages gave other bytes")
	}
	book := opened(t, raw)
	rows, err := book.GetRows("Result")
	if err != nil || len(rows) != 3 {
		t.Fatalf("rows %v, %v; want a header and two", rows, err)
	}
	if diff := cmp.Diff([]string{"1", "00042", "hit", "", "=cmd|' /C calc'!A0", "strong", "0.9312", "丹东 <远洋> & 食品"}, rows[1][:8]); diff != "" {
		t.Error(diff)
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeUnset, "B2": excelize.CellTypeInlineString, "E2": excelize.CellTypeInlineString} {
		if got, err := book.GetCellType("Result", cell); got != want || err != nil {
			t.Errorf("cell %s is of type %v, %v; want %v", cell, got, err, want)
		}
	}
	if formula, err := book.GetCellFormula("Result", "E2"); formula != "" || err != nil {
		t.Errorf("a name became the formula %q, %v", formula, err)
	}
}

func TestWorstCells(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("𠀀", 40_000)
	book := opened(t, shown(t, present.XLSX, hitOn("a\x00b\x07\ufffe\xffc\n"+long)...))
	got, err := book.GetCellValue("Result", "E2")
	if err != nil || !strings.HasPrefix(got, "a\ufffdb\ufffd") || !strings.HasSuffix(got, "…") || len([]rune(got)) > 20_000 {
		t.Errorf("%q… of %d runes, %v", got[:min(len(got), 12)], len([]rune(got)), err)
	}
	if empty := opened(t, shown(t, present.XLSX)); len(empty.GetSheetList()) != 1 {
		t.Error("a workbook without rows has no sheet")
	}
}

// Rows beyond what a sheet holds go on the next one, under the header.
func TestFullSheet(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	b := present.NewSmallWorkbook(&out, 3)
	if err := b.Header([]string{"cell 0"}, 1); err != nil {
		t.Fatal(err)
	}
	for i := 1; i < 6; i++ {
		if err := b.Write([]string{fmt.Sprint("cell ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	book := opened(t, out.String())
	var got []string
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		got = append(got, fmt.Sprintf("%s %v %v", sheet, rows, err))
	}
	want := []string{"Result [[cell 0] [cell 1] [cell 2]] <nil>", "Result 2 [[cell 0] [cell 3] [cell 4]] <nil>", "Result 3 [[cell 0] [cell 5]] <nil>"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
