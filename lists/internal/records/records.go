// Package records reads XML files that hold one record after another.
//
// What comes in: the bytes, and the names of the elements that are records. What goes out:
// each record as a small tree with the line it starts on. Its one idea: nothing but the
// record at hand is kept, and a file that ends before its root is closed is cut off, which
// is an error and never a shorter list. Entities of a document type are not expanded.
package records

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"corvee"
)

// The bounds of one record: the largest that a public list has held is under 1,000
// elements, five deep.
const (
	maxDepth    = 32
	maxElements = 50_000
)

// Element is one element with what it holds. Text is its own text, trimmed.
type Element struct {
	Name     string
	Line     int
	Text     string
	attr     []xml.Attr
	Children []*Element
}

// Attr returns an attribute by its local name, trimmed; "" when it is not there.
func (e *Element) Attr(name string) string {
	for _, a := range e.attr {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// All returns the elements on a path of names below this one, in order.
func (e *Element) All(path ...string) []*Element {
	found := []*Element{e}
	for _, name := range path {
		var next []*Element
		for _, f := range found {
			for _, c := range f.Children {
				if c.Name == name {
					next = append(next, c)
				}
			}
		}
		found = next
	}
	return found
}

// Value returns the text of the first element on a path; "" when there is none.
func (e *Element) Value(path ...string) string {
	for _, f := range e.All(path...) {
		return f.Text
	}
	return ""
}

// Values returns the texts of the elements on a path that have any.
func (e *Element) Values(path ...string) []string {
	var out []string
	for _, f := range e.All(path...) {
		if f.Text != "" {
			out = append(out, f.Text)
		}
	}
	return out
}

// Names yields the name of this element and of all below it, with attributes as "@name",
// and the lines they stand on.
func (e *Element) Names(yield func(name string, line int)) {
	yield(e.Name, e.Line)
	for _, a := range e.attr {
		yield("@"+a.Name.Local, e.Line)
	}
	for _, c := range e.Children {
		c.Names(yield)
	}
}

// Reader yields the records of one file.
type Reader struct {
	file     string
	in       *xml.Decoder
	records  []string
	root     *Element
	elements int
	between  func(name string, line int)
}

// New returns a Reader of the elements with the given names, at any depth. between, if
// given, is told of each element that stands around records.
func New(file string, body []byte, between func(name string, line int), names ...string) *Reader {
	return &Reader{file: file, in: xml.NewDecoder(bytes.NewReader(body)), records: names, between: between}
}

// Root returns the file's outermost element with its attributes only. It must be asked
// for before Next.
func (r *Reader) Root() (*Element, error) {
	for r.root == nil {
		token, err := r.in.Token()
		if err != nil {
			return nil, r.broken(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			r.root = r.opened(start)
		}
	}
	return r.root, nil
}

// Next returns the next record; io.EOF after the root is closed; ErrInvalid, naming line
// and column, for a file that is broken or cut off.
func (r *Reader) Next() (*Element, error) {
	if _, err := r.Root(); err != nil {
		return nil, err
	}
	for {
		token, err := r.in.Token()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF // the decoder gives it only when every element is closed
		}
		if err != nil {
			return nil, r.broken(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		e := r.opened(start)
		if !slices.Contains(r.records, e.Name) {
			if r.between != nil {
				r.between(e.Name, e.Line)
			}
			continue
		}
		r.elements = 0
		return e, r.fill(e, 1)
	}
}

func (r *Reader) opened(start xml.StartElement) *Element {
	line, _ := r.in.InputPos()
	e := &Element{Name: start.Name.Local, Line: line}
	for _, a := range start.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && !strings.HasSuffix(a.Name.Space, "XMLSchema-instance") {
			e.attr = append(e.attr, a)
		}
	}
	return e
}

func (r *Reader) fill(e *Element, depth int) error {
	var text strings.Builder
	for {
		token, err := r.in.Token()
		if err != nil {
			return r.broken(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.EndElement:
			e.Text = strings.TrimSpace(text.String())
			return nil
		case xml.StartElement:
			if r.elements++; depth == maxDepth || r.elements > maxElements {
				return r.broken(fmt.Errorf("the record of line %d is deeper than %d or larger than %d elements", e.Line, maxDepth, maxElements))
			}
			child := r.opened(token)
			if err := r.fill(child, depth+1); err != nil {
				return err
			}
			e.Children = append(e.Children, child)
		}
	}
}

func (r *Reader) broken(err error) error {
	line, column := r.in.InputPos()
	if errors.Is(err, io.EOF) {
		err = errors.New("there is no element")
	}
	return fmt.Errorf("%w: %s, line %d, column %d: %v: the file is damaged or cut off; fetch the list again",
		corvee.ErrInvalid, r.file, line, column, err)
}
