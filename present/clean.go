package present

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corvee/present/internal/workbook"
)

// Clean returns s on one line without anything that could steer a terminal or turn text
// around: control characters and bidirectional overrides become a visible ␦ or a space.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), bidirectional(r):
			return '␦'
		}
		return r
	}, s)
}

func bidirectional(r rune) bool {
	return r == '\u200e' || r == '\u200f' || r == '\u061c' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// Cell returns s so that no spreadsheet takes it for a formula, also one that cuts cells at
// semicolons or tabs, as some do by their country. Wide forms of the signs are signs too
// where Chinese, Japanese and Korean are written.
func Cell(s string) string {
	if formula(strings.TrimLeft(s, " \t\r\n\v\f\u00a0\u3000\ufeff\u200b\u200c\u200d\u2060")) {
		s = "'" + s
	}
	for _, cut := range []string{";", "\t", "\n", "\r"} {
		parts := strings.Split(s, cut)
		for i := 1; i < len(parts); i++ {
			if formula(parts[i]) {
				parts[i] = "'" + parts[i]
			}
		}
		s = strings.Join(parts, cut)
	}
	return s
}

func formula(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@|%＝＋－＠", first) && !workbook.PlainNumber(s)
}
