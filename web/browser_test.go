package web_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"corvee"
	"corvee/pipeline"
)

// browser is a real Chromium on the pages of a base.
type browser struct {
	t       *testing.T
	ctx     context.Context
	base    string
	mu      sync.Mutex
	console []string
}

// open starts Chromium, lets it in with the key and gathers what the console says.
func open(t *testing.T, b *base) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("SKIPPED: chromium not found (install chromium)")
	}
	flags := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.WSURLReadTimeout(time.Minute)}
	for _, name := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		flags = append(flags, chromedp.Flag(name, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancelTime)
	page := &browser{t: t, ctx: ctx, base: b.server.URL}
	page.do(chromedp.EmulateViewport(1360, 900), chromedp.Navigate(b.server.URL+"/?key="+launchKey))
	page.listen()
	return page
}

func (p *browser) listen() {
	messages := chromedp.Console(p.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m, err := range messages {
			if err != nil {
				return
			}
			p.mu.Lock()
			p.console = append(p.console, m.String())
			p.mu.Unlock()
		}
	}()
	p.t.Cleanup(func() {
		if err := chromedp.Cancel(p.ctx); err != nil {
			p.t.Log(err)
		}
		<-done
		for _, line := range p.console {
			if strings.Contains(line, "Content Security Policy") || strings.HasPrefix(line, "exception") {
				p.t.Errorf("the console says: %s", line)
			}
		}
	})
}

func (p *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *browser) open(address string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.base + address))
}

// eval runs an expression in the page; the page's policy does not bind the protocol.
func eval[T any](p *browser, expression string) T {
	p.t.Helper()
	out, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// until waits for an expression to be true.
func (p *browser) until(expression string) {
	p.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		if ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.shot("failed")
	p.t.Fatalf("never true: %s\nat %s; saved says %q", expression, eval[string](p, "location.href"), eval[string](p, "document.getElementById('saved')?.textContent ?? ''"))
}

func (p *browser) saved(text string) {
	p.t.Helper()
	p.until(fmt.Sprintf("document.getElementById('saved')?.textContent === %q", text))
}

func (p *browser) press(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

func (p *browser) click(selector string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// write types over what a field holds.
func (p *browser) write(selector, text string) {
	p.t.Helper()
	p.until("document.readyState === 'complete' && document.documentElement.classList.contains('js')")
	eval[any](p, fmt.Sprintf("document.querySelector(%q).scrollIntoView({block: 'center'})", selector))
	p.click(selector)
	p.until(fmt.Sprintf("document.activeElement === document.querySelector(%q)", selector))
	eval[any](p, "document.activeElement.select()")
	p.press(text)
	p.until(fmt.Sprintf("document.querySelector(%q).value === %q", selector, text))
}

// shot keeps a picture for the eye: go test -artifacts -outputdir DIR.
func (p *browser) shot(name string) {
	p.t.Helper()
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.t.ArtifactDir(), name+".png"), picture, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p *browser) media(scheme, medium string, script bool) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	must(p.t, err)
	_, err = chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})
	must(p.t, err)
}

const chosenClaim = "document.querySelector('.card.on')?.id"

// slowServer makes every act take a while, and counts how many are under way at once.
type slowServer struct {
	next      http.Handler
	now, most atomic.Int32
}

func slowed(b *base) *slowServer {
	s := &slowServer{next: b.server.Config.Handler}
	b.server.Config.Handler = s
	return s
}

func (s *slowServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		s.most.Store(max(s.most.Load(), s.now.Add(1)))
		defer s.now.Add(-1)
		time.Sleep(100 * time.Millisecond)
	}
	s.next.ServeHTTP(w, r)
}

func TestBrowserReviewsByKeys(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	slow := slowed(b)
	p := open(t, b)
	review := func(i int) corvee.Review { return reviewsOf(t, b, v.Report.ID)[v.Claims[i].ID] }

	p.click("nav a[href='/reports']")
	p.until("document.title.startsWith('Reports')")
	p.click(".reports a[href^='/reports/']")
	p.until("document.documentElement.classList.contains('js') && " + chosenClaim + " === '" + v.Claims[0].ID + "'")
	p.shot("report")

	p.press("a")
	p.until(chosenClaim + " === '" + v.Claims[1].ID + "'") // the next at once
	p.saved("Saved: accepted")
	if got := review(0); got != corvee.ReviewAccepted {
		t.Fatalf("after a the first claim is %s", got)
	}
	p.press("j")
	p.until(chosenClaim + " === '" + v.Claims[2].ID + "' && location.href.includes('claim=" + v.Claims[2].ID + "')")
	p.press("k")
	p.until(chosenClaim + " === '" + v.Claims[1].ID + "'")
	p.press("x")
	p.saved("Saved: rejected")
	for range 3 { // faster than the server: one after another, none lost
		p.press("u")
	}
	p.saved("Saved: unsure")
	if review(1) != corvee.ReviewRejected || review(2) != corvee.ReviewUnsure || review(3) != corvee.ReviewUnsure || review(4) != corvee.ReviewUnsure || review(5) != corvee.ReviewUnreviewed {
		t.Fatalf("after fast keys: %v", reviewsOf(t, b, v.Report.ID))
	}
	if most := slow.most.Load(); most != 1 {
		t.Errorf("%d decisions were under way at once; the base would take them in any order", most)
	}
	p.shot("judged")

	p.press("k") // back to one that was judged: the same again clears
	p.until(chosenClaim + " === '" + v.Claims[4].ID + "'")
	p.press("u")
	p.saved("Saved: decision cleared")
	for i := range 6 {
		p.press("z")
		p.until(fmt.Sprintf("document.querySelectorAll('.history .undone').length === %d", i+1))
	}
	for i := range v.Claims {
		if got := review(i); got != corvee.ReviewUnreviewed {
			t.Errorf("after undoing all, claim %d is %s", i, got)
		}
	}
	p.until("document.getElementById('undo').disabled")
}

