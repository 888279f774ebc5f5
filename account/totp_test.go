package account_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"fmt"
	"strings"
	"testing"

	"corvee/account"
)

// code is the code of the time step that is ahead steps from now.
func (a *authenticator) code(ahead int64) string {
	step := a.clock.now().Unix()/30 + ahead
	var text [8]byte
	for i := range text {
		text[7-i] = byte(step >> (8 * i))
	}
	mac := hmac.New(sha1.New, a.key)
	mac.Write(text[:])
	sum := mac.Sum(nil)
	at := int(sum[19] & 15)
	n := (uint(sum[at])&127)<<24 | uint(sum[at+1])<<16 | uint(sum[at+2])<<8 | uint(sum[at+3])
	return fmt.Sprintf("%06d", n%1000000)
}

func FuzzCheckPassword(f *testing.F) {
	for _, seed := range []string{"", "각각각각각각각각각각각각", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "anna", strings.Repeat("anna", 9)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, password string) {
		err := account.CheckPassword("anna", password)
		if err == nil && (len([]rune(password)) < 12 || len(password) > 1024) {
			t.Errorf("CheckPassword took %q", password)
		}
	})
}
