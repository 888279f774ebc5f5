package fetch_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee/intake/fetch"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func get(t testing.TB, f *fetch.Fetcher, address string) fetch.Response {
	t.Helper()
	r, err := f.Get(t.Context(), fetch.Request{URL: address})
	if err != nil {
		t.Fatalf("Get(%s): %v", address, err)
	}
	return r
}

func TestGet(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	base := w.serveTLS(func(out http.ResponseWriter, in *http.Request) {
		switch in.URL.Path {
		case "/old":
			out.Header().Set("Set-Cookie", "reader=canary-cookie")
			http.Redirect(out, in, "/기사?id=1#top", http.StatusFound)
		default:
			if in.Header.Get("Cookie") != "" || in.Header.Get("Referer") != "" || in.Header.Get("User-Agent") != "Invented Reader/1" || in.Header.Get("Accept-Language") != "" {
				t.Errorf("asked with %v", in.Header)
			}
			h := out.Header()
			h.Set("Content-Type", "Text/HTML; Charset=EUC-KR")
			h.Set("Set-Cookie", "reader=canary-cookie")
			h.Set("X-Client-Ip", "canary-address")
			h.Set("ETag", `"canary-tag"`)
			h.Set("Last-Modified", "Mon, 23 Nov 2026 08:00:00 GMT")
			fmt.Fprint(out, "<p>Some 90 women knit there.</p>")
		}
	})
	r := get(t, w.fetcher(func(c *fetch.Config) { c.UserAgent = "Invented Reader/1" }), base+"/old#part")
	if got := string(r.Body); got != "<p>Some 90 women knit there.</p>" {
		t.Errorf("body %q", got)
	}
	want := fetch.Response{
		Asked: base + "/old#part", Address: base + "/%ea%b8%b0%ec%82%ac?id=1", At: w.clock(), MediaType: "text/html", Charset: "euc-kr",
		ETag: `"canary-tag"`, LastModified: "Mon, 23 Nov 2026 08:00:00 GMT",
	}
	kept := r
	kept.Body, kept.Archive, kept.Certificates = nil, nil, nil
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	checkArchive(t, r)
}

// checkArchive holds what an archive keeps and what it must not.
func checkArchive(t *testing.T, r fetch.Response) {
	t.Helper()
	archive := string(r.Archive)
	for _, canary := range []string{"canary", "Cookie", "127.0.0.1", "ETag", "WARC-IP-Address", "hostname"} {
		if strings.Contains(archive, canary) {
			t.Errorf("the archive holds %q", canary)
		}
	}
	for _, part := range []string{
		"WARC-Target-URI: " + r.Address + "\r\n", "Location: /", "HTTP/1.1 302 Found", "User-Agent: Invented Reader/1",
		"\r\n\r\n<p>Some 90 women knit there.</p>\r\n\r\n", "certificate-sha256: " + r.Certificates[0], "robots: obeyed", "WARC-Date: 2026-11-24T09:0",
	} {
		if !strings.Contains(archive, part) {
			t.Errorf("the archive lacks %q", part)
		}
	}
	if n := strings.Count(archive, "WARC/1.1\r\n"); n != 7 {
		t.Errorf("%d records, want 7: one for the file, three for each exchange", n)
	}
}

func TestSameAnswerSameBytes(t *testing.T) {
	t.Parallel()
	var archives [2][]byte
	w := newWeb(t)
	base := w.serve(func(out http.ResponseWriter, _ *http.Request) {
		out.Header()["Date"] = nil
		for i := range 9 {
			out.Header().Add("Content-Language", fmt.Sprint("x-", i))
		}
		fmt.Fprint(out, "words")
	})
	for i := range archives {
		w.now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
		archives[i] = get(t, w.fetcher(nil), base).Archive
	}
	if diff := cmp.Diff(string(archives[0]), string(archives[1])); diff != "" {
		t.Errorf("two archives of one answer:\n%s", diff)
	}
}

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zlibbed(text string) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return b.Bytes()
}

func TestPackedBodies(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	bodies := map[string][]byte{"/gzip": gzipped(t, "words"), "/deflate": zlibbed("words"), "/identity": []byte("words"), "/x-gzip": gzipped(t, "words")}
	base := w.serve(func(out http.ResponseWriter, in *http.Request) {
		out.Header().Set("Content-Encoding", in.URL.Path[1:])
		_, _ = out.Write(bodies[in.URL.Path])
	})
	f := w.fetcher(nil)
	for path, packed := range bodies {
		r := get(t, f, base+path)
		if string(r.Body) != "words" || !bytes.Contains(r.Archive, append([]byte("\r\n\r\n"), packed...)) {
			t.Errorf("%s: body %q, or the archive is not as it was sent", path, r.Body)
		}
	}
}

