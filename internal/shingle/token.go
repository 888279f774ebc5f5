// Package shingle finds what two texts have in common word for word.
//
// What comes in: text. What goes out: its tokens, the few fingerprints that stand for it
// in an index, and the runs of tokens that another text shares with it.
//
// Its one idea: a shingle is a stretch of text of one weight whatever the script. Five
// words of an alphabet weigh as much as eight characters of Chinese or Korean, so a text
// that mixes scripts needs no rule of its own. Fingerprints only propose a pair (winnowing:
// Schleimer, Wilkerson and Aiken 2003); the alignment, token by token, decides, so no two
// texts are ever joined by a clash of hashes in the index.
package shingle

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corvee/internal/hanzi"
)

// Weights of a token, and of a shingle: 5 words or 8 characters.
const (
	wordWeight      = 8
	characterWeight = 5
	shingleWeight   = 40
)

// MaxTokens is how much of a text is compared: about a megabyte of English. What stands
// after it is not seen.
const MaxTokens = 1 << 17

// Token is one word, or one character of a script that is written without spaces or, as
// Hangul, with spaces that editors move about. Two tokens of one Hash are the same word
// apart from case, width, normal form and the traditional or simplified form of a
// character.
type Token struct {
	Hash       uint64
	Start, End int32 // UTF-8 bytes, half-open
	Weight     uint8
}

// Tokens appends the tokens of text[from:to] to dst, as long as dst holds fewer than
// MaxTokens. Whatever is neither letter nor digit parts words and is no token; bytes that
// are no UTF-8 part words too. The cost is linear.
func Tokens(dst []Token, text string, from, to int) []Token {
	w := writer{tokens: dst}
	part := text[from:to]
	if norm.NFKC.IsNormalString(part) {
		for i, r := range part {
			w.rune(r, from+i, from+i+width(part[i:], r))
		}
	} else {
		w.folded(part, from)
	}
	w.close()
	return w.tokens
}

// width is the length in bytes of r at the head of s; a byte that is no UTF-8 counts one.
func width(s string, r rune) int {
	if r == utf8.RuneError {
		_, n := utf8.DecodeRuneInString(s)
		return n
	}
	return utf8.RuneLen(r)
}

// writer gathers letters into words.
type writer struct {
	tokens []Token
	open   Token
	inWord bool
}

// folded reads text that NFKC would change, segment by segment, so that every token keeps
// the bytes that it came from.
func (w *writer) folded(part string, from int) {
	var iter norm.Iter
	iter.InitString(norm.NFKC, part)
	for !iter.Done() {
		start := iter.Pos()
		segment := iter.Next()
		for len(segment) > 0 {
			r, n := utf8.DecodeRune(segment)
			w.rune(r, from+start, from+iter.Pos())
			segment = segment[n:]
		}
	}
}

func (w *writer) rune(r rune, start, end int) {
	switch {
	case r < utf8.RuneSelf:
		w.ascii(byte(r), start, end)
	case unicode.Is(unicode.Cf, r): // soft hyphens and zero-width marks hide in copies
	case alone(r):
		w.close()
		w.open, w.inWord = Token{Hash: basis, Start: int32(start), Weight: characterWeight}, true
		w.add(hanzi.Simplify(r), end)
		w.close()
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r) && w.inWord:
		if !w.inWord {
			w.open, w.inWord = Token{Hash: basis, Start: int32(start), Weight: wordWeight}, true
		}
		w.add(unicode.ToLower(r), end)
	default:
		w.close()
	}
}

func (w *writer) ascii(c byte, start, end int) {
	lower := c | 0x20
	if c >= '0' && c <= '9' {
		lower = c
	} else if lower < 'a' || lower > 'z' {
		w.close()
		return
	}
	if !w.inWord {
		w.open, w.inWord = Token{Hash: basis, Start: int32(start), Weight: wordWeight}, true
	}
	w.add(rune(lower), end)
}

func (w *writer) add(r rune, end int) {
	w.open.Hash = (w.open.Hash ^ uint64(r)) * prime
	w.open.End = int32(end)
}

func (w *writer) close() {
	if w.inWord && len(w.tokens) < MaxTokens {
		w.open.Hash = mix(w.open.Hash)
		w.tokens = append(w.tokens, w.open)
	}
	w.inWord = false
}

// alone reports whether a character is a token of its own.
func alone(r rune) bool {
	if r < 0x1100 || r >= 0xAC00 && r <= 0xD7A3 {
		return r >= 0x1100
	}
	return hanzi.Is(r) || unicode.In(r, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Han)
}

// FNV-1a's constants; mix is the finaliser of SplitMix64, which spreads short words.
const (
	basis uint64 = 14695981039346656037
	prime uint64 = 1099511628211
)

func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
