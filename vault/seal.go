package vault

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"corvee"
)

// Keys say for whom something is sealed, or with what it is opened. Recipients and
// identities are age's own, in its text form; a passphrase stands alone.
type Keys struct {
	Recipients []string // age1…
	Identities io.Reader
	Passphrase string
}

var errNoKey = fmt.Errorf("%w: name a recipient (age1…) or a passphrase; nothing is written unsealed", corvee.ErrInvalid)

// Seal returns a writer whose bytes only the holders of the keys can read. It must be
// closed; what was written before is then authenticated as a whole.
func Seal(to io.Writer, k Keys) (io.WriteCloser, error) {
	var recipients []age.Recipient
	for _, r := range k.Recipients {
		one, err := age.ParseX25519Recipient(strings.TrimSpace(r))
		if err != nil {
			return nil, fmt.Errorf("%w: recipient %q: %w", corvee.ErrInvalid, r, err)
		}
		recipients = append(recipients, one)
	}
	if k.Passphrase != "" {
		if len(recipients) > 0 {
			return nil, fmt.Errorf("%w: a passphrase stands alone: name recipients or a passphrase", corvee.ErrInvalid)
		}
		one, err := age.NewScryptRecipient(k.Passphrase)
		if err != nil {
			return nil, fmt.Errorf("%w: passphrase: %w", corvee.ErrInvalid, err)
		}
		recipients = append(recipients, one)
	}
	if len(recipients) == 0 {
		return nil, errNoKey
	}
	return age.Encrypt(to, recipients...)
}

// NewKey returns a new identity in the text form of an age identity file, and the recipient
// (age1…) for whom others may seal.
func NewKey() (identity, recipient string, err error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", fmt.Errorf("a new key: %w", err)
	}
	recipient = key.Recipient().String()
	return "# public key: " + recipient + "\n" + key.String() + "\n", recipient, nil
}

// ErrSealed: the keys do not open it, or its bytes were changed.
var ErrSealed = errors.New("it cannot be opened with these keys, or its bytes were changed")

// Unseal returns a reader of what Seal wrote. Changed bytes are an error when they are
// read, before any of their block is given out.
func Unseal(from io.Reader, k Keys) (io.Reader, error) {
	var identities []age.Identity
	if k.Identities != nil {
		list, err := age.ParseIdentities(k.Identities)
		if err != nil {
			return nil, fmt.Errorf("%w: identity file: %w", corvee.ErrInvalid, err)
		}
		identities = list
	}
	if k.Passphrase != "" {
		one, err := age.NewScryptIdentity(k.Passphrase)
		if err != nil {
			return nil, fmt.Errorf("%w: passphrase: %w", corvee.ErrInvalid, err)
		}
		identities = append(identities, one)
	}
	if len(identities) == 0 {
		return nil, fmt.Errorf("%w: name an identity file or a passphrase", corvee.ErrInvalid)
	}
	plain, err := age.Decrypt(from, identities...)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSealed, err)
	}
	return plain, nil
}
