// Package web shows a base as pages to people on the same machine.
//
// What comes in: requests of a browser that was given this launch's key. What goes out:
// HTML made on the server, with a little script beside it. Its one idea: every page and
// every act works as a plain link or form; the script only shortens the way, and a page
// computes no figure. What is shown together stands in a room of its own; here they are
// put in a row behind the door.
package web

import (
	"embed"
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/bring"
	"corvee/pipeline/glance"
	"corvee/pipeline/runner"
	"corvee/web/door"
	"corvee/web/entry"
	"corvee/web/eyes"
	"corvee/web/find"
	"corvee/web/frame"
	"corvee/web/inbox"
	"corvee/web/overview"
	"corvee/web/parts"
	"corvee/web/record"
	"corvee/web/review"
	"corvee/web/subject"
	"corvee/web/triage"
	"corvee/web/where"
)

// Config is what the pages are made from.
type Config struct {
	Pipeline *pipeline.Pipeline
	// Host is the address that the listener is bound to, host:port.
	Host string
	// Key lets the browser of this machine in; whoever has it may read and judge.
	Key string
	// Entry lets people in by their accounts; Host and Key are then of no use.
	Entry   *entry.Entry
	Version string
	// Bringer takes reports in from the pages; without one they cannot be handed in.
	Bringer *bring.Bringer
	// Runner works through tables that are handed in; without one none is taken.
	Runner *runner.Runner
	// Glance is the base as pages over all of it show it; nil makes one.
	Glance *glance.Glance
	// Log, if given, is told of failures, never of who asked for what.
	Log *slog.Logger
}

//go:embed static
var static embed.FS

// rooms are all pages. A page is added by a room here, or in one that is here.
func rooms(c Config) []frame.Room {
	names := eyes.New(c.Pipeline)
	all := []frame.Room{
		overview.Room(c.Pipeline),
		review.Room(c.Pipeline, names, c.Glance),
		subject.Room(c.Pipeline, c.Glance),
		find.Room(c.Pipeline, c.Glance),
		where.Room(c.Glance),
		record.Room(c.Glance),
		triage.Room(c.Pipeline, names, c.Log, c.Runner),
		{Files: []frame.File{{Pattern: "GET " + shelf, Handle: asset, Outside: true}}},
	}
	if c.Bringer != nil {
		all = append(all, inbox.Room(c.Bringer))
	}
	if c.Entry != nil {
		all = append(all, c.Entry.Room())
	}
	return all
}

func menu(c Config) []frame.Entry {
	all := []frame.Entry{
		{Href: "/", Label: "Home"}, {Href: "/reports", Label: "Reports"}, {Href: "/questions", Label: "Questions"}, {Href: "/sites", Label: "Sites"}, {Href: "/organisations", Label: "Organisations"}, {Href: "/dossiers", Label: "Dossiers"},
		{Href: "/map", Label: "Map"}, {Href: "/timeline", Label: "Timeline"}, {Href: "/money", Label: "Money"}, {Href: "/runs", Label: "Screening"},
		{Href: "/lists", Label: "Lists"}, {Href: "/jobs", Label: "Jobs"}, {Href: "/audit", Label: "Audit"}, {Href: "/help", Label: "Help"},
	}
	if c.Bringer != nil {
		all = slices.Insert(all, 1, frame.Entry{Href: "/bring", Label: "Bring in"})
	}
	if c.Entry != nil {
		all = append(all, frame.Entry{Href: "/account", Label: "Account"})
	}
	return all
}

// guard puts the right door before the pages, and says who then sees them.
func guard(c Config) (g func(http.Handler, func(*http.Request) bool, door.Refuse) http.Handler, where string, err error) {
	if c.Entry != nil {
		return c.Entry.Guard, "shown to people who are signed in", nil
	}
	entrance, err := door.New(c.Host, c.Key)
	return entrance.Guard, "shown to this browser only, on this machine only", err
}

// New returns the handler of all pages. It returns an error for a host without a port and
// for a key that could be guessed.
func New(c Config) (http.Handler, error) {
	guarded, where, err := guard(c)
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	if c.Glance == nil {
		c.Glance = glance.New(c.Pipeline)
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	site, err := frame.New(frame.Config{Version: c.Version, Log: c.Log, Notice: corvee.Notice, Where: where, Menu: menu(c), Shared: parts.Templates, Rooms: rooms(c)})
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	mux := http.NewServeMux()
	site.Register(mux)
	return site.Calm(guarded(mux, onShelf, site.Refuse)), nil
}

// shelf is where the style and the scripts stand. They hold nothing of the base, and the
// page that says how to get in wants its style too, so they need no key.
const shelf = "/static/"

func onShelf(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, shelf) }

func asset(w http.ResponseWriter, r *http.Request) error {
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	name := path.Clean(r.URL.Path)
	body, err := static.ReadFile(strings.TrimPrefix(name, "/"))
	if err != nil || types[path.Ext(name)] == "" || !strings.HasPrefix(name, shelf) {
		return frame.ErrNoPage
	}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	_, _ = w.Write(body)
	return nil
}
