package web_test

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"corvee"
	"corvee/intake"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/pipeline/bring"
	"corvee/pipeline/runner"
	"corvee/read"
	"corvee/screen"
	"corvee/store"
	"corvee/store/sqlite"
	"corvee/vault"
	"corvee/web"
)

const launchKey = "0123456789abcdef0123456789abcdef"

// base is a real base in a temporary folder with its pages on a real listener.
type base struct {
	store    store.Store
	vault    *vault.Vault
	reader   *read.Reader
	pipeline *pipeline.Pipeline
	server   *httptest.Server
}

func setup(t *testing.T) *base {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, "base.sqlite"))
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	must(t, err)
	reader, err := read.New()
	must(t, err)
	b := &base{store: s, vault: archive, reader: reader}
	b.pipeline, b.server = b.serve(t, corvee.LocalActor)
	return b
}

// serve opens the pages of the base for one more actor.
func (b *base) serve(t *testing.T, actor string) (*pipeline.Pipeline, *httptest.Server) {
	t.Helper()
	p, err := pipeline.New(t.Context(), pipeline.Config{
		Store: b.store, Vault: b.vault, Reader: b.reader, Random: rand.Reader, Actor: actor, Version: "test",
		Intake: intake.New(intake.Config{Decoder: []string{os.Args[0], "decode"}}),
		Clock:  func() time.Time { return time.Date(2024, 5, 1, 9, 30, 0, 0, time.UTC) },
	})
	must(t, err)
	server := httptest.NewUnstartedServer(nil)
	quiet := slog.New(slog.DiscardHandler)
	bringer, tables := bring.New(p, nil, quiet), runner.New(p, quiet)
	work(t, bringer.Work)
	work(t, tables.Work)
	handler, err := web.New(web.Config{Pipeline: p, Host: server.Listener.Addr().String(), Key: launchKey, Version: "test", Bringer: bringer, Runner: tables})
	must(t, err)
	server.Config.Handler = handler
	server.Start()
	t.Cleanup(server.Close)
	return p, server
}

// work runs what works in the background until the test ends.
func work(t *testing.T, do func(context.Context) error) {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- do(ctx) }()
	t.Cleanup(func() {
		stop()
		must(t, <-done)
	})
}

