package columnar

import (
	"encoding/binary"
	"errors"
)

// walk goes over a structure of Thrift's compact protocol without keeping any of it, and
// fails where it says more than is there: a decoder makes room for what is said. Layout:
// Apache Thrift, "Thrift Compact protocol encoding".
type walk struct {
	in      []byte
	at      int
	structs int
}

// The bounds of what a file says of itself.
const (
	maxFooter  = 16 << 20
	maxStructs = 400_000
	maxDepth   = 24
)

var errTooMuch = errors.New("it says more than there is")

func (w *walk) take(n uint64) error {
	if n > uint64(len(w.in)-w.at) {
		return errTooMuch
	}
	w.at += int(n)
	return nil
}

func (w *walk) number() (uint64, error) {
	n, size := binary.Uvarint(w.in[w.at:])
	if size <= 0 {
		return 0, errTooMuch
	}
	w.at += size
	return n, nil
}

func (w *walk) octet() (byte, error) {
	if err := w.take(1); err != nil {
		return 0, err
	}
	return w.in[w.at-1], nil
}

// structure passes over the fields of one structure.
func (w *walk) structure(depth int) error {
	if w.structs++; w.structs > maxStructs || depth > maxDepth {
		return errTooMuch
	}
	for {
		head, err := w.octet()
		if err != nil || head == 0 {
			return err
		}
		if head>>4 == 0 { // the number of the field stands apart
			if _, err := w.number(); err != nil {
				return err
			}
		}
		if kind := head & 15; kind != 1 && kind != 2 { // a truth value is in its head
			if err := w.value(kind, depth); err != nil {
				return err
			}
		}
	}
}

func (w *walk) value(kind byte, depth int) error {
	switch kind {
	case 1, 2, 3:
		return w.take(1)
	case 4, 5, 6:
		_, err := w.number()
		return err
	case 7:
		return w.take(8)
	case 8:
		n, err := w.number()
		if err != nil {
			return err
		}
		return w.take(n)
	case 9, 10:
		return w.list(depth)
	case 12:
		return w.structure(depth + 1)
	}
	return errors.New("a kind of value that no Parquet file has")
}

func (w *walk) list(depth int) error {
	head, err := w.octet()
	if err != nil {
		return err
	}
	size := uint64(head >> 4)
	if size == 15 {
		if size, err = w.number(); err != nil {
			return err
		}
	}
	if size > uint64(len(w.in)-w.at) || depth > maxDepth {
		return errTooMuch // an element is of a byte at least
	}
	for range size {
		if err := w.value(head&15, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// footer makes sure that what a file says of itself is there and is not too much.
func footer(body []byte) error {
	if len(body) < 12 {
		return errors.New("it is too short")
	}
	tail := body[len(body)-8:]
	size := uint64(binary.LittleEndian.Uint32(tail))
	if string(tail[4:]) != "PAR1" || size > uint64(len(body)-12) {
		return errors.New("its end is not there")
	}
	if size > maxFooter {
		return errTooMuch
	}
	w := walk{in: body[uint64(len(body))-8-size : len(body)-8]}
	return w.structure(0)
}
