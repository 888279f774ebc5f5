package api

import (
	"net/http"

	"corvee/pipeline/watch"
)

// alertsPath is where a reader of feeds finds the alerts of what is followed.
const alertsPath = "/v1/alerts.atom"

// alerts serves the Atom feed. What somebody follows is nobody else's business: without
// this launch's key there is none.
func (s *server) alerts(w http.ResponseWriter, r *http.Request) {
	if !signed(r.Context()) {
		fail(w, http.StatusUnauthorized, "the alerts are for the local user; send Authorization: Bearer KEY")
		return
	}
	all, err := watch.Alerts(r.Context(), s.Pipeline)
	if err != nil {
		fail(w, http.StatusInternalServerError, "the alerts cannot be read")
		return
	}
	raw, err := watch.Atom(all)
	if err != nil {
		fail(w, http.StatusInternalServerError, "the alerts cannot be written")
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, _ = w.Write(raw) // a reader that went away is told nothing
}
