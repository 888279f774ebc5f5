package plain_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/intake/internal/plain"
)

func shown(text string) []string {
	var out []string
	for _, b := range plain.Blocks(text) {
		out = append(out, string(b.Kind)+"|"+text[b.Start:b.End])
	}
	return out
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nothing":                {"", nil},
		"only space":             {" \r\n\u3000\n\t\x00\n", nil},
		"one line":               {"Sixty women knit", []string{"body|Sixty women knit"}},
		"a title":                {"Sixty at the mill\n\nSixty women knit.", []string{"title|Sixty at the mill", "body|Sixty women knit."}},
		"no title, a sentence":   {"Sixty women knit.\n\nThey sew.", []string{"body|Sixty women knit.", "body|They sew."}},
		"wrapped lines are one":  {"Sixty women\nknit at\nthe mill.\n\nThey sew.", []string{"body|Sixty women\nknit at\nthe mill.", "body|They sew."}},
		"CRLF":                   {"Sixty women\r\nknit.\r\n\r\n\r\nThey sew.\r\n", []string{"body|Sixty women\r\nknit.", "body|They sew."}},
		"CR alone":               {"Sixty women knit.\r\rThey sew.", []string{"body|Sixty women knit.", "body|They sew."}},
		"blank lines of spaces":  {"Sixty women knit.\n \t\u3000\nThey sew.", []string{"body|Sixty women knit.", "body|They sew."}},
		"indented as in Chinese": {"\u3000\u3000六十名女工。\n\n\u3000\u3000她们缝纫。", []string{"body|六十名女工。", "body|她们缝纫。"}},
		"a caption twice": {
			"Sixty women knit.\n\nAt the gate\nAt the gate in May. / Image: Invented Post\n\nThey sew.",
			[]string{"body|Sixty women knit.", "caption|At the gate", "caption|At the gate in May. / Image: Invented Post", "body|They sew."},
		},
		"a caption twice, parted": {
			"They sew.\n\nSixty women at the gate\n\nSixty women at the gate in May. (Photo: Invented Post)\n\nSixty women knit",
			[]string{"body|They sew.", "caption|Sixty women at the gate", "caption|Sixty women at the gate in May. (Photo: Invented Post)", "body|Sixty women knit"},
		},
		"no caption twice": {
			"They sew.\n\nThe mill was shut in winter:\n\nSixty women at the gate in May. (Photo: Invented Post)",
			[]string{"body|They sew.", "body|The mill was shut in winter:", "caption|Sixty women at the gate in May. (Photo: Invented Post)"},
		},
		"a caption first": {
			"At the gate. (Photo: Invented Post)\n\nSixty women knit.\n\nThey sew.",
			[]string{"caption|At the gate. (Photo: Invented Post)", "body|Sixty women knit.", "body|They sew."},
		},
		"the head in one paragraph": {
			"Sixty at the mill\nBy Example Writer\nHunchun, 3 May 2022\n\nSixty women knit.",
			[]string{"title|Sixty at the mill", "byline|By Example Writer", "dateline|Hunchun, 3 May 2022", "body|Sixty women knit."},
		},
		"a paragraph with a date is body": {
			"On a day like\n3 May 2022\nsixty women came.\n\nThey sew.",
			[]string{"body|On a day like\n3 May 2022\nsixty women came.", "body|They sew."},
		},
		"an opening": {"HUNCHUN, China — Sixty women knit.\n\nThey sew.", []string{"dateline|HUNCHUN, China —", "body|Sixty women knit.", "body|They sew."}},
		"the tail":   {"Sixty women knit.\n\nThey sew.\n\n© 2022 Invented Post\n\nRead in Korean", []string{"body|Sixty women knit.", "body|They sew.", "boilerplate|© 2022 Invented Post", "boilerplate|Read in Korean"}},
	} {
		if diff := cmp.Diff(c.want, shown(c.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// check holds what every cut into blocks must keep: sound blocks, and no letter outside
// them.
func check(t interface{ Fatalf(string, ...any) }, text string) {
	blocks := plain.Blocks(text)
	if _, err := corvee.NewText(text, blocks); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	end := 0
	for _, b := range append(blocks, corvee.Block{Span: corvee.Span{Start: len(text), End: len(text)}}) {
		if between := strings.TrimFunc(text[end:b.Start], func(r rune) bool { return r <= ' ' || strings.ContainsRune("\u00A0\u3000\uFEFF\u2028\u2029\u0085", r) }); between != "" {
			t.Fatalf("%q: %q is in no block", text, between)
		}
		end = b.End
	}
}

func TestNoWordIsLost(t *testing.T) {
	t.Parallel()
	lines := []string{"", " ", "Sixty women knit.", "By Example Writer", "3 May 2022", "At the gate. / Image: X", "六十名女工。", "한\u1112\u1161", "🙂\x00", "\u2028", "© X", "HUNCHUN — They sew."}
	ends := []string{"\n", "\r\n", "\r", "\n\n"}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 12).Draw(t, "lines") {
			b.WriteString(rapid.SampledFrom(lines).Draw(t, "line"))
			b.WriteString(rapid.SampledFrom(ends).Draw(t, "end"))
		}
		check(t, b.String())
	})
}

func FuzzPlain(f *testing.F) {
	f.Add([]byte("Sixty at the mill\n\nBy X\n3 May 2022\n\nSixty women knit.\r\rAt the gate\nAt the gate. / Image: Y\n"))
	f.Add([]byte("\xff\xfea\x00\n\x00"))
	f.Add([]byte("\xb5\xd5\xb0\xad\xc0\xc7 \xb0\xf8\xc0\xe5"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		page, err := plain.Decode(raw, "")
		if err != nil {
			return
		}
		if !utf8.ValidString(page.Text) || !page.Sound() {
			t.Fatalf("%q: unsound", raw)
		}
		check(t, page.Text)
	})
}

func BenchmarkDecode(b *testing.B) {
	raw := []byte(strings.Repeat("Sixty women knit at the Invented Mill in Hunchun, a neighbour said.\n\n", 2000))
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := plain.Decode(raw, ""); err != nil {
			b.Fatal(err)
		}
	}
}
