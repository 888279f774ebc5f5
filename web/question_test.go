package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A subject is asked for by name; what is reported stands with its origins, each figure
// leads to words on the page, and the dossier can be saved.
func TestQuestion(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plant(t)
	visitor := b.visitor(t)
	list := visitor.get("/questions")
	if list.status != http.StatusOK || !strings.Contains(list.body, "Dandong") {
		t.Fatalf("%d: %s", list.status, tidy(list.doc))
	}
	p := visitor.get("/questions?" + url.Values{"name": {"Dandong"}}.Encode())
	for _, want := range []string{"What is reported", "single origin", "Looked for and not found", "The words they come from", `href="#c1"`, `id="c1"`, "/dossier?name=Dandong"} {
		if !strings.Contains(p.body, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if p := visitor.get("/questions?name=Nowhere+at+all"); p.status != http.StatusNotFound || !strings.Contains(p.body, "No claim of this base names") {
		t.Errorf("%d", p.status)
	}
	file := visitor.get("/dossier?name=Dandong")
	if file.header.Get("Content-Disposition") != `attachment; filename="dossier.html"` || !strings.Contains(file.body, "Dossier · place") {
		t.Errorf("%v", file.header)
	}
	if file := visitor.get("/dossier?name=Dandong&as=json"); file.header.Get("Content-Type") != "application/json" || !strings.Contains(file.body, `"subject": "Dandong"`) {
		t.Errorf("%v", file.header)
	}
}
