package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"corvee"
	"corvee/web"
)

const secret = "Lantern" // stands in every page that shows the base

// pages are the addresses of one base, one of each kind.
func pages(t *testing.T, b *base) []string {
	t.Helper()
	v := b.plant(t)
	run := b.screened(t)
	c := claimOf(t, v, corvee.KindWage)
	return []string{
		"/", "/reports", reportPath(v), reportPath(v) + "?claim=" + c.ID, reportPath(v) + "?claim=" + c.ID + "&edit=1", reportPath(v) + "?add=1",
		"/claims/" + c.ID, "/runs", "/runs/" + run.ID, "/runs/" + run.ID + "?show=clear", "/lists", "/help", "/bring", "/find", "/find?q=lantern",
		"/map", "/map?kind=wage", "/timeline", "/timeline?place=dandong",
		"/sites", "/organisations", "/money", "/dossiers", "/dossiers?name=Dandong", "/jobs", "/audit", "/audit?check=1",
	}
}

func TestEveryAnswerIsShutIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.visitor(t)
	addresses := append(pages(t, b), "/nowhere", "/reports/zzzzzzzz", "/claims/abc", "/runs/none", "/static/style.css", "/static/desk.js", "/static/none.css", "/reports?page=x")
	for _, address := range addresses {
		p := v.get(address)
		want := map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
			"Referrer-Policy":         "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		}
		for name, value := range want {
			if got := p.header.Get(name); got != value {
				t.Errorf("GET %s: %s is %q, want %q", address, name, got, value)
			}
		}
		checkNothingInline(t, p)
	}
}

// checkNothingInline: what the policy would refuse must not be there in the first place.
func checkNothingInline(t *testing.T, p *page) {
	t.Helper()
	for n := range p.doc.Descendants() {
		if n.Data == "style" || n.Data == "script" && (attr(n, "src") == "" || strings.TrimSpace(words(n)) != "") {
			t.Errorf("%s has an inline %s", p.url, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s has %s=%q on <%s>", p.url, a.Key, a.Val, n.Data)
			}
			if (a.Key == "src" || a.Key == "href" && n.Data == "link") && !strings.HasPrefix(a.Val, "/static/") {
				t.Errorf("%s loads %q", p.url, a.Val)
			}
		}
	}
}

func TestWithoutTheKeyNothingIsShown(t *testing.T) {
	t.Parallel()
	b := setup(t)
	addresses := pages(t, b)
	for _, cookie := range []string{"", "wrong", launchKey, strings.Repeat("0", 64)} {
		for _, address := range addresses {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.server.URL+address, nil)
			must(t, err)
			if cookie != "" {
				request.AddCookie(&http.Cookie{Name: cookieName(b.server), Value: cookie})
			}
			p := (&visitor{t: t}).read(do(t, request))
			if p.status != http.StatusForbidden || !strings.Contains(p.body, "corvee serve") {
				t.Errorf("GET %s without the key: %d, and it says how to get in: %t", address, p.status, strings.Contains(p.body, "corvee serve"))
			}
			said := strings.ReplaceAll(html.UnescapeString(p.body), address, "") // the same address is offered again: who asked knows it
			if strings.Contains(said, secret) || strings.Contains(said, "suppliers.csv") {
				t.Errorf("GET %s without the key shows the base", address)
			}
		}
	}
}

func cookieName(server *httptest.Server) string {
	_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	return "corvee-" + port
}

// do sends one request and follows nothing.
func do(t *testing.T, request *http.Request) *http.Response {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	must(t, err)
	return response
}

