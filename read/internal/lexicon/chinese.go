package lexicon

import (
	"corvee/internal/trie"
	"corvee/read/internal/segment"
)

// Chinese is the orthography of Chinese, simplified or traditional. Its words have no
// spaces between them and no forms: a word is the longest row that begins at a character,
// and a character that begins none is a token by itself.
type Chinese struct{}

// Forms returns the entry as it stands.
func (Chinese) Forms(entry string) []Inflected { return []Inflected{{Text: entry}} }

// Tokens cuts at every character and joins again what the lexicon knows as one word.
func (Chinese) Tokens(l *Lexicon, v *segment.View, out []segment.Token) []segment.Token {
	out = segment.Characters(v, out)
	n := 0
	for i := 0; i < len(out); n++ {
		t := out[i]
		if last := l.longest(v, out, i); last > i+1 {
			t.To = out[last-1].To
			t.Kind = segment.Word
			i = last
		} else {
			i++
		}
		out[n] = t
	}
	return out[:n]
}

// longest returns the token behind the longest form that begins at token i, i itself
// without one.
func (l *Lexicon) longest(v *segment.View, tokens []segment.Token, i int) int {
	state, j, last := trie.Root, i, i
	for at := tokens[i].From; int(at) < len(v.Bytes); at++ {
		next, more := l.trie.Next(state, v.Bytes[at])
		if !more {
			break
		}
		state = next
		for j < len(tokens) && tokens[j].To <= at {
			j++
		}
		if j == len(tokens) || tokens[j].To != at+1 {
			continue
		}
		if _, is := l.trie.Value(state); is {
			last = j + 1
		}
	}
	return last
}

// Sentences ends them at stops. What a quotation says and who says it are one sentence.
func (Chinese) Sentences(p *Passage, out []segment.Sentence) []segment.Sentence {
	return segment.SentencesOf(&p.View, p.Tokens, p.speaksAt, out)
}

// maxSpeaker is how many words may stand before the verb of who said it: 该知情人士说.
const maxSpeaker = 12

// speaksAt reports whether a speaker with a verb of saying begins at token i.
func (p *Passage) speaksAt(i int) bool {
	for n := 0; n < maxSpeaker && i+n < len(p.Tokens); n++ {
		if p.Tokens[i+n].Kind == segment.Mark {
			return false
		}
		if n > 0 && p.Is(i+n, SpeechVerb) {
			return true
		}
	}
	return false
}

// Clauses begins one after each comma, semicolon, colon and dash.
func (Chinese) Clauses(p *Passage, first, last int) {
	clause := uint16(0)
	if first > 0 {
		clause = p.Tokens[first-1].Clause + 1
	}
	for i := first; i < last; i++ {
		if i > first && p.parts(i-1) {
			clause++
		}
		p.Tokens[i].Clause = clause
	}
}

func (p *Passage) parts(i int) bool {
	return p.Mark(i, ',') || p.Mark(i, ';') || p.Mark(i, ':') || p.Mark(i, '-') && p.View.Rune(int(p.Tokens[i].From)) == '—'
}
