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
		"pdf":      {"a.txt", "%PDF-1.7\n", "PDF", corvee.ErrUnsupported},
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
