package web_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"corvee/present/dossier"
)

const withPeople = telling + "\nA worker named Ryom Chol Hui said on 12 November that their passports were taken. Ms. Paek Un Byol can be reached at +86 138 0013 8000.\n"

// Nothing that names or reaches a person is on any page over the whole base, nor in what it
// lets one save.
func TestPagesOverTheBaseNameNobody(t *testing.T) {
	t.Parallel()
	b := setup(t)
	user := b.visitor(t)
	user.ended(user.send("/bring", map[string]string{"text": withPeople, "publisher": "Border Ledger", "published": "2020-11-19"}, map[string]map[string]string{"files": {"Ms. Paek Un Byol.bin": "\x00"}}))
	site := "/dossier?name=Hunchun+Lansui+Electronics"
	for _, address := range []string{
		"/", "/reports", "/sites", "/organisations", "/money", "/map", "/timeline", "/dossiers", "/jobs", "/audit?check=1", "/find?q=worker", "/questions",
		"/dossiers?name=Hunchun+Lansui+Electronics", "/questions?name=Hunchun", site, site + "&as=json",
	} {
		p := user.get(address)
		if p.status != 200 || strings.Contains(p.body, "Ryom") || strings.Contains(p.body, "Paek") || strings.Contains(p.body, "0013 8000") {
			t.Errorf("%s: %d names somebody", address, p.status)
		}
	}
	zipped := user.get(site + "&as=bag")
	z, err := zip.NewReader(bytes.NewReader([]byte(zipped.body)), int64(len(zipped.body)))
	must(t, err)
	unpacked, err := fs.Sub(z, "dossier")
	must(t, err)
	d, err := dossier.Verify(unpacked)
	must(t, err)
	if len(d.Claims) < 3 {
		t.Errorf("the bag holds %d claims", len(d.Claims))
	}
}

func TestMoneyAndOrganisations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	user := b.visitor(t)
	user.ended(user.send("/bring", map[string]string{"text": telling, "publisher": "Border Ledger", "published": "2020-11-19"}, nil))
	p := user.get("/money")
	if said := tidy(p.doc); !strings.Contains(said, "87 % withheld") || !strings.Contains(said, "300") || !strings.Contains(said, "worked out") {
		t.Errorf("money: %s", said)
	}
	widths := map[string]bool{}
	for _, bar := range p.all(func(n *html.Node) bool { return n.Data == "rect" }) {
		widths[attr(bar, "width")] = true
	}
	if !widths["1000"] || !widths["869"] || !widths["130"] {
		t.Errorf("the bars are %v thousandths wide", widths)
	}
	p = user.get("/organisations")
	if said := tidy(p.doc); !strings.Contains(said, "Hunchun Lansui Electronics") {
		t.Errorf("organisations: %s", said)
	}
	p = user.get("/audit?check=1")
	if said := tidy(p.doc); !strings.Contains(said, "The chain holds") || !strings.Contains(said, "report read") {
		t.Errorf("audit: %s", said)
	}
	if p = user.get("/audit?until=x"); p.status != 400 {
		t.Errorf("an event that is no number: %d", p.status)
	}
}
