package lists

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

//go:embed addresses.tsv
var addressTable string

// Source is where a list can be fetched. Without Addresses there is no file for machines
// and Page is where a person finds it.
type Source struct {
	Name      string   // short, for the command line
	List      string   // as the base names it; "" when only its content tells
	Addresses []string // of the files that make the list
	Page      string
}

// Sources returns the sources that are known, in the order of their table.
func Sources() ([]Source, error) {
	var out []Source
	for line := range strings.Lines(addressTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(cells) != 5 {
			return nil, fmt.Errorf("%w: addresses of lists: %d cells in the row %.60q, want 5", corvee.ErrInvalid, len(cells), line)
		}
		at := slices.IndexFunc(out, func(s Source) bool { return s.Name == cells[0] })
		if at < 0 {
			out = append(out, Source{Name: cells[0], List: cells[1], Page: cells[4]})
			at = len(out) - 1
		}
		if cells[2] != "-" {
			out[at].Addresses = append(out[at].Addresses, cells[2])
		}
	}
	return out, nil
}
