package layout

import (
	"slices"
	"strings"

	"corvee"
	"corvee/internal/country"
)

// AddName adds a name unless it is empty or already there; a party is not listed twice
// under one name because a list repeats it.
func AddName(l *corvee.Listing, kind corvee.NameKind, value, lang string) {
	value = strings.Join(strings.Fields(value), " ")
	if value == "" || slices.ContainsFunc(l.Names, func(n corvee.Name) bool { return n.Value == value }) {
		return
	}
	l.Names = append(l.Names, corvee.Name{Value: value, Kind: kind, Lang: lang})
}

// AddCountry adds the country of that name or code; what is no country adds nothing.
func AddCountry(l *corvee.Listing, name string) {
	if code := country.Code(name); code != "" && !slices.Contains(l.Countries, code) {
		l.Countries = append(l.Countries, code)
	}
}

// AddAddress joins the parts of an address that are there. A country alone is no address.
func AddAddress(l *corvee.Listing, land string, parts ...string) {
	var filled []string
	for _, p := range parts {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			filled = append(filled, p)
		}
	}
	AddCountry(l, land)
	if len(filled) == 0 {
		return
	}
	if land = strings.TrimSpace(land); land != "" {
		filled = append(filled, land)
	}
	if address := strings.Join(filled, ", "); !slices.Contains(l.Addresses, address) {
		l.Addresses = append(l.Addresses, address)
	}
}

// AddIdentifier adds a number once; one without a digit or letter is none.
func AddIdentifier(l *corvee.Listing, kind, value string) {
	id := corvee.Identifier{Type: kind, Value: strings.Join(strings.Fields(value), " ")}
	if strings.Trim(id.Value, "-–./ ") == "" || slices.Contains(l.Identifiers, id) {
		return
	}
	l.Identifiers = append(l.Identifiers, id)
}

// AddDate adds a date once; an unknown one is none.
func AddDate(l *corvee.Listing, d corvee.Date) {
	if d.Known() && !slices.Contains(l.Dates, d) {
		l.Dates = append(l.Dates, d)
	}
}

// AddRemark joins what people should read, in the order it came.
func AddRemark(l *corvee.Listing, text string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" || strings.Contains(l.Remarks, text) {
		return
	}
	if l.Remarks != "" {
		l.Remarks += "; "
	}
	l.Remarks += text
}
