package main

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"corvee/cmd/corvee/internal/world"
	"corvee/intake/fetch"
)

// localMain is the command with this machine for an internet: scripts call it
// corvee-local. Only a test binary can be this.
func localMain() {
	if len(os.Args) > 1 && os.Args[1] == "decode" { // the child, which has no environment
		main()
	}
	pool := x509.NewCertPool()
	roots, err := os.ReadFile(os.Getenv("TEST_ROOTS"))
	if err != nil || !pool.AppendCertsFromPEM(roots) {
		fmt.Fprintln(os.Stderr, "no certificate of the test's server:", err)
		os.Exit(int(world.ExitFailed))
	}
	os.Exit(int(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, &fetch.Network{Roots: pool, Reach: func(a netip.Addr) error {
		if !a.IsLoopback() {
			return errors.New("no test may leave this machine")
		}
		return nil
	}})))
}

// site is a server of files that a script can change: what lies in its folder is what it
// serves. A POST is kept beside them, as received-N.
type site struct {
	*httptest.Server
	dir string
	mu  sync.Mutex
	n   int
}

func newSite(t *testing.T, dir string) *site {
	s := &site{dir: dir}
	s.Server = httptest.NewTLSServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	if in.Method == http.MethodPost {
		s.receive(out, in)
		return
	}
	// A file that is changed within a second has the same time and another tag.
	if body, err := os.ReadFile(filepath.Join(s.dir, filepath.Clean("/"+in.URL.Path))); err == nil {
		out.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(body)))
	}
	http.FileServer(http.Dir(s.dir)).ServeHTTP(out, in)
}

func (s *site) receive(out http.ResponseWriter, in *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	body := make([]byte, 1<<20)
	n, _ := in.Body.Read(body)
	text := fmt.Sprintf("%s\n%s\n%s\n%s\n", in.Header.Get("Webhook-Id"), in.Header.Get("Webhook-Timestamp"), in.Header.Get("Webhook-Signature"), body[:n])
	if err := os.WriteFile(filepath.Join(s.dir, fmt.Sprint("received-", s.n)), []byte(text), 0o600); err != nil {
		out.WriteHeader(http.StatusInternalServerError)
	}
}

// roots writes the server's certificate where localMain finds it.
func (s *site) roots(dir string) (string, error) {
	path := filepath.Join(dir, "roots.pem")
	return path, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600)
}
