package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"corvee"
)

// cardText is what the card of a claim says.
func cardText(p *page, id string) string { return tidy(p.byID(id)) }

func savedText(p *page) string { return tidy(p.byID("saved")) }

func verdictOf(id string) string { return "/claims/" + id + "/verdict" }

func reviewsOf(t *testing.T, b *base, report string) map[string]corvee.Review {
	t.Helper()
	out := map[string]corvee.Review{}
	for _, c := range b.view(t, report).Claims {
		out[c.ID] = c.Review
	}
	return out
}

func TestReviewByFormsAndUndoToTheStart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	before := reviewsOf(t, b, v.Report.ID)
	user := b.visitor(t)
	decisions := []string{"accepted", "rejected", "unsure", "accepted", "accepted", "rejected", "unsure"}
	var last *page
	for i, c := range v.Claims {
		p := user.get(reportPath(v) + "?claim=" + c.ID)
		last = user.submit(p, verdictOf(c.ID), nil, "review", decisions[i])
		if last.status != http.StatusOK || last.url.Query().Get("claim") != c.ID || last.url.Fragment != c.ID {
			t.Fatalf("the decision on claim %d led to %s with %d", i, last.url, last.status)
		}
		if got := savedText(last); got != "Saved: "+decisions[i] {
			t.Errorf("claim %d: the page says %q", i, got)
		}
		if !strings.Contains(cardText(last, c.ID), decisions[i]) {
			t.Errorf("claim %d: its card does not say %s", i, decisions[i])
		}
	}
	if !strings.Contains(last.body, "7 of 7 judged") {
		t.Error("the page does not count the decisions")
	}
	for range v.Claims {
		last = user.submit(last, "/undo", nil)
		if last.status != http.StatusOK || !strings.HasPrefix(savedText(last), "Undone: ") {
			t.Fatalf("undo led to %s with %d and says %q", last.url, last.status, savedText(last))
		}
	}
	if diff := cmp.Diff(before, reviewsOf(t, b, v.Report.ID)); diff != "" {
		t.Errorf("after undoing all (-before +after):\n%s", diff)
	}
	undo := last.byID("undo")
	if !has(undo, "disabled") {
		t.Error("undo is offered though nothing is left to take back")
	}
	if again := user.submit(last, "/undo", nil); again.status != http.StatusOK || again.path() != reportPath(v) {
		t.Errorf("one undo too many led to %s with %d", again.url, again.status)
	}
}

func TestSameDecisionAgainClears(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	c := claimOf(t, v, corvee.KindWage)
	user := b.visitor(t)
	p := user.submit(user.get(reportPath(v)+"?claim="+c.ID), verdictOf(c.ID), nil, "review", "accepted")
	pressed := p.all(func(n *html.Node) bool { return attr(n, "aria-pressed") == "true" })
	if len(pressed) != 1 || !strings.HasPrefix(tidy(pressed[0]), "Accept") {
		t.Fatalf("pressed buttons: %d", len(pressed))
	}
	p = user.submit(p, verdictOf(c.ID), nil, "review", "unreviewed")
	if got := savedText(p); got != "Saved: decision cleared" {
		t.Errorf("the page says %q", got)
	}
	if got := reviewsOf(t, b, v.Report.ID)[c.ID]; got != corvee.ReviewUnreviewed {
		t.Errorf("the claim is %s", got)
	}
}

func TestSavedIsOnlyWhatTheBaseHolds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	user := b.visitor(t)
	for _, forged := range []string{"1", "999", "accepted", "-1", "<b>"} {
		if got := savedText(user.get(reportPath(v) + "?saved=" + url.QueryEscape(forged))); got != "" {
			t.Errorf("?saved=%s makes the page say %q", forged, got)
		}
	}
}

