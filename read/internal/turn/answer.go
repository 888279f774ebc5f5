package turn

import "corvee/read/internal/lexicon"

// Answer reports whether a paragraph is an answer of an interview that is printed without
// quotation marks: "A. In our camp about 400", "A: …". Who answers was said before; "we" and
// "I" in it are theirs.
func Answer(p *lexicon.Passage) bool {
	if len(p.Tokens) < 4 || !p.Tokens[0].Capital {
		return false
	}
	return (p.Says(0, "a") || p.Says(0, "answer")) && (p.Mark(1, '.') || p.Mark(1, ':'))
}
