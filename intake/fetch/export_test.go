package fetch

import (
	"context"
	"net"
	"net/netip"
)

// Public is the rule of the internet, for a table of addresses.
func Public(a netip.Addr) error {
	n, err := internet()
	if err != nil {
		return err
	}
	return n.Reach(a)
}

// Address is what would be asked for.
func Address(f *Fetcher, text string) (string, error) {
	u, err := f.address(text)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// Dial makes a connection as the transport would.
func Dial(ctx context.Context, f *Fetcher, address string) (net.Conn, error) {
	return f.web.DialContext(ctx, "tcp", address)
}
