package lexicon

import "corvee/read/internal/segment"

// Passage is one block, tokenised and tagged: what every grammar works on.
type Passage struct {
	View      segment.View
	Tokens    []segment.Token
	Lexemes   []Lexeme
	Sentences []segment.Sentence
	Lex       *Lexicon

	starts, ends []ClassSet // of the lexemes that start at each token, that end before it
}

// Load makes p the passage of src, which starts at offset base of its text.
func (p *Passage) Load(lex *Lexicon, src string, base int) {
	p.Lex = lex
	p.View.Fold(src, base)
	p.Tokens = lex.written.Tokens(lex, &p.View, p.Tokens[:0])
	p.Lexemes = lex.Tag(&p.View, p.Tokens, p.Lexemes[:0])
	p.reach()
	p.Sentences = lex.written.Sentences(p, p.Sentences[:0])
}

// Clauses numbers the clauses of a sentence into its tokens.
func (p *Passage) Clauses(first, last int) { p.Lex.written.Clauses(p, first, last) }

func (p *Passage) abbreviation(i int) bool {
	t := p.Tokens[i]
	return t.To-t.From == 1 && t.Capital || p.Is(i, Abbreviation)
}

// At returns the sense, in a class, of the longest lexeme that starts at token i and has
// one, and the token after it. ok is false beyond the tokens and where none starts.
func (p *Passage) At(i int, c Class) (s Sense, next int, ok bool) {
	if i < 0 || i >= len(p.Tokens) || !p.starts[i].Has(c) {
		return Sense{}, i, false
	}
	for x := p.Tokens[i].Lexeme; x >= 0; x = p.Lexemes[x].Next {
		if s, ok := p.Lex.Find(p.Lexemes[x], c); ok {
			return s, int(p.Lexemes[x].Last), true
		}
	}
	return Sense{}, i, false
}

// Any reports whether a lexeme that starts at token i has a sense that is wanted.
func (p *Passage) Any(i int, wanted func(Sense) bool) bool {
	for x := p.Tokens[i].Lexeme; x >= 0; x = p.Lexemes[x].Next {
		for _, s := range p.Lex.Senses(p.Lexemes[x].Entry) {
			if wanted(s) {
				return true
			}
		}
	}
	return false
}

// Is reports whether a lexeme of the class starts at token i.
func (p *Passage) Is(i int, c Class) bool {
	return i >= 0 && i < len(p.Tokens) && p.starts[i].Has(c)
}

// Nominal reports whether token i stands where English has a noun: after an article, a
// possessive, "of", a word like "monthly". There "pay" is no verb.
func (p *Passage) Nominal(i int) bool {
	if i <= 0 {
		return false
	}
	for _, c := range [...]Class{Determiner, Possessive, PeriodAdj} {
		if _, _, ok := p.Ends(i, c); ok {
			return true
		}
	}
	switch p.Word(i - 1) {
	case "'s", "'", "of", "in", "for", "with", "by", "under", "on", "from", "no", "low", "high", "average":
		return p.Word(i-1) != "'" || p.Tokens[i-1].Glued
	}
	return false
}

// Verbal reports whether token i stands where English has a verb: after "to", a modal, a
// pronoun. There "pay" is no noun.
func (p *Passage) Verbal(i int) bool {
	switch p.Word(i - 1) {
	case "to", "will", "would", "must", "can", "could", "should", "may", "might", "not", "they", "we", "i", "he", "she", "who", "do", "does", "did", "don't", "doesn't", "didn't", "cannot", "can't":
		return true
	}
	return false
}

// maxBack is the longest form in tokens that Ends looks back for.
const maxBack = 6

// Ends returns the sense, in a class, of a lexeme that ends before token i, and the token
// where it starts; of several the longest.
func (p *Passage) Ends(i int, c Class) (s Sense, first int, ok bool) {
	if i <= 0 || i > len(p.Tokens) || !p.ends[i].Has(c) {
		return Sense{}, i, false
	}
	for j := max(0, i-maxBack); j < i; j++ {
		for x := p.Tokens[j].Lexeme; x >= 0; x = p.Lexemes[x].Next {
			if int(p.Lexemes[x].Last) != i {
				continue
			}
			if s, ok := p.Lex.Find(p.Lexemes[x], c); ok {
				return s, j, true
			}
		}
	}
	return Sense{}, i, false
}

// Phrased reports whether the tokens from first to last (half-open) end a phrase that began
// before them, such as "hand over" or "add up to".
func (p *Passage) Phrased(first, last int) bool {
	for j := max(0, first-2); j < first; j++ {
		for x := p.Tokens[j].Lexeme; x >= 0; x = p.Lexemes[x].Next {
			if int(p.Lexemes[x].Last) == last && !p.Lex.naming(p.Lexemes[x].Entry) {
				return true
			}
		}
	}
	return false
}

// After returns the token after the name that starts at token i, else after the token
// itself.
func (p *Passage) After(i int) int {
	if w := p.Tokens[i].Within; w >= 0 && int(p.Lexemes[w].First) == i {
		return int(p.Lexemes[w].Last)
	}
	return i + 1
}

// Before returns the token where the name begins that ends before token i, else the token
// before.
func (p *Passage) Before(i int) int {
	if w := p.Tokens[i-1].Within; w >= 0 && int(p.Lexemes[w].Last) == i {
		return int(p.Lexemes[w].First)
	}
	return i - 1
}

// Word returns the folded form of token i, "" beyond the tokens.
func (p *Passage) Word(i int) string {
	if i < 0 || i >= len(p.Tokens) {
		return ""
	}
	t := p.Tokens[i]
	return string(p.View.Bytes[t.From:t.To])
}

// Says reports whether token i is that folded word; it allocates nothing.
func (p *Passage) Says(i int, word string) bool {
	if i < 0 || i >= len(p.Tokens) {
		return false
	}
	t := p.Tokens[i]
	return string(p.View.Bytes[t.From:t.To]) == word
}

// Mark reports whether token i is the mark c.
func (p *Passage) Mark(i int, c byte) bool {
	return i >= 0 && i < len(p.Tokens) && p.Tokens[i].Is(c)
}

// Item returns the row of a sense.
func (p *Passage) Item(s Sense) *Item { return p.Lex.Item(s) }

// Source returns the text's own words of tokens first to last, half-open.
func (p *Passage) Source(first, last int) string {
	if first >= last {
		return ""
	}
	return p.View.Source(int(p.Tokens[first].From), int(p.Tokens[last-1].To))
}
