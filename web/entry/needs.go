package entry

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"corvee/account"
	"corvee/web/door"
)

// needed is the role that requests of a pattern need.
type needed account.Role

func (needed) ServeHTTP(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }

// needs is the table of what a request needs. Whatever it does not name needs an editor to
// write, and what is neither read nor sent needs an administrator.
func needs() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, role := range map[string]account.Role{
		"/": account.Admin, "GET /": account.Reader, "POST /": account.Editor,
		// judging claims and hits
		"POST /reports/{report}/undo": account.Reviewer, "POST /reports/{report}/claims": account.Reviewer,
		"POST /reports/{report}/claims/{claim}/verdict": account.Reviewer, "POST /reports/{report}/claims/{claim}/edit": account.Reviewer,
		"POST /runs/{run}/decide": account.Reviewer, "POST /runs/{run}/undo": account.Reviewer,
		// seeing people's names
		"POST /reports/{report}/people": account.Editor,
		// what the base asks of people
		"POST /settings/": account.Admin,
		// one's own account
		"POST " + signOutPath: account.Reader, "POST " + endAllPath: account.Reader,
	} {
		mux.Handle(pattern, needed(role))
	}
	return mux
}

func (e *Entry) need(r *http.Request) account.Role {
	h, _ := e.needs.Handler(r)
	if role, ok := h.(needed); ok {
		return account.Role(role)
	}
	return account.Admin
}

// outside are the pages for those who are not signed in.
func outside(r *http.Request) bool {
	return r.URL.Path == signInPath || r.URL.Path == setUpPath || strings.HasPrefix(r.URL.Path, setUpPath+"/")
}

type personKey struct{}

func withPerson(ctx context.Context, who account.Person) context.Context {
	return context.WithValue(ctx, personKey{}, who)
}

func personOf(ctx context.Context) account.Person {
	who, _ := ctx.Value(personKey{}).(account.Person)
	return who
}

func escaped(address string) string { return url.QueryEscape(address) }

// back returns an address of this server to go on to after sign-in, whatever was asked for.
func back(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

func foreignName() door.Refusal {
	return door.Refusal{
		Status: http.StatusMisdirectedRequest, Title: "Not this address", Heading: "Corvee does not answer to this name",
		What: "This request named a host that is not Corvee's. Use the address that the administrator of this base gave you; corvee serve --host NAME sets it.",
	}
}

func inTheClear() door.Refusal {
	return door.Refusal{
		Status: http.StatusForbidden, Title: "Not encrypted", Heading: "This way in is not encrypted",
		What: "Open the address that begins with https://. If you are the administrator: the proxy must set X-Forwarded-Proto.",
	}
}

func signedOut() door.Refusal {
	return door.Refusal{
		Status: http.StatusForbidden, Title: "Signed out", Heading: "Your session has ended", What: "Nothing was changed. Sign in and do it again.", Again: signInPath,
	}
}

func failed() door.Refusal {
	return door.Refusal{
		Status: http.StatusServiceUnavailable, Title: "Not now", Heading: "The base cannot be asked who you are", What: "Nothing was changed. Try again in a minute.",
	}
}

func noRight(who account.Person, role account.Role) door.Refusal {
	return door.Refusal{
		Status: http.StatusForbidden, Title: "Not allowed", Heading: "You may not do this",
		What: "This needs the role " + string(role) + ", which " + who.ID + " has in no collection. Nothing was changed. An administrator grants roles with corvee users grant.",
	}
}
