package charset_test

import (
	"errors"
	"testing"

	"corvee/intake/internal/charset"
)

// UTF-16 of plain letters is valid UTF-8 too, with a NUL after or before each letter: it
// must not be read as that.
func TestWideWithoutMarkIsRefused(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]bool{"little endian": true, "big endian": false} {
		var raw []byte
		for _, c := range []byte("About 40 invented workers sew in the hall.\n") {
			if first {
				raw = append(raw, c, 0)
			} else {
				raw = append(raw, 0, c)
			}
		}
		if d, err := charset.Decode(raw); !errors.Is(err, charset.ErrUndecodable) {
			t.Errorf("%s: Decode = %q, %v; want ErrUndecodable", name, d.Text, err)
		}
	}
	if d, err := charset.Decode([]byte("a few\x00 NULs\x00 in a text that is long enough")); err != nil || d.Name != "utf-8" {
		t.Errorf("a text with a few NULs: %v, %v", d, err)
	}
}
