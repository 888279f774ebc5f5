package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"corvee"
)

// Cost is what one guess of a password costs with Argon2id.
type Cost struct {
	Passes    uint32
	MemoryKiB uint32
	Lanes     uint8
}

// DefaultCost is the second of the two settings that RFC 9106 §4 recommends, for machines
// without two gigabytes to spare: three passes over 64 MiB in four lanes.
func DefaultCost() Cost { return Cost{Passes: 3, MemoryKiB: 64 << 10, Lanes: 4} }

// most bounds what a stored hash may ask for: a base that somebody wrote into must not make
// a sign-in eat the machine.
func (c Cost) sane() bool {
	return c.Passes >= 1 && c.Passes <= 16 && c.Lanes >= 1 && c.Lanes <= 16 && c.MemoryKiB >= 8*uint32(c.Lanes) && c.MemoryKiB <= 1<<20
}

// Sizes of RFC 9106 §4: a salt of 128 bits, a tag of 256.
const (
	saltBytes = 16
	tagBytes  = 32
)

// The bounds of a password. NIST SP 800-63B §3.1.1.2 asks for 8 characters beside a second
// factor and for no rule of what they are; a base that names people's work asks for more.
const (
	fewestCharacters = 12
	mostBytes        = 1024
)

// CheckPassword returns corvee.ErrInvalid for a password that is too short, too long, one
// character again and again, or the account's own name.
func CheckPassword(name, password string) error {
	n := utf8.RuneCountInString(password)
	first, _ := utf8.DecodeRuneInString(password)
	switch {
	case n < fewestCharacters:
		return fmt.Errorf("%w: a password has %d characters or more; a few words that have nothing to do with one another are easy to keep", corvee.ErrInvalid, fewestCharacters)
	case len(password) > mostBytes || !utf8.ValidString(password):
		return fmt.Errorf("%w: a password is UTF-8 of at most %d bytes", corvee.ErrInvalid, mostBytes)
	case strings.Contains(strings.ToLower(password), name) && n < len(name)+fewestCharacters, strings.Count(password, string(first)) == n:
		return fmt.Errorf("%w: this password is the first that somebody would try", corvee.ErrInvalid)
	}
	return nil
}

// hash returns a password hashed under a new salt, in the form of the PHC string format.
func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(a.Random, salt); err != nil {
		return "", fmt.Errorf("salt of a password: %w", err)
	}
	tag, err := a.derive(ctx, a.Cost, salt, password, tagBytes)
	if err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, a.Cost.MemoryKiB, a.Cost.Passes, a.Cost.Lanes,
		enc.EncodeToString(salt), enc.EncodeToString(tag)), nil
}

// derive waits for its turn, so that many who try at once cannot take all memory. The same
// password typed on another system may come in another normal form (NIST SP 800-63B: NFKC).
func (a *Accounts) derive(ctx context.Context, c Cost, salt []byte, password string, n int) ([]byte, error) {
	select {
	case a.hashing <- struct{}{}:
		defer func() { <-a.hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, c.Passes, c.MemoryKiB, c.Lanes, uint32(n)), nil
}

// matches reports whether a password is the one of a stored hash. A hash that cannot be read
// matches nothing and costs the same.
func (a *Accounts) matches(ctx context.Context, stored, password string) (bool, error) {
	cost, salt, tag, ok := parseHash(stored)
	if !ok || len(password) > mostBytes {
		cost, salt, tag, password = a.Cost, make([]byte, saltBytes), make([]byte, tagBytes), "nobody"
	}
	got, err := a.derive(ctx, cost, salt, password, len(tag))
	return ok && subtle.ConstantTimeCompare(got, tag) == 1, err
}

func parseHash(stored string) (c Cost, salt, tag []byte, ok bool) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.MemoryKiB, &c.Passes, &c.Lanes); err != nil || !c.sane() {
		return c, nil, nil, false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil || len(salt) < 8 {
		return c, nil, nil, false
	}
	tag, err = base64.RawStdEncoding.DecodeString(parts[5])
	return c, salt, tag, err == nil && len(tag) >= 16 && len(tag) <= 64
}