func TestKeyBecomesAPass(t *testing.T) {
	t.Parallel()
	b := setup(t)
	get := func(address string) *http.Response {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.server.URL+address, nil)
		must(t, err)
		response := do(t, request)
		response.Body.Close()
		return response
	}
	good := get("/?key=" + launchKey)
	if good.StatusCode != http.StatusSeeOther || good.Header.Get("Location") != "/" || len(good.Cookies()) != 1 {
		t.Fatalf("the key gives %d to %q with %d cookies", good.StatusCode, good.Header.Get("Location"), len(good.Cookies()))
	}
	c := good.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.MaxAge != 0 || !c.Expires.IsZero() || strings.Contains(c.Value, launchKey) {
		t.Errorf("the pass is %+v", c)
	}
	for _, address := range []string{"/?key=", "/?key=" + launchKey[:31], "/?key=" + launchKey + "0", "/reports?key=" + launchKey, "/?Key=" + launchKey} {
		if bad := get(address); bad.StatusCode != http.StatusForbidden || len(bad.Cookies()) != 0 {
			t.Errorf("GET %s gives %d with %d cookies", address, bad.StatusCode, len(bad.Cookies()))
		}
	}
}

// TestRebinding plays a page on the web that has pointed its own name at this machine, and
// one that sends forms and loads from it.
func TestRebinding(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	c := claimOf(t, v, corvee.KindWage)
	pass := passOf(t, b)
	port := strings.TrimPrefix(cookieName(b.server), "corvee-")
	judge := reportPath(v) + "/claims/" + c.ID + "/verdict"
	body := url.Values{"review": {"rejected"}, "expected": {"0"}}.Encode()

	tests := map[string]struct {
		method, path, host string
		header             map[string]string
		pass               bool
		want               int
	}{
		"a foreign name":                         {http.MethodGet, "/reports", "evil.example:" + port, nil, true, http.StatusMisdirectedRequest},
		"a foreign name with the key":            {http.MethodGet, "/?key=" + launchKey, "evil.example:" + port, nil, false, http.StatusMisdirectedRequest},
		"a foreign name for the style":           {http.MethodGet, "/static/style.css", "evil.example:" + port, nil, false, http.StatusMisdirectedRequest},
		"our name without the port":              {http.MethodGet, "/reports", "127.0.0.1", nil, true, http.StatusMisdirectedRequest},
		"our name with another port":             {http.MethodGet, "/reports", "localhost:1", nil, true, http.StatusMisdirectedRequest},
		"a name that begins like ours":           {http.MethodGet, "/reports", "127.0.0.1.evil.example:" + port, nil, true, http.StatusMisdirectedRequest},
		"every interface":                        {http.MethodGet, "/reports", "0.0.0.0:" + port, nil, true, http.StatusMisdirectedRequest},
		"a form by a foreign origin":             {http.MethodPost, judge, "", map[string]string{"Origin": "http://evil.example"}, true, http.StatusForbidden},
		"a form by another port":                 {http.MethodPost, judge, "", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:1"}, true, http.StatusForbidden},
		"a form by a sandboxed frame":            {http.MethodPost, judge, "", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "null"}, true, http.StatusForbidden},
		"a form without the pass":                {http.MethodPost, judge, "", map[string]string{"Sec-Fetch-Site": "same-origin"}, false, http.StatusForbidden},
		"a form by a foreign name":               {http.MethodPost, judge, "evil.example:" + port, map[string]string{"Origin": "http://evil.example:" + port, "Sec-Fetch-Site": "same-origin"}, true, http.StatusMisdirectedRequest},
		"a frame":                                {http.MethodGet, "/reports", "", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, true, http.StatusForbidden},
		"a script of another port":               {http.MethodGet, "/static/desk.js", "", map[string]string{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, true, http.StatusForbidden},
		"an image of a page":                     {http.MethodGet, "/reports", "", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, true, http.StatusForbidden},
		"a person who follows a link from there": {http.MethodGet, "/reports", "", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, true, http.StatusOK},
		"a person here":                          {http.MethodGet, "/reports", "localhost:" + port, nil, true, http.StatusOK},
		"a person here by IPv6":                  {http.MethodGet, "/reports", "[::1]:" + port, nil, true, http.StatusOK},
	}
	for name, test := range tests {
		request, err := http.NewRequestWithContext(t.Context(), test.method, b.server.URL+test.path, strings.NewReader(body))
		must(t, err)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Host = test.host
		for k, value := range test.header {
			request.Header.Set(k, value)
		}
		if test.pass {
			request.AddCookie(pass)
		}
		p := (&visitor{t: t}).read(do(t, request))
		if p.status != test.want {
			t.Errorf("%s: %d, want %d", name, p.status, test.want)
		}
		if test.want != http.StatusOK && strings.Contains(p.body, secret) {
			t.Errorf("%s: the answer shows the base", name)
		}
	}
	if left := b.view(t, v.Report.ID); len(left.Verdicts) != 0 {
		t.Errorf("a foreign page left %d verdicts", len(left.Verdicts))
	}
}

func passOf(t *testing.T, b *base) *http.Cookie {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.server.URL+"/?key="+launchKey, nil)
	must(t, err)
	response := do(t, request)
	response.Body.Close()
	return response.Cookies()[0]
}

