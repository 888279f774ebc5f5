package fetch_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"corvee/intake/fetch"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"0.0.0.0", "0.1.2.3", "10.255.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.9.1", "169.254.169.254", "172.16.0.1",
		"172.31.255.255", "192.0.0.8", "192.0.2.7", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9",
		"224.0.0.251", "239.1.1.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
		"100::1", "2001::1", "2001:0:53aa:64c::1", "2001:db8::1", "2002:7f00:1::1", "2002:a9fe:a9fe::", "3fff::1", "5f00::1",
		"fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "ff02::1", "4000::1", "8000::1", "e000::1", "200::1",
	} {
		if err := fetch.Public(netip.MustParseAddr(text)); err == nil {
			t.Errorf("%s may be reached", text)
		}
	}
	for _, text := range []string{"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1", "223.255.255.1",
		"2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450::1", "64:ff9b::8.8.8.8", "2002:808:808::1"} {
		if err := fetch.Public(netip.MustParseAddr(text)); err != nil {
			t.Errorf("%s may not be reached: %v", text, err)
		}
	}
}

// TestNoClothesHelp is a law: what is not public stays so however it is written in IPv6.
func TestNoClothesHelp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v4 := netip.AddrFrom4([4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "address")))
		if fetch.Public(v4) == nil {
			return
		}
		b := v4.As4()
		for _, head := range []string{"::", "::ffff:", "64:ff9b::", "::ffff:0:"} {
			if a := netip.MustParseAddr(head + v4.String()); fetch.Public(a) == nil {
				t.Errorf("%s may be reached", a)
			}
		}
		if a := netip.MustParseAddr(fmt.Sprintf("2002:%02x%02x:%02x%02x::1", b[0], b[1], b[2], b[3])); fetch.Public(a) == nil {
			t.Errorf("%s may be reached", a)
		}
	})
}

func TestRefusedAddresses(t *testing.T) {
	t.Parallel()
	f := newWeb(t).fetcher(nil)
	for _, address := range []string{
		"", "words", "//mill.example", "ftp://mill.example/", "gopher://mill.example:70/", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
		"http://", "http://user@mill.example/", "http://mill/", "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://printer.local/",
		"http://metadata.google.internal/", "http://router.home.arpa/", "http://127.1/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.0.0.1./",
		"http://2130706433/", "http://[::1]/", "http://[fe80::1%25eth0]/", "http://169.254.169.254/", "http://10.0.0.1:8080/", "http://mill.example:22/",
		"http://mill.example:0/", "http://mill.example:99999/", "http://mill.example:-1/", "https://abcdefghijklmnop.onion/", "http://mill..example\x00/",
		"http://１２７.０.０.１/", "http://mill.example/" + strings.Repeat("a", 10_000), "http://mill.example%2f@127.0.0.1/", "http://127.0.0.1%00.mill.example/",
		"http:mill.example", "http://⑯⑨。②⑤④。⑯⑨。②⑤④/",
	} {
		_, err := f.Get(t.Context(), fetch.Request{URL: address, IgnoreRobots: true})
		refused(t, err, "")
	}
}

// FuzzAddress: whatever is written, what is asked for is an address of the web without a
// name in it, and the same when it is read again.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{
		"https://gazette.example/a?b#c", "http://①②⑦.0.0.1/", "http://[::ffff:7f00:1]:80/", "HTTP://Gazette.Example.:443/%zz", "http://기사.example/기사",
		"https://a@b@c/", "http://127.0.0.1\\@gazette.example/", "http://gazette.example:080/", "http://0/", "http://[::1%25lo]/",
	} {
		f.Add(seed)
	}
	fetcher, err := fetch.New(fetch.Config{Clock: time.Now})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := fetch.Address(fetcher, text)
		if err != nil {
			return
		}
		u, err := url.Parse(at)
		if err != nil || u.User != nil || u.Fragment != "" || u.Scheme != "http" && u.Scheme != "https" {
			t.Fatalf("%q is asked for as %q", text, at)
		}
		if ip, err := netip.ParseAddr(u.Hostname()); err == nil && fetch.Public(ip) != nil || u.Hostname() == "localhost" {
			t.Errorf("%q leads inward as %q", text, at)
		}
		if again, err := fetch.Address(fetcher, at); err != nil || again != at {
			t.Errorf("%q, then %q, then %q (%v)", text, at, again, err)
		}
	})
}

