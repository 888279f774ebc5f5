// Package warc is the archive of the web: ISO 28500, WARC 1.0 and 1.1 in, 1.1 out; and plain
// gzip files, in which archives come.
//
// Writing: records in, their bytes out, one record behind the other. Reading: an archive
// in, its documents out, with their address, time and declared type; requests, redirects,
// pictures, styles and scripts are counted and left out.
//
// Its one idea: what goes into a file that leaves this machine, and what is taken out of
// one that came, is listed header by header; nothing is copied along unseen. Reading is one
// pass from the start, counting what comes out against what went in.
package warc

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"time"
)

// The types of records that are written here.
const (
	TypeInfo     = "warcinfo"
	TypeRequest  = "request"
	TypeResponse = "response"
	TypeMetadata = "metadata"
)

// The media types of their blocks.
const (
	MediaFields   = "application/warc-fields"
	MediaRequest  = "application/http; msgtype=request"
	MediaResponse = "application/http; msgtype=response"
)

// Field is one line of a header.
type Field struct{ Name, Value string }

// Record is one record to be written. Its length and the digest of its block are made of
// the block.
type Record struct {
	Type   string
	ID     string // as NewID makes one
	Date   time.Time
	Target string // the address that the record is about; none in a warcinfo
	Media  string // of the block
	// Concurrent is the id of the record that came with this one.
	Concurrent string
	// Payload is what the block carries behind its own header; nil has no digest of its own.
	Payload []byte
	Extra   []Field
	Block   []byte
}

// Write writes one record. A field with a line break in it is an error: it would be read
// as another field.
func Write(w io.Writer, r Record) error {
	var head bytes.Buffer
	head.WriteString("WARC/1.1\r\n")
	for _, f := range r.fields() {
		if f.Value == "" {
			continue
		}
		if strings.ContainsAny(f.Name+f.Value, "\r\n\x00") {
			return fmt.Errorf("warc: a line break in the field %s", f.Name)
		}
		fmt.Fprintf(&head, "%s: %s\r\n", f.Name, f.Value)
	}
	head.WriteString("\r\n")
	for _, part := range [][]byte{head.Bytes(), r.Block, []byte("\r\n\r\n")} {
		if _, err := w.Write(part); err != nil {
			return fmt.Errorf("warc: %w", err)
		}
	}
	return nil
}

func (r Record) fields() []Field {
	payload := ""
	if r.Payload != nil {
		payload = Digest(r.Payload)
	}
	fields := []Field{
		{"WARC-Type", r.Type}, {"WARC-Record-ID", r.ID}, {"WARC-Date", r.Date.UTC().Format(time.RFC3339Nano)},
		{"WARC-Target-URI", r.Target}, {"WARC-Concurrent-To", r.Concurrent},
		{"WARC-Payload-Digest", payload}, {"WARC-Block-Digest", Digest(r.Block)},
	}
	fields = append(fields, r.Extra...)
	return append(fields, Field{"Content-Type", r.Media}, Field{"Content-Length", fmt.Sprint(len(r.Block))})
}

// Fields returns the block of a warcinfo or metadata record.
func Fields(fields []Field) []byte {
	var out bytes.Buffer
	for _, f := range fields {
		fmt.Fprintf(&out, "%s: %s\r\n", f.Name, strings.Join(strings.Fields(f.Value), " "))
	}
	return out.Bytes()
}

// Digest returns "sha256:" and the hash in base 32, as the tools of the field write it.
func Digest(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])
}

// NewID returns the id of a record, a random UUID.
func NewID(random io.Reader) (string, error) {
	var u [16]byte
	if _, err := io.ReadFull(random, u[:]); err != nil {
		return "", fmt.Errorf("warc: an id for a record: %w", err)
	}
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:]), nil
}
