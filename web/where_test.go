package web_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"corvee"
)

// placed is a report with claims that are dated and placed, and some that are not.
func (b *base) placed(t *testing.T) {
	t.Helper()
	at := func(from, until string, place corvee.Place) func(*corvee.Claim, corvee.Text) {
		return func(c *corvee.Claim, _ corvee.Text) {
			first, err := corvee.ParseDate(from)
			must(t, err)
			last, err := corvee.ParseDate(until)
			must(t, err)
			w := corvee.Between(first, last)
			c.When, c.Places = &w, []corvee.Place{place}
		}
	}
	dandong := corvee.Place{ID: "dandong", Name: "Dandong", Country: "CN", Precision: corvee.AtCity}
	liaoning := corvee.Place{ID: "liaoning", Name: "Liaoning", Country: "CN", Precision: corvee.AtProvince}
	nowhere := corvee.Place{ID: "p-elsewhere", Name: "Elsewhere", Country: "CN", Precision: corvee.AtCity}
	b.put(t, corvee.Report{Title: "Of places", Publisher: "Harbour Post", Published: corvee.Date{Year: 2024}},
		"In Dandong they sew. In Liaoning they weave. In Elsewhere they dye. A worker named Ryom Chol Hui said so. It is denied.\n", nil,
		draft{"In Dandong they sew", corvee.KindActivity, at("2020-11", "2020-11", dandong)},
		draft{"In Liaoning they weave", corvee.KindActivity, at("2021-02-03", "2021-02-03", liaoning)},
		draft{"In Elsewhere they dye", corvee.KindMovement, at("2021", "2021", nowhere)},
		draft{"A worker named Ryom Chol Hui said so. It is denied", corvee.KindDenial, nil},
	)
}

func TestMapAndTimelineShowTheSame(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.placed(t)
	user := b.visitor(t)
	p := user.get("/map")
	circles := p.all(func(n *html.Node) bool { return n.Data == "circle" })
	if len(circles) != 2 || attr(circles[0], "class") == attr(circles[1], "class") {
		t.Errorf("%d circles; a province is drawn unlike a city", len(circles))
	}
	for _, want := range []string{"not drawn: no table says where it lies", "1 claims name no place", "1 places lie in no table"} {
		if !strings.Contains(tidy(p.doc), want) {
			t.Errorf("the map does not say %q: %s", want, tidy(p.doc))
		}
	}
	p = user.get("/timeline?place=liaoning")
	checkPage(t, p)
	if said := tidy(p.doc); !strings.Contains(said, "2020-11") || !strings.Contains(said, "2021-02") || strings.Contains(said, "they dye") {
		t.Errorf("what lies in Liaoning: %s", said)
	}
	p = user.get("/timeline?from=2020-11&until=2020-11")
	if said := tidy(p.doc); !strings.Contains(said, "they sew") || strings.Contains(said, "they weave") {
		t.Errorf("a month: %s", said)
	}
	for _, address := range []string{"/timeline", "/map", "/map?place=nosuch", "/timeline?party=Nobody"} {
		p := user.get(address)
		checkPage(t, p)
		if strings.Contains(p.body, "Ryom") {
			t.Errorf("%s shows a name", address)
		}
	}
	for _, address := range []string{"/map?kind=nosuch", "/timeline?from=yesterday"} {
		if p := user.get(address); p.status != 400 {
			t.Errorf("%s: %d", address, p.status)
		}
	}
}
