package api

import (
	"html/template"
	"net/http"
	"sort"

	"github.com/danielgtaylor/huma/v2"
)

// docsPage lists the operations; the whole description is /openapi.json. It loads nothing.
var docsPage = template.Must(template.New("docs").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API · Corvee</title>
<link rel="stylesheet" href="/static/style.css">
<main id="main"><h1>Corvee API</h1>
<p>The whole description is <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). Calls marked “key” want
<code>Authorization: Bearer KEY</code> with the key that <code>corvee serve</code> prints; the others answer without it
with bands and no rules. A hit is not proof: ask for a second identifier.</p>
<table><thead><tr><th scope="col">Call</th><th scope="col">Does</th><th scope="col">Needs</th></tr></thead><tbody>
{{range .}}<tr><th scope="row"><code>{{.Method}} {{.Path}}</code></th><td>{{.Summary}}</td><td>{{.Needs}}</td></tr>
{{end}}</tbody></table></main></html>
`))

type operation struct{ Method, Path, Summary, Needs string }

func docs(spec *huma.OpenAPI) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = docsPage.Execute(w, operations(spec))
	}
}

func operations(spec *huma.OpenAPI) []operation {
	var out []operation
	for path, item := range spec.Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post} {
			if op != nil {
				out = append(out, operation{method, path, op.Summary, needs(op)})
			}
		}
	}
	sort.Slice(out, func(i, j int) bool {
		return out[i].Path < out[j].Path || out[i].Path == out[j].Path && out[i].Method < out[j].Method
	})
	return out
}

func needs(op *huma.Operation) string {
	if len(op.Security) == 1 {
		return "key"
	}
	return ""
}
