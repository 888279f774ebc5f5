// Package ofac reads the delimited files of the US Office of Foreign Assets Control: the
// list of Specially Designated Nationals with its alternate names and addresses.
//
// What comes in: SDN.CSV, with ALT.CSV and ADD.CSV where they are at hand. What goes out:
// listings, and a rejected line for each row that could not be used. Its one idea: the
// three files are one list joined by its own number; a row whose parent is not there is
// said, never dropped. Layout: OFAC, "SDN Data Formats" (dat_spec.txt).
package ofac

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"corvee"
	"corvee/internal/delimited"
)

// Kind is which of the three files one is.
type Kind int

// The files.
const (
	Unknown Kind = iota
	SDN
	ALT
	ADD
)

// columns is the width of each file.
func (k Kind) columns() int {
	switch k {
	case SDN:
		return 12
	case ALT:
		return 5
	case ADD:
		return 6
	}
	return 0
}

// Recognise returns which file a first line belongs to: the official layout has no
// header, so the first cell is a number; some copies carry a header that begins with ID
// or ent_num.
func Recognise(line string) Kind {
	rec, err := delimited.NewReader(strings.NewReader(line), ',').Next()
	if err != nil || rec.Broken != nil || len(rec.Cells) == 0 {
		return Unknown
	}
	if !number(rec.Cells[0]) && !header(rec.Cells) {
		return Unknown
	}
	for _, kind := range []Kind{SDN, ALT, ADD} {
		if len(rec.Cells) == kind.columns() {
			return kind
		}
	}
	return Unknown
}

func header(cells []string) bool {
	first := strings.ToLower(strings.TrimSpace(cells[0]))
	return (first == "id" || first == "ent_num" || first == "uid") && len(cells) >= ALT.columns() &&
		!strings.EqualFold(strings.TrimSpace(cells[1]), "kind")
}

func number(cell string) bool {
	if cell == "" || len(cell) > 12 {
		return false
	}
	return strings.Trim(cell, "0123456789") == ""
}

// row is one line of a file with its empty marks taken out.
type row struct {
	line  int
	cells []string
}

// rows reads one file. It returns ErrInvalid when the file ends within a row or when its
// columns have changed; single bad rows are rejected.
func rows(name string, body []byte, kind Kind) ([]row, []corvee.Rejected, error) {
	r := delimited.NewReader(bytes.NewReader(body), ',')
	r.Columns = kind.columns()
	var out []row
	var rejected []corvee.Rejected
	for first := true; ; first = false {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, rejected, shapeHolds(name, kind, len(out), rejected)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		if endMark(rec.Cells) || first && header(rec.Cells) {
			continue
		}
		if why := wrong(rec, kind); why != "" {
			rejected = append(rejected, corvee.Rejected{Input: name, Row: &rec.Line, Reason: why,
				Remedy: "compare the line with the official file and fetch the list again"})
			continue
		}
		out = append(out, row{rec.Line, cleaned(rec.Cells)})
	}
}

func wrong(rec delimited.Record, kind Kind) string {
	switch {
	case rec.Broken != nil:
		return rec.Broken.Error()
	case len(rec.Cells) != kind.columns():
		return fmt.Sprintf("%d columns where %d belong", len(rec.Cells), kind.columns())
	case !number(rec.Cells[0]):
		return fmt.Sprintf("column 1: %q is not an entry number", clip(rec.Cells[0]))
	}
	return ""
}

// shapeHolds refuses a file that is mostly not what it should be: a changed layout must
// not become a shrunken list. One bad line in fifty is a slip of the publisher; more is a
// file cut off or rebuilt.
func shapeHolds(name string, kind Kind, good int, bad []corvee.Rejected) error {
	if good == 0 {
		return fmt.Errorf("%w: %s holds no entry of %d columns: fetch the list again", corvee.ErrInvalid, name, kind.columns())
	}
	if len(bad)*50 > good+len(bad) {
		return fmt.Errorf("%w: %s, row %d: %s; %d of %d rows do not fit: the list has changed its layout or is damaged; "+
			"nothing was imported", corvee.ErrInvalid, name, *bad[0].Row, bad[0].Reason, len(bad), good+len(bad))
	}
	return nil
}

// endMark is the line of a single Ctrl-Z that the official files end with; a program that
// rewrote the file may have padded it to full width.
func endMark(cells []string) bool {
	return strings.Trim(strings.Join(cells, ""), "\x1a ") == ""
}

// cleaned takes the mark for an empty cell, -0-, out.
func cleaned(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		if c = strings.TrimSpace(c); c != "-0-" {
			out[i] = c
		}
	}
	return out
}

func clip(s string) string {
	short := []rune(s)
	if len(short) <= 40 {
		return s
	}
	return string(short[:40]) + "…"
}
