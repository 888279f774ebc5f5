package resolve

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// An id is "CV-" and twelve characters of a hash, in groups of four, and a check character:
// CV-8M2Q-K7D0-T4XH-9. Letters that are read for digits (I, L, O, U) never stand in one, so
// an id that was copied by hand can be mended; the check character is that of ISO/IEC 7064,
// MOD 37,36, which finds every single wrong character and nearly every swap of neighbours.
const (
	idPrefix = "CV-"
	idLength = 12
	// letters is the alphabet of Crockford's base 32; digits36 that of MOD 37,36.
	letters  = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	digits36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// NewID returns the id of a key. A hash whose check character would be one of the letters
// that are left out is passed over for the next: one in nine.
func NewID(key string) string {
	for n := 0; ; n++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "corvee/who/1\x00%d\x00%s", n, key))
		payload := make([]byte, idLength)
		for i := range payload {
			payload[i] = letters[sum[i]%32]
		}
		if check := checkOf(string(payload)); strings.IndexByte(letters, check) >= 0 {
			return grouped(string(payload) + string(check))
		}
	}
}

func grouped(s string) string {
	return idPrefix + s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// checkOf is the check character of ISO/IEC 7064, MOD 37,36 (the hybrid system).
func checkOf(payload string) byte {
	const m = 36
	p := m
	for i := range len(payload) {
		p = (p + strings.IndexByte(digits36, payload[i])) % m
		if p == 0 {
			p = m
		}
		p = p * 2 % (m + 1)
	}
	return digits36[(m+1-p)%m]
}

// ParseID returns an id as it is written out, from how somebody typed it: case, spaces and
// hyphens do not count, O is 0, I and L are 1. It reports false for what is no id, and for
// one whose check character does not hold.
func ParseID(typed string) (string, bool) {
	plain := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\t', '\u2010', '\u2011', '\u2013':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, strings.ToUpper(typed))
	rest, ok := strings.CutPrefix(plain, "CV")
	if !ok || len(rest) != idLength+1 {
		return "", false
	}
	for i := range len(rest) {
		if strings.IndexByte(letters, rest[i]) < 0 {
			return "", false
		}
	}
	return grouped(rest), checkOf(rest[:idLength]) == rest[idLength]
}

// LooksLikeID reports whether something is written as an id is, whether or not its check
// character holds.
func LooksLikeID(typed string) bool {
	id, _ := ParseID(typed)
	return id != ""
}
