package watch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/storetest/throwaway"
)

const hour = time.Hour

// article is a page with words and with something around them that changes each time.
func article(words, around string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>Mill</title></head><body><nav><a href="/">%s</a></nav>
<article><h1>Knitting mill</h1><p>The mill by the river has stood there since the war, and the town has grown around it.</p><p>%s</p></article></body></html>`, around, words)
}

const ninety = "Some 90 North Korean women knit at the Invented Star mill in Hunchun, a trader said."

func TestPage(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.site.put("/mill.html", article(ninety, "Home"))
	d.add(store.Watch{Kind: store.WatchPage, Address: "/mill.html", Read: true, Every: hour})
	d.want("the first look", d.look(0), "report /mill.html", "added /mill.html")
	d.want("the same bytes", d.look(hour))
	d.site.put("/mill.html", article(ninety, "Home (3)"))
	d.want("the same words", d.look(hour))
	d.want("too early", d.look(hour/2))
	d.site.put("/mill.html", article("Some 120 North Korean women knit at the Invented Star mill in Hunchun, a trader said.", "Home"))
	d.want("other words", d.look(hour/2), "report /mill.html", "changed /mill.html")
	delete(d.site.pages, "/mill.html")
	d.want("no page", d.look(hour), "removed /mill.html")
	d.want("still no page", d.look(hour), "rejected page /mill.html")
	d.want("alerts", d.alerts(), "changed /mill.html", "gone /mill.html")
	d.site.put("/mill.html", article(ninety, "Home"))
	d.want("the page again", d.look(8*hour), "report /mill.html", "changed /mill.html")
	reports, _, err := d.Reports(t.Context(), store.ReportFilter{})
	if err != nil || len(reports) != 2 {
		t.Errorf("%d reports, %v; want the two states of the page", len(reports), err)
	}
}

// TestPurgedPageIsNotReadAgain, and the alerts of it are gone.
func TestPurgedPageIsNotReadAgain(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.site.put("/mill.html", article(ninety, "Home"))
	d.site.put("/feed.xml", feed("/mill.html"))
	d.add(store.Watch{Kind: store.WatchPage, Address: "/mill.html", Read: true, Every: hour})
	d.look(0)
	d.add(store.Watch{Kind: store.WatchFeed, Address: "/feed.xml", Read: true, Every: hour})
	d.look(0)
	reports, _, err := d.Reports(t.Context(), store.ReportFilter{})
	if err != nil || len(reports) != 1 {
		t.Fatalf("%+v, %v", reports, err)
	}
	d.site.put("/mill.html", article("Other words stand here now, about a mill and its women.", ""))
	d.look(hour)
	d.want("alerts", d.alerts(), "changed /mill.html")
	for _, r := range reports {
		_, err := d.Purge(t.Context(), r.Report.ID, "a test")
		must(t, err)
	}
	reports, _, err = d.Reports(t.Context(), store.ReportFilter{})
	must(t, err)
	for _, r := range reports {
		_, err := d.Purge(t.Context(), r.Report.ID, "a test")
		must(t, err)
	}
	d.want("after the purge", d.look(hour), "rejected page /mill.html")
	d.site.put("/feed.xml", feed("/mill.html")+" ")
	d.want("in the feed", d.look(hour), "rejected page /mill.html")
	d.want("alerts after the purge", d.alerts())
}

func feed(paths ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Invented Gazette</title>`)
	for _, p := range paths {
		fmt.Fprintf(&b, "<item><title>About %s</title><link>%s</link><guid>%s</guid></item>", p, p, p)
	}
	return b.String() + "</channel></rss>"
}

func TestFeed(t *testing.T) {
	t.Parallel()
	testFeed(t, setup(t))
}

func TestFeedOnPostgres(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	testFeed(t, setupOn(t, func(string) (store.Store, error) { return postgres.Open(t.Context(), url) }))
}

