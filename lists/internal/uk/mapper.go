package uk

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"corvee"
	"corvee/lists/internal/layout"
)

// gather joins the rows of each designation.
type gather struct {
	name string
	date corvee.Date
	at   map[string]int // unique id → index
	all  []designation
	out  layout.Content
}

type designation struct {
	row     int
	listing corvee.Listing
	weak    []corvee.Name // what stands on a row of low quality comes after the good names
}

// stated takes the day that the file says it is of, unless the caller knows better.
func (g *gather) stated(day corvee.Date) {
	g.out.Date = day
	if !g.date.Known() {
		g.date = day
	}
}

func (g *gather) reject(row int, why string) {
	g.out.Reject(g.name, row, why, "compare the row with the official file and fetch the list again")
}

// add brings one row in; get returns a cell by the column's name. It reports whether the
// row could be used.
func (g *gather) add(row int, get func(column string) string) bool {
	id := get("Unique ID")
	switch {
	case id == "":
		g.reject(row, "column Unique ID: empty")
		return false
	case partyType(get("Type")) == "":
		g.reject(row, fmt.Sprintf("column Type: %q is no individual, entity or ship", get("Type")))
		return false
	}
	i, ok := g.at[id]
	if !ok {
		i = len(g.all)
		g.at[id] = i
		g.all = append(g.all, designation{row: row, listing: g.opened(id, get)})
	}
	g.all[i].addName(get)
	addFacts(&g.all[i].listing, get)
	return true
}

func (g *gather) opened(id string, get func(string) string) corvee.Listing {
	regime := get("Regime Name")
	l := corvee.Listing{
		ID: "uk-sl:" + strings.ToLower(id), List: List, ListDate: g.date, SourceID: id,
		Kind: corvee.ListingDesignation, Type: partyType(get("Type")), Lists: []corvee.ListID{listOf(regime)},
	}
	if regime != "" {
		l.Programs = []string{regime}
	}
	if day := get("Date Designated"); day != "" {
		layout.AddRemark(&l, "designated on "+day)
	}
	if source := get("Designation source"); source != "" {
		layout.AddRemark(&l, "designated by "+source)
	}
	return l
}

func listOf(regime string) corvee.ListID {
	if strings.Contains(strings.ToLower(regime), "democratic people's republic of korea") {
		return corvee.ListUKDPRK
	}
	return corvee.ListUKOther
}

func partyType(word string) corvee.PartyType {
	switch strings.ToLower(word) {
	case "individual":
		return corvee.PartyPerson
	case "entity":
		return corvee.PartyOrganisation
	case "ship":
		return corvee.PartyVessel
	}
	return ""
}

func (d *designation) addName(get func(string) string) {
	var parts []string
	for _, n := range []string{"Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"} {
		parts = append(parts, get(n))
	}
	name := strings.Join(append(parts, get("Name")), " ")
	switch kind := nameKind(get("Name type"), get("Alias strength")); kind {
	case corvee.NameWeak:
		if name = strings.Join(strings.Fields(name), " "); name != "" {
			d.weak = append(d.weak, corvee.Name{Value: name, Kind: kind})
		}
	default:
		if kind == corvee.NamePrimary && hasPrimary(d.listing) {
			kind = corvee.NameAlias
		}
		layout.AddName(&d.listing, kind, name, "")
	}
	layout.AddName(&d.listing, corvee.NameAlias, get("Name non-latin script"), languageTag(get("Non-latin script language")))
}

func hasPrimary(l corvee.Listing) bool {
	for _, n := range l.Names {
		if n.Kind == corvee.NamePrimary {
			return true
		}
	}
	return false
}

// nameKind reads the type of a name; the spreadsheet has none, and only primary names.
func nameKind(word, strength string) corvee.NameKind {
	word = strings.ToLower(word)
	switch {
	case strings.Contains(strings.ToLower(strength), "low"):
		return corvee.NameWeak
	case word == "" || word == "primary name":
		return corvee.NamePrimary
	case strings.Contains(word, "former"), strings.Contains(word, "fka"), strings.Contains(word, "f.k.a"):
		return corvee.NamePrevious
	}
	return corvee.NameAlias
}

