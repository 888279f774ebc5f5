package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"corvee"
	"corvee/present"

	"corvee/web/door"
	"corvee/web/words"
)

// layout frames every page; parts hold what several pages share.
const (
	layoutFile = "templates/layout.html"
	partFiles  = "templates/part_*.html"
)

func parseTemplates() (map[string]*template.Template, error) {
	base, err := template.New("layout.html").Funcs(template.FuncMap{
		"clean": present.Clean, "kindname": present.KindName, "plain": func(v any) string { return strings.ReplaceAll(fmt.Sprint(v), "_", " ") },
	}).ParseFS(files, layoutFile, partFiles)
	if err != nil {
		return nil, err
	}
	pages, err := fs.Glob(files, "templates/page_*.html")
	if err != nil {
		return nil, err
	}
	out := map[string]*template.Template{}
	for _, file := range pages {
		page, err := base.Clone()
		if err == nil {
			page, err = page.ParseFS(files, file)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		name := strings.TrimSuffix(strings.TrimPrefix(path.Base(file), "page_"), ".html")
		out[name] = page.Option("missingkey=error")
	}
	return out, nil
}

// serve runs a handler and writes its page, or the page of its error.
func (s *site) serve(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		v, err := h(r)
		if err != nil {
			v = s.failure(r, err)
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
func (s *site) write(w http.ResponseWriter, v view) {
	var body bytes.Buffer
	err := s.templates[v.Template].Execute(&body, s.frame(v))
	if err != nil {
		s.log.Error("page cannot be made", "page", v.Template, "error", err)
		v, body = oops(), bytes.Buffer{}
		if err := s.templates[v.Template].Execute(&body, s.frame(v)); err != nil {
			http.Error(w, "This page cannot be shown.", http.StatusInternalServerError)
			return
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(max(v.Status, http.StatusOK))
	_, _ = body.WriteTo(w) // a browser that went away is no failure
}

func (s *site) frame(v view) frame {
	f := frame{Title: v.Title, Nav: v.Nav, Version: s.version, Notice: corvee.Notice, Body: v.Body}
	if v.Nav == navNone {
		return f
	}
	for _, e := range []menuEntry{
		{Href: "/", Label: "Home"}, {Href: "/reports", Label: "Reports"}, {Href: "/questions", Label: "Questions"}, {Href: "/runs", Label: "Screening"},
		{Href: "/lists", Label: "Lists"}, {Href: "/help", Label: "Help"},
	} {
		e.Current = e.Href == v.Nav
		f.Menu = append(f.Menu, e)
	}
	return f
}

// navNone is for a page that shows nothing of the base, not even its menu.
const navNone = "none"

// trouble is a page that says what went wrong and what to do next.
type trouble struct {
	Heading, What string
	Next          []step
}

// step is a way on.
type step struct{ Href, Label string }

var errNoPage = fmt.Errorf("%w: there is no such page", corvee.ErrNotFound)

// statusOf maps each sentinel of the root once.
func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, corvee.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, corvee.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, corvee.ErrInvalid), errors.Is(err, corvee.ErrUngrounded), errors.Is(err, corvee.ErrInconsistent):
		return http.StatusBadRequest
	case errors.Is(err, corvee.ErrUnsupported):
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

func (s *site) failure(r *http.Request, err error) view {
	if errors.Is(err, context.Canceled) {
		return oops()
	}
	next := []step{{"/", "Home"}, {"/reports", "All reports"}, {"/runs", "All screening runs"}}
	v := view{Status: statusOf(err), Template: "trouble", Nav: r.URL.Path}
	switch v.Status {
	case http.StatusNotFound:
		v.Title = "Not found"
		v.Body = trouble{"This is not in the base", "The address may be cut off, or what it named was purged. " + sentence(err), next}
	case http.StatusConflict:
		v.Title = "Already there"
		v.Body = trouble{"Nothing was changed", sentence(err), next}
	case http.StatusInternalServerError:
		s.log.Error("request failed", "error", err)
		return oops()
	default:
		v.Title = "This cannot be done"
		v.Body = trouble{"Nothing was changed", sentence(err), next}
	}
	return v
}

func oops() view {
	return view{
		Status: http.StatusInternalServerError, Template: "trouble", Title: "Something failed",
		Body: trouble{
			"Something failed inside Corvee",
			"What was saved before is safe: nothing is ever written by half. Go back and try again; if it fails again, stop Corvee, start it anew and read what it prints.",
			[]step{{"/", "Home"}},
		},
	}
}

// longestError bounds what is shown of an error: it may repeat what was asked.
const longestError = 300

// sentence makes an error a sentence: errors are written in lower case, without an end.
func sentence(err error) string {
	s := words.Excerpt(err.Error(), longestError)
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:] + "."
}

// refuse writes the page of somebody who was turned away at the door.
func (s *site) refuse(w http.ResponseWriter, why door.Refusal) {
	body := trouble{Heading: why.Heading, What: why.What}
	if why.Again != "" {
		body.Next = []step{{why.Again, "I came by a link and was let in before: open this page again"}}
	}
	s.write(w, view{Status: why.Status, Template: "trouble", Title: why.Title, Nav: navNone, Body: body})
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
