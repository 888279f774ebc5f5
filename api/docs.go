package api

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// docsPage lists the operations with what they take; the whole description is
// /openapi.json. It loads nothing but its own style, and runs nothing.
var docsPage = template.Must(template.New("docs").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>API · Corvee</title>
<link rel="stylesheet" href="/static/style.css"></head>
<body><main id="main"><div class="page"><header class="head"><h1>Corvee API</h1>
<p class="lead">Names and shipments in, explained hits out. A hit is not proof: ask for a second identifier.</p></header>
<p>The whole description is <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). Calls marked “key” want
<code>Authorization: Bearer KEY</code> with the key that <code>corvee serve</code> prints at its start. The others answer without it,
with bands and no rules, since an explanation also teaches evasion, and no more than {{.Rate}} calls a second.</p>
<p>A client of yente points here by changing its address: <code>/match/default</code>, with <code>ApiKey KEY</code> or <code>Bearer KEY</code>.</p>
<pre><code>curl -H "Authorization: Bearer $KEY" --data-binary @suppliers.csv "http://{{.Host}}/v1/runs?name=suppliers.csv"
curl -H "Authorization: Bearer $KEY" "http://{{.Host}}/v1/runs/RUN"
curl -H "Authorization: Bearer $KEY" "http://{{.Host}}/v1/runs/RUN/result?format=xlsx" -o result.xlsx</code></pre>
<div class="scroll"><table class="list"><thead><tr><th scope="col">Call</th><th scope="col">Does</th><th scope="col">Needs</th></tr></thead><tbody>
{{range .Operations}}<tr><th scope="row"><a href="#{{.ID}}"><code>{{.Method}} {{.Path}}</code></a></th><td data-label="Does">{{.Summary}}</td><td data-label="Needs">{{.Needs}}</td></tr>
{{end}}</tbody></table></div>
{{range .Operations}}<section id="{{.ID}}"><h2><code>{{.Method}} {{.Path}}</code></h2><p>{{.Summary}}{{if .Description}}. {{.Description}}{{end}}</p>
{{if .Params}}<div class="scroll"><table class="list"><thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">Of</th><th scope="col">What</th></tr></thead><tbody>
{{range .Params}}<tr><th scope="row"><code>{{.Name}}</code></th><td data-label="In">{{.In}}</td><td data-label="Of">{{.Type}}</td><td data-label="What">{{.Says}}</td></tr>
{{end}}</tbody></table></div>{{end}}
<p class="quiet">Answers: {{range $i, $a := .Answers}}{{if $i}} · {{end}}{{$a}}{{end}}</p></section>
{{end}}</div></main></body></html>
`))

type operation struct {
	ID, Method, Path, Summary, Description, Needs string
	Params                                        []param
	Answers                                       []string
}

type param struct{ Name, In, Type, Says string }

func docs(spec *huma.OpenAPI, hosts []string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = docsPage.Execute(w, map[string]any{"Operations": operations(spec), "Rate": perSecond, "Host": strings.Join(hosts[:min(1, len(hosts))], "")})
	}
}

func operations(spec *huma.OpenAPI) []operation {
	var out []operation
	for path, item := range spec.Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete} {
			if op != nil {
				out = append(out, operationOf(spec, method, path, op))
			}
		}
	}
	slices.SortFunc(out, func(a, b operation) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method)) })
	return out
}

func operationOf(spec *huma.OpenAPI, method, path string, op *huma.Operation) operation {
	out := operation{ID: op.OperationID, Method: method, Path: path, Summary: op.Summary, Description: op.Description, Needs: needs(op)}
	for _, p := range op.Parameters {
		out.Params = append(out.Params, param{p.Name, p.In, typeOfSchema(p.Schema), cmp.Or(p.Description, says(p.Schema))})
	}
	out.Params = append(out.Params, bodyParams(spec, op)...)
	for status := range op.Responses {
		out.Answers = append(out.Answers, status)
	}
	slices.Sort(out.Answers)
	return out
}

// bodyParams are the fields of a JSON body.
func bodyParams(spec *huma.OpenAPI, op *huma.Operation) (out []param) {
	if op.RequestBody == nil {
		return nil
	}
	for media, body := range op.RequestBody.Content {
		schema := body.Schema
		if schema == nil {
			out = append(out, param{"", "body", media, ""})
			continue
		}
		if schema.Ref != "" {
			schema = spec.Components.Schemas.SchemaFromRef(schema.Ref)
		}
		for name, field := range schema.Properties {
			out = append(out, param{name, "body", typeOfSchema(field), says(field)})
		}
	}
	slices.SortFunc(out, func(a, b param) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type)) })
	return out
}

func typeOfSchema(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case s.Items != nil:
		return "list of " + cmp.Or(s.Items.Type, "objects")
	case len(s.Enum) > 0:
		var words []string
		for _, w := range s.Enum {
			if word, ok := w.(string); ok {
				words = append(words, word)
			}
		}
		return strings.Join(words, ", ")
	}
	return cmp.Or(s.Type, "object")
}

func says(s *huma.Schema) string {
	if s == nil {
		return ""
	}
	return s.Description
}

func needs(op *huma.Operation) string {
	if len(op.Security) == 1 {
		return "key"
	}
	return ""
}
