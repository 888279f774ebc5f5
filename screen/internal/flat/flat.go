// Package flat keeps arrays of numbers in bytes as they lie in memory.
//
// What comes in: slices of numbers. What goes out: bytes, and slices that are views of
// those bytes. Its one idea: an array that is never parsed is open at once; so the bytes
// are little endian, each array begins where a line of a processor's cache does, and a machine that orders
// bytes otherwise builds anew.
package flat

import (
	"encoding/binary"
	"io"
	"unsafe"
)

// Fixed are the elements that an array may have: numbers, and structs of numbers without
// gaps, for any bytes are a value of them.
type Fixed interface{ comparable }

const align = 64

// word is the alignment that a machine asks for.
const word = 8

// Native reports whether this machine orders bytes as the arrays are kept.
func Native() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) == 1 }

// Writer writes arrays one after another. After an error it writes nothing more.
type Writer struct {
	to      io.Writer
	written int
	err     error
}

// NewWriter returns a Writer; w should be buffered.
func NewWriter(w io.Writer) *Writer { return &Writer{to: w} }

// Err returns what failed first.
func (w *Writer) Err() error { return w.err }

func (w *Writer) write(raw []byte) {
	if w.err != nil {
		return
	}
	n, err := w.to.Write(raw)
	w.written, w.err = w.written+n, err
}

// Put writes an array: its length in bytes, alone in a line, then its elements.
func Put[T Fixed](w *Writer, array []T) {
	var element T
	raw := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(array))), len(array)*int(unsafe.Sizeof(element)))
	w.write(binary.LittleEndian.AppendUint64(make([]byte, 0, align), uint64(len(raw)))[:align])
	w.write(raw)
	w.write(make([]byte, -w.written&(align-1)))
}

// PutText writes a text as an array of bytes.
func PutText(w *Writer, text string) {
	Put(w, unsafe.Slice(unsafe.StringData(text), len(text)))
}

// Reader takes arrays off bytes in the order in which they were written. After the first
// that is damaged it gives none.
type Reader struct {
	rest []byte
	bad  bool
}

// NewReader returns a Reader. What it gives are views: the bytes must not change any more.
func NewReader(raw []byte) *Reader {
	if uintptr(unsafe.Pointer(unsafe.SliceData(raw)))%word != 0 {
		raw = append(make([]byte, 0, len(raw)+align), raw...)
	}
	return &Reader{rest: raw}
}

// Bad reports whether an array was not whole.
func (r *Reader) Bad() bool { return r.bad }

// Spent reports whether every byte was read and none was bad.
func (r *Reader) Spent() bool { return !r.bad && len(r.rest) == 0 }

// Take returns the next array; nil when it is damaged.
func Take[T Fixed](r *Reader) []T {
	var element T
	if r.bad || len(r.rest) < align {
		r.bad = true
		return nil
	}
	long := binary.LittleEndian.Uint64(r.rest)
	body := r.rest[align:]
	if long > uint64(len(body)) || long%uint64(unsafe.Sizeof(element)) != 0 {
		r.bad = true
		return nil
	}
	end := (int(long) + align - 1) &^ (align - 1)
	if end > len(body) {
		r.bad = true
		return nil
	}
	r.rest = body[end:]
	if long == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(body))), int(long)/int(unsafe.Sizeof(element)))
}

// TakeText returns the next array as a text.
func TakeText(r *Reader) string {
	raw := Take[byte](r)
	return unsafe.String(unsafe.SliceData(raw), len(raw))
}
