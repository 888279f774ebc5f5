// Package lexicon finds known words in tokens: rows of tab-separated text in, senses with
// classes at token positions out.
//
// Its one idea: a word's meaning here is the set of classes that its row names (a verb of
// sending, a unit of money, a province), so that grammar and rules speak of classes and a
// language is widened by rows. All forms of all rows stand in one trie; at each word the
// longest form wins, so that the Workers' Party is never a party of workers.
package lexicon

import (
	"fmt"
	"slices"
	"strings"

	"corvee/internal/trie"
	"corvee/read/internal/segment"
)

// Class is what a group of words has in common. The named constants are those that the
// grammar asks for; every other class of the rows gets the next free number.
type Class uint16

// Form is the grammatical form of a word, as bits.
type Form uint8

// The forms that rules can ask for.
const (
	Base Form = 1 << iota
	Third
	Past
	Participle
	Ing
	Singular
	Plural
)

// Case is how a text must write a form.
type Case uint8

// The cases.
const (
	AnyCase Case = iota
	Capital      // with a capital letter
	Upper        // in capital letters only: IT, US
	cases   = iota
)

// Sense is one meaning of a form.
type Sense struct {
	Class Class
	Form  Form
	Case  Case
	Item  int32
}

// Item is one row: an id and attributes.
type Item struct {
	ID     string
	Source string
	attrs  []string // key, value, key, value
}

// Attr returns the value of an attribute, "" when the row has none.
func (it *Item) Attr(key string) string {
	for i := 0; i+1 < len(it.attrs); i += 2 {
		if it.attrs[i] == key {
			return it.attrs[i+1]
		}
	}
	return ""
}

// Lexeme is a known form in a text: tokens First to Last, half-open.
type Lexeme struct {
	First, Last int32
	Entry       int32
	Next        int32 // the next shorter one that starts there, -1
	Case        Case  // how the text writes it
}

// Lexicon is the compiled rows of a language. It is immutable.
type Lexicon struct {
	trie    *trie.Trie
	entries [][]Sense
	masks   []ClassSet // of each entry, by what case the text writes: all that it may be then
	items   []Item
	classes map[string]Class
	names   []string
	written Orthography
	cuts    []role // by entry, for an orthography that cuts runs
}

// Class returns the class of that name.
func (l *Lexicon) Class(name string) (Class, bool) {
	c, ok := l.classes[name]
	return c, ok
}

// ClassName returns the name of a class.
func (l *Lexicon) ClassName(c Class) string { return l.names[c] }

// Classes returns how many classes there are.
func (l *Lexicon) Classes() int { return len(l.names) }

// Item returns the row of a sense.
func (l *Lexicon) Item(s Sense) *Item { return &l.items[s.Item] }

// Senses returns all meanings of an entry.
func (l *Lexicon) Senses(entry int32) []Sense { return l.entries[entry] }

// Find returns the sense of a lexeme in a class.
func (l *Lexicon) Find(x Lexeme, c Class) (Sense, bool) {
	if !l.open(x).Has(c) {
		return Sense{}, false
	}
	for _, s := range l.entries[x.Entry] {
		if s.Class == c && s.Case <= x.Case {
			return s, true
		}
	}
	return Sense{}, false
}

// Tag appends the lexemes of the tokens to out and marks the tokens with them. A name (of
// a place, a body, a sum, a kind of worker) is the longest that stands there and hides
// what lies within it; other words keep all their readings, long and short, so that a
// phrase of one rule cannot hide a word of another. It is linear: the longest form bounds
// what one token can cost.
func (l *Lexicon) Tag(v *segment.View, tokens []segment.Token, out []Lexeme) []Lexeme {
	hidden := 0 // tokens before it lie within a name
	var found [maxReadings]Lexeme
	for i := range tokens {
		if i < hidden {
			continue
		}
		n := l.readings(v, tokens, i, found[:])
		name := -1
		for k := n - 1; k >= 0 && name < 0; k-- {
			if l.naming(found[k].Entry) {
				name = k
			}
		}
		if name >= 0 && l.overtaken(v, tokens, i, int(found[name].Last)) {
			name = -1
			n = l.withoutNames(found[:n])
		}
		next := int32(-1)
		for k := range n { // shortest first, so that the longest heads the chain
			if k < name && l.naming(found[k].Entry) {
				continue
			}
			found[k].Next = next
			next = int32(len(out))
			if k == name {
				hidden = int(found[k].Last)
				for j := i; j < hidden; j++ {
					tokens[j].Within = next
				}
			}
			out = append(out, found[k])
		}
		tokens[i].Lexeme = next
	}
	return out
}

// overtaken reports whether a name that starts within the one from i to last ends behind
// it: in "the party funds" the levy wins over the party.
func (l *Lexicon) overtaken(v *segment.View, tokens []segment.Token, i, last int) bool {
	var found [maxReadings]Lexeme
	for j := i + 1; j < last; j++ {
		for k := range l.readings(v, tokens, j, found[:]) {
			if int(found[k].Last) > last && l.naming(found[k].Entry) {
				return true
			}
		}
	}
	return false
}

// withoutNames keeps the readings that are no names.
func (l *Lexicon) withoutNames(found []Lexeme) int {
	n := 0
	for _, x := range found {
		if !l.naming(x.Entry) {
			found[n] = x
			n++
		}
	}
	return n
}

// maxReadings is the most forms that are kept from one start.
const maxReadings = 8