// TestMain makes the test binary its own decoder, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "decode" {
		if err := intake.ServeDecoder(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// draft is a claim of a test text: its words, and what to change on a plain one.
type draft struct {
	words string
	kind  corvee.Kind
	with  func(c *corvee.Claim, t corvee.Text)
}

// put stores a report with claims, as reading would have left them.
func (b *base) put(t *testing.T, r corvee.Report, content string, blocks []corvee.Block, drafts ...draft) pipeline.ReportView {
	t.Helper()
	text, err := corvee.NewText(content, blocks)
	must(t, err)
	r.ID, r.Text, r.MediaType = corvee.HashID([]byte(r.Title+content)), text.Hash(), "text/plain"
	if r.Lang == "" {
		r.Lang = "en"
	}
	var claims []corvee.Claim
	for _, d := range drafts {
		claims = append(claims, d.claim(t, r, text))
	}
	slices.SortFunc(claims, func(a, b corvee.Claim) int {
		if a.Before(b) {
			return -1
		}
		return 1
	})
	must(t, b.store.Update(t.Context(), func(tx store.Tx) error {
		if err := tx.PutReport(t.Context(), corvee.DefaultCollection, r, text); err != nil {
			return err
		}
		return tx.ReplaceClaims(t.Context(), r.ID, "test-rules", claims)
	}))
	v, err := b.pipeline.Report(t.Context(), r.ID)
	must(t, err)
	return v
}

func (d draft) claim(t *testing.T, r corvee.Report, text corvee.Text) corvee.Claim {
	t.Helper()
	c := corvee.Claim{
		Report: r.ID, Text: text.Hash(), Kind: d.kind, Attribution: []corvee.Attribution{{Speaker: corvee.SpeakerAuthor}},
		Factuality: corvee.Asserted, Polarity: corvee.Positive, Quote: corvee.Quote{Exact: d.words, Span: find(t, text, d.words)},
		Score: 70, Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed, Rules: []string{"test.rule"},
	}
	if d.with != nil {
		d.with(&c, text)
	}
	c.ID = c.NewID()
	must(t, c.Validate())
	return c
}

func find(t *testing.T, text corvee.Text, words string) corvee.Span {
	t.Helper()
	at := strings.Index(text.String(), words)
	if at < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	return corvee.Span{Start: at, End: at + len(words)}
}

// plant is the report that most tests look at: overlapping and nested claims, emoji before
// them, a caption, a denial.
func (b *base) plant(t *testing.T) pipeline.ReportView {
	t.Helper()
	const text = "Workers at Lantern mill in Dandong\n\n" +
		"🧵🧵 About 200 North Korean women sew at the Lantern mill in Dandong, a trader said.\n\n" +
		"Each is paid 2,300 yuan a month, of which 2,000 yuan goes to the party, he said. 200 of them pay 400,000 yuan a month.\n\n" +
		"The gate of the mill in 2023.\n\n" +
		"The mill denies it. All names here are invented.\n"
	return b.put(t, corvee.Report{
		Title: "Workers at Lantern mill in Dandong", Publisher: "Harbour Post", URL: "https://harbour.example.org/lantern",
		Published: corvee.Date{Year: 2024, Month: 4, Day: 2},
	}, text, blocksOf(text, map[string]corvee.BlockKind{"Workers at": corvee.BlockTitle, "The gate": corvee.BlockCaption}),
		draft{"About 200 North Korean women sew at the Lantern mill in Dandong", corvee.KindActivity, func(c *corvee.Claim, t corvee.Text) {
			c.Sector, c.Subject = corvee.SectorGarments, "North Korean women"
			c.Places = []corvee.Place{{ID: "dandong", Name: "Dandong", Country: "CN", Precision: corvee.AtCity}}
			c.Countries = []string{"CN"}
			c.Employer = "Lantern mill"
			c.Slots = []corvee.Slot{slotOf(t, corvee.SlotEmployer, "Lantern mill in Dandong, a", len("Lantern mill")), slotOf(t, corvee.SlotSubject, "North Korean women", 0)}
			c.Inferred = []corvee.SlotName{corvee.SlotPlaces}
		}},
		draft{"200 North Korean women", corvee.KindHeadcount, func(c *corvee.Claim, t corvee.Text) {
			c.Value = &corvee.Value{Range: corvee.Range{Low: corvee.Int(200), High: corvee.Int(200), Approx: true}, Unit: corvee.UnitPerson, Per: corvee.PerTotal}
			c.Slots = []corvee.Slot{slotOf(t, corvee.SlotValue, "200 North", len("200"))}
			c.Attribution = []corvee.Attribution{{Role: "trader", Code: "A-1", Speaker: corvee.SpeakerAnonymous}, {Name: "Harbour Post", Speaker: corvee.SpeakerPublisher}}
			c.Factuality = corvee.Reported
		}},
		draft{"paid 2,300 yuan a month", corvee.KindWage, money("2300")},
		draft{"2,000 yuan goes to the party", corvee.KindLevy, money("2000")},
		draft{"200 of them", corvee.KindHeadcount, func(c *corvee.Claim, _ corvee.Text) {
			c.Value = &corvee.Value{Range: corvee.Exactly(corvee.Int(200)), Unit: corvee.UnitPerson, Per: corvee.PerTotal}
		}},
		draft{"pay 400,000 yuan a month", corvee.KindTransfer, func(c *corvee.Claim, _ corvee.Text) {
			c.Value = &corvee.Value{Range: corvee.Exactly(corvee.Int(400000)), Unit: corvee.UnitMoney, Currency: "CNY", Per: corvee.PerTotal, Period: corvee.EveryMonth}
		}},
		draft{"The mill denies it", corvee.KindDenial, nil},
	)
}

func money(amount string) func(*corvee.Claim, corvee.Text) {
	return func(c *corvee.Claim, _ corvee.Text) {
		c.Value = &corvee.Value{Range: corvee.Exactly(corvee.MustDecimal(amount)), Unit: corvee.UnitMoney, Currency: "CNY", Per: corvee.PerPerson, Period: corvee.EveryMonth}
	}
}

func slotOf(t corvee.Text, name corvee.SlotName, words string, length int) corvee.Slot {
	at := strings.Index(t.String(), words)
	if length == 0 {
		length = len(words)
	}
	return corvee.Slot{Name: name, Span: corvee.Span{Start: at, End: at + length}, Rung: corvee.RungClause}
}

// blocksOf cuts a text at blank lines; kinds name blocks by how they begin.
func blocksOf(content string, kinds map[string]corvee.BlockKind) []corvee.Block {
	var out []corvee.Block
	at := 0
	for paragraph := range strings.SplitSeq(content, "\n\n") {
		body := strings.TrimRight(paragraph, "\n")
		kind := corvee.BlockBody
		for begins, k := range kinds {
			if strings.HasPrefix(body, begins) {
				kind = k
			}
		}
		if body != "" {
			out = append(out, corvee.Block{Kind: kind, Span: corvee.Span{Start: at, End: at + len(body)}})
		}
		at += len(paragraph) + 2
	}
	return out
}

// screened imports a small list, and screens a small table against it and the base.
func (b *base) screened(t *testing.T) corvee.Run {
	t.Helper()
	list := "name,alias,country,type,id,kind,program,remarks\n" +
		"Lantern Mill Co. Ltd.,,CN,organisation,L-1,designation,TEST-1,invented\n" +
		"Harbour Foods Ltd,,CN,organisation,L-2,import_order,TEST-2,invented\n" +
		"Quiet Bay Trading Ltd,,CN,organisation,L-3,advisory,TEST-3,invented\n"
	_, err := b.pipeline.ImportLists(t.Context(), []lists.File{{Name: "own.csv", Body: []byte(list)}}, discard)
	must(t, err)
	table := "id,name,country\nS1,\"Lantern Mill Co., Ltd.\",CN\nS2,Harbour Foods Limited,CN\nS3,Quiet Bay Trading Ltd,CN\nS4,Entirely Other Bakery,FR\nS5,,CN\n"
	run, err := b.pipeline.Screen(t.Context(), "suppliers.csv", strings.NewReader(table), pipeline.ScreenOptions{Match: screen.Options{Limit: 3}}, discard)
	must(t, err)
	return run
}

func discard(corvee.Message) error { return nil }

// visitor is a browser without script: it keeps cookies, follows redirects and sends the
// forms that are on a page.
type visitor struct {
	t      *testing.T
	client *http.Client
	base   string
}

func (b *base) visitor(t *testing.T) *visitor { return visit(t, b.server) }

func visit(t *testing.T, server *httptest.Server) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	v := &visitor{t: t, client: &http.Client{Jar: jar}, base: server.URL}
	if p := v.get("/?key=" + launchKey); p.status != http.StatusOK || p.path() != "/" {
		t.Fatalf("the key led to %s with %d", p.url, p.status)
	}
	return v
}

