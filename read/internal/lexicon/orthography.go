package lexicon

import "corvee/read/internal/segment"

// Inflected is one form of a row's word.
type Inflected struct {
	Text string
	Form Form
}

// Orthography is how a language is written: which forms a word of a row takes, and how a
// folded text falls into tokens, sentences and clauses.
type Orthography interface {
	// Forms returns the forms of one entry of a row's cell of forms.
	Forms(entry string) []Inflected
	// Tokens appends the tokens of the view to out. The lexicon is the one that will tag
	// them.
	Tokens(l *Lexicon, v *segment.View, out []segment.Token) []segment.Token
	// Sentences appends the sentences of the passage, whose tokens are tagged, to out.
	Sentences(p *Passage, out []segment.Sentence) []segment.Sentence
	// Clauses numbers the clauses of tokens first to last into them.
	Clauses(p *Passage, first, last int)
}

// English is the orthography of English.
type English struct{}

// Forms inflects "v:send/sent" and "n:worker"; see inflect.
func (English) Forms(entry string) []Inflected { return inflect(entry) }

// Tokens cuts at spaces and marks.
func (English) Tokens(_ *Lexicon, v *segment.View, out []segment.Token) []segment.Token {
	return segment.Tokenise(v, out)
}

// Sentences ends them at stops that no lower-case word follows.
func (English) Sentences(p *Passage, out []segment.Sentence) []segment.Sentence {
	return segment.Sentences(&p.View, p.Tokens, p.abbreviation, out)
}
