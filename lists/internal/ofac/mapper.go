package ofac

import (
	"fmt"
	"strings"

	"corvee"
	"corvee/internal/country"
)

// List is the list's own name.
const List = "OFAC SDN"

// File is one of the three files.
type File struct {
	Name string
	Date corvee.Date
	Kind Kind
	Body []byte
}

// Result is what a set of files holds. Counts has, for each file in its order, the rows
// used and rejected.
type Result struct {
	Listings []corvee.Listing
	Rejected []corvee.Rejected
	Counts   [][2]int
}

// Read joins the files. It returns ErrInvalid when there is no SDN file to join to or
// when a file is broken as a whole.
func Read(files []File, programme func(string) (corvee.ListID, bool)) (Result, error) {
	m := mapper{at: map[string]int{}, programme: programme}
	counts := make([][2]int, len(files))
	for _, kind := range []Kind{SDN, ALT, ADD} { // parents first
		for i, f := range files {
			if f.Kind != kind {
				continue
			}
			if kind != SDN && len(m.out.Listings) == 0 {
				return Result{}, fmt.Errorf("%w: %s has no entries of its own: import it together with SDN.CSV",
					corvee.ErrInvalid, f.Name)
			}
			used, err := m.file(f)
			if err != nil {
				return Result{}, err
			}
			counts[i] = used
		}
	}
	m.out.Counts = counts
	return m.out, nil
}

type mapper struct {
	out       Result
	at        map[string]int // entry number → index of its listing
	programme func(string) (corvee.ListID, bool)
}

func (m *mapper) file(f File) (counts [2]int, err error) {
	all, rejected, err := rows(f.Name, f.Body, f.Kind)
	if err != nil {
		return counts, err
	}
	for _, r := range all {
		if why := m.row(f, r); why != "" {
			rejected = append(rejected, corvee.Rejected{Input: f.Name, Row: &r.line, Reason: why,
				Remedy: "import the files of one day together"})
			continue
		}
		counts[0]++
	}
	counts[1] = len(rejected)
	m.out.Rejected = append(m.out.Rejected, rejected...)
	return counts, nil
}

// row adds one row and returns why it could not be used, or "".
func (m *mapper) row(f File, r row) string {
	if f.Kind == SDN {
		return m.entry(f, r)
	}
	at, ok := m.at[r.cells[0]]
	if !ok {
		return fmt.Sprintf("entry %s is not in the SDN file", r.cells[0])
	}
	l := &m.out.Listings[at]
	if f.Kind == ALT {
		return addName(l, r.cells[2], r.cells[3], r.cells[4])
	}
	addAddress(l, r.cells[2], r.cells[3], r.cells[4])
	return ""
}

func (m *mapper) entry(f File, r row) string {
	number, name := r.cells[0], r.cells[1]
	switch _, twice := m.at[number]; {
	case name == "":
		return "column 2: no name"
	case twice:
		return fmt.Sprintf("entry %s stands in the file twice", number)
	}
	l := corvee.Listing{
		ID: "ofac-sdn:" + number, List: List, ListDate: f.Date, SourceID: number,
		Kind: corvee.ListingDesignation, Type: partyType(r.cells[2]),
		Names: []corvee.Name{{Value: name, Kind: corvee.NamePrimary}}, Remarks: r.cells[11],
	}
	l.Programs = strings.FieldsFunc(r.cells[3], func(c rune) bool { return c == '[' || c == ']' || c == ' ' || c == ';' })
	l.Lists = m.lists(l.Programs)
	addCountry(&l, country.Code(r.cells[9])) // the flag
	if call := r.cells[5]; call != "" {
		l.Identifiers = append(l.Identifiers, corvee.Identifier{Type: "call_sign", Value: call})
	}
	readRemarks(&l)
	m.at[number] = len(m.out.Listings)
	m.out.Listings = append(m.out.Listings, l)
	return ""
}

// lists maps programmes to list ids; an entry under no programme that Corvee follows is
// of the other ones.
func (m *mapper) lists(programs []string) []corvee.ListID {
	var out []corvee.ListID
	for _, p := range programs {
		if id, ok := m.programme(p); ok {
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		return []corvee.ListID{corvee.ListOFACOther}
	}
	return out
}

func partyType(word string) corvee.PartyType {
	switch strings.ToLower(word) {
	case "individual":
		return corvee.PartyPerson
	case "vessel":
		return corvee.PartyVessel
	case "aircraft":
		return corvee.PartyAircraft
	}
	return corvee.PartyOrganisation
}

func addName(l *corvee.Listing, kind, name, remarks string) string {
	if name == "" {
		return "column 4: no name"
	}
	k := corvee.NameAlias
	switch {
	case strings.EqualFold(kind, "fka"):
		k = corvee.NamePrevious
	case strings.Contains(strings.ToLower(remarks), "weak"):
		k = corvee.NameWeak
	}
	l.Names = append(l.Names, corvee.Name{Value: name, Kind: k})
	return ""
}

func addAddress(l *corvee.Listing, street, city, land string) {
	var parts []string
	for _, p := range []string{street, city, land} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return // a row of the official file that says nothing
	}
	if street != "" || city != "" {
		l.Addresses = append(l.Addresses, strings.Join(parts, ", "))
	}
	addCountry(l, country.Code(land))
}

func addCountry(l *corvee.Listing, code string) {
	if code == "" {
		return
	}
	for _, have := range l.Countries {
		if have == code {
			return
		}
	}
	l.Countries = append(l.Countries, code)
}
