package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest row of a table or list in bytes, and the longest name of what a row tells.
const (
	maxRow   = 160
	maxLabel = 60
)

var bullets = [...]string{"- ", "– ", "• ", "* ", "· ", "▪ ", "■ ", "ㆍ"}

// Row reports whether a line stands for itself, as a row of a table or an entry of a list does:
// its cells are set apart by bars or tabs, it begins with a bullet, or it is a name, a colon
// and a figure. Neighbouring rows are no wrapped sentence, whatever their length.
func Row(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" || len(line) > maxRow || strings.Contains(line, "\n") {
		return false
	}
	if strings.Contains(line, " | ") || strings.Contains(line, "\t") {
		return true
	}
	for _, b := range bullets {
		if strings.HasPrefix(line, b) {
			return true
		}
	}
	label, rest, ok := strings.Cut(line, ":")
	if !ok {
		label, rest, ok = strings.Cut(line, "：")
	}
	return ok && len(label) <= maxLabel && figure(rest)
}

// figure reports whether a cell begins with a number, perhaps behind a currency.
func figure(cell string) bool {
	cell = strings.TrimSpace(cell)
	for n := 0; n < 4; n++ {
		r, size := utf8.DecodeRuneInString(cell)
		if unicode.IsDigit(r) {
			return !strings.HasSuffix(cell, ",") // a list that goes on
		}
		if r != ' ' && !unicode.Is(unicode.Sc, r) && !unicode.IsUpper(r) && r != '~' && r != '약' && r != '约' {
			return false
		}
		cell = cell[size:]
	}
	return false
}

// lineBefore returns the last line of what stands before a line break.
func lineBefore(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }

// lineAt returns the first line of what stands behind one.
func lineAt(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
