package uflpa

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"corvee"
	"corvee/internal/country"
	"corvee/lists/internal/layout"
)

type mapper struct {
	name string
	date corvee.Date
	seen map[string]bool
	out  layout.Content
}

func (m *mapper) reject(row int, why string) {
	m.out.Reject(m.name, row, why, "compare the row with the page of the list")
}

func (m *mapper) row(row int, get func(string) string) {
	cell, day := get("Name of Entity"), get("Effective Date")
	if cell == "" {
		m.reject(row, "column Name of Entity: empty")
		return
	}
	if day != "" && !effective(day).Known() {
		m.reject(row, fmt.Sprintf("column Effective Date: %q is no date", day))
		return
	}
	e := parse(cell)
	m.add(row, e.name, e.aliases, get, e.remark)
	for _, s := range e.subsidiaries {
		m.add(row, s, nil, get, "named as a subsidiary of "+e.name)
	}
}

// add makes the listing of one party. The list gives no numbers, so its id is its name.
func (m *mapper) add(row int, name string, aliases []string, get func(string) string, remark string) {
	id := slug(name)
	if m.seen[id] {
		m.reject(row, fmt.Sprintf("column Name of Entity: %s stands in the file twice", name))
		return
	}
	m.seen[id] = true
	l := corvee.Listing{
		ID: "uflpa:" + id, List: List, ListDate: m.date, SourceID: name, Kind: corvee.ListingImportOrder, Type: corvee.PartyOrganisation,
		Lists: []corvee.ListID{corvee.ListUFLPA}, Programs: []string{"UFLPA"},
	}
	if s := get("Section"); s != "" {
		l.Programs = append(l.Programs, s)
	}
	layout.AddName(&l, corvee.NamePrimary, name, "")
	for _, a := range aliases {
		layout.AddName(&l, corvee.NameAlias, a, "")
	}
	land := get("Country")
	layout.AddAddress(&l, land, get("Address"))
	layout.AddCountry(&l, country.Name(country.In(get("Address"))))
	if day := get("Effective Date"); day != "" {
		layout.AddRemark(&l, "effective "+effective(day).String())
	}
	layout.AddRemark(&l, remark)
	m.out.Listings = append(m.out.Listings, l)
}

func effective(text string) corvee.Date {
	for _, form := range []string{"January 2, 2006", "2006-01-02", "01/02/2006", "1/2/2006", "Jan 2, 2006", "Jan. 2, 2006"} {
		if t, err := time.Parse(form, text); err == nil {
			return corvee.DateOf(t)
		}
	}
	return corvee.Date{}
}

// entry is a cell taken apart.
type entry struct {
	name         string
	aliases      []string
	subsidiaries []string
	remark       string
}

// The ways in which the page writes more than a name into a cell.
var (
	withAliases = regexp.MustCompile(`^(.+?)\s*\((?:and|including)\s+([a-z]+)\s+alias(?:es)?\s*:\s*(.+?)\)\s*(.*)$`)
	knownAs     = regexp.MustCompile(`^(.+?)\s*\((?:also|formerly) known as:?\s+(.+?)\)\s*(.*)$`)
	named       = regexp.MustCompile(`^(.*?),?\s*and its (?:([a-z]+) [\w-]+ )?subsidiar(?:y|ies),?(?: which include)?:? (.+)$`)
	unnamed     = regexp.MustCompile(`(?i)^(.*?),?\s+and (?:(?:its )?subsidiaries|its subordinate and affiliated entities)$`)
)

func parse(cell string) entry {
	e := entry{name: strings.Join(strings.Fields(cell), " ")}
	if m := withAliases.FindStringSubmatch(e.name); m != nil {
		e.name, e.aliases = strings.TrimSpace(m[1]+" "+m[4]), parts(m[3], m[2])
	} else if m := knownAs.FindStringSubmatch(e.name); m != nil {
		e.name, e.aliases = strings.TrimSpace(m[1]+" "+m[3]), parts(m[2], "")
	}
	if m := named.FindStringSubmatch(e.name); m != nil {
		e.name, e.subsidiaries = m[1], parts(m[3], m[2])
	} else if m := unnamed.FindStringSubmatch(e.name); m != nil {
		e.remark = strings.TrimLeft(strings.TrimPrefix(e.name, m[1]), ", ")
		e.name = m[1]
	}
	return e
}

// parts cuts a list of names. Commas stand within names too ("Co., Ltd."), so where the
// page says how many there are, a cut must give as many, and else the cell stays whole.
func parts(text, count string) []string {
	for _, cut := range []func(string) []string{bySemicolon, byComma, byAnd} {
		if out := cut(text); len(out) == number(count) || number(count) == 0 && len(out) > 1 {
			return out
		}
	}
	return []string{text}
}

func number(word string) int {
	for i, w := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if w == word {
			return i + 1
		}
	}
	return 0
}

func bySemicolon(text string) []string { return trimmed(strings.Split(text, ";")) }

// formComma is a comma that stands before a legal form: it is part of the name before it.
var formComma = regexp.MustCompile(`(?i),(\s*(?:ltd|inc|llc|limited|corp)\b)`)

func byComma(text string) []string {
	const held = "\x00"
	out := trimmed(strings.Split(formComma.ReplaceAllString(text, held+"$1"), ","))
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], held, ",")
	}
	return out
}

func byAnd(text string) []string { return trimmed(strings.Split(text, " and ")) }

func trimmed(all []string) []string {
	var out []string
	for _, p := range all {
		if p = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p), "and ")); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// slug keeps letters and digits of any script, so that a name stays itself through small
// changes of punctuation.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}
