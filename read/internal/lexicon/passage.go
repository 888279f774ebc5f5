package lexicon

import "corvee/read/internal/segment"

// Passage is one block, tokenised and tagged: what every grammar works on.
type Passage struct {
	View      segment.View
	Tokens    []segment.Token
	Lexemes   []Lexeme
	Sentences []segment.Sentence
	Lex       *Lexicon
}

// Load makes p the passage of src, which starts at offset base of its text.
func (p *Passage) Load(lex *Lexicon, src string, base int) {
	p.Lex = lex
	p.View.Fold(src, base)
	p.Tokens = segment.Tokenise(&p.View, p.Tokens[:0])
	p.Lexemes = lex.Tag(&p.View, p.Tokens, p.Lexemes[:0])
	p.Sentences = segment.Sentences(&p.View, p.Tokens, p.abbreviation, p.Sentences[:0])
}

func (p *Passage) abbreviation(t segment.Token) bool {
	if t.To-t.From == 1 && t.Capital {
		return true // an initial
	}
	if t.Within < 0 {
		return false
	}
	_, ok := p.Lex.Find(p.Lexemes[t.Within], Abbreviation)
	return ok
}

// At returns the sense, in a class, of the lexeme that starts at token i, and the token
// after it. ok is false beyond the tokens and where none starts.
func (p *Passage) At(i int, c Class) (s Sense, next int, ok bool) {
	if i < 0 || i >= len(p.Tokens) || p.Tokens[i].Lexeme < 0 {
		return Sense{}, i, false
	}
	x := p.Lexemes[p.Tokens[i].Lexeme]
	s, ok = p.Lex.Find(x, c)
	return s, int(x.Last), ok
}

// Is reports whether a lexeme of the class starts at token i.
func (p *Passage) Is(i int, c Class) bool {
	_, _, ok := p.At(i, c)
	return ok
}

// Ends returns the sense, in a class, of the lexeme that ends before token i, and the
// token where it starts.
func (p *Passage) Ends(i int, c Class) (s Sense, first int, ok bool) {
	if i <= 0 || i > len(p.Tokens) || p.Tokens[i-1].Within < 0 {
		return Sense{}, i, false
	}
	x := p.Lexemes[p.Tokens[i-1].Within]
	if int(x.Last) != i {
		return Sense{}, i, false
	}
	s, ok = p.Lex.Find(x, c)
	return s, int(x.First), ok
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
