package law_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/assess/law"
)

func load(t testing.TB) *law.Book {
	t.Helper()
	b, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func facts(t testing.TB, b *law.Book, list ...string) law.Facts {
	t.Helper()
	out := law.Facts{}
	for _, one := range list {
		name, value, _ := strings.Cut(one, "=")
		if err := b.Set(out, name, value); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func outcomeOf(t testing.TB, b *law.Book, id string, f law.Facts) law.Outcome {
	t.Helper()
	for _, o := range b.Evaluate(f) {
		if o.Instrument.ID == id {
			return o
		}
	}
	t.Fatalf("no outcome of %s", id)
	return law.Outcome{}
}

func needs(o law.Outcome) []string {
	var out []string
	for _, n := range o.Needs {
		out = append(out, n.Field)
	}
	return out
}

func TestEveryInstrument(t *testing.T) {
	t.Parallel()
	b := load(t)
	if n := len(b.Instruments()); n != 32 {
		t.Errorf("%d instruments, want 32", n)
	}
	for _, o := range b.Evaluate(law.Facts{}) {
		if o.Result != corvee.ResultMayBe || len(o.Needs) == 0 {
			t.Errorf("%s on no fact at all: %s, needs %v; nothing known must never be a no", o.Instrument.ID, o.Result, needs(o))
		}
	}
}

// The windows of the Council's rules on this labour, each with a day inside and outside.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	b := load(t)
	worker := []string{"worker.nationality=KP", "place.country=CN"}
	for _, c := range []struct {
		id     string
		facts  []string
		result corvee.Result
		needs  []string
	}{
		{"UNSCR-2321", append(worker, "activity.date=2017-03"), corvee.ResultEngaged, nil},
		{"UNSCR-2321", append(worker, "activity.date=2017-09"), corvee.ResultNotEngaged, nil},
		{"UNSCR-2321", append(worker, "activity.date=2017"), corvee.ResultMayBe, []string{"activity.date"}},
		{"UNSCR-2321", append(worker, "activity.date=2016-11"), corvee.ResultMayBe, []string{"activity.date"}},
		{"UNSCR-2397", append(worker, "activity.end_or_open=2020-11..", "worker.earns_income=true", "worker.exception=none"), corvee.ResultEngaged, nil},
		{"UNSCR-2397", append(worker, "activity.end_or_open=2020-11..", "worker.earns_income=true"), corvee.ResultMayBe, []string{"worker.exception"}},
		{"UNSCR-2397", append(worker, "activity.end_or_open=2018-05-01..2019-12-22", "worker.earns_income=true", "worker.exception=none"), corvee.ResultMayBe, nil},
		{"UNSCR-2397", append(worker, "activity.end_or_open=2018-05-01..2019-12-22", "person.role=manager", "goods.origin_country=CN"), corvee.ResultNotEngaged, nil},
		{"UNSCR-2397", []string{"worker.nationality=KP", "place.country=KP"}, corvee.ResultMayBe, nil},
		{"CAATSA-321B", []string{"worker.nationality=KP", "worker.role=production", "goods.destination_country=US", "trade.entry_date=2021-01-05"}, corvee.ResultEngaged, nil},
		{"CAATSA-321B", []string{"worker.nationality=KP", "worker.role=production", "goods.destination_country=CA", "trade.entry_date=2021-01-05"}, corvee.ResultNotEngaged, nil},
		{"UFLPA", []string{"goods.destination_country=US", "trade.entry_date=2022-06-21", "goods.input_region=CN-XJ"}, corvee.ResultEngaged, nil},
		{"UFLPA", []string{"goods.destination_country=US", "trade.entry_date=2022-06-20", "goods.input_region=CN-XJ"}, corvee.ResultNotEngaged, nil},
		{"UFLPA", []string{"goods.destination_country=US", "trade.entry_date=2022-06"}, corvee.ResultMayBe, nil},
		{"EU-2024-3015", []string{"labour.forced_indicator_level=substantiated", "goods.destination_country=PL", "trade.placed_on_market=2027-12"}, corvee.ResultMayBe, []string{"trade.placed_on_market"}},
		{"EU-2024-3015", []string{"labour.forced_indicator_level=substantiated", "goods.destination_country=PL", "trade.placed_on_market=2028"}, corvee.ResultEngaged, nil},
		{"EU-2024-3015", []string{"labour.forced_indicator_level=substantiated", "goods.destination_country=GB", "trade.placed_on_market=2028"}, corvee.ResultNotEngaged, nil},
		{"ICESCR", []string{"wages.withheld_share=0.87", "activity.date=2020-11"}, corvee.ResultEngaged, nil},
		{"ICESCR", []string{"wages.withheld_share=0.4..0.6", "activity.date=2020-11"}, corvee.ResultMayBe, nil},
		{"ICESCR", []string{"wages.withheld_share=0.87", "activity.date=1970"}, corvee.ResultNotEngaged, nil},
		{"ILO-C29", []string{"labour.involuntary=true", "labour.menace_of_penalty=true", "activity.date=2020"}, corvee.ResultMayBe, []string{"labour.c29_exception"}},
		{"UNSCR-1718", []string{"entity.listed_on=UN-1718", "activity.date=2020"}, corvee.ResultEngaged, nil},
		{"UNSCR-1718", []string{"entity.listed_on=UN-1718", "activity.date=2001", "payment.beneficiary.listed_on=none"}, corvee.ResultNotEngaged, nil},
	} {
		o := outcomeOf(t, b, c.id, facts(t, b, c.facts...))
		if o.Result != c.result || c.needs != nil && cmp.Diff(c.needs, needs(o)) != "" {
			t.Errorf("%s on %v: %s, needs %v; want %s, %v", c.id, c.facts, o.Result, needs(o), c.result, c.needs)
		}
	}
}

// What screening did not find is absent only on the lists that were loaded.
func TestAbsentIsOnlyWhatWasChecked(t *testing.T) {
	t.Parallel()
	b := load(t)
	f := law.Facts{"entity.listed_on": {Absent: []string{"UK-DPRK"}}, "activity.date": {When: corvee.During(corvee.Date{Year: 2022})}}
	if o := outcomeOf(t, b, "UK-DPRK", f); o.Result != corvee.ResultNotEngaged {
		t.Errorf("the list was loaded and does not name the party: %s", o.Result)
	}
	if o := outcomeOf(t, b, "UNSCR-1718", f); o.Result != corvee.ResultMayBe {
		t.Errorf("a list that was not loaded says nothing: %s", o.Result)
	}
}

func TestWordingIsNeverAVerdict(t *testing.T) {
	t.Parallel()
	b := load(t)
	f := facts(t, b, "worker.nationality=KP", "place.country=CN", "activity.date=2020-11", "entity.role=employer", "entity.country=CN")
	for _, o := range b.Evaluate(f) {
		for _, word := range []string{"guilty", "violat", "illegal", "breach", "proven"} {
			if strings.Contains(strings.ToLower(o.String()), word) {
				t.Errorf("%s: %q in %q", o.Instrument.ID, word, o)
			}
		}
	}
	o := outcomeOf(t, b, "CAATSA-321-9241B", f)
	if o.Result != corvee.ResultEngaged || !strings.Contains(o.String(), "Not seen in a source: entity.role") {
		t.Errorf("a condition from recall must say so: %s, %q", o.Result, o)
	}
}

func TestFindingNamesClaims(t *testing.T) {
	t.Parallel()
	b := load(t)
	f := law.Facts{
		"worker.nationality": {Words: []string{"KP"}, Claims: []string{"c2", "c1"}},
		"activity.date":      {When: corvee.During(corvee.Date{Year: 2017, Month: 3}), Claims: []string{"c1"}},
	}
	got := outcomeOf(t, b, "UNSCR-2321", f).Finding()
	if diff := cmp.Diff([]string{"c1", "c2"}, got.Claims); diff != "" || got.Kind != "law" || got.Rule != "law.UNSCR-2321" || got.Result != corvee.ResultEngaged {
		t.Errorf("%+v %s", got, diff)
	}
}

func TestBadTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ triggers, says string }{
		"operator of another type": {`{"field":"place.country","op":"gt","value":"CN"}`, `place.country: a word cannot be compared by "gt"`},
		"no such operator":         {`{"field":"trade.date","op":"after","value":"2020-01-01"}`, `"after"`},
		"no such field":            {`{"field":"worker.mood","op":"eq","value":"low"}`, `"worker.mood" has no row`},
		"no such group":            {`{"field":"place.country","op":"in_group","value":"EU99"}`, "EU99"},
		"a date that is none":      {`{"field":"trade.date","op":"gte","value":"2020-02-30"}`, "2020-02-30"},
		"between one":              {`{"field":"trade.date","op":"between","value":["2020-01-01"]}`, "takes 2 values"},
		"no value":                 {`{"field":"trade.date","op":"gte","value":[]}`, "no value"},
		"an object for a value":    {`{"field":"trade.date","op":"gte","value":{"a":1}}`, "no word"},
		"two forms at once":        {`{"all":[],"any":[]}`, "2 of them"},
		"none":                     {`{}`, "0 of them"},
		"a truth that is none":     {`{"field":"worker.earns_income","op":"eq","value":"maybe"}`, "maybe"},
	} {
		_, err := law.Parse([]byte(`{"instruments":[{"id":"X-1","triggers":` + c.triggers + `}]}`))
		if !errors.Is(err, corvee.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	if _, err := law.Parse([]byte(`{"instruments":[{"id":"X"},{"id":"X"}]}`)); err == nil {
		t.Error("two instruments of one id were taken")
	}
}

// drawFact draws what may be known of a field of the given type.
func drawFact(rt *rapid.T, f law.Field) law.Fact {
	var out law.Fact
	switch f.Type {
	case law.TypeNumber:
		low, width := rapid.Int64Range(0, 100).Draw(rt, "low"), rapid.Int64Range(0, 50).Draw(rt, "width")
		out.Number = corvee.Range{Low: corvee.Int(low), High: corvee.Int(low + width)}
	case law.TypeDate:
		from := corvee.Date{Year: rapid.IntRange(2005, 2029).Draw(rt, "year"), Month: rapid.IntRange(1, 12).Draw(rt, "month"), Day: 1}
		out.When = corvee.When{From: from, Until: from.AddDays(rapid.IntRange(1, 900).Draw(rt, "days")), Precision: corvee.PrecisionDay}
	case law.TypeFlag:
		out.Words, out.Closed = []string{rapid.SampledFrom([]string{"true", "false"}).Draw(rt, "flag")}, true
	case law.TypeLevel:
		out.Words = []string{rapid.SampledFrom([]string{"none", "possible", "reasonable", "substantiated"}).Draw(rt, "level")}
	default:
		out.Words = []string{rapid.SampledFrom([]string{"KP", "CN", "US", "PL", "UN-1718", "UFLPA", "03", "62", "employer", "production", "none"}).Draw(rt, "word")}
		out.Closed = rapid.Bool().Draw(rt, "closed")
	}
	return out
}

func drawFacts(rt *rapid.T, fields []law.Field) law.Facts {
	out := law.Facts{}
	for _, f := range fields {
		if rapid.Bool().Draw(rt, f.Name) {
			out[f.Name] = drawFact(rt, f)
		}
	}
	return out
}

func bridge(t testing.TB) []law.Field {
	t.Helper()
	fields, err := law.Bridge()
	if err != nil {
		t.Fatal(err)
	}
	return fields
}

// results returns what each instrument came to.
func results(b *law.Book, f law.Facts) map[string]corvee.Result {
	out := map[string]corvee.Result{}
	for _, o := range b.Evaluate(f) {
		out[o.Instrument.ID] = o.Result
	}
	return out
}

// Knowing less never turns "may be" into an answer, nor one answer into the other.
func TestLawForgettingNeverAnswers(t *testing.T) {
	t.Parallel()
	b, fields := load(t), bridge(t)
	rapid.Check(t, func(rt *rapid.T) {
		known := drawFacts(rt, fields)
		less := maps.Clone(known)
		for _, name := range slices.Sorted(maps.Keys(known)) {
			if rapid.Bool().Draw(rt, "forget "+name) {
				delete(less, name)
			}
		}
		// Where no time of an activity is known, an entry's date stands in for it.
		if _, ok := less["activity.date"]; !ok {
			if _, had := known["activity.date"]; had {
				delete(less, "trade.entry_date")
			}
		}
		weaker(rt, results(b, known), results(b, less))
	})
}

// A wider range, an earlier or later end, a set that may hold more: never a narrower answer.
func TestLawWideningNeverNarrows(t *testing.T) {
	t.Parallel()
	b, fields := load(t), bridge(t)
	rapid.Check(t, func(rt *rapid.T) {
		known := drawFacts(rt, fields)
		wide := law.Facts{}
		for _, f := range fields {
			fact, ok := known[f.Name]
			if !ok {
				continue
			}
			n := rapid.IntRange(0, 400).Draw(rt, "widen")
			if fact.When.Known() {
				fact.When = corvee.When{From: fact.When.From.AddDays(-n), Until: fact.When.Until.AddDays(n), Precision: corvee.PrecisionDay}
			}
			if fact.Number.Known() {
				d := corvee.Int(int64(n))
				fact.Number = corvee.Range{Low: fact.Number.Low.Sub(d), High: fact.Number.High.Add(d)}
			}
			if f.Type != law.TypeFlag {
				fact.Closed = false
			}
			wide[f.Name] = fact
		}
		weaker(rt, results(b, known), results(b, wide))
	})
}

func weaker(rt *rapid.T, before, after map[string]corvee.Result) {
	for id, r := range after {
		if r != corvee.ResultMayBe && before[id] != r {
			rt.Fatalf("%s went from %s to %s by knowing less", id, before[id], r)
		}
	}
}

func TestSetRefuses(t *testing.T) {
	t.Parallel()
	b := load(t)
	for _, bad := range []string{
		"worker.mood=low", "trade.date=yesterday", "trade.date=2020..2019", "trade.date=..", "wages.withheld_share=most",
		"wages.withheld_share=0.9..0.1", "worker.earns_income=maybe", "labour.forced_indicator_level=certain", "place.country=CN,,RU", "place.country=",
	} {
		name, value, _ := strings.Cut(bad, "=")
		if err := b.Set(law.Facts{}, name, value); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"field":"place.country","op":"eq","value":"CN"}`)
	f.Add(`{"any":[{"all":[]},{"field":"trade.date","op":"between","value":["2020","2021"]}]}`)
	f.Fuzz(func(t *testing.T, triggers string) {
		b, err := law.Parse([]byte(fmt.Sprintf(`{"instruments":[{"id":"X","triggers":%s}]}`, triggers)))
		if err != nil {
			return
		}
		_ = b.Evaluate(law.Facts{"place.country": {Words: []string{"CN"}}})
	})
}

// The bridge has a row for each field that an instrument asks for, and none that no instrument
// asks for; each says what fills it and what to ask for where nothing does.
func TestBridgeIsWhole(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if field, ok := v["field"].(string); ok {
				asked[field] = true
			}
			for _, in := range v {
				walk(in)
			}
		case []any:
			for _, in := range v {
				walk(in)
			}
		}
	}
	raw, err := os.ReadFile("law.json")
	if err != nil {
		t.Fatal(err)
	}
	var file any
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	walk(file)
	fields := bridge(t)
	if len(fields) != 45 || len(asked) != 45 {
		t.Errorf("%d rows for %d fields, want 45", len(fields), len(asked))
	}
	for _, f := range fields {
		if !asked[f.Name] {
			t.Errorf("%s: no instrument asks for it", f.Name)
		}
		known := []law.Filler{law.FillerClaim, law.FillerDerived, law.FillerShipment, law.FillerAsked, law.FillerUnknown}
		if !slices.Contains(known, f.FilledBy) || f.AsksFor == "" || f.How == "" {
			t.Errorf("%+v", f)
		}
	}
}
