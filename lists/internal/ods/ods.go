// Package ods reads the rows of the first sheet of an OpenDocument spreadsheet.
//
// What comes in: the bytes of the file. What goes out: rows of text. Its one idea: only
// the one member that holds the cells is unpacked, as a stream under a cap, and what a
// sheet only claims to repeat a million times is never written out.
package ods

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"corvee"
)

// The bounds of a sheet. The UK list of 2025 unpacks to 7 MB, to 43 times its packed size.
const (
	MaxBytes   = 256 << 20 // of cells, unpacked
	maxRatio   = 400       // unpacked to packed
	maxColumns = 1024
	maxRows    = 2_000_000
	maxCell    = 1 << 20
)

const mime = "application/vnd.oasis.opendocument.spreadsheet"

// Recognise reports whether a ZIP says that it is an OpenDocument spreadsheet: its first
// member, stored and not packed, is named mimetype and holds the type.
func Recognise(body []byte) bool {
	return bytes.HasPrefix(body, []byte("PK\x03\x04")) && bytes.Contains(body[:min(len(body), 1<<12)], []byte("mimetype"+mime)) ||
		hasMime(body)
}

// hasMime looks into the directory: some writers put the type elsewhere than first.
func hasMime(body []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return false
	}
	f, err := z.Open("mimetype")
	if err != nil {
		return false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, int64(len(mime))+1))
	return err == nil && strings.TrimSpace(string(text)) == mime
}

// Row is one row of a sheet, numbered from 1 as the sheet numbers it.
type Row struct {
	Number int
	Cells  []string
}

// Reader yields the rows of the first sheet; empty ones are passed over.
type Reader struct {
	name   string
	in     *xml.Decoder
	number int
	inside bool
}

// Open returns a Reader. It returns ErrInvalid for what is no such file, and for one
// that unpacks to more than it should.
func Open(name string, body []byte) (*Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %v: the file is damaged or cut off; fetch it again", corvee.ErrInvalid, name, err)
	}
	for _, f := range z.File {
		if f.Name != "content.xml" {
			continue
		}
		if f.UncompressedSize64 > MaxBytes || f.UncompressedSize64 > maxRatio*max(f.CompressedSize64, 1<<10) {
			return nil, tooLarge(name)
		}
		in, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %v", corvee.ErrInvalid, name, err)
		}
		capped := &capped{in: in, left: min(MaxBytes, maxRatio*max(int64(f.CompressedSize64), 1<<10)), name: name}
		return &Reader{name: name, in: xml.NewDecoder(withoutMark(capped))}, nil
	}
	return nil, fmt.Errorf("%w: %s: no content.xml: not an OpenDocument spreadsheet", corvee.ErrInvalid, name)
}

func tooLarge(name string) error {
	return fmt.Errorf("%w: %s unpacks to more than %d MB or %d times its size: refused as a zip bomb", corvee.ErrInvalid, name, MaxBytes>>20, maxRatio)
}

// withoutMark drops a byte-order mark, which XML in UTF-8 may begin with.
func withoutMark(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	if head, err := in.Peek(3); err == nil && string(head) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	return in
}

// capped fails, rather than ends, when a stream is longer than its directory said.
type capped struct {
	in   io.Reader
	left int64
	name string
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, tooLarge(c.name)
	}
	return n, err
}

// Next returns the next row that has a cell with text; io.EOF after the first sheet.
func (r *Reader) Next() (Row, error) {
	for {
		token, err := r.in.Token()
		if err != nil {
			return Row{}, r.broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "table" {
				r.inside = true
			}
			if !r.inside || t.Name.Local != "table-row" {
				continue
			}
			row, err := r.row(repeated(t, "number-rows-repeated"))
			if err != nil || len(row.Cells) > 0 {
				return row, err
			}
		case xml.EndElement:
			if t.Name.Local == "table" {
				return Row{}, io.EOF
			}
		}
	}
}

// row reads the cells of one row. A row that stands for many is given once: no list says
// the same thing in two rows.
func (r *Reader) row(times int) (Row, error) {
	row := Row{Number: r.number + 1}
	r.number += times
	if r.number > maxRows {
		r.number = maxRows // a sheet is padded with one empty row that stands for a million
	}
	empty := 0
	for {
		token, err := r.in.Token()
		if err != nil {
			return Row{}, r.broken(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "table-row" {
				return row, nil
			}
		case xml.StartElement:
			text, err := r.cell()
			if err != nil {
				return Row{}, err
			}
			times := repeated(t, "number-columns-repeated")
			if text == "" {
				empty += times
				continue
			}
			if len(row.Cells)+empty+times > maxColumns {
				return Row{}, fmt.Errorf("%w: %s, row %d: more than %d columns", corvee.ErrInvalid, r.name, row.Number, maxColumns)
			}
			row.Cells = append(row.Cells, make([]string, empty)...)
			for range times {
				row.Cells = append(row.Cells, text)
			}
			empty = 0
		}
	}
}

// cell returns the text of a cell up to its end, its paragraphs on lines of their own.
// Notes on a cell are left out.
func (r *Reader) cell() (string, error) {
	var text strings.Builder
	var open []string
	for {
		token, err := r.in.Token()
		if err != nil {
			return "", r.broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			open = append(open, t.Name.Local)
			switch t.Name.Local {
			case "p":
				if text.Len() > 0 {
					text.WriteByte('\n')
				}
			case "s", "tab", "line-break":
				text.WriteByte(' ')
			}
		case xml.EndElement:
			if len(open) == 0 {
				return strings.TrimSpace(text.String()), nil
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 && open[0] == "p" && text.Len() < maxCell {
				text.Write(t)
			}
		}
		if len(open) > maxColumns {
			return "", r.broken(errors.New("elements are nested too deep"))
		}
	}
}

func repeated(e xml.StartElement, name string) int {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			if n, err := strconv.Atoi(a.Value); err == nil && n > 0 {
				return min(n, maxRows)
			}
		}
	}
	return 1
}

func (r *Reader) broken(err error) error {
	if errors.Is(err, io.EOF) {
		err = errors.New("it ends before its sheet")
	}
	if errors.Is(err, corvee.ErrInvalid) {
		return err
	}
	return fmt.Errorf("%w: %s, row %d: %v: the file is damaged or cut off; fetch it again", corvee.ErrInvalid, r.name, r.number, err)
}
