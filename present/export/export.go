// Package export writes what leaves a base for other programs: a table of claims, a workbook,
// a map, FollowTheMoney entities.
//
// What comes in: a Set, whose people are covered and whose places are coarsened already. What
// goes out: bytes, the same for the same Set. Its one idea: an export holds nothing that the
// Set does not, says what was withheld, and puts no claim into a form that says more than it:
// a levy is no employment, and a province is no point.
package export

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"corvee"
	"corvee/present"
	"corvee/present/dossier"
)

// Set is what leaves: a dossier, on one subject or on all that a base holds, and the listings
// whose names meet parties of it.
type Set struct {
	dossier.Dossier
	Listings []Listed
}

// Listed is an official listing whose name meets a party that claims name. Same says that a
// person decided that the two are one; otherwise it is a name and no proof.
type Listed struct {
	Party   string
	Listing corvee.Listing
	Same    bool
}

// Format names a writer.
type Format string

// The formats of corvee export.
const (
	CSV        Format = "csv"
	XLSX       Format = "xlsx"
	GeoJSON    Format = "geojson"
	FTM        Format = "ftm"            // entities, one JSON object a line
	Statements Format = "ftm-statements" // a row for each value, with its origin
)

// Write writes a Set in a format; corvee.ErrUnsupported for an unknown one.
func Write(w io.Writer, f Format, s Set) error {
	switch f {
	case CSV:
		return writeCSV(w, s)
	case XLSX:
		return writeXLSX(w, s)
	case GeoJSON:
		return writeGeoJSON(w, s)
	case FTM:
		return writeFTM(w, s)
	case Statements:
		return writeStatements(w, s)
	}
	return fmt.Errorf("export as %q: %w; use csv, xlsx, geojson, ftm or ftm-statements", f, corvee.ErrUnsupported)
}

// row is one claim with what stands beside it.
type row struct {
	dossier.Cited
	source  dossier.Source
	origins corvee.OriginCount
	support corvee.Support
}

// rows are the claims of a Set, in its order.
func (s Set) rows() []row {
	sources := map[int]dossier.Source{}
	for _, r := range s.Reports {
		sources[r.No] = r
	}
	out := make([]row, len(s.Claims))
	at := map[int]int{}
	for i, c := range s.Claims {
		out[i] = row{Cited: c, source: sources[c.Report]}
		at[c.No] = i
	}
	for _, q := range s.Questions {
		for _, p := range q.Positions {
			for _, n := range p.Claims {
				if i, ok := at[n]; ok {
					out[i].origins, out[i].support = p.Origins, q.Support
				}
			}
		}
	}
	return out
}

// column is one column of the table of claims. Figures are numbers that a person may sort
// by; amounts are not: an exact decimal stays a text.
type column struct {
	name   string
	figure bool
	of     func(row) string
}

// columns never change their order within corvee/1; a new one goes behind the last.
func columns() []column {
	text := func(name string, of func(row) string) column { return column{name, false, of} }
	return slices.Concat([]column{
		{"no", true, func(r row) string { return fmt.Sprint(r.No) }},
		text("id", func(r row) string { return r.Claim.ID }),
		{"report_no", true, func(r row) string { return fmt.Sprint(r.Report) }},
		text("report", func(r row) string { return r.source.ID }),
		text("publisher", func(r row) string { return r.source.Publisher }),
		text("published", func(r row) string { return r.source.Published.String() }),
		text("url", func(r row) string { return r.source.URL }),
		text("archived", func(r row) string { return yes(r.source.Archived) }),
	}, statementColumns(), valueColumns(), whereColumns(), []column{
		text("said_by", func(r row) string { return present.SaidBy(r.Claim) }),
		text("quote", func(r row) string { return r.Claim.Quote.Exact }),
		text("covered", func(r row) string { return yes(len(r.Redactions) > 0) }),
		{"origins_min", true, func(r row) string { return count(r.origins.Min) }},
		{"origins_max", true, func(r row) string { return count(r.origins.Max) }},
		text("support", func(r row) string { return string(r.support) }),
		text("origin", func(r row) string { return string(r.Claim.Origin) }),
		text("review", func(r row) string { return string(r.Claim.Review) }),
	})
}

func statementColumns() []column {
	return []column{
		{"kind", false, func(r row) string { return string(r.Claim.Kind) }},
		{"statement", false, func(r row) string { return r.Gloss }},
		{"polarity", false, func(r row) string { return string(r.Claim.Polarity) }},
		{"factuality", false, func(r row) string { return string(r.Claim.Factuality) }},
		{"indicator", false, func(r row) string { return string(r.Claim.Indicator) }},
		{"label", false, func(r row) string { return r.Claim.Label }},
	}
}

func valueColumns() []column {
	of := func(get func(corvee.Value) string) func(row) string {
		return func(r row) string {
			if r.Claim.Value == nil {
				return ""
			}
			return get(*r.Claim.Value)
		}
	}
	return []column{
		{"low", false, of(func(v corvee.Value) string { return v.Low.String() })},
		{"high", false, of(func(v corvee.Value) string { return v.High.String() })},
		{"exclusive", false, of(func(v corvee.Value) string { return string(v.Exclusive) })},
		{"approx", false, of(func(v corvee.Value) string { return yes(v.Approx) })},
		{"unit", false, of(func(v corvee.Value) string { return string(v.Unit) })},
		{"currency", false, of(func(v corvee.Value) string { return v.Currency })},
		{"per", false, of(func(v corvee.Value) string { return string(v.Per) })},
		{"period", false, of(func(v corvee.Value) string { return string(v.Period) })},
		{"of", false, of(func(v corvee.Value) string { return v.Of })},
	}
}

func whereColumns() []column {
	return []column{
		{"nationality", false, func(r row) string { return r.Claim.Nationality }},
		{"sector", false, func(r row) string { return string(r.Claim.Sector) }},
		{"site", false, func(r row) string { return r.Claim.Site }},
		{"employer", false, func(r row) string { return r.Claim.Employer }},
		{"places", false, func(r row) string {
			return joined(r.Claim.Places, func(p corvee.Place) string { return p.Name })
		}},
		{"place_ids", false, func(r row) string { return joined(r.Claim.Places, func(p corvee.Place) string { return p.ID }) }},
		{"precision", false, func(r row) string {
			return joined(r.Claim.Places, func(p corvee.Place) string { return string(p.Precision) })
		}},
		{"countries", false, func(r row) string { return strings.Join(r.Claim.Countries, "; ") }},
		{"when", false, func(r row) string {
			if r.Claim.When == nil {
				return ""
			}
			return r.Claim.When.String()
		}},
	}
}

func joined[T any](list []T, name func(T) string) string {
	var out []string
	for _, v := range list {
		out = append(out, name(v))
	}
	return strings.Join(out, "; ")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// count leaves an unknown number of origins out: none was counted, which is not zero.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// writeCSV writes one row a claim (RFC 4180, UTF-8). No cell is taken for a formula by a
// spreadsheet.
func writeCSV(w io.Writer, s Set) error {
	out := csv.NewWriter(w)
	var header []string
	cols := columns()
	for _, c := range cols {
		header = append(header, c.name)
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for _, r := range s.rows() {
		cells := make([]string, len(cols))
		for i, c := range cols {
			cells[i] = present.Cell(c.of(r))
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// scope says what a Set is of.
func (s Set) scope() string { return cmp.Or(s.Subject, "all claims of the base") }
