package intake_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake"
	"corvee/intake/internal/forge"
	"corvee/read"
)

// stated lists what a document claims, one a line, with its words less white space: that
// is all in which the formats may differ.
func stated(t testing.TB, reader *read.Reader, d intake.Document) []string {
	t.Helper()
	var out []string
	for c, err := range reader.Claims(t.Context(), d.Report, d.Text) {
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Text.Ground(c.Quote); err != nil {
			t.Error(err)
		}
		out = append(out, fmt.Sprintf("%s %s %+v %+v %v %v %s %s %s %s %s %v «%s»", c.Kind, c.Nationality, value(c), when(c), places(c), c.Countries,
			c.Sector, c.Label, c.Indicator, c.Factuality, c.Polarity, c.Rules, bare(c.Quote.Exact)))
	}
	slices.Sort(out) // claims of one place stand in the order of their ids, which name the text
	return out
}

func value(c corvee.Claim) any {
	if c.Value == nil {
		return ""
	}
	return fmt.Sprintf("%+v", *c.Value)
}

func when(c corvee.Claim) any {
	if c.When == nil {
		return ""
	}
	return fmt.Sprintf("%+v", *c.When)
}

func places(c corvee.Claim) (ids []string) {
	for _, p := range c.Places {
		ids = append(ids, p.ID)
	}
	return ids
}

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// sameClaims reads a report in every format and compares what it states. The date is
// given, as only some formats carry one. It returns how many claims there are.
func sameClaims(t *testing.T, name string, r forge.Report) int {
	reader, err := read.New()
	must(t, err)
	h := intake.Hints{Published: corvee.Date{Year: 2022, Month: 5, Day: 3}, Publisher: "Invented Post"}
	in, files := setup(t, nil), made(r)
	plain, err := in.Read(t.Context(), write(t, "a.txt", string(files["a.txt"])), h)
	must(t, err)
	want := stated(t, reader, plain)
	for file, raw := range files {
		d, err := in.Read(t.Context(), write(t, file, string(raw)), h)
		if err != nil {
			t.Errorf("%s as %s: %v", name, file, err)
			continue
		}
		if diff := cmp.Diff(want, stated(t, reader, d)); diff != "" {
			t.Errorf("%s: the claims of the text and of %s differ (-text +%s):\n%s", name, file, file, diff)
		}
		if file == "a.pdf" {
			placed(t, reader, d)
		}
	}
	return len(want)
}

// placed asks that every quote of a PDF lies on lines that stand on a page.
func placed(t *testing.T, reader *read.Reader, d intake.Document) {
	t.Helper()
	for c, err := range reader.Claims(t.Context(), d.Report, d.Text) {
		must(t, err)
		covered := 0
		for _, r := range d.Text.Regions() {
			if r.Overlap(c.Quote.Span) > 0 {
				covered += r.Overlap(c.Quote.Span)
				if r.Page < 1 || r.Box[2] <= r.Box[0] || r.Box[3] <= r.Box[1] {
					t.Errorf("%q stands on page %d in %v", c.Quote.Exact, r.Page, r.Box)
				}
			}
		}
		if missing := len(bare(c.Quote.Exact)) - covered; missing > 0 {
			t.Errorf("%d bytes of %q stand nowhere", missing, c.Quote.Exact)
		}
	}
}

// A span is found again in the original, and only in the text that was made of it.
func TestPlaces(t *testing.T) {
	t.Parallel()
	in := setup(t, nil)
	raw := invented().PDF()
	d, err := in.Read(t.Context(), write(t, "a.pdf", string(raw)), intake.Hints{})
	must(t, err)
	at := strings.LastIndex(d.Text.String(), "nobody has seen her passport")
	span := corvee.Span{Start: at, End: at + 6}
	places, err := in.Places(t.Context(), d.Text, d.Report.MediaType, raw, span)
	if err != nil || len(places) != 1 || places[0].Page != 2 {
		t.Errorf("Places = %+v, %v", places, err)
	}
	bare, err := corvee.NewText(d.Text.String(), d.Text.Blocks()) // as it was stored before places were
	must(t, err)
	if again, err := in.Places(t.Context(), bare, d.Report.MediaType, raw, span); err != nil || len(again) != 1 || again[0] != places[0] {
		t.Errorf("Places of the original = %+v, %v", again, err)
	}
	other, err := corvee.NewText("another text", nil)
	must(t, err)
	if _, err := in.Places(t.Context(), other, d.Report.MediaType, raw, corvee.Span{}); !errors.Is(err, corvee.ErrUnsupported) {
		t.Errorf("of another text: %v", err)
	}
	if places, err := in.Places(t.Context(), other, "text/plain", nil, span); places != nil || err != nil {
		t.Errorf("of a text: %v, %v", places, err)
	}
}

// One report as TXT, HTML, PDF, DOCX, ODT, HWPX, EML and MHTML states the same.
func TestSameClaimsFromEveryFormat(t *testing.T) {
	t.Parallel()
	texts, err := filepath.Glob(filepath.Join("..", "samples", "reports", "*.txt"))
	must(t, err)
	if len(texts) < 4 {
		t.Fatalf("%d samples", len(texts))
	}
	total := 0
	for _, path := range texts {
		raw, err := os.ReadFile(path)
		must(t, err)
		total += sameClaims(t, path, forge.Split(string(raw)))
	}
	if total < 50 {
		t.Errorf("all samples together state %d things", total)
	}
}
