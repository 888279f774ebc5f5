package lexicon

// Known reports whether a lexeme covers token i.
func (p *Passage) Known(i int) bool {
	for j := max(0, i-maxBack); j <= i; j++ {
		for x := p.Tokens[j].Lexeme; x >= 0; x = p.Lexemes[x].Next {
			if int(p.Lexemes[x].Last) > i {
				return true
			}
		}
	}
	return false
}

// Ending returns the longest lexeme that ends before token i.
func (p *Passage) Ending(i int) (Lexeme, bool) {
	for j := max(0, i-maxBack); j < i; j++ {
		for x := p.Tokens[j].Lexeme; x >= 0; x = p.Lexemes[x].Next {
			if int(p.Lexemes[x].Last) == i {
				return p.Lexemes[x], true
			}
		}
	}
	return Lexeme{}, false
}

// Among reports whether a sense, in a class, of a lexeme that starts at token i holds.
func (p *Passage) Among(i int, c Class, holds func(*Item) bool) bool {
	if i < 0 || i >= len(p.Tokens) {
		return false
	}
	return p.Any(i, func(s Sense) bool { return s.Class == c && holds(p.Item(s)) })
}
