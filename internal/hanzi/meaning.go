package hanzi

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed meanings.tsv
var meaningTable string

type glossary struct {
	of    map[rune][]string
	words map[string]bool
}

var meanings = sync.OnceValue(func() glossary {
	g := glossary{of: make(map[rune][]string, 7000), words: make(map[string]bool, 11000)}
	for line := range strings.Lines(meaningTable) {
		c, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		all := strings.Fields(words)
		g.of[[]rune(c)[0]] = all
		for _, w := range all {
			g.words[w] = true
		}
	}
	return g
})

// Meanings returns English words for what a character means, in lower case, the plainest
// first. The slice is shared: do not write to it.
func Meanings(c rune) []string { return meanings().of[Simplify(c)] }

// Ordinary reports whether an English word in lower case is the meaning of some
// character: an ordinary word, and so hardly a name.
func Ordinary(word string) bool { return meanings().words[word] }

// Syllables returns every Mandarin syllable of the table, ü as v, in order.
func Syllables() []string {
	var out []string
	for line := range strings.Lines(table) {
		if kind, rest, ok := strings.Cut(line, "\t"); ok && strings.HasPrefix(kind, "p") {
			syllable, _, _ := strings.Cut(rest, "\t")
			out = append(out, syllable)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// IsPinyin reports whether letters are one Mandarin syllable.
func IsPinyin(syllable string) bool { return syllables()[syllable] }

var syllables = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, s := range Syllables() {
		out[strings.ReplaceAll(s, "v", "u")] = true
	}
	return out
})
