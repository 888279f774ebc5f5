package web_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"corvee"
)

func itoa(n int) string { return strconv.Itoa(n) }

// TestEveryPageHolds checks what each page owes its reader: a title, one heading, landmarks,
// a way to skip, labels on controls, ids used once, links that lead somewhere.
func TestEveryPageHolds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	user := b.visitor(t)
	seen := map[string]bool{}
	queue := pages(t, b)
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if seen[address] {
			continue
		}
		seen[address] = true
		p := user.get(address)
		if p.status != http.StatusOK {
			t.Errorf("GET %s: %d", address, p.status)
			continue
		}
		if strings.HasPrefix(p.header.Get("Content-Disposition"), "attachment") {
			continue // a file to save, not a page
		}
		checkPage(t, p)
		if size := len(p.body) + shelfSize(t, user, p); size > mostPageBytes {
			t.Errorf("GET %s: %d bytes with its style and script", address, size)
		}
		for _, a := range p.all(func(n *html.Node) bool { return n.Data == "a" }) {
			href, _, _ := strings.Cut(attr(a, "href"), "#")
			if href != "" && !seen[href] {
				queue = append(queue, href)
			}
		}
	}
	if len(seen) < 25 {
		t.Errorf("only %d pages were reached by links", len(seen))
	}
}

// mostPageBytes is what a page may weigh with all that it loads.
const mostPageBytes = 150_000

// shelfSize is the weight of the style and script that a page names.
func shelfSize(t *testing.T, user *visitor, p *page) (size int) {
	t.Helper()
	for _, n := range p.all(func(n *html.Node) bool { return n.Data == "script" || n.Data == "link" }) {
		if address := attr(n, "src") + attr(n, "href"); strings.HasPrefix(address, "/static/") {
			size += len(user.get(address).body)
		}
	}
	return size
}

func checkPage(t *testing.T, p *page) {
	t.Helper()
	one := map[string]func(*html.Node) bool{
		"title": func(n *html.Node) bool { return n.Data == "title" && strings.HasSuffix(words(n), " · Corvee") },
		"h1":    func(n *html.Node) bool { return n.Data == "h1" }, "main": func(n *html.Node) bool { return n.Data == "main" },
		"language": func(n *html.Node) bool { return n.Data == "html" && attr(n, "lang") == "en" },
		"skip":     func(n *html.Node) bool { return attr(n, "href") == "#main" },
		"footer":   func(n *html.Node) bool { return n.Data == "footer" && strings.Contains(words(n), corvee.Notice) },
	}
	for name, accept := range one {
		if n := len(p.all(accept)); n != 1 {
			t.Errorf("%s has %d of: %s", p.url, n, name)
		}
	}
	ids := map[string]int{}
	for _, n := range p.all(func(n *html.Node) bool { return has(n, "id") }) {
		ids[attr(n, "id")]++
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s has id %q %d times", p.url, id, n)
		}
	}
	checkControls(t, p, ids)
}

func checkControls(t *testing.T, p *page, ids map[string]int) {
	t.Helper()
	labelled := map[string]bool{}
	for _, n := range p.all(func(n *html.Node) bool { return n.Data == "label" }) {
		labelled[attr(n, "for")] = true
		for d := range n.Descendants() {
			if d.Data == "input" {
				labelled[attr(d, "name")+"="+attr(d, "value")] = true
			}
		}
	}
	for _, n := range p.all(func(n *html.Node) bool { return n.Data == "input" || n.Data == "select" || n.Data == "textarea" }) {
		if attr(n, "type") != "hidden" && !labelled[attr(n, "id")] && !labelled[attr(n, "name")+"="+attr(n, "value")] {
			t.Errorf("%s: <%s name=%q> has no label", p.url, n.Data, attr(n, "name"))
		}
	}
	for _, n := range p.all(func(n *html.Node) bool { return n.Data == "a" || n.Data == "button" || n.Data == "nav" }) {
		if tidy(n) == "" && attr(n, "aria-label") == "" {
			t.Errorf("%s: a <%s> without a name", p.url, n.Data)
		}
	}
	for _, name := range []string{"aria-labelledby", "aria-describedby"} {
		for _, n := range p.all(func(n *html.Node) bool { return has(n, name) }) {
			if ids[attr(n, name)] != 1 {
				t.Errorf("%s: %s=%q points nowhere", p.url, name, attr(n, name))
			}
		}
	}
}

func TestAnEmptyBaseSaysHowToFillIt(t *testing.T) {
	t.Parallel()
	user := setup(t).visitor(t)
	for address, want := range map[string]string{"/": "corvee read", "/map": "corvee read", "/timeline": "corvee read", "/sites": "Bring reports in", "/organisations": "Bring reports in", "/money": "Bring reports in", "/dossiers": "Bring reports in", "/jobs": "Bring reports in", "/audit": "Bring something in", "/reports": "corvee read", "/runs": "corvee screen", "/lists": "corvee lists import", "/questions": "corvee read"} {
		p := user.get(address)
		if p.status != http.StatusOK || !strings.Contains(tidy(p.byID("main")), want) {
			t.Errorf("GET %s of an empty base: %d, and it says %q: %t", address, p.status, want, strings.Contains(p.body, want))
		}
		checkPage(t, p)
	}
}

