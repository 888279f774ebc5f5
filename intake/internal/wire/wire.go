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
	"slices"

	"corvee/intake/internal/layout"
)

// Format names a decoder in the child.
type Format string

// The formats that the child is asked for, and those that it may find in what it was
// given: a package is a DOCX, an HWPX, an ODT or an archive of other files.
const (
	HTML    Format = "html"
	Package Format = "package" // any file that is a ZIP
	DOCX    Format = "docx"
	HWPX    Format = "hwpx"
	ODT     Format = "odt"
	ZIP     Format = "zip"
	Mail    Format = "mail" // a message, or a page saved as one
	MHTML   Format = "mhtml"
	MBOX    Format = "mbox"
	Feed    Format = "feed"
	Sitemap Format = "sitemap"
	Entry   Format = "entry" // one item of a feed
	Gzip    Format = "gzip"
	WARC    Format = "warc"
	PDF     Format = "pdf"
)

// Tame reports whether a format is decoded where nothing shuts the child in: the parser of
// pages is memory-safe, has no packing to bomb with, and a newsroom's laptop must read them.
func (f Format) Tame() bool { return f == HTML }

// Job is one file to decode and what it may cost.
type Job struct {
	Format      Format `json:"format"`
	Name        string `json:"name,omitempty"`    // base name of the file, to name what is in it
	Charset     string `json:"charset,omitempty"` // what the carrier declared
	Bytes       int64  `json:"bytes"`
	MemoryBytes int64  `json:"memory"`
	Seconds     int    `json:"seconds"`
	Uncaged     bool   `json:"uncaged,omitempty"` // decode even if nothing shuts the child in
	Warm        bool   `json:"warm,omitempty"`    // no file: only make ready what the cache keeps
	Cursor      int64  `json:"cursor,omitempty"`  // where an archive is gone on with
	Most        int64  `json:"most,omitempty"`    // bytes of members in one answer, about
	Cache       string `json:"cache,omitempty"`   // folder for compiled decoders, or ""
}

// ErrUncaged: this system cannot shut the child in, and the job did not say that it may
// run all the same.
var ErrUncaged = errors.New("this system cannot shut the decoder in")

// Allowed returns ErrUncaged for a job that may not run under the barriers that stand.
func (j Job) Allowed(shut []string, needed string) error {
	if j.Uncaged || j.Format.Tame() || slices.Contains(shut, needed) {
		return nil
	}
	return ErrUncaged
}

// Member is one file that stands in another: its bytes follow the header, or Refused says
// why they do not.
type Member struct {
	Name      string `json:"name"`
	Bytes     int64  `json:"bytes"`
	MediaType string `json:"media_type,omitempty"` // as the carrier declares it, with its charset
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`    // as the carrier calls it
	Captured  string `json:"captured,omitempty"` // RFC 3339, when it was fetched
	Refused   string `json:"refused,omitempty"`
	Retryable bool   `json:"retryable,omitempty"`
	Format    Format `json:"format,omitempty"` // where its bytes alone cannot tell
	Raw       []byte `json:"-"`
}

// Answer is a decoded page, the members of an archive, or why there is neither. The body
// is the text, then the bytes to archive, then those of each member.
type Answer struct {
	Format    Format       `json:"format,omitempty"` // what the file turned out to be
	Tool      string       `json:"tool,omitempty"`   // the version of a library that reads it
	Page      *layout.Page `json:"page,omitempty"`
	TextBytes int64        `json:"text_bytes,omitempty"`
	// KeptBytes is the length of what is to be archived in place of the file; zero for the
	// file itself.
	KeptBytes int64    `json:"kept_bytes,omitempty"`
	Members   []Member `json:"members,omitempty"`
	LeftOut   int      `json:"left_out,omitempty"` // members that are no documents
	Next      int64    `json:"next,omitempty"`     // the cursor to go on with; zero at the end
	Refused   string   `json:"refused,omitempty"`
	Remedy    string   `json:"remedy,omitempty"`
	Retryable bool     `json:"retryable,omitempty"`
	Uncaged   bool     `json:"uncaged,omitempty"` // refused since nothing shuts the child in
	Shut      []string `json:"shut,omitempty"`    // what confines the child
	Kept      []byte   `json:"-"`
}

// Refusal is why a decoder gives a file back, and what its user can do.
type Refusal struct {
	Reason, Remedy string
	Retryable      bool // it may work another time, or on another machine
}

// Error returns the reason.
func (r *Refusal) Error() string { return r.Reason }

// Refuse returns a Refusal.
func Refuse(remedy, format string, args ...any) error {
	return &Refusal{Reason: fmt.Sprintf(format, args...), Remedy: remedy}
}

// MaxHeader bounds a JSON header; the longest lists MaxBlocks blocks, each below 64 bytes.
const (
	MaxHeader = 32 << 20
	MaxBlocks = 400_000
	// MaxRegions bounds the lines of a PDF that are placed, each below 100 bytes of header.
	MaxRegions = 200_000
	// MaxMembers bounds the members in one answer; an archive may go on in the next.
	MaxMembers = 2_000
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
