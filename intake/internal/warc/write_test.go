package warc_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee/intake/internal/warc"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	id, err := warc.NewID(bytes.NewReader(make([]byte, 16)))
	if err != nil {
		t.Fatal(err)
	}
	block := "HTTP/1.1 200 OK\r\n\r\nbody\r\n\r\nWARC/1.1"
	var out bytes.Buffer
	err = warc.Write(&out, warc.Record{
		Type: warc.TypeResponse, ID: id, Date: time.Date(2026, 11, 24, 9, 0, 0, 0, time.FixedZone("", 9*3600)),
		Target: "https://gazette.example/1", Media: warc.MediaResponse, Payload: []byte{},
		Extra: []warc.Field{{Name: "WARC-Protocol", Value: "http/1.1"}}, Block: []byte(block),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(`WARC/1.1
WARC-Type: response
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>
WARC-Date: 2026-11-24T00:00:00Z
WARC-Target-URI: https://gazette.example/1
WARC-Payload-Digest: sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ
WARC-Block-Digest: `+warc.Digest([]byte(block))+`
WARC-Protocol: http/1.1
Content-Type: application/http; msgtype=response
Content-Length: 35

`, "\n", "\r\n") + block + "\r\n\r\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoFieldHidesInAnother(t *testing.T) {
	t.Parallel()
	r := warc.Record{Type: warc.TypeInfo, Target: "https://gazette.example/\r\nWARC-Type: response"}
	if err := warc.Write(&bytes.Buffer{}, r); err == nil {
		t.Error("a line break in an address was written")
	}
	if got := string(warc.Fields([]warc.Field{{Name: "subject", Value: "a\r\nb: c"}})); got != "subject: a b: c\r\n" {
		t.Errorf("Fields = %q", got)
	}
	if _, err := warc.NewID(strings.NewReader("short")); err == nil {
		t.Error("an id without randomness")
	}
}
