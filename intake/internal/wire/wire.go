// Package wire is what the parent and the decoder child say to each other.
//
// What comes in and goes out: one Job with the bytes of a file, and one Answer with a
// text, each a length, a JSON header and raw bytes, over the child's standard input and
// output.
//
// Its one idea: neither side believes a length. The reader says how much it will take and
// stops there.
package wire

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"corvee/intake/internal/layout"
)

// Format names a decoder in the child.
type Format string

// The formats that the child decodes.
const HTML Format = "html"

// Job is one file to decode and what it may cost.
type Job struct {
	Format      Format `json:"format"`
	Bytes       int64  `json:"bytes"`
	MemoryBytes int64  `json:"memory"`
	Seconds     int    `json:"seconds"`
}

// Answer is a decoded page, or why there is none.
type Answer struct {
	Page      *layout.Page `json:"page,omitempty"`
	TextBytes int64        `json:"text_bytes,omitempty"`
	Refused   string       `json:"refused,omitempty"`
	Shut      []string     `json:"shut,omitempty"` // what confines the child
}

// MaxHeader bounds a JSON header; the longest lists MaxBlocks blocks, each below 64 bytes.
const (
	MaxHeader = 32 << 20
	MaxBlocks = 400_000
)

// ErrBroken: the other side does not keep to the form.
var ErrBroken = errors.New("broken message")

// Frame returns the length and JSON of a header, which its bytes may follow.
func Frame(header any) ([]byte, error) {
	raw, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	if len(raw) > MaxHeader {
		return nil, fmt.Errorf("%w: header of %d bytes", ErrBroken, len(raw))
	}
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(raw))), raw...), nil
}

// Write writes a header and its bytes.
func Write(w io.Writer, header any, body []byte) error {
	frame, err := Frame(header)
	if err != nil {
		return err
	}
	if _, err := w.Write(frame); err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}

// ReadHeader reads a header into v.
func ReadHeader(r io.Reader, v any) error {
	var size uint32
	if err := binary.Read(r, binary.BigEndian, &size); err != nil {
		return fmt.Errorf("%w: no header: %v", ErrBroken, err)
	}
	if size > MaxHeader {
		return fmt.Errorf("%w: header of %d bytes", ErrBroken, size)
	}
	raw := make([]byte, size)
	if _, err := io.ReadFull(r, raw); err != nil {
		return fmt.Errorf("%w: header cut short: %v", ErrBroken, err)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("%w: %v", ErrBroken, err)
	}
	return nil
}

// ReadBody reads exactly size bytes, and refuses more than most.
func ReadBody(r io.Reader, size, most int64) ([]byte, error) {
	if size < 0 || size > most {
		return nil, fmt.Errorf("%w: body of %d bytes, the most is %d", ErrBroken, size, most)
	}
	raw := make([]byte, size)
	if _, err := io.ReadFull(r, raw); err != nil {
		return nil, fmt.Errorf("%w: body cut short: %v", ErrBroken, err)
	}
	return raw, nil
}
