package entry_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corvee"
	"corvee/account"
	"corvee/api"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/read"
	"corvee/store"
	"corvee/store/sqlite"
	"corvee/vault"
	"corvee/web"
	"corvee/web/entry"
)

// house is a server with accounts over a real base, reached by TLS.
type house struct {
	*testing.T
	store    store.Store
	accounts *account.Accounts
	pipeline *pipeline.Pipeline
	pages    *httptest.Server
	programs *httptest.Server
	log      *bytes.Buffer
	mu       sync.Mutex
	at       time.Time
	reports  map[string]corvee.Report
	claims   map[string]corvee.Claim
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *house) wind(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

const canary = "Zorvale"

// setup opens a base with a report in the collection north, and one in south that names the
// canary, which nobody of north may see.
func setup(t *testing.T, with func(*entry.Config)) *house {
	t.Helper()
	dir := t.TempDir()
	h := &house{T: t, log: &bytes.Buffer{}, at: time.Date(2026, 11, 24, 17, 0, 0, 0, time.UTC), reports: map[string]corvee.Report{}, claims: map[string]corvee.Claim{}}
	h.store = must[store.Store](t)(sqlite.Open(t.Context(), filepath.Join(dir, "base")))
	t.Cleanup(func() { h.store.Close() })
	h.pipeline = must[*pipeline.Pipeline](t)(pipeline.New(t.Context(), pipeline.Config{
		Store: h.store, Vault: must[*vault.Vault](t)(vault.Open(filepath.Join(dir, "originals"))), Reader: must[*read.Reader](t)(read.New()),
		Intake: intake.New(intake.Config{}), Clock: h.now, Random: rand.Reader, Actor: corvee.LocalActor, Version: "test",
	}))
	h.accounts = account.New(account.Config{Store: h.store, Clock: h.now, Random: rand.Reader, Cost: account.Cost{Passes: 1, MemoryKiB: 64, Lanes: 1}})
	h.pages = httptest.NewUnstartedServer(nil)
	c := entry.Config{Accounts: h.accounts, Names: []string{"corvee.test"}, Encrypted: true}
	if with != nil {
		with(&c)
	}
	door := must[*entry.Entry](t)(entry.New(c))
	h.pages.Config.Handler = must[http.Handler](t)(web.New(web.Config{Pipeline: h.pipeline, Entry: door, Version: "test", Log: slog.New(slog.NewTextHandler(h.log, nil))}))
	h.pages.StartTLS()
	t.Cleanup(h.pages.Close)
	h.programs = httptest.NewServer(nil)
	h.programs.Config.Handler = api.New(api.Config{Pipeline: h.pipeline, Hosts: []string{h.programs.Listener.Addr().String()}, Accounts: h.accounts, Version: "test", Clock: h.now})
	t.Cleanup(h.programs.Close)
	h.put("north", "Some 90 North Korean women knit at a mill in Hunchun, a trader said.\n")
	h.put("south", "Some 70 North Korean women sew at the "+canary+" Garment factory in Dandong, a broker said.\n")
	return h
}

func (h *house) put(collection, words string) {
	h.Helper()
	ctx := h.Context()
	if err := h.pipeline.AddCollection(ctx, corvee.Collection{ID: collection, Name: collection}); err != nil {
		h.Fatal(err)
	}
	text := must[corvee.Text](h.T)(corvee.NewText(words, []corvee.Block{{Kind: corvee.BlockBody, Span: corvee.Span{Start: 0, End: len(words)}}}))
	r := corvee.Report{ID: corvee.HashID([]byte(words)), Text: text.Hash(), Title: collection + " " + strings.Fields(words)[8], Lang: "en", MediaType: "text/plain", Published: corvee.Date{Year: 2026, Month: 3}}
	var claims []corvee.Claim
	for c, err := range must[*read.Reader](h.T)(read.New()).Claims(ctx, r, text) {
		if err != nil {
			h.Fatal(err)
		}
		claims = append(claims, c)
	}
	if len(claims) == 0 {
		h.Fatalf("no claim is read from %q", words)
	}
	h.reports[collection], h.claims[collection] = r, claims[0]
	if err := h.store.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutReport(ctx, collection, r, text); err != nil {
			return err
		}
		return tx.ReplaceClaims(ctx, r.ID, "test", claims)
	}); err != nil {
		h.Fatal(err)
	}
}

