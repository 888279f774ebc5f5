package table

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"corvee"
)

//go:embed data/sectors.tsv
var sectorTable string

type goods struct {
	words map[string]corvee.Sector // a word or phrase in lower case
	hs    map[string]corvee.Sector // two to six digits
}

var knownGoods = sync.OnceValue(func() goods {
	g := goods{words: map[string]corvee.Sector{}, hs: map[string]corvee.Sector{}}
	for line := range strings.Lines(sectorTable) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(cells) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		sector := corvee.Sector(cells[0])
		g.words[cells[0]] = sector
		for _, w := range strings.Split(cells[1], "|") {
			if _, taken := g.words[w]; !taken && w != "" {
				g.words[w] = sector
			}
		}
		for _, h := range strings.Split(cells[2], "|") {
			if _, taken := g.hs[h]; !taken && h != "" {
				g.hs[h] = sector
			}
		}
	}
	return g
})

// SectorOfHS returns the sector of goods by their tariff heading, the longest that is
// known; "" when none is, or when the cell is no tariff number.
func SectorOfHS(cell string) corvee.Sector {
	digits := strings.Map(func(c rune) rune {
		switch {
		case c >= '0' && c <= '9':
			return c
		case c == '.' || c == ' ' || c == '-' || c == '\u00a0':
			return -1
		}
		return 'x'
	}, cell)
	if strings.Contains(digits, "x") || len(digits) < 2 || len(digits) > 12 {
		return ""
	}
	if len(digits)%2 == 1 { // a leading zero that a spreadsheet took away
		digits = "0" + digits
	}
	for n := min(6, len(digits)); n >= 2; n-- {
		if s, ok := knownGoods().hs[digits[:n]]; ok {
			return s
		}
	}
	return ""
}

// SectorOf returns the sector that a description of goods or of a trade names; "" when it
// names none or several.
func SectorOf(cell string) corvee.Sector {
	text := " " + strings.Join(strings.FieldsFunc(strings.ToLower(cell), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}), " ") + " "
	var found corvee.Sector
	longest := 0
	several := false
	for word, sector := range knownGoods().words {
		if !contains(text, word) {
			continue
		}
		switch n := len(word); {
		case n > longest:
			found, longest, several = sector, n, false
		case n == longest && sector != found:
			several = true
		}
	}
	if several {
		return ""
	}
	return found
}

// contains looks for a Latin word between spaces and for other scripts anywhere.
func contains(text, word string) bool {
	if word[0] < 0x80 {
		return strings.Contains(text, " "+word+" ")
	}
	return strings.Contains(text, word)
}
