// Package item takes apart what an order lists: the tokens of a match in, the things that are
// ordered and the words that name each out.
//
// Its one idea: who writes an order down repeats "to" before each thing ("to refrain from
// contact and to hand in all telephones"), and what is ordered is named by its own verb and
// what the verb bears on, without amounts, times and articles.
package item

import (
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Starts returns the tokens at which the things begin that tokens first to last list.
func Starts(p *lexicon.Passage, first, last int) []int {
	starts := []int{first}
	for i := first + 1; i < last; i++ {
		if p.Says(i, "to") && (p.Says(i-1, "and") || p.Mark(i-1, ',') || p.Mark(i-1, ';')) {
			starts = append(starts, i)
		}
	}
	return starts
}

// Trimmed returns last without "and" and punctuation at the end of an item.
func Trimmed(p *lexicon.Passage, first, last int) int {
	for last > first+1 && (p.Says(last-1, "and") || p.Tokens[last-1].Kind == segment.Mark) {
		last--
	}
	return last
}

// maxWords is how many words name what is ordered.
const maxWords = 6

// Words returns the words that name what tokens first to last order, and the tokens that
// they stand in, half-open; "" without. Tokens that skip holds of are left out: amounts,
// times, workers.
func Words(p *lexicon.Passage, first, last int, skip func(int) bool) (label string, from, to int) {
	n := 0
	for i := verb(p, first, last); i < last && n < maxWords; i++ {
		if n > 1 && (p.Mark(i, ',') || p.Mark(i, ';')) {
			break
		}
		if p.Tokens[i].Kind != segment.Word || skip(i) || empty(p, i) {
			continue
		}
		if n++; n == 1 {
			from = i
		} else {
			label += " "
		}
		label, to = label+p.Word(i), i+1
	}
	return label, from, to
}

// verb returns the token after the "to" that says what is ordered: "ordered workers at two
// mills to pay"; first without.
func verb(p *lexicon.Passage, first, last int) int {
	for i := first; i+1 < last; i++ {
		if p.Says(i, "to") && p.Tokens[i+1].Kind == segment.Word && !p.Tokens[i+1].Capital && !p.Is(i+1, lexicon.Determiner) && !p.Is(i+1, lexicon.Possessive) {
			return i + 1
		}
	}
	return first
}

// emptyClasses are the classes of words that say nothing of what is ordered.
var emptyClasses = [...]lexicon.Class{
	lexicon.Determiner, lexicon.Pronoun, lexicon.Possessive, lexicon.Preposition, lexicon.Auxiliary, lexicon.Adverb,
}

func empty(p *lexicon.Passage, i int) bool {
	for _, class := range emptyClasses {
		if p.Is(i, class) {
			return true
		}
	}
	return p.Says(i, "that") || p.Says(i, "and") || p.Says(i, "each")
}
