package serving

import (
	"crypto/tls"
	"encoding/hex"
	"fmt"
	"io"
	"net"

	"corvee"
	"corvee/account"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/web/entry"
)

// way is how a server is reached, settled before it listens.
type way struct {
	listen   string
	names    []string // beside the loopback names
	accounts bool
	proxied  bool
	tls      *tls.Config // nil without TLS of our own
	loopback bool
}

// way returns how the flags say that the server is reached. It refuses one that reaches
// beyond this machine without accounts, or without TLS.
func (c Serve) way() (way, error) {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return way{}, fmt.Errorf("%w: --listen %q: %v", corvee.ErrInvalid, c.Listen, err)
	}
	out := way{listen: c.Listen, names: c.Host, proxied: c.Proxied, loopback: isLoopback(host)}
	out.accounts = c.Accounts || len(c.Host) > 0 || c.TLSCert != "" || c.Proxied
	switch {
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return out, fmt.Errorf("%w: --tls-cert and --tls-key go together", corvee.ErrInvalid)
	case !out.loopback && !out.accounts:
		return out, fmt.Errorf("%w: --listen %s reaches beyond this machine, and without accounts anyone there could read the base; use 127.0.0.1, or make accounts (corvee users add) and see --tls-cert, --behind-proxy",
			corvee.ErrUnsupported, c.Listen)
	case !out.loopback && c.TLSCert == "" && !c.Proxied:
		return out, fmt.Errorf("%w: --listen %s reaches beyond this machine, and passwords would go there in the clear; give --tls-cert and --tls-key, or --behind-proxy",
			corvee.ErrUnsupported, c.Listen)
	case (!out.loopback || c.Proxied) && len(c.Host) == 0:
		return out, fmt.Errorf("%w: say with --host by which name people reach this server; it answers to no other", corvee.ErrInvalid)
	}
	if c.TLSCert == "" {
		return out, nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return out, fmt.Errorf("%w: certificate: %v", corvee.ErrInvalid, err)
	}
	out.tls = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
	return out, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// front is what stands before the pages and the API.
type front struct {
	key      string
	entry    *entry.Entry
	accounts *account.Accounts
	hosts    []string // that the API answers to
	hello    string   // for the person who started the server
}

// door settles who is let in: people with accounts, or the browser of this machine that was
// given the key of this launch.
func (y way) door(w *world.World, p *pipeline.Pipeline, address string) (front, error) {
	if y.accounts {
		return y.withAccounts(w, p, address)
	}
	key, err := launchKey(w.Random)
	hello := fmt.Sprintf("Open in the browser of this machine: http://%s/?key=%s\nPrograms: http://%s/docs, with Authorization: Bearer %s\n", address, key, address, key)
	return front{key: key, hosts: ownHosts(address), hello: hello}, err
}

func (y way) withAccounts(w *world.World, p *pipeline.Pipeline, address string) (front, error) {
	out := front{accounts: account.New(account.Config{Store: p.Store, Clock: w.Now, Random: w.Random})}
	any, err := out.accounts.Any(w.Ctx)
	if err != nil {
		return out, err
	}
	if !any {
		return out, fmt.Errorf("%w: this base has no account; corvee users add NAME --role admin makes the first", corvee.ErrUnsupported)
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return out, err
	}
	names := y.names
	if y.loopback {
		names = append(names, "localhost", "127.0.0.1", "::1", "[::1]")
	}
	for _, name := range names {
		out.hosts = append(out.hosts, name, net.JoinHostPort(name, port))
	}
	encrypted := y.tls != nil || y.proxied
	out.entry, err = entry.New(entry.Config{Accounts: out.accounts, Names: names, Encrypted: encrypted, Proxied: y.proxied, Plain: y.loopback})
	out.hello = fmt.Sprintf("Listening on %s for people with accounts, under %v. No address of a reader is kept.\n", address, names)
	return out, err
}

func ownHosts(address string) []string {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return []string{address}
	}
	return []string{address, net.JoinHostPort("localhost", port), net.JoinHostPort("127.0.0.1", port), net.JoinHostPort("::1", port)}
}

func launchKey(random io.Reader) (string, error) {
	raw := make([]byte, 16)
	_, err := io.ReadFull(random, raw)
	return hex.EncodeToString(raw), err
}
