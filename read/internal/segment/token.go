package segment

import (
	"unicode"
	"unicode/utf8"
)

// TokenKind is what a token is made of.
type TokenKind uint8

// The kinds of token.
const (
	Word TokenKind = iota
	Number
	Mark // one character of punctuation or a symbol
)

// Token is one word, number or mark of a block, by its folded bytes.
type Token struct {
	From, To uint32
	Kind     TokenKind
	Glued    bool // no space stands before it
	Capital  bool // the text writes its first letter in upper case
	Upper    bool // the text writes all its letters, two or more, in upper case
	Char     byte // a Mark's folded character; 0 beyond ASCII
	Clause   uint16
	Lexeme   int32 // index of the longest lexeme that starts here, else -1
	Within   int32 // index of the name that covers it, else -1
}

// Is reports whether the token is the mark c.
func (t Token) Is(c byte) bool { return t.Kind == Mark && t.Char == c }

// Tokenise appends the tokens of the view to tokens. Words hold letters, digits and inner
// apostrophes; a possessive 's stands by itself; numbers hold their separators of
// thousands and their decimal point; every other character is a mark.
func Tokenise(v *View, tokens []Token) []Token {
	for i := 0; i < len(v.Bytes); {
		c := v.Bytes[i]
		if c == ' ' {
			i++
			continue
		}
		t := Token{From: uint32(i), Glued: i > 0 && v.Bytes[i-1] != ' ', Lexeme: -1, Within: -1}
		switch {
		case isDigit(c):
			t.Kind, i = Number, endOfNumber(v.Bytes, i)
		case isWordByte(c):
			i = endOfWord(v, i)
		default:
			t.Kind, t.Char = Mark, c
			i = endOfMark(v.Bytes, i)
			if c >= utf8.RuneSelf {
				t.Char = 0
			}
		}
		t.To = uint32(i)
		t.setCase(v)
		tokens = append(tokens, t)
		if t.Kind == Word {
			tokens, i = splitPossessive(v, tokens, i)
		}
	}
	return tokens
}

func (t *Token) setCase(v *View) {
	if t.Kind != Word {
		return
	}
	letters, upper := 0, 0
	for i := t.From; i < t.To; i++ {
		if i > t.From && v.pos[i] == v.pos[i-1] {
			continue
		}
		r := rune(v.src[v.pos[i]])
		if r >= utf8.RuneSelf {
			r, _ = utf8.DecodeRuneInString(v.src[v.pos[i]:])
		}
		isUpper := 'A' <= r && r <= 'Z' || r >= utf8.RuneSelf && unicode.IsUpper(r)
		if isUpper {
			upper++
		}
		if isUpper && i == t.From {
			t.Capital = true
		}
		letters++
	}
	t.Upper = letters > 1 && upper == letters
}

func isDigit(c byte) bool    { return '0' <= c && c <= '9' }
func isWordByte(c byte) bool { return 'a' <= c && c <= 'z' || c >= utf8.RuneSelf }

// endOfNumber takes digits with inner groups: a comma must be followed by exactly three
// digits, a point by at least one.
func endOfNumber(b []byte, i int) int {
	for i < len(b) && isDigit(b[i]) {
		i++
	}
	for i < len(b) {
		n := digitsAt(b, i+1)
		switch {
		case b[i] == ',' && n == 3:
		case b[i] == '.' && n > 0:
		default:
			return i
		}
		i += 1 + n
	}
	return i
}

func digitsAt(b []byte, i int) int {
	n := 0
	for i+n < len(b) && isDigit(b[i+n]) {
		n++
	}
	return n
}

// endOfWord takes letters and digits, inner apostrophes, and the points of an
// abbreviation (u.s., a.m.).
func endOfWord(v *View, i int) int {
	b := v.Bytes
	start := i
	for i < len(b) {
		r, size := rune(b[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(b[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				break
			}
		}
		switch {
		case (i == start+3 || i == start+2) && isDigit(b[i]) && coins(b[start:i]): // "RMB2,500"
			return i
		case 'a' <= r && r <= 'z' || isDigit(byte(r)) && r < utf8.RuneSelf || r >= utf8.RuneSelf:
		case r == '\'' && i > start && i+1 < len(b) && isWordByte(b[i+1]) && !isPossessive(b, i):
		case r == '.' && i == start+1 && abbreviates(b, start):
			return endOfPoints(b, start)
		default:
			return max(i, start+1)
		}
		i += size
	}
	if i == start { // not a letter at all: one character by itself
		_, size := utf8.DecodeRune(b[i:])
		return i + size
	}
	return i
}

// coins reports whether the letters before a figure name its money.
func coins(b []byte) bool {
	switch string(b) {
	case "rm", "qr", "kd", "rmb", "cny", "usd", "eur", "rub", "krw", "kpw", "pln", "qar", "kwd", "aed", "myr", "jpy", "gbp":
		return true
	}
	return false
}

// abbreviates reports whether letters and points alternate from start: at least two of
// each.
func abbreviates(b []byte, start int) bool {
	return start+3 < len(b) && b[start+1] == '.' && isWordByte(b[start+2]) && b[start+3] == '.'
}

func endOfPoints(b []byte, i int) int {
	for i+1 < len(b) && isWordByte(b[i]) && b[i+1] == '.' {
		i += 2
	}
	return i
}

func isPossessive(b []byte, i int) bool {
	return i+1 < len(b) && b[i] == '\'' && b[i+1] == 's' && (i+2 == len(b) || !isWordByte(b[i+2]) && !isDigit(b[i+2]))
}

// splitPossessive sets the 's, or the apostrophe after a final s, apart as a word.
func splitPossessive(v *View, tokens []Token, i int) ([]Token, int) {
	if !isPossessive(v.Bytes, i) {
		return tokens, i
	}
	return append(tokens, Token{From: uint32(i), To: uint32(i + 2), Glued: true, Lexeme: -1, Within: -1}), i + 2
}

func endOfMark(b []byte, i int) int {
	_, size := utf8.DecodeRune(b[i:])
	return i + size
}
