package aside_test

import (
	"os"
	"strings"
	"testing"

	"corvee/read/internal/aside"
	"corvee/read/internal/lexicon"
)

// words are the rows that an aside is made of, as the English lexicon has them.
func words(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	var files []string
	for _, name := range []string{"grammar", "numbers", "entities"} {
		raw, err := os.ReadFile("../../lexicon/en/" + name + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(raw))
	}
	lex, err := lexicon.Build(lexicon.English{}, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func TestEnd(t *testing.T) {
	t.Parallel()
	lex := words(t)
	for behind, whole := range map[string]bool{
		"on March 18":                true,
		"reporters in Seoul in 2019": true,
		"in a telephone interview":   true,
		"on condition of anonymity because he feared for them": true,
		"300 of them live there":                               false,
		"in the hall 300 women were sewing":                    false,
		"they live there":                                      false,
	} {
		text := "said " + behind
		var p lexicon.Passage
		p.Load(lex, text, 0)
		end := len(p.Tokens)
		if got := aside.End(&p, 1, end) == end; got != whole {
			t.Errorf("%q: an aside to the end is %t, want %t", strings.TrimPrefix(text, "said "), got, whole)
		}
	}
}
