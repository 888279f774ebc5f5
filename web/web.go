// Package web shows a base as pages to people on the same machine.
//
// What comes in: requests of a browser that was given this launch's key. What goes out:
// HTML made on the server, with a little script beside it. Its one idea: every page and
// every act works as a plain link or form; the script only shortens the way, and a page
// computes no figure.
package web

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"

	"corvee/pipeline"
	"corvee/web/door"
)

// Config is what the pages are made from.
type Config struct {
	Pipeline *pipeline.Pipeline
	// Host is the address that the listener is bound to, host:port.
	Host string
	// Key lets the browser of this machine in; whoever has it may read and judge.
	Key     string
	Version string
	// Log, if given, is told of failures, never of who asked for what.
	Log *slog.Logger
}

//go:embed templates static
var files embed.FS

// site holds what the handlers share. Nothing in it changes after New.
type site struct {
	pipeline  *pipeline.Pipeline
	version   string
	log       *slog.Logger
	templates map[string]*template.Template
	shown     shown
}

// New returns the handler of all pages. It returns an error for a host without a port and
// for a key that could be guessed.
func New(c Config) (http.Handler, error) {
	entrance, err := door.New(c.Host, c.Key)
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	templates, err := parseTemplates()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s := &site{pipeline: c.Pipeline, version: c.Version, log: c.Log, templates: templates}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	return s.calm(entrance.Guard(s.routes(), onShelf, s.refuse)), nil
}

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	page := func(pattern string, h handler) { mux.Handle(pattern, s.serve(h)) }
	page("GET /{$}", s.home)
	page("GET /reports", s.reports)
	page("GET /reports/{report}", s.report)
	page("POST /reports/{report}/undo", s.undo)
	page("POST /reports/{report}/people", s.people)
	page("POST /reports/{report}/claims", s.add)
	page("POST /reports/{report}/claims/{claim}/verdict", s.judge)
	page("POST /reports/{report}/claims/{claim}/edit", s.edit)
	page("GET /claims/{claim}", s.claim)
	page("GET /questions", s.question)
	mux.HandleFunc("GET /dossier", s.dossier)
	page("GET /runs", s.runs)
	page("GET /runs/{run}", s.run)
	mux.HandleFunc("GET /runs/{run}/result/{format}", s.result)
	page("POST /runs/{run}/decide", s.decide)
	page("POST /runs/{run}/undo", s.undoDecision)
	page("POST /settings/two-for-same", s.setTwo)
	page("GET /lists", s.lists)
	page("GET /help", s.help)
	mux.HandleFunc("GET "+shelf, s.asset)
	page("/", func(*http.Request) (view, error) { return view{}, errNoPage })
	return mux
}

// view is one page to be shown, or the address to go to after an act.
type view struct {
	Status   int // 0 is 200
	Template string
	Title    string
	Nav      string // the entry of the menu that this page belongs to
	Body     any
	To       string
}

type handler func(*http.Request) (view, error)

// frame is what every template is given.
type frame struct {
	Title, Nav, Version, Notice string
	Menu                        []menuEntry
	Body                        any
}

type menuEntry struct {
	Href, Label string
	Current     bool
}

// ctx is short for the request's context.
func ctx(r *http.Request) context.Context { return r.Context() }
