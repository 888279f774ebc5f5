package ofac

import (
	"regexp"
	"strings"
	"time"

	"corvee"
	"corvee/internal/country"
)

// idField maps the words before a number in the remarks to the type of identifier.
// Source: the "ID #" types of OFAC's data specification, as far as the list uses them.
type idField struct {
	words, kind string
}

// idFields are tried in order: the longer words first.
func idFields() []idField {
	return []idField{
		{"Vessel Registration Identification IMO ", "imo"},
		{"Identification Number IMO ", "imo_company"},
		{"Company Number IMO ", "imo_company"},
		{"Unified Social Credit Code (USCC) ", "registration"},
		{"Legal Entity Number ", "registration"},
		{"Business Registration Number ", "registration"},
		{"Commercial Registry Number ", "registration"},
		{"Registration Number ", "registration"},
		{"Registration ID ", "registration"},
		{"Company Number ", "registration"},
		{"Organization Code ", "registration"},
		{"Government Gazette Number ", "other"},
		{"National ID No. ", "national_id"},
		{"Tax ID No. ", "tax"},
		{"V.A.T. Number ", "tax"},
		{"SWIFT/BIC ", "bic"},
		{"Passport ", "passport"},
		{"MMSI ", "mmsi"},
		{"Aircraft Tail Number ", "tail_number"},
		{"Aircraft Manufacturer's Serial Number (MSN) ", "serial"},
		{"Phone Number ", "phone"},
	}
}

var quotedAlias = regexp.MustCompile(`(?:a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '([^']+(?:'[^'; ,.]+)*)'`)

// readRemarks takes out of the free text what other facts are compared with: dates of
// birth, nationality, numbers, and the weak aliases in quotes. What it does not know
// stays in the remarks.
func readRemarks(l *corvee.Listing) {
	fields := idFields()
	for _, part := range strings.Split(strings.TrimSuffix(l.Remarks, "."), ";") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "alt. ")
		switch {
		case strings.HasPrefix(part, "DOB "):
			addDate(l, strings.TrimPrefix(part, "DOB "))
		case strings.HasPrefix(part, "nationality "), strings.HasPrefix(part, "citizen "):
			_, land, _ := strings.Cut(part, " ")
			addCountry(l, country.Code(land))
		case strings.HasPrefix(part, "Nationality of Registration "):
			addCountry(l, country.Code(strings.TrimPrefix(part, "Nationality of Registration ")))
		default:
			addIdentifier(l, part, fields)
		}
	}
	for _, m := range quotedAlias.FindAllStringSubmatch(l.Remarks, -1) {
		l.Names = append(l.Names, corvee.Name{Value: m[1], Kind: corvee.NameWeak})
	}
}

func addIdentifier(l *corvee.Listing, part string, fields []idField) {
	for _, f := range fields {
		rest, ok := strings.CutPrefix(part, f.words)
		if !ok {
			continue
		}
		value, where, _ := strings.Cut(rest, " (")
		value, _, _ = strings.Cut(value, " expires ")
		value, _, _ = strings.Cut(value, " issued ")
		if value = strings.TrimSpace(value); value != "" && strings.ContainsAny(value, "0123456789") || f.kind == "bic" {
			l.Identifiers = append(l.Identifiers, corvee.Identifier{Type: f.kind, Value: value})
		}
		land, _, _ := strings.Cut(where, ")")
		if f.kind != "passport" {
			addCountry(l, country.Code(land))
		}
		return
	}
}

// addDate reads "30 Jul 1966", "Jul 1966", "1966" and "circa 1966"; a span of years is
// left in the remarks.
func addDate(l *corvee.Listing, text string) {
	text = strings.TrimPrefix(text, "circa ")
	for layout, precision := range map[string]corvee.DatePrecision{
		"02 Jan 2006": corvee.PrecisionDay, "Jan 2006": corvee.PrecisionMonth, "2006": corvee.PrecisionYear,
	} {
		if t, err := time.Parse(layout, text); err == nil {
			l.Dates = append(l.Dates, corvee.DateOf(t).To(precision))
		}
	}
}
