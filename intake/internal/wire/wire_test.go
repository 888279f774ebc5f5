package wire_test

import (
	"bytes"
	"errors"
	"testing"

	"corvee/intake/internal/wire"
)

const filter = "system calls"

// Without a cage a risky format is not decoded unless the job says so; a page is.
func TestUncaged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format  wire.Format
		shut    []string
		uncaged bool
		want    error
	}{
		{wire.PDF, []string{"memory", filter}, false, nil},
		{wire.PDF, []string{"memory"}, false, wire.ErrUncaged},
		{wire.Package, nil, false, wire.ErrUncaged},
		{wire.Mail, nil, false, wire.ErrUncaged},
		{wire.WARC, nil, true, nil},
		{wire.HTML, nil, false, nil},
	} {
		job := wire.Job{Format: c.format, Uncaged: c.uncaged}
		if err := job.Allowed(c.shut, filter); !errors.Is(err, c.want) {
			t.Errorf("%s under %v, uncaged %t: %v, want %v", c.format, c.shut, c.uncaged, err, c.want)
		}
	}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := wire.Write(&out, wire.Job{Format: wire.HTML, Bytes: 3}, []byte("abc")); err != nil {
		t.Fatal(err)
	}
	var job wire.Job
	if err := wire.ReadHeader(&out, &job); err != nil || job.Bytes != 3 {
		t.Fatalf("%+v %v", job, err)
	}
	if body, err := wire.ReadBody(&out, job.Bytes, 3); err != nil || string(body) != "abc" {
		t.Errorf("%q %v", body, err)
	}
	for name, raw := range map[string]string{
		"nothing": "", "half a length": "\x00\x00", "a header too long": "\xff\xff\xff\xff", "a header cut short": "\x00\x00\x00\x09{", "no JSON": "\x00\x00\x00\x01{",
	} {
		if err := wire.ReadHeader(bytes.NewReader([]byte(raw)), &job); !errors.Is(err, wire.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, size := range []int64{-1, 4, 1 << 62} {
		if _, err := wire.ReadBody(bytes.NewReader([]byte("abc")), size, 3); !errors.Is(err, wire.ErrBroken) {
			t.Errorf("body of %d: %v", size, err)
		}
	}
}
