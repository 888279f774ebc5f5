package mark

import (
	"unicode"
	"unicode/utf8"

	"corvee"
)

// longestWord bounds a step by one word, for scripts that write no spaces.
const longestWord = 24

// Nudge moves one edge of a span: "start-1", "start+1", "end-1", "end+1" by a character,
// "start-w", "start+w", "end-w", "end+w" to the next edge of a word. A span never turns
// over, is never empty and never leaves the text; anything else leaves it as it is.
func Nudge(t corvee.Text, span corvee.Span, how string) corvee.Span {
	moved := span
	switch how {
	case "start-1", "start-w":
		moved.Start = back(t.String(), span.Start, how[6] == 'w')
	case "start+1", "start+w":
		moved.Start = forth(t.String(), span.Start, how[6] == 'w')
	case "end-1", "end-w":
		moved.End = back(t.String(), span.End, how[4] == 'w')
	case "end+1", "end+w":
		moved.End = forth(t.String(), span.End, how[4] == 'w')
	}
	if moved.Len() <= 0 {
		return span
	}
	return moved
}

func back(text string, at int, word bool) int {
	for range longestWord {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		before, _ := utf8.DecodeLastRuneInString(text[:at-size])
		at -= size
		if !word || size == 0 || edge(before, r) || at == 0 {
			return at
		}
	}
	return at
}

func forth(text string, at int, word bool) int {
	for range longestWord {
		r, size := utf8.DecodeRuneInString(text[at:])
		at += size
		after, _ := utf8.DecodeRuneInString(text[at:])
		if !word || size == 0 || edge(r, after) {
			return at
		}
	}
	return at
}

// edge reports whether a word begins or ends between two characters.
func edge(before, after rune) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
	return inWord(before) != inWord(after)
}
