package fetch_test

import (
	"context"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"corvee/intake"
	"corvee/intake/fetch"
)

// web is an internet of one machine: servers on the loopback, a name server that answers
// as each test wants, a clock that only moves when somebody waits.
type web struct {
	t     testing.TB
	roots *x509.CertPool

	mu     sync.Mutex
	now    time.Time
	waited []time.Duration
	asked  []string                // names that were looked up
	names  map[string][]netip.Addr // the answers for a name, one after the other
}

var outside = netip.MustParseAddr("127.0.0.1")

func newWeb(t testing.TB) *web {
	return &web{t: t, roots: x509.NewCertPool(), now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), names: map[string][]netip.Addr{}}
}

// config allows the loopback address that stands for the outside, and nothing else.
func (w *web) config() fetch.Config {
	return fetch.Config{
		Clock: w.clock, Wait: w.wait, Random: rand.NewChaCha8([32]byte{1}), Software: "corvee/test", Timeout: 20 * time.Second,
		Network: &fetch.Network{Reach: w.reach, Roots: w.roots, Resolver: w.resolver()},
	}
}

func (w *web) fetcher(change func(*fetch.Config)) *fetch.Fetcher {
	w.t.Helper()
	c := w.config()
	if change != nil {
		change(&c)
	}
	f, err := fetch.New(c)
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

func (w *web) reach(a netip.Addr) error {
	if a == outside {
		return nil
	}
	if err := fetch.Public(a); err != nil {
		return err
	}
	return errors.New("no test may leave this machine")
}

func (w *web) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *web) wait(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
	w.waited = append(w.waited, d)
	return ctx.Err()
}

// serve starts a server that answers for mill.example and returns its address. There is
// no robots.txt unless the handler has one.
func (w *web) serve(h http.HandlerFunc) string {
	s := httptest.NewServer(withoutRobots(h))
	w.t.Cleanup(s.Close)
	return "http://mill.example:" + port(s.URL)
}

// serveTLS does so with a certificate for example.com.
func (w *web) serveTLS(h http.HandlerFunc) string {
	s := httptest.NewUnstartedServer(withoutRobots(h))
	s.Config.ErrorLog = quiet()
	s.StartTLS()
	w.t.Cleanup(s.Close)
	w.roots.AddCert(s.Certificate())
	return "https://example.com:" + port(s.URL)
}

func withoutRobots(h http.HandlerFunc) http.HandlerFunc {
	return func(out http.ResponseWriter, in *http.Request) {
		if in.URL.Path == "/robots.txt" && in.Header.Get("X-Robots") == "" {
			http.NotFound(out, in)
			return
		}
		h(out, in)
	}
}

func port(address string) string { return address[strings.LastIndexByte(address, ':')+1:] }

// resolver answers every name with the outside, or with what the test has set.
func (w *web) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go w.answerNames(there)
		return here, nil
	}}
}

// answerNames speaks DNS over a stream: two bytes of length, then the message.
func (w *web) answerNames(c net.Conn) {
	defer c.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		raw := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c, raw); err != nil {
			return
		}
		var m dnsmessage.Message
		if err := m.Unpack(raw); err != nil || len(m.Questions) != 1 {
			return
		}
		m.Response, m.Answers, m.Additionals = true, w.answers(m.Questions[0]), nil
		packed, err := m.Pack()
		if err != nil {
			return
		}
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...)); err != nil {
			return
		}
	}
}

func (w *web) answers(q dnsmessage.Question) []dnsmessage.Resource {
	name := strings.TrimSuffix(q.Name.String(), ".")
	w.mu.Lock()
	defer w.mu.Unlock()
	if q.Type != dnsmessage.TypeA {
		return nil
	}
	w.asked = append(w.asked, name)
	at := outside
	if left := w.names[name]; len(left) > 0 {
		at = left[0]
		if len(left) > 1 {
			w.names[name] = left[1:]
		}
	}
	return []dnsmessage.Resource{{
		Header: dnsmessage.ResourceHeader{Name: q.Name, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET},
		Body:   &dnsmessage.AResource{A: at.As4()},
	}}
}

func (w *web) lookups() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked)
}

// refused holds that a fetch failed with a reason that says so, and a remedy.
func refused(t testing.TB, err error, reason string) *fetch.Failure {
	t.Helper()
	var failure *fetch.Failure
	var rejection *intake.Rejection
	if !errors.As(err, &failure) || !errors.As(err, &rejection) {
		t.Fatalf("got %v, want a failure that says %q", err, reason)
	}
	if !strings.Contains(rejection.Reason, reason) || rejection.Remedy == "" {
		t.Errorf("reason %q, remedy %q; want it to say %q", rejection.Reason, rejection.Remedy, reason)
	}
	return failure
}
