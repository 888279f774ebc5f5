// Package frame makes a page of what a handler says.
//
// What comes in: rooms, each with its templates and with handlers that return a View. What
// goes out: whole pages under one menu, or the page of an error that says what to do next.
// Its one idea: a room says what is shown and where to go; how pages are rendered, refused
// and framed is here and nowhere else.
package frame

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"

	"corvee"
)

// View is one page to be shown, or the address to go to after an act.
type View struct {
	Status   int // 0 is 200
	Template string
	Title    string
	Nav      string // the entry of the menu that this page belongs to
	Body     any
	To       string
	// Asked is what stands in the search box of the bar.
	Asked string
	// Refresh asks the browser to come again after so many seconds: something is under way.
	Refresh int
	Cookie  *http.Cookie // to be set in the browser; nil for none
}

// Handler answers a request with a page.
type Handler func(*http.Request) (View, error)

// Page is a handler under a pattern of http.ServeMux.
type Page struct {
	Pattern string
	Handle  Handler
	// MaxBody is the most bytes that may be sent to it; 0 is enough for a form.
	MaxBody int64
}

// File is an answer that is no page: a download. An error that it returns becomes the page
// of that error, so it must come before the first byte.
type File struct {
	Pattern string
	Handle  func(http.ResponseWriter, *http.Request) error
	// Outside is for what is answered to those who were not let in: its errors show nothing
	// of the base, not even its menu.
	Outside bool
}

// Room is a set of pages with the templates that only they use: templates/page_NAME.html
// for the View's Template, templates/part_*.html for what its pages share.
type Room struct {
	Templates fs.FS // nil for a room without pages
	Pages     []Page
	Files     []File
}

// Entry is one entry of the menu.
type Entry struct{ Href, Label string }

// Config is what a site is made from.
type Config struct {
	Version string
	Log     *slog.Logger
	Notice  string
	Where   string // who sees the pages, for their foot
	Menu    []Entry
	// Shared holds the parts that pages of several rooms use, templates/part_*.html.
	Shared fs.FS
	Rooms  []Room
}

// Site serves the rooms. Nothing in it changes after New.
type Site struct {
	Config
	templates map[string]*template.Template
}

//go:embed templates
var own embed.FS

// New returns the site of some rooms. It returns an error for a template that cannot be
// parsed and for two pages of one name.
func New(c Config) (*Site, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Site{Config: c, templates: map[string]*template.Template{}}
	base, err := parseBase(c.Shared)
	if err != nil {
		return nil, err
	}
	for _, room := range append([]Room{{Templates: own}}, c.Rooms...) {
		if room.Templates == nil {
			continue
		}
		if err := s.parseRoom(base, room.Templates); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Register puts the pages and files of all rooms under mux.
func (s *Site) Register(mux *http.ServeMux) {
	for _, room := range s.Rooms {
		for _, p := range room.Pages {
			mux.Handle(p.Pattern, s.serve(p))
		}
		for _, f := range room.Files {
			mux.Handle(f.Pattern, s.file(f))
		}
	}
	mux.Handle("/", s.serve(Page{Handle: func(*http.Request) (View, error) { return View{}, ErrNoPage }}))
}

func (s *Site) file(f File) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := f.Handle(w, r)
		if err == nil {
			return
		}
		v := s.failure(r, err)
		if f.Outside {
			v.Nav = NavNone
		}
		s.write(w, v)
	})
}

// framed is what every template is given.
type framed struct {
	Title, Nav, Version, Notice, Where string
	Menu                               []menuEntry
	Body                               any
	Refresh                            int
	Search                             bool
	Asked                              string
}

type menuEntry struct {
	Entry
	Current bool
}

func (s *Site) framed(v View) framed {
	f := framed{Title: v.Title, Nav: v.Nav, Version: s.Version, Notice: s.Notice, Where: s.Where, Body: v.Body, Refresh: v.Refresh, Asked: v.Asked}
	if v.Nav == NavNone {
		return f
	}
	f.Search = v.Nav != "/find"
	for _, e := range s.Menu {
		f.Menu = append(f.Menu, menuEntry{e, e.Href == v.Nav})
	}
	return f
}

// NavNone is for a page that shows nothing of the base, not even its menu.
const NavNone = "none"

// ErrNoPage is the error of an address that no room has.
var ErrNoPage = fmt.Errorf("%w: there is no such page", corvee.ErrNotFound)