// page is one answer, parsed.
type page struct {
	t      *testing.T
	status int
	header http.Header
	url    *url.URL
	body   string
	doc    *html.Node
}

func (p *page) path() string { return p.url.Path }

func (v *visitor) get(address string) *page {
	v.t.Helper()
	response, err := v.client.Get(v.base + address)
	must(v.t, err)
	return v.read(response)
}

func (v *visitor) post(address string, form url.Values) *page {
	v.t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(v.t.Context()), http.MethodPost, v.base+address, strings.NewReader(form.Encode()))
	must(v.t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := v.client.Do(request)
	must(v.t, err)
	return v.read(response)
}

func (v *visitor) read(response *http.Response) *page {
	v.t.Helper()
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	must(v.t, err)
	doc, err := html.Parse(strings.NewReader(string(raw)))
	must(v.t, err)
	return &page{t: v.t, status: response.StatusCode, header: response.Header, url: response.Request.URL, body: string(raw), doc: doc}
}

// all returns the elements that a test accepts, in document order.
func (p *page) all(accept func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for n := range p.doc.Descendants() {
		if n.Type == html.ElementNode && accept(n) {
			out = append(out, n)
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func classed(class string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attr(n, "class")), class) }
}

func (p *page) byID(id string) *html.Node {
	found := p.all(func(n *html.Node) bool { return attr(n, "id") == id })
	if len(found) != 1 {
		p.t.Fatalf("%s has %d elements with id %q", p.url, len(found), id)
	}
	return found[0]
}

