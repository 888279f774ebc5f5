package remote_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"corvee"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/pipeline/remote"
)

// publisher serves files with their validators and remembers how it answered.
type publisher struct {
	mu     sync.Mutex
	files  map[string]string
	tagged bool
	log    []string
}

func (p *publisher) serve(out http.ResponseWriter, in *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	body, ok := p.files[in.URL.Path]
	tag := fmt.Sprintf(`"%d"`, len(body))
	switch {
	case !ok:
		p.log = append(p.log, "404")
		http.NotFound(out, in)
	case p.tagged && in.Header.Get("If-None-Match") == tag:
		p.log = append(p.log, "304")
		out.WriteHeader(http.StatusNotModified)
	default:
		p.log = append(p.log, "200")
		if p.tagged {
			out.Header().Set("ETag", tag)
		}
		out.Header().Set("Last-Modified", "Mon, 23 Nov 2026 08:00:00 GMT")
		fmt.Fprint(out, body)
	}
}

func (p *publisher) put(path, body string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files[path] = body
}

func (p *publisher) answers() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	answers := strings.Join(p.log, " ")
	p.log = nil
	return answers
}

func firms(n int) string {
	var b strings.Builder
	b.WriteString("id,name,kind,list\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Breakwater Foods %d,advisory,Watch\n", i, i)
	}
	return b.String()
}

// update returns how each source ended, and what was emitted.
func (d *desk) update(o remote.UpdateOptions, sources ...lists.Source) (how string, out []corvee.Message) {
	d.t.Helper()
	o.Told = func(source, ended string) { how += source + " " + ended + "\n" }
	out = d.told(func(emit pipeline.Emit) error {
		_, err := d.UpdateLists(d.t.Context(), sources, o, emit)
		return err
	})
	return how, out
}

func TestUpdateLists(t *testing.T) {
	t.Parallel()
	for _, tagged := range []bool{true, false} {
		t.Run(fmt.Sprint("validators ", tagged), func(t *testing.T) {
			t.Parallel()
			p := &publisher{files: map[string]string{"/watch.csv": firms(10)}, tagged: tagged}
			d := setup(t, p.serve)
			own := lists.Source{Name: "own", List: "Watch", Addresses: []string{d.url + "/watch.csv"}, Page: d.url}
			step := func(want, answered string, o remote.UpdateOptions) []corvee.Message {
				t.Helper()
				how, out := d.update(o, own)
				if got := p.answers(); how != "own "+want+"\n" || got != answered {
					t.Errorf("ended %q after %q; want %q after %q", how, got, want, answered)
				}
				return out
			}
			out := step(remote.Updated, "200", remote.UpdateOptions{})
			if l := out[0].List; l == nil || l.List != "Watch" || l.Listings != 10 {
				t.Errorf("emitted %+v", out[0])
			}
			again := map[bool]string{true: "304", false: "200"}[tagged]
			if out := step(remote.Unchanged, again, remote.UpdateOptions{}); out[0].List == nil || out[0].List.Listings != 10 {
				t.Errorf("an unchanged list is shown as %+v", out[0])
			}
			p.put("/watch.csv", firms(5))
			out = step(remote.Failed, "200", remote.UpdateOptions{})
			if r := out[0].Rejected; r == nil || !strings.Contains(r.Reason, "last good copy") || !strings.Contains(r.Remedy, "--accept-shrunken") {
				t.Errorf("a shrunken list: %+v", out[0])
			}
			step(remote.Failed, "200", remote.UpdateOptions{}) // what was refused is not taken for known
			step(remote.Updated, "200", remote.UpdateOptions{AcceptShrunken: true})
			delete(p.files, "/watch.csv")
			out = step(remote.Failed, "404", remote.UpdateOptions{})
			if r := out[0].Rejected; r == nil || !strings.Contains(r.Reason, "404") {
				t.Errorf("a list that is gone: %+v", out[0])
			}
			if all, err := d.ListStatus(t.Context()); err != nil || len(all) != 1 || all[0].Listings != 5 {
				t.Errorf("the last good copy: %+v, %v", all, err)
			}
		})
	}
}