// browser is one with cookies that goes to the server whatever host it is asked for.
type browser struct {
	h    *house
	http *http.Client
	// said is put on every request.
	said map[string]string
}

func (h *house) browser() *browser {
	c := h.pages.Client()
	transport := c.Transport.(*http.Transport).Clone()
	transport.TLSClientConfig.ServerName = "example.com" // of the test's certificate
	jar := must[*cookiejar.Jar](h.T)(cookiejar.New(nil))
	return &browser{h, &http.Client{Transport: transport, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, map[string]string{}}
}

func (b *browser) do(method, path string, form url.Values) (*http.Response, string) {
	b.h.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := must[*http.Request](b.h.T)(http.NewRequest(method, b.h.pages.URL+path, body))
	r.Host = "corvee.test"
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for name, value := range b.said {
		if name == "Host" {
			r.Host = value
			continue
		}
		r.Header.Set(name, value)
	}
	answer := must[*http.Response](b.h.T)(b.http.Do(r))
	defer answer.Body.Close()
	return answer, string(must[[]byte](b.h.T)(io.ReadAll(answer.Body)))
}

func (b *browser) want(status int, method, path string, form url.Values) string {
	b.h.Helper()
	answer, page := b.do(method, path, form)
	if answer.StatusCode != status {
		b.h.Errorf("%s %s: %d to %s, want %d\n%.600s", method, path, answer.StatusCode, answer.Header.Get("Location"), status, page)
	}
	return page
}

const password = "kettle harbour nine moss"

var typed = regexp.MustCompile(`<code class="key">([A-Z2-7 ]+)</code>`)

// enter sets an account up by the plain forms, as a person does, and returns its key.
func (b *browser) enter(name, collection string, role account.Role) (key []byte) {
	b.h.Helper()
	secret := must[string](b.h.T)(b.h.accounts.Add(b.h.Context(), corvee.LocalActor, name, collection, role))
	page := b.want(200, "POST", "/setup", url.Values{"secret": {secret}})
	found := typed.FindStringSubmatch(page)
	if found == nil {
		b.h.Fatalf("no key on the page:\n%s", page)
	}
	key = must[[]byte](b.h.T)(base32.StdEncoding.DecodeString(strings.ReplaceAll(found[1], " ", "")))
	b.want(303, "POST", "/setup/finish", url.Values{"secret": {secret}, "password": {password}, "again": {password}, "code": {code(key, b.h.now())}})
	return key
}

func code(key []byte, at time.Time) string {
	mac := hmac.New(sha1.New, key)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(at.Unix()/30)))
	sum := mac.Sum(nil)
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[sum[19]&15:])&0x7fffffff%1000000)
}

func TestNobodyIsLetInWithoutAnAccount(t *testing.T) {
	t.Parallel()
	h := setup(t, nil)
	b := h.browser()
	for _, path := range []string{"/", "/reports", "/claims/" + h.claims["south"].ID, "/reports/" + h.reports["south"].ID, "/runs", "/lists", "/account", "/nothing"} {
		answer, page := b.do("GET", path, nil)
		if answer.StatusCode != 303 || answer.Header.Get("Location") != "/signin?to="+url.QueryEscape(path) || strings.Contains(page, canary) {
			t.Errorf("GET %s: %d to %q", path, answer.StatusCode, answer.Header.Get("Location"))
		}
	}
	b.want(403, "POST", "/settings/two-for-same", url.Values{"on": {"yes"}})
	b.want(403, "DELETE", "/reports", nil)
	b.want(200, "GET", "/static/style.css", nil)
	page := b.want(200, "GET", "/signin?to=%2Freports", nil)
	if strings.Contains(page, `href="/reports"`) || !strings.Contains(page, `value="/reports"`) {
		t.Errorf("the page to sign in holds the menu, or forgets where to go on:\n%s", page)
	}
	for _, to := range []string{"//evil.example", `/\evil.example`, "https://evil.example", "javascript:alert(1)", "/\tevil", "evil", "/%0d%0aX: y\\"} {
		page := b.want(200, "GET", "/signin?to="+url.QueryEscape(to), nil)
		if !strings.Contains(page, `name="to" value="/"`) {
			t.Errorf("after sign-in it would go on to %q", to)
		}
	}
}