// TestHostileBodies: each costs the limit and no more, and says why it is refused.
func TestHostileBodies(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	stop := make(chan struct{})
	bomb := gzipped(t, strings.Repeat("\x00", 64<<20))
	base := w.serve(func(out http.ResponseWriter, in *http.Request) {
		switch in.URL.Path {
		case "/endless":
			for chunk := bytes.Repeat([]byte("x"), 1<<16); ; {
				if _, err := out.Write(chunk); err != nil {
					return
				}
			}
		case "/slow":
			for {
				if _, err := out.Write([]byte("x")); err != nil {
					return
				}
				_ = http.NewResponseController(out).Flush()
				select {
				case <-stop:
					return
				case <-in.Context().Done():
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		case "/silent":
			select {
			case <-stop:
			case <-in.Context().Done():
			}
		case "/bomb":
			out.Header().Set("Content-Encoding", "gzip")
			_, _ = out.Write(bomb)
		case "/broken":
			out.Header().Set("Content-Encoding", "gzip")
			_, _ = out.Write(gzipped(t, "some words")[:16])
		case "/brotli":
			out.Header().Set("Content-Encoding", "br")
			_, _ = out.Write([]byte("words"))
		case "/short":
			out.Header().Set("Content-Length", "100")
			_, _ = out.Write([]byte("words"))
		case "/headers":
			for i := range 10_000 {
				out.Header().Set(fmt.Sprint("X-", i), strings.Repeat("y", 100))
			}
		}
	})
	t.Cleanup(func() { close(stop) })
	f := w.fetcher(func(c *fetch.Config) { c.MaxBytes = 1 << 20; c.Timeout = 5 * time.Second })
	hasty := w.fetcher(func(c *fetch.Config) { c.Timeout = 300 * time.Millisecond })
	for path, want := range map[string]string{
		"/endless": "sends more than 1 MB", "/bomb": "sends more than 1 MB", "/broken": "breaks off", "/brotli": "not asked for",
		"/short": "breaks off", "/headers": "breaks off", "/slow": "takes too long", "/silent": "takes too long",
	} {
		reader := f
		if strings.HasPrefix(path, "/s") && path != "/short" {
			reader = hasty
		}
		_, err := reader.Get(t.Context(), fetch.Request{URL: base + path})
		refused(t, err, want)
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	plain := w.serve(func(out http.ResponseWriter, _ *http.Request) { fmt.Fprint(out, "words") })
	to := map[string]string{
		"/metadata": "http://169.254.169.254/latest/meta-data/", "/mapped": "http://[::ffff:10.0.0.1]/", "/file": "file:///etc/passwd",
		"/loopback": "http://localhost:8080/", "/number": "http://2130706433/", "/login": "https://a:b@mill.example/",
		"/a": "/b", "/b": "/a#x", "/nowhere": "", "/down": plain, "/mail": "http://mill.example:25/",
	}
	base := w.serveTLS(func(out http.ResponseWriter, in *http.Request) {
		if at, ok := to[in.URL.Path]; ok {
			out.Header().Set("Location", at)
			out.WriteHeader(http.StatusMovedPermanently)
			return
		}
		http.Redirect(out, in, in.URL.Path+"1", http.StatusTemporaryRedirect)
	})
	f := w.fetcher(nil)
	for path, want := range map[string]string{
		"/metadata": "link-local", "/mapped": "IPv4-mapped", "/file": "only http and https", "/loopback": "is not fetched",
		"/number": "is not fetched", "/login": "name or password", "/a": "in a circle", "/nowhere": "to no address",
		"/down": "from https to http", "/mail": "port 25", "/x": "more than 8 times",
	} {
		_, err := f.Get(t.Context(), fetch.Request{URL: base + path})
		refused(t, err, want)
	}
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	good := w.serveTLS(func(out http.ResponseWriter, _ *http.Request) { fmt.Fprint(out, "words") })
	stranger := httptest.NewUnstartedServer(http.NotFoundHandler())
	stranger.Config.ErrorLog = quiet()
	stranger.StartTLS()
	t.Cleanup(stranger.Close)
	r := get(t, w.fetcher(nil), good)
	if len(r.Certificates) != 1 || len(r.Certificates[0]) != 2*sha256.Size {
		t.Errorf("certificates %v", r.Certificates)
	}
	if _, err := hex.DecodeString(r.Certificates[0]); err != nil {
		t.Error(err)
	}
	_, err := w.fetcher(nil).Get(t.Context(), fetch.Request{URL: strings.Replace(good, "example.com", "mill.example", 1)})
	refused(t, err, "cannot show who it is")
	alone := newWeb(t)
	_, err = alone.fetcher(nil).Get(t.Context(), fetch.Request{URL: "https://example.com:" + port(stranger.URL)})
	refused(t, err, "cannot show who it is")
	_, err = w.fetcher(nil).Get(t.Context(), fetch.Request{URL: strings.Replace(good, "https", "http", 1)})
	if err == nil {
		t.Error("a TLS port was read in the clear")
	}
}

func TestConditional(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	base := w.serve(func(out http.ResponseWriter, in *http.Request) {
		if in.Header.Get("If-None-Match") == `"1"` || in.Header.Get("If-Modified-Since") == "then" || in.URL.Path == "/liar" {
			out.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(out, "words")
	})
	f := w.fetcher(nil)
	for _, r := range []fetch.Request{{URL: base, ETag: `"1"`}, {URL: base, LastModified: "then"}} {
		got, err := f.Get(t.Context(), r)
		if err != nil || !got.Unchanged || got.Archive != nil {
			t.Errorf("%+v: unchanged %v, %v", r, got.Unchanged, err)
		}
	}
	if got, err := f.Get(t.Context(), fetch.Request{URL: base, ETag: `"2"`, NoArchive: true}); err != nil || got.Unchanged || got.Archive != nil {
		t.Errorf("another tag: %+v, %v", got, err)
	}
	_, err := f.Get(t.Context(), fetch.Request{URL: base + "/liar"})
	refused(t, err, "304")
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	base := w.serve(func(out http.ResponseWriter, in *http.Request) {
		var status int
		_, _ = fmt.Sscan(in.URL.Path[1:], &status)
		out.WriteHeader(status)
	})
	f := w.fetcher(nil)
	for status, retryable := range map[int]bool{204: false, 400: false, 401: false, 403: false, 404: false, 410: false, 451: false, 408: true, 500: true, 502: true} {
		_, err := f.Get(t.Context(), fetch.Request{URL: fmt.Sprint(base, "/", status)})
		if failure := refused(t, err, fmt.Sprint(status)); failure.Retryable != retryable || failure.Status != status {
			t.Errorf("%d: retryable %v, status %d", status, failure.Retryable, failure.Status)
		}
	}
}

// TestRetryAfter: a host that wants to be left alone is left alone.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	var asked atomic.Int32
	base := w.serve(func(out http.ResponseWriter, in *http.Request) {
		if asked.Add(1) > 1 {
			fmt.Fprint(out, "words")
			return
		}
		out.Header().Set("Retry-After", "600")
		out.WriteHeader(http.StatusTooManyRequests)
	})
	f := w.fetcher(nil)
	_, err := f.Get(t.Context(), fetch.Request{URL: base})
	failure := refused(t, err, "429")
	if got := failure.Until.Sub(w.clock()); got != 600*time.Second || !failure.Retryable {
		t.Errorf("come again in %s", got)
	}
	_, err = f.Get(t.Context(), fetch.Request{URL: base})
	if again := refused(t, err, "wants no request before then"); !again.Until.Equal(failure.Until) || asked.Load() != 1 {
		t.Errorf("asked %d times, until %s", asked.Load(), again.Until)
	}
	if err := w.wait(t.Context(), 10*time.Minute); err != nil {
		t.Fatal(err)
	}
	get(t, f, base)
}

func TestRetryAfterAsADate(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	values := map[string]time.Duration{
		w.now.Add(time.Hour).Format(http.TimeFormat): time.Hour, "999999999999999999": 7 * 24 * time.Hour, "-5": 0, "soon": 0,
		w.now.Add(-time.Hour).Format(http.TimeFormat): 0, "Fri, 31 Dec 9999 23:59:59 GMT": 7 * 24 * time.Hour, "1000000000": 7 * 24 * time.Hour,
	}
	for value, want := range values {
		var now time.Time
		base := w.serve(func(out http.ResponseWriter, _ *http.Request) {
			out.Header().Set("Retry-After", value)
			out.WriteHeader(http.StatusServiceUnavailable)
		})
		_, err := w.fetcher(nil).Get(t.Context(), fetch.Request{URL: base, IgnoreRobots: true})
		now = w.clock()
		failure := refused(t, err, "503")
		if value == "999999999999999999" && failure.Until.IsZero() {
			continue // no number that this machine can hold: as if it were not said
		}
		got := time.Duration(0)
		if !failure.Until.IsZero() {
			got = failure.Until.Sub(now)
		}
		if got != want {
			t.Errorf("Retry-After %q: %s, want %s", value, got, want)
		}
	}
}

func TestRobots(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	var files sync.Map
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		if in.URL.Path == "/jump" {
			http.Redirect(out, in, "http://strict.example:"+port(in.Host)+"/x", http.StatusFound)
			return
		}
		if in.URL.Path != "/robots.txt" {
			fmt.Fprint(out, "words")
			return
		}
		asked.Add(1)
		host, _, _ := strings.Cut(in.Host, ".")
		switch host {
		case "none":
			http.NotFound(out, in)
		case "ill":
			out.WriteHeader(http.StatusBadGateway)
		case "busy":
			out.WriteHeader(http.StatusTooManyRequests)
		case "moved":
			http.Redirect(out, in, "http://strict.example:"+port(in.Host)+"/robots.txt", http.StatusFound)
		case "circle":
			http.Redirect(out, in, "/robots.txt", http.StatusFound)
		default:
			text, _ := files.Load(host)
			fmt.Fprint(out, text)
		}
	}))
	t.Cleanup(s.Close)
	files.Store("strict", "User-agent: *\nDisallow: /\n")
	files.Store("named", "User-agent: invented\nDisallow: /x\nUser-agent: *\nDisallow: /\n")
	files.Store("slow", "User-agent: *\nCrawl-delay: 20\n")
	f := w.fetcher(func(c *fetch.Config) { c.UserAgent = "Invented/2" })
	try := func(host, path string, ignore bool) error {
		_, err := f.Get(t.Context(), fetch.Request{URL: "http://" + host + ".example:" + port(s.URL) + path, IgnoreRobots: ignore})
		return err
	}
	for _, host := range []string{"none", "circle", "slow"} {
		if err := try(host, "/x", false); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	refused(t, try("strict", "/x", false), "forbids /x")
	refused(t, try("moved", "/x", false), "forbids /x")
	refused(t, try("none", "/jump", false), "strict.example:"+port(s.URL)+" forbids /x")
	refused(t, try("named", "/x", false), "forbids /x")
	for _, host := range []string{"ill", "busy"} {
		if failure := refused(t, try(host, "/x", false), "taken as forbidden"); !failure.Retryable {
			t.Errorf("%s: a robots.txt that cannot be had may be had later", host)
		}
	}
	before := asked.Load()
	if err := errors.Join(try("named", "/y", false), try("strict", "/x", true)); err != nil {
		t.Errorf("what is allowed, and what a person asks for: %v", err)
	}
	if asked.Load() != before {
		t.Error("a robots.txt that is known was asked for again")
	}
	if err := try("slow", "/y", false); err != nil || w.waited[len(w.waited)-1] < 10*time.Second {
		t.Errorf("waited %v, %v; want the delay that the site asks for", w.waited, err)
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	base := w.serve(func(out http.ResponseWriter, _ *http.Request) { fmt.Fprint(out, "words") })
	f := w.fetcher(func(c *fetch.Config) { c.Pace = 3 * time.Second })
	for range 3 {
		if _, err := f.Get(t.Context(), fetch.Request{URL: base, IgnoreRobots: true}); err != nil {
			t.Fatal(err)
		}
	}
	other := strings.Replace(base, "mill", "other", 1)
	if _, err := f.Get(t.Context(), fetch.Request{URL: other, IgnoreRobots: true}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]time.Duration{3 * time.Second, 3 * time.Second}, w.waited); diff != "" {
		t.Errorf("waited (-want +got):\n%s", diff)
	}
}

func TestEndedContext(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	ctx, cancel := context.WithCancel(t.Context())
	base := w.serve(func(_ http.ResponseWriter, in *http.Request) {
		cancel()
		<-in.Context().Done()
	})
	if _, err := w.fetcher(nil).Get(ctx, fetch.Request{URL: base}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end of the context", err)
	}
}

func TestPost(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	var got string
	base := w.serve(func(out http.ResponseWriter, in *http.Request) {
		body, _ := io.ReadAll(in.Body)
		got = in.Method + " " + in.Header.Get("Webhook-Id") + " " + string(body)
		if in.URL.Path == "/moved" {
			http.Redirect(out, in, "/", http.StatusTemporaryRedirect)
		}
	})
	f := w.fetcher(nil)
	status, err := f.Post(t.Context(), base, map[string]string{"Webhook-Id": "a1"}, []byte("{}"))
	if status != 200 || err != nil || got != "POST a1 {}" {
		t.Errorf("status %d, %v, received %q", status, err, got)
	}
	_, err = f.Post(t.Context(), base+"/moved", nil, nil)
	refused(t, err, "307")
	_, err = f.Post(t.Context(), "http://10.1.2.3/hook", nil, nil)
	refused(t, err, "private")
}

// TestNoEnvironment: a proxy that somebody set for other programs is not taken.
func TestNoEnvironment(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("ALL_PROXY", "http://127.0.0.1:1")
	w := newWeb(t)
	base := w.serve(func(out http.ResponseWriter, _ *http.Request) { fmt.Fprint(out, "words") })
	get(t, w.fetcher(nil), base)
	if os.Getenv("HTTP_PROXY") == "" {
		t.Error("the variable is not set")
	}
}
