package screen_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"corvee/screen"
)

// flood is a line of n bytes without an end, in a stream.
type flood struct{ left int }

func (f *flood) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), f.left)
	for i := range p[:n] {
		p[i] = 'a'
	}
	f.left -= n
	return n, nil
}

// heapOf returns how much the work allocates in all, in bytes.
func heapOf(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A line of a quarter of a gigabyte costs itself: its row is rejected, the rows around it stand, and it
// is never held. Not parallel: what is allocated is counted.
func TestLineThatNeverEnds(t *testing.T) {
	const long = 256 << 20
	for name, c := range map[string]struct{ head, tail string }{
		"delimited text":     {"name,country\nHanbit Trading,CN\n", ",CN\nSaebyol Foods,KP\n"},
		"a quote not closed": {"name,country\nHanbit Trading,CN\n\"", "\nSaebyol Foods,KP\n"},
		"JSON lines":         {`{"name":"Hanbit Trading"}` + "\n" + `{"name":"`, "\"}\n" + `{"name":"Saebyol Foods"}` + "\n"},
	} {
		var got []string
		size := heapOf(func() {
			table, err := screen.OpenTable("s", io.MultiReader(strings.NewReader(c.head), &flood{long}, strings.NewReader(c.tail)), screen.TableOptions{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got = outline(t, table)
		})
		if len(got) != 3 || got[0] != "1 Hanbit Trading" || !strings.HasPrefix(got[1], "2 !line 3: ") && !strings.HasPrefix(got[1], "2 !line 2: ") || got[2] != "3 Saebyol Foods" {
			t.Errorf("%s: rows %.200q", name, got)
		}
		if size > 64<<20 {
			t.Errorf("%s: %d MB were allocated for a line that is not kept", name, size>>20)
		}
	}
}

// Files that were put one behind another: the second one's mark is no part of a name, and its
// header is a row like any other.
func TestMarkInTheMiddle(t *testing.T) {
	t.Parallel()
	table := open(t, "\ufeffname,id\nHanbit Trading,1\n\ufeffSaebyol Foods,\ufeff2\n\ufeff,3\n", screen.TableOptions{})
	var got []string
	for row := range table.Rows() {
		got = append(got, fmt.Sprintf("%q %q %t", row.Query.Name, row.Query.ID, row.Rejected != nil))
	}
	if diff := cmp.Diff([]string{`"Hanbit Trading" "1" false`, `"Saebyol Foods" "2" false`, `"" "3" true`}, got); diff != "" {
		t.Error(diff)
	}
}

// Rows of another encoding in a table of UTF-8 are rows with a reason; the others stand.
func TestMixedEncodings(t *testing.T) {
	t.Parallel()
	alien := encoded(t, simplifiedchinese.GB18030, "延吉金华服装有限公司,CN\n")
	table := open(t, "供应商名称,国家\n丹东海丰食品有限公司,中国\n"+alien+"한빛무역,조선\n"+strings.Repeat("东港万通水产有限公司,中国\n", 3), screen.TableOptions{})
	want := []string{"1 丹东海丰食品有限公司", "2 !line 3: bytes that are not utf-8", "3 한빛무역", "4 东港万通水产有限公司", "5 东港万通水产有限公司", "6 东港万通水产有限公司"}
	if diff := cmp.Diff(want, outline(t, table)); diff != "" {
		t.Error(diff)
	}
}

// Ten thousand columns are found as two are, and every cell comes back.
func TestTenThousandColumns(t *testing.T) {
	t.Parallel()
	const wide = 10_000
	var header, row []string
	for i := range wide {
		header, row = append(header, fmt.Sprint("h", i)), append(row, fmt.Sprint("c", i))
	}
	header[wide-1], row[wide-1] = "supplier name", "Hanbit Trading"
	line := strings.Join(row, ",") + "\n"
	table := open(t, strings.Join(header, ",")+"\n"+strings.Repeat(line, 30)+"short,row\n"+line, screen.TableOptions{})
	n := 0
	for r := range table.Rows() {
		n++
		switch {
		case n == 31:
			if r.Rejected == nil || len(table.Object(r)) < wide*5 {
				t.Errorf("the short row: %+v", r.Rejected)
			}
		case r.Query.Name != "Hanbit Trading" || len(r.Cells) != wide || !strings.Contains(string(table.Object(r)), `"h9998":"c9998","supplier name":"Hanbit Trading"}`):
			t.Fatalf("row %d: %q of %d cells, rejected %v", n, r.Query.Name, len(r.Cells), r.Rejected)
		}
	}
	if n != 32 {
		t.Errorf("%d rows, want 32", n)
	}
}

// Whatever rows are cut short or run on, each row of the file is a row of the table, in order.
func TestRaggedRowsKeepTheirPlace(t *testing.T) {
	t.Parallel()
	var body strings.Builder
	body.WriteString("name,country,id\n")
	for i := range 300 {
		body.WriteString("Hanbit Trading" + strings.Repeat(",x", i%6) + "\n")
	}
	n := 0
	for row := range open(t, body.String(), screen.TableOptions{}).Rows() {
		if whole := n%6 == 2; whole == (row.Rejected != nil) || row.Number != n+1 {
			t.Fatalf("row %d of %d cells: rejected %v", row.Number, len(row.Cells), row.Rejected)
		}
		n++
	}
	if n != 300 {
		t.Errorf("%d rows of 300", n)
	}
}

func TestSourceThatBreaks(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is gone")
	table, err := screen.OpenTable("s.csv", io.MultiReader(strings.NewReader("name\n"+strings.Repeat("Hanbit\n", 20_000)), &failing{broken}), screen.TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for range table.Rows() {
	}
	if !errors.Is(table.Err(), broken) || !strings.Contains(table.Err().Error(), "s.csv, row 20001") {
		t.Errorf("Err = %v, want the disk, the file and the row", table.Err())
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }
