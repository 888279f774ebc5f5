// Package signature signs short texts and says who signed them, in the form of signed notes
// (golang.org/x/mod/sumdb/note, Ed25519).
//
// What comes in: a text, a key that its owner made. What goes out: the text with signatures
// under it, or who signed. Its one idea: a signature shows who holds a key, and nothing of
// who that is; the name in it is what its owner chose.
package signature

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// ErrSignature: a signature, a key or a signed text is not what it must be.
var ErrSignature = errors.New("not a good signature")

// NewKey makes a key under a name, which is without blanks and plus signs. The secret half
// signs and must be kept; the public half goes to those who check.
func NewKey(random io.Reader, name string) (secret, public string, err error) {
	if name == "" || strings.ContainsAny(name, "+ \t\r\n") {
		return "", "", fmt.Errorf("%w: a key's name is one word without a plus sign, as newsroom.example; not %q", ErrSignature, name)
	}
	secret, public, err = note.GenerateKey(random, name)
	if err != nil {
		return "", "", fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return secret, public, nil
}

// Public returns the public half of a secret key.
func Public(secret string) (string, error) {
	const prefix = "PRIVATE+KEY+"
	parts := strings.SplitN(strings.TrimPrefix(strings.TrimSpace(secret), prefix), "+", 3)
	if _, err := note.NewSigner(strings.TrimSpace(secret)); err != nil || len(parts) != 3 {
		return "", fmt.Errorf("%w: it is no secret key (corvee signer new makes one)", ErrSignature)
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return "", fmt.Errorf("%w: it is no secret key", ErrSignature)
	}
	public, ok := ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return "", fmt.Errorf("%w: it is no secret key", ErrSignature)
	}
	return parts[0] + "+" + parts[1] + "+" + base64.StdEncoding.EncodeToString(append(raw[:1:1], public...)), nil
}

// Sign returns a text with a signature under it. The text ends with a line break and holds no
// control characters. The same text and key give the same bytes.
func Sign(text, secret string) ([]byte, error) {
	signer, err := note.NewSigner(strings.TrimSpace(secret))
	if err != nil {
		return nil, fmt.Errorf("%w: it is no secret key (corvee signer new makes one)", ErrSignature)
	}
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return signed, nil
}

// Signer is who signed: the name that the key's owner chose, and the key's own number. Known
// says that its public half was given and the signature was checked by it.
type Signer struct {
	Name   string
	Number string // eight hexadecimal digits
	Known  bool
}

// String writes "newsroom.example (key 0a1b2c3d)".
func (s Signer) String() string { return fmt.Sprintf("%s (key %s)", s.Name, s.Number) }

// Open returns a signed text and who signed it, those first whose public keys are given. A
// signature of a given key that does not hold is ErrSignature; one of another key is not
// checked and says only who claims to have signed.
func Open(signed []byte, public ...string) (text string, by []Signer, err error) {
	var known []note.Verifier
	for _, key := range public {
		v, err := note.NewVerifier(strings.TrimSpace(key))
		if err != nil {
			return "", nil, fmt.Errorf("%w: %q is no public key", ErrSignature, strings.TrimSpace(key))
		}
		known = append(known, v)
	}
	n, err := note.Open(signed, note.VerifierList(known...))
	var unverified *note.UnverifiedNoteError
	switch {
	case errors.As(err, &unverified):
		n = unverified.Note
	case err != nil:
		return "", nil, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	for _, s := range n.Sigs {
		by = append(by, Signer{s.Name, fmt.Sprintf("%08x", s.Hash), true})
	}
	for _, s := range n.UnverifiedSigs {
		by = append(by, Signer{s.Name, fmt.Sprintf("%08x", s.Hash), false})
	}
	return n.Text, by, nil
}
