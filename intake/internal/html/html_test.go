package html_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake/internal/html"
	"corvee/intake/internal/layout"
)

func decode(t testing.TB, raw string) layout.Page {
	t.Helper()
	page, err := html.Decode([]byte(raw), "")
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// shown lists blocks as "kind|words".
func shown(page layout.Page) []string {
	var out []string
	for _, b := range page.Blocks {
		out = append(out, string(b.Kind)+"|"+page.Text[b.Start:b.End])
	}
	return out
}

// story is body enough to be an article.
const story = "<p>Sixty women from the north work at the Invented Mill in Hunchun, a neighbour said on Monday, and none of them may leave the yard alone.</p>" +
	"<p>They are paid 2,300 yuan a month, of which the greater part is taken at once by the manager.</p>"

var told = []string{
	"body|Sixty women from the north work at the Invented Mill in Hunchun, a neighbour said on Monday, and none of them may leave the yard alone.",
	"body|They are paid 2,300 yuan a month, of which the greater part is taken at once by the manager.",
}

func TestArticleIsFound(t *testing.T) {
	t.Parallel()
	around := []string{"boilerplate|Home News", "title|Sixty at the mill"}
	end := []string{"boilerplate|Ten noodle shops", "boilerplate|Imprint"}
	nav, heading := `<div><a href="/">Home</a> <a href="/n">News</a></div>`, `<h1>Sixty at the mill</h1>`
	foot := `<div class="relatedPosts"><a href="/x">Ten noodle shops</a></div><div id="footer-menu">Imprint</div>`
	for name, raw := range map[string]string{
		"article":         nav + "<article>" + heading + story + "</article>" + foot,
		"heading outside": nav + heading + "<article>" + story + "</article>" + foot,
		"articleBody":     nav + `<article>` + heading + `<div itemprop="articleBody">` + story + `</div></article>` + foot,
		"main":            nav + "<main>" + heading + story + "</main>" + foot,
		"nothing said":    nav + `<div class="content">` + heading + story + `</div>` + foot,
		"inside it all":   "<article>" + nav + heading + story + foot + "</article>",
	} {
		want := append(append(append([]string{}, around...), told...), end...)
		got := shown(decode(t, "<!doctype html><title>Sixty at the mill - Invented Post</title><body>"+raw))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTeasersAreNoArticle(t *testing.T) {
	t.Parallel()
	teaser := "<article><h2>A mill</h2><p>" + strings.Repeat("Sixty women knit at a mill in a town by the river. ", 5) + "</p></article>"
	page := decode(t, "<body>"+strings.Repeat(teaser, 4))
	for _, line := range shown(page) {
		if strings.HasPrefix(line, "boilerplate|") {
			t.Errorf("a page of teasers has no one article, yet %q is masked", line)
		}
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw  string
		want []string
	}{
		"inline is not parted": {"<p>S<b>ix</b>ty <i>women</i><span>,</span> a&nbsp;few\n\t men", []string{"body|Sixty women, a\u00A0few men"}},
		"lines":                {"<p>Sixty<br>women<br/><br/>They <br> knit", []string{"body|Sixty\nwomen", "body|They\nknit"}},
		"preformatted":         {"<pre>Sixty   women\n  knit</pre>", []string{"body|Sixty   women\n  knit"}},
		"a list":               {"<ul><li>Sixty women<li>Two men</ul>", []string{"body|Sixty women", "body|Two men"}},
		"a quotation":          {"<blockquote><p>We are sixty.</blockquote>", []string{"quotation|We are sixty."}},
		"a figure":             {`<figure><img alt="not shown"><figcaption>At the gate. <small>Photo: X</small></figcaption></figure>`, []string{"caption|At the gate. Photo: X"}},
		"a table": {
			"<table><caption>Pay</caption><tr><th>Who<th>Yuan<tr><td>Women<td>2,300</table>",
			[]string{"caption|Pay", "table_cell|Who", "table_cell|Yuan", "table_cell|Women", "table_cell|2,300"},
		},
		"a layout table": {
			"<table><tr><td><table><tr><td>Inner</td></tr></table><p>Sixty women knit.</td></tr></table>",
			[]string{"table_cell|Inner", "body|Sixty women knit."},
		},
		"what nobody sees": {
			"<p>Sixty<script>1</script><style>2</style><template>3</template><span hidden>4</span><span style='display : NONE'>5</span>" +
				"<textarea>6</textarea><svg><text>7</text></svg><!-- 8 --><select><option>9</select> women",
			[]string{"body|Sixty women"},
		},
		"ruby":             {"<p><ruby>東港<rp>(</rp><rt>ドンガン</rt><rp>)</rp></ruby>の工場", []string{"body|東港の工場"}},
		"a byline by name": {"<p class='byline'>Example Writer</p><p class='pub-date'>May 2022</p><p>Sixty women knit.", []string{"byline|Example Writer", "dateline|May 2022", "body|Sixty women knit."}},
		"an opening":       {"<p>HUNCHUN, China — Sixty women knit.", []string{"dateline|HUNCHUN, China —", "body|Sixty women knit."}},
		"NULs":             {"<p>Six\x00ty women", []string{"body|Sixty women"}},
		"a title alone":    {"<title>Sixty  women</title>", []string{"title|Sixty women"}},
		"entities":         {"<p>&lt;p&gt; R&amp;D &#54620; &#x1F642; &nosuch; &quot;", []string{"body|<p> R&D 한 🙂 &nosuch; \""}},
	} {
		if diff := cmp.Diff(c.want, shown(decode(t, c.raw))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTextIsLaidOutAsSeen(t *testing.T) {
	t.Parallel()
	page := decode(t, "<p>One<p>Two<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e<td>f</table><p>Three")
	if want := "One\n\nTwo\n\na\nb\n\nc\td\ne\tf\n\nThree"; page.Text != want {
		t.Errorf("text = %q, want %q", page.Text, want)
	}
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		head string
		want layout.Page
	}{
		"nothing": {"", layout.Page{Title: "Shown"}},
		"OpenGraph": {
			`<meta property="og:title" content=" A  mill "><meta property="og:site_name" content="Invented Post"><meta property="og:url" content="https://example.org/a">
			 <meta property="og:locale" content="ko_KR"><meta property="article:published_time" content="2022-05-03T23:30:00-08:00"><meta name="author" content="Example Writer">`,
			layout.Page{Title: "A mill", Publisher: "Invented Post", URL: "https://example.org/a", Lang: "ko", Byline: "Example Writer", Published: corvee.Date{Year: 2022, Month: 5, Day: 3}},
		},
		"JSON-LD wins": {
			`<meta property="og:title" content="Other"><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","datePublished":"1999"},
			 {"@type":["NewsArticle"],"headline":"A mill","datePublished":"2022-05","author":[{"name":"A"},{"name":"B"}],"publisher":{"@type":"Organization","name":"Invented Post"},"inLanguage":"zh-Hans-CN"}]}</script>`,
			layout.Page{Title: "A mill", Publisher: "Invented Post", Byline: "A, B", Lang: "zh", Published: corvee.Date{Year: 2022, Month: 5}},
		},
		"broken JSON-LD":          {`<script type="application/ld+json">{"@type":"NewsArticle","headline":</script>`, layout.Page{Title: "Shown"}},
		"old names":               {`<meta name="DC.Date" content="2022"><meta name="dc.publisher" content="Invented Post">`, layout.Page{Title: "Shown", Publisher: "Invented Post", Published: corvee.Date{Year: 2022}}},
		"a date that is none":     {`<meta name="date" content="yesterday"><meta name="pubdate" content="2022-02-30">`, layout.Page{Title: "Shown"}},
		"digits only":             {`<meta name="date" content="20220503">`, layout.Page{Title: "Shown"}},
		"the first wins":          {`<meta name="date" content="2022"><meta name="date" content="2023">`, layout.Page{Title: "Shown", Published: corvee.Date{Year: 2022}}},
		"an address is no byline": {`<meta property="article:author" content="https://example.org/x">`, layout.Page{Title: "Shown"}},
		"time of an event":        {`<time datetime="2019-01-01">`, layout.Page{Title: "Shown"}},
		"time of publishing":      {`<time pubdate datetime="2019-01-01T00:00">`, layout.Page{Title: "Shown", Published: corvee.Date{Year: 2019, Month: 1, Day: 1}}},
	} {
		got := decode(t, "<!doctype html><html><head>"+c.head+"</head><body><h1>Shown</h1><p>Sixty.")
		got.Text, got.Blocks, got.Encoding = "", nil, ""
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := decode(t, `<html lang="en-GB"><meta http-equiv="content-language" content="fr"><p>x`); got.Lang != "en" {
		t.Errorf("lang = %q, want en", got.Lang)
	}
}

func TestEncodingsOfPages(t *testing.T) {
	t.Parallel()
	euckr := "\xb5\xd5\xb0\xad\xc0\xc7 \xb0\xf8\xc0\xe5\xbf\xa1\xbc\xad \xbf\xa9\xbc\xba\xb5\xe9\xc0\xcc \xc0\xcf\xc7\xd1\xb4\xd9" // 둥강의 공장에서 여성들이 일한다
	for name, head := range map[string]string{
		"declared":         `<meta charset="euc-kr">`,
		"declared as http": `<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">`,
		"of a script":      `<script charset="windows-1252x" src="a.js"></script>`,
		"declared wrongly": `<meta charset="utf-8">`,
		"not declared":     ``,
	} {
		got := decode(t, "<html><head>"+head+"</head><body><p>"+euckr)
		if !strings.Contains(got.Text, "둥강의 공장에서 여성들이 일한다") || got.Encoding != "euc-kr" {
			t.Errorf("%s: %s %q", name, got.Encoding, got.Text)
		}
	}
}

// Nesting is the one thing that the parser refuses.
func TestTooDeep(t *testing.T) {
	t.Parallel()
	if _, err := html.Decode([]byte(strings.Repeat("<div>", 50_000)), ""); err == nil || !strings.Contains(err.Error(), "512") {
		t.Errorf("Decode = %v, want a refusal that names the depth", err)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte("<!doctype html><html lang=en><title>a</title><article><h1>b</h1>" + story + "<table><tr><td>1<td>2</table></article>"))
	f.Add([]byte("<p>a<br><br>b<pre>\x00</pre><svg><title>x</svg><plaintext>"))
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00a\x00"))
	f.Add([]byte(`<script type="application/ld+json">[{"@type":"Report","author":[{"name":["a"]}]}]</script><dl><dt>a<dd>b</dl>`))
	f.Add([]byte("<table><td><figure><figcaption>a</table><frameset><frame>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		page, err := html.Decode(raw, "")
		if err != nil {
			return
		}
		if !utf8.ValidString(page.Text) || !page.Sound() {
			t.Fatalf("unsound: %q", page.Text)
		}
		text, err := corvee.NewText(page.Text, page.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range page.Blocks {
			words, err := text.Slice(b.Span)
			if err != nil || words == "" || strings.Contains(words, "\x00") {
				t.Fatalf("block %+v: %q, %v", b, words, err)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	raw := []byte("<!doctype html><body><article>" + strings.Repeat(story, 50) + "</article>" + strings.Repeat("<div class=related><a href=x>Ten noodle shops</a></div>", 100))
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := html.Decode(raw, ""); err != nil {
			b.Fatal(err)
		}
	}
}