func words(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return out.String()
}

// tidy is text on one line with single spaces.
func tidy(n *html.Node) string { return strings.Join(strings.Fields(words(n)), " ") }

// submit sends the form whose action ends so, with its own fields as the page holds them,
// some changed, by the button of that name and value.
func (v *visitor) submit(p *page, action string, change url.Values, button ...string) *page {
	v.t.Helper()
	forms := p.all(func(n *html.Node) bool { return n.Data == "form" && strings.HasSuffix(attr(n, "action"), action) })
	if len(forms) != 1 {
		v.t.Fatalf("%s has %d forms for %s", p.url, len(forms), action)
	}
	values := fieldsOf(forms[0])
	for name, value := range change {
		if !values.Has(name) {
			v.t.Fatalf("the form for %s has no field %q", action, name)
		}
		values[name] = value
	}
	if len(button) == 2 {
		if !hasButton(forms[0], button[0], button[1]) {
			v.t.Fatalf("the form for %s has no button %s=%s", action, button[0], button[1])
		}
		values.Set(button[0], button[1])
	}
	return v.post(attr(forms[0], "action"), values)
}

func hasButton(form *html.Node, name, value string) bool {
	for n := range form.Descendants() {
		if n.Data == "button" && attr(n, "name") == name && attr(n, "value") == value {
			return true
		}
	}
	return false
}

func fieldsOf(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		name := attr(n, "name")
		switch {
		case name == "":
		case n.Data == "input" && (attr(n, "type") == "checkbox" || attr(n, "type") == "radio"):
			if has(n, "checked") {
				values.Add(name, attr(n, "value"))
			} else if !values.Has(name) {
				values[name] = nil
			}
		case n.Data == "input":
			values.Set(name, attr(n, "value"))
		case n.Data == "textarea":
			values.Set(name, words(n))
		case n.Data == "select":
			values.Set(name, chosenOption(n))
		}
	}
	return values
}

func chosenOption(sel *html.Node) string {
	first, value := true, ""
	for n := range sel.Descendants() {
		if n.Data == "option" && (first || has(n, "selected")) {
			first, value = false, attr(n, "value")
		}
	}
	return value
}

func reportPath(v pipeline.ReportView) string {
	return "/reports/" + strings.TrimPrefix(v.Report.ID, "sha256:")[:16]
}

func claimOf(t *testing.T, v pipeline.ReportView, kind corvee.Kind) corvee.Claim {
	t.Helper()
	for _, c := range v.Claims {
		if c.Kind == kind {
			return c
		}
	}
	t.Fatalf("no %s", kind)
	return corvee.Claim{}
}

func (b *base) view(t *testing.T, id string) pipeline.ReportView {
	t.Helper()
	v, err := b.pipeline.Report(t.Context(), id)
	must(t, err)
	return v
}
