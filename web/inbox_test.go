package web_test

import (
	"bytes"
	"context"
	"corvee/store"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"corvee"
)

// telling is a text that states things, of invented firms in real cities.
const telling = "HUNCHUN, China - Hunchun Lansui Electronics Co., Ltd. in Hunchun employs 240 North Korean workers.\n\n" +
	"Each worker earns 2,300 yuan a month, and 2,000 yuan of it is taken as loyalty funds, a trader in Hunchun said on 12 November.\n"

// send posts a form of many parts, as a browser without script does.
func (v *visitor) send(address string, fields map[string]string, files map[string]map[string]string) *page {
	v.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		must(v.t, form.WriteField(name, value))
	}
	for name, those := range files {
		for file, content := range those {
			w, err := form.CreateFormFile(name, file)
			must(v.t, err)
			_, err = w.Write([]byte(content))
			must(v.t, err)
		}
	}
	must(v.t, form.Close())
	request, err := http.NewRequestWithContext(context.WithoutCancel(v.t.Context()), http.MethodPost, v.base+address, &body)
	must(v.t, err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := v.client.Do(request)
	must(v.t, err)
	return v.read(response)
}

// ended comes again to a page until nothing on it is under way.
func (v *visitor) ended(p *page) *page {
	v.t.Helper()
	for range 500 {
		if len(p.all(func(n *html.Node) bool { return attr(n, "http-equiv") == "refresh" })) == 0 {
			return p
		}
		time.Sleep(20 * time.Millisecond)
		p = v.get(p.url.RequestURI())
	}
	v.t.Fatalf("%s never ended: %s", p.url, tidy(p.doc))
	return nil
}

func TestFilesAndTextsAreBroughtIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	user := b.visitor(t)
	p := user.send("/bring", map[string]string{"text": telling, "publisher": "Border Ledger", "published": "2024-03-14"}, map[string]map[string]string{
		"files": {"same.txt": telling, "empty.txt": "", "page.html": "<title>Ms. Paek Un Byol speaks</title><p>" + telling, "../../etc/odd.bin": "\x00\x01\x02\x03"},
	})
	if !strings.HasPrefix(p.path(), "/bring/") {
		t.Fatalf("led to %s: %s", p.url, tidy(p.doc))
	}
	p = user.ended(p)
	checkPage(t, p)
	said := tidy(p.doc)
	for _, want := range []string{"All 5 ended", "pasted text", "✓ 2 done", "= 1 duplicate", "✗ 2 rejected", "it is empty", "Review “"} {
		if !strings.Contains(said, want) {
			t.Errorf("the page does not say %q: %s", want, said)
		}
	}
	if strings.Contains(p.body, "Paek") || !strings.Contains(p.body, "speaks") {
		t.Error("a name in a title is not covered")
	}
	if strings.Contains(p.body, "etc/") {
		t.Error("the page tells where a file lay")
	}
	reports, total, err := b.pipeline.Reports(t.Context(), allReports)
	must(t, err)
	if total != 2 || reports[0].Claims < 3 || reports[0].Report.Publisher != "Border Ledger" {
		t.Errorf("%d reports: %+v", total, reports)
	}
}

func TestWhatCannotBeTakenComesBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	user := b.visitor(t)
	p := user.send("/bring", map[string]string{"text": "  ", "published": "yesterday", "publisher": "Border Ledger"}, nil)
	if p.status != http.StatusBadRequest || !strings.Contains(p.body, "2024-03-14") || !strings.Contains(p.body, `value="Border Ledger"`) {
		t.Errorf("%d: %s", p.status, tidy(p.doc))
	}
	p = user.send("/bring", map[string]string{"address": "https://harbour.example.org/"}, nil)
	if p.status != http.StatusBadRequest || !strings.Contains(p.body, "corvee serve --fetch") {
		t.Errorf("an address: %d: %s", p.status, tidy(p.doc))
	}
	if p = user.get("/bring/77"); p.status != http.StatusNotFound {
		t.Errorf("a batch that is not there: %d", p.status)
	}
	if _, total, _ := b.pipeline.Reports(t.Context(), allReports); total != 0 {
		t.Errorf("%d reports came of nothing", total)
	}
}

func TestATableIsHandedInAndScreened(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.screened(t)
	user := b.visitor(t)
	p := user.send("/runs", nil, map[string]map[string]string{"table": {"own.csv": "code;party;land\n7;Lantern Mill Company Limited;CN\n8;Entirely Other Bakery;FR\n"}})
	if !strings.HasPrefix(p.path(), "/tables/") {
		t.Fatalf("led to %s: %s", p.url, tidy(p.doc))
	}
	checkPage(t, p)
	address := p.path()
	if twice := user.submit(p, address, map[string][]string{"name": {"2"}, "id": {"2"}}); twice.status != http.StatusUnprocessableEntity || !strings.Contains(tidy(twice.doc), "two meanings") {
		t.Errorf("one column with two meanings: %d", twice.status)
	}
	if none := user.submit(p, address, map[string][]string{"name": {"-"}}); none.status != http.StatusUnprocessableEntity {
		t.Errorf("no names: %d", none.status)
	}
	p = user.ended(user.submit(p, address, map[string][]string{"name": {"2"}, "id": {"1"}, "country": {"-"}}))
	if said := tidy(p.doc); !strings.Contains(said, "2 rows screened") || !strings.Contains(said, "Lantern Mill Co. Ltd.") {
		t.Errorf("the run: %s", said)
	}
	runs, err := b.pipeline.Runs(t.Context())
	must(t, err)
	at := slices.IndexFunc(runs, func(r corvee.Run) bool { return r.Input == "own.csv" })
	if at < 0 || runs[at].Rows != (corvee.RowCounts{Hit: 1, Clear: 1}) {
		t.Errorf("%+v", runs)
	}
	if gone := user.get(address); gone.status != http.StatusNotFound {
		t.Errorf("the table is still held: %d", gone.status)
	}
	bad := user.send("/runs", nil, map[string]map[string]string{"table": {"x.csv": ""}})
	if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, "Not taken") {
		t.Errorf("an empty table: %d", bad.status)
	}
}

func TestBrowserDropsAFileAndUploadsATable(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.screened(t)
	p := open(t, b)
	p.click("nav a[href='/bring']")
	p.until("document.documentElement.classList.contains('js')")
	p.shot("bring")
	eval[any](p, fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([%q], "lansui.txt", { type: "text/plain" }));
		for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
	})()`, telling))
	p.until("location.pathname.startsWith('/bring/') && !!document.querySelector('.state.f-yes') && !!document.querySelector('.button.strong')")
	p.shot("brought")
	p.click(".button.strong")
	p.until("!!document.querySelector('.card.on')")
	file := filepath.Join(t.TempDir(), "table.csv")
	must(t, os.WriteFile(file, []byte("name,country\nLantern Mill Company Limited,CN\nEntirely Other Bakery,FR\n"), 0o600))
	p.open("/runs")
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#table"), []string{file}))
	p.click(".uploadform .strong")
	p.until("location.pathname.startsWith('/tables/')")
	p.shot("columns")
	p.click("form .strong")
	p.until("/^[/]runs[/][^/]+$/.test(location.pathname) && document.body.textContent.includes('2 rows screened')")
}

var allReports = store.ReportFilter{}