func TestNoHost(t *testing.T) {
	t.Parallel()
	b := setup(t)
	request := httptest.NewRequest(http.MethodGet, "/reports", nil)
	request.Host = ""
	request.AddCookie(passOf(t, b))
	recorder := httptest.NewRecorder()
	b.server.Config.Handler.ServeHTTP(recorder, request)
	if recorder.Code != http.StatusMisdirectedRequest {
		t.Errorf("a request without a host: %d", recorder.Code)
	}
}

func TestLockedPageNeverPointsElsewhere(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, path := range []string{"//evil.example/x", "/%5C%5Cevil.example", `/\evil.example`, "/x?next=//evil.example"} {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Host = b.server.Listener.Addr().String()
		request.URL.Path, request.URL.RawQuery, _ = strings.Cut(path, "?")
		recorder := httptest.NewRecorder()
		b.server.Config.Handler.ServeHTTP(recorder, request)
		response := recorder.Result()
		response.Request = request
		for _, link := range (&visitor{t: t}).read(response).all(func(n *html.Node) bool { return n.Data == "a" }) {
			href := attr(link, "href")
			if strings.HasPrefix(href, "//") || strings.HasPrefix(href, `/\`) || !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "#") {
				t.Errorf("the locked page of %q links to %q", path, href)
			}
		}
	}
}

func TestWeakConfig(t *testing.T) {
	t.Parallel()
	for _, c := range []web.Config{{Host: "127.0.0.1:1", Key: "short"}, {Host: "127.0.0.1", Key: launchKey}, {Host: "", Key: launchKey}} {
		if _, err := web.New(c); err == nil {
			t.Errorf("New(%+v) gives no error", c)
		}
	}
}

// TestPanicIsACalmPage: whatever breaks inside, the answer is a whole page, shut in like
// every other, and the log holds no address of a reader.
func TestPanicIsACalmPage(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	handler, err := web.New(web.Config{Pipeline: nil, Host: "127.0.0.1:80", Key: launchKey, Log: slog.New(slog.NewTextHandler(&log, nil))})
	must(t, err)
	ask := func(address string, cookies ...*http.Cookie) *http.Response {
		request := httptest.NewRequest(http.MethodGet, address, nil)
		request.Host, request.RemoteAddr = "localhost", "192.0.2.77:4711"
		for _, c := range cookies {
			request.AddCookie(c)
		}
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		response := recorder.Result()
		response.Request = request
		return response
	}
	p := (&visitor{t: t}).read(ask("/reports", ask("/?key="+launchKey).Cookies()...))
	if p.status != http.StatusInternalServerError || !strings.Contains(p.body, "Something failed") || p.header.Get("Content-Security-Policy") == "" {
		t.Errorf("a panic gives %d: %.80s", p.status, p.body)
	}
	checkPage(t, p)
	if strings.Contains(p.body, "nil pointer") || strings.Contains(p.body, ".go:") {
		t.Error("the page shows the inside")
	}
	if !strings.Contains(log.String(), "nil pointer") || strings.Contains(log.String(), "192.0.2.77") {
		t.Errorf("the log says %q", log.String())
	}
}
