// Package grammar is what each language does in its own way: tokens of a sentence in, its
// amounts, times, speakers and mentions out, and answers to small questions of word order.
//
// Its one idea: reading is the same for every language but for these verbs; words and
// rules are data, and a new language is a type here beside its data.
package grammar

import (
	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/entity"
	"corvee/read/internal/hedge"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/when"
)

// Grammar is what a language does in its own way; lexicon and rules are its data, and all
// else of this package is the same for every language. How its words are cut and inflected
// is the orthography that its lexicon is built with.
type Grammar interface {
	// Orthography is how the language is written.
	Orthography() lexicon.Orthography
	// Opening is a paragraph that makes workers of a sending state what a report is about;
	// the examples of rules stand behind it.
	Opening() string
	// Speakers finds who says what in one sentence.
	Speakers() attribution.Cues
	// Part reports whether the clause that begins at token i tells of a part of what stands before
	// it: 其中; its places are not those of the whole.
	Part(p *lexicon.Passage, i int) bool
	// Times appends the expressions of time of tokens first to last.
	Times(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []when.Time) []when.Time
	// Quantities appends the amounts of tokens first to last that are not taken.
	Quantities(p *lexicon.Passage, first, last int, taken func(int) bool, out []quantity.Quantity) []quantity.Quantity
	// Mentions appends who and where of tokens first to last.
	Mentions(f *entity.Finder, p *lexicon.Passage, first, last int, q []quantity.Quantity, out []entity.Mention) []entity.Mention
	// Judge says how sure the report is of a match.
	Judge(p *lexicon.Passage, s hedge.Scope) hedge.Verdict
	// Joined reports whether tokens first to last, between two places, join them.
	Joined(p *lexicon.Passage, first, last int) bool
	// Inside reports whether something happens in the place of tokens first to last; it is
	// not where it goes or comes from.
	Inside(p *lexicon.Passage, first, last int) bool
	// Locative reports whether the place of tokens first to last is where something happens
	// or goes on; goods that are sold there are no work there.
	Locative(p *lexicon.Passage, first, last, sentence int, goods lexicon.Class) bool
	// Beside reports whether the group of tokens first to last only stands by: "with them".
	Beside(p *lexicon.Passage, first, last int) bool
	// Plural reports whether "they" can mean what token i heads.
	Plural(p *lexicon.Passage, i int) bool
	// Subject returns the words for a group without article, possessive or particle.
	Subject(p *lexicon.Passage, first, last int) (int, int)
	// Carries reports whether sentences leave out whom they are about once the report has
	// said it, and say a period once for all amounts.
	Carries() bool
	// Stays reports whether a place of work holds for the report until it names another.
	Stays() bool
	// Besides reports whether the place of tokens first to last is only one more: what follows
	// is not about it.
	Besides(p *lexicon.Passage, first, last int) bool
	// Period returns how often an amount falls due by the words at token i, apart from it.
	Period(p *lexicon.Passage, i int) (string, bool)
}
