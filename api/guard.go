package api

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"
)

// credential is what a request shows: a bearer token, or as clients of yente send it, an
// ApiKey; "" for none.
func credential(r *http.Request) string {
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") && !strings.EqualFold(scheme, "ApiKey") {
		return ""
	}
	return given
}

// holdsKey accepts this launch's key, compared in constant time.
func (s *server) holdsKey(r *http.Request) bool {
	return s.Key != "" && subtle.ConstantTimeCompare([]byte(credential(r)), []byte(s.Key)) == 1
}

// enter lets a request in: by its token where there are accounts; else by this launch's key,
// without which there are bands and a rate. It returns nil for one that it has answered.
func (s *server) enter(w http.ResponseWriter, r *http.Request) *http.Request {
	if s.Accounts == nil {
		signed := s.holdsKey(r)
		if !signed && !s.limit.take() {
			w.Header().Set("Retry-After", "1")
			fail(w, http.StatusTooManyRequests, "too many requests without a key; send Authorization: Bearer KEY, or wait")
			return nil
		}
		return r.WithContext(context.WithValue(r.Context(), signedIn{}, signed))
	}
	if open(r.URL.Path) {
		return r
	}
	if !s.limit.take() {
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusTooManyRequests, "too many requests; wait")
		return nil
	}
	in := s.person(w, r)
	if in == nil {
		return nil
	}
	s.limit.giveBack()
	return in.WithContext(context.WithValue(in.Context(), signedIn{}, true))
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

// giveBack takes back one that was let in: the rate is of those who were not.
func (b *bucket) giveBack() {
	b.Lock()
	defer b.Unlock()
	b.left = min(burst, b.left+1)
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
