// Package josa answers small questions about Korean phrases: a passage and tokens in, what
// their particles and endings do out.
//
// Its one idea: a particle or an ending is a token by itself, glued to what it stands
// behind, so who does what is read from a token and never from a word's letters.
package josa

import (
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Particle returns what the particle at token i does, "" where none is glued.
func Particle(p *lexicon.Passage, i int) string {
	if i <= 0 || i >= len(p.Tokens) || !p.Tokens[i].Glued {
		return ""
	}
	s, _, ok := p.At(i, lexicon.Particle)
	if !ok {
		return ""
	}
	return p.Item(s).ID
}

// Marks reports whether token i, before token end, is a particle that marks who speaks.
func Marks(p *lexicon.Passage, i, end int) bool {
	if i >= end {
		return false
	}
	switch Particle(p, i) {
	case "topic", "subject", "also", "in":
		return true
	}
	return false
}

// Subject reports whether a topic or a subject stands between tokens from and to.
func Subject(p *lexicon.Passage, from, to int) bool {
	for i := from + 1; i < to; i++ {
		if is := Particle(p, i); is == "topic" || is == "subject" {
			return true
		}
	}
	return false
}

// Ending reports whether token i is an ending that does what id says.
func Ending(p *lexicon.Passage, i int, id string) bool {
	return p.Among(i, lexicon.Ending, func(row *lexicon.Item) bool { return row.ID == id })
}

// Joins reports whether token i ends a clause or a topic, so that a phrase begins behind it.
func Joins(p *lexicon.Passage, i int) bool {
	if Particle(p, i) == "topic" {
		return true
	}
	s, _, ok := p.At(i, lexicon.Ending)
	if !ok || !p.Tokens[i].Glued {
		return false
	}
	switch p.Item(s).ID {
	case "and", "but", "quote_and", "quote", "cause", "cond":
		return true
	}
	return false
}

// Other reports whether the words from..to say that it is another than before.
func Other(p *lexicon.Passage, from, to int) bool {
	for i := from; i < to; i++ {
		if p.Says(i, "다른") || p.Says(i, "또") {
			return true
		}
	}
	return false
}

// Country returns the country of the last place from..to, "" without one.
func Country(p *lexicon.Passage, from, to int) string {
	out := ""
	for i := from; i < to; i++ {
		if s, _, ok := p.At(i, lexicon.Country); ok {
			out = p.Item(s).ID
		} else if s, _, ok := p.At(i, lexicon.Place); ok {
			out = p.Item(s).Attr("country")
		}
	}
	return out
}

// WordStart returns the first token, not before first, of the written word that holds
// token at.
func WordStart(p *lexicon.Passage, first, at int) int {
	for at > first && p.Tokens[at].Glued && p.Tokens[at-1].Kind == segment.Word {
		at--
	}
	return at
}

// MaxPhrase is the most tokens of a phrase that names somebody.
const MaxPhrase = 24

// PhraseStart returns where the phrase that ends at token end begins: behind a comma, a
// mark, another topic, or an ending that joins clauses.
func PhraseStart(p *lexicon.Passage, from, end int) int {
	i := end
	for i > from && end-i < MaxPhrase {
		if p.Mark(i-1, ',') || p.Mark(i-1, '"') || p.Mark(i-1, ';') || Joins(p, i-1) {
			break
		}
		i--
	}
	return i
}

// NameBefore returns the tokens of an unknown word that stands right before a title.
func NameBefore(p *lexicon.Passage, first, at int) []int {
	i := at
	for i > first && at-i < 3 && p.Tokens[i-1].Kind == segment.Word && !p.Known(i-1) {
		i--
	}
	if i == at {
		return nil
	}
	return []int{i, at}
}
