package watch_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/pipeline/watch"
	"corvee/store"
)

func (d *desk) list(rows ...string) {
	d.t.Helper()
	body := "id,name,alias,kind,list\n" + strings.Join(rows, "\n") + "\n"
	_, err := d.ImportShrunken(d.t.Context(), []lists.File{{Name: "watch.csv", Body: []byte(body)}}, func(corvee.Message) error { return nil })
	must(d.t, err)
}

func (d *desk) report(text string) {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), "report.txt")
	must(d.t, os.WriteFile(path, []byte(text), 0o600))
	_, err := d.Ingest(d.t.Context(), []string{path}, pipeline.IngestOptions{}, func(corvee.Message) error { return nil })
	must(d.t, err)
}

func TestSupplier(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list("1,Tidewater Kelp Foods,,advisory,Watch", "2,Somebody Else Garment,,advisory,Watch")
	d.add(store.Watch{Kind: store.WatchSupplier, Terms: map[string]string{"name": "Invented Star Knitting", "country": "cn"}, Every: hour})
	d.want("no hit", d.look(0))
	d.list("1,Tidewater Kelp Foods,,advisory,Watch", "3,Invented Star Knitting,,designation,Watch")
	d.want("a listing", d.look(hour), "added Invented Star Knitting")
	d.list("1,Tidewater Kelp Foods,,advisory,Watch", "3,Invented Star Knitting,,designation,Watch")
	d.want("the same listing", d.look(hour))
	d.list("1,Tidewater Kelp Foods,,advisory,Watch", "3,Invented Star Knitting,Star Mill,designation,Watch")
	d.want("another alias", d.look(hour), "changed Invented Star Knitting")
	d.list("1,Tidewater Kelp Foods,,advisory,Watch")
	if got := d.look(hour); len(got) != 1 || !strings.HasPrefix(got[0], "removed ") {
		t.Errorf("delisted: %v", got)
	}
	d.want("still delisted", d.look(hour))
	d.want("alerts", d.alerts(), "new", "changed", "gone")
}

// TestDecidedSupplier: what a person judged to be another party is silent until the
// listing says something else.
func TestDecidedSupplier(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list("3,Invented Star Knitting,,designation,Watch")
	quiet := func(corvee.Message) error { return nil }
	run, err := d.Screen(t.Context(), "suppliers.csv", strings.NewReader("name\nInvented Star Knitting\n"), pipeline.ScreenOptions{}, quiet)
	must(t, err)
	_, err = d.Decide(t.Context(), pipeline.OnHit{Run: run.ID, Row: 1, Listing: "3"}, pipeline.Say{Judgement: corvee.JudgementDifferent, Reason: "another number"})
	must(t, err)
	d.add(store.Watch{Kind: store.WatchSupplier, Terms: map[string]string{"name": "Invented Star Knitting"}, Every: hour})
	d.want("a hit that was judged", d.look(0))
	d.list("3,Invented Star Knitting,Star Mill,designation,Watch")
	d.want("when the listing has changed", d.look(hour), "changed Invented Star Knitting")
	d.want("alerts", d.alerts(), "changed")
}

// TestTable: a run is done again only when the base has changed, and is then kept.
func TestTable(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list("1,Tidewater Kelp Foods,,advisory,Watch")
	table := []byte("id,name\na,Breakwater Cannery\nb,Invented Star Knitting\n")
	w, run, err := d.AddTable(t.Context(), "suppliers.csv", table, pipeline.ScreenOptions{}, hour)
	must(t, err)
	if run.Rows.Clear != 2 || w.Last.IsZero() {
		t.Errorf("run %+v, watch %+v", run.Rows, w)
	}
	d.want("the same base", d.look(hour))
	d.list("3,Invented Star Knitting,,designation,Watch")
	d.want("a listing", d.look(hour), "added table file suppliers.csv", "added Invented Star Knitting")
	d.want("the same again", d.look(hour))
	d.list("3,Invented Star Knitting,Star Mill,designation,Watch")
	d.want("nothing that a hit shows", d.look(hour))
	d.list("1,Tidewater Kelp Foods,,advisory,Watch")
	d.want("delisted", d.look(hour), "changed table file suppliers.csv", "removed Invented Star Knitting")
	d.want("alerts", d.alerts(), "new", "changed")
	runs, err := d.Runs(t.Context())
	if err != nil || len(runs) != 4 {
		t.Errorf("%d runs, %v; want the first and one for each change of the base", len(runs), err)
	}
	if _, _, err := d.AddTable(t.Context(), "x", []byte("\x00"), pipeline.ScreenOptions{}, hour); err == nil {
		t.Error("what is no table")
	}
	if _, err := d.Watcher.Add(t.Context(), store.Watch{Kind: store.WatchTable, Terms: map[string]string{"table": "x"}}); err == nil {
		t.Error("a table without its rows")
	}
}

const otherReport = `A cannery in Dandong

About 60 North Korean women work at a cannery in Dandong, a cook said.
`

