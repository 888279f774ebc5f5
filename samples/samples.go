// Package samples holds invented reports, suppliers and a list, for the demo and the tests.
//
// What comes in: nothing. What goes out: files and what their manifest says of them. Its
// one idea: the firms and events are made up and say so, the cities are real, so the whole
// run can be shown to anybody without accusing anybody.
package samples

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
)

// Files are the samples by their path: reports/…, suppliers.csv, list.csv.
//
//go:embed reports suppliers.csv list.csv manifest.tsv expected.tsv
var Files embed.FS

// Report is one line of the manifest.
type Report struct {
	File, Published, Publisher, URL, Lang, Role string
}

// HardNegative reports whether the report is full of numbers and places without a claim.
func (r Report) HardNegative() bool { return r.Role == "hard_negative" }

// Reports returns the manifest in its order.
func Reports() ([]Report, error) {
	raw, err := Files.ReadFile("manifest.tsv")
	if err != nil {
		return nil, err
	}
	lines := csv.NewReader(strings.NewReader(string(raw)))
	lines.Comma, lines.FieldsPerRecord = '\t', 6
	rows, err := lines.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("samples: manifest: %w", err)
	}
	var out []Report
	for _, f := range rows[1:] {
		out = append(out, Report{f[0], f[1], f[2], f[3], f[4], f[5]})
	}
	return out, nil
}
