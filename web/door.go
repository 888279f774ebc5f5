package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"

	"corvee"
)

// A page on the web must not read a base, whatever it tells the browser: not by a name
// that it points at this machine (rebinding), not by a form, frame, image or script that it
// loads from here. The door knows the names that this server has and the key of this
// launch; everything else is turned away before it reaches a page.
type door struct {
	hosts  map[string]bool
	cookie string // its name; with the port in it, since cookies are shared between ports
	pass   [sha256.Size]byte
	key    [sha256.Size]byte
}

const shortestKey = 16

func newDoor(host, key string) (door, error) {
	_, port, err := net.SplitHostPort(host)
	if err != nil || port == "" {
		return door{}, fmt.Errorf("%w: host %q is not host:port", corvee.ErrInvalid, host)
	}
	if len(key) < shortestKey {
		return door{}, fmt.Errorf("%w: a key of %d characters can be guessed; give %d or more", corvee.ErrInvalid, len(key), shortestKey)
	}
	d := door{hosts: map[string]bool{}, cookie: "corvee-" + port}
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

// guard puts the door before the pages, and the headers and the calm of a failure before
// both.
func (s *site) guard(d door, pages http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(s.refuse(http.StatusForbidden, "Refused", "This came from another site",
		"Only Corvee's own pages may change the base. Nothing was changed."))
	inside := origin.Handler(pages)
	return headers(s.calm(s.own(d, s.static(s.isolated(s.admitted(d, inside))))))
}

// policy lets a page load its own style and script and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func headers(next http.Handler) http.Handler {
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

// calm turns a panic into a page. The log is told where, never who asked.
func (s *site) calm(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			s.log.Error("panic", "cause", cause, "stack", string(debug.Stack()))
			s.write(w, oops())
		}()
		next.ServeHTTP(w, r)
	})
}

func (s *site) refuse(status int, title, heading, what string, next ...step) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.write(w, view{Status: status, Template: "trouble", Title: title, Nav: navNone, Body: trouble{heading, what, next}})
	})
}

// own turns away every request that was not made to one of this server's names.
func (s *site) own(d door, next http.Handler) http.Handler {
	foreign := s.refuse(http.StatusMisdirectedRequest, "Not this address", "Corvee does not answer to this name",
		"This request named a host that is not Corvee's. A page on the web can point its own name at your machine to read what is on it, "+
			"so Corvee answers only to 127.0.0.1 and localhost with its own port. Use the address that corvee serve printed.")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !d.hosts[strings.ToLower(r.Host)] {
			foreign.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isolated turns away what another site loads from here: only a person who follows a link
// may come from elsewhere. Another port of this machine is another site too.
func (s *site) isolated(next http.Handler) http.Handler {
	refused := s.refuse(http.StatusForbidden, "Refused", "This came from another site", "Corvee shows nothing to other sites.")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if foreignLoad(r) {
			refused.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func foreignLoad(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	visit := (r.Method == http.MethodGet || r.Method == http.MethodHead) &&
		r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	return !visit
}

// admitted lets in whoever shows the key once; the browser keeps a pass for as long as it
// is open.
func (s *site) admitted(d door, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, shown := r.URL.Query()["key"]
		switch {
		case shown && r.URL.Path == "/" && r.Method == http.MethodGet && d.opens(key[0]):
			http.SetCookie(w, &http.Cookie{
				Name: d.cookie, Value: hex.EncodeToString(d.pass[:]), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
			})
			http.Redirect(w, r, "/", http.StatusSeeOther)
		case d.knows(r):
			next.ServeHTTP(w, r)
		default:
			s.write(w, locked(r, shown && r.URL.Path == "/"))
		}
	})
}

func (d door) opens(key string) bool {
	given := sha256.Sum256([]byte(key))
	return subtle.ConstantTimeCompare(given[:], d.key[:]) == 1
}

func (d door) knows(r *http.Request) bool {
	for _, c := range r.CookiesNamed(d.cookie) {
		pass, err := hex.DecodeString(c.Value)
		if err == nil && subtle.ConstantTimeCompare(pass, d.pass[:]) == 1 {
			return true
		}
	}
	return false
}

// locked says how to get in. A link from elsewhere does not carry the pass, so the page
// offers the same address again.
func locked(r *http.Request, wrongKey bool) view {
	what := "Corvee shows this base only to the browser that was given the key of this launch. " +
		"Open the address that corvee serve printed when it started, the one with ?key= in it. " +
		"Each start has a new key, so an old address or bookmark no longer lets anyone in."
	if wrongKey {
		what = "This key is not the key of this launch: it may be cut off, or from an earlier start. " + what
	}
	v := view{Status: http.StatusForbidden, Template: "trouble", Title: "Locked", Nav: navNone, Body: trouble{"This base is locked", what, nil}}
	if !wrongKey && r.Method == http.MethodGet {
		v.Body = trouble{"This base is locked", what, []step{{here(r), "I came by a link and was let in before: open this page again"}}}
	}
	return v
}

// here is the address of the request on this server: a path that begins with two slashes
// would name another host.
func here(r *http.Request) string {
	address := "/" + strings.TrimLeft(r.URL.EscapedPath(), `/\\`)
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	return address
}
