package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"corvee"
	"corvee/internal/delimited"
)

// Source yields the rows of a table, the header first. CSV, a workbook and JSON lines are
// three.
type Source interface {
	// Next returns the next row; io.EOF after the last. A row that cannot be read has
	// Broken set and is not the end.
	Next() (Row, error)
}

// Row is one row of a source.
type Row struct {
	Line   int // in the file, from 1
	Cells  []string
	Broken error
	Remedy string // of what is broken; "" for the usual one
	Whole  bool   // Cells holds the line as it stands: it could not be cut
}

// csv is a Source of delimited text.
type csv struct {
	in      *delimited.Reader
	comma   string
	columns int
}

// CSV returns the Source of UTF-8 text, with the delimiter that cuts its first lines best:
// the most cells in the header, the same number below.
func CSV(r io.Reader) Source {
	in := bufio.NewReaderSize(r, sample)
	head, _ := in.Peek(sample)
	c := comma(string(head))
	return &csv{in: delimited.NewReader(in, c), comma: string(c)}
}

func (c *csv) Next() (Row, error) {
	rec, err := c.in.Next()
	if err != nil {
		return Row{}, err
	}
	if c.columns == 0 && rec.Broken == nil {
		c.columns = len(rec.Cells)
		c.in.Columns = c.columns
	}
	return Row{Line: rec.Line, Cells: rec.Cells, Broken: rec.Broken, Whole: rec.Broken != nil}, nil
}

// comma returns the delimiter under which the sample's lines agree best.
func comma(text string) byte {
	best, most := byte(','), -1
	for _, c := range []byte{',', ';', '\t', '|'} {
		r := delimited.NewReader(strings.NewReader(text), c)
		first, err := r.Next()
		if err != nil || first.Broken != nil {
			continue
		}
		same := 0
		for range 20 {
			rec, err := r.Next()
			if err != nil {
				break
			}
			if rec.Broken == nil && len(rec.Cells) == len(first.Cells) {
				same++
			}
		}
		if score := (len(first.Cells) - 1) * (same + 1); score > most {
			best, most = c, score
		}
	}
	return best
}

// Head reads the header and a sample of rows, which come again from the Source returned.
func Head(s Source) (header []string, rows [][]string, again Source, err error) {
	first, err := s.Next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil, nil, fmt.Errorf("%w: the table is empty", corvee.ErrInvalid)
	case err != nil:
		return nil, nil, nil, err
	case first.Broken != nil:
		return nil, nil, nil, fmt.Errorf("%w: header, line %d: %v", corvee.ErrInvalid, first.Line, first.Broken)
	}
	var ahead []Row
	for range 100 {
		row, err := s.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return nil, nil, nil, err
			}
			break
		}
		ahead = append(ahead, row)
		if row.Broken == nil {
			rows = append(rows, row.Cells)
		}
	}
	return first.Cells, rows, &replay{ahead, s}, nil
}

// replay gives rows back before it reads on.
type replay struct {
	ahead []Row
	rest  Source
}

func (r *replay) Next() (Row, error) {
	if len(r.ahead) > 0 {
		row := r.ahead[0]
		r.ahead = r.ahead[1:]
		return row, nil
	}
	return r.rest.Next()
}