// TestRebinding: the name server first gives an address outside, then one inside. Only the
// address that is about to be dialled counts.
func TestRebinding(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("needs a second loopback address")
	}
	inside := netip.MustParseAddr("127.0.0.2")
	var mu sync.Mutex
	reached := 0
	secret := &httptest.Server{Listener: listen(t, "127.0.0.2:0"), Config: &http.Server{Handler: http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		reached++
		fmt.Fprint(out, "secret")
	})}}
	secret.Start()
	t.Cleanup(secret.Close)
	at := port(secret.URL)
	door := &httptest.Server{Listener: listen(t, "127.0.0.1:"+at), Config: &http.Server{Handler: http.NotFoundHandler()}}
	door.Start()
	t.Cleanup(door.Close)

	w := newWeb(t)
	w.names["rebind.example"] = []netip.Addr{outside, inside}
	_, err := w.fetcher(nil).Get(t.Context(), fetch.Request{URL: "http://rebind.example:" + at + "/"})
	refused(t, err, "loopback")
	w.names["inward.example"] = []netip.Addr{inside}
	_, err = w.fetcher(nil).Get(t.Context(), fetch.Request{URL: "http://inward.example:" + at + "/", IgnoreRobots: true})
	refused(t, err, "loopback")
	if mu.Lock(); reached != 0 {
		t.Errorf("the machine inside was reached %d times", reached)
	}
	mu.Unlock()
	if w.lookups() < 3 {
		t.Errorf("%d lookups: the name was not asked for again", w.lookups())
	}
}

func listen(t *testing.T, at string) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", at)
	if err != nil {
		t.Skip(err)
	}
	return l
}

// TestProxies: names go to the proxy as names, and nothing is looked up here.
func TestProxies(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	plain := w.serve(func(out http.ResponseWriter, in *http.Request) { fmt.Fprint(out, in.Host) })
	secure := w.serveTLS(func(out http.ResponseWriter, in *http.Request) { fmt.Fprint(out, in.Host) })
	for kind, start := range map[string]func(*testing.T) *proxy{"socks5h": socks, "http": httpProxy} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			f := w.fetcher(func(c *fetch.Config) { c.Proxy = kind + "://" + p.at })
			for _, address := range []string{plain, secure} {
				if r := get(t, f, address); !strings.HasSuffix(address, string(r.Body)) {
					t.Errorf("%s gave %q", address, r.Body)
				}
			}
			for _, address := range []string{"http://10.0.0.1/", "http://2130706433/", "http://localhost:8080/"} {
				_, err := f.Get(t.Context(), fetch.Request{URL: address})
				refused(t, err, "is not fetched")
			}
			if _, err := f.Get(t.Context(), fetch.Request{URL: "http://abcdefghijklmnop.onion/"}); err == nil {
				t.Error("an onion address answers")
			}
			if got := strings.Join(p.names(), " "); !strings.Contains(got, "mill.example:") || !strings.Contains(got, "example.com:") || !strings.Contains(got, ".onion:80") {
				t.Errorf("the proxy was asked for %s", got)
			}
			if w.lookups() != 0 {
				t.Errorf("looked up here: %v", w.asked)
			}
		})
	}
}

