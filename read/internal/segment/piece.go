package segment

import "unicode/utf8"

// Piece returns the token of the folded bytes from..to, for an orthography that cuts by
// itself.
func Piece(v *View, from, to int, kind TokenKind) Token {
	t := Token{From: uint32(from), To: uint32(to), Kind: kind, Glued: from > 0 && v.Bytes[from-1] != ' ', Lexeme: -1, Within: -1}
	if kind == Mark {
		if t.Char = v.Bytes[from]; t.Char >= utf8.RuneSelf {
			t.Char = 0
		}
		return t
	}
	t.setCase(v)
	return t
}

// NumberEnd returns the end of the digits at i, with their separators.
func NumberEnd(b []byte, i int) int { return endOfNumber(b, i) }

// MarkEnd returns the end of the character at i.
func MarkEnd(b []byte, i int) int { return endOfMark(b, i) }

// LatinEnd returns the end of the word of Latin letters and digits at i, with its inner
// hyphens, apostrophes and points ("u.s.").
func LatinEnd(v *View, i int) int {
	b := v.Bytes
	start := i
	for i < len(b) {
		switch c := b[i]; {
		case 'a' <= c && c <= 'z' || isDigit(c):
		case (c == '-' || c == '\'' || c == '&') && i > start && i+1 < len(b) && 'a' <= b[i+1] && b[i+1] <= 'z':
		case c == '.' && i == start+1 && abbreviates(b, start):
			return endOfPoints(b, start)
		default:
			return i
		}
		i++
	}
	return i
}
