// Package door decides who may see a base and shuts every answer in.
//
// What comes in: requests of whatever runs on the machine or tells a browser on it to ask.
// What goes out: the pages, to the browser that was given the key of this launch; a refusal
// to everyone else. Its one idea: a page on the web must not read a base, whatever it tells
// the browser: not by a name that it points at this machine (rebinding), not by a form,
// frame, image or script that it loads from here.
package door

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"strings"

	"corvee"
)

// Door knows the names that a server has and the key of its launch.
type Door struct {
	hosts  map[string]bool
	cookie string // its name; with the port in it, since cookies are shared between ports
	pass   [sha256.Size]byte
	key    [sha256.Size]byte
}

const shortestKey = 16

// New returns the door of a server that listens on host, host:port. It returns
// corvee.ErrInvalid for a host without a port and for a key that could be guessed.
func New(host, key string) (Door, error) {
	_, port, err := net.SplitHostPort(host)
	if err != nil || port == "" {
		return Door{}, fmt.Errorf("%w: host %q is not host:port", corvee.ErrInvalid, host)
	}
	if len(key) < shortestKey {
		return Door{}, fmt.Errorf("%w: a key of %d characters can be guessed; give %d or more", corvee.ErrInvalid, len(key), shortestKey)
	}
	d := Door{hosts: map[string]bool{}, cookie: "corvee-" + port}
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		d.hosts[net.JoinHostPort(name, port)] = true
		if port == "80" { // browsers leave out the port that http implies
			d.hosts[strings.TrimSuffix(net.JoinHostPort(name, port), ":80")] = true
		}
	}
	d.key = sha256.Sum256([]byte(key))
	d.pass = sha256.Sum256([]byte("corvee pass\x00" + key))
	return d, nil
}

// Refusal says why somebody was turned away, in words for people. Again is an address of
// this server that may be tried once more; "" for none.
type Refusal struct {
	Status               int
	Title, Heading, What string
	Again                string
}

// Refuse writes the page of a refusal. It shows nothing of the base.
type Refuse func(http.ResponseWriter, Refusal)

// Guard puts the door before pages. What open serves needs no key: style and script, which
// hold nothing of the base.
func (d Door) Guard(pages http.Handler, open func(*http.Request) bool, refuse Refuse) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { refuse(w, ForeignForm()) }))
	inside := origin.Handler(pages)
	return ShutIn(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !d.hosts[strings.ToLower(r.Host)]:
			refuse(w, foreignName())
		case ForeignLoad(r):
			refuse(w, ForeignSite())
		case open(r) || d.knows(r) && !d.keyShown(r):
			inside.ServeHTTP(w, r)
		case d.keyShown(r) && d.opens(r.URL.Query().Get("key")):
			d.admit(w, r)
		default:
			refuse(w, d.locked(r))
		}
	}))
}

// policy lets a page load its own style and script, ask its own server, and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// ShutIn gives every answer the headers that keep it between this server and this browser.
func ShutIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cache-Control", "no-store")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("X-DNS-Prefetch-Control", "off")
		next.ServeHTTP(w, r)
	})
}

// ForeignLoad reports whether another site loads something from here: only a person who
// follows a link may come from elsewhere. Another port of this machine is another site too.
func ForeignLoad(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	visit := (r.Method == http.MethodGet || r.Method == http.MethodHead) &&
		r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	return !visit
}

func (d Door) keyShown(r *http.Request) bool {
	return r.URL.Path == "/" && r.Method == http.MethodGet && r.URL.Query().Has("key")
}

// admit gives the browser a pass for as long as it is open, and takes the key out of the
// address.
func (d Door) admit(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie, Value: hex.EncodeToString(d.pass[:]), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (d Door) opens(key string) bool {
	given := sha256.Sum256([]byte(key))
	return subtle.ConstantTimeCompare(given[:], d.key[:]) == 1
}

func (d Door) knows(r *http.Request) bool {
	for _, c := range r.CookiesNamed(d.cookie) {
		pass, err := hex.DecodeString(c.Value)
		if err == nil && subtle.ConstantTimeCompare(pass, d.pass[:]) == 1 {
			return true
		}
	}
	return false
}

// ForeignSite is the refusal of what another site loads from here.
func ForeignSite() Refusal {
	return Refusal{http.StatusForbidden, "Refused", "This came from another site", "Corvee shows nothing to other sites.", ""}
}

func foreignName() Refusal {
	return Refusal{
		http.StatusMisdirectedRequest, "Not this address", "Corvee does not answer to this name",
		"This request named a host that is not Corvee's. A page on the web can point its own name at your machine to read what is on it, " +
			"so Corvee answers only to 127.0.0.1 and localhost with its own port. Use the address that corvee serve printed.", "",
	}
}

// ForeignForm is the refusal of a form that another site sent.
func ForeignForm() Refusal {
	return Refusal{
		http.StatusForbidden, "Refused", "This came from another site", "Only Corvee's own pages may change the base. Nothing was changed.", "",
	}
}

// locked says how to get in. A link from elsewhere does not carry the pass, so the same
// address is offered again.
func (d Door) locked(r *http.Request) Refusal {
	out := Refusal{
		http.StatusForbidden, "Locked", "This base is locked",
		"Corvee shows this base only to the browser that was given the key of this launch. " +
			"Open the address that corvee serve printed when it started, the one with ?key= in it. " +
			"Each start has a new key, so an old address or bookmark no longer lets anyone in.", "",
	}
	switch {
	case d.keyShown(r):
		out.What = "This key is not the key of this launch: it may be cut off, or from an earlier start. " + out.What
	case r.Method == http.MethodGet:
		out.Again = Here(r)
	}
	return out
}

// Here is the address of the request on this server: a path that begins with two slashes
// would name another host.
func Here(r *http.Request) string {
	address := "/" + strings.TrimLeft(r.URL.EscapedPath(), `/\`)
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	return address
}
