package fetch

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
)

// Config bounds what a fetch may cost and says how it goes out. A zero bound takes its
// default.
type Config struct {
	// Proxy is "" or socks5h://, http:// or https:// with a host: every connection then
	// goes through it and every name is looked up there.
	Proxy string
	// UserAgent is what a fetch says of itself, as the operator wants it (default
	// "Mozilla/5.0 (compatible)", which tells a site nothing).
	UserAgent string
	// MaxBytes bounds a body, packed and unpacked (default 64 MB).
	MaxBytes int64
	// Timeout bounds one exchange from the first dial to the last byte (default 60 s).
	Timeout time.Duration
	// MaxRedirects is how often an answer may lead on (default 8).
	MaxRedirects int
	// Pace is the least time between two requests to one host (default 1 s).
	Pace time.Duration
	// Clock is required. Random is where the ids of archived records come from; required.
	Clock  func() time.Time
	Random io.Reader
	// Wait sleeps; nil really does. Tests hold it still.
	Wait func(context.Context, time.Duration) error
	// Software names the program and its version in an archive.
	Software string
	// Network is nil but in tests.
	Network *Network
}

const (
	defaultAgent = "Mozilla/5.0 (compatible)"
	defaultBytes = 64 << 20
)

// Fetcher fetches under one Config. It may be used by several goroutines.
type Fetcher struct {
	config  Config
	proxy   *url.URL
	network *Network
	web     *http.Transport
	pace    pace
	rules   ruleBook
}

// New returns a Fetcher, ErrInvalid for a proxy that cannot be one.
func New(c Config) (*Fetcher, error) {
	proxy, err := parseProxy(c.Proxy)
	if err == nil && !httpguts.ValidHeaderFieldValue(c.UserAgent) {
		err = fmt.Errorf("fetch: %w: the user agent must be one line", errUse)
	}
	if err != nil {
		return nil, err
	}
	network := c.Network
	if network == nil {
		if network, err = internet(); err != nil {
			return nil, err
		}
	}
	f := &Fetcher{config: withDefaults(c), proxy: proxy, network: network}
	f.pace = pace{every: f.config.Pace, clock: f.config.Clock, wait: f.config.Wait}
	f.web = f.transport()
	return f, nil
}

func withDefaults(c Config) Config {
	if c.UserAgent == "" {
		c.UserAgent = defaultAgent
	}
	if c.MaxBytes <= 0 {
		c.MaxBytes = defaultBytes
	}
	if c.Timeout <= 0 {
		c.Timeout = time.Minute
	}
	if c.MaxRedirects <= 0 {
		c.MaxRedirects = 8
	}
	if c.Pace <= 0 {
		c.Pace = time.Second
	}
	if c.Wait == nil {
		c.Wait = sleep
	}
	return c
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// transport speaks HTTP/1.1, so that what is archived is what was said; makes a new
// connection for each request, so that no two can be told to be of one reader by it; and
// takes no proxy from the environment.
func (f *Fetcher) transport() *http.Transport {
	const maxHeader = 256 << 10
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	t := &http.Transport{
		DialContext: f.network.dial(f.proxy), DisableKeepAlives: true, DisableCompression: true,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: f.network.Roots},
		TLSHandshakeTimeout: dialTimeout, MaxResponseHeaderBytes: maxHeader, Protocols: protocols,
	}
	if f.proxy != nil {
		t.Proxy = http.ProxyURL(f.proxy)
	}
	return t
}

// Request is what to fetch.
type Request struct {
	URL string
	// IgnoreRobots fetches what robots.txt forbids: for one page that a person asks for,
	// not for following.
	IgnoreRobots bool
	// NoArchive leaves the exchange out of the answer: for what is a list, not a document.
	NoArchive bool
	// ETag and LastModified of an earlier answer ask for the body only if it is another.
	ETag, LastModified string
}

// Response is a document as it came.
type Response struct {
	Asked     string // the address that was asked for
	Address   string // the address that answered, after redirects
	At        time.Time
	Unchanged bool // the server says it is what ETag or LastModified named; no body
	MediaType string
	Charset   string // "" when the server did not say
	// ETag and LastModified are for the next request; they are not in the archive, since a
	// server can number its readers with them.
	ETag, LastModified string
	Body               []byte // unpacked
	// Certificates are the SHA-256 of each certificate that the server showed, its own
	// first; none without TLS.
	Certificates []string
	// Archive is the exchange, redirects and all, as a WARC file; nil if none was wanted.
	Archive []byte
}