func TestEditByForm(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	c := claimOf(t, v, corvee.KindActivity)
	user := b.visitor(t)
	form := user.get(reportPath(v) + "?claim=" + c.ID + "&edit=1")
	p := user.submit(form, "/edit", url.Values{
		"sector": {"textile"}, "employer": {"Lantern Mill Ltd"}, "places": {"Dandong (city)\nSouth yard (locality)"}, "countries": {"China, KR"},
		"from": {"2024-03"}, "until": {"2024-04"}, "bound": {"between"}, "figure": {"180"}, "to": {"200"}, "unit": {"person"}, "per": {"total"},
		"approx": {"yes"}, "factuality": {"reported"}, "speaker": {"anonymous"}, "role": {"trader"}, "note": {"heard twice"},
	})
	if p.status != http.StatusOK || savedText(p) != "Saved: edited" {
		t.Fatalf("the edit led to %s with %d: %q", p.url, p.status, savedText(p))
	}
	want := c
	want.Sector, want.Employer, want.Countries = corvee.SectorTextile, "Lantern Mill Ltd", []string{"CN", "KR"}
	want.Places = append([]corvee.Place{}, c.Places[0], corvee.Place{ID: "hand:south yard", Name: "South yard", Precision: corvee.AtLocality})
	when := corvee.Between(corvee.Date{Year: 2024, Month: 3}, corvee.Date{Year: 2024, Month: 4})
	want.When = &when
	want.Value = &corvee.Value{Range: corvee.Range{Low: corvee.Int(180), High: corvee.Int(200), Approx: true}, Unit: corvee.UnitPerson, Per: corvee.PerTotal}
	want.Factuality, want.Attribution = corvee.Reported, []corvee.Attribution{{Role: "trader", Speaker: corvee.SpeakerAnonymous}}
	want.Slots = c.Slots[1:] // the employer is no longer what these words say; the group still is
	want.Inferred = nil
	want.Review = corvee.ReviewEdited
	got := claimByID(t, b, v.Report.ID, c.ID)
	if len(got.Inferred) == 0 {
		got.Inferred = nil
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(corvee.Decimal{})); diff != "" {
		t.Errorf("edited claim (-want +got):\n%s", diff)
	}
	p = user.submit(p, "/undo", nil)
	if diff := cmp.Diff(c, claimByID(t, b, v.Report.ID, c.ID), cmp.AllowUnexported(corvee.Decimal{})); diff != "" {
		t.Errorf("after undo (-before +after):\n%s", diff)
	}
	if !strings.Contains(p.body, "heard twice") {
		t.Error("the note is not in the history")
	}
}