// TestFilesOfOneListComeTogether: when one of OFAC's three changed, all are read anew, and
// their day is the server's.
func TestFilesOfOneListComeTogether(t *testing.T) {
	t.Parallel()
	sdn := `36,"INVENTED TIDE TRADING","-0- ","DPRK3","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "` + "\r\n"
	alt := `36,12,"aka","TIDE TRADING COMPANY","-0- "` + "\r\n"
	add := `36,25,"-0- ","Dandong","China","-0- "` + "\r\n"
	p := &publisher{files: map[string]string{"/SDN.CSV": sdn, "/ALT.CSV": alt, "/ADD.CSV": add}, tagged: true}
	d := setup(t, p.serve)
	ofac := lists.Source{Name: "ofac", List: "OFAC SDN", Addresses: []string{d.url + "/SDN.CSV", d.url + "/ALT.CSV", d.url + "/ADD.CSV"}}
	if how, out := d.update(remote.UpdateOptions{}, ofac); how != "ofac "+remote.Updated+"\n" {
		t.Fatalf("%s %+v", how, out[0].Rejected)
	}
	p.answers()
	if how, _ := d.update(remote.UpdateOptions{}, ofac); how != "ofac "+remote.Unchanged+"\n" || p.answers() != "304 304 304" {
		t.Errorf("the second time: %s", how)
	}
	p.put("/ALT.CSV", alt+`36,13,"aka","TIDE FOODS","-0- "`+"\r\n")
	if how, _ := d.update(remote.UpdateOptions{}, ofac); how != "ofac "+remote.Updated+"\n" {
		t.Errorf("with another file: %s", how)
	}
	if got := p.answers(); got != "304 200 304 200 200" {
		t.Errorf("answers %s", got)
	}
	all, err := d.ListStatus(t.Context())
	if err != nil || len(all) == 0 || all[0].List != "OFAC SDN" || all[0].Date.String() != "2026-11-23" {
		t.Errorf("status %+v, %v", all, err)
	}
}

func TestOneFailsTheOthersGoOn(t *testing.T) {
	t.Parallel()
	p := &publisher{files: map[string]string{"/watch.csv": firms(3), "/page.csv": "<html>Sign in</html>"}}
	d := setup(t, p.serve)
	how, out := d.update(remote.UpdateOptions{},
		lists.Source{Name: "a", List: "A", Addresses: []string{d.url + "/none.csv"}},
		lists.Source{Name: "b", List: "B", Addresses: []string{"https://10.0.0.1/b.csv"}},
		lists.Source{Name: "c", List: "C", Page: "https://gazette.example/"},
		lists.Source{Name: "d", List: "D", Addresses: []string{d.url + "/page.csv"}},
		lists.Source{Name: "own", List: "Watch", Addresses: []string{d.url + "/watch.csv"}})
	if want := "own " + remote.Updated + "\n"; !strings.HasSuffix(how, want) || strings.Count(how, remote.Failed) != 4 {
		t.Errorf("ended:\n%s", how)
	}
	if sum := out[len(out)-1].Summary; sum == nil || sum.Rejected != 4 {
		t.Errorf("summary %+v", out[len(out)-1])
	}
}

func TestChosen(t *testing.T) {
	t.Parallel()
	all, err := remote.Chosen(nil, nil)
	if err != nil || len(all) != 4 || len(all[0].Addresses) != 3 {
		t.Errorf("of all lists: %+v, %v", all, err)
	}
	some, err := remote.Chosen([]string{"un", "uflpa", "un"}, map[string]string{"mine": "https://gazette.example/m.csv", "un": "https://gazette.example/un.xml"})
	if err != nil || len(some) != 3 || some[0].Name != "mine" || some[2].Addresses[0] != "https://gazette.example/un.xml" || some[2].List != "UN Security Council" {
		t.Errorf("some lists: %+v, %v", some, err)
	}
	if _, err := remote.Chosen([]string{"un", "nobody"}, nil); err == nil || !strings.Contains(err.Error(), "ofac, un, uk, eu") {
		t.Errorf("an unknown list: %v", err)
	}
}
