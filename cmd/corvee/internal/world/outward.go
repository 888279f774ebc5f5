package world

import (
	"time"

	"corvee/intake/fetch"
)

// Outward is how a command that goes out goes out. Nothing else in the program does.
type Outward struct {
	Proxy     string        `help:"Send everything through this proxy, questions for names too: socks5h://HOST:PORT (Tor) or http://HOST:PORT." env:"CORVEE_PROXY" placeholder:"URL"`
	UserAgent string        `help:"What to say of yourself to a site; the default says nothing." env:"CORVEE_USER_AGENT" placeholder:"TEXT"`
	Pace      time.Duration `help:"Least time between two requests to one host." default:"1s"`
}

// Fetcher wires the one way out. most bounds a body; 0 takes the default.
func (w *World) Fetcher(o Outward, most int64, timeout time.Duration) (*fetch.Fetcher, error) {
	return fetch.New(fetch.Config{
		Proxy: o.Proxy, UserAgent: o.UserAgent, Pace: o.Pace, MaxBytes: most, Timeout: timeout,
		Clock: w.Now, Random: w.Random, Software: "corvee/" + w.Version, Network: w.Network,
	})
}