// languageTag knows the languages that names of the list are written in.
func languageTag(word string) string {
	switch strings.ToLower(word) {
	case "korean":
		return "ko"
	case "chinese":
		return "zh"
	case "russian":
		return "ru"
	case "arabic":
		return "ar"
	case "belarusian":
		return "be"
	case "ukrainian":
		return "uk"
	case "burmese":
		return "my"
	case "persian", "farsi":
		return "fa"
	}
	return ""
}

func addFacts(l *corvee.Listing, get func(string) string) {
	layout.AddAddress(l, get("Address Country"), get("Address Line 1"), get("Address Line 2"), get("Address Line 3"),
		get("Address Line 4"), get("Address Line 5"), get("Address Line 6"), get("Address Postal Code"))
	for _, land := range append(several(get("Nationality")), several(get("Flag"))...) {
		layout.AddCountry(l, land)
	}
	for _, text := range several(get("D.O.B")) {
		layout.AddDate(l, day4(text))
	}
	for _, p := range [][2]string{
		{"Business registration number", "registration"}, {"IMO number", "imo"}, {"Passport number", "passport"},
		{"National Identifier number", "national_id"}, {"Phone number", "phone"},
	} {
		for _, number := range several(get(p[0])) {
			if p[1] == "imo" {
				number = strings.TrimSpace(strings.TrimPrefix(strings.ToUpper(number), "IMO"))
			}
			layout.AddIdentifier(l, p[1], number)
		}
	}
	layout.AddRemark(l, get("Position"))
	layout.AddRemark(l, get("UK Statement of Reasons"))
	layout.AddRemark(l, get("Other Information"))
	layout.AddRemark(l, strings.ReplaceAll(get("Sanctions Imposed"), "|", ", "))
}

// numbered is how a cell holds several values: (1) … (2) …, or parted by bars or
// semicolons.
var numbered = regexp.MustCompile(`\(\d{1,2}\)|\||;`)

func several(cell string) []string {
	var out []string
	for _, p := range numbered.Split(cell, -1) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// day4 reads the dates of the list: 31/12/2020, 31-12-2020, 23-Sep-2025, and a date of
// birth of which the day or the month is left as letters, dd/mm/1966.
func day4(text string) corvee.Date {
	for _, l := range []struct {
		form string
		to   corvee.DatePrecision
	}{
		{"02/01/2006", corvee.PrecisionDay}, {"02-01-2006", corvee.PrecisionDay}, {"2006-01-02", corvee.PrecisionDay},
		{"02-Jan-2006", corvee.PrecisionDay}, {"2 January 2006", corvee.PrecisionDay},
		{"dd/01/2006", corvee.PrecisionMonth}, {"dd/mm/2006", corvee.PrecisionYear}, {"2006", corvee.PrecisionYear},
	} {
		if t, err := time.Parse(l.form, text); err == nil {
			return corvee.DateOf(t).To(l.to)
		}
	}
	return corvee.Date{}
}

// done returns the designations that have a name.
func (g *gather) done() (layout.Content, error) {
	for _, d := range g.all {
		for _, n := range d.weak {
			layout.AddName(&d.listing, n.Kind, n.Value, "")
		}
		if len(d.listing.Names) == 0 {
			g.reject(d.row, fmt.Sprintf("column Name of %s: empty", d.listing.SourceID))
			continue
		}
		if !hasPrimary(d.listing) && d.listing.Names[0].Kind == corvee.NameAlias {
			d.listing.Names[0].Kind = corvee.NamePrimary // some name must be shown first
		}
		d.listing.ListDate = g.date
		g.out.Listings = append(g.out.Listings, d.listing)
	}
	return g.out, g.out.Holds(g.name, "designation")
}
