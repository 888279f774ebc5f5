package frame

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"runtime/debug"
	"strconv"
	"strings"

	"corvee/present"
	"corvee/web/words"
)

// layout frames every page; parts hold what several pages share.
const (
	layoutFile = "templates/layout.html"
	partFiles  = "templates/part_*.html"
	pageFiles  = "templates/page_*.html"
)

func parseBase(shared fs.FS) (*template.Template, error) {
	base, err := template.New("layout.html").Funcs(template.FuncMap{
		"clean": present.Clean, "kindname": present.KindName, "plain": func(v any) string { return strings.ReplaceAll(fmt.Sprint(v), "_", " ") },
		"languages": words.Languages,
	}).ParseFS(own, layoutFile)
	if err != nil {
		return nil, err
	}
	return base.ParseFS(shared, partFiles)
}

// parseRoom parses the pages of a room, each with the room's own parts.
func (s *Site) parseRoom(base *template.Template, files fs.FS) error {
	parts, err := fs.Glob(files, partFiles)
	if err != nil {
		return err
	}
	pages, err := fs.Glob(files, pageFiles)
	if err != nil {
		return err
	}
	for _, file := range pages {
		page, err := base.Clone()
		if err == nil {
			page, err = page.ParseFS(files, append(parts[:len(parts):len(parts)], file)...)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		name := strings.TrimSuffix(strings.TrimPrefix(path.Base(file), "page_"), ".html")
		if s.templates[name] != nil {
			return fmt.Errorf("%s: two pages of that name", file)
		}
		s.templates[name] = page.Option("missingkey=error")
	}
	return nil
}

// serve runs a handler and writes its page, or the page of its error.
func (s *Site) serve(p Page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, max(p.MaxBody, maxForm))
		v, err := p.Handle(r)
		if err != nil {
			v = s.failure(r, err)
		}
		if v.Cookie != nil {
			http.SetCookie(w, v.Cookie)
		}
		if v.To != "" {
			http.Redirect(w, r, v.To, http.StatusSeeOther)
			return
		}
		s.write(w, v)
	})
}

// maxForm bounds what a browser may send: a form with a quote of a long paragraph.
const maxForm = 1 << 20

// write renders into memory first, so that a page is whole or not there.
func (s *Site) write(w http.ResponseWriter, v View) {
	var body bytes.Buffer
	err := s.templates[v.Template].Execute(&body, s.framed(v))
	if err != nil {
		s.Log.Error("page cannot be made", "page", v.Template, "error", err)
		v, body = oops(), bytes.Buffer{}
		if err := s.templates[v.Template].Execute(&body, s.framed(v)); err != nil {
			http.Error(w, "This page cannot be shown.", http.StatusInternalServerError)
			return
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(max(v.Status, http.StatusOK))
	_, _ = body.WriteTo(w) // a browser that went away is no failure
}

// Calm turns a panic into a page. The log is told where, never who asked.
func (s *Site) Calm(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			s.Log.Error("panic", "cause", cause, "stack", string(debug.Stack()))
			s.write(w, oops())
		}()
		next.ServeHTTP(w, r)
	})
}
