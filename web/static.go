package web

import (
	"net/http"
	"path"
	"strings"
)

// shelf is where the style and the scripts stand. They hold nothing of the base, and the
// page that says how to get in wants its style too, so they need no key.
const shelf = "/static/"

func onShelf(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, shelf) }

func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	name := path.Clean(r.URL.Path)
	body, err := files.ReadFile(strings.TrimPrefix(name, "/"))
	if err != nil || types[path.Ext(name)] == "" || !strings.HasPrefix(name, shelf) {
		v := s.failure(r, errNoPage)
		v.Nav = navNone
		s.write(w, v)
		return
	}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	_, _ = w.Write(body)
}