func TestProxyThatIsNone(t *testing.T) {
	t.Parallel()
	w := newWeb(t)
	for _, address := range []string{"socks5://127.0.0.1:9050", "127.0.0.1:9050", "socks5h://", "ftp://x:1", "://", "socks5h"} {
		c := w.config()
		c.Proxy = address
		if _, err := fetch.New(c); err == nil || strings.Contains(err.Error(), "9050") {
			t.Errorf("proxy %q: %v", address, err)
		}
	}
	c := w.config()
	c.UserAgent = "a\r\nCookie: b"
	if _, err := fetch.New(c); err == nil {
		t.Error("a user agent of two lines")
	}
	if _, err := fetch.Dial(t.Context(), w.fetcher(func(c *fetch.Config) { c.Proxy = "socks5h://gazette.example" }), "127.0.0.1:80"); err == nil ||
		!strings.Contains(err.Error(), "only the proxy") || w.lookups() != 0 {
		t.Errorf("dialled past the proxy: %v, %d lookups", err, w.lookups())
	}
	dead := listen(t, "127.0.0.1:0")
	at := dead.Addr().String()
	_ = dead.Close()
	for _, kind := range []string{"socks5h", "http"} {
		f := w.fetcher(func(c *fetch.Config) { c.Proxy = kind + "://user:canary@" + at })
		_, err := f.Get(t.Context(), fetch.Request{URL: "http://mill.example/"})
		refused(t, err, "through the proxy")
		if strings.Contains(err.Error(), "canary") || w.lookups() != 0 {
			t.Errorf("%v, %d lookups", err, w.lookups())
		}
	}
}

// proxy remembers what it was asked to reach, and reaches this machine instead.
type proxy struct {
	at string
	mu sync.Mutex
	to []string
}

func (p *proxy) names() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.to
}

func (p *proxy) dial(name string) (net.Conn, error) {
	p.mu.Lock()
	p.to = append(p.to, name)
	p.mu.Unlock()
	_, port, err := net.SplitHostPort(name)
	if err != nil || strings.HasSuffix(strings.TrimSuffix(name, ":"+port), ".onion") {
		return nil, fmt.Errorf("no way to %s", name)
	}
	return net.Dial("tcp", "127.0.0.1:"+port)
}

func (p *proxy) join(a, b net.Conn) {
	go func() { _, _ = io.Copy(a, b); _ = a.Close() }()
	_, _ = io.Copy(b, a)
	_ = b.Close()
}

func accept(t *testing.T, handle func(*proxy, net.Conn)) *proxy {
	t.Helper()
	l := listen(t, "127.0.0.1:0")
	t.Cleanup(func() { _ = l.Close() })
	p := &proxy{at: l.Addr().String()}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go handle(p, c)
		}
	}()
	return p
}

// socks speaks as much of RFC 1928 as a client needs, and takes names only.
func socks(t *testing.T) *proxy {
	return accept(t, func(p *proxy, c net.Conn) {
		defer c.Close()
		head := make([]byte, 2)
		if _, err := io.ReadFull(c, head); err != nil {
			return
		}
		_, _ = io.CopyN(io.Discard, c, int64(head[1]))
		_, _ = c.Write([]byte{5, 0})
		ask := make([]byte, 5)
		if _, err := io.ReadFull(c, ask); err != nil || ask[3] != 3 {
			t.Errorf("asked for an address of type %d, want a name", ask[3])
			return
		}
		rest := make([]byte, int(ask[4])+2)
		if _, err := io.ReadFull(c, rest); err != nil {
			return
		}
		name := string(rest[:ask[4]])
		to, err := p.dial(fmt.Sprintf("%s:%d", name, binary.BigEndian.Uint16(rest[ask[4]:])))
		if err != nil {
			_, _ = c.Write([]byte{5, 4, 0, 1, 0, 0, 0, 0, 0, 0})
			return
		}
		_, _ = c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
		p.join(c, to)
	})
}

func httpProxy(t *testing.T) *proxy {
	return accept(t, func(p *proxy, c net.Conn) {
		defer c.Close()
		in, err := http.ReadRequest(bufio.NewReader(c))
		if err != nil {
			return
		}
		name := in.Host
		if !strings.Contains(name, ":") {
			name += ":80"
		}
		to, err := p.dial(name)
		if err != nil {
			fmt.Fprint(c, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
			return
		}
		if in.Method == http.MethodConnect {
			fmt.Fprint(c, "HTTP/1.1 200 OK\r\n\r\n")
		} else if err := in.Write(to); err != nil {
			return
		}
		p.join(c, to)
	})
}
