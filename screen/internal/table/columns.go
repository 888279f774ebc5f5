package table

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"corvee"
	"corvee/internal/country"
	"corvee/internal/names"
)

//go:embed data/columns.tsv
var columnTable string

// Field is what a column may hold.
type Field string

// The fields of a query.
const (
	Name         Field = "name"
	ID           Field = "id"
	Country      Field = "country"
	Address      Field = "address"
	Registration Field = "registration"
	LEI          Field = "lei"
	IMO          Field = "imo"
	Phone        Field = "phone"
	Goods        Field = "goods"
	HS           Field = "hs"
	Place        Field = "place"
	Date         Field = "date"
	Type         Field = "type"
)

// headers maps a header, plainly written, to its field; order is the fields' order in the
// table, first the one that is asked for.
type headers struct {
	fields map[string]Field
	rank   map[string]int // how plain a header is for its field: 0 is the plainest
	order  []Field
}

var knownHeaders = sync.OnceValue(func() headers {
	h := headers{fields: map[string]Field{}, rank: map[string]int{}}
	for line := range strings.Lines(columnTable) {
		field, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		h.order = append(h.order, Field(field))
		for i, w := range strings.Split(words, "|") {
			if _, taken := h.fields[plain(w)]; !taken {
				h.fields[plain(w)], h.rank[plain(w)] = Field(field), i
			}
		}
	}
	return h
})

// plain returns a header in lower case, letters and digits only, with one space between.
func plain(header string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(header), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}), " ")
}

func headerWords(line string) int {
	n := 0
	for _, cell := range strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(",;\t|\"\r", c) }) {
		if _, ok := knownHeaders().fields[plain(cell)]; ok {
			n++
		}
	}
	return n
}

// Taken is a column that was given a meaning, and why: "header", "content" or "set".
type Taken struct {
	Field  Field
	Index  int
	Header string
	By     string
}

// Find gives each field at most one column. set maps a field to a header or to a number
// from 1 and wins; then headers, the plainest first; then, for the name alone, content: a
// column where most cells carry a legal form. ErrInvalid when there is no name or when
// set names a column that is not there.
func Find(header []string, rows [][]string, set map[string]string) ([]Taken, error) {
	known := knownHeaders()
	var out []Taken
	used := map[int]bool{}
	take := func(f Field, at int, by string) {
		if at >= 0 && !used[at] {
			used[at] = true
			out = append(out, Taken{f, at, strings.TrimSpace(header[at]), by})
		}
	}
	if err := unknownFields(set, known.order); err != nil {
		return nil, err
	}
	for _, f := range known.order {
		if want, ok := set[string(f)]; ok && want != None {
			at := column(header, want)
			if at < 0 {
				return nil, fmt.Errorf("%w: no column %q for %s; the header has %s", corvee.ErrInvalid, want, f, quoted(header))
			}
			take(f, at, "set")
		}
	}
	for _, f := range known.order {
		if _, ok := set[string(f)]; !ok {
			take(f, byHeader(known, header, f, used), "header")
		}
	}
	if !slices.ContainsFunc(out, func(t Taken) bool { return t.Field == Name }) {
		at := byContent(rows, len(header), used)
		if at < 0 {
			return nil, fmt.Errorf("%w: no column holds names; the header has %s; say which one with --column name=HEADER",
				corvee.ErrInvalid, quoted(header))
		}
		take(Name, at, "content")
	}
	if at := slices.IndexFunc(out, func(t Taken) bool { return t.Field == Country }); at < 0 && set[string(Country)] != None {
		take(Country, countries(rows, len(header), used), "content")
	}
	slices.SortStableFunc(out, func(a, b Taken) int {
		return slices.Index(known.order, a.Field) - slices.Index(known.order, b.Field)
	})
	return out, nil
}

// None stands for a header: no column holds this field, whatever its header says.
const None = "-"

func unknownFields(set map[string]string, order []Field) error {
	var wrong []string
	for f := range set {
		if !slices.Contains(order, Field(f)) {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("%w: no field %q; the fields are %v", corvee.ErrInvalid, wrong[0], order)
}

// column returns the index of a header by its exact text, then plainly, then by number.
func column(header []string, want string) int {
	for i, h := range header {
		if strings.TrimSpace(h) == strings.TrimSpace(want) {
			return i
		}
	}
	for i, h := range header {
		if plain(h) == plain(want) && plain(want) != "" {
			return i
		}
	}
	if n, err := strconv.Atoi(want); err == nil && n >= 1 && n <= len(header) {
		return n - 1
	}
	return -1
}

func byHeader(known headers, header []string, f Field, used map[int]bool) int {
	best, rank := -1, 1<<30
	for i, h := range header {
		p := plain(h)
		if used[i] || known.fields[p] != f {
			continue
		}
		if r := known.rank[p]; r < rank {
			best, rank = i, r
		}
	}
	return best
}

// byContent returns the column of which at least a third of the filled cells carry a
// legal form, the fullest of several; -1 for none.
func byContent(rows [][]string, columns int, used map[int]bool) int {
	return fullest(rows, columns, used, 3, func(cell string) bool {
		for _, u := range names.Parse(cell, names.Unknown).Units {
			if u.Role == names.Form {
				return true
			}
		}
		return false
	})
}

// countries returns the column of which nearly all cells are countries.
func countries(rows [][]string, columns int, used map[int]bool) int {
	return fullest(rows, columns, used, 1, func(cell string) bool { return country.Code(cell) != "" })
}

// fullest returns the column with the most cells that fit, if they are at least one of
// share of its filled cells and at least two.
func fullest(rows [][]string, columns int, used map[int]bool, share int, fits func(string) bool) int {
	best, most := -1, 1
	for at := range columns {
		good, filled := 0, 0
		for _, row := range rows {
			if at < len(row) && strings.TrimSpace(row[at]) != "" {
				filled++
				if fits(row[at]) {
					good++
				}
			}
		}
		if !used[at] && good*share >= filled && good > most {
			best, most = at, good
		}
	}
	return best
}

func quoted(header []string) string {
	var out []string
	for _, h := range header {
		out = append(out, strconv.Quote(strings.TrimSpace(h)))
	}
	return strings.Join(out, ", ")
}

// Blank reports whether a name tells nobody from anybody: nothing but digits, marks, or a
// legal form.
func Blank(name string) bool {
	n := names.Parse(name, names.Unknown)
	for _, u := range n.Units {
		if u.Role != names.Number {
			return n.Empty()
		}
	}
	return true
}
