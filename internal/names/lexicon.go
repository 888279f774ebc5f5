package names

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"corvee/internal/names/internal/cut"

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
	words    map[string]entry
	longest  map[rune]int // character → runes of the longest word of Han or Hangul that it begins
	surnames map[string]bool
	forms    []string // the usual legal forms that are one long Latin word
}

// entry is all that is known of one spelling, so that a token is looked up once.
type entry struct {
	concept
	phrase  uint8 // words of the longest phrase that it begins
	quarter uint8 // how much it tells as a common token, in quarter bits; 0 when it is none
}

// is reports whether the spelling has a meaning of its own.
func (e entry) is() bool { return e.id != "" }

var known = sync.OnceValue(loadLexicon)

func loadLexicon() *lexicon {
	x := &lexicon{
		words: make(map[string]entry, 12000), longest: make(map[rune]int, 2000), surnames: make(map[string]bool, 1000),
	}
	for cells := range table(formTable, 2) { // forms first: they win
		x.add(cells[0], concept{"form:" + cells[1], Form})
		if len(cells) > 2 && cells[2] == "ours" && len(cells[0]) >= longForm && cut.IsASCII(cells[0]) && !strings.Contains(cells[0], " ") {
			x.forms = append(x.forms, cells[0])
		}
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
			e := x.words[cells[0]]
			e.quarter = uint8(n)
			x.words[cells[0]] = e
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
	e := x.words[word]
	if e.is() {
		return // the first table to name a word wins: forms, then words in their order
	}
	e.concept = c
	x.words[word] = e
	if first, _, phrase := strings.Cut(word, " "); phrase {
		e := x.words[first]
		e.phrase = max(e.phrase, uint8(strings.Count(word, " ")+1))
		x.words[first] = e
		return
	}
	runes := []rune(word)
	if s, _ := script.Of(runes[0]); s == Han || s == Hangul {
		x.longest[runes[0]] = max(x.longest[runes[0]], len(runes))
	}
}

// spell returns the folded tokens of a word with one space between, as names are looked
// up.
func spell(word string) string {
	all, _ := cut.Tokens(word)
	var b strings.Builder
	for i := range all {
		if i > 0 && !all[i].Glued {
			b.WriteByte(' ')
		}
		b.WriteString(lookup(&all[i]))
	}
	return b.String()
}