// Get returns the document at an address. What is wrong with the address, the way or the
// answer is a *Failure; another error means that the context has ended or that there is no
// randomness.
func (f *Fetcher) Get(ctx context.Context, r Request) (Response, error) {
	at, err := f.address(r.URL)
	if err != nil {
		return Response{}, err
	}
	var trail []exchange
	for {
		if !r.IgnoreRobots {
			if err := f.permitted(ctx, at); err != nil {
				return Response{}, err
			}
		}
		ex, err := f.exchange(ctx, at, r, f.config.MaxBytes)
		if err != nil {
			return Response{}, err
		}
		trail = append(trail, ex)
		if !ex.redirects() {
			return f.answer(r, trail)
		}
		if at, err = f.next(trail); err != nil {
			return Response{}, err
		}
	}
}

// next returns where the last exchange of a trail leads. Each step is checked as the
// first one was.
func (f *Fetcher) next(trail []exchange) (*url.URL, error) {
	last := trail[len(trail)-1]
	if len(trail) > f.config.MaxRedirects {
		return nil, refuse(saveIt, "%s leads on more than %d times", trail[0].at.Host, f.config.MaxRedirects)
	}
	to, err := last.at.Parse(last.location)
	if err != nil || last.location == "" {
		return nil, refuse(saveIt, "%s leads on to no address", last.at.Host)
	}
	at, err := f.address(to.String())
	if err != nil {
		return nil, err
	}
	if last.at.Scheme == "https" && at.Scheme == "http" {
		return nil, refuse("name the http address itself if you accept that anybody on the way can change the page",
			"%s leads from https to http", last.at.Host)
	}
	for _, ex := range trail {
		if ex.at.String() == at.String() {
			return nil, refuse("it may want a cookie, which is never kept: "+saveIt, "%s leads in a circle", last.at.Host)
		}
	}
	return at, nil
}

func (f *Fetcher) answer(r Request, trail []exchange) (Response, error) {
	last := trail[len(trail)-1]
	out := Response{
		Asked: r.URL, Address: last.at.String(), At: last.began, Certificates: last.certificates,
		ETag: last.header.Get("ETag"), LastModified: last.header.Get("Last-Modified"),
	}
	conditional := r.ETag != "" || r.LastModified != ""
	switch {
	case last.status == http.StatusNotModified && conditional:
		out.Unchanged = true
		return out, nil
	case last.status != http.StatusOK && last.status != http.StatusNonAuthoritativeInfo:
		return Response{}, f.ofStatus(last.status, f.blockedUntil(last), last.at.Host)
	}
	out.Body = last.body
	out.MediaType, out.Charset = mediaType(last.header.Get("Content-Type"))
	if r.NoArchive {
		return out, nil
	}
	var err error
	out.Archive, err = f.archive(trail, r.IgnoreRobots)
	return out, err
}

// mediaType reads a Content-Type; what cannot be read is not known.
func mediaType(value string) (media, charset string) {
	media, parameters, err := mime.ParseMediaType(value)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(value), ";")
		return strings.TrimSpace(media), ""
	}
	return media, strings.ToLower(parameters["charset"])
}

// Post sends a body to an address that the operator has named, with further headers, and
// returns the status of the answer; the answer itself is not read. It goes by the same
// rules as Get; it does not follow a redirect, and asks no robots.txt since it reads
// nothing.
func (f *Fetcher) Post(ctx context.Context, address string, header map[string]string, body []byte) (status int, err error) {
	at, err := f.address(address)
	if err != nil {
		return 0, err
	}
	if err := f.pace.turn(ctx, at.Host); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, f.config.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, at.String(), strings.NewReader(string(body)))
	if err != nil {
		return 0, fmt.Errorf("fetch: post: %w", err)
	}
	request.Header.Set("User-Agent", f.config.UserAgent)
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := f.web.RoundTrip(request)
	if err != nil {
		return 0, f.ended(ctx, err, at.Host)
	}
	_ = response.Body.Close() // what the receiver says beyond its status is nothing to us
	if response.StatusCode/100 != 2 {
		until := retryAfter(response.Header.Get("Retry-After"), f.config.Clock())
		return response.StatusCode, f.ofStatus(response.StatusCode, until, at.Host)
	}
	return response.StatusCode, nil
}