func TestBrowserEditsAndAdds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	p := open(t, b)
	wage := claimOf(t, v, corvee.KindWage)
	p.open(reportPath(v) + "?claim=" + wage.ID)
	p.until(chosenClaim + " === '" + wage.ID + "'")
	p.press("e")
	p.until("!!document.getElementById('claimform')")
	p.write("#f-label", "axz") // letters while somebody types
	p.write("#f-figure", "2400")
	p.click("[name=nudge][value='end-1']")
	p.until("document.getElementById('span').textContent === 'paid 2,300 yuan a mont' && document.getElementById('f-figure').value === '2400'")
	p.click("[name=nudge][value='end+1']")
	p.until("document.getElementById('span').textContent === 'paid 2,300 yuan a month'")
	p.shot("edit")
	p.click("#claimform .strong")
	p.saved("Saved: edited")
	edited := claimByID(t, b, v.Report.ID, wage.ID)
	if edited.Label != "axz" || edited.Value.Low != corvee.Int(2400) || edited.Review != corvee.ReviewEdited {
		t.Fatalf("edited: %q %s %s", edited.Label, edited.Value.Low, edited.Review)
	}

	// Select words that follow characters of two UTF-16 units and run over two pieces.
	eval[any](p, `(() => {
		const block = [...document.querySelectorAll('.b')].find((b) => b.textContent.includes('trader said'));
		const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
		let from, until, node;
		while (node = walker.nextNode()) {
			if (node.data.includes('mill')) from ??= [node, node.data.indexOf('mill')];
			if (node.data.includes('trader said')) until = [node, node.data.indexOf('trader said') + 11];
		}
		getSelection().setBaseAndExtent(...from, ...until);
	})()`)
	p.until("document.querySelector('.pickup')?.hidden === false")
	p.shot("selection")
	p.press("n")
	p.until("document.getElementById('span')?.textContent === 'mill in Dandong, a trader said'")
	eval[any](p, "document.getElementById('f-kind').value = 'activity', document.getElementById('f-sector').value = 'textile'")
	p.shot("add")
	p.click("#claimform .strong")
	p.saved("Saved: added by hand")
	if n := len(b.view(t, v.Report.ID).Claims); n != len(v.Claims)+1 {
		t.Fatalf("after adding there are %d claims", n)
	}
	p.press("z")
	p.until("document.getElementById('saved').textContent.startsWith('Undone: added by hand')")
	if n := len(b.view(t, v.Report.ID).Claims); n != len(v.Claims) {
		t.Errorf("after undo there are %d claims", n)
	}
}

func TestBrowserKeysOverlayConflictAndLoss(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	second, _ := b.serve(t, "second")
	p := open(t, b)
	p.open(reportPath(v))
	p.until(chosenClaim + " === '" + v.Claims[0].ID + "'")
	p.press("?")
	p.until("!!document.querySelector('dialog[open]')")
	if n := eval[int](p, "document.querySelectorAll('dialog tr').length"); n != 10+11+3 {
		t.Errorf("the overlay tells of %d keys", n)
	}
	p.shot("keys")
	p.press("a") // inert while the overlay is open
	_, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: "Escape", Code: "Escape", WindowsVirtualKeyCode: 27})
	must(t, err)
	p.until("!document.querySelector('dialog')")
	if n := len(b.view(t, v.Report.ID).Verdicts); n != 0 {
		t.Fatalf("a key under the overlay left %d verdicts", n)
	}

	_, err = second.Judge(t.Context(), pipeline.Judgement{Report: v.Report.ID, Claim: v.Claims[0].ID, Review: corvee.ReviewRejected, Note: "not what it says"})
	must(t, err)
	p.press("a")
	p.until("document.querySelector('h1').textContent === 'Somebody was faster' && document.body.textContent.includes('not what it says')")
	p.shot("conflict")
	if got := reviewsOf(t, b, v.Report.ID)[v.Claims[0].ID]; got != corvee.ReviewRejected {
		t.Fatalf("the conflict left the claim %s", got)
	}
	p.click(".button.strong")
	p.until(chosenClaim + " === '" + v.Claims[0].ID + "' && document.querySelector('.card.on').textContent.includes('rejected') && document.documentElement.classList.contains('js')")

	b.server.Listener.Close()
	b.server.CloseClientConnections()
	p.press("u")
	p.until("document.getElementById('saved').textContent.startsWith('Not saved')")
	p.shot("lost")
}

