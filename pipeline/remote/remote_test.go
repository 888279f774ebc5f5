package remote_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/remote"
	"corvee/store"
)

const page = `<!doctype html><html lang="en"><head><title>Mill</title>
<meta property="og:site_name" content="Invented Gazette"><meta property="article:published_time" content="2022-05-03T10:00:00Z">
<link rel="canonical" href="https://somebody-else.example/"></head><body><article><h1>Knitting mill</h1>
<p>Some 90 North Korean women knit at the Invented Star mill in Hunchun, a trader said.</p></article></body></html>`

func serve(out http.ResponseWriter, in *http.Request) {
	switch in.URL.Path {
	case "/old":
		http.Redirect(out, in, "/mill.html", http.StatusMovedPermanently)
	case "/mill.html":
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(out, page)
	case "/picture":
		fmt.Fprint(out, "\x89PNG\r\n\x1A\n and so on")
	default:
		http.NotFound(out, in)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	d := setup(t, serve)
	got := d.told(func(emit pipeline.Emit) error {
		_, err := d.Read(t.Context(), []string{d.url + "/old", d.url + "/gone", "http://169.254.169.254/", d.url + "/picture"}, remote.ReadOptions{}, emit)
		return err
	})
	report := got[0].Report
	if report == nil || report.URL != d.url+"/mill.html" || report.Publisher != "Invented Gazette" || report.Published.String() != "2022-05-03" {
		t.Fatalf("report %+v: want address, publisher and date of the page", report)
	}
	if got[1].Claim == nil || got[1].Claim.Kind != corvee.KindHeadcount {
		t.Errorf("no claim was read: %+v", got[1])
	}
	sum := got[len(got)-1].Summary
	if sum.Reports != 1 || sum.Rejected != 3 {
		t.Errorf("summary %+v, want one report and three rejected", sum)
	}
	inputs := d.told(func(emit pipeline.Emit) error { return d.Inputs(t.Context(), false, emit) })
	var states []string
	for _, m := range inputs {
		states = append(states, strings.TrimPrefix(m.Input.Origin, d.url)+" "+string(m.Input.State))
	}
	want := []string{"/old done", "/gone rejected", "http://169.254.169.254/ rejected", "/picture failed"}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	d.checkCapture(report.ID)
}

// checkCapture: the exchange is archived, and a purge leaves nothing of it.
func (d *desk) checkCapture(report string) {
	d.t.Helper()
	captures := d.captures(report)
	if len(captures) != 1 || captures[0].Asked != d.url+"/old" || captures[0].Address != d.url+"/mill.html" || len(captures[0].Certificates) == 0 || !captures[0].At.Equal(d.fetched()) {
		d.t.Fatalf("captures %+v", captures)
	}
	archive, err := d.Vault.Get(d.t.Context(), captures[0].Archive)
	must(d.t, err)
	if !bytes.Contains(archive, []byte(page)) || !bytes.Contains(archive, []byte("301 Moved")) {
		d.t.Error("the archive does not hold the exchange")
	}
	stored, err := d.Report(d.t.Context(), report)
	must(d.t, err)
	if !stored.Report.CapturedAt.Equal(d.fetched()) {
		d.t.Errorf("captured at %s", stored.Report.CapturedAt)
	}
	_, err = d.Purge(d.t.Context(), report, "a test")
	must(d.t, err)
	if _, err := d.Vault.Get(d.t.Context(), captures[0].Archive); !errors.Is(err, corvee.ErrNotFound) || len(d.captures("")) != 0 {
		d.t.Errorf("after the purge: %v, %v", err, d.captures(""))
	}
}

func (d *desk) captures(report string) (all []store.Capture) {
	d.t.Helper()
	must(d.t, d.Store.View(d.t.Context(), func(tx store.Tx) (err error) {
		all, err = tx.Captures(d.t.Context(), report)
		return err
	}))
	return all
}

// TestRetryStaysAtHome: trying failed inputs again asks nobody on the web.
func TestRetryStaysAtHome(t *testing.T) {
	t.Parallel()
	asked := 0
	d := setup(t, func(out http.ResponseWriter, _ *http.Request) {
		asked++
		out.WriteHeader(http.StatusServiceUnavailable)
	})
	d.told(func(emit pipeline.Emit) error {
		_, err := d.Read(t.Context(), []string{d.url + "/x"}, remote.ReadOptions{IgnoreRobots: true}, emit)
		return err
	})
	got := d.told(func(emit pipeline.Emit) error {
		_, err := d.Retry(t.Context(), pipeline.IngestOptions{}, emit)
		return err
	})
	if asked != 1 || len(got) != 1 || got[0].Summary == nil {
		t.Errorf("asked %d times, told %+v", asked, got)
	}
}
