package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corvee"
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

// A country that hundreds of reports speak of is not weighed unasked: the page says how
// many there are and asks for a narrower subject, and weighs them all when told to.
func TestWideQuestion(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i := range 201 {
		text := fmt.Sprintf("Report %d\n\nAbout %d North Korean women sew at a mill in Dandong, a trader said.\n", i, 20+i)
		b.put(t, corvee.Report{Title: fmt.Sprintf("Report %d", i), Publisher: "Harbour Post"}, text, nil,
			draft{"North Korean women sew", corvee.KindActivity, func(c *corvee.Claim, _ corvee.Text) {
				c.Sector, c.Countries = corvee.SectorGarments, []string{"CN"}
				c.Places = []corvee.Place{{ID: "dandong", Name: "Dandong", Country: "CN", Precision: corvee.AtCity}}
			}})
	}
	visitor := b.visitor(t)
	wide := visitor.get("/questions?name=Dandong")
	if wide.status != http.StatusOK || !strings.Contains(wide.body, "201 reports speak of") || strings.Contains(wide.body, "What is reported") {
		t.Errorf("%d: %.400s", wide.status, tidy(wide.doc))
	}
	if all := visitor.get("/questions?name=Dandong&all=1"); !strings.Contains(all.body, "What is reported") {
		t.Errorf("told to weigh all: %.400s", tidy(all.doc))
	}
}