func TestQuestion(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.report("A mill in Hunchun\n\n" + ninety + "\n")
	w := d.add(store.Watch{Kind: store.WatchQuestion, Terms: map[string]string{"kind": "headcount", "country": "cn"}, Every: hour})
	title := "question country cn, kind headcount"
	d.want("the first look", d.look(0), "added "+title)
	d.want("the same claims", d.look(hour))
	d.report(otherReport)
	d.want("a new claim", d.look(hour), "added "+title)
	d.want("alerts", d.alerts(), "new")
	if watch.Title(w) != title {
		t.Errorf("title %q", watch.Title(w))
	}
	all, err := watch.Alerts(t.Context(), d.Pipeline)
	must(t, err)
	if told := strings.Join(all[0].Details, "\n"); !strings.Contains(told, "claims: 1 new") || strings.Contains(told, "60") || strings.Contains(told, "cook") {
		t.Errorf("the alert tells %q", told)
	}
	reports, _, err := d.Reports(t.Context(), store.ReportFilter{})
	must(t, err)
	for _, r := range reports {
		_, err := d.Purge(t.Context(), r.Report.ID, "a test")
		must(t, err)
	}
	d.want("after a purge", d.look(hour))
}

// receiver checks each delivery as a receiver of Standard Webhooks would.
type receiver struct {
	t    *testing.T
	key  []byte
	took []string
	ill  bool
}

func (r *receiver) take(out http.ResponseWriter, in *http.Request) {
	body, _ := io.ReadAll(in.Body)
	id := in.Header.Get("Webhook-Id")
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(id + "." + in.Header.Get("Webhook-Timestamp") + "." + string(body)))
	if got, want := in.Header.Get("Webhook-Signature"), "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)); got != want {
		r.t.Errorf("signature %s, want %s", got, want)
	}
	var sent struct {
		Type string
		Data struct{ ID, Kind, Title string }
	}
	if err := json.Unmarshal(body, &sent); err != nil || sent.Data.ID != id || sent.Type != "corvee.alert" {
		r.t.Errorf("received %s: %v", body, err)
	}
	if r.ill {
		out.WriteHeader(http.StatusInternalServerError)
		return
	}
	r.took = append(r.took, sent.Data.Kind)
}

func TestDeliver(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.add(store.Watch{Kind: store.WatchSupplier, Terms: map[string]string{"name": "Invented Star Knitting"}, Every: hour})
	d.list("1,Tidewater Kelp Foods,,advisory,Watch")
	d.look(0)
	d.list("3,Invented Star Knitting,,designation,Watch")
	d.look(hour)
	d.list("1,Tidewater Kelp Foods,,advisory,Watch")
	d.look(hour)
	hook := watch.Hook{Address: d.url + "/hook", Key: []byte("an invented key of the test, long enough")}
	r := &receiver{t: t, key: hook.Key, ill: true}
	d.site.posted = r.take
	if n, err := d.Deliver(t.Context(), hook); n != 0 || err == nil {
		t.Errorf("to a receiver that is ill: %d, %v", n, err)
	}
	r.ill = false
	if n, err := d.Deliver(t.Context(), hook); n != 2 || err != nil {
		t.Errorf("to one that is well: %d, %v", n, err)
	}
	if n, err := d.Deliver(t.Context(), hook); n != 0 || err != nil {
		t.Errorf("once more: %d, %v", n, err)
	}
	d.want("received", r.took, "new", "gone")
	d.list("3,Invented Star Knitting,,designation,Watch")
	d.look(hour)
	d.now = d.now.Add(8 * 24 * hour)
	if n, err := d.Deliver(t.Context(), hook); n != 0 || err != nil || len(r.took) != 2 {
		t.Errorf("an alert of last week: %d, %v", n, err)
	}
	for what, bad := range map[string]watch.Hook{"a short key": {Address: hook.Address, Key: []byte("short")}} {
		if _, err := d.Deliver(t.Context(), bad); err == nil {
			t.Error(what)
		}
	}
}

func TestAtom(t *testing.T) {
	t.Parallel()
	d := setup(t)
	empty, err := watch.Atom(nil)
	must(t, err)
	alert := store.Alert{ID: "a1", Kind: "new", Title: "page <b>\x00\x1b &", Address: "https://gazette.example/?a=1&b=2", Details: []string{"one", "two"}, At: d.now}
	one, err := watch.Atom([]store.Alert{alert})
	must(t, err)
	again, err := watch.Atom([]store.Alert{alert})
	must(t, err)
	if string(one) != string(again) {
		t.Error("the same alerts, other bytes")
	}
	for _, raw := range [][]byte{empty, one} {
		var feed struct {
			ID      string `xml:"id"`
			Updated string `xml:"updated"`
			Entries []struct {
				Title string `xml:"title"`
				Link  struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(raw, &feed); err != nil || feed.ID == "" || feed.Updated == "" {
			t.Errorf("%s: %v", raw, err)
		}
		if len(feed.Entries) == 1 && (feed.Entries[0].Title != "new: page <b> &" || feed.Entries[0].Link.Href != alert.Address) {
			t.Errorf("%+v", feed.Entries[0])
		}
	}
	links, err := d.Intake.Links(t.Context(), one, "application/atom+xml")
	if err != nil || len(links) != 1 || links[0].Address != alert.Address {
		t.Errorf("our own reader finds %+v, %v", links, err)
	}
}
