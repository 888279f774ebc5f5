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
	"corvee/pipeline/who"
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
	// Wide is how many reports speak of a subject that a page does not answer unasked;
	// Anyway is where it does.
	Wide   int
	Anyway string
}

// widest is how many reports a page weighs without being told to: their lineage is found
// when it is asked for, and that takes some milliseconds for each.
const widest = 200

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
			body.Subjects = append(body.Subjects, subjectLine{name, string(l.Kind), "/questions?" + url.Values{"name": {l.Ref}}.Encode(), l.Claims})
		}
		v.Body = body
		return v, err
	}
	if wide, err := s.tooWide(r, body.Name); err != nil || wide > 0 {
		body.Wide, body.Anyway = wide, "/questions?"+url.Values{"name": {body.Name}, "all": {"1"}}.Encode()
		v.Body = body
		return v, err
	}
	d, err := s.dossierOf(r, body.Name)
	var several who.Ambiguous
	switch {
	case errors.As(err, &several):
		body.Problem = fmt.Sprintf("%d bear the name “%s”. Which is asked about?", len(several.Bearers), words.Excerpt(present.Clean(body.Name), 80))
		for _, e := range several.Bearers {
			body.Subjects = append(body.Subjects, subjectLine{present.Clean(e.Label(true)), string(e.Kind), "/questions?" + url.Values{"name": {e.ID}}.Encode(), len(e.Claims)})
		}
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

// tooWide returns how many reports speak of a subject, where they are more than a page
// weighs unasked; 0 for a page that may.
func (s *room) tooWide(r *http.Request, name string) (int, error) {
	if r.URL.Query().Get("all") != "" {
		return 0, nil
	}
	n, err := dossier.Width(r.Context(), s.pipeline, name)
	if errors.Is(err, corvee.ErrNotFound) || errors.Is(err, corvee.ErrInvalid) || n <= widest {
		return 0, nil // what is wrong with the name is said where it is looked up
	}
	return n, err
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
