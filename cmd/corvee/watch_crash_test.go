package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A look that is killed while it waits for the second item has told of the first; the next
// look tells of the second and the third, and the alerts name each of them once.
func TestKilledWatchGoesOn(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var victim *exec.Cmd
	feed := "<rss><channel><item><title>item 0</title><link>/0</link></item></channel></rss>"
	server := httptest.NewTLSServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case in.URL.Path == "/feed.xml":
			fmt.Fprint(out, feed)
		case in.URL.Path == "/2" && victim != nil:
			_ = victim.Process.Kill()
			victim = nil
		case in.URL.Path == "/robots.txt":
			http.NotFound(out, in)
		default:
			out.Header().Set("Content-Type", "text/plain")
			fmt.Fprintf(out, "A mill in Hunchun\n\nSome 90 North Korean women knit at mill %s, a trader said.\n", in.URL.Path)
		}
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	roots, err := (&site{Server: server}).roots(dir)
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(dir, "base.sqlite")
	look := func() *exec.Cmd {
		cmd := exec.Command("corvee-local", "--base", base, "watch", "--once", "--all", "--pace", "1ms", "--alerts", filepath.Join(dir, "alerts.xml"))
		cmd.Env = append(os.Environ(), "TEST_ROOTS="+roots)
		return cmd
	}
	mustRun(t, base, "watch", "feed", "--read", server.URL+"/feed.xml")
	if out, err := look().CombinedOutput(); err != nil {
		t.Fatalf("the first look: %v\n%s", err, out)
	}
	mu.Lock()
	for i := 1; i <= 3; i++ {
		feed = strings.Replace(feed, "</channel>", fmt.Sprintf("<item><title>item %d</title><link>/%d</link></item></channel>", i, i), 1)
	}
	victim = look()
	killed := victim
	mu.Unlock()
	if err := killed.Run(); err == nil {
		t.Fatal("the second look was not killed")
	}
	out, err := look().Output()
	if err != nil {
		t.Fatal(err)
	}
	if told := string(out); strings.Contains(told, "item 1") || !strings.Contains(told, "item 2") || !strings.Contains(told, "item 3") {
		t.Errorf("after the kill it told:\n%s", told)
	}
	alerts, err := os.ReadFile(filepath.Join(dir, "alerts.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= 3; i++ {
		if n := strings.Count(string(alerts), fmt.Sprintf(`href="%s/%d"`, server.URL, i)); n != 1 {
			t.Errorf("%d alerts of item %d, want one", n, i)
		}
	}
}
