package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"corvee"
	"corvee/lists"
)

// decideOn sends the form of the first hit of a row.
func (v *visitor) decideOn(p *page, row string, judgement string, change url.Values) *page {
	v.t.Helper()
	forms := formsOf(p, row)
	if len(forms) == 0 {
		v.t.Fatalf("%s: %s has no form", p.url, row)
	}
	values := fieldsOf(forms[0])
	for name, value := range change {
		values[name] = value
	}
	values.Set("judgement", judgement)
	return v.post(attr(forms[0], "action"), values)
}

func formsOf(p *page, row string) (out []*html.Node) {
	for n := range p.byID(row).Descendants() {
		if n.Data == "form" && strings.Contains(attr(n, "class"), "decide") {
			out = append(out, n)
		}
	}
	return out
}

func rowsOn(p *page) (out []string) {
	for _, r := range p.all(classed("row")) {
		out = append(out, attr(r, "id"))
	}
	return out
}

var because = url.Values{"why": {"another country"}, "reason": {"its papers say FR"}}

// A run is worked through by plain forms: what is decided leaves the view, says who and why,
// can be taken back, and stands in the next run.
func TestTriageByForms(t *testing.T) {
	t.Parallel()
	b := setup(t)
	run := b.screened(t)
	user := b.visitor(t)
	address := "/runs/" + run.ID
	p := user.get(address)
	if got := rowsOn(p); !slices.Equal(got, []string{"row1", "row3", "row2", "row5"}) && len(got) != 4 {
		t.Fatalf("rows that want a look: %v", got)
	}
	first := rowsOn(p)[0]
	p = user.decideOn(p, first, "different", because)
	if p.status != http.StatusOK || savedText(p) != "Saved: "+strings.Replace(first, "row", "row ", 1)+", different" || slices.Contains(rowsOn(p), first) {
		t.Fatalf("after deciding: %d, %q, rows %v", p.status, savedText(p), rowsOn(p))
	}
	p = user.get(address + "?show=different")
	if text := tidy(p.byID(first)); !strings.Contains(text, "different local") || !strings.Contains(text, "another country: its papers say FR") {
		t.Errorf("the decided row says %q", text)
	}
	checkPage(t, p)
	again := b.screenedAgain(t)
	if got := rowsOn(user.get("/runs/" + again.ID)); slices.Contains(got, first) {
		t.Errorf("a later run asks about %s again: %v", first, got)
	}
	p = user.submit(user.get(address), "/undo", nil)
	if savedText(p) != "Taken back: "+strings.Replace(first, "row", "row ", 1) || !slices.Contains(rowsOn(p), first) {
		t.Errorf("after the undo: %q, rows %v", savedText(p), rowsOn(p))
	}
	if p = user.submit(p, "/undo", nil); p.status != http.StatusOK || savedText(p) != "" {
		t.Errorf("an undo of nothing: %d, %q", p.status, savedText(p))
	}
}

func (b *base) screenedAgain(t *testing.T) corvee.Run { t.Helper(); return b.screened(t) }

// Without a reason nothing is kept, and what was typed stays in the form.
func TestTriageWantsAReason(t *testing.T) {
	t.Parallel()
	b := setup(t)
	run := b.screened(t)
	user := b.visitor(t)
	address := "/runs/" + run.ID
	p := user.decideOn(user.get(address), "row1", "same", nil)
	if p.status != http.StatusBadRequest || !strings.Contains(tidy(p.byID("row1")), "needs a reason") || len(rowsOn(p)) != 4 {
		t.Errorf("same without a reason: %d, %q", p.status, tidy(p.byID("row1")))
	}
	p = user.decideOn(p, "row1", "", url.Values{"reason": {"typed & kept"}})
	if p.status != http.StatusBadRequest || !strings.Contains(p.body, `value="typed &amp; kept"`) {
		t.Errorf("Enter in the reason: %d; want the reason kept and nothing decided", p.status)
	}
	for name, form := range map[string]url.Values{
		"no row":      {"listing": {"x"}, "judgement": {"same"}, "reason": {"x"}},
		"no listing":  {"row": {"1"}, "judgement": {"same"}, "reason": {"x"}},
		"long name":   {"row": {"1"}, "listing": {"own:L-1"}, "judgement": {"unsure"}, "by": {strings.Repeat("n", 200)}},
		"bad setting": {"two": {"perhaps"}},
	} {
		where := address + "/decide"
		if name == "bad setting" {
			where = "/settings/two-for-same"
		}
		if p := user.post(where, form); p.status != http.StatusBadRequest {
			t.Errorf("%s: %d, want 400", name, p.status)
		}
	}
	if p := user.post(address+"/decide", url.Values{"row": {"99"}, "listing": {"own:L-1"}, "judgement": {"unsure"}}); p.status != http.StatusNotFound {
		t.Errorf("a row that is not there: %d, want 404", p.status)
	}
	if decided, err := b.pipeline.Decisions(t.Context()); err != nil || len(decided) != 0 {
		t.Errorf("the base holds %v, %v; want no decision", decided, err)
	}
}