func TestReportShowsItsTextUnchanged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	user := b.visitor(t)
	for _, query := range []string{"", "?claim=" + v.Claims[0].ID} {
		p := user.get(reportPath(v) + query)
		var shown []string
		for _, n := range p.all(classed("b")) {
			shown = append(shown, words(n))
		}
		if got, want := strings.Join(shown, "\n\n")+"\n", v.Text.String(); got != want {
			t.Errorf("the text on the page is %q, want %q", got, want)
		}
	}
}

// TestBlocksCarryTheirPlace: what the script counts from is where the block stands.
func TestBlocksCarryTheirPlace(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	for _, n := range b.visitor(t).get(reportPath(v)).all(classed("b")) {
		start, err := strconv.Atoi(attr(n, "data-start"))
		must(t, err)
		length := 0
		for _, r := range words(n) {
			length++
			if r > 0xFFFF {
				length++
			}
		}
		span, err := v.Text.FromUTF16(start, start+length)
		must(t, err)
		if got, _ := v.Text.Slice(span); got != words(n) {
			t.Errorf("at %d the text says %q, the block %q", start, got, words(n))
		}
	}
}

func TestClaimsAreMarkedInTheText(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	p := b.visitor(t).get(reportPath(v) + "?claim=" + claimOf(t, v, corvee.KindActivity).ID)
	for i, c := range v.Claims {
		var quote strings.Builder
		on := 0
		for _, n := range p.all(func(n *html.Node) bool { return attr(n, "data-q") == itoa(i+1) }) {
			quote.WriteString(words(n))
			if classed("on")(n) {
				on++
			}
		}
		if quote.String() != c.Quote.Exact {
			t.Errorf("claim %d marks %q, want %q", i+1, quote.String(), c.Quote.Exact)
		}
		if (on > 0) != (c.Kind == corvee.KindActivity) {
			t.Errorf("claim %d is chosen in %d pieces", i+1, on)
		}
		badges := p.all(func(n *html.Node) bool { return attr(n, "data-go") == itoa(i+1) })
		if len(badges) != 1 || attr(badges[0], "data-letter") == "" || !strings.Contains(attr(badges[0], "aria-label"), strings.ReplaceAll(string(c.Kind), "_", " ")) {
			t.Errorf("claim %d has %d letters in the text", i+1, len(badges))
		}
	}
	lit := map[string]string{}
	for _, n := range p.all(classed("lit")) {
		lit[words(n)] = attr(n, "data-letter")
	}
	if lit["Lantern mill"] != "e" || lit["North Korean women"] != "g" {
		t.Errorf("the slots of the chosen claim are marked %v", lit)
	}
}

func TestCardTellsAllOfAClaim(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	user := b.visitor(t)
	c := claimOf(t, v, corvee.KindHeadcount)
	got := cardText(user.get(reportPath(v)+"?claim="+c.ID), c.ID)
	for _, want := range []string{"headcount ~200", "trader A-1", "Harbour Post", "to review", "200 North Korean women", "“200”", "v value", "score 70", "test.rule", "reported"} {
		if !strings.Contains(strings.NewReplacer("vvalue", "v value").Replace(got), strings.Trim(want, "“”")) {
			t.Errorf("the card says %q and not %q", got, want)
		}
	}
	activity := claimOf(t, v, corvee.KindActivity)
	if got := cardText(user.get(reportPath(v)+"?claim="+activity.ID), activity.ID); !strings.Contains(got, "inferred from context: place") {
		t.Errorf("the card does not say what was inferred: %q", got)
	}
}

func TestFindingsLinkToTheirClaims(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	if len(v.Findings) == 0 {
		t.Fatal("the ledger found nothing to compare")
	}
	p := b.visitor(t).get(reportPath(v))
	found := p.all(classed("finding"))
	if len(found) != len(v.Findings) {
		t.Fatalf("%d findings are shown of %d", len(found), len(v.Findings))
	}
	for i, f := range v.Findings {
		var links []string
		for d := range found[i].Descendants() {
			if d.Data == "a" {
				_, id, _ := strings.Cut(attr(d, "href"), "#")
				links = append(links, id)
			}
		}
		if !slices.Equal(links, f.Claims) {
			t.Errorf("finding %d links to %v, want %v", i, links, f.Claims)
		}
	}
}

