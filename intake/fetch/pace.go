package fetch

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"corvee/intake/internal/robots"
)

// pace keeps requests to one host apart and remembers which hosts want to be left alone.
type pace struct {
	every time.Duration
	clock func() time.Time
	wait  func(context.Context, time.Duration) error

	mu    sync.Mutex
	free  map[string]time.Time // when the host's next turn is
	apart map[string]time.Duration
}

// longestTurn is how long a request waits for its host; a longer wait is a failure that
// says until when, so that other hosts need not wait.
const longestTurn = time.Minute

// turn waits until the host may be asked again.
func (p *pace) turn(ctx context.Context, host string) error {
	now := p.clock()
	p.mu.Lock()
	at := now
	if free := p.free[host]; free.After(now) {
		at = free
	}
	if at.Sub(now) > longestTurn {
		p.mu.Unlock()
		out := failed("try again after "+at.UTC().Format("2006-01-02 15:04 UTC"), "%s wants no request before then", host)
		out.Until = at
		return out
	}
	if p.free == nil {
		p.free, p.apart = map[string]time.Time{}, map[string]time.Duration{}
	}
	p.free[host] = at.Add(max(p.every, p.apart[host]))
	p.mu.Unlock()
	if at.Equal(now) {
		return ctx.Err()
	}
	return p.wait(ctx, at.Sub(now))
}

func (p *pace) block(host string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free[host].Before(until) {
		p.free[host] = until
	}
}

// slow takes the delay that a host's robots.txt asks for.
func (p *pace) slow(host string, delay time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.apart[host] = delay
	if next := p.clock().Add(delay); p.free[host].Before(next) {
		p.free[host] = next
	}
}

// blockedUntil returns until when the host of an answer wants no more, and keeps to it.
func (f *Fetcher) blockedUntil(ex exchange) time.Time {
	if ex.status != http.StatusTooManyRequests && ex.status != http.StatusServiceUnavailable {
		return time.Time{}
	}
	until := retryAfter(ex.header.Get("Retry-After"), f.config.Clock())
	if !until.IsZero() {
		f.pace.block(ex.at.Host, until)
	}
	return until
}

// ruleBook remembers the robots.txt of each origin for a day (RFC 9309 §2.4).
type ruleBook struct {
	mu    sync.Mutex
	known map[string]standing
}

type standing struct {
	rules     robots.Rules
	forbidden string // why nothing may be fetched, "" when the rules decide
	until     time.Time
}

const rulesLast = 24 * time.Hour

// permitted returns a failure for an address that the robots.txt of its host forbids.
func (f *Fetcher) permitted(ctx context.Context, at *url.URL) error {
	origin := at.Scheme + "://" + at.Host
	f.rules.mu.Lock()
	s, known := f.rules.known[origin]
	f.rules.mu.Unlock()
	if !known || f.config.Clock().After(s.until) {
		var err error
		if s, err = f.askRobots(ctx, at); err != nil {
			return err
		}
		f.rules.keep(origin, s)
	}
	const remedy = "it is the site's wish, not a lock: a page that you need as evidence can be saved by hand, or fetched with --ignore-robots"
	switch {
	case s.forbidden != "":
		return failed(remedy, "%s", s.forbidden)
	case !s.rules.Allowed(at.RequestURI()):
		return refuse(remedy, "the robots.txt of %s forbids %s", at.Host, at.Path)
	}
	return nil
}

func (b *ruleBook) keep(origin string, s standing) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.known == nil {
		b.known = map[string]standing{}
	}
	b.known[origin] = s
}

// maxRobotsHops is how many redirects are followed to a robots.txt (RFC 9309 §2.3.1.2).
const maxRobotsHops = 5

// askRobots reads a robots.txt. What is not there allows everything; what cannot be
// reached forbids everything, for an hour (§2.3.1.3, §2.3.1.4).
func (f *Fetcher) askRobots(ctx context.Context, page *url.URL) (standing, error) {
	at := &url.URL{Scheme: page.Scheme, Host: page.Host, Path: "/robots.txt"}
	var trail []exchange
	for {
		ex, err := f.exchange(ctx, at, Request{}, f.config.MaxBytes)
		if err != nil {
			return standing{}, err
		}
		trail = append(trail, ex)
		if !ex.redirects() || len(trail) > maxRobotsHops {
			return f.judge(page, ex), nil
		}
		if at, err = f.next(trail); err != nil {
			return standing{until: f.config.Clock().Add(rulesLast)}, nil // it leads nowhere: it is not there
		}
	}
}

func (f *Fetcher) judge(page *url.URL, ex exchange) standing {
	now := f.config.Clock()
	switch {
	case ex.status/100 == 2:
		rules := robots.Parse(ex.body, robotsName(f.config.UserAgent))
		if rules.Delay > 0 {
			f.pace.slow(page.Host, rules.Delay)
		}
		return standing{rules: rules, until: now.Add(rulesLast)}
	case ex.status/100 == 5, ex.status == http.StatusTooManyRequests:
		f.blockedUntil(ex)
		return standing{
			forbidden: page.Host + " does not give its robots.txt, and what cannot be known is taken as forbidden",
			until:     now.Add(time.Hour),
		}
	}
	return standing{until: now.Add(rulesLast)}
}

// robotsName is the name under which a robots.txt may speak to this reader: the first
// word of its User-Agent, unless that is the one which everybody uses.
func robotsName(agent string) string {
	end := 0
	for end < len(agent) && (agent[end]|0x20 >= 'a' && agent[end]|0x20 <= 'z' || agent[end] == '-' || agent[end] == '_') {
		end++
	}
	if agent[:end] == "Mozilla" {
		return ""
	}
	return agent[:end]
}
