package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"corvee"
	"corvee/store"
)

// putRun keeps a run with just these messages.
func (b *base) putRun(t *testing.T, input string, messages ...corvee.Message) corvee.Run {
	t.Helper()
	run := corvee.Run{
		ID: "r0123456789abcdef0123", Collection: corvee.DefaultCollection, Input: input, InputHash: "aa11", ResultHash: "bb22", Actor: corvee.LocalActor,
		Settings: map[string]string{"threshold": "0.5"}, Lists: []corvee.ListVersion{{List: "Lists of " + input, File: input, SHA256: "cc33+dd44", Date: corvee.Date{Year: 2024, Month: 4, Day: 1}}},
		At: time.Date(2024, 4, 30, 8, 0, 0, 0, time.UTC),
	}
	for _, m := range messages {
		if m.Row != nil {
			switch m.Row.State {
			case corvee.RowHit:
				run.Rows.Hit++
			case corvee.RowContext:
				run.Rows.Context++
			case corvee.RowClear:
				run.Rows.Clear++
			case corvee.RowRejected:
				run.Rows.Rejected++
			}
		}
	}
	must(t, b.store.Update(t.Context(), func(tx store.Tx) error { return tx.PutRun(t.Context(), run, slices.Values(messages)) }))
	return run
}

func row(n int, state corvee.RowState) corvee.Message {
	return corvee.Message{Row: &corvee.Row{Row: n, ID: "S" + itoa(n), State: state}}
}

func hit(n int, name string, band corvee.Band, kind corvee.ListingKind, score float64) corvee.Message {
	return corvee.Message{Hit: &corvee.Hit{
		Row: n, Query: corvee.Query{ID: "S" + itoa(n), Name: name, Country: "CN"}, Matched: name + " listed", Band: band, Score: score,
		Listing: corvee.ListingRef{ID: "l", List: "Some list", SourceID: "77", Kind: kind, ListDate: corvee.Date{Year: 2024, Month: 4, Day: 1}},
		Tokens:  []corvee.TokenMatch{{Q: name, M: name, Rule: "exact"}, {Q: "left", Rule: "missing"}, {M: "more", Rule: "extra"}},
		Facts:   []corvee.FactEffect{{Name: "country", Effect: "agrees"}, {Name: "identifier", Effect: "conflicts", Detail: "12 against 13"}, {Name: "address", Effect: "unknown"}},
	}}
}

func TestRunKeepsContextAndBandsApart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	v := b.plant(t)
	claim := claimOf(t, v, corvee.KindActivity)
	evident := hit(5, "Evident", corvee.BandRelated, corvee.ListingReported, .5)
	evident.Hit.Evidence, evident.Hit.Unreviewed, evident.Hit.Origins = []string{claim.ID, "cgone00"}, 1, &corvee.OriginCount{Min: 1, Max: 2}
	run := b.putRun(t, "kinds.csv",
		row(1, corvee.RowHit), hit(1, "Weakling", corvee.BandWeak, corvee.ListingAdvisory, .3),
		row(2, corvee.RowContext), corvee.Message{Context: &corvee.Context{Row: 2, Claims: []string{claim.ID}, Unreviewed: 1, Why: "reported work in garments at Dandong"}},
		row(3, corvee.RowHit), hit(3, "Strongman", corvee.BandStrong, corvee.ListingDesignation, .99), hit(3, "Strongman", corvee.BandPossible, corvee.ListingImportOrder, .7),
		row(4, corvee.RowClear), row(5, corvee.RowHit), evident, row(6, corvee.RowHit), hit(6, "Maybe", corvee.BandPossible, corvee.ListingExportControl, .6))
	user := b.visitor(t)
	p := user.get("/runs/" + run.ID)
	var order []string
	for _, r := range p.all(classed("row")) {
		order = append(order, attr(r, "id"))
	}
	if want := []string{"row3", "row6", "row1", "row5", "row2"}; !slices.Equal(order, want) {
		t.Errorf("the rows come as %v, want the strongest first: %v", order, want)
	}
	context := tidy(p.byID("row2"))
	if !strings.Contains(context, "Context, not a match:") || !strings.Contains(context, "1 unreviewed") || strings.Contains(context, "strong") || !strings.Contains(context, "activity, garments") {
		t.Errorf("the context row says %q", context)
	}
	strong := tidy(p.byID("row3"))
	for _, want := range []string{"D designation", "I import order", "S strong 0.99", "P possible 0.70", "country agrees", "identifier conflicts: 12 against 13", "address unknown", "Some list, no. 77 · of 2024-04-01", "1 other listing"} {
		if !strings.Contains(strong, want) {
			t.Errorf("the strong row says %q and not %q", strong, want)
		}
	}
	if related := tidy(p.byID("row5")); !strings.Contains(related, "1–2 independent origins · 1 unreviewed") || !strings.Contains(related, "claim cgone00") {
		t.Errorf("the row with evidence says %q", related)
	}
	for show, want := range map[string]int{"strong": 1, "possible": 2, "weak": 1, "related": 1, "open": 4, "same": 0, "context": 1, "clear": 1, "rejected": 0, "all": 6} {
		if got := len(user.get("/runs/" + run.ID + "?show=" + show).all(classed("row"))); got != want {
			t.Errorf("?show=%s lists %d rows, want %d", show, got, want)
		}
	}
	checkPage(t, p)
}

