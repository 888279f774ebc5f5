package subject

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"corvee"
	"corvee/pipeline/dossier"
	"corvee/present"
	out "corvee/present/dossier"
	"corvee/web/frame"
	"corvee/web/words"
)

// questionPage is what has been reported about one subject, or what may be asked.
type questionPage struct {
	Name     string
	Dossier  *out.Dossier
	Problem  string
	Subjects []subjectLine
	Download string
}

type subjectLine struct {
	Name, Kind, Href string
	Claims           int
}

// mostSubjects bounds the list of what may be asked.
const mostSubjects = 200

func (s *room) question(r *http.Request) (frame.View, error) {
	body := questionPage{Name: r.URL.Query().Get("name")}
	v := frame.View{Template: "question", Title: "Questions", Nav: "/questions"}
	if body.Name == "" {
		lines, err := dossier.Subjects(r.Context(), s.pipeline)
		for _, l := range lines[:min(len(lines), mostSubjects)] {
			name := present.Clean(l.Name)
			body.Subjects = append(body.Subjects, subjectLine{name, string(l.Kind), "/questions?" + url.Values{"name": {l.Name}}.Encode(), l.Claims})
		}
		v.Body = body
		return v, err
	}
	d, err := s.dossierOf(r, body.Name)
	switch {
	case errors.Is(err, corvee.ErrNotFound), errors.Is(err, corvee.ErrInvalid):
		body.Problem = fmt.Sprintf("No claim of this base names “%s” as a site, an employer, a place or a country.", words.Excerpt(present.Clean(body.Name), 80))
		v.Status = http.StatusNotFound
	case err != nil:
		return v, err
	default:
		body.Dossier, body.Download = &d, "/dossier?"+url.Values{"name": {body.Name}}.Encode()
		v.Title = words.Excerpt(present.Clean(d.Subject), 60) + " · Questions"
	}
	v.Body = body
	return v, nil
}

func (s *room) dossierOf(r *http.Request, name string) (out.Dossier, error) {
	return dossier.Build(r.Context(), s.pipeline, name, corvee.DateOf(s.pipeline.Clock()), dossier.Leave{})
}

// dossier sends a dossier to be saved: the page, or JSON with ?as=json.
func (s *room) dossier(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Query().Get("name")
	d, err := s.dossierOf(r, name)
	if err != nil {
		http.Redirect(w, r, "/questions?"+url.Values{"name": {name}}.Encode(), http.StatusSeeOther)
		return nil
	}
	var b bytes.Buffer
	write, kind, file := out.HTML, "text/html; charset=utf-8", "dossier.html"
	switch r.URL.Query().Get("as") {
	case "json":
		write, kind, file = out.JSON, "application/json", "dossier.json"
	case "bag":
		write, kind, file = func(_ io.Writer, d out.Dossier) error { return bag(&b, d) }, "application/zip", "dossier.zip"
	}
	if err := write(&b, d); err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = b.WriteTo(w) // a browser that went away is no failure
	return nil
}
