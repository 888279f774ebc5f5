// Package country knows the countries of ISO 3166-1 by the names that lists, tables and
// addresses give them, in four languages.
//
// What comes in: a name or a code as somebody wrote it. What goes out: the alpha-2 code,
// or nothing. Its one idea: a country is recognised whole or not at all; a name that
// could be two countries is left unknown.
package country

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed countries.tsv
var table string

// known is the table, indexed by every name and code in lower case without dots.
var known = sync.OnceValue(load)

type index struct {
	codes map[string]string // name or code → alpha-2
	names map[string]string // alpha-2 → the name to show
}

func load() index {
	out := index{codes: make(map[string]string, 2000), names: make(map[string]string, 260)}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 3 {
			continue
		}
		names := strings.Split(cells[2], "|")
		out.names[cells[0]] = names[0]
		for _, name := range append(names, cells[0], cells[1]) {
			out.codes[key(name)] = cells[0]
		}
	}
	return out
}

func key(name string) string {
	name = strings.ToLower(strings.TrimSpace(strings.ReplaceAll(name, ".", "")))
	name = strings.ReplaceAll(name, "’", "'")
	return strings.ReplaceAll(name, " & ", " and ")
}

// Code returns the alpha-2 code of a country by any of its names or codes, whatever the
// case; "" when it is not known.
func Code(name string) string { return known().codes[key(name)] }

// Name returns the English name of an alpha-2 code; "" when it is not known.
func Name(code string) string { return known().names[code] }

// In returns the code of the country that an address ends in ("…, Dandong, China"): its
// last part between commas that is a country, looking at no more than the last two.
func In(address string) string {
	parts := strings.FieldsFunc(address, func(r rune) bool { return r == ',' || r == '，' || r == ';' })
	for i := len(parts) - 1; i >= 0 && i >= len(parts)-2; i-- {
		if code := Code(parts[i]); code != "" && len(strings.TrimSpace(parts[i])) > 2 {
			return code
		}
	}
	return ""
}
