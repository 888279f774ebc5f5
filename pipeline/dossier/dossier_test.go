package dossier_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/assess"
	"corvee/assess/exchange"
	"corvee/corroborate"
	"corvee/pipeline/dossier"
	out "corvee/present/dossier"
	"corvee/read"
)

var made = corvee.Date{Year: 2026, Month: 11, Day: 24}

// report reads an invented report.
func report(t testing.TB, id, publisher, published, text string) corroborate.Document {
	t.Helper()
	body, err := corvee.NewText(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	date, err := corvee.ParseDate(published)
	if err != nil {
		t.Fatal(err)
	}
	d := corroborate.Document{Report: corvee.Report{ID: id, Publisher: publisher, Published: date, Text: body.Hash()}, Text: body}
	reader, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	for c, err := range reader.Claims(t.Context(), d.Report, body) {
		if err != nil {
			t.Fatal(err)
		}
		d.Claims = append(d.Claims, c)
	}
	return d
}

func of(t testing.TB, docs []corroborate.Document, name string, leave dossier.Leave) out.Dossier {
	t.Helper()
	d, err := dossier.Of(docs, name, "test", made, leave)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// all is everything that leaves: page, JSON and bag.
func all(t testing.TB, d out.Dossier) string {
	t.Helper()
	var b bytes.Buffer
	if err := out.HTML(&b, d); err != nil {
		t.Fatal(err)
	}
	files, err := out.Bag(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b.Write(f.Bytes)
	}
	return b.String()
}

const plant = "HUNCHUN, China — Hunchun Lansui Electronics Co., Ltd. in Hunchun employs 240 North Korean workers.\n\n" +
	"Each worker earns 2,300 yuan a month, and 2,000 yuan of it is taken as loyalty funds, a source in Jilin Province told Border Ledger on 17 November.\n\n" +
	"A worker named Ryom Chol Hui said on 12 November that their passports were taken and that they work 14 hours a day. " +
	"Ms. Paek Un Byol can be reached at +86 138 0013 8000 or at worker.canary@example.org.\n\n" +
	"UN Security Council Resolution 2397 required the return of all workers by 22 December 2019.\n"

// The figures of a dossier: the waterfall, the share, the deadline passed by the time of
// the work, and what was not found.
func TestFigures(t *testing.T) {
	t.Parallel()
	d := of(t, []corroborate.Document{report(t, "sha256:a", "Border Ledger", "2020-11-19", plant)}, "Hunchun Lansui Electronics", dossier.Leave{})
	if len(d.Waterfalls) != 1 || d.Waterfalls[0].Withheld != "87" || d.Waterfalls[0].Rows[2].Amount != "300" || !d.Waterfalls[0].Rows[2].Derived {
		t.Errorf("waterfall %+v", d.Waterfalls)
	}
	rules := map[string]string{}
	for _, r := range d.Law {
		rules[r.ID] = string(r.Result) + " " + fmt.Sprint(r.Conditions)
	}
	if !strings.HasPrefix(rules["UNSCR-2397"], "may_be_engaged") || !strings.Contains(rules["UNSCR-2397"], "activity.end_or_open gt 2019-12-22 holds 2020-11/..") {
		t.Errorf("2397: %s", rules["UNSCR-2397"])
	}
	if !strings.HasPrefix(rules["ICESCR"], "engaged") {
		t.Errorf("ICESCR: %s", rules["ICESCR"])
	}
	if !strings.Contains(strings.Join(d.NotFound, "\n"), "Debt bondage: no evidence was read") {
		t.Errorf("not found: %v", d.NotFound)
	}
	for _, c := range d.Claims {
		if c.Report != 1 || c.Points[1] <= c.Points[0] {
			t.Errorf("claim %d of report %d at %v", c.No, c.Report, c.Points)
		}
	}
}

// Money is given at the rate of its time; what an anonymous witness dates to a day leaves as
// a month, and so does the rate.
func TestMoneyOfItsTime(t *testing.T) {
	t.Parallel()
	doc := report(t, "sha256:a", "Border Ledger", "2020-11-19", plant)
	var rates []exchange.Rate
	for day := (corvee.Date{Year: 2020, Month: 11, Day: 2}); day.Day < 20; day = day.AddDays(1) {
		rates = append(rates, exchange.Rate{Day: day, Currency: "CNY", PerEuro: corvee.MustDecimal(fmt.Sprintf("7.%02d", day.Day))}, exchange.Rate{Day: day, Currency: "USD", PerEuro: corvee.Int(1)})
	}
	money := assess.Money{In: "USD", Book: exchange.NewBook("ECB", rates), Published: map[string]corvee.Date{"sha256:a": doc.Report.Published}}
	for i, c := range doc.Claims {
		if c.Kind == corvee.KindWage || c.Kind == corvee.KindLevy {
			day := corvee.During(corvee.Date{Year: 2020, Month: 11, Day: 17})
			doc.Claims[i].When = &day
			if c.Root().Speaker != corvee.SpeakerAnonymous {
				t.Fatalf("the wage is told by %+v", c.Root())
			}
		}
	}
	d, err := dossier.With([]corroborate.Document{doc}, "Hunchun Lansui Electronics", dossier.Options{Version: "test", Made: made, Money: money})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Conversions) < 2 || !strings.Contains(d.Conversions[0].Text, "USD 319.88–327.64 a month, at 7.02–7.19 CNY for one USD lowest and highest in 2020-11") {
		t.Errorf("%+v", d.Conversions)
	}
	if w := d.Waterfalls[0]; w.Rows[2].In != "USD ~41.72–42.74" || !strings.HasPrefix(w.Rate, "7.02–7.19 CNY for one USD lowest and highest in 2020-11") {
		t.Errorf("%+v", w)
	}
	if left := all(t, d); strings.Contains(left, "7.17") || strings.Contains(left, "2020-11-17") {
		t.Error("the rate tells the day that the claim does not")
	}
}

// A copy adds a source and no second waterfall, sum or indicator table.
func TestCopiesAreNotRepeated(t *testing.T) {
	t.Parallel()
	a, b := report(t, "sha256:a", "Border Ledger", "2020-11-19", plant), report(t, "sha256:b", "Echo", "2020-11-20", plant)
	for i := range b.Claims {
		b.Claims[i].ID += "b" // the text is the same, and the ids of its claims with it
	}
	one := of(t, []corroborate.Document{a}, "Hunchun Lansui Electronics", dossier.Leave{})
	two := of(t, []corroborate.Document{a, b}, "Hunchun Lansui Electronics", dossier.Leave{})
	if len(two.Waterfalls) != len(one.Waterfalls) || len(two.Ledger) != len(one.Ledger) {
		t.Errorf("%d waterfalls and %d sums became %d and %d", len(one.Waterfalls), len(one.Ledger), len(two.Waterfalls), len(two.Ledger))
	}
	if len(two.Claims) != 2*len(one.Claims) || len(two.Waterfalls[0].Rows[0].Claims) != 2 {
		t.Errorf("%d claims became %d; the gross wage rests on %v", len(one.Claims), len(two.Claims), two.Waterfalls[0].Rows[0].Claims)
	}
	for _, a := range two.Indicators {
		if !slices.ContainsFunc(a.Signs, func(s out.Sign) bool { return s.Result != corvee.ResultNoEvidence }) {
			t.Errorf("an assessment of %s says nothing", a.Period)
		}
	}
}

// Names, numbers and addresses that were planted are in nothing that leaves.
func TestCanaries(t *testing.T) {
	t.Parallel()
	docs := []corroborate.Document{report(t, "sha256:a", "Border Ledger", "2020-11-19", plant)}
	docs[0].Report.Title = "Ms. Paek speaks of a locked door"
	for _, name := range []string{"Hunchun Lansui Electronics", "Hunchun", "Jilin", "China"} {
		d := of(t, docs, name, dossier.Leave{SmallCounts: "asked"})
		left := all(t, d)
		for _, canary := range []string{"Ryom", "Chol Hui", "Paek", "Un Byol", "138 0013", "worker.canary"} {
			if strings.Contains(left, canary) {
				t.Errorf("%s: %q left", name, canary)
			}
		}
		if len(d.Claims) == 0 || !strings.Contains(left, "2,300") {
			t.Errorf("%s: nothing left", name)
		}
	}
}

// A name that only the words before the quote show to be one is covered in the quote.
func TestNamesThatTheQuoteDoesNotIntroduce(t *testing.T) {
	t.Parallel()
	doc := report(t, "sha256:a", "Border Ledger", "2020-11-19", "Hunchun Lansui Electronics Co., Ltd. in Hunchun employs 240 North Korean workers. A seamstress named Zorvana earns 300 yuan a month.")
	text := doc.Text.String()
	start := strings.Index(text, "Zorvana")
	quote, err := doc.Text.Quote(corvee.Span{Start: start, End: start + len("Zorvana earns 300 yuan a month")})
	if err != nil {
		t.Fatal(err)
	}
	for i := range doc.Claims {
		doc.Claims[i].Quote = quote
	}
	d := of(t, []corroborate.Document{doc}, "Hunchun Lansui Electronics", dossier.Leave{})
	if left := all(t, d); strings.Contains(left, "Zorvana") || !strings.Contains(left, "earns 300 yuan") || len(d.Claims) == 0 {
		t.Errorf("%d claims: %v", len(d.Claims), d.Claims)
	}
}

// What an anonymous witness dates to a day leaves with its month.
func TestDaysOfWitnesses(t *testing.T) {
	t.Parallel()
	d := of(t, []corroborate.Document{report(t, "sha256:a", "Border Ledger", "2020-11-19", plant)}, "Hunchun Lansui Electronics", dossier.Leave{})
	for _, c := range d.Claims {
		if c.Claim.Root().Speaker == corvee.SpeakerAnonymous && c.Claim.When != nil && c.Claim.When.Precision == corvee.PrecisionDay {
			t.Errorf("claim %d: %s", c.No, c.Claim.When)
		}
	}
}

func TestSmallCounts(t *testing.T) {
	t.Parallel()
	const small = "HUNCHUN, China — Hunchun Lansui Electronics Co., Ltd. in Hunchun employs 7 North Korean workers.\n\n" +
		"The plant makes electronics with North Korean workers.\n"
	docs := []corroborate.Document{report(t, "sha256:a", "Border Ledger", "2020-11-19", small)}
	counted := func(d out.Dossier) (n int) {
		for _, c := range d.Claims {
			if c.Claim.Kind == corvee.KindHeadcount {
				n++
			}
		}
		return n
	}
	d := of(t, docs, "Hunchun Lansui Electronics", dossier.Leave{})
	if counted(d) != 0 || len(d.Withheld) == 0 || strings.Contains(all(t, d), "employs 7") {
		t.Errorf("a small count left: %+v", d.Withheld)
	}
	if counted(of(t, docs, "Hunchun Lansui Electronics", dossier.Leave{SmallCounts: "the court asks"})) != 1 {
		t.Error("an editor's reason does not let a small count out")
	}
	for i := range docs[0].Claims { // whoever asks, what a witness counts stays
		docs[0].Claims[i].Attribution = []corvee.Attribution{{Speaker: corvee.SpeakerAnonymous, Role: "worker", Code: "A-1"}}
	}
	if counted(of(t, docs, "Hunchun Lansui Electronics", dossier.Leave{SmallCounts: "the court asks"})) != 0 {
		t.Error("a witness's small count left")
	}
}

// The order in which reports come changes nothing; a claim that people rejected is not there.
func TestOrderIsNothing(t *testing.T) {
	t.Parallel()
	a := report(t, "sha256:a", "Border Ledger", "2020-11-19", plant)
	b := report(t, "sha256:b", "Tumen River Post", "2020-12-02", "HUNCHUN, China — Hunchun Lansui Electronics Co., Ltd. in Hunchun employs 300 North Korean workers.\n")
	one := of(t, []corroborate.Document{a, b}, "Hunchun Lansui Electronics", dossier.Leave{})
	two := of(t, []corroborate.Document{b, a}, "Hunchun Lansui Electronics", dossier.Leave{})
	if diff := cmp.Diff(one, two); diff != "" {
		t.Error(diff)
	}
	for i := range b.Claims {
		b.Claims[i].Review = corvee.ReviewRejected
	}
	if d := of(t, []corroborate.Document{a, b}, "Hunchun Lansui Electronics", dossier.Leave{}); len(d.Reports) != 1 {
		t.Errorf("%d reports", len(d.Reports))
	}
}

func TestNobody(t *testing.T) {
	t.Parallel()
	if _, err := dossier.Of(nil, "Nobody", "test", made, dossier.Leave{}); !errors.Is(err, corvee.ErrNotFound) {
		t.Error(err)
	}
}

// What no base should hold does no harm: a claim whose report is gone is in no dossier, times
// that contradict themselves are said and convert nothing, an unknown currency stays unknown.
func TestBadClaims(t *testing.T) {
	t.Parallel()
	doc := report(t, "sha256:a", "Border Ledger", "2020-11-19", plant)
	gone := doc.Claims[0]
	gone.ID, gone.Report = "gone", "sha256:purged"
	backwards := corvee.When{From: corvee.Date{Year: 2020, Month: 11, Day: 17}, Until: corvee.Date{Year: 2019, Month: 1, Day: 1}, Precision: corvee.PrecisionDay}
	for i, c := range doc.Claims {
		switch c.Kind {
		case corvee.KindWage:
			v := *c.Value
			v.Currency = "XXX"
			doc.Claims[i].Value = &v
		case corvee.KindLevy:
			doc.Claims[i].When = &backwards
			doc.Claims[i].Places = []corvee.Place{{ID: "nowhere", Name: "Nowhere", Precision: corvee.AtCity}, {ID: "hunchun", Name: "Hunchun", Precision: corvee.AtCity}}
		}
	}
	doc.Claims = append(doc.Claims, gone)
	for _, name := range []string{"Hunchun Lansui Electronics", "Hunchun", "Jilin", "China"} {
		d := of(t, []corroborate.Document{doc}, name, dossier.Leave{})
		left := all(t, d)
		if strings.Contains(left, "sha256:purged") || strings.Contains(left, `"gone"`) {
			t.Errorf("%s: a claim whose report is gone is in it", name)
		}
		said := map[string]bool{}
		for _, f := range append(slices.Clone(d.Ledger), d.Conversions...) {
			said[f.Kind+" "+string(f.Result)] = true
			if f.Kind == "ledger.conversion" && f.Numbers["converted"].Known() {
				t.Errorf("%s: converted out of nothing: %s", name, f.Text)
			}
		}
		if !said["dates.order disagrees"] || !said["ledger.conversion no_evidence"] {
			t.Errorf("%s: %v", name, said)
		}
		for _, w := range d.Waterfalls {
			if w.Rate != "" {
				t.Errorf("%s: a waterfall at %s", name, w.Rate)
			}
		}
	}
	docs := []corroborate.Document{{Report: doc.Report, Text: doc.Text, Claims: []corvee.Claim{gone}}}
	if _, err := dossier.Of(docs, "Hunchun", "test", made, dossier.Leave{}); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("a dossier on nothing but a claim whose report is gone: %v", err)
	}
}

// Every finding of a dossier rests on a claim that is quoted in it, whatever was withheld.
func TestEveryFindingIsCited(t *testing.T) {
	t.Parallel()
	docs := []corroborate.Document{report(t, "sha256:a", "Border Ledger", "2020-11-19", plant)}
	for _, name := range []string{"Hunchun Lansui Electronics", "Hunchun", "Jilin", "China"} {
		d := of(t, docs, name, dossier.Leave{})
		quoted := map[string]bool{}
		for _, c := range d.Claims {
			quoted[c.Claim.ID] = true
		}
		list := slices.Concat(d.Ledger, d.Conversions, d.Headcounts)
		if len(list) == 0 || len(d.Conversions) == 0 {
			t.Fatalf("%s: nothing to look at", name)
		}
		for _, f := range list {
			if !slices.ContainsFunc(f.Claims, func(id string) bool { return quoted[id] }) {
				t.Errorf("%s: %q rests on no quote", name, f.Text)
			}
		}
	}
}
