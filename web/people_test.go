package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corvee"
)

// People's names are covered on every page of a report; showing them takes a reason, is
// logged, and can be taken back.
func TestNamesAreCovered(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const content = "A worker named Ryom Chol Hui said that 240 people sew there, and that Ms. Paek Un Byol earns 300 yuan."
	v := b.put(t, corvee.Report{Publisher: "Border Ledger", Lang: "en", Title: "Ms. Paek speaks"}, content, nil,
		draft{kind: corvee.KindNetPay, words: "Ms. Paek Un Byol earns 300 yuan", with: money("300")})
	address, visitor := reportPath(v), b.visitor(t)
	pages := []string{address, address + "?claim=" + v.Claims[0].ID, address + "?add=1", "/claims/" + v.Claims[0].ID, "/", "/reports"}
	for _, at := range pages {
		p := visitor.get(at)
		if p.status != http.StatusOK || strings.Contains(p.body, "Ryom") || strings.Contains(p.body, "Paek") {
			t.Errorf("%s: %d shows a name", at, p.status)
		}
	}
	if p := visitor.post(address+"/people", url.Values{"show": {"yes"}, "reason": {" "}}); p.status == http.StatusOK {
		t.Error("names are shown without a reason")
	}
	visitor.post(address+"/people", url.Values{"show": {"yes"}, "reason": {"the court asks"}})
	if p := visitor.get(address); !strings.Contains(p.body, "Ryom Chol Hui") {
		t.Error("names are not shown to who asked")
	}
	logged := false
	events, err := b.pipeline.Events(t.Context(), 0)
	must(t, err)
	for _, e := range events {
		logged = logged || e.Verb == "people.shown"
	}
	if !logged {
		t.Error("that names were shown is not in the log")
	}
	visitor.post(address+"/people", url.Values{"show": {"no"}})
	if p := visitor.get(address); strings.Contains(p.body, "Ryom") {
		t.Error("names are not covered again")
	}
}