func testFeed(t *testing.T, d *desk) {
	t.Helper()
	d.site.put("/1", article(ninety, "a"))
	d.site.put("/2", article("Some 40 North Korean men cut fish in Donggang, a cook said.", "a"))
	d.site.put("/feed.xml", feed("/2", "/1"))
	d.add(store.Watch{Kind: store.WatchFeed, Address: "/feed.xml", Read: true, Every: hour})
	d.want("the first look", d.look(0), "report /2", "added About /2", "report /1", "added About /1")
	d.want("the same feed", d.look(hour))
	d.site.put("/3", article("Some 70 North Korean women sew in Dandong, an official said.", "a"))
	d.site.put("/feed.xml", feed("/3", "/gone", "http://169.254.169.254/latest", "/2", "/1"))
	d.want("new items", d.look(hour), "report /3", "added About /3", "rejected /gone", "added About /gone",
		"rejected http://169.254.169.254/latest", "added About http://169.254.169.254/latest")
	d.want("alerts", d.alerts(), "new /3", "new /gone", "new http://169.254.169.254/latest")
	d.want("the same feed again", d.look(hour))
	d.site.put("/feed.xml", "<html>Sign in</html>")
	d.want("no feed", d.look(hour), "rejected feed /feed.xml")
}

// TestTitlesAreCovered: who is named in a title is not shown by a look.
func TestTitlesAreCovered(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.site.put("/feed.xml", `<rss><channel><item><title>Cook Kim Chol-su tells of the mill</title><link>/1</link></item></channel></rss>`)
	d.add(store.Watch{Kind: store.WatchFeed, Address: "/feed.xml", Every: hour})
	got := d.look(0)
	if len(got) != 1 || strings.Contains(got[0], "Chol-su") || !strings.Contains(got[0], "tells of the mill") {
		t.Errorf("shown as %q", got)
	}
}

// TestFeedIsTriedAgain: an item that cannot be had for now is asked for at the next look.
func TestFeedIsTriedAgain(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.site.put("/feed.xml", feed("/1"))
	d.site.status["/1"] = http.StatusBadGateway
	d.add(store.Watch{Kind: store.WatchFeed, Address: "/feed.xml", Read: true, Every: hour})
	d.want("a page that is ill", d.look(0), "rejected /1")
	delete(d.site.status, "/1")
	d.site.put("/1", article(ninety, "a"))
	d.want("a page that is well", d.look(hour), "report /1", "added About /1")
}

