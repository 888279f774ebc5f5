// Package entry lets people in by their accounts, where a base is shown beyond one machine.
//
// What comes in: requests of anybody who reaches the server. What goes out: the pages, to
// who is signed in, each request under that person's name and limited to the collections in
// which they have the role that it needs; the page to sign in, to everyone else. Its one
// idea: what a request needs is looked up before any page is asked, and what nobody thought
// of needs the most.
//
// Signing in is a plain form. No address of a reader is kept, and none is logged.
package entry

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"

	"corvee"
	"corvee/account"
	"corvee/pipeline"
	"corvee/web/door"
)

// Config is what people are let in by.
type Config struct {
	Accounts *account.Accounts
	// Names are the host names that the server answers to, with or without a port.
	Names []string
	// Encrypted says that browsers reach the server by TLS: its own, or a proxy's.
	Encrypted bool
	// Proxied says that a proxy stands before the server and says in X-Forwarded-Proto how
	// it was reached. Without it nobody's word is taken for that.
	Proxied bool
	// Plain permits sign-in without TLS, on loopback alone.
	Plain bool
}

// Entry is the door of a server with accounts.
type Entry struct {
	Config
	needs *http.ServeMux
}

// New returns the door. It returns corvee.ErrInvalid for a server without names, and for one
// that would send passwords in the clear.
func New(c Config) (*Entry, error) {
	switch {
	case c.Accounts == nil, len(c.Names) == 0:
		return nil, fmt.Errorf("%w: a server with accounts needs the names that it answers to", corvee.ErrInvalid)
	case !c.Encrypted && !c.Plain:
		return nil, fmt.Errorf("%w: passwords would go over the wire in the clear", corvee.ErrInvalid)
	}
	return &Entry{Config: c, needs: needs()}, nil
}

// answers reports whether a request names this server.
func (e *Entry) answers(r *http.Request) bool {
	host := strings.ToLower(r.Host)
	bare, _, err := net.SplitHostPort(host)
	if err != nil {
		bare = host
	}
	return slices.ContainsFunc(e.Names, func(name string) bool {
		name = strings.ToLower(name)
		return name == host || name == bare
	})
}

// Guard puts the door before pages. What open serves needs no account.
func (e *Entry) Guard(pages http.Handler, open func(*http.Request) bool, refuse door.Refuse) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { refuse(w, door.ForeignForm()) }))
	inside := origin.Handler(pages)
	return door.ShutIn(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if e.Encrypted {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		switch {
		case !e.answers(r):
			refuse(w, foreignName())
		case e.Proxied && r.Header.Get("X-Forwarded-Proto") != "https":
			refuse(w, inTheClear())
		case door.ForeignLoad(r):
			refuse(w, door.ForeignSite())
		case open(r) || outside(r):
			inside.ServeHTTP(w, r)
		default:
			e.enter(w, r, inside, refuse)
		}
	}))
}

// enter serves a request under the name of who is signed in.
func (e *Entry) enter(w http.ResponseWriter, r *http.Request, inside http.Handler, refuse door.Refuse) {
	who, err := e.who(r)
	switch {
	case errors.Is(err, account.ErrRefused) && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		http.Redirect(w, r, signInPath+"?to="+escaped(door.Here(r)), http.StatusSeeOther)
		return
	case errors.Is(err, account.ErrRefused):
		refuse(w, signedOut())
		return
	case err != nil:
		refuse(w, failed())
		return
	}
	role := e.need(r)
	ctx, err := who.Enter(r.Context(), role)
	if err != nil {
		refuse(w, noRight(who, role))
		return
	}
	inside.ServeHTTP(w, r.WithContext(pipeline.As(withPerson(ctx, who), pipeline.Acting{Actor: who.ID})))
}

func (e *Entry) who(r *http.Request) (account.Person, error) {
	for _, c := range r.CookiesNamed(e.cookieName()) {
		who, err := e.Accounts.Session(r.Context(), c.Value)
		if err == nil || !errors.Is(err, account.ErrRefused) {
			return who, err
		}
	}
	return account.Person{}, account.ErrRefused
}

// cookieName binds the cookie to this host and to TLS where there is TLS (RFC 6265bis, the
// prefix __Host-).
func (e *Entry) cookieName() string {
	if e.Encrypted {
		return "__Host-corvee"
	}
	return "corvee-session"
}

// cookie is Lax and not Strict, so that a link that a colleague sent opens; a form of another
// site is refused by its origin whatever the cookie is.
func (e *Entry) cookie(session string) *http.Cookie {
	c := &http.Cookie{Name: e.cookieName(), Value: session, Path: "/", HttpOnly: true, Secure: e.Encrypted, SameSite: http.SameSiteLaxMode}
	if session == "" {
		c.MaxAge = -1
	}
	return c
}
