package signature_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee/internal/signature"
)

// key makes a key of fixed randomness.
func key(t testing.TB, name string, seed byte) (secret, public string) {
	t.Helper()
	secret, public, err := signature.NewKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 64)), name)
	if err != nil {
		t.Fatal(err)
	}
	return secret, public
}

const text = "corvee bag 1\nsha256:00ff\n"

func TestSignAndOpen(t *testing.T) {
	t.Parallel()
	secret, public := key(t, "newsroom.example", 1)
	_, other := key(t, "newsroom.example", 2)
	signed, err := signature.Sign(text, secret+"\n")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := signature.Sign(text, secret)
	if !bytes.Equal(signed, again) {
		t.Error("the same text signed twice differs")
	}
	for name, c := range map[string]struct {
		keys  []string
		known bool
	}{"by its key": {[]string{other, public}, true}, "by another key of the same name": {[]string{other}, false}, "by none": {nil, false}} {
		got, by, err := signature.Open(signed, c.keys...)
		if err != nil || got != text || len(by) != 1 || by[0].Known != c.known || by[0].Name != "newsroom.example" {
			t.Errorf("%s: %q %v %v", name, got, by, err)
		}
	}
	if derived, err := signature.Public(secret); err != nil || cmp.Diff(public, derived) != "" {
		t.Errorf("Public = %q, %v, want %q", derived, err, public)
	}
}

// Every byte of a signed text counts, when its key is known.
func TestEveryFlippedByteIsFound(t *testing.T) {
	t.Parallel()
	secret, public := key(t, "a", 1)
	signed, err := signature.Sign(text, secret)
	if err != nil {
		t.Fatal(err)
	}
	for i := range signed {
		bad := bytes.Clone(signed)
		bad[i] ^= 1
		if _, by, err := signature.Open(bad, public); err == nil && len(by) > 0 && by[0].Known {
			t.Errorf("byte %d flipped: still signed by %v", i, by)
		}
	}
}

func TestBadKeys(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "two words", "a+b", "a\nb"} {
		if _, _, err := signature.NewKey(strings.NewReader(strings.Repeat("x", 64)), name); !errors.Is(err, signature.ErrSignature) {
			t.Errorf("a key named %q: %v", name, err)
		}
	}
	_, public := key(t, "a", 1)
	for _, bad := range []string{"", "x", public, "PRIVATE+KEY+a+00000000+AAAA"} {
		_, err1 := signature.Sign(text, bad)
		_, err2 := signature.Public(bad)
		if !errors.Is(err1, signature.ErrSignature) || !errors.Is(err2, signature.ErrSignature) {
			t.Errorf("%q: %v, %v", bad, err1, err2)
		}
	}
	for _, bad := range []string{"", "x", text, text + "\n— a AAAA\n"} {
		if _, _, err := signature.Open([]byte(bad), public); !errors.Is(err, signature.ErrSignature) {
			t.Errorf("%q was opened: %v", bad, err)
		}
	}
	if _, _, err := signature.Open([]byte(text), "no key"); !errors.Is(err, signature.ErrSignature) {
		t.Error(err)
	}
}

func FuzzOpen(f *testing.F) {
	secret, public := key(f, "a", 1)
	signed, _ := signature.Sign(text, secret)
	f.Add(signed)
	f.Add([]byte("— — \n\n— a b\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, by, err := signature.Open(raw, public)
		if err != nil && (got != "" || by != nil) {
			t.Fatal("an error with a text")
		}
		for _, s := range by {
			if s.Known && !bytes.HasPrefix(raw, []byte(got)) {
				t.Fatal("a text that is not there is signed")
			}
		}
	})
}
