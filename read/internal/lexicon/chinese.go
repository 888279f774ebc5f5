package lexicon

import (
	"corvee/internal/trie"
	"corvee/read/internal/segment"
)

// Chinese is the orthography of Chinese, simplified or traditional. Its words have no
// spaces between them and no forms: a run is cut so that the fewest pieces are left, rows
// of the lexicon before single characters, and of two such cuts the one whose words come
// longest first: 建筑|工作 and not 建筑工|作.
type Chinese struct{}

// Forms returns the entry as it stands.
func (Chinese) Forms(entry string) []Inflected { return []Inflected{{Text: entry}} }

// The costs of a cut. A character that no row begins with costs as much as two words.
const (
	wordCost      = 1
	characterCost = 2
)

// maxWeighed is how many characters are weighed together; a cut is forced behind them.
const maxWeighed = 256

// Tokens cuts at every character and joins again what the lexicon knows as one word.
func (Chinese) Tokens(l *Lexicon, v *segment.View, out []segment.Token) []segment.Token {
	out = segment.Characters(v, out)
	var cut cut
	n := 0
	for i := 0; i < len(out); {
		end := weighedEnd(out, i)
		cut.weigh(l, v, out[i:end])
		for at := 0; at < end-i; n++ {
			t, next := out[i+at], cut.next[at]
			if next > at+1 {
				t.To, t.Kind = out[i+next-1].To, segment.Word
			}
			out[n] = t
			at = next
		}
		i = end
	}
	return out[:n]
}

// weighedEnd returns the token behind the run that begins at i: after its last mark within
// maxWeighed, all of maxWeighed without one.
func weighedEnd(tokens []segment.Token, i int) int {
	if len(tokens)-i <= maxWeighed {
		return len(tokens)
	}
	for end := i + maxWeighed; end > i+maxWeighed/2; end-- {
		if tokens[end-1].Kind == segment.Mark {
			return end
		}
	}
	return i + maxWeighed
}

// cut is the cheapest way to cut a run: per token the cost of it and all behind it, and the
// token behind the word that begins there.
type cut struct{ cost, next []int }

func (c *cut) weigh(l *Lexicon, v *segment.View, run []segment.Token) {
	c.cost, c.next = append(c.cost[:0], make([]int, len(run)+1)...), append(c.next[:0], make([]int, len(run))...)
	for i := len(run) - 1; i >= 0; i-- {
		c.cost[i], c.next[i] = c.cost[i+1]+characterCost, i+1
		l.words(v, run, i, func(end int) {
			if cost := c.cost[end] + wordCost; cost <= c.cost[i] {
				c.cost[i], c.next[i] = cost, end
			}
		})
	}
}

// words tells the token behind each form that begins at token i, shortest first.
func (l *Lexicon) words(v *segment.View, tokens []segment.Token, i int, found func(end int)) {
	state, j := trie.Root, i
	for at := tokens[i].From; int(at) < len(v.Bytes); at++ {
		next, more := l.trie.Next(state, v.Bytes[at])
		if !more {
			return
		}
		state = next
		for j < len(tokens) && tokens[j].To <= at {
			j++
		}
		if j == len(tokens) {
			return
		}
		if tokens[j].To != at+1 {
			continue
		}
		if _, is := l.trie.Value(state); is {
			found(j + 1)
		}
	}
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
