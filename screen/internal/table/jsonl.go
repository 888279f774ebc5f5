package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"corvee"
)

// The bounds of JSON lines.
const (
	maxObject = 1 << 20 // bytes of one line
	maxKeys   = 1024
	keyLines  = 100 // lines whose keys make the header
)

// jsonLines is a Source of one JSON object a line. Its header is made of the keys of the
// first lines, in the order they come.
type jsonLines struct {
	in     *bufio.Reader
	line   int
	ahead  []object
	keys   []string // full paths, one for each column
	header bool     // was given
}

// object is one line as path → text, or why it could not be read.
type object struct {
	line   int
	cells  map[string]string
	order  []string
	broken error
	text   string // of a broken line
}

// JSONLines returns the Source of UTF-8 text with one JSON object a line. An object in an
// object is columns of its own, an array of texts one cell. It returns ErrInvalid when
// none of the first lines is an object.
func JSONLines(r io.Reader) (Source, error) {
	s := &jsonLines{in: bufio.NewReaderSize(r, sample)}
	var broken error
	for range keyLines {
		o, err := s.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if s.ahead = append(s.ahead, o); o.broken != nil && broken == nil {
			broken = fmt.Errorf("line %d: %w", o.line, o.broken)
		}
		for _, key := range o.order {
			if !slices.Contains(s.keys, key) && len(s.keys) < maxKeys {
				s.keys = append(s.keys, key)
			}
		}
	}
	if len(s.keys) == 0 && broken != nil {
		return nil, fmt.Errorf("%w: %v: write one JSON object a line, or save the table as CSV", corvee.ErrInvalid, broken)
	}
	return s, nil
}

func (s *jsonLines) Next() (Row, error) {
	if !s.header {
		s.header = true
		if len(s.keys) == 0 {
			return Row{}, io.EOF
		}
		return Row{Cells: s.names()}, nil
	}
	var o object
	if len(s.ahead) > 0 {
		o, s.ahead = s.ahead[0], s.ahead[1:]
	} else {
		var err error
		if o, err = s.read(); err != nil {
			return Row{}, err
		}
	}
	if o.broken != nil {
		return Row{Line: o.line, Cells: []string{o.text}, Broken: o.broken, Remedy: "write one JSON object a line", Whole: true}, nil
	}
	row := Row{Line: o.line, Cells: make([]string, len(s.keys))}
	for i, key := range s.keys {
		row.Cells[i] = o.cells[key]
	}
	return row, nil
}

// names are the header: the last part of a path where it is the only one of that name.
func (s *jsonLines) names() []string {
	last := func(path string) string { return path[strings.LastIndexByte(path, '\x00')+1:] }
	count := map[string]int{}
	for _, k := range s.keys {
		count[last(k)]++
	}
	out := make([]string, len(s.keys))
	for i, k := range s.keys {
		if out[i] = strings.ReplaceAll(k, "\x00", "."); count[last(k)] == 1 {
			out[i] = last(k)
		}
	}
	return out
}

// read returns the next line that is not empty. Of one over the limit it keeps nothing.
func (s *jsonLines) read() (object, error) {
	for {
		line, long, err := s.readLine()
		if err != nil && len(line) == 0 {
			return object{}, err
		}
		s.line++
		if line = bytes.TrimSpace(line); len(line) == 0 && !long {
			continue
		}
		if long {
			return object{line: s.line, broken: fmt.Errorf("the line is over %d bytes", maxObject)}, nil
		}
		o := parsed(s.line, line)
		if o.broken != nil {
			o.text = string(line)
		}
		return o, nil
	}
}

func (s *jsonLines) readLine() (line []byte, long bool, err error) {
	for {
		part, err := s.in.ReadSlice('\n')
		if len(line)+len(part) <= maxObject {
			line = append(line, part...)
		} else {
			line, long = append(line[:0], ' '), true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// parsed reads one object in the order of its keys, numbers as they are written.
func parsed(number int, line []byte) object {
	o := object{line: number, cells: map[string]string{}}
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		o.broken = errors.New("not a JSON object")
		return o
	}
	if err := o.members(d, "", 0); err != nil {
		o.broken = fmt.Errorf("not a whole JSON object: %w", err)
		return o
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		o.broken = errors.New("more than one JSON value on the line")
	}
	return o
}

const maxNesting = 8

func (o *object) members(d *json.Decoder, prefix string, depth int) error {
	if depth > maxNesting {
		return fmt.Errorf("objects are nested deeper than %d", maxNesting)
	}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		if err := o.value(d, prefix+key, depth); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (o *object) value(d *json.Decoder, path string, depth int) error {
	token, err := d.Token()
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return o.members(d, path+"\x00", depth+1)
		}
		return o.elements(d, path, depth)
	case string:
		o.add(path, t)
	case json.Number:
		o.add(path, t.String())
	case bool:
		o.add(path, fmt.Sprint(t))
	default:
		if err == nil {
			o.add(path, "")
		}
	}
	return err
}

// elements takes the first text of an array as the cell; what follows is further values of
// the same thing.
func (o *object) elements(d *json.Decoder, path string, depth int) error {
	if depth > maxNesting {
		return fmt.Errorf("arrays are nested deeper than %d", maxNesting)
	}
	for d.More() {
		if err := o.value(d, path, depth+1); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (o *object) add(path, text string) {
	have, ok := o.cells[path]
	if !ok {
		o.order = append(o.order, path)
	}
	if have == "" {
		o.cells[path] = text
	}
}
