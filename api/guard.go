package api

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"
)

// holdsKey accepts this launch's key as a bearer token, or as clients of yente send it, as an
// ApiKey; compared in constant time.
func (s *server) holdsKey(r *http.Request) bool {
	scheme, given, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	known := strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "ApiKey")
	return ok && known && s.Key != "" && subtle.ConstantTimeCompare([]byte(given), []byte(s.Key)) == 1
}

// The rate of callers without a key, all together: no address is kept to tell them apart.
const (
	perSecond = 20
	burst     = 40
)

// bucket is a token bucket.
type bucket struct {
	sync.Mutex
	clock func() time.Time
	left  float64
	at    time.Time
}

func newBucket(clock func() time.Time) *bucket {
	return &bucket{clock: clock, left: burst, at: clock()}
}

func (b *bucket) take() bool {
	b.Lock()
	defer b.Unlock()
	now := b.clock()
	b.left = min(burst, b.left+now.Sub(b.at).Seconds()*perSecond)
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// fail answers as the other endpoints do: {"detail": "…"}.
func fail(w http.ResponseWriter, status int, detail string) {
	reply(w, status, map[string]string{"detail": detail})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
