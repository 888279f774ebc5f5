package read_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestChineseRulesNameWords holds every word that a rule of Chinese names by itself to the
// lexicon: a word that no row knows is cut into characters, and its rule never holds.
func TestChineseRulesNameWords(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	eachLine(t, "lexicon/zh/*.tsv", func(_, line string) {
		if row := strings.Split(line, "\t"); len(row) > 2 {
			for _, form := range strings.Split(row[2], "|") {
				known[form] = true
			}
		}
	})
	word := regexp.MustCompile(`\p{Han}+`)
	eachLine(t, "rules/zh/*.rule", func(file, line string) {
		if key, _, _ := strings.Cut(line, " "); key != "match" && key != "need" && key != "without" {
			return
		}
		for _, w := range word.FindAllString(line, -1) {
			if utf8.RuneCountInString(w) > 1 && !known[w] {
				t.Errorf("%s names %q, which no row of the lexicon has", file, w)
			}
		}
	})
}

func eachLine(t *testing.T, pattern string, do func(file, line string)) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v, %d files", pattern, err, len(files))
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(raw), "\n") {
			do(filepath.Base(f), line)
		}
	}
}
