package names

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"corvee/internal/script"
)

// Role is what a part does in a name.
type Role uint8

// The roles. Trade carries the identity; a place, an industry and a meaningful word are
// concepts that languages share; generic words (group, international) and legal forms say
// little; a number is evidence of its own.
const (
	Trade Role = iota
	Place
	Industry
	Word
	Generic
	Form
	Stop
	Number
	Initial
	Title
)

// String returns the role as explanations write it.
func (r Role) String() string {
	return [...]string{"name", "place", "industry", "word", "generic", "legal-form", "stop", "number", "initial", "title"}[r]
}

//go:embed data/words.tsv
var wordTable string

//go:embed data/forms.tsv
var formTable string

//go:embed data/common.tsv
var commonTable string

//go:embed data/surnames.tsv
var surnameTable string

// concept is one meaning with its role. Words of one concept are equal in comparison.
type concept struct {
	id   string
	role Role
}

// lexicon is the words that have a role, by their folded spelling; a phrase is its words
// with one space between.
type lexicon struct {
	words    map[string]concept
	longest  map[Script]int   // runes of the longest word without spaces
	phrases  map[string]int   // first word → words of the longest phrase
	bits     map[string]uint8 // how much a common token tells, in quarter bits
	surnames map[string]bool
}

var known = sync.OnceValue(loadLexicon)

func loadLexicon() *lexicon {
	x := &lexicon{
		words: make(map[string]concept, 8000), longest: map[Script]int{}, phrases: map[string]int{},
		bits: make(map[string]uint8, 4000), surnames: make(map[string]bool, 1000),
	}
	for cells := range table(formTable, 2) { // forms first: they win
		x.add(cells[0], concept{"form:" + cells[1], Form})
	}
	for cells := range table(wordTable, 3) {
		role, ok := roleOf(cells[1])
		if !ok {
			continue
		}
		for _, column := range cells[2:] {
			for _, word := range strings.Split(column, "|") {
				x.add(word, concept{cells[1] + ":" + cells[0], role})
			}
		}
	}
	for cells := range table(commonTable, 2) {
		if n, err := strconv.ParseUint(cells[1], 10, 8); err == nil {
			x.bits[cells[0]] = uint8(n)
		}
	}
	for cells := range table(surnameTable, 2) {
		for _, name := range strings.Split(cells[1], "|") {
			x.surnames[spell(name)] = true
		}
	}
	return x
}

// table yields the rows of a data file: cells parted by tabs, "#" begins a note.
func table(text string, least int) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			cells := strings.Split(line, "\t")
			if strings.HasPrefix(line, "#") || len(cells) < least {
				continue
			}
			if !yield(cells) {
				return
			}
		}
	}
}

func roleOf(word string) (Role, bool) {
	for r := Trade; r <= Title; r++ {
		if r.String() == word {
			return r, true
		}
	}
	return 0, false
}

func (x *lexicon) add(word string, c concept) {
	word = spell(word)
	if word == "" {
		return
	}
	if _, twice := x.words[word]; twice {
		return // the first table to name a word wins: forms, then words in their order
	}
	x.words[word] = c
	if first, _, phrase := strings.Cut(word, " "); phrase {
		x.phrases[first] = max(x.phrases[first], strings.Count(word, " ")+1)
		return
	}
	if s, _ := script.Of([]rune(word)[0]); s == Han || s == Hangul {
		x.longest[s] = max(x.longest[s], len([]rune(word)))
	}
}

// spell returns the folded tokens of a word with one space between, as names are looked
// up.
func spell(word string) string {
	all, _ := tokens(word)
	var b strings.Builder
	for i, t := range all {
		if i > 0 && !t.glued {
			b.WriteByte(' ')
		}
		b.WriteString(lookup(t))
	}
	return b.String()
}