func TestBrowserFollowsADeepLink(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.put(t, corvee.Report{Title: "Long"}, strings.Repeat("A line of nothing in particular.\n\n", 3000)+"The mill pays 5 yuan a day.\n", nil, draft{"pays 5 yuan a day", corvee.KindWage, money("5")})
	p := open(t, b)
	p.open(reportPath(v) + "#" + v.Claims[0].ID) // on another part: only the browser knows the fragment
	p.until(chosenClaim + " === '" + v.Claims[0].ID + "'")
	p.until("(() => { const box = document.querySelector('.q.on').getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight })()")
	p.press("a")
	p.saved("Saved: accepted")
}

func TestBrowserWithoutScript(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	p := open(t, b)
	p.media("light", "", false)
	p.open("/reports")
	p.click(".reports a[href^='/reports/']")
	p.until("!!document.getElementById('desk')")
	p.click(".card:nth-child(3) .pick")
	p.until("location.hash === '#" + v.Claims[2].ID + "'")
	p.click(".card.on .key-a")
	p.saved("Saved: accepted")
	p.shot("noscript")
	p.click(".card.on .edit")
	p.until("!!document.getElementById('claimform')")
	p.do(chromedp.SetValue(chromedp.CSS("#f-label"), "loyalty fund"))
	p.click("#claimform .strong")
	p.saved("Saved: edited")
	p.click("#addlink")
	p.until("!!document.getElementById('words')")
	p.do(chromedp.SetValue(chromedp.CSS("#words"), "The gate of the mill in 2023"))
	p.click("#add .strong")
	p.until("!!document.getElementById('claimform')")
	p.click("#claimform .strong")
	p.saved("Saved: added by hand")
	for range 3 {
		p.click("#undo")
		p.until("document.getElementById('saved').textContent.startsWith('Undone')")
		p.open(reportPath(v))
	}
	for i, c := range b.view(t, v.Report.ID).Claims {
		if c.Review != corvee.ReviewUnreviewed {
			t.Errorf("after undoing all by clicks, claim %d is %s", i, c.Review)
		}
	}
}

func TestBrowserRunsNothingOfAReport(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.put(t, corvee.Report{Title: canary, Publisher: canary}, "It pays 5 yuan "+canary+" a day.\n", nil,
		draft{"pays 5 yuan " + canary + " a day", corvee.KindWage, func(c *corvee.Claim, text corvee.Text) {
			money("5")(c, text)
			c.Label, c.Employer = canary, canary
		}})
	p := open(t, b)
	for _, address := range []string{"/", "/reports", reportPath(v), reportPath(v) + "?claim=" + v.Claims[0].ID + "&edit=1", "/claims/" + v.Claims[0].ID} {
		p.open(address)
		p.until("document.readyState === 'complete' && typeof boom === 'undefined' && document.images.length === 0")
	}
	p.open(reportPath(v))
	p.until(chosenClaim + " === '" + v.Claims[0].ID + "'")
	p.press("x")
	p.saved("Saved: rejected")
	p.shot("hostile")
}

// The digits set kinds, brackets walk through reports, h opens the history: each by the
// page's own forms and links.
func TestBrowserKindsReportsAndHistoryByKeys(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	b.put(t, corvee.Report{Title: "Another", Published: corvee.Date{Year: 2020}}, "The mill pays 5 yuan a day.\n", nil, draft{"pays 5 yuan a day", corvee.KindWage, money("5")})
	p := open(t, b)
	levy := claimOf(t, v, corvee.KindLevy)
	p.open(reportPath(v) + "?claim=" + levy.ID)
	p.until(chosenClaim + " === '" + levy.ID + "'")
	key := eval[string](p, "document.querySelector('#kindform option[value=net_pay]').dataset.key")
	p.press(key)
	p.saved("Saved: edited")
	if c := claimByID(t, b, v.Report.ID, levy.ID); c.Kind != corvee.KindNetPay || c.Review != corvee.ReviewEdited {
		t.Fatalf("after the key the claim is %s, %s", c.Kind, c.Review)
	}
	p.press("z")
	p.until("document.getElementById('saved').textContent.startsWith('Undone')")
	if c := claimByID(t, b, v.Report.ID, levy.ID); c.Kind != corvee.KindLevy {
		t.Fatalf("after undo the claim is %s", c.Kind)
	}
	p.press("h")
	p.until("document.getElementById('history').open")
	p.press("]")
	p.until("document.querySelector('h1').textContent === 'Another'")
	p.until("document.documentElement.classList.contains('js')")
	p.press("[")
	p.until("document.querySelector('h1').textContent.startsWith('Workers at')")
}
