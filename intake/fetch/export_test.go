package fetch

import "net/netip"

// Public is the rule of the internet, for a table of addresses.
func Public(a netip.Addr) error {
	n, err := internet()
	if err != nil {
		return err
	}
	return n.Reach(a)
}
