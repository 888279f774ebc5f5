package api

import (
	"errors"
	"net/http"
	"strings"

	"corvee/account"
	"corvee/pipeline"
)

// right is what a request needs of a token and of who it acts for.
type right struct {
	scope string
	role  account.Role
}

func (right) ServeHTTP(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }

// rights is the table of what a request needs where there are accounts. What it does not
// name needs an administrator's token for reviewing: nothing is open because it was
// forgotten.
func rights() *http.ServeMux {
	screens := right{account.ScopeScreen, account.Reader}
	mux := http.NewServeMux()
	for pattern, need := range map[string]right{
		"/": {account.ScopeReview, account.Admin}, "GET /": {account.ScopeRead, account.Reader},
		"GET /search/": screens, "POST /match/": screens, "POST " + streamPath: screens,
		"POST " + runsPath:                       {account.ScopeScreen, account.Editor},
		"POST " + runsPath + "/{id}/resume":      {account.ScopeScreen, account.Editor},
		"POST " + runsPath + "/{id}/rescreen":    {account.ScopeScreen, account.Editor},
		"POST " + runsPath + "/{id}/verify":      {account.ScopeRead, account.Reader},
		"POST " + runsPath + "/{id}/decisions":   {account.ScopeReview, account.Reviewer},
		"DELETE " + runsPath + "/{id}/decisions": {account.ScopeReview, account.Reviewer},
	} {
		mux.Handle(pattern, need)
	}
	return mux
}

// open is what a server with accounts answers to anybody: that it runs, and how to ask.
func open(path string) bool {
	return path == "/healthz" || path == "/readyz" || path == "/docs" || strings.HasPrefix(path, "/openapi")
}

// person lets a request in by its token, under the name and within the collections of who
// made it. It answers by itself, and returns nil, for one that may not go on.
func (s *server) person(w http.ResponseWriter, r *http.Request) *http.Request {
	who, err := s.Accounts.ByToken(r.Context(), credential(r))
	switch {
	case errors.Is(err, account.ErrRefused):
		fail(w, http.StatusUnauthorized, "send Authorization: Bearer TOKEN; corvee users token NAME makes one")
		return nil
	case err != nil:
		fail(w, http.StatusServiceUnavailable, "the base cannot be asked who you are")
		return nil
	}
	need := right{account.ScopeReview, account.Admin}
	if h, _ := s.rights.Handler(r); h != nil {
		if found, ok := h.(right); ok {
			need = found
		}
	}
	if !who.Holds(need.scope) {
		fail(w, http.StatusForbidden, "this token has not the scope "+need.scope)
		return nil
	}
	ctx, err := who.Enter(r.Context(), need.role)
	if err != nil {
		fail(w, http.StatusForbidden, "this needs the role "+string(need.role))
		return nil
	}
	return r.WithContext(pipeline.As(ctx, pipeline.Acting{Actor: who.ID}))
}
