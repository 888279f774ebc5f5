package web

import (
	"net/http"
	"path"
	"strings"
)

// static serves the style and the scripts. They hold nothing of the base, and the page that
// says how to get in wants its style too, so they stand before the key; other sites are
// kept off by the resource policy and by isolation.
func (s *site) static(next http.Handler) http.Handler {
	inner := s.isolated(http.HandlerFunc(s.asset))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/static/") {
			inner.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png"}
	name := path.Clean(r.URL.Path)
	body, err := files.ReadFile(strings.TrimPrefix(name, "/"))
	if err != nil || types[path.Ext(name)] == "" || !strings.HasPrefix(name, "/static/") {
		s.write(w, s.failure(r, errNoPage))
		return
	}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	_, _ = w.Write(body)
}
