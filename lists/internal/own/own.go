// Package own reads a list that somebody keeps: a small CSV.
//
// What comes in: CSV with a header; name and kind are asked for, alias, country, type,
// id, program, remarks, address, registration and list may be there. What goes out:
// listings. Its one idea: whoever keeps a list must say what being on it means
// (designation, import_order, advisory, export_control, reported); Corvee does not guess.
package own

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"corvee"
	"corvee/internal/country"
	"corvee/internal/delimited"
)

// Recognise reports whether a first line is the header of such a list.
func Recognise(line string) bool {
	columns := header(line, comma(line))
	_, name := columns["name"]
	_, kind := columns["kind"]
	return name && kind
}

// comma returns the delimiter that cuts a header into the most cells.
func comma(line string) byte {
	best := byte(',')
	for _, c := range []byte{';', '\t', '|'} {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}

func header(line string, comma byte) map[string]int {
	rec, err := delimited.NewReader(strings.NewReader(line), comma).Next()
	columns := map[string]int{}
	if err != nil || rec.Broken != nil {
		return columns
	}
	for i, c := range rec.Cells {
		c = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c, "\ufeff")))
		if _, twice := columns[c]; !twice {
			columns[c] = i
		}
	}
	return columns
}

type reader struct {
	name, slug string
	date       corvee.Date
	columns    map[string]int
	programme  func(string) (corvee.ListID, bool)
	seen       map[string]bool
}

// Read returns the listings in the order of the file. Rows with the same id are one
// listing of several names. It returns ErrInvalid when no row can be used.
func Read(name string, date corvee.Date, body []byte, programme func(string) (corvee.ListID, bool)) ([]corvee.Listing, []corvee.Rejected, error) {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\ufeff")), " \t\r\n")
	first, _, _ := strings.Cut(string(body), "\n")
	first = strings.TrimRight(first, "\r")
	r := reader{name: name, slug: stem(name), date: date, columns: header(first, comma(first)),
		programme: programme, seen: map[string]bool{}}
	in := delimited.NewReader(bytes.NewReader(body), comma(first))
	in.Columns = len(r.columns)
	var out []corvee.Listing
	var rejected []corvee.Rejected
	for head := true; ; head = false {
		rec, err := in.Next()
		if errors.Is(err, io.EOF) {
			return out, rejected, r.any(out, rejected)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		if head {
			continue
		}
		l, why, remedy := r.listing(rec)
		if why != "" {
			rejected = append(rejected, corvee.Rejected{Input: name, Row: &rec.Line, Reason: why, Remedy: remedy})
			continue
		}
		out = append(out, l)
	}
}

func (r reader) any(out []corvee.Listing, rejected []corvee.Rejected) error {
	switch {
	case len(out) > 0:
		return nil
	case len(rejected) > 0:
		return fmt.Errorf("%w: %s: not one row can be used; row %d: %s", corvee.ErrInvalid, r.name, *rejected[0].Row, rejected[0].Reason)
	}
	return fmt.Errorf("%w: %s has a header and no row", corvee.ErrInvalid, r.name)
}

// listing maps one row; why is "" when it can be used.
func (r reader) listing(rec delimited.Record) (l corvee.Listing, why, remedy string) {
	if rec.Broken != nil {
		return l, rec.Broken.Error(), "close the quote or double it"
	}
	if len(rec.Cells) != len(r.columns) {
		return l, fmt.Sprintf("%d columns where the header has %d", len(rec.Cells), len(r.columns)), "complete the row, or quote the cell that holds the delimiter"
	}
	cell := func(column string) string {
		if i, ok := r.columns[column]; ok {
			return strings.TrimSpace(rec.Cells[i])
		}
		return ""
	}
	if cell("name") == "" {
		return l, "column name: empty", "write the name as the list's source has it"
	}
	kind := corvee.ListingKind(strings.ToLower(cell("kind")))
	if !kind.Valid() {
		return l, fmt.Sprintf("column kind: %q", cell("kind")), "write one of " + kinds()
	}
	id := cell("id")
	if id == "" {
		id = strconv.Itoa(rec.Line)
	}
	if r.seen[id] {
		return l, fmt.Sprintf("column id: %s stands in the file twice", id), "join the rows: further names go into alias, parted by |"
	}
	land := country.Code(cell("country"))
	if land == "" && cell("country") != "" {
		return l, fmt.Sprintf("column country: %q is no country", cell("country")), "write an ISO 3166 code or the country's name"
	}
	party, ok := partyType(cell("type"))
	if !ok {
		return l, fmt.Sprintf("column type: %q", cell("type")), "write person, organisation, vessel or aircraft, or leave it empty"
	}
	r.seen[id] = true
	l = corvee.Listing{
		ID: slug(listName(cell("list"), r.slug)) + ":" + id, List: listName(cell("list"), r.slug), ListDate: r.date, SourceID: id, Kind: kind, Type: party,
		Names: names(cell("name"), cell("alias")), Remarks: cell("remarks"), Lists: []corvee.ListID{corvee.ListOwn},
		Programs: parts(cell("program")), Addresses: parts(cell("address")),
	}
	if land != "" {
		l.Countries = []string{land}
	}
	for _, p := range l.Programs {
		if id, ok := r.programme(p); ok {
			l.Lists = append(l.Lists, id)
		}
	}
	for _, v := range parts(cell("registration")) {
		l.Identifiers = append(l.Identifiers, corvee.Identifier{Type: "registration", Value: v})
	}
	return l, "", ""
}

func names(name, aliases string) []corvee.Name {
	out := []corvee.Name{{Value: name, Kind: corvee.NamePrimary}}
	for _, a := range parts(aliases) {
		out = append(out, corvee.Name{Value: a, Kind: corvee.NameAlias})
	}
	return out
}

func parts(cell string) []string {
	var out []string
	for _, p := range strings.Split(cell, "|") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func partyType(word string) (corvee.PartyType, bool) {
	switch strings.ToLower(word) {
	case "":
		return "", true
	case "person", "individual":
		return corvee.PartyPerson, true
	case "organisation", "organization", "company", "entity":
		return corvee.PartyOrganisation, true
	case "vessel", "ship":
		return corvee.PartyVessel, true
	case "aircraft":
		return corvee.PartyAircraft, true
	}
	return "", false
}

func kinds() string {
	var words []string
	for _, k := range corvee.ListingKinds() {
		words = append(words, string(k))
	}
	return strings.Join(words, ", ")
}

// dated is the day in a file's name: the next copy has another, and is the same list.
var dated = regexp.MustCompile(`[-_. ]*(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d$`)

// stem is the file's name without folder, ending and day: it names the list where no
// column does.
func stem(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	if bare := dated.ReplaceAllString(name, ""); bare != "" {
		name = bare
	}
	return slug(name)
}

// slug begins the ids of a list's entries.
func slug(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), "-")) }

func listName(cell, slug string) string {
	if cell != "" {
		return cell
	}
	return slug
}