// TestCutOff: what was taken in before is not told again, the rest is.
func TestCutOff(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.add(store.Watch{Kind: store.WatchFeed, Address: "/feed.xml", Read: true, Every: hour})
	d.site.put("/feed.xml", feed("/0"))
	d.site.put("/0", article(ninety, ""))
	d.look(0)
	for _, p := range []string{"/1", "/2"} {
		d.site.put(p, article("Some 70 North Korean women sew in Dandong, an official said, in text "+p, "a"))
	}
	d.site.put("/feed.xml", feed("/0", "/1", "/2"))
	ctx, cancel := context.WithCancel(t.Context())
	d.site.asked = func(path string) {
		if path == "/2" {
			cancel()
		}
	}
	d.now = d.now.Add(hour)
	var told []corvee.Message
	_, err := d.Watcher.Run(ctx, false, func(m corvee.Message) error { told = append(told, m); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a look that was cut off: %v", err)
	}
	d.want("before it was cut off", d.short(told), "report /1", "added About /1")
	d.site.asked = nil
	d.want("after", d.look(0), "report /2", "added About /2")
	d.want("alerts", d.alerts(), "new /1", "new /2")
}

func TestSitemap(t *testing.T) {
	t.Parallel()
	d := setup(t)
	page := func(path, day string) string {
		return fmt.Sprintf("<url><loc>%s%s</loc><lastmod>%s</lastmod></url>", d.url, path, day)
	}
	d.site.put("/index.xml", "<sitemapindex><sitemap><loc>"+d.url+"/a.xml</loc></sitemap><sitemap><loc>/missing.xml</loc></sitemap></sitemapindex>")
	d.site.put("/a.xml", "<urlset>"+page("/1", "2026-11-01")+"</urlset>")
	d.add(store.Watch{Kind: store.WatchSitemap, Address: "/index.xml", Every: hour})
	d.want("the first look", d.look(0), "added /1")
	d.site.put("/a.xml", "<urlset>"+page("/1", "2026-11-24")+page("/2", "2026-11-24")+"</urlset>")
	d.want("other pages", d.look(hour), "changed /1", "added /2")
	d.want("the same pages", d.look(hour))
	d.want("alerts", d.alerts(), "changed /1", "new /2")
}

// TestManyItems: one look takes in so many; the rest is not lost and is no news either.
func TestManyItems(t *testing.T) {
	t.Parallel()
	d := setup(t)
	var b strings.Builder
	for i := range 450 {
		fmt.Fprintf(&b, "%s/%d\n", d.url, i)
	}
	d.site.put("/map.txt", b.String())
	d.add(store.Watch{Kind: store.WatchSitemap, Address: "/map.txt", Every: hour})
	for i, want := range []int{200, 200, 50, 0} {
		if got := d.look(hour); len(got) != want {
			t.Errorf("look %d found %d, want %d", i, len(got), want)
		}
	}
	d.want("alerts", d.alerts())
}

// TestPutOff: a site that fails is asked less and less, and when it names a time, then.
func TestPutOff(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.site.status["/mill.html"] = http.StatusBadGateway
	w := d.add(store.Watch{Kind: store.WatchPage, Address: "/mill.html", Every: hour})
	for i, wait := range []time.Duration{0, hour, 2 * hour, 4 * hour} {
		if wait > 0 {
			d.want("too early", d.look(wait-time.Second))
		}
		d.want(fmt.Sprint("try ", i), d.look(time.Second), "rejected page /mill.html")
	}
	d.want("alerts", d.alerts(), "failing")
	d.site.status["/mill.html"] = http.StatusServiceUnavailable
	d.look(8 * hour)
	all, err := d.Watches(t.Context())
	if err != nil || len(all) != 1 || all[0].ID != w.ID || all[0].Next.Sub(d.now) != 7*24*hour {
		t.Errorf("%+v, %v; want it put off by a week, the longest that a site is granted", all, err)
	}
	delete(d.site.status, "/mill.html")
	d.site.put("/mill.html", article(ninety, ""))
	d.want("a page that is well", d.look(7*24*hour), "added /mill.html")
	if all, err = d.Watches(t.Context()); err != nil || all[0].Tries != 0 || all[0].Failure != "" || all[0].Next.Sub(d.now) != hour {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestWatches(t *testing.T) {
	t.Parallel()
	d := setup(t)
	for what, w := range map[string]store.Watch{
		"no kind": {Address: "https://gazette.example/"}, "no address": {Kind: store.WatchPage}, "a path": {Kind: store.WatchPage, Address: "/tmp/x"},
		"too often": {Kind: store.WatchFeed, Address: "https://gazette.example/", Every: time.Minute}, "no name": {Kind: store.WatchSupplier, Terms: map[string]string{"country": "CN"}},
		"no terms": {Kind: store.WatchQuestion}, "another term": {Kind: store.WatchQuestion, Terms: map[string]string{"name": "x"}},
		"another kind": {Kind: store.WatchQuestion, Terms: map[string]string{"kind": "rumour"}}, "terms of a page": {Kind: store.WatchPage, Address: "https://gazette.example/", Terms: map[string]string{"kind": "wage"}},
	} {
		if _, err := d.Watcher.Add(t.Context(), w); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := d.Watcher.Run(t.Context(), false, func(corvee.Message) error { return nil }); err == nil {
		t.Error("a look at nothing")
	}
	one := d.add(store.Watch{Kind: store.WatchFeed, Address: "/feed.xml"})
	again := d.add(store.Watch{Kind: store.WatchFeed, Address: "/feed.xml", Every: 3 * hour, Read: true})
	if one.ID != again.ID || again.Every != 3*hour {
		t.Errorf("%+v, then %+v", one, again)
	}
	must(t, d.Remove(t.Context(), one.ID))
	if err := d.Remove(t.Context(), one.ID); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	events, err := d.Events(t.Context(), 0)
	must(t, err)
	if n := len(events); n != 3 || events[n-1].Verb != "watch.removed" {
		t.Errorf("events %+v", events)
	}
}