func claimByID(t *testing.T, b *base, report, id string) corvee.Claim {
	t.Helper()
	for _, c := range b.view(t, report).Claims {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no claim %s", id)
	return corvee.Claim{}
}

// TestEditFormChangesNothingByItself: opening a form and saving it leaves the claim as it
// was, whatever the claim holds.
func TestEditFormChangesNothingByItself(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	user := b.visitor(t)
	for _, c := range v.Claims {
		p := user.submit(user.get(reportPath(v)+"?claim="+c.ID+"&edit=1"), "/edit", nil)
		if savedText(p) != "Saved: edited" {
			t.Fatalf("%s: the page says %q", c.Kind, savedText(p))
		}
		want := c
		want.Review = corvee.ReviewEdited
		if diff := cmp.Diff(want, claimByID(t, b, v.Report.ID, c.ID), cmp.AllowUnexported(corvee.Decimal{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Kind, diff)
		}
	}
}

func TestEditRefusesWhatIsWrong(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	c := claimOf(t, v, corvee.KindWage)
	user := b.visitor(t)
	tests := map[string]struct {
		change url.Values
		want   string
	}{
		"a comma in a figure":     {url.Values{"figure": {"2,300"}}, "plain digits"},
		"between without an end":  {url.Values{"bound": {"between"}}, "two figures"},
		"crossed ends":            {url.Values{"bound": {"between"}, "to": {"5"}}, "smaller than the first"},
		"a second figure":         {url.Values{"to": {"2500"}}, "between"},
		"no unit":                 {url.Values{"unit": {""}}, "what the figure counts"},
		"a currency of people":    {url.Values{"unit": {"person"}}, "Only money"},
		"no currency code":        {url.Values{"currency": {"yuan"}}, "three letters"},
		"an indicator of a wage":  {url.Values{"indicator": {"violence"}}, "Only a condition"},
		"a condition of nothing":  {url.Values{"kind": {"condition"}}, "names its indicator"},
		"a name of a source":      {url.Values{"speaker": {"anonymous"}, "name": {"Somebody Real"}}, "never stored by name"},
		"a place nobody knows":    {url.Values{"places": {"Nowhereville"}}, "not in the gazetteer"},
		"a country nobody knows":  {url.Values{"countries": {"Ruritania"}}, "not a country"},
		"a date of no calendar":   {url.Values{"from": {"2020-02-31"}}, "2020-11-19"},
		"an end before its start": {url.Values{"from": {"2021"}, "until": {"2020"}}, "before the first"},
		"a kind of no list":       {url.Values{"kind": {"rumour"}}, "what the words state"},
		"a number of 400 digits":  {url.Values{"figure": {strings.Repeat("9", 400)}}, "plain digits"},
	}
	for name, test := range tests {
		form := user.get(reportPath(v) + "?claim=" + c.ID + "&edit=1")
		p := user.submit(form, "/edit", test.change)
		if p.status != http.StatusBadRequest || !strings.Contains(p.body, test.want) {
			t.Errorf("%s: %d, and it says why: %t", name, p.status, strings.Contains(p.body, test.want))
			continue
		}
		for field, value := range test.change { // what was typed is still there
			if got := fieldsOf(formOf(t, p, "/edit"))[field]; field != "kind" && !cmp.Equal(got, value) {
				t.Errorf("%s: the field %s came back as %q", name, field, got)
			}
		}
	}
	if left := b.view(t, v.Report.ID); len(left.Verdicts) != 0 {
		t.Errorf("%d wrong edits were saved", len(left.Verdicts))
	}
}

func formOf(t *testing.T, p *page, action string) *html.Node {
	t.Helper()
	forms := p.all(func(n *html.Node) bool { return n.Data == "form" && strings.HasSuffix(attr(n, "action"), action) })
	if len(forms) != 1 {
		t.Fatalf("%d forms for %s", len(forms), action)
	}
	return forms[0]
}

func TestNudgeMovesTheQuoteAndSavesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	c := claimOf(t, v, corvee.KindActivity) // begins right after two emoji of four bytes
	user := b.visitor(t)
	p := user.get(reportPath(v) + "?claim=" + c.ID + "&edit=1")
	for _, step := range []struct{ nudge, begins, ends string }{
		{"start-1", " About 200", "in Dandong"}, {"start-1", "🧵 About", "in Dandong"}, {"start-1", "🧵🧵 About", "in Dandong"},
		{"start+1", "🧵 About", "in Dandong"}, {"end-1", "🧵 About", "in Dandon"}, {"end+w", "🧵 About", "in Dandong"},
		{"end+w", "🧵 About", "in Dandong, "}, {"end-w", "🧵 About", "in Dandong"}, {"end-w", "🧵 About", "mill in "},
	} {
		p = user.submit(p, "/edit", nil, "nudge", step.nudge)
		got := words(p.byID("span"))
		if p.status != http.StatusOK || !strings.HasPrefix(got, step.begins) || !strings.HasSuffix(got, step.ends) {
			t.Fatalf("after %s the quote is %q, want %q … %q", step.nudge, got, step.begins, step.ends)
		}
	}
	if n := len(b.view(t, v.Report.ID).Verdicts); n != 0 {
		t.Fatalf("moving an edge saved %d verdicts", n)
	}
	p = user.submit(p, "/edit", nil)
	if got := claimByID(t, b, v.Report.ID, c.ID).Quote.Exact; got != "🧵 About 200 North Korean women sew at the Lantern mill in " || savedText(p) != "Saved: edited" {
		t.Errorf("the saved quote is %q and the page says %q", got, savedText(p))
	}
}

func TestAddByHandWithoutScript(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	user := b.visitor(t)
	p := user.get(reportPath(v) + "?add=1")
	p = user.submit(p, "/claims", url.Values{"words": {"200 women who are not there"}})
	if p.status != http.StatusBadRequest || !strings.Contains(p.body, "not in the text") {
		t.Fatalf("words that are not there: %d", p.status)
	}
	p = user.submit(p, "/claims", url.Values{"words": {"200"}})
	choices := p.all(func(n *html.Node) bool { return attr(n, "name") == "occurrence" })
	if len(choices) != 2 { // "2,000" and "2,300" are other words
		t.Fatalf("%d occurrences of 200", len(choices))
	}
	p = user.submit(p, "/claims", url.Values{"occurrence": {attr(choices[1], "value")}})
	if got := words(p.byID("span")); got != "200" {
		t.Fatalf("the quote is %q", got)
	}
	p = user.submit(p, "/claims", url.Values{"kind": {"headcount"}, "figure": {"15o"}, "bound": {"at_least"}, "unit": {"person"}})
	if p.status != http.StatusBadRequest {
		t.Fatalf("a wrong figure: %d", p.status)
	}
	p = user.submit(p, "/claims", url.Values{"figure": {"150"}, "note": {"seen by eye"}})
	if p.status != http.StatusOK || savedText(p) != "Saved: added by hand" {
		t.Fatalf("the claim led to %s with %d: %q", p.url, p.status, savedText(p))
	}
	added := claimByID(t, b, v.Report.ID, p.url.Query().Get("claim"))
	if second := strings.LastIndex(v.Text.String(), "200 of them"); added.Origin != corvee.FromReviewer || added.Review != corvee.ReviewAdded || added.Quote.Start != second {
		t.Errorf("added %s by %s at %d, want at %d", added.Review, added.Origin, added.Quote.Start, second)
	}
	why := user.get("/claims/" + added.ID)
	if why.status != http.StatusOK || !strings.Contains(why.body, "added it by hand") {
		t.Errorf("the explanation of a claim by hand: %d", why.status)
	}
	user.submit(p, "/undo", nil)
	if n := len(b.view(t, v.Report.ID).Claims); n != len(v.Claims) {
		t.Errorf("after undo there are %d claims, before there were %d", n, len(v.Claims))
	}
}

func TestAddTwiceIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	user := b.visitor(t)
	add := func() *page {
		p := user.submit(user.get(reportPath(v)+"?add=1"), "/claims", url.Values{"words": {"The gate of the mill"}})
		return user.submit(p, "/claims", url.Values{"kind": {"activity"}})
	}
	if p := add(); p.status != http.StatusOK {
		t.Fatalf("the first time: %d", p.status)
	}
	p := add()
	if p.status != http.StatusConflict || !strings.Contains(p.body, "stands on these words already") {
		t.Errorf("the second time: %d", p.status)
	}
	if n := len(b.view(t, v.Report.ID).Claims); n != len(v.Claims)+1 {
		t.Errorf("there are %d claims, want one more than %d", n, len(v.Claims))
	}
}

