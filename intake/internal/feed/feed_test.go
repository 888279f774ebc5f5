package feed_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake/internal/feed"
	"corvee/intake/internal/forge"
	"corvee/intake/internal/wire"
)

// pages returns the pages of all items, however small the answers.
func pages(t testing.TB, raw []byte) (lines []string, refused []string) {
	t.Helper()
	for cursor := int64(0); ; {
		a, err := feed.Items(wire.Job{Cursor: cursor}, raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range a.Members {
			if m.Refused != "" {
				refused = append(refused, m.Refused)
				continue
			}
			if !bytes.Contains(raw, m.Raw) && !bytes.Contains(raw, []byte("encoding=\"euc-kr\"")) {
				t.Errorf("an item that does not stand so in the feed: %s", m.Raw)
			}
			p, err := feed.Page(m.Raw, "")
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, "# "+p.Title+" "+p.Published.String()+" "+p.URL+" "+p.Byline)
			lines = append(lines, forge.Lines(p)...)
		}
		if cursor = a.Next; cursor == 0 {
			return lines, refused
		}
	}
}

func TestItems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw  string
		want []string
	}{
		"RSS": {string(forge.RSS("2020-11-19T23:00:00+09:00", forge.Report{"Sixty & more", "Sixty women knit."}, forge.Report{"Forty", "Forty men load."})), []string{
			"# Sixty & more 2020-11-19 https://example.org/0 ", "title|Sixty & more", "body|Sixty women knit.",
			"# Forty 2020-11-19 https://example.org/1 ", "title|Forty", "body|Forty men load."}},
		"Atom": {`<feed xmlns="http://www.w3.org/2005/Atom"><title>Invented Post</title><entry><title type="html">Sixty &amp;amp; more</title><id>x</id>` +
			`<link rel="edit" href="https://example.org/edit"/><link rel="alternate" href="https://example.org/a"/><updated>2020-11-20T00:00:00Z</updated><published>2020-11-19T00:00:00Z</published>` +
			`<author><name>Example Writer</name><email>canary@example.org</email></author><summary>short</summary>` +
			`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Sixty <b>women</b> knit.</p><script>9</script></div></content></entry></feed>`, []string{
			"# Sixty & more 2020-11-19 https://example.org/a Example Writer", "title|Sixty & more", "body|Sixty women knit."}},
		"plain content": {`<feed><entry><title>T</title><content>1 &lt; 2

b</content></entry></feed>`, []string{"# T   ", "title|T", "body|1 < 2", "body|b"}},
		"RDF":                   {`<rdf:RDF xmlns:rdf="r"><item rdf:about="x"><title>Sixty</title><description>Sixty&nbsp;women.</description></item></rdf:RDF>`, []string{"# Sixty   ", "title|Sixty", "body|Sixty\u00A0women."}},
		"in an older encoding":  {"<?xml version=\"1.0\" encoding=\"euc-kr\"?><rss><channel><item><title>\xbf\xa9\xbc\xba</title><description>60</description></item></channel></rss>", []string{"# 여성   ", "title|여성", "body|60"}},
		"a picture's own title": {`<rss xmlns:media="http://search.yahoo.com/mrss/"><item><media:title>picture</media:title><media:description>of</media:description><title>Sixty</title><description>women</description></item></rss>`, []string{"# Sixty   ", "title|Sixty", "body|women"}},
	} {
		got, refused := pages(t, []byte(c.raw))
		if diff := cmp.Diff(c.want, got); diff != "" || refused != nil {
			t.Errorf("%s: refused %v; items (-want +got):\n%s", name, refused, diff)
		}
	}
}

// An item keeps its name when others come before it.
func TestNamesOfItemsStay(t *testing.T) {
	t.Parallel()
	name := func(raw string) string {
		a, err := feed.Items(wire.Job{Most: 1 << 20}, []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		return a.Members[len(a.Members)-1].Name
	}
	const item = "<item><guid>7</guid><title>a</title></item>"
	if a, b := name("<rss>"+item+"</rss>"), name("<rss><item><guid>8</guid></item>"+item+"</rss>"); a != b {
		t.Errorf("%s became %s", a, b)
	}
}

func TestWorstFeeds(t *testing.T) {
	t.Parallel()
	item := "<item><title>a</title><description>b</description></item>"
	for name, c := range map[string]struct {
		raw, want string // want: in the error or a refusal
		items     int
	}{
		"cut short":           {"<rss><channel>" + item + "<item><title>", "damaged", 1},
		"nothing in it":       {"<rss></rss>", "no item", 0},
		"nested deep":         {"<rss>" + strings.Repeat("<a>", 5_000), "nested", 0},
		"an item nested deep": {"<rss><item>" + strings.Repeat("<a>", 5_000) + "</rss>", "", 1},
		"a bomb of entities":  {`<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title></item></rss>`, "", 1},
		"an outside entity":   {`<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><item><title>&a;</title></item></rss>`, "", 1},
	} {
		a, err := feed.Items(wire.Job{Most: 1 << 20}, []byte(c.raw))
		said, items := "", 0
		if err != nil {
			said = err.Error()
		}
		for _, m := range a.Members {
			if said += m.Refused; m.Refused == "" {
				items++
			}
		}
		if items != c.items || !strings.Contains(said, c.want) {
			t.Errorf("%s: %d items, %q", name, items, said)
		}
	}
}

func FuzzItems(f *testing.F) {
	f.Add(forge.RSS("2020", forge.Report{"a", "b"}))
	f.Add([]byte(`<feed><entry><title type="xhtml"><p>a</p></title><content type="text">b</content></entry>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := feed.Items(wire.Job{Most: 1 << 20}, raw)
		if err != nil {
			return
		}
		for _, m := range a.Members {
			p, err := feed.Page(m.Raw, "")
			if err != nil {
				continue
			}
			if _, err := corvee.NewText(p.Text, p.Blocks); err != nil {
				t.Error(err)
			}
		}
	})
}
