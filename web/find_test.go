package web_test

import (
	"net/url"
	"strings"
	"testing"

	"corvee"
)

func TestFind(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plant(t)
	b.put(t, corvee.Report{Title: "丹东的灯笼厂", Publisher: "港口报", Lang: "zh"}, "丹东的灯笼厂有200名女工。联系人电话 138 0013 8000。A worker named Ryom Chol Hui said so.\n", nil, draft{"200名女工", corvee.KindHeadcount, nil})
	b.screened(t)
	user := b.visitor(t)
	for asked, want := range map[string]string{
		"lantern": "Named in reports", "灯笼": "丹东的", "sew": "…", "quiet bay": "On lists", "Harbor Foods Limited": "Names that resemble it",
		"unheardof word": "Nothing in this base", "a": "One Latin letter", "": "Looks through",
	} {
		p := user.get("/find?" + url.Values{"q": {asked}}.Encode())
		checkPage(t, p)
		if !strings.Contains(tidy(p.doc), want) {
			t.Errorf("find %q does not say %q: %s", asked, want, tidy(p.byID("found")))
		}
	}
	for _, name := range []string{"Ryom", "Chol Hui", "0013", "灯笼", "said"} {
		found := tidy(user.get("/find?" + url.Values{"q": {name}}.Encode()).byID("found"))
		if found = strings.ReplaceAll(found, "“"+name+"”", ""); strings.Contains(found, "Ryom") || strings.Contains(found, "0013") {
			t.Errorf("find %q shows a name: %s", name, found)
		}
	}
	checkHarmless(t, user.get("/find?"+url.Values{"q": {canary}}.Encode()))
}

func TestBrowserFindsAsYouType(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plant(t)
	p := open(t, b)
	p.open("/reports")
	p.press("/")
	p.until("document.activeElement.id === 'barq'")
	p.open("/find")
	p.until("document.activeElement.id === 'q'")
	p.press("lan")
	p.until("document.getElementById('found').textContent.includes('Lantern mill') && location.search === '?q=lan'")
	p.press("zzz")
	p.until("document.getElementById('found').textContent.includes('Nothing in this base')")
	p.open("/find?q=lantern")
	p.shot("find")
}
