// Package delimited reads rows of delimited text (CSV and its kin) so that one broken row
// costs one row.
//
// What comes in: UTF-8 text. What goes out: records with the line they start on, or, in
// the place of a broken one, the reason. Its one idea: encoding/csv stops or swallows the
// rest of the file at a quote that is never closed; here such a line is given up alone
// and reading goes on with the next. A quoted cell may still run over several lines.
package delimited

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The bounds of one record: what is longer is broken, not data.
const (
	maxLine  = 1 << 20
	maxLines = 64 // that one quoted cell may run over
)

// Record is one row. Line counts physical lines from 1. Broken is why the line could not
// be read; Cells then holds the line whole.
type Record struct {
	Line   int
	Cells  []string
	Broken error
}

// Reader yields the records of a text. Comma is the delimiter. Columns, once it is known,
// decides whether a cell may run over several lines: the joined record must have as many
// cells; 0 asks for none.
type Reader struct {
	Comma   byte
	Columns int
	in      *bufio.Reader
	ahead   []string // lines that were read while a quote was open, and given back
	line    int      // number of the line that was taken last
	err     error
}

// NewReader returns a Reader of r. Empty lines are skipped.
func NewReader(r io.Reader, comma byte) *Reader {
	return &Reader{Comma: comma, in: bufio.NewReaderSize(r, 64<<10)}
}

// Next returns the next record, io.EOF after the last, or the error of the source.
func (r *Reader) Next() (Record, error) {
	for {
		text, err := r.take()
		if err != nil {
			return Record{}, err
		}
		if strings.TrimSpace(text) != "" {
			return r.record(text), nil
		}
	}
}

func (r *Reader) record(text string) Record {
	start := r.line
	if len(text) > maxLine {
		return Record{start, nil, fmt.Errorf("the line is over %d bytes", maxLine)}
	}
	cells, open, err := split(text, r.Comma)
	if err != nil {
		return Record{start, []string{text}, err}
	}
	if !open {
		return Record{start, cells, nil}
	}
	if cells, ok := r.runOn(text); ok {
		return Record{start, cells, nil}
	}
	return Record{start, []string{text}, errors.New("a quote is opened and not closed")}
}

// runOn joins following lines until the open quote closes. If it never does, or closes in
// the middle of a cell, or the columns do not come out, the lines are given back.
func (r *Reader) runOn(text string) ([]string, bool) {
	var taken []string
	for len(taken) < maxLines && len(text) < maxLine {
		next, err := r.take()
		if err != nil {
			break
		}
		taken = append(taken, next)
		text += "\n" + next
		cells, open, err := split(text, r.Comma)
		if err != nil {
			break
		}
		if !open {
			if r.Columns == 0 || len(cells) == r.Columns {
				return cells, true
			}
			break
		}
	}
	r.ahead = append(taken, r.ahead...)
	r.line -= len(taken)
	return nil, false
}

// take returns the next line without its end.
func (r *Reader) take() (string, error) {
	if len(r.ahead) > 0 {
		text := r.ahead[0]
		r.ahead = r.ahead[1:]
		r.line++
		return text, nil
	}
	if r.err != nil {
		return "", r.err
	}
	text, err := r.readLine()
	if err != nil {
		r.err = err
		if text == "" {
			return "", err
		}
	}
	r.line++
	return text, nil
}

// readLine bounds memory: of a line over the limit it keeps the head and drops the rest.
// The end of a line is LF, CRLF or a lone CR.
func (r *Reader) readLine() (string, error) {
	var line []byte
	for {
		c, err := r.in.ReadByte()
		switch {
		case err != nil:
			return string(line), err
		case c == '\n':
			return string(line), nil
		case c == '\r':
			if next, err := r.in.Peek(1); err == nil && next[0] == '\n' {
				_, _ = r.in.Discard(1)
			}
			return string(line), nil
		case len(line) <= maxLine:
			line = append(line, c)
		}
	}
}

// split cuts one record into cells. Open says that the last quote was not closed.
func split(text string, comma byte) (cells []string, open bool, err error) {
	for {
		trimmed := strings.TrimLeft(text, " ")
		if !strings.HasPrefix(trimmed, `"`) {
			end := strings.IndexByte(text, comma)
			if end < 0 {
				return append(cells, strings.TrimSpace(text)), false, nil
			}
			cells, text = append(cells, strings.TrimSpace(text[:end])), text[end+1:]
			continue
		}
		cell, rest, closed := quoted(trimmed[1:])
		if !closed {
			return cells, true, nil
		}
		cells = append(cells, cell)
		rest = strings.TrimLeft(rest, " ")
		if rest == "" {
			return cells, false, nil
		}
		if rest[0] != comma {
			return nil, false, fmt.Errorf("column %d: text after a closing quote", len(cells))
		}
		text = rest[1:]
	}
}

// quoted reads up to the closing quote; a doubled quote stands for one.
func quoted(text string) (cell, rest string, closed bool) {
	var b strings.Builder
	for {
		end := strings.IndexByte(text, '"')
		if end < 0 {
			return "", "", false
		}
		b.WriteString(text[:end])
		if !strings.HasPrefix(text[end+1:], `"`) {
			return b.String(), text[end+1:], true
		}
		b.WriteByte('"')
		text = text[end+2:]
	}
}
