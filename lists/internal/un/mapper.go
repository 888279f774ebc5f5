package un

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"corvee"
	"corvee/lists/internal/layout"
	"corvee/lists/internal/records"
)

type mapper struct {
	date corvee.Date
	seen map[string]bool
}

// listing maps one entry; why is "" when it can be used.
func (m mapper) listing(e *records.Element) (l corvee.Listing, why string) {
	number := e.Value("REFERENCE_NUMBER")
	programme := e.Value("UN_LIST_TYPE")
	switch {
	case number == "":
		return l, "element REFERENCE_NUMBER: empty"
	case m.seen[number]:
		return l, fmt.Sprintf("element REFERENCE_NUMBER: %s stands in the file twice", number)
	case programme == "":
		return l, fmt.Sprintf("element UN_LIST_TYPE of %s: empty", number)
	}
	l = corvee.Listing{
		ID: "un-sc:" + strings.ToLower(number), List: List, ListDate: m.date, SourceID: number,
		Kind: corvee.ListingDesignation, Type: corvee.PartyOrganisation, Programs: []string{programme},
		Lists: []corvee.ListID{listOf(programme)},
	}
	if e.Name == "INDIVIDUAL" {
		l.Type = corvee.PartyPerson
	}
	addNames(&l, e)
	if len(l.Names) == 0 {
		return l, fmt.Sprintf("element FIRST_NAME of %s: no name", number)
	}
	m.seen[number] = true
	for _, path := range []string{"NATIONALITY", "NATIONALITY2"} {
		for _, land := range e.Values(path, "VALUE") {
			layout.AddCountry(&l, land)
		}
	}
	for _, a := range e.All(e.Name + "_ADDRESS") {
		layout.AddAddress(&l, a.Value("COUNTRY"), a.Value("STREET"), a.Value("CITY"), a.Value("STATE_PROVINCE"), a.Value("ZIP_CODE"))
	}
	addRemarks(&l, e)
	addDates(&l, e)
	addDocuments(&l, e)
	return l, ""
}

// listOf maps the Council's regime; the one on the Democratic People's Republic of Korea
// is that of resolution 1718.
func listOf(programme string) corvee.ListID {
	if programme == "DPRK" {
		return corvee.ListUN1718
	}
	return corvee.ListUNOther
}

func addNames(l *corvee.Listing, e *records.Element) {
	var parts []string
	for _, n := range []string{"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"} {
		parts = append(parts, e.Value(n))
	}
	layout.AddName(l, corvee.NamePrimary, strings.Join(parts, " "), "")
	if len(l.Names) == 0 {
		return
	}
	layout.AddName(l, corvee.NameAlias, e.Value("NAME_ORIGINAL_SCRIPT"), "")
	for _, a := range e.All(e.Name + "_ALIAS") {
		for _, name := range several(a.Value("ALIAS_NAME")) {
			layout.AddName(l, quality(a.Value("QUALITY")), name, "")
		}
	}
}

func quality(word string) corvee.NameKind {
	switch strings.ToLower(word) {
	case "low":
		return corvee.NameWeak
	case "f.k.a.":
		return corvee.NamePrevious
	}
	return corvee.NameAlias
}

// parted is what stands between several names in one cell: a semicolon, or the letter of
// an enumeration.
var parted = regexp.MustCompile(`;|(?:^|\s)[a-z]\)\s`)

var inBrackets = regexp.MustCompile(`^(.*\S)\s*\((?:original script:\s*)?([^()]+)\),?$`)

// several returns the names of one cell, without the quotation marks around a whole name.
// A name whose brackets hold it in another script is two names; other brackets are part
// of it.
func several(cell string) []string {
	var out []string
	cell = strings.Join(strings.Fields(cell), " ")
	if m := inBrackets.FindStringSubmatch(cell); m != nil && latin(m[1]) != latin(m[2]) {
		return append(several(m[1]), several(m[2])...)
	}
	for _, name := range parted.Split(cell, -1) {
		name = strings.TrimSpace(name)
		for _, pair := range []string{`""`, "“”"} {
			open, end := string([]rune(pair)[0]), string([]rune(pair)[1])
			if inner := strings.TrimSuffix(strings.TrimPrefix(name, open), end); !strings.ContainsAny(inner, pair) {
				name = inner
			}
		}
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// latin reports whether the first letter of a text is a Latin one.
func latin(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Latin, r)
		}
	}
	return true
}

// companyNumber is how comments state the number that the International Maritime
// Organization gave a company.
var companyNumber = regexp.MustCompile(`IMO\)? [Nn]umber:?\s*(\d{7})\b`)

func addRemarks(l *corvee.Listing, e *records.Element) {
	if day := e.Value("LISTED_ON"); day != "" {
		layout.AddRemark(l, "listed on "+day)
	}
	for _, post := range e.Values("DESIGNATION", "VALUE") {
		layout.AddRemark(l, post)
	}
	comment := e.Value("COMMENTS1")
	layout.AddRemark(l, comment)
	numbers := companyNumber.FindAllStringSubmatch(comment, -1)
	if e.Name == "ENTITY" && len(numbers) == 1 { // of several, none is surely the company's
		layout.AddIdentifier(l, "imo_company", numbers[0][1])
	}
}

// addDates takes exact and approximate dates; a span of years is left in the remarks,
// since a listing's dates are single ones.
func addDates(l *corvee.Listing, e *records.Element) {
	for _, d := range e.All("INDIVIDUAL_DATE_OF_BIRTH") {
		day := records.Day(d.Value("DATE"))
		if !day.Known() {
			day = records.Day(d.Value("YEAR"))
		}
		layout.AddDate(l, day)
		if from, to := d.Value("FROM_YEAR"), d.Value("TO_YEAR"); from != "" || to != "" {
			layout.AddRemark(l, fmt.Sprintf("born between %s and %s", from, to))
		}
		if note := d.Value("NOTE"); note != "" {
			layout.AddRemark(l, "born: "+note)
		}
	}
}

func addDocuments(l *corvee.Listing, e *records.Element) {
	for _, d := range e.All("INDIVIDUAL_DOCUMENT") {
		word := strings.ToLower(d.Value("TYPE_OF_DOCUMENT") + " " + d.Value("TYPE_OF_DOCUMENT2"))
		kind := "other"
		switch {
		case strings.Contains(word, "pass"), strings.Contains(word, "pasaporte"):
			kind = "passport"
		case strings.Contains(word, "national"):
			kind = "national_id"
		}
		if number := d.Value("NUMBER"); number != "" {
			layout.AddIdentifier(l, kind, number)
		}
	}
}
