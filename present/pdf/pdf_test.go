package pdf_test

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"corvee"
	"corvee/present/pdf"
)

var made = corvee.Date{Year: 2026, Month: 11, Day: 24}

// printed prints a page, or skips where no browser is.
func printed(t *testing.T, page string) pdf.Printed {
	t.Helper()
	p, err := pdf.Print(t.Context(), []byte(page), made)
	if errors.Is(err, pdf.ErrNoBrowser) {
		t.Skip("SKIPPED: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What is printed says nothing of the machine, the browser and the time.
func TestPrint(t *testing.T) {
	t.Parallel()
	p := printed(t, `<!doctype html><html lang="ko"><meta charset="utf-8"><title>훈춘 (공장) \ one</title><p>북한 노동자 200명</p></html>`)
	if !bytes.HasPrefix(p.Bytes, []byte("%PDF-")) || !bytes.Contains(p.Bytes, []byte("%%EOF")) {
		t.Fatalf("%d bytes that are no PDF", len(p.Bytes))
	}
	for _, canary := range []string{"HeadlessChrome", "Mozilla", "Skia", "Linux", "corvee-print-", os.TempDir() + "/"} {
		if bytes.Contains(p.Bytes, []byte(canary)) {
			t.Errorf("the file says %q", canary)
		}
	}
	if !bytes.Contains(p.Bytes, []byte("/CreationDate (D:20261124000000+00'00')")) || !bytes.Contains(p.Bytes, []byte("/Creator (Corvee ")) {
		t.Error("the file is not dated by the day it was made")
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "corvee-print-*"))
	if len(left) > 0 {
		t.Logf("folders of other prints: %v", left)
	}
}

// A page that asks for something gets nothing: no address of this machine is reached.
func TestNoNetwork(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Listener = listener
	s.Start()
	defer s.Close()
	if response, err := http.Get(s.URL); err != nil || asked.Load() != 1 {
		t.Fatal("the server does not answer: the test sees nothing", err)
	} else {
		response.Body.Close()
	}
	printed(t, strings.ReplaceAll(`<!doctype html><img src="URL/i"><link rel="stylesheet" href="URL/c"><iframe src="URL/f"></iframe><script>fetch("URL/s")</script><p>x</p><script>document.body.innerHTML = "canary"</script>`, "URL", s.URL))
	if n := asked.Load(); n != 1 {
		t.Errorf("the page asked %d times", n-1)
	}
}

// Without a browser the names that were looked for are said; a page is not printed by something
// else.
func TestNoBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := pdf.Print(t.Context(), []byte("x"), made)
	if !errors.Is(err, pdf.ErrNoBrowser) || !strings.Contains(err.Error(), "chromium, ") {
		t.Error(err)
	}
}