func TestRunIsPaged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var messages []corvee.Message
	for n := 1; n <= 120; n++ {
		messages = append(messages, row(n, corvee.RowClear))
	}
	run := b.putRun(t, "clear.csv", messages...)
	user := b.visitor(t)
	if p := user.get("/runs/" + run.ID); !strings.Contains(tidy(p.byID("main")), "No row wants a look") {
		t.Error("a run without hits does not say so")
	}
	p := user.get("/runs/" + run.ID + "?show=clear&page=3")
	if rows := p.all(classed("row")); len(rows) != 20 || attr(rows[0], "id") != "row101" || !strings.Contains(tidy(p.byID("main")), "101–120 of 120 rows") {
		t.Errorf("the third page lists %d rows", len(rows))
	}
	if back := p.all(func(n *html.Node) bool { return attr(n, "rel") == "prev" }); len(back) != 1 || !strings.Contains(attr(back[0], "href"), "show=clear") {
		t.Error("the way back loses the view")
	}
}

func TestHostileTableIsOnlyText(t *testing.T) {
	t.Parallel()
	b := setup(t)
	bad := hit(1, canary, corvee.BandStrong, corvee.ListingDesignation, 1)
	bad.Hit.Query.Address, bad.Hit.Query.Place = canary, canary
	bad.Hit.Query.Identifiers = []corvee.Identifier{{Type: canary, Value: canary}}
	bad.Hit.Listing.List, bad.Hit.Listing.SourceID, bad.Hit.Listing.Programs = canary, canary, []string{canary}
	bad.Hit.Facts = append(bad.Hit.Facts, corvee.FactEffect{Name: canary, Effect: canary, Detail: canary})
	bad.Hit.Evidence = []string{canary}
	run := b.putRun(t, canary, corvee.Message{Row: &corvee.Row{Row: 1, ID: canary, State: corvee.RowHit}}, bad,
		corvee.Message{Row: &corvee.Row{Row: 2, ID: canary, State: corvee.RowContext}}, corvee.Message{Context: &corvee.Context{Row: 2, Claims: []string{canary}, Why: canary}},
		corvee.Message{Row: &corvee.Row{Row: 3, ID: canary, State: corvee.RowRejected, Reason: canary}}, corvee.Message{Rejected: &corvee.Rejected{Input: canary, Reason: canary, Remedy: canary}})
	user := b.visitor(t)
	for _, address := range []string{"/", "/runs", "/runs/" + run.ID, "/runs/" + run.ID + "?show=all"} {
		p := user.get(address)
		if p.status != http.StatusOK {
			t.Errorf("GET %s: %d", address, p.status)
		}
		checkHarmless(t, p)
	}
}
