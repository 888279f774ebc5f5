package vault_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"filippo.io/age"

	"corvee"
	"corvee/vault"
)

func sealed(t *testing.T, secret string, k vault.Keys) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := vault.Seal(&b, k)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, secret); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(raw []byte, k vault.Keys) (string, error) {
	r, err := vault.Unseal(bytes.NewReader(raw), k)
	if err != nil {
		return "", err
	}
	out, err := io.ReadAll(r)
	return string(out), err
}

func TestSeal(t *testing.T) {
	t.Parallel()
	mine, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	const secret = "canary: who spoke"
	raw := sealed(t, secret, vault.Keys{Recipients: []string{mine.Recipient().String()}})
	if bytes.Contains(raw, []byte("canary")) {
		t.Error("what is sealed can be read")
	}
	if got, err := opened(raw, vault.Keys{Identities: strings.NewReader(mine.String() + "\n")}); err != nil || got != secret {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := opened(raw, vault.Keys{Identities: strings.NewReader(other.String() + "\n")}); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("another key opens it: %v", err)
	}
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if got, err := opened(bad, vault.Keys{Identities: strings.NewReader(mine.String() + "\n")}); err == nil {
			t.Fatalf("byte %d was changed and %q came out", i, got)
		}
	}
}

func TestSealRefuses(t *testing.T) {
	t.Parallel()
	mine, _ := age.GenerateX25519Identity()
	for name, k := range map[string]vault.Keys{
		"no key":             {},
		"not a recipient":    {Recipients: []string{"age1nothing"}},
		"an identity":        {Recipients: []string{mine.String()}},
		"both kinds of keys": {Recipients: []string{mine.Recipient().String()}, Passphrase: "a long passphrase"},
	} {
		if _, err := vault.Seal(io.Discard, k); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := vault.Unseal(strings.NewReader(""), vault.Keys{}); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("no key: %v", err)
	}
	if _, err := vault.Unseal(strings.NewReader("not sealed"), vault.Keys{Passphrase: "a long passphrase"}); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("not sealed: %v", err)
	}
}
