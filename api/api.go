// Package api answers over HTTP in JSON: the matching API that clients of yente know, at
// the root, and Corvee's own under /v1.
//
// What comes in: requests. What goes out: hits, claims, the stream. Its one idea: the same
// use cases as the pages and the commands, in two dialects; a caller without this
// launch's key gets bands without rules, since an explanation also teaches evasion.
package api

import (
	"context"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"corvee"
	"corvee/account"
	"corvee/pipeline"
	"corvee/pipeline/glance"
	"corvee/pipeline/runner"
)

// Config is what the API works with. Hosts are the only names that it answers to; Key is
// the token of the local user. Clock serves the rate limit.
type Config struct {
	Pipeline *pipeline.Pipeline
	Hosts    []string
	Key      string
	// Accounts, if given, are who may ask, by token; Key is then of no use.
	Accounts *account.Accounts
	Version  string
	Clock    func() time.Time
	// Glance is the base as answers over all of it show it; nil makes one.
	Glance *glance.Glance
	// Runner works through the tables that are handed in; without one none are taken.
	Runner *runner.Runner
}

// server holds the configuration for the handlers.
type server struct {
	Config
	limit  *bucket
	rights *http.ServeMux
}

// Prefixes are the beginnings of the paths that the API answers; all others are pages.
func Prefixes() []string {
	return []string{"/match/", "/search/", "/entities/", "/algorithms", "/catalog", "/healthz", "/readyz", "/openapi", "/docs", "/metrics", "/v1/"}
}

// Serves reports whether a path is the API's.
func Serves(path string) bool {
	return slices.ContainsFunc(Prefixes(), func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

// maxBody bounds a request: about a hundred thousand queries.
const maxBody = 64 << 20

// New returns the handler of the API.
func New(c Config) http.Handler {
	if c.Glance == nil {
		c.Glance = glance.New(c.Pipeline)
	}
	s := &server{c, newBucket(c.Clock), rights()}
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Corvee", c.Version)
	config.Info.Description = "Names and shipments in, explained hits out; reports in, quoted claims out. " +
		"A hit is not proof: ask for a second identifier."
	config.DocsPath, config.SchemasPath = "", "" // the docs page is our own: it loads nothing from elsewhere
	config.CreateHooks = nil                     // answers carry no $schema link
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"key": {Type: "http", Scheme: "bearer"}}
	surface := humago.New(mux, config)
	surface.OpenAPI().Components.Schemas.RegisterTypeAlias(reflect.TypeFor[corvee.When](), reflect.TypeFor[whenShape]())
	s.yente(surface)
	s.own(surface)
	s.runsAPI(surface)
	s.decisionsAPI(surface)
	s.whoAPI(surface)
	mux.HandleFunc("GET /docs", docs(surface.OpenAPI(), s.Hosts))
	mux.HandleFunc("POST "+streamPath, s.stream)
	mux.HandleFunc("POST "+runsPath, s.upload)
	mux.HandleFunc("GET "+runsPath+"/{id}/result", s.download)
	mux.HandleFunc("GET "+alertsPath, s.alerts)
	mux.HandleFunc("GET "+metricsPath, s.figures)
	return s.guard(http.NewCrossOriginProtection().Handler(mux))
}

// schemaName is a type's own name, with its room before it where it is no noun of the
// contract: two rooms may name a type alike.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch room := path.Base(t.PkgPath()); room {
	case "corvee", "api", ".", "":
		return name
	default:
		return strings.ToUpper(room[:1]) + room[1:] + name
	}
}

type signedIn struct{}

// guard refuses foreign host names (DNS rebinding), bounds bodies, holds callers without a
// key to the rate limit, and marks those with one.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
		if !slices.Contains(s.Hosts, r.Host) {
			fail(w, http.StatusMisdirectedRequest, "this address answers only to its own names")
			return
		}
		r = s.enter(w, r)
		if r == nil {
			return
		}
		switch r.URL.Path {
		case streamPath: // a batch is read line by line and never held
		case runsPath:
			r.Body = http.MaxBytesReader(w, r.Body, maxTable)
		default:
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		}
		next.ServeHTTP(w, r)
	})
}

func signed(ctx context.Context) bool {
	in, _ := ctx.Value(signedIn{}).(bool)
	return in
}
