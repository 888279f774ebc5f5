package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"corvee"
)

// canary would be an element, an attribute, an address, a template, a turned-round text, a
// terminal code and a null byte, wherever it were let through.
const canary = "<script>boom()</script>\"'><img src=x onerror=boom()> javascript:boom() {{.}} \u202eecnis\u202c\u2066\u200f \x1b[2J\x07\x00 </textarea></title><!--"

// checkHarmless: nothing that a report wrote became more than text.
func checkHarmless(t *testing.T, p *page) {
	t.Helper()
	checkNothingInline(t, p)
	for _, n := range p.all(func(n *html.Node) bool {
		return n.Data == "img" || n.Data == "iframe" || n.Data == "object" || n.Data == "svg" || n.Data == "base" || n.Data == "meta" && has(n, "http-equiv")
	}) {
		t.Errorf("%s holds <%s>", p.url, n.Data)
	}
	for _, r := range p.body {
		if unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) && !strings.ContainsRune("\n\t", r) {
			t.Errorf("%s holds %U raw", p.url, r)
			return
		}
	}
	if n := len(p.all(func(n *html.Node) bool { return n.Data == "footer" })); n != 1 {
		t.Errorf("%s has %d footers: something was cut off", p.url, n)
	}
}

func TestNothingThatAReportWroteIsMoreThanText(t *testing.T) {
	t.Parallel()
	b := setup(t)
	text := "Heading " + canary + "\n\nThe mill pays 5 yuan " + canary + " a day.\r\n\rEnd " + canary + "\n"
	v := b.put(t, corvee.Report{Title: canary, Publisher: canary, URL: "javascript:boom()//" + canary, Byline: canary, Published: corvee.Date{Year: 2024}}, text,
		[]corvee.Block{{Kind: corvee.BlockTitle, Span: corvee.Span{Start: 0, End: 10}}},
		draft{"pays 5 yuan " + canary + " a day", corvee.KindWage, func(c *corvee.Claim, text corvee.Text) {
			money("5")(c, text)
			c.Label, c.Site, c.Employer, c.Subject = canary, canary, canary, canary
			c.Value.Of = canary
			c.When = &corvee.When{Relative: true, Unresolved: canary}
			c.Places = []corvee.Place{{ID: "canary", Name: canary, Precision: corvee.AtCity}}
			c.Countries = []string{"<b>"}
			c.Attribution = []corvee.Attribution{{Role: canary, Code: canary, Country: canary, Speaker: corvee.SpeakerAnonymous}}
			c.Slots = []corvee.Slot{slotOf(text, corvee.SlotValue, "5 yuan "+canary, 0)}
			c.Rules = []string{canary}
		}})
	user := b.visitor(t)
	c := v.Claims[0]
	p := user.get(reportPath(v) + "?claim=" + c.ID)
	p = user.submit(p, verdictOf(c.ID), nil, "review", "rejected")
	for _, address := range []string{
		"/", "/reports", reportPath(v), p.url.RequestURI(), reportPath(v) + "?claim=" + c.ID + "&edit=1", reportPath(v) + "?add=1&from=30&until=90", "/claims/" + c.ID,
		reportPath(v) + "?claim=" + url.QueryEscape(canary), "/reports/" + url.PathEscape(canary), "/runs/" + url.PathEscape(canary), "/reports?page=" + url.QueryEscape(canary),
	} {
		checkHarmless(t, user.get(address))
	}
	edited := user.submit(user.get(reportPath(v)+"?claim="+c.ID+"&edit=1"), "/edit", url.Values{"note": {canary}, "figure": {canary}})
	checkHarmless(t, edited)
	checkHarmless(t, user.submit(user.get(reportPath(v)+"?add=1"), "/claims", url.Values{"words": {canary}}))
}

func TestSteeringCharactersAreShownInPlace(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.put(t, corvee.Report{Title: "Marks"}, "one\u202etwo\u202c three\x00 four\r\nfive\rsix \U000E0041 seven\u200beight\n", nil)
	p := b.visitor(t).get(reportPath(v))
	block := p.all(classed("b"))[0]
	want := "one␦two␦ three␦ four \nfive\nsix ␦␦ seven·eight\n"
	if got := words(block); got != want {
		t.Errorf("the text is shown as %q, want %q", got, want)
	}
	units := func(s string) int { // UTF-16
		n := 0
		for _, r := range s {
			n++
			if r > 0xFFFF {
				n++
			}
		}
		return n
	}
	if units(want) != units(v.Text.String()) {
		t.Fatal("the test's own text moves offsets")
	}
	named := p.all(classed("ctl"))
	if len(named) != 5 || attr(named[0], "title") != "U+202E" {
		t.Errorf("%d marks, the first called %q", len(named), attr(named[0], "title"))
	}
}

// TestHugeReport holds 5 MB and 2,000 claims, half of them on one sentence.
func TestHugeReport(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.put(t, corvee.Report{Title: "Huge", Published: corvee.Date{Year: 2024}}, hugeText(), nil, hugeClaims()...)
	user := b.visitor(t)
	first := user.get(reportPath(v))
	last := user.get(reportPath(v) + "?claim=" + v.Claims[len(v.Claims)-1].ID)
	for name, p := range map[string]*page{"first part": first, "last claim": last, "middle": user.get(reportPath(v) + "?part=20")} {
		start := time.Now()
		user.get(p.url.RequestURI())
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		if p.status != http.StatusOK || len(p.body) > 900_000 {
			t.Errorf("%s: %d in %d bytes", name, p.status, len(p.body))
		}
		if !strings.Contains(p.body, "shown in parts") {
			t.Errorf("%s does not say that the text is shown in parts", name)
		}
		checkHarmless(t, p)
		checkPage(t, p)
	}
	seen := map[string]bool{}
	for p := first; ; {
		for _, n := range p.all(classed("card")) {
			seen[attr(n, "id")] = true
		}
		next := p.all(func(n *html.Node) bool { return attr(n, "rel") == "next" })
		if len(next) == 0 {
			break
		}
		p = user.get(attr(next[0], "href"))
		if len(seen) == len(v.Claims) {
			break // the rest of the text has no claim
		}
	}
	if len(seen) != len(v.Claims) {
		t.Errorf("the parts show %d of %d claims", len(seen), len(v.Claims))
	}
	c := v.Claims[1500]
	if p := user.submit(user.get(reportPath(v)+"?claim="+c.ID), verdictOf(c.ID), nil, "review", "accepted"); savedText(p) != "Saved: accepted" || !strings.Contains(p.body, `id="`+c.ID+`"`) {
		t.Errorf("a decision deep in the text: %d", p.status)
	}
}

func hugeText() string {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "Mill %d pays %d yuan a month. <script>boom(%d)</script> \u202e\n\n", i, 1000+i, i)
	}
	text.WriteString("One sentence on which a thousand claims stand.\n\n")
	text.WriteString(strings.Repeat("x", 100_000)) // one line without a space
	for text.Len() < 5<<20 {
		text.WriteString("\n\nПустой абзац без утверждений, 没有声明的段落, 주장이 없는 문단.")
	}
	return text.String()
}

func hugeClaims() []draft {
	var out []draft
	for i := range 1000 {
		out = append(out, draft{fmt.Sprintf("Mill %d pays %d yuan a month", i, 1000+i), corvee.KindWage, money(itoa(1000 + i))})
		out = append(out, draft{"One sentence on which a thousand claims stand", corvee.KindOrder, func(c *corvee.Claim, _ corvee.Text) { c.Label = "order " + itoa(i) }})
	}
	return out
}
