package pdf_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake/internal/forge"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/pdf"
	"corvee/intake/internal/wire"
)

var compiled string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "corvee-test-compiled-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		compiled = dir
		return m.Run()
	}())
}

// one PDFium for all tests: it reads one file at a time.
var (
	engine = sync.OnceValue(func() *pdf.Engine { return pdf.Start(compiled, 1<<30) })
	busy   sync.Mutex
)

func decode(t testing.TB, raw []byte) (layout.Page, error) {
	t.Helper()
	busy.Lock()
	defer busy.Unlock()
	a, err := engine().Decode(wire.Job{}, raw)
	if err != nil {
		return layout.Page{}, err
	}
	return *a.Page, nil
}

func at(y float64, words string) forge.Line { return forge.Line{X: 72, Y: y, Size: 11, Words: words} }

// sound checks what every page must hold: regions in order, each a line of the text on the
// page that the form feeds count.
func sound(t testing.TB, p layout.Page) {
	t.Helper()
	if _, err := corvee.NewText(p.Text, p.Blocks); err != nil {
		t.Error(err)
	}
	if !p.Sound() {
		t.Error("a region that is out of order or outside")
	}
	for _, r := range p.Regions {
		if words := p.Text[r.Start:r.End]; strings.TrimSpace(words) != words || words == "" {
			t.Errorf("a region of %q", words)
		}
	}
}

func TestLinesBecomeParagraphs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sheets []forge.Sheet
		want   []string
	}{
		"full lines go on": {[]forge.Sheet{{at(700, "Sixty women knit at the Invented Star mill and"), at(686, "never leave it, says a neighbour of the mill.")}},
			[]string{"body|Sixty women knit at the Invented Star mill and never leave it, says a neighbour of the mill."}},
		"a gap parts": {[]forge.Sheet{{at(700, "Sixty women knit at the mill of the town."), at(686, "They knit there all day and all of night."), at(660, "They are paid three hundred yuan a month.")}},
			[]string{"body|Sixty women knit at the mill of the town. They knit there all day and all of night.", "body|They are paid three hundred yuan a month."}},
		"a short last line parts": {[]forge.Sheet{{at(700, "Sixty women knit at the Invented Star mill and"), at(686, "never leave."), at(672, "They are paid three hundred yuan in the month.")}},
			[]string{"body|Sixty women knit at the Invented Star mill and never leave.", "body|They are paid three hundred yuan in the month."}},
		"an indent parts": {[]forge.Sheet{{at(700, "Sixty women knit at the Invented Star mill."), forge.Line{X: 90, Y: 686, Size: 11, Words: "They are paid three hundred in a month"}, at(672, "and that is all there is to be had of it.")}},
			[]string{"body|Sixty women knit at the Invented Star mill.", "body|They are paid three hundred in a month and that is all there is to be had of it."}},
		"Han goes on without a space": {[]forge.Sheet{{at(700, "工人每月只拿到三百元其余的"), at(686, "钱由公司上交。")}},
			[]string{"body|工人每月只拿到三百元其余的钱由公司上交。"}},
		"columns are read one after the other": {[]forge.Sheet{{
			at(700, "Sixty women knit at the mill,"), at(686, "and they never leave it, and"),
			{X: 320, Y: 700, Size: 11, Words: "a cook says that they do so"}, {X: 320, Y: 686, Size: 11, Words: "all day and all of the night."}}},
			[]string{"body|Sixty women knit at the mill, and they never leave it, and a cook says that they do so all day and all of the night."}},
		"a sentence goes on overleaf": {[]forge.Sheet{{at(700, "Sixty women knit at the Invented Star mill and")}, {at(700, "never leave it, says a neighbour of the mill.")}},
			[]string{"body|Sixty women knit at the Invented Star mill and\fnever leave it, says a neighbour of the mill."}},
		"a number of a page is none of its words": {[]forge.Sheet{{at(700, "Sixty women knit at the mill."), at(40, "- 12 -")}, {at(700, "Forty men load at the quay."), at(40, "13 / 20")}},
			[]string{"boilerplate|- 12 -", "body|Sixty women knit at the mill.", "boilerplate|13 / 20", "body|Forty men load at the quay."}},
		"an empty page counts": {[]forge.Sheet{{}, {at(700, "Sixty women knit at the mill.")}}, []string{"body|Sixty women knit at the mill."}},
	} {
		page, err := decode(t, forge.PDF(c.sheets...))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sound(t, page)
		if diff := cmp.Diff(c.want, forge.Lines(page)); diff != "" {
			t.Errorf("%s: blocks (-want +got):\n%s", name, diff)
		}
		if got := strings.Count(page.Text, "\f") + 1; got != len(c.sheets) {
			t.Errorf("%s: the text counts %d pages, not %d", name, got, len(c.sheets))
		}
	}
}

