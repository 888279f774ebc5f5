package segment

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// IsHan reports whether r is a character of Chinese writing.
func IsHan(r rune) bool {
	if r < 0x2E80 {
		return false
	}
	return r >= 0x4E00 && r <= 0x9FFF || unicode.Is(unicode.Han, r)
}

// plainHan returns the ordinary character for one of the radicals and compatibility
// ideographs, which look the same and come from old encodings and from PDF.
func plainHan(r rune) rune {
	if r >= 0x3400 && r <= 0x9FFF || r >= 0x20000 && r < 0x2F800 {
		return r
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	form := norm.NFKD.Properties(buf[:n]).Decomposition()
	if form == nil {
		return r
	}
	plain, _ := utf8.DecodeRune(form)
	return plain
}

// Characters appends the tokens of a view whose words are not set apart: each Han
// character stands alone, runs of other letters and figures are tokens as in Tokenise,
// and a space is only where the text has one.
func Characters(v *View, tokens []Token) []Token {
	for i := 0; i < len(v.Bytes); {
		if v.Bytes[i] == ' ' {
			i++
			continue
		}
		t := Token{From: uint32(i), Glued: i > 0 && v.Bytes[i-1] != ' ', Lexeme: -1, Within: -1}
		i = t.take(v, i)
		t.To = uint32(i)
		if t.setCase(v); t.Kind == Word && v.Bytes[t.From] >= utf8.RuneSelf {
			t.Capital = true // no case: what wants a capital is not held back
		}
		tokens = append(tokens, t)
	}
	return tokens
}

// take sets what the token at byte i is and returns its end.
func (t *Token) take(v *View, i int) int {
	c := v.Bytes[i]
	switch {
	case isDigit(c):
		t.Kind = Number
		return endOfFigure(v, i)
	case 'a' <= c && c <= 'z':
		return endOfLatin(v.Bytes, i)
	case c < utf8.RuneSelf:
		t.Kind, t.Char = Mark, c
		return i + 1
	}
	r, size := utf8.DecodeRune(v.Bytes[i:])
	if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
		t.Kind = Mark
	}
	return i + size
}

// endOfFigure ends a number before a wide comma, which parts a list, unless its digits are
// wide as well.
func endOfFigure(v *View, i int) int {
	end := endOfNumber(v.Bytes, i)
	for j := i + 1; j < end; j++ {
		if v.Bytes[j] == ',' && v.Rune(j) == '，' && v.Rune(j-1) < utf8.RuneSelf {
			return j
		}
	}
	return end
}

func endOfLatin(b []byte, i int) int {
	for i < len(b) && ('a' <= b[i] && b[i] <= 'z' || isDigit(b[i])) {
		i++
	}
	return i
}

// SentencesOf appends the sentences of tokens that end at stops alone, whatever follows.
// goesOn says that a quotation which ends with a stop before token i is only the first
// half of its sentence (“……。”他说).
func SentencesOf(v *View, tokens []Token, goesOn func(i int) bool, out []Sentence) []Sentence {
	first := 0
	for i := 0; i < len(tokens); i++ {
		if i-first >= maxSentence {
			out = append(out, Sentence{First: first, Last: i, Fragment: true})
			first = i
		}
		if !stops(v, tokens, i) {
			continue
		}
		end := i
		for end+1 < len(tokens) && tokens[end+1].Glued && (stops(v, tokens, end+1) || shuts(v, tokens[end+1])) {
			end++
		}
		if i = end; end+1 < len(tokens) && quotedStop(v, tokens, end) && goesOn(end+1) {
			continue
		}
		out = append(out, Sentence{First: first, Last: end + 1})
		first = end + 1
	}
	if first < len(tokens) {
		out = append(out, Sentence{First: first, Last: len(tokens), Fragment: true})
	}
	return out
}

// stops reports whether token i ends a sentence. A point does after Han alone; between
// figures or Latin letters it does not.
func stops(v *View, tokens []Token, i int) bool {
	t := tokens[i]
	if t.Kind != Mark {
		return false
	}
	if t.Is('!') || t.Is('?') {
		return true
	}
	if t.Is('.') {
		return i > 0 && tokens[i-1].Kind == Word && v.Bytes[tokens[i-1].From] >= utf8.RuneSelf
	}
	r, _ := utf8.DecodeRune(v.Bytes[t.From:])
	return r == '。' || r == '．' || r == '｡'
}

// shuts reports whether a token closes a quotation or a bracket.
func shuts(v *View, t Token) bool {
	if t.Is(')') || t.Is(']') {
		return true
	}
	if !t.Is('"') && !t.Is('\'') {
		return false
	}
	switch v.Rune(int(t.From)) {
	case '“', '「', '『', '‘', '《', '«', '〝':
		return false
	}
	return true
}

func quotedStop(v *View, tokens []Token, end int) bool {
	return tokens[end].Is('"') || tokens[end].Is('\'')
}
