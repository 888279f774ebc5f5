package intake_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake"
)

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// shown lists the blocks of a document, one a line: kind and words.
func shown(t testing.TB, d intake.Document) []string {
	t.Helper()
	var out []string
	for _, b := range d.Text.Blocks() {
		words, err := d.Text.Slice(b.Span)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b.Kind)+"|"+words)
	}
	return out
}

const plainReport = "\uFEFFKnitting mill in Hunchun keeps its doors shut\r\n" +
	"\r\n" +
	"By Example Writer\r\nHunchun, 3 May 2022\r\n" +
	"\r\n" +
	"Some 90 women knit at the Invented Star mill.\r\n" +
	"\r\n" +
	"Women at the mill's gate\r\nWomen at the mill's gate. (Photo: Invented Gazette)\r\n" +
	"\r\n" +
	"A cook saw them \"every day\".\r\n" +
	"\r\n" +
	"Read in Korean\r\n"

func TestPlainText(t *testing.T) {
	t.Parallel()
	d, err := setup(t, nil).Read(t.Context(), write(t, "a.txt", plainReport), intake.Hints{Publisher: "Invented Gazette"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := d.Text.String(), strings.TrimPrefix(plainReport, "\uFEFF"); got != want {
		t.Errorf("text is not the file less its mark:\n%s", cmp.Diff(want, got))
	}
	want := []string{
		"title|Knitting mill in Hunchun keeps its doors shut",
		"byline|By Example Writer", "dateline|Hunchun, 3 May 2022",
		"body|Some 90 women knit at the Invented Star mill.",
		"caption|Women at the mill's gate", "caption|Women at the mill's gate. (Photo: Invented Gazette)",
		"body|A cook saw them \"every day\".",
		"boilerplate|Read in Korean",
	}
	if diff := cmp.Diff(want, shown(t, d)); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	wantReport := corvee.Report{
		ID: corvee.HashID([]byte(plainReport)), Text: d.Text.Hash(), Title: "Knitting mill in Hunchun keeps its doors shut",
		Publisher: "Invented Gazette", MediaType: "text/plain", Encoding: "utf-8", Bytes: int64(len(plainReport)),
	}
	if diff := cmp.Diff(wantReport, d.Report); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

func TestHTMLInTheChild(t *testing.T) {
	t.Parallel()
	page := `<!doctype html><html lang="en-GB"><head><title>Mill</title>
<meta property="og:site_name" content="Invented Gazette"><meta property="article:published_time" content="2022-05-03T23:30:00-08:00">
<style>p{color:red}</style></head><body><nav><a href="/">Home</a></nav>
<article><h1>Knitting mill</h1><p>Some <b>90</b> wo<i>men</i> knit<br>there.<p>They are paid 12&nbsp;yuan an hour.
<script>alert("90 men")</script><p style="display: none">Hidden 5,000 workers.</p></article></body></html>`
	d, err := setup(t, nil).Read(t.Context(), write(t, "a.html", page), intake.Hints{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"boilerplate|Home", "title|Knitting mill", "body|Some 90 women knit\nthere.", "body|They are paid 12\u00A0yuan an hour.",
	}
	if diff := cmp.Diff(want, shown(t, d)); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if d.Report.Publisher != "Invented Gazette" || d.Report.Lang != "en" || d.Report.Published.String() != "2022-05-03" {
		t.Errorf("report = %+v", d.Report)
	}
}

func TestRejections(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, content, want string
		kind                error
	}{
		"empty":    {"a.txt", "", "empty", corvee.ErrInvalid},
		"blank":    {"a.txt", " \n\n\t", "no text", corvee.ErrInvalid},
		"binary":   {"a.txt", strings.Repeat("\x01\x02\xff\x00\x10ab", 100), "binary", corvee.ErrInvalid},
		"pdf":      {"a.txt", "%PDF-1.7\n", "PDF", corvee.ErrInvalid},
		"table":    {"a.csv", "id,name\n", "data, not a report", corvee.ErrUnsupported},
		"no words": {"a.html", "<html><body><script>x</script></body></html>", "no text", corvee.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := setup(t, nil).Read(t.Context(), write(t, c.file, c.content), intake.Hints{})
			var r *intake.Rejection
			if !errors.As(err, &r) || !strings.Contains(r.Reason, c.want) || r.Remedy == "" || !errors.Is(err, c.kind) {
				t.Errorf("Read(%s) = %v, want a rejection with %q and a remedy", c.file, err, c.want)
			}
		})
	}
}

// read returns the words of the blocks that are read for claims.
func readable(t testing.TB, d intake.Document) []string {
	t.Helper()
	var out []string
	for _, line := range shown(t, d) {
		if kind, words, _ := strings.Cut(line, "|"); kind != string(corvee.BlockBoilerplate) {
			out = append(out, kind+"|"+words)
		}
	}
	return out
}

// One article as a text file and as a web page is the same article.
func TestSameArticleInBothFormats(t *testing.T) {
	t.Parallel()
	const text = "\u200bSixty at the Invented Mill\n\nBy Example Writer\n\nHunchun, 3 May 2022\n\n" +
		"DANDONG, China — Sixty women knit at the mill, a neighbour said. “They never leave,” she said.\n\n" +
		"At the gate in May. (Photo: Invented Post)\n\n각자 월 2,300위안을 받는다고 한다. 工人每月只拿到三百元。\n\n" +
		"They are paid R&D money < 300 yuan.\n\nRead in Korean\n"
	const html = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Sixty - Invented Post</title><style>p{}</style></head><body>" +
		"<header><a href=/>Home</a> <a href=/n>News</a></header><nav><ul><li><a href=/a>Asia</a><li><a href=/b>Trade</a></ul></nav>" +
		"<article><h1>\u200bSixty at the <em>Invented Mill</em></h1><p class=byline>By Example Writer</p><p><time>Hunchun, 3 May 2022</time></p>" +
		"<p>DANDONG, China &mdash; Sixty women\n   knit at the <a href=/mill>mill</a>, a neighbour said. &ldquo;They never leave,&rdquo; she said.</p>" +
		"<figure><img src=x.jpg><figcaption>At the gate in May. (Photo: Invented Post)</figcaption></figure>" +
		"<p>각자 월 <b>2,300</b>위안을 받는다고 한다. 工人每月只拿到三百元。<p>They are paid R&amp;D money &lt; 300 yuan.<p>Read in Korean</article>" +
		"<aside><h3>Most read</h3><a href=/1>Ten noodle shops</a> <a href=/2>Rail up 7 percent</a></aside><footer>Invented Post</footer></body></html>"
	in := setup(t, nil)
	fromText, err := in.Read(t.Context(), write(t, "a.txt", text), intake.Hints{})
	must(t, err)
	fromHTML, err := in.Read(t.Context(), write(t, "a.html", html), intake.Hints{})
	must(t, err)
	if diff := cmp.Diff(readable(t, fromText), readable(t, fromHTML)); diff != "" {
		t.Errorf("text and page differ (-text +page):\n%s", diff)
	}
	if len(readable(t, fromText)) < 7 {
		t.Errorf("only %v", readable(t, fromText))
	}
}

// The same bytes give the same document, whatever they are called, as often as they are
// read, by several at once.
func TestReadIsRepeatable(t *testing.T) {
	t.Parallel()
	in, first := setup(t, nil), ""
	for _, name := range []string{"a.html", "b.htm", "c", "d.HTML", "a.html"} {
		t.Run(name, func(t *testing.T) {
			d, err := in.Read(t.Context(), write(t, name, page("<h1>Sixty</h1><table><tr><td>a<td>b</table>")), intake.Hints{})
			must(t, err)
			got := strings.Join(shown(t, d), "\n") + d.Report.ID + d.Report.Text + d.Tool
			if first == "" {
				first = got
			}
			if got != first {
				t.Errorf("got\n%s\nfirst\n%s", got, first)
			}
		})
	}
}

func TestHintsWin(t *testing.T) {
	t.Parallel()
	raw := `<html lang="ko"><head><meta property="og:title" content="A"><meta property="og:site_name" content="B"><meta property="og:url" content="https://example.org/">` +
		`<meta name="date" content="2022"></head><body><h1>A</h1><p>Sixty women.`
	in := setup(t, nil)
	h := intake.Hints{URL: "https://example.net/x", Title: "T", Publisher: "P", Lang: "en", Published: corvee.Date{Year: 2020, Month: 11}}
	d, err := in.Read(t.Context(), write(t, "a.html", raw), h)
	must(t, err)
	got := intake.Hints{URL: d.Report.URL, Title: d.Report.Title, Publisher: d.Report.Publisher, Lang: d.Report.Lang, Published: d.Report.Published}
	if got != h {
		t.Errorf("given %+v, got %+v", h, got)
	}
	d, err = in.Read(t.Context(), write(t, "a.html", raw), intake.Hints{})
	must(t, err)
	if r := d.Report; r.URL != "https://example.org/" || r.Title != "A" || r.Publisher != "B" || r.Lang != "ko" || r.Published != (corvee.Date{Year: 2022}) {
		t.Errorf("of itself the page says %+v", r)
	}
}

// The content decides what a file is, not its name.
func TestFormatIsTold(t *testing.T) {
	t.Parallel()
	const html = "<!DOCTYPE html><p>Sixty women."
	for name, c := range map[string]struct{ file, content, mediaType string }{
		"page without an ending":   {"a", html, "text/html"},
		"page in capitals":         {"a.bin", strings.ToUpper(html), "text/html"},
		"page behind a mark":       {"a", "\uFEFF \n" + html, "text/html"},
		"page in UTF-16":           {"a", utf16LE("\uFEFF" + html), "text/html"},
		"XHTML":                    {"a", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Sixty women.</body></html>`, "text/html"},
		"a fragment by its name":   {"a.html", "Sixty <b>women</b>.", "text/html"},
		"a text about tags":        {"a.txt", "<html> is how a page begins.", "text/plain"},
		"a text that opens with <": {"a", "<Sixty women> knit.", "text/plain"},
		"a text without an ending": {"a", "Sixty women knit.", "text/plain"},
		"a text with odd ending":   {"a.rtf", "Sixty women knit.", "text/plain"},
		"a note":                   {"a.md", "# Sixty\n\nwomen", "text/plain"},
	} {
		d, err := setup(t, nil).Read(t.Context(), write(t, c.file, c.content), intake.Hints{})
		if err != nil || d.Report.MediaType != c.mediaType || !strings.Contains(strings.ToLower(d.Text.String()), "sixty") && name != "a text about tags" {
			t.Errorf("%s: %s %q, %v, want %s", name, d.Report.MediaType, d.Text.String(), err, c.mediaType)
		}
	}
}

func utf16LE(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// Every sample is read, says its title, and every page its date and publisher.
func TestSamplesAreRead(t *testing.T) {
	t.Parallel()
	in, read := setup(t, nil), 0
	for path, err := range in.Files(t.Context(), []string{filepath.Join("..", "samples", "reports")}) {
		must(t, err)
		d, err := in.Read(t.Context(), path, intake.Hints{})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		read++
		if d.Report.Title == "" {
			t.Errorf("%s: no title", path)
		}
		if strings.HasSuffix(path, ".html") && (!d.Report.Published.Known() || d.Report.Publisher == "" || d.Report.Lang == "") {
			t.Errorf("%s: %+v", path, d.Report)
		}
	}
	if read < 12 {
		t.Errorf("%d samples", read)
	}
}
