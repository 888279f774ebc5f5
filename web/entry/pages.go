package entry

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"slices"
	"strings"

	"corvee"
	"corvee/account"
	"corvee/store"
	"corvee/web/frame"
	"corvee/web/words"
)

//go:embed templates
var templates embed.FS

// The addresses of this room.
const (
	signInPath  = "/signin"
	setUpPath   = "/setup"
	signOutPath = "/signout"
	accountPath = "/account"
	endAllPath  = "/account/sessions"
)

// Room returns the pages of signing in, of setting an account up and of one's own account.
func (e *Entry) Room() frame.Room {
	return frame.Room{Templates: templates, Pages: []frame.Page{
		{Pattern: "GET " + signInPath, Handle: e.askWho}, {Pattern: "POST " + signInPath, Handle: e.signIn},
		{Pattern: "GET " + setUpPath, Handle: e.askSecret}, {Pattern: "POST " + setUpPath, Handle: e.begin},
		{Pattern: "POST " + setUpPath + "/finish", Handle: e.finish},
		{Pattern: "GET " + accountPath, Handle: e.own}, {Pattern: "POST " + signOutPath, Handle: e.signOut},
		{Pattern: "POST " + endAllPath, Handle: e.endAll},
	}}
}

type signInPage struct{ Name, To, Bad string }

func (e *Entry) askWho(r *http.Request) (frame.View, error) {
	return signInView(http.StatusOK, signInPage{To: back(r.URL.Query().Get("to"))}), nil
}

func signInView(status int, p signInPage) frame.View {
	return frame.View{Status: status, Template: "signin", Title: "Sign in", Nav: frame.NavNone, Body: p}
}

func (e *Entry) signIn(r *http.Request) (frame.View, error) {
	p := signInPage{Name: strings.TrimSpace(r.PostFormValue("name")), To: back(r.PostFormValue("to"))}
	session, err := e.Accounts.SignIn(r.Context(), account.Proof{Name: p.Name, Password: r.PostFormValue("password"), Code: r.PostFormValue("code")})
	if status, bad := said(err); bad != "" {
		p.Bad, p.Name = bad, words.Excerpt(p.Name, 40)
		return signInView(status, p), nil
	}
	if err != nil {
		return frame.View{}, err
	}
	return frame.View{To: p.To, Cookie: e.cookie(session)}, nil
}

// said returns what a person is told of a refusal; "" for what is none.
func said(err error) (status int, bad string) {
	switch {
	case errors.Is(err, account.ErrRefused):
		return http.StatusForbidden, "Name, password or code is not right. The code changes every thirty seconds and works once."
	case errors.Is(err, account.ErrWait):
		return http.StatusTooManyRequests, "Too many tries have failed. Wait a minute, then try again."
	case errors.Is(err, corvee.ErrInvalid):
		return http.StatusBadRequest, frame.Sentence(err)
	}
	return 0, ""
}

type setUpPage struct {
	Secret, Name, Bad string
	Key               account.Key
}

func (e *Entry) askSecret(*http.Request) (frame.View, error) {
	return setUpView("setup", http.StatusOK, setUpPage{}), nil
}

func setUpView(page string, status int, p setUpPage) frame.View {
	return frame.View{Status: status, Template: page, Title: "Set up your account", Nav: frame.NavNone, Body: p}
}

// begin shows the key of the one-time codes to who has a set-up secret. The secret goes on
// from form to form and never stands in an address.
func (e *Entry) begin(r *http.Request) (frame.View, error) {
	p := setUpPage{Secret: strings.TrimSpace(r.PostFormValue("secret"))}
	var err error
	p.Name, p.Key, err = e.Accounts.Begin(r.Context(), p.Secret)
	if errors.Is(err, account.ErrRefused) {
		return setUpView("setup", http.StatusForbidden, setUpPage{Bad: "This set-up secret is not right, was used, or is older than a week. Ask the administrator for a new one."}), nil
	}
	if status, bad := said(err); bad != "" {
		return setUpView("setup", status, setUpPage{Bad: bad}), nil
	}
	return setUpView("setup_finish", http.StatusOK, p), err
}

func (e *Entry) finish(r *http.Request) (frame.View, error) {
	secret, password := r.PostFormValue("secret"), r.PostFormValue("password")
	again := func(status int, bad string) (frame.View, error) {
		name, key, err := e.Accounts.Begin(r.Context(), secret)
		if _, refused := said(err); refused != "" {
			return setUpView("setup", http.StatusForbidden, setUpPage{Bad: refused}), nil
		}
		return setUpView("setup_finish", status, setUpPage{Secret: secret, Name: name, Key: key, Bad: bad}), err
	}
	if password != r.PostFormValue("again") {
		return again(http.StatusBadRequest, "The two passwords are not the same.")
	}
	session, err := e.Accounts.SetUp(r.Context(), secret, password, r.PostFormValue("code"))
	if status, bad := said(err); bad != "" {
		return again(status, bad)
	}
	if err != nil {
		return frame.View{}, err
	}
	return frame.View{To: "/", Cookie: e.cookie(session)}, nil
}

type ownPage struct {
	Name   string
	Roles  []roleLine
	Passes []passLine
}

type roleLine struct{ Collection, Role string }

type passLine struct {
	What, Made, Used, Until string
	This                    bool
}

func (e *Entry) own(r *http.Request) (frame.View, error) {
	who := personOf(r.Context())
	p := ownPage{Name: who.ID}
	for collection, role := range who.Grants {
		if collection == store.AllCollections {
			collection = "every collection"
		}
		p.Roles = append(p.Roles, roleLine{collection, string(role)})
	}
	slices.SortFunc(p.Roles, func(a, b roleLine) int { return strings.Compare(a.Collection, b.Collection) })
	err := e.passes(r.Context(), who, &p)
	return frame.View{Template: "account", Title: "Your account", Nav: accountPath, Body: p}, err
}

func (e *Entry) passes(ctx context.Context, who account.Person, p *ownPage) error {
	all, err := e.Accounts.Passes(ctx, who.ID)
	for _, one := range all {
		line := passLine{What: "Session", Made: words.Clock(one.Made), Until: words.Clock(one.Until), This: one.ID == who.Pass}
		if one.Kind == store.PassToken {
			line.What = "Token " + one.ID + " (" + strings.Join(one.Scopes, ", ") + ") " + words.Excerpt(one.Note, 80)
		}
		if !one.Used.IsZero() {
			line.Used = words.Clock(one.Used)
		}
		p.Passes = append(p.Passes, line)
	}
	return err
}

func (e *Entry) signOut(r *http.Request) (frame.View, error) {
	return frame.View{To: signInPath, Cookie: e.cookie("")}, e.Accounts.SignOut(r.Context(), personOf(r.Context()))
}

// endAll ends every session of one's own, this one too.
func (e *Entry) endAll(r *http.Request) (frame.View, error) {
	who := personOf(r.Context())
	_, err := e.Accounts.EndSessions(r.Context(), who.ID, who.ID)
	return frame.View{To: signInPath, Cookie: e.cookie("")}, err
}