// readings walks the trie from token i over whole tokens and collects the forms that end
// with one, shortest first. A hyphen reads as a space, so one row serves both spellings.
func (l *Lexicon) readings(v *segment.View, tokens []segment.Token, i int, found []Lexeme) int {
	state, n := trie.Root, 0
	j := i
	for at := tokens[i].From; int(at) < len(v.Bytes); at++ {
		c := v.Bytes[at]
		if c == '-' {
			c = ' '
		}
		next, more := l.trie.Next(state, c)
		if !more {
			break
		}
		state = next
		for j < len(tokens) && tokens[j].To <= at {
			j++
		}
		if j == len(tokens) || tokens[j].To != at+1 {
			continue
		}
		if value, is := l.trie.Value(state); is && l.permits(value, tokens[i]) {
			if n == len(found) {
				copy(found, found[1:])
				n--
			}
			found[n] = Lexeme{First: int32(i), Last: int32(j + 1), Entry: int32(value), Case: caseOf(tokens[i])}
			n++
		}
	}
	return n
}

// naming reports whether the entry has a sense of a class whose forms are names.
func (l *Lexicon) naming(entry int32) bool {
	return l.masks[int(entry)*cases+int(Upper)].Meets(&namingMask)
}

// permits reports whether some sense of the entry allows how the text writes its first
// letter.
func (l *Lexicon) permits(entry int, t segment.Token) bool {
	return l.masks[entry*cases+int(caseOf(t))] != ClassSet{}
}

// Build compiles the rows of the given files: class, id, forms, attributes, source, split
// by tabs; lines that begin with # and empty lines are left out. capital names the classes
// whose forms need a capital letter; written is how the rows' language is written.
func Build(written Orthography, files []string, capital []string) (*Lexicon, error) {
	b := builder{lex: &Lexicon{classes: map[string]Class{}, written: written}, index: map[string]int{}, capital: capital}
	for c := range knownClasses {
		b.class(knownNames[c])
	}
	for _, file := range files {
		for n, line := range strings.Split(file, "\n") {
			if err := b.row(strings.TrimSuffix(line, "\r")); err != nil {
				return nil, fmt.Errorf("lexicon: line %d: %w", n+1, err)
			}
		}
	}
	if len(b.lex.names) > maxClasses {
		return nil, fmt.Errorf("lexicon: %d classes; the most is %d", len(b.lex.names), maxClasses)
	}
	b.lex.masks = masksOf(b.lex.entries)
	var err error
	if b.lex.trie, err = trie.Build(b.keys); err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	b.lex.cuts = make([]role, len(b.lex.entries))
	for i := range b.lex.cuts {
		b.lex.cuts[i] = b.lex.roles(i)
	}
	return b.lex, nil
}

type builder struct {
	lex     *Lexicon
	keys    []string
	index   map[string]int
	capital []string
}

func (b *builder) class(name string) Class {
	if c, ok := b.lex.classes[name]; ok {
		return c
	}
	c := Class(len(b.lex.names))
	b.lex.classes[name] = c
	b.lex.names = append(b.lex.names, name)
	return c
}

func (b *builder) row(line string) error {
	if line == "" || line[0] == '#' {
		return nil
	}
	cells := strings.Split(line, "\t")
	if len(cells) < 3 {
		return fmt.Errorf("%d cells, want class, id and forms in %q", len(cells), line)
	}
	item := Item{ID: cells[1]}
	if len(cells) > 3 {
		item.attrs = attributes(cells[3])
	}
	if len(cells) > 4 {
		item.Source = cells[4]
	}
	b.lex.items = append(b.lex.items, item)
	sense := Sense{Class: b.class(cells[0]), Item: int32(len(b.lex.items) - 1), Case: b.caseOf(cells[0], &item)}
	for _, form := range strings.Split(cells[2], "|") {
		for _, in := range b.lex.written.Forms(strings.TrimSpace(form)) {
			sense.Form = in.Form
			b.add(in.Text, sense)
		}
	}
	return nil
}

func (b *builder) caseOf(class string, item *Item) Case {
	switch item.Attr("case") {
	case "upper":
		return Upper
	case "capital":
		return Capital
	case "any":
		return AnyCase
	}
	if slices.Contains(b.capital, class) {
		return Capital
	}
	if w, ok := b.lex.written.(interface{ stem(string) bool }); ok && w.stem(class) {
		return Capital // a particle that is spelled like a word is none
	}
	return AnyCase
}

func caseOf(t segment.Token) Case {
	switch {
	case t.Upper:
		return Upper
	case t.Capital:
		return Capital
	}
	return AnyCase
}

func attributes(cell string) []string {
	var out []string
	for _, pair := range strings.Split(cell, ";") {
		if key, value, ok := strings.Cut(strings.TrimSpace(pair), "="); ok {
			out = append(out, key, value)
		}
	}
	return out
}

// add puts a form into the trie, folded as a view folds it and with hyphens as spaces.
func (b *builder) add(form string, s Sense) {
	var v segment.View
	v.Fold(form, 0)
	key := strings.TrimSpace(strings.ReplaceAll(string(v.Bytes), "-", " "))
	if key == "" {
		return
	}
	i, ok := b.index[key]
	if !ok {
		i = len(b.keys)
		b.index[key] = i
		b.keys = append(b.keys, key)
		b.lex.entries = append(b.lex.entries, nil)
	}
	for j, have := range b.lex.entries[i] {
		if have.Class == s.Class && have.Item == s.Item {
			b.lex.entries[i][j].Form |= s.Form
			return
		}
	}
	b.lex.entries[i] = append(b.lex.entries[i], s)
}