func TestSetUpSignInSignOut(t *testing.T) {
	t.Parallel()
	h := setup(t, nil)
	b := h.browser()
	key := b.enter("anna", store.AllCollections, account.Reviewer)
	page := b.want(200, "GET", "/account", nil)
	if !strings.Contains(page, "signed in as anna") || !strings.Contains(page, "reviewer in every collection") {
		t.Errorf("the account's page:\n%s", page)
	}
	at := must[*url.URL](t)(url.Parse("https://corvee.test/"))
	if cookies := b.http.Jar.Cookies(at); len(cookies) != 1 || cookies[0].Name != "__Host-corvee" {
		t.Errorf("cookies %v", cookies)
	}
	b.want(303, "POST", "/signout", url.Values{})
	b.want(303, "GET", "/account", nil)
	h.wind(time.Minute)
	wrong := b.want(403, "POST", "/signin", url.Values{"name": {"anna"}, "password": {"not the password"}, "code": {code(key, h.now())}})
	absent := b.want(403, "POST", "/signin", url.Values{"name": {"otto"}, "password": {password}, "code": {"123456"}})
	if strings.ReplaceAll(wrong, "anna", "otto") != absent {
		t.Error("a wrong password and nobody's name are refused differently")
	}
	answer, _ := b.do("POST", "/signin", url.Values{"name": {"anna"}, "password": {password}, "code": {code(key, h.now())}, "to": {"/reports?page=2"}})
	if answer.StatusCode != 303 || answer.Header.Get("Location") != "/reports?page=2" {
		t.Errorf("sign-in: %d to %q", answer.StatusCode, answer.Header.Get("Location"))
	}
	set := answer.Header.Get("Set-Cookie")
	for _, want := range []string{"__Host-corvee=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
		if !strings.Contains(set, want) {
			t.Errorf("the cookie %q has not %s", set, want)
		}
	}
	other := h.browser() // a second one of the same person
	h.wind(time.Minute)
	other.want(303, "POST", "/signin", url.Values{"name": {"anna"}, "password": {password}, "code": {code(key, h.now())}})
	other.want(200, "GET", "/reports", nil)
	b.want(303, "POST", "/account/sessions", url.Values{})
	b.want(303, "GET", "/reports", nil)
	other.want(303, "GET", "/reports", nil)
}

