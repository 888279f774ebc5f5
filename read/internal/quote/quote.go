// Package quote finds what stands between quotation marks: a passage in, its quotations out.
//
// Its one idea: a mark that the text itself writes as opening or closing is taken at its
// word, a plain mark opens if none is open, and marks that do not pair end with the
// paragraph, so that an odd one can spoil no more than that.
package quote

import "corvee/read/internal/lexicon"

// Quotation is one quoted passage of a paragraph: tokens First to Last and the sentences
// From to To that it touches, both half-open. Open says that no mark closes it.
type Quotation struct {
	First, Last int
	From, To    int
	Open        bool
}

// Pairs returns the quotations of a paragraph in text order.
func Pairs(p *lexicon.Passage) []Quotation {
	var out []Quotation
	open := -1
	for n, s := range p.Sentences {
		for i := s.First; i < s.Last; i++ {
			switch {
			case !p.Mark(i, '"'):
			case open < 0 && opens(p.View.Rune(int(p.Tokens[i].From))):
				open = len(out)
				out = append(out, Quotation{First: i + 1, From: n, Open: true})
			case open >= 0 && !opening(p.View.Rune(int(p.Tokens[i].From))):
				out[open].Last, out[open].To, out[open].Open = i, n+1, false
				open = -1
			}
		}
	}
	if open >= 0 {
		out[open].Last, out[open].To = len(p.Tokens), len(p.Sentences)
	}
	return out
}

// opening reports whether a mark is written as one that opens.
func opening(r rune) bool {
	return r == '“' || r == '«' || r == '「' || r == '『' || r == '„'
}

// opens reports whether a mark may open a quotation where none is open.
func opens(r rune) bool { return r != '”' && r != '»' && r != '」' && r != '』' }

// Closes reports whether the mark at token i is written as one that only closes.
func Closes(p *lexicon.Passage, i int) bool {
	return p.Mark(i, '"') && !opens(p.View.Rune(int(p.Tokens[i].From)))
}

// Within reports whether token i stands in a quotation that tokens first to end open and
// close: what is said there is not who says it.
func Within(p *lexicon.Passage, first, end, i int) bool {
	open := false
	for j := first; j < i; j++ {
		open = open != p.Mark(j, '"') && (open || !Closes(p, j))
	}
	for j := i + 1; open && j < end; j++ {
		if p.Mark(j, '"') {
			return true
		}
	}
	return false
}

// LastClosed returns the last mark of tokens from to to that ends a quotation, -1 without.
func LastClosed(p *lexicon.Passage, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if Closes(p, i) {
			return i
		}
	}
	return -1
}
