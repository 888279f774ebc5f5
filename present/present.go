// Package present shows the corvee/1 stream: as text for a terminal, as JSON lines, as CSV, as an
// Excel workbook, as Parquet.
//
// What comes in: messages, in order. What goes out: bytes on a writer. Its one idea: a
// presenter shows what the messages say and computes nothing, so every presenter tells
// the same story, and what a report wrote cannot steer a terminal or a spreadsheet.
package present

import (
	"fmt"
	"io"

	"corvee"
	"corvee/present/internal/workbook"
)

// Presenter shows a stream. Close ends it; it does not close the writer.
type Presenter interface {
	Present(corvee.Message) error
	Close() error
}

// Format names a presenter.
type Format string

// The formats of --format.
const (
	Text  Format = "text"
	JSONL Format = "jsonl"
	CSV   Format = "csv"
	XLSX  Format = "xlsx" // for a file, not for a terminal
	// Parquet is for programs: every row with its hits, its cells as texts.
	Parquet Format = "parquet"
)

// New returns the presenter of a format; corvee.ErrUnsupported for an unknown one.
func New(format Format, w io.Writer) (Presenter, error) {
	switch format {
	case Text, "":
		return &text{out: w}, nil
	case JSONL:
		return jsonl{corvee.NewEncoder(w)}, nil
	case CSV:
		return newTable(w), nil
	case XLSX:
		return &table{out: newWorkbook(w, workbook.MaxRows)}, nil
	case Parquet:
		return &table{out: &columns{out: w}}, nil
	}
	return nil, fmt.Errorf("format %q: %w; use text, jsonl, csv, xlsx or parquet", format, corvee.ErrUnsupported)
}

type jsonl struct{ encoder *corvee.Encoder }

func (j jsonl) Present(m corvee.Message) error { return j.encoder.Encode(m) }
func (j jsonl) Close() error                   { return nil }
