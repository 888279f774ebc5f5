//go:build shared

package intake_test

import (
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake"
	"corvee/intake/internal/forge"
)

// The seed: a text whose blocks are known by kind and place, and the same as a web page.
func TestSharedSeedIsRead(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(os.Getenv("CORVEE_SHARED"), "seed", "daily-nk-2020-11.txt"))
	must(t, err)
	in := setup(t, nil)
	fromText, err := in.Read(t.Context(), write(t, "seed.txt", string(raw)), intake.Hints{Publisher: "Daily NK"})
	must(t, err)
	if r := fromText.Report; fromText.Text.String() != string(raw) || r.Bytes != 4103 || r.Encoding != "utf-8" || r.Replaced != 0 || r.Title != "" {
		t.Errorf("report = %+v", r)
	}
	count := map[corvee.BlockKind]int{}
	for _, b := range fromText.Text.Blocks() {
		count[b.Kind]++
	}
	// Two photographs, each with its words once without and once with the credit; an
	// address for comments and a link to the original at the end.
	want := map[corvee.BlockKind]int{corvee.BlockBody: 15, corvee.BlockCaption: 4, corvee.BlockBoilerplate: 2}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	var page strings.Builder
	page.WriteString("<!doctype html><html lang=en><title>x</title><body><nav><a href=/>Home</a><a href=/x>News</a></nav><article>")
	for _, paragraph := range strings.Split(string(raw), "\n\n") {
		for _, line := range strings.Split(paragraph, "\n") {
			page.WriteString("<p>" + html.EscapeString(line) + "</p>\n")
		}
	}
	fromPage, err := in.Read(t.Context(), write(t, "seed.html", page.String()+"</article>"), intake.Hints{})
	must(t, err)
	words := func(d intake.Document) (out []string) {
		for _, line := range readable(t, d) {
			if _, w, _ := strings.Cut(line, "|"); !strings.HasPrefix(line, "title|") {
				out = append(out, strings.Join(strings.Fields(w), " "))
			}
		}
		return out
	}
	if diff := cmp.Diff(words(fromText), words(fromPage)); diff != "" {
		t.Errorf("text and page differ in %d lines", strings.Count(diff, "\n"))
	}
}

// The seed, converted here and nowhere kept, states the same from every format.
func TestSharedSeedSameClaims(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(os.Getenv("CORVEE_SHARED"), "seed", "daily-nk-2020-11.txt"))
	must(t, err)
	if n := sameClaims(t, "seed", forge.Split(string(raw))); n < 15 {
		t.Errorf("the seed states %d things", n)
	}
}
