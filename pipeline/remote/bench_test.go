package remote_test

import (
	"context"
	"crypto/x509"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"corvee"
	"corvee/intake"
	"corvee/intake/fetch"
	"corvee/pipeline"
	"corvee/pipeline/remote"
	"corvee/read"
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

// desk is a base with a way out that ends at a server of the test.
type desk struct {
	*remote.Remote
	*pipeline.Pipeline
	t   *testing.T
	dir string
	url string
	now time.Time
}

func setup(t *testing.T, serve http.HandlerFunc) *desk {
	t.Helper()
	s := httptest.NewTLSServer(serve)
	t.Cleanup(s.Close)
	d := &desk{t: t, url: s.URL, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	dir := t.TempDir()
	d.dir = dir
	base, err := sqlite.Open(t.Context(), filepath.Join(dir, "base.sqlite"))
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
	d.Remote = remote.New(d.Pipeline, d.web(s.Certificate()))
	return d
}

func (d *desk) clock() time.Time { return d.now }

// fetched is when a fetch takes place: a minute before it is stored.
func (d *desk) fetched() time.Time { return d.now.Add(-time.Minute) }

// web reaches the loopback, where the test's server stands, and nothing else.
func (d *desk) web(certificate *x509.Certificate) *fetch.Fetcher {
	d.t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	f, err := fetch.New(fetch.Config{
		Clock: d.fetched, Random: rand.NewChaCha8([32]byte{2}), Timeout: 20 * time.Second, Software: "corvee/test",
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