func TestRolesAndActors(t *testing.T) {
	t.Parallel()
	h := setup(t, nil)
	verdict := func(b *browser, status int) {
		t.Helper()
		b.want(status, "POST", "/reports/"+h.reports["north"].ID+"/claims/"+h.claims["north"].ID+"/verdict",
			url.Values{"review": {"accepted"}, "expected": {"0"}})
	}
	reader := h.browser()
	reader.enter("rita", store.AllCollections, account.Reader)
	verdict(reader, 403)
	reader.want(403, "POST", "/reports/"+h.reports["north"].ID+"/people", url.Values{"show": {"yes"}, "reason": {"x"}})
	reviewer := h.browser()
	reviewer.enter("vera", "north", account.Reviewer)
	verdict(reviewer, 303)
	reviewer.want(403, "POST", "/reports/"+h.reports["north"].ID+"/people", url.Values{"show": {"yes"}, "reason": {"x"}})
	reviewer.want(403, "POST", "/settings/two-for-same", url.Values{"on": {"yes"}})
	reviewer.want(404, "POST", "/reports/"+h.reports["south"].ID+"/claims/"+h.claims["south"].ID+"/verdict", url.Values{"review": {"accepted"}, "expected": {"0"}})
	var actors []string
	if err := h.store.View(t.Context(), func(tx store.Tx) error {
		verdicts, err := tx.Verdicts(t.Context(), h.reports["north"].ID)
		for _, v := range verdicts {
			actors = append(actors, v.Actor)
		}
		last, lastErr := tx.LastEvent(t.Context())
		if lastErr != nil || last.Actor != "vera" {
			t.Errorf("the last event is %s's, %v", last.Actor, lastErr)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(actors, []string{"vera"}) {
		t.Errorf("verdicts of %v, want vera's", actors)
	}
}

// TestCollectionsStayApart asks for everything as somebody of north, and finds the canary of
// south nowhere.
func TestCollectionsStayApart(t *testing.T) {
	t.Parallel()
	h := setup(t, nil)
	all := h.browser()
	all.enter("alma", store.AllCollections, account.Reader)
	north := h.browser()
	north.enter("nora", "north", account.Editor)
	south := h.reports["south"]
	paths := []string{"/", "/reports", "/reports/" + south.ID, "/claims/" + h.claims["south"].ID, "/questions?name=" + canary,
		"/questions?name=Dandong", "/questions", "/find?q=" + canary, "/find?q=broker", "/find?q=women", "/sites", "/organisations", "/places", "/countries", "/dossier?name=" + canary, "/dossier?name=Dandong", "/runs", "/lists", "/help", "/account"}
	seen := 0
	for _, path := range paths {
		if _, page := all.do("GET", path, nil); strings.Contains(page, canary) {
			seen++
		}
		answer, page := north.do("GET", path, nil)
		echo := strings.Contains(path, canary) // what was asked for may be said back
		if !echo && strings.Contains(page, canary) || strings.Contains(page, "a broker") || answer.StatusCode >= 500 {
			t.Errorf("GET %s as north: %d, and the page says\n%s", path, answer.StatusCode, page)
		}
	}
	if seen < 4 {
		t.Errorf("whoever sees all sees the canary on %d pages; the test looks at the wrong ones", seen)
	}
	if page := north.want(200, "GET", "/reports", nil); !strings.Contains(page, "north") {
		t.Error("north does not see its own report")
	}
	north.want(403, "GET", "/runs", nil)
	if strings.Contains(h.log.String(), canary) || strings.Contains(h.log.String(), "127.0.0.1") {
		t.Errorf("the log names a report or an address: %s", h.log)
	}
}

func TestForeignRequests(t *testing.T) {
	t.Parallel()
	h := setup(t, nil)
	b := h.browser()
	b.enter("vera", store.AllCollections, account.Admin)
	for name, c := range map[string]struct {
		said   map[string]string
		status int
	}{
		"another site's form":          {map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403},
		"an old browser's":             {map[string]string{"Sec-Fetch-Site": "", "Origin": "https://evil.example"}, 403},
		"a sister site's":              {map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		"another name (rebinding)":     {map[string]string{"Host": "evil.example"}, 421},
		"an address instead of a name": {map[string]string{"Host": h.pages.Listener.Addr().String()}, 421},
	} {
		b.said = c.said
		answer, page := b.do("POST", "/settings/two-for-same", url.Values{"on": {"yes"}})
		if answer.StatusCode != c.status {
			t.Errorf("%s: %d, want %d\n%.300s", name, answer.StatusCode, c.status, page)
		}
	}
	b.said = map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
	b.want(403, "GET", "/reports", nil)
	b.said = map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
	b.want(200, "GET", "/reports", nil) // a link that a colleague sent
}

// TestProxy: with a proxy, a request that did not come to it by TLS is refused; without the
// flag, the header is nobody's word.
func TestProxy(t *testing.T) {
	t.Parallel()
	behind := setup(t, func(c *entry.Config) { c.Proxied = true }).browser()
	behind.want(403, "GET", "/signin", nil)
	behind.said = map[string]string{"X-Forwarded-Proto": "http"}
	behind.want(403, "GET", "/signin", nil)
	behind.said = map[string]string{"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
	behind.want(200, "GET", "/signin", nil)
	plain := setup(t, nil).browser()
	plain.said = map[string]string{"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}
	plain.want(200, "GET", "/signin", nil)
}

func TestTokens(t *testing.T) {
	t.Parallel()
	h := setup(t, nil)
	h.browser().enter("nora", "north", account.Editor)
	h.browser().enter("alma", store.AllCollections, account.Reader)
	token := func(name string, scopes ...string) string {
		return must[string](t)(h.accounts.Token(t.Context(), corvee.LocalActor, name, scopes, time.Hour, "test"))
	}
	ask := func(token, method, path, body string, status int) string {
		t.Helper()
		r := must[*http.Request](t)(http.NewRequest(method, h.programs.URL+path, strings.NewReader(body)))
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		answer := must[*http.Response](t)(http.DefaultClient.Do(r))
		defer answer.Body.Close()
		said := string(must[[]byte](t)(io.ReadAll(answer.Body)))
		if answer.StatusCode != status {
			t.Errorf("%s %s: %d, want %d: %.300s", method, path, answer.StatusCode, status, said)
		}
		return said
	}
	for _, path := range []string{"/v1/reports", "/v1/claims", "/search/default?q=x", "/catalog", "/v1/settings"} {
		ask("", "GET", path, "", 401)
		ask("wrong", "GET", path, "", 401)
	}
	for _, path := range []string{"/healthz", "/docs", "/openapi.json"} {
		ask("", "GET", path, "", 200)
	}
	reads := token("nora", account.ScopeRead)
	if said := ask(reads, "GET", "/v1/reports", "", 200); strings.Contains(said, canary) || !strings.Contains(said, "north") {
		t.Errorf("north's reports: %s", said)
	}
	if said := ask(reads, "GET", "/v1/claims", "", 200); strings.Contains(said, canary) {
		t.Errorf("north's claims: %s", said)
	}
	ask(reads, "GET", "/v1/reports/"+h.reports["south"].ID, "", 404)
	ask(reads, "GET", "/v1/runs", "", 403)
	ask(reads, "POST", "/match/default", `{"queries":{"a":{"schema":"Company","properties":{"name":["Zorvale"]}}}}`, 403)
	screens := token("nora", account.ScopeScreen)
	ask(screens, "GET", "/v1/reports", "", 403)
	if said := ask(screens, "POST", "/match/default", `{"queries":{"a":{"schema":"Company","properties":{"name":["`+canary+` Garment"]}}}}`, 403); strings.Contains(said, "Garment") {
		t.Errorf("screening for somebody of north says %s", said)
	}
	if said := ask(token("alma", account.ScopeScreen), "POST", "/match/default", `{"queries":{"a":{"schema":"Company","properties":{"name":["`+canary+` Garment"]}}}}`, 200); !strings.Contains(said, canary) {
		t.Errorf("screening for somebody of all says %s", said)
	}
	ask(token("alma", account.ScopeReview), "PUT", "/v1/settings", `{"two_for_same":true}`, 403)
	if _, err := h.accounts.EndSessions(t.Context(), corvee.LocalActor, "nora"); err != nil {
		t.Fatal(err)
	}
	ask(reads, "GET", "/v1/reports", "", 200) // a token is no session
	if err := h.accounts.Disable(t.Context(), corvee.LocalActor, "nora", true); err != nil {
		t.Fatal(err)
	}
	ask(reads, "GET", "/v1/reports", "", 401)
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	accounts := account.New(account.Config{Clock: time.Now})
	for name, c := range map[string]entry.Config{
		"no accounts": {Names: []string{"a"}, Encrypted: true}, "no name": {Accounts: accounts, Encrypted: true},
		"in the clear": {Accounts: accounts, Names: []string{"a"}},
	} {
		if _, err := entry.New(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
