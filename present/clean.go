package present

import (
	"strings"
	"unicode"
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

// Cell returns s so that no spreadsheet takes it for a formula.
func Cell(s string) string {
	trimmed := strings.TrimLeft(s, " \t\r\n")
	if trimmed != "" && strings.ContainsRune("=+-@|%", rune(trimmed[0])) && !plainNumber(trimmed) {
		return "'" + s
	}
	return s
}

func plainNumber(s string) bool {
	digits := strings.TrimLeft(s, "-")
	return len(s)-len(digits) <= 1 && digits != "" && strings.Trim(digits, "0123456789.") == ""
}
