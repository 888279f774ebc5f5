// Package script tells writing systems apart and folds letters that mean the same.
//
// What comes in: a rune. What goes out: its script, or the letters that it stands for in
// comparison. Its one idea: what looks or means the same is made the same once, before
// anything is compared; what was folded away can be said.
package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
)

// Script is the writing system of a token.
type Script uint8

// The scripts that a comparison tells apart.
const (
	Other Script = iota
	Latin
	Cyrillic
	Han
	Hangul
	Kana
	Digits
)

// Of returns the script of a letter or digit; ok is false for what parts tokens.
func Of(c rune) (s Script, ok bool) {
	switch {
	case c < utf8.RuneSelf:
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			return Latin, true
		case '0' <= c && c <= '9':
			return Digits, true
		}
		return Other, false
	case hangul.Is(c):
		return Hangul, true
	case hanzi.Is(c):
		return Han, true
	case unicode.Is(unicode.Latin, c):
		return Latin, true
	case unicode.Is(unicode.Cyrillic, c):
		return Cyrillic, true
	case unicode.Is(unicode.Katakana, c), unicode.Is(unicode.Hiragana, c), c == 'ー':
		return Kana, true
	case unicode.IsDigit(c):
		return Digits, true
	}
	return Other, unicode.IsLetter(c)
}

// Invisible reports controls that steer display and carry no name: bidirectional marks
// and overrides, zero-width characters, byte-order marks, the soft hyphen.
func Invisible(c rune) bool {
	return c == 0xAD || c == 0xFEFF || c == 0x61C || c == 0x180E ||
		c >= 0x200B && c <= 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2060 && c <= 0x206F ||
		c >= 0xFE00 && c <= 0xFE0F
}

// Apostrophe reports marks inside a word that romanisations put there and people leave out.
func Apostrophe(c rune) bool {
	switch c {
	case '\'', '’', '‘', '`', '´', 'ʼ', 'ʻ', 'ʹ', '′', 'ʺ':
		return true
	}
	return false
}

// Fold returns the letters that a rune stands for in comparison: compatibility forms
// made plain, lower case, without diacritics, variants of Han characters as one.
func Fold(c rune, into []rune) []rune {
	switch {
	case c < utf8.RuneSelf:
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return append(into, c)
	case hangul.Is(c):
		return append(into, c)
	case hanzi.Is(c):
		return append(into, hanzi.Simplify(c))
	}
	if special, ok := foldSpecial(unicode.ToLower(c)); ok {
		return append(into, []rune(special)...)
	}
	for _, d := range norm.NFKD.String(string(c)) {
		if !unicode.Is(unicode.Mn, d) {
			d = unicode.ToLower(d)
			if hanzi.Is(d) {
				d = hanzi.Simplify(d)
			}
			into = append(into, d)
		}
	}
	return into
}

// foldSpecial has the letters that no decomposition makes plain.
func foldSpecial(c rune) (string, bool) {
	switch c {
	case 'ø':
		return "o", true
	case 'ł':
		return "l", true
	case 'đ', 'ð':
		return "d", true
	case 'ß':
		return "ss", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ı':
		return "i", true
	case 'þ':
		return "th", true
	case 'ħ':
		return "h", true
	case 'й':
		return "й", true // a letter of its own, not и with a mark
	case 'ё':
		return "е", true
	case 'ї':
		return "ї", true
	}
	return "", false
}

// Lookalike returns the Latin letter that a Cyrillic or Greek letter cannot be told from
// on a screen; 0 for none. Source: Unicode TR 39 confusables, the lower-case and
// upper-case pairs that are identical in common typefaces.
func Lookalike(c rune) rune {
	const foreign = "авеіјкмнорсԛѕтухһԁԝьαβεηικμνορτυχ"
	const latin = "abeijkmhopcqstyxhdwbabenikmvoptyx"
	if i := strings.IndexRune(foreign, c); i >= 0 {
		return rune(latin[utf8.RuneCountInString(foreign[:i])])
	}
	return 0
}
