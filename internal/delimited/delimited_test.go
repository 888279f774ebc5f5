package delimited_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee/internal/delimited"
)

// rows reads everything: cells, or "!" and the reason, with the line before.
func rows(t testing.TB, text string, columns int) []string {
	t.Helper()
	r := delimited.NewReader(strings.NewReader(text), ',')
	r.Columns = columns
	var out []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		cells := strings.Join(rec.Cells, "|")
		if rec.Broken != nil {
			cells = "!" + rec.Broken.Error()
		}
		out = append(out, string(rune('0'+rec.Line))+" "+cells)
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text    string
		columns int
		want    []string
	}{
		"plain":             {"a,b\r\n1,2\n", 2, []string{"1 a|b", "2 1|2"}},
		"lone carriage":     {"a,b\r1,2", 2, []string{"1 a|b", "2 1|2"}},
		"quoted":            {`"a, b","c ""d"""` + "\n", 2, []string{`1 a, b|c "d"`}},
		"quote in a cell":   {`5" pipe,x` + "\n", 2, []string{`1 5" pipe|x`}},
		"cell of two lines": {"\"a\nb\",2\n3,4\n", 2, []string{"1 a\nb|2", "3 3|4"}},
		"quote never closed": {"1,\"Foo Ltd,CN\n2,Bar,CN\n3,Baz,KR\n", 3,
			[]string{"1 !a quote is opened and not closed", "2 2|Bar|CN", "3 3|Baz|KR"}},
		"quote closed by a later row": {"1,\"Foo Ltd,CN\n2,\"Bar, Inc\",CN\n", 3,
			[]string{"1 !a quote is opened and not closed", "2 2|Bar, Inc|CN"}},
		"text after a quote": {`"a"b,c` + "\n1,2\n", 2, []string{"1 !column 1: text after a closing quote", "2 1|2"}},
		"empty lines":        {"\n\na\n\n", 1, []string{"3 a"}},
		"nothing":            {"", 1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, rows(t, c.text, c.columns)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLongLineIsOneBrokenRow(t *testing.T) {
	t.Parallel()
	got := rows(t, strings.Repeat("x", 3<<20)+"\n1,2\n", 2)
	if len(got) != 2 || !strings.Contains(got[0], "over") || got[1] != "2 1|2" {
		t.Errorf("got %d rows: %.80q", len(got), got)
	}
}

// FuzzNext holds that reading ends, never panics, and that line numbers only rise.
func FuzzNext(f *testing.F) {
	f.Add("a,\"b\nc\",d\n\"", 3)
	f.Add("\"\"\",\"\n,,\r\r\n", 0)
	f.Fuzz(func(t *testing.T, text string, columns int) {
		r := delimited.NewReader(strings.NewReader(text), ',')
		r.Columns = columns
		last := 0
		for range len(text) + 2 {
			rec, err := r.Next()
			if err != nil {
				return
			}
			if rec.Line <= last {
				t.Fatalf("line %d after %d", rec.Line, last)
			}
			last = rec.Line
		}
		t.Fatalf("more records than bytes in %q", text)
	})
}
