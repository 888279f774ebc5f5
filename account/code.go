package account

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// One-time codes are those of RFC 6238 in the form that every authenticator knows: six
// digits of HMAC-SHA-1 every thirty seconds. SHA-1's collisions do not bear on HMAC.
const (
	codePeriod = 30 // seconds
	codeDigits = 6
	codeModulo = 1_000_000
	keyBytes   = 20 // RFC 4226 §4 R6 recommends 160 bits
	// drift is how many periods a clock may be off on either side (RFC 6238 §5.2).
	drift = 1
)

func stepOf(at time.Time) int64 { return at.Unix() / codePeriod }

// codeAt returns the code of a time step (RFC 4226 §5.3).
func codeAt(key []byte, step int64) string {
	mac := hmac.New(sha1.New, key)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0x0f
	n := binary.BigEndian.Uint32(sum[at:at+4]) & 0x7fffffff
	return fmt.Sprintf("%0*d", codeDigits, n%codeModulo)
}

// takes returns the time step of a code that is good now and was not taken before; ok is
// false for any other. Every step is compared, so that the time taken tells nothing.
func takes(key []byte, given string, now time.Time, last int64) (step int64, ok bool) {
	given = strings.Join(strings.Fields(given), "")
	for s := stepOf(now) - drift; s <= stepOf(now)+drift; s++ {
		if subtle.ConstantTimeCompare([]byte(codeAt(key, s)), []byte(given)) == 1 && s > last && len(key) == keyBytes {
			step, ok = s, true
		}
	}
	return step, ok
}

// Key is the key of an account's one-time codes as a person takes it over.
type Key struct {
	Text    string // in groups of four, to be typed
	Address string // otpauth://…, for an authenticator on this machine
}

func keyOf(name string, raw []byte) Key {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
	var groups []string
	for rest := text; rest != ""; {
		n := min(4, len(rest))
		groups, rest = append(groups, rest[:n]), rest[n:]
	}
	address := url.URL{Scheme: "otpauth", Host: "totp", Path: "/Corvee:" + name, RawQuery: url.Values{"secret": {text}, "issuer": {"Corvee"}}.Encode()}
	return Key{strings.Join(groups, " "), address.String()}
}
