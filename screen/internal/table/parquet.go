package table

import (
	"fmt"
	"io"

	"corvee"
	"corvee/screen/internal/columnar"
)

// parquet is a Source of a Parquet file.
type parquet struct {
	in     *columnar.Reader
	header bool // was given
}

// Parquet returns the Source of a Parquet file, whose packed bytes are held whole; rows are
// unpacked as they come. Nothing of it is written to disk. It returns ErrInvalid for a file
// that is damaged or unpacks to too much, ErrUnsupported for one that is not read here.
func Parquet(r io.Reader) (Source, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxPacked+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxPacked {
		return nil, fmt.Errorf("%w: the Parquet file is over %d MB: hand it over by parts, or save the table as CSV", corvee.ErrInvalid, maxPacked>>20)
	}
	in, err := columnar.Open(body)
	if err != nil {
		return nil, err
	}
	return &parquet{in: in}, nil
}

func (p *parquet) Next() (Row, error) {
	if !p.header {
		p.header = true
		return Row{Line: 1, Cells: p.in.Header()}, nil
	}
	cells, number, err := p.in.Next()
	return Row{Line: number, Cells: cells}, err
}