// TestAddByUTF16 is what the script asks for: a range in the browser's own units, after
// characters of two of them.
func TestAddByUTF16(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	user := b.visitor(t)
	from, until, err := v.Text.UTF16(find(t, v.Text, " a trader said"))
	must(t, err)
	p := user.get(reportPath(v) + "?add=1&from=" + itoa(from) + "&until=" + itoa(until))
	if got := words(p.byID("span")); got != "a trader said" {
		t.Errorf("the quote is %q", got)
	}
	split, _, err := v.Text.UTF16(find(t, v.Text, "🧵"))
	must(t, err)
	for _, query := range []string{"&from=" + itoa(split+1) + "&until=" + itoa(until), "&from=9&until=3", "&from=x&until=3", "&from=0&until=99999999", "&from=3&until=3", "&from=-3&until=3"} {
		if p := user.get(reportPath(v) + "?add=1" + query); p.status != http.StatusOK || !strings.Contains(p.body, "not in the text") {
			t.Errorf("%s: %d", query, p.status)
		}
	}
}

func TestTwoReviewersNeverOverwrite(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	_, second := b.serve(t, "second")
	one, two := b.visitor(t), visit(t, second)
	c := claimOf(t, v, corvee.KindWage)
	address := reportPath(v) + "?claim=" + c.ID
	mine, theirs := one.get(address), two.get(address)
	mineEdit := one.get(address + "&edit=1")

	if p := two.submit(theirs, verdictOf(c.ID), nil, "review", "rejected"); p.status != http.StatusOK {
		t.Fatalf("the faster reviewer: %d", p.status)
	}
	p := one.submit(mine, verdictOf(c.ID), nil, "review", "accepted")
	if p.status != http.StatusConflict || !strings.Contains(tidy(p.byID("main")), "second left it ✗ rejected") {
		t.Fatalf("the slower reviewer: %d: %s", p.status, tidy(p.byID("main")))
	}
	if got := reviewsOf(t, b, v.Report.ID)[c.ID]; got != corvee.ReviewRejected {
		t.Fatalf("the claim is %s", got)
	}
	edit := one.submit(mineEdit, "/edit", url.Values{"figure": {"2400"}})
	if edit.status != http.StatusConflict || !strings.Contains(edit.body, "Somebody was faster") || fieldsOf(formOf(t, edit, "/edit")).Get("figure") != "2400" {
		t.Fatalf("the slower edit: %d", edit.status)
	}
	p = one.submit(p, verdictOf(c.ID), nil, "review", "accepted") // asked again, they differ
	if p.status != http.StatusOK || reviewsOf(t, b, v.Report.ID)[c.ID] != corvee.ReviewAccepted {
		t.Errorf("differing on purpose: %d", p.status)
	}
	if n := len(b.view(t, v.Report.ID).Verdicts); n != 2 {
		t.Errorf("the history holds %d verdicts, want both", n)
	}
	p = one.submit(p, "/undo", nil) // takes back one's own only
	if got := reviewsOf(t, b, v.Report.ID)[c.ID]; got != corvee.ReviewRejected {
		t.Errorf("after my undo the claim is %s, want the other's decision", got)
	}
	if !has(p.byID("undo"), "disabled") {
		t.Error("undo offers to take back another reviewer's decision")
	}
}

func TestActsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	c := claimOf(t, v, corvee.KindWage)
	user := b.visitor(t)
	verdict, edit, add := reportPath(v)+verdictOf(c.ID), reportPath(v)+"/claims/"+c.ID+"/edit", reportPath(v)+"/claims"
	tests := map[string]struct {
		path   string
		form   url.Values
		status int
	}{
		"no form at all":        {verdict, nil, 400},
		"a word of no list":     {verdict, url.Values{"review": {"proven"}, "expected": {"0"}}, 400},
		"obsolete by hand":      {verdict, url.Values{"review": {"obsolete"}, "expected": {"0"}}, 400},
		"an edit without one":   {verdict, url.Values{"review": {"edited"}, "expected": {"0"}}, 400},
		"a number that is none": {verdict, url.Values{"review": {"accepted"}, "expected": {"0x"}}, 400},
		"a verdict from later":  {verdict, url.Values{"review": {"accepted"}, "expected": {"77"}}, 409},
		"a claim of no report":  {reportPath(v) + verdictOf("c0123456789"), url.Values{"review": {"accepted"}, "expected": {"0"}}, 404},
		"a report of no base":   {"/reports/ffffffffffffffff" + verdictOf(c.ID), url.Values{"review": {"accepted"}, "expected": {"0"}}, 404},
		"undo in no base":       {"/reports/ffffffffffffffff/undo", nil, 404},
		"an edit of nothing":    {edit, nil, 400},
		"an edit outside":       {edit, url.Values{"expected": {"0"}, "start": {"0"}, "end": {"999999"}}, 400},
		"an edit turned over":   {edit, url.Values{"expected": {"0"}, "start": {"9"}, "end": {"3"}}, 400},
		"an addition of none":   {add, url.Values{"step": {"save"}, "start": {"3"}, "end": {"3"}, "kind": {"activity"}, "factuality": {"asserted"}, "polarity": {"positive"}}, 400},
		"a step of no form":     {add, url.Values{"step": {"publish"}}, 400},
		"a form of 2 MB":        {add, url.Values{"step": {"find"}, "words": {strings.Repeat("x", 2<<20)}}, 400},
		"words of 20 kB":        {add, url.Values{"step": {"find"}, "words": {strings.Repeat("x", 20_000)}}, 400},
		"words of a pattern":    {add, url.Values{"step": {"find"}, "words": {`.*(a+)+$[`}}, 400},
		"deleting by GET form":  {reportPath(v) + "/purge", nil, 404},
	}
	for name, test := range tests {
		if p := user.post(test.path, test.form); p.status != test.status || len(p.all(func(n *html.Node) bool { return n.Data == "h1" })) == 0 {
			t.Errorf("%s: %d, want %d with a heading", name, p.status, test.status)
		}
	}
	if n := len(b.view(t, v.Report.ID).Verdicts); n != 0 {
		t.Errorf("%d verdicts were left", n)
	}
}

func TestReviewLeadsToWhatWaits(t *testing.T) {
	t.Parallel()
	b := setup(t)
	user := b.visitor(t)
	if p := user.get("/review"); p.status != http.StatusOK || p.path() != "/" {
		t.Errorf("with nothing to review it leads to %s with %d", p.url, p.status)
	}
	v := b.plant(t)
	if p := user.get("/review"); p.status != http.StatusOK || p.path() != reportPath(v) {
		t.Errorf("it leads to %s with %d, want %s", p.url, p.status, reportPath(v))
	}
}
