package watch_test

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corvee"
	"corvee/intake"
	"corvee/intake/fetch"
	"corvee/pipeline"
	"corvee/pipeline/watch"
	"corvee/read"
	"corvee/store"
	"corvee/store/sqlite"
	"corvee/vault"
)

// TestMain lets the test binary be its own decoder child.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "decode" {
		if err := intake.ServeDecoder(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// desk is a base with watches, a clock that the test moves, and a site of the test's own
// for an internet.
type desk struct {
	*watch.Watcher
	*pipeline.Pipeline
	t    *testing.T
	url  string
	now  time.Time
	site *site
}

// site serves pages that the test changes. A page that is not there is 404; a number for
// a page is a status.
type site struct {
	mu     sync.Mutex
	pages  map[string]string
	status map[string]int
	log    []string
	posted func(http.ResponseWriter, *http.Request)
	asked  func(path string)
}

func (s *site) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	s.mu.Lock()
	page, ok := s.pages[in.URL.Path]
	status, asked, posted := s.status[in.URL.Path], s.asked, s.posted
	s.log = append(s.log, in.URL.Path)
	s.mu.Unlock()
	tag := fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256([]byte(page))))
	switch {
	case in.Method == http.MethodPost:
		posted(out, in)
		return
	case status == http.StatusServiceUnavailable:
		out.Header().Set("Retry-After", "864000")
		fallthrough
	case status != 0:
		out.WriteHeader(status)
		return
	case !ok:
		http.NotFound(out, in)
		return
	case in.Header.Get("If-None-Match") == tag:
		out.WriteHeader(http.StatusNotModified)
		return
	}
	if asked != nil {
		asked(in.URL.Path)
	}
	out.Header().Set("ETag", tag)
	fmt.Fprint(out, page)
}

func (s *site) put(path, page string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = page
}

func setup(t *testing.T) *desk {
	t.Helper()
	return setupOn(t, func(path string) (store.Store, error) { return sqlite.Open(t.Context(), path) })
}

func setupOn(t *testing.T, open func(path string) (store.Store, error)) *desk {
	t.Helper()
	site := &site{pages: map[string]string{}, status: map[string]int{}}
	s := httptest.NewTLSServer(site)
	t.Cleanup(s.Close)
	d := &desk{t: t, url: s.URL, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), site: site}
	dir := t.TempDir()
	base, err := open(filepath.Join(dir, "base.sqlite"))
	must(t, err)
	t.Cleanup(func() { _ = base.Close() })
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	must(t, err)
	reader, err := read.New()
	must(t, err)
	self, err := os.Executable()
	must(t, err)
	d.Pipeline, err = pipeline.New(t.Context(), pipeline.Config{
		Store: base, Vault: archive, Reader: reader, Actor: corvee.LocalActor, Version: "test",
		Intake: intake.New(intake.Config{Decoder: []string{self, "decode"}, Timeout: 20 * time.Second, MemoryBytes: 1 << 30}),
		Clock:  d.clock, Random: rand.NewChaCha8([32]byte{1}),
	})
	must(t, err)
	d.Watcher = watch.New(d.Pipeline, d.web(s.Certificate()))
	return d
}

func (d *desk) clock() time.Time { return d.now }

// web reaches the loopback, where the test's server stands, and nothing else.
func (d *desk) web(certificate *x509.Certificate) *fetch.Fetcher {
	d.t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	f, err := fetch.New(fetch.Config{
		Clock: d.clock, Random: rand.NewChaCha8([32]byte{2}), Timeout: 20 * time.Second, Software: "corvee/test",
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		Network: &fetch.Network{Roots: roots, Reach: func(a netip.Addr) error {
			if !a.IsLoopback() {
				return errors.New("no test may leave this machine")
			}
			return nil
		}},
	})
	must(d.t, err)
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// told collects what a use case emits.
func (d *desk) told(useCase func(pipeline.Emit) error) (out []corvee.Message) {
	d.t.Helper()
	must(d.t, useCase(func(m corvee.Message) error {
		out = append(out, m)
		return nil
	}))
	return out
}

// look moves the clock past what is due, looks, and returns what was emitted, in short.
func (d *desk) look(later time.Duration) []string {
	d.t.Helper()
	d.now = d.now.Add(later)
	return d.short(d.told(func(emit pipeline.Emit) error {
		_, err := d.Watcher.Run(d.t.Context(), false, emit)
		return err
	}))
}

func (d *desk) short(messages []corvee.Message) (out []string) {
	for _, m := range messages {
		switch {
		case m.Change != nil:
			out = append(out, string(m.Change.Kind)+" "+strings.ReplaceAll(m.Change.Name, d.url, ""))
		case m.Rejected != nil:
			out = append(out, "rejected "+strings.ReplaceAll(m.Rejected.Input, d.url, ""))
		case m.Report != nil:
			out = append(out, "report "+strings.TrimPrefix(m.Report.URL, d.url))
		}
	}
	return out
}

func (d *desk) alerts() (out []string) {
	d.t.Helper()
	all, err := watch.Alerts(d.t.Context(), d.Pipeline)
	must(d.t, err)
	for _, a := range slices.Backward(all) {
		out = append(out, strings.TrimSpace(a.Kind+" "+strings.TrimPrefix(a.Address, d.url)))
	}
	return out
}

func (d *desk) add(w store.Watch) store.Watch {
	d.t.Helper()
	if w.Address != "" {
		w.Address = d.url + w.Address
	}
	w, err := d.Watcher.Add(d.t.Context(), w)
	must(d.t, err)
	return w
}

func (d *desk) want(what string, got []string, want ...string) {
	d.t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		d.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