// Two people must say same where the base asks for it; one of them twice is one.
func TestTriageByTwo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	run := b.screened(t)
	user := b.visitor(t)
	address := "/runs/" + run.ID
	if p := user.submit(user.get("/runs"), "/settings/two-for-same", nil, "two", "on"); !strings.Contains(tidy(p.byID("main")), "Two people must say") {
		t.Fatalf("the setting: %d", p.status)
	}
	say := func(who string) *page {
		return user.decideOn(user.get(address), "row1", "same", url.Values{"why": {"the same registration number"}, "by": {who}})
	}
	for range 2 {
		if p := say("Ana"); !strings.Contains(tidy(p.byID("row1")), "waits for a second person") {
			t.Fatalf("after one person: %q", tidy(p.byID("row1")))
		}
	}
	if got := rowsOn(user.get(address + "?show=pending")); !slices.Equal(got, []string{"row1"}) {
		t.Errorf("what waits for a second person: %v", got)
	}
	if p := say("Boris"); slices.Contains(rowsOn(p), "row1") {
		t.Error("after two people the row still wants a look")
	}
	if text := tidy(user.get(address + "?show=same").byID("row1")); !strings.Contains(text, "Ana") || !strings.Contains(text, "Boris") {
		t.Errorf("the row does not say who: %q", text)
	}
}

// What was judged is open again when the list says something else, and the page says what.
func TestTriageReopens(t *testing.T) {
	t.Parallel()
	b := setup(t)
	run := b.screened(t)
	user := b.visitor(t)
	user.decideOn(user.get("/runs/"+run.ID), "row1", "different", because)
	list := "name,alias,country,type,id,kind,program,remarks\nLantern Mill Co. Ltd.,Lantern Works,CN,organisation,L-1,designation,TEST-1,invented\n" +
		"Harbour Foods Ltd,,CN,organisation,L-2,import_order,TEST-2,invented\nQuiet Bay Trading Ltd,,CN,organisation,L-3,advisory,TEST-3,invented\n"
	_, err := b.pipeline.ImportLists(t.Context(), []lists.File{{Name: "own.csv", Body: []byte(list)}}, discard)
	must(t, err)
	p := user.get("/runs/" + run.ID + "?show=reopened")
	if got := rowsOn(p); !slices.Equal(got, []string{"row1"}) || !strings.Contains(tidy(p.byID("row1")), "listing name: + Lantern Works (alias)") {
		t.Errorf("reopened: %v, %q", got, tidy(p.byID("main")))
	}
	checkPage(t, p)
}

// The result of a run is fetched from its page, whole.
func TestResultAsAFile(t *testing.T) {
	t.Parallel()
	b := setup(t)
	run := b.screened(t)
	user := b.visitor(t)
	for format, want := range map[string]string{"csv": "row,id,state", "jsonl": `{"row":{"row":1,`, "xlsx": "PK", "parquet": "PAR1"} {
		p := user.get("/runs/" + run.ID + "/result/" + format)
		if p.status != http.StatusOK || !strings.HasPrefix(p.body, want) || !strings.Contains(p.header.Get("Content-Disposition"), "screening-"+run.ID+"."+format) {
			t.Errorf("%s: %d, %.30q, %v", format, p.status, p.body, p.header)
		}
	}
	for _, address := range []string{"/runs/r0/result/csv", "/runs/" + run.ID + "/result/pdf"} {
		if p := user.get(address); p.status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", address, p.status)
		}
	}
}

func TestBrowserTriageByKeys(t *testing.T) {
	t.Parallel()
	b := setup(t)
	run := b.screened(t)
	p := open(t, b)
	p.open("/runs/" + run.ID)
	p.until("document.querySelector('form.decide.on') !== null")
	before := eval[string](p, "document.querySelector('form.decide.on').closest('.row').id")
	p.press("n")
	p.until("document.querySelector('.armed') !== null")
	p.press("1")
	p.until("document.getElementById('saved').textContent.endsWith('different')")
	p.until("document.querySelector('form.decide.on') !== null && document.querySelector('form.decide.on').closest('.row').id !== '" + before + "'")
	if eval[bool](p, "document.getElementById('"+before+"') !== null") {
		t.Error("what was decided is still in the view")
	}
	p.press("j")
	p.press("k")
	p.press("u")
	ready := "document.querySelector('form.decide.on') !== null && document.getElementById('saved').textContent"
	p.until(ready + ".endsWith('unsure')")
	p.press("z")
	p.until(ready + ".startsWith('Taken back')")
	p.press("z")
	p.until("document.getElementById('" + before + "') !== null")
	p.shot("triage")
	if decided, err := b.pipeline.Decisions(t.Context()); err != nil || len(decided) != 0 {
		t.Errorf("after taking back all: %v, %v", decided, err)
	}
}