// Every line is found on its page, in the box where it was set.
func TestRegions(t *testing.T) {
	t.Parallel()
	lines := forge.Sheet{at(700, "Sixty women knit at the Invented Star mill and"), at(686, "never leave it, says a neighbour of the mill.")}
	page, err := decode(t, forge.PDF(forge.Sheet{}, lines))
	if err != nil {
		t.Fatal(err)
	}
	sound(t, page)
	if len(page.Regions) != 2 {
		t.Fatalf("%+v", page.Regions)
	}
	for i, r := range page.Regions {
		if page.Text[r.Start:r.End] != lines[i].Words || r.Page != 2 {
			t.Errorf("%q on page %d, want %q", page.Text[r.Start:r.End], r.Page, lines[i].Words)
		}
		left, bottom, right, top := r.Box[0], r.Box[1], r.Box[2], r.Box[3]
		base := int(100 * lines[i].Y)
		if left < 7000 || left > 7600 || bottom > base+100 || top < base || right < left+10000 || top-bottom > 2000 {
			t.Errorf("line %d set at 72, %v stands in %v", i, lines[i].Y, r.Box)
		}
	}
}

// A running head and foot are no part of the article, wherever the page breaks.
func TestFurniture(t *testing.T) {
	t.Parallel()
	report := forge.Report{"Sixty at the mill"}
	for range 30 {
		report = append(report, strings.Repeat("Sixty women knit at the Invented Star mill in Hunchun, a neighbour said. ", 4))
	}
	page, err := decode(t, report.PDF())
	if err != nil {
		t.Fatal(err)
	}
	sound(t, page)
	var body forge.Report
	for _, line := range forge.Lines(page) {
		kind, words, _ := strings.Cut(line, "|")
		if kind == "boilerplate" {
			if words != "Invented Post Weekly" && len(words) > 2 {
				t.Errorf("%q is taken for furniture", words)
			}
			continue
		}
		body = append(body, strings.ReplaceAll(words, "\f", " "))
	}
	for i := range report {
		report[i] = strings.TrimSpace(report[i])
	}
	if diff := cmp.Diff(report, body); diff != "" {
		t.Errorf("article (-want +got):\n%s", diff)
	}
}

func TestWorstFiles(t *testing.T) {
	t.Parallel()
	whole := string(forge.PDF(forge.Sheet{at(700, "Sixty women knit.")}))
	for name, c := range map[string]struct{ raw, want string }{
		"cut short":          {whole[:len(whole)/2], "no sound PDF"},
		"only a mark":        {"%PDF-1.7\n", "no sound PDF"},
		"no page":            {string(forge.PDF()), ""},
		"a scan":             {string(forge.PDF(forge.Sheet{}, forge.Sheet{})), "scan"},
		"no Unicode":         {strings.ReplaceAll(whole, "/ToUnicode 6 0 R", ""), ""},
		"private letters":    {string(forge.PDF(forge.Sheet{at(700, strings.Repeat("\uE000\uE001", 20))})), "do not say which they are"},
		"pages in a ring":    {strings.Replace(whole, "/Kids[7 0 R ]", "/Kids[2 0 R ]", 1), ""},
		"content of itself":  {strings.Replace(whole, "/Contents 8 0 R", "/Contents 7 0 R", 1), ""},
		"a billion pages":    {strings.Replace(whole, "/Count 1", "/Count 999999999", 1), ""},
		"a huge page":        {strings.Replace(whole, "[0 0 595 842]", "[0 0 1e38 1e38]", 1), ""},
		"a script":           {strings.Replace(whole, "/Type/Catalog", "/Type/Catalog/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://example.org'\\))>>", 1), ""},
		"a file to launch":   {strings.Replace(whole, "/Type/Catalog", "/Type/Catalog/OpenAction<</S/Launch/F(/bin/sh)>>", 1), ""},
		"a stream of a file": {strings.Replace(whole, "<</Length", "<</F(/etc/passwd)/Length", 1), ""},
		"a font of itself":   {strings.Replace(whole, "/DescendantFonts[4 0 R]", "/DescendantFonts[3 0 R]", 1), ""},
		"text far away":      {string(forge.PDF(forge.Sheet{{X: 1e9, Y: -1e9, Size: 1e6, Words: "Sixty"}, {X: -1e9, Y: 1e9, Size: 1e-6, Words: "women"}})), ""},
		"500,000 letters":    {string(forge.PDF(forge.Sheet{at(700, strings.Repeat("Sixty women. ", 40_000))})), ""},
	} {
		page, err := decode(t, []byte(c.raw))
		if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: Decode = %q, %v, want %q", name, page.Text, err, c.want)
		}
		if err == nil {
			sound(t, page)
		}
		if strings.Contains(page.Text, "root:") {
			t.Errorf("%s: a file of this machine is in the text", name)
		}
	}
}

func FuzzDecode(f *testing.F) {
	engine() // takes seconds once, for which one input has no time
	f.Add(forge.PDF(forge.Sheet{at(700, "Sixty women"), at(686, "knit.")}, forge.Sheet{at(700, "工人")}))
	f.Add(forge.Report{"a", "b"}.PDF())
	f.Fuzz(func(t *testing.T, raw []byte) {
		if page, err := decode(t, raw); err == nil {
			sound(t, page)
		}
	})
}
