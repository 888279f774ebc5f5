package lexicon

// Clauses numbers the clauses of a sentence into its tokens. A new one begins after a
// semicolon or a dash, and at a word that joins clauses when a comma stands before it or
// when it always opens one; "and" opens one only when a subject follows, since most of
// its uses join nouns.
func (English) Clauses(p *Passage, first, last int) {
	clause := uint16(0)
	if first > 0 {
		clause = p.Tokens[first-1].Clause + 1
	}
	fronted := p.fronted(first)
	for i := first; i < last; i++ {
		if i > first && p.opensClause(first, i) || fronted && p.Mark(i-1, ',') && p.subject(i, true) {
			clause++
			fronted = false
		}
		p.Tokens[i].Clause = clause
	}
}

// fronted reports whether the sentence begins with a clause that depends on the next: "As
// the economy shrinks, the state sends …".
func (p *Passage) fronted(first int) bool {
	if p.Mark(first, '"') {
		first++
	}
	_, next, ok := p.At(first, Subordinator)
	return (ok || p.Says(first, "as") || p.Says(first, "if")) && !p.Is(next, Demonym)
}

func (p *Passage) opensClause(first, i int) bool {
	if p.Mark(i-1, ';') || p.dash(i-1) {
		return true
	}
	comma := p.Mark(i-1, ',') || p.Mark(i-1, '"')
	if p.Mark(i-1, ',') && p.Is(i, Pronoun) {
		return true
	}
	if s, next, ok := p.At(i, Subordinator); ok {
		switch p.Item(s).Attr("opens") {
		case "always":
			return i > first && !p.gerund(next)
		case "comma":
			return comma && !p.gerund(next)
		}
	}
	if s, next, ok := p.At(i, Coordinator); ok {
		if p.Item(s).Attr("opens") == "comma" {
			return comma
		}
		return p.subject(next, comma)
	}
	return false
}

// dash reports whether token i is a dash between clauses: long in the text, or set apart.
func (p *Passage) dash(i int) bool {
	if !p.Mark(i, '-') {
		return false
	}
	r := p.View.Rune(int(p.Tokens[i].From))
	return r == '—' || r == '–' && !p.Tokens[i].Glued || r == '-' && !p.Tokens[i].Glued && i+1 < len(p.Tokens) && !p.Tokens[i+1].Glued
}

// gerund reports whether an -ing word follows: "while sleeping" is no clause of its own.
func (p *Passage) gerund(i int) bool {
	w := p.Word(i)
	return len(w) > 4 && w[len(w)-3:] == "ing"
}

// subject reports whether a new subject with its verb seems to follow at token i.
func (p *Passage) subject(i int, comma bool) bool {
	if i >= len(p.Tokens) {
		return false
	}
	if s, _, ok := p.At(i, Pronoun); ok && p.Item(s).Attr("object") == "" {
		return true
	}
	if p.Says(i, "there") || p.Says(i, "that") {
		return true
	}
	if comma && p.Is(i, Adverb) {
		return true
	}
	return comma && p.finite(i)
}

// finite reports whether an auxiliary stands within a few words after token i, before any
// comma: "and the workers were sent".
func (p *Passage) finite(i int) bool {
	for n := 0; n < 9 && i+n < len(p.Tokens); n++ {
		switch {
		case p.Mark(i+n, ','), p.Mark(i+n, '.'), p.Is(i+n, Subordinator):
			return false
		case n > 0 && p.Is(i+n, Auxiliary):
			return true
		}
	}
	return false
}