func TestWhatIsUnknownIsSaid(t *testing.T) {
	t.Parallel()
	b := setup(t)
	user := b.visitor(t)
	ru := b.put(t, corvee.Report{Title: "Фонарная фабрика", Lang: "ru"}, "На фонарной фабрике в Даньдуне, говорят, работают двести женщин. Все названия вымышлены.\n", nil)
	p := user.get(reportPath(ru))
	if !strings.Contains(p.body, "Corvee read nothing from this text") || strings.Contains(p.body, "0 claims") {
		t.Error("a text without a reader is not said to be unread")
	}
	if n := p.byID("text"); attr(n, "lang") != "ru" {
		t.Errorf("the text has lang %q", attr(n, "lang"))
	}
	line := user.get("/reports")
	if !strings.Contains(tidy(line.byID("main")), "not read") {
		t.Error("the list of reports does not say that it was not read")
	}
	undated := b.put(t, corvee.Report{Title: "Undated"}, "Last year the mill paid 5 yuan a day. Invented.\n", nil,
		draft{"paid 5 yuan a day", corvee.KindWage, func(c *corvee.Claim, _ corvee.Text) { c.When = &corvee.When{Relative: true, Unresolved: "Last year"} }})
	p = user.get(reportPath(undated))
	if !strings.Contains(tidy(p.byID("main")), "1 claim has a relative date that stays unresolved") {
		t.Error("a missing date of publication is not said to leave dates unresolved")
	}
}

func TestRunShowsWhyAndWhatNot(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plant(t)
	run := b.screened(t)
	user := b.visitor(t)
	p := user.get("/runs/" + run.ID)
	text := tidy(p.byID("main"))
	for _, want := range []string{corvee.HitNotice, "Lantern Mill Co., Ltd.", "designation", "import order", "advisory, not a sanctions list", "reported, not a designation",
		"strong", "country agrees", "rejected", run.InputHash, run.ResultHash, "threshold"} {
		if !strings.Contains(text, want) {
			t.Errorf("the run does not show %q", want)
		}
	}
	if strings.Contains(text, "Entirely Other Bakery") {
		t.Error("a clear row is among those that want a look")
	}
	if rows := user.get("/runs/" + run.ID + "?show=clear").all(classed("row")); len(rows) != 1 || !strings.Contains(tidy(rows[0]), "S4") {
		t.Errorf("%d clear rows are listed", len(rows))
	}
	evidence := p.all(func(n *html.Node) bool { return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/claims/") })
	if len(evidence) == 0 {
		t.Fatal("no hit opens onto its evidence")
	}
	if why := user.get(attr(evidence[0], "href")); why.status != http.StatusOK {
		t.Errorf("the evidence leads to %d", why.status)
	}
	for _, row := range p.all(classed("row")) {
		if strings.Contains(tidy(row), "S1") && !strings.Contains(tidy(row), "yours Lantern Mill") && !strings.Contains(tidy(row), "yoursLanternMill") {
			t.Errorf("the tokens are not shown: %s", tidy(row))
		}
	}
}

func TestAddressesThatLeadNowhere(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	run := b.screened(t)
	user := b.visitor(t)
	for address, want := range map[string]int{
		"/nowhere": 404, "/reports/ffffffffffffffff": 404, "/reports/%3Cscript%3E": 404, "/claims/ffffffffffff": 404, "/claims/c": 400, "/runs/none": 404,
		"/reports/ff": 400, "/reports?page=0": 400, "/reports?page=-1": 400, "/reports?page=99999999999999999999": 400, "/reports?page=7": 200,
		reportPath(v) + "?claim=cffffffffffffffffffffffffffffffff": 404, reportPath(v) + "?part=2": 400, reportPath(v) + "?part=x": 400,
		"/runs/" + run.ID + "?show=%3Cb%3E": 400, "/runs/" + run.ID + "?page=9": 200, "/static/../web.go": 404, "/static/": 404, "/favicon.ico": 404,
	} {
		p := user.get(address)
		if p.status != want {
			t.Errorf("GET %s: %d, want %d", address, p.status, want)
		}
		if strings.Contains(p.body, "<script>") || strings.Contains(p.body, "<b>") && strings.Contains(address, "%3Cb") {
			t.Errorf("GET %s echoes what was asked", address)
		}
		if p.status >= 400 {
			checkPage(t, p)
			if len(p.all(func(n *html.Node) bool { return n.Data == "a" && attr(n, "href") == "/" })) == 0 {
				t.Errorf("GET %s leads no way back", address)
			}
		}
	}
}

func TestReportsArePaged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i := range 53 {
		b.put(t, corvee.Report{Title: "Report " + itoa(i), Published: corvee.Date{Year: 2024, Month: 1, Day: 1}}, "Nothing is stated here.\n", nil)
	}
	user := b.visitor(t)
	count := func(p *page) int {
		return len(p.all(func(n *html.Node) bool { return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/reports/") }))
	}
	first, second := user.get("/reports"), user.get("/reports?page=2")
	if count(first) != 50 || count(second) != 3 || !strings.Contains(tidy(second.byID("main")), "51–53 of 53 reports") {
		t.Errorf("the pages hold %d and %d reports", count(first), count(second))
	}
	if len(first.all(func(n *html.Node) bool { return attr(n, "rel") == "next" && attr(n, "href") == "/reports?page=2" })) != 1 {
		t.Error("the first page does not lead to the second")
	}
}
