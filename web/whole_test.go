package web_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"corvee"
	"corvee/samples"
)

// wholeDesk is a first day at the desk, in one browser: a report is dropped, its claims are
// judged by keys from the first to the last, its dossier is opened and saved; a table of a
// thousand suppliers is handed in, triaged by keys and fetched.
func wholeDesk(t *testing.T, name string, body []byte, subject string) {
	t.Helper()
	b := setup(t)
	b.screened(t)
	p := open(t, b)
	p.click("nav a[href='/bring']")
	p.until("document.documentElement.classList.contains('js')")
	eval[any](p, fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([%q], %q, { type: "text/plain" }));
		for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
	})()`, body, name))
	p.until("location.pathname.startsWith('/bring/') && !!document.querySelector('.state.f-yes') && !!document.querySelector('.button.strong')")
	p.click(".button.strong")
	p.until("!!document.querySelector('.card.on') && document.documentElement.classList.contains('js')")
	judgeAll(t, b, p)
	p.shot("judged")
	p.open("/dossiers?name=" + strings.ReplaceAll(subject, " ", "+"))
	p.until("document.querySelectorAll('.figures b').length > 3")
	p.shot("dossier")
	saved := eval[string](p, fetched("document.querySelector('.acts .button.strong').href"))
	if !strings.Contains(saved, "<!doctype html>") && !strings.Contains(saved, "<!DOCTYPE html>") || !strings.Contains(saved, subject) {
		t.Errorf("the saved dossier begins %.80q", saved)
	}
	suppliers(t, b, p)
}

// fetched is the text at an address, as the page itself would get it.
func fetched(address string) string {
	return "(() => { const r = new XMLHttpRequest(); r.open('GET', " + address + ", false); r.send(); return r.responseText })()"
}

// judgeAll presses a key for every claim, in turn accept, reject, unsure; the page goes on
// by itself.
func judgeAll(t *testing.T, b *base, p *browser) {
	t.Helper()
	lines, _, err := b.pipeline.Reports(t.Context(), allReports)
	must(t, err)
	id := lines[0].Report.ID
	v := b.view(t, id)
	p.until(chosenClaim + " === '" + v.Claims[0].ID + "'")
	for i := range v.Claims {
		p.press([]string{"a", "x", "u"}[i%3])
	}
	p.until("document.querySelector('.tally progress').value === document.querySelector('.tally progress').max && !document.getElementById('saved').textContent.startsWith('Saving')")
	for i, c := range b.view(t, id).Claims {
		if want := []corvee.Review{corvee.ReviewAccepted, corvee.ReviewRejected, corvee.ReviewUnsure}[i%3]; c.Review != want {
			t.Errorf("claim %d of %d is %s, want %s", i+1, len(v.Claims), c.Review, want)
		}
	}
}

func suppliers(t *testing.T, b *base, p *browser) {
	t.Helper()
	var table strings.Builder
	table.WriteString("number,supplier,country\n")
	for i := range 1000 {
		name := fmt.Sprintf("Bakery of Street %d", i)
		if i == 300 || i == 700 {
			name = "Lantern Mill Company Limited"
		}
		fmt.Fprintf(&table, "S%d,%s,CN\n", i, name)
	}
	file := filepath.Join(t.TempDir(), "thousand.csv")
	must(t, os.WriteFile(file, []byte(table.String()), 0o600))
	p.open("/runs")
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#table"), []string{file}))
	p.click(".uploadform .strong")
	p.until("location.pathname.startsWith('/tables/')")
	p.click("form .strong")
	p.until("document.body.textContent.includes('1000 rows screened')")
	p.until("!!document.querySelector('form.decide.on')")
	p.shot("triage")
	for i := range 2 {
		p.press("n")
		p.until("!!document.querySelector('.armed')")
		p.press("1")
		p.until(fmt.Sprintf("document.getElementById('saved').textContent.startsWith('Saved: row %d')", []int{301, 701}[i]))
		p.until("document.documentElement.classList.contains('js')")
	}
	p.until("document.body.textContent.includes('No row wants a look')")
	csv := eval[string](p, fetched("document.querySelector('.fetch a').href"))
	if n := strings.Count(csv, "Lantern Mill Company Limited"); n < 2 || strings.Count(csv, "\n") < 1000 {
		t.Errorf("the result has %d lines and the name %d times", strings.Count(csv, "\n"), n)
	}
}

func TestBrowserAWholeDayAtTheDesk(t *testing.T) {
	t.Parallel()
	body, err := fs.ReadFile(samples.Files, "reports/hunchun-electronics.txt")
	must(t, err)
	wholeDesk(t, "hunchun-electronics.txt", body, "Hunchun")
}
