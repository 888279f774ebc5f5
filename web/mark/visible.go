package mark

import (
	"fmt"
	"strings"
	"unicode"
)

// The glyphs that stand for what has none. Each has the UTF-16 units of what it replaces.
const (
	ControlGlyph = '␦'
	NarrowGlyph  = '·'
)

// maxNamed bounds how many characters of a run are named.
const maxNamed = 6

// steering reports whether a character could steer a page or hide: control characters,
// marks of direction, tags, characters without width. Joiners are left: scripts and emoji
// need them.
func steering(r rune) bool {
	switch {
	case r == '\n', r == '\t', r == '\r':
		return false
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), narrow(r):
		return true
	}
	return r >= 0xE0000 && r <= 0xE007F
}

func narrow(r rune) bool { return r == 0x200B || r == 0x2060 || r == 0xFEFF }

// run returns the length in bytes of the first run of s that is alike, and whether it is
// of control characters.
func run(s string) (end int, control bool) {
	for i, r := range s {
		if i == 0 {
			control = steering(r)
		}
		if steering(r) != control {
			return i, control
		}
	}
	return len(s), control
}

// display returns text[from:until] as it is shown, and the names of its control characters.
// A carriage return before a line feed is a space, another is a line feed: HTML knows none.
func display(text string, from, until int) (shown, names string) {
	var out strings.Builder
	var named []string
	for i, r := range text[from:until] {
		at := from + i
		switch {
		case r == '\r' && strings.HasPrefix(text[at+1:], "\n"):
			out.WriteRune(' ')
		case r == '\r':
			out.WriteRune('\n')
		case steering(r):
			out.WriteString(glyph(r))
			named = append(named, fmt.Sprintf("U+%04X", r))
		default:
			out.WriteRune(r)
		}
	}
	if len(named) > maxNamed {
		named = append(named[:maxNamed], fmt.Sprintf("and %d more", len(named)-maxNamed))
	}
	return out.String(), strings.Join(named, " ")
}

func glyph(r rune) string {
	switch {
	case narrow(r):
		return string(NarrowGlyph)
	case r > 0xFFFF:
		return string([]rune{ControlGlyph, ControlGlyph})
	}
	return string(ControlGlyph)
}

// Visible returns s with control characters shown, on the lines that it has.
func Visible(s string) string {
	shown, _ := display(s, 0, len(s))
	return shown
}
