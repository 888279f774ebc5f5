package quantity_test

import (
	"os"
	"path/filepath"
	"testing"

	"corvee/read/internal/lexicon"
)

// korean returns the Korean lexicon as the reader has it.
func korean(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	names, err := filepath.Glob("../../lexicon/ko/*.tsv")
	if err != nil || len(names) == 0 {
		t.Fatalf("lexicon = %v, %v", names, err)
	}
	var files []string
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(raw))
	}
	lex, err := lexicon.Build(lexicon.Korean{}, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}
