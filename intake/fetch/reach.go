package fetch

import (
	"context"
	"crypto/x509"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/idna"
)

// Network is which machines may be reached and how they are known. It exists for tests,
// which have no public server: no flag, setting or variable of the program makes one. A
// nil Network is the public internet.
type Network struct {
	// Reach refuses an address that may not be dialled.
	Reach func(netip.Addr) error
	// Roots are the certificates that a server's may rest on; nil are the system's.
	Roots *x509.CertPool
	// Resolver answers for names; nil is the system's.
	Resolver *net.Resolver
}

func internet() (*Network, error) {
	ranges, err := specialRanges()
	if err != nil {
		return nil, err
	}
	return &Network{Reach: func(a netip.Addr) error { return public(ranges, a) }}, nil
}

//go:embed special.tsv
var specialTable string

type specialRange struct {
	prefix netip.Prefix
	what   string
}

func specialRanges() ([]specialRange, error) {
	var out []specialRange
	for line := range strings.Lines(specialTable) {
		prefix, what, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		p, err := netip.ParsePrefix(prefix)
		if err != nil {
			return nil, fmt.Errorf("fetch: special addresses: %w", err)
		}
		out = append(out, specialRange{p, what})
	}
	return out, nil
}

var errInward = errors.New("it leads to an address that is not on the public internet")

// public returns an error that names the range for an address that is not one machine on
// the public internet. An IPv4 address in IPv6 clothes is refused as such where it is only
// mapped, and judged by what is inside where a translator stands between.
func public(ranges []specialRange, a netip.Addr) error {
	if a.Zone() != "" {
		return fmt.Errorf("%w: link-local", errInward)
	}
	for _, r := range ranges {
		if !r.prefix.Contains(a) {
			continue
		}
		if r.what == "inner" {
			return public(ranges, inner(a, r.prefix.Bits()))
		}
		return fmt.Errorf("%w: %s", errInward, r.what)
	}
	return nil
}

// inner returns the IPv4 address that lies behind so many bits.
func inner(a netip.Addr, bits int) netip.Addr {
	all := a.As16()
	return netip.AddrFrom4([4]byte(all[bits/8 : bits/8+4]))
}

const dialTimeout = 20 * time.Second

// dialer connects to what a name stands for. Reach is asked with the very address that
// the system connects to, between the lookup and the connection.
func (n *Network) dialer() *net.Dialer {
	return &net.Dialer{Timeout: dialTimeout, Resolver: n.Resolver, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %q", errInward, address)
		}
		return n.Reach(to.Addr())
	}}
}

// dial returns how connections are made: to the proxy alone if there is one, wherever it
// stands, else to what Reach allows.
func (n *Network) dial(proxy *url.URL) func(ctx context.Context, network, address string) (net.Conn, error) {
	if proxy == nil {
		return n.dialer().DialContext
	}
	only := &net.Dialer{Timeout: dialTimeout}
	at := net.JoinHostPort(proxy.Hostname(), proxyPort(proxy))
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if address != at {
			return nil, fmt.Errorf("%w: only the proxy may be dialled", errInward)
		}
		return only.DialContext(ctx, network, address)
	}
}

// parseProxy returns the proxy of an address, nil for "".
func parseProxy(address string) (*url.URL, error) {
	if address == "" {
		return nil, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || !strings.Contains(" socks5h http https ", " "+u.Scheme+" ") {
		return nil, fmt.Errorf("fetch: %w: the proxy must be socks5h://HOST:PORT, http://HOST:PORT or https://HOST:PORT; it is asked for names, so that none is looked up here", errUse)
	}
	return u, nil
}

func proxyPort(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"socks5h": "1080", "http": "80", "https": "443"}[u.Scheme]
}

const maxAddress = 8 << 10

// address checks what can be told of an address before anything is dialled, and returns
// it as it is asked for: its host in ASCII, no fragment.
func (f *Fetcher) address(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || len(text) > maxAddress:
		return nil, refuse("check the address", "this is no address")
	case u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "":
		return nil, refuse("name an address that begins with https:// or http://", "only http and https are fetched, not %q", u.Scheme)
	case u.User != nil:
		return nil, refuse("leave out what stands before the @", "the address holds a name or password, which would be sent and archived")
	}
	host, err := asciiName(u.Hostname())
	if ip, ipErr := netip.ParseAddr(u.Hostname()); ipErr == nil {
		host, err = ip.String(), f.network.Reach(ip)
	} else if err == nil {
		err = f.checkName(host)
	}
	if err != nil {
		return nil, refuse("name the public address of the page", "%s is not fetched: %v", u.Hostname(), err)
	}
	if err := checkPort(u.Port()); err != nil {
		return nil, err
	}
	return canonical(u, host), nil
}

// asciiName returns a host's name as it is looked up. What is ASCII already is taken with
// the "_" and "--" that names on the web have and the rules for new names do not allow.
func asciiName(host string) (string, error) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == "" {
		return host, nil
	}
	return idna.Lookup.ToASCII(host)
}

func canonical(u *url.URL, host string) *url.URL {
	c := &url.URL{Scheme: u.Scheme, Host: host, Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, ForceQuery: u.ForceQuery}
	if strings.Contains(host, ":") {
		c.Host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && p != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		c.Host += ":" + p
	}
	if c.Path == "" {
		c.Path = "/"
	}
	return c
}

// checkName refuses names that mean a machine nearby, and numbers that some system might
// take for an address. A proxy looks names up itself and may be less careful.
func (f *Fetcher) checkName(host string) error {
	last := host[strings.LastIndexByte(host, '.')+1:]
	switch {
	case host == "" || last == host || last == "":
		return fmt.Errorf("%w: a name without a domain", errInward)
	case strings.Contains(" localhost local internal intranet lan home corp arpa localdomain ", " "+last+" "):
		return fmt.Errorf("%w: .%s", errInward, last)
	case last[0] >= '0' && last[0] <= '9':
		return fmt.Errorf("%w: a number", errInward)
	case last == "onion" && f.proxy == nil:
		return errors.New("an onion address needs the proxy of Tor (--proxy socks5h://…)")
	}
	return nil
}

// checkPort keeps fetches away from mail, shells and other services that a web request
// could be made to speak to.
func checkPort(port string) error {
	n, err := strconv.Atoi(port)
	if port == "" || err == nil && (n == 80 || n == 443 || n >= 1024 && n <= 65535) {
		return nil
	}
	return refuse("check the address", "port %s is not one of the web", port)
}
