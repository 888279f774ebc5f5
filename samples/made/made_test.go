package made_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"corvee/samples/made"
)

func TestReportsAreTheSameEachTimeAndFromTheStart(t *testing.T) {
	t.Parallel()
	long := slices.Collect(made.Reports(7, 400))
	short := slices.Collect(made.Reports(7, 150))
	if diff := cmp.Diff(long[:150], short); diff != "" {
		t.Errorf("the first 150 of 400 differ from 150 (-400 +150):\n%s", diff)
	}
	if other := slices.Collect(made.Reports(8, 150)); cmp.Equal(short, other) {
		t.Error("another seed makes the same world")
	}
}

func TestReportsAreWhole(t *testing.T) {
	t.Parallel()
	names, languages, bodies := map[string]bool{}, map[string]int{}, map[string]bool{}
	for r := range made.Reports(7, 2000) {
		if names[r.Name] || r.Published == "" || r.Publisher == "" || r.URL == "" || r.Title == "" {
			t.Fatalf("not whole, or twice: %+v", r)
		}
		if strings.ContainsAny(r.Body, "{}") || !utf8.ValidString(r.Body) {
			t.Fatalf("%s: a brace is left, or broken text:\n%s", r.Name, r.Body)
		}
		names[r.Name], bodies[r.Body] = true, true
		languages[r.Lang]++
	}
	for _, lang := range []string{"en", "ko", "zh"} {
		if languages[lang] < 300 {
			t.Errorf("%d of 2000 are %s, want 300 at least", languages[lang], lang)
		}
	}
	if len(bodies) < 1950 {
		t.Errorf("%d different bodies of 2000", len(bodies))
	}
}
