package corvee_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"corvee"
)

// dates draws a date of any precision that a report may hold.
func dates() *rapid.Generator[corvee.Date] {
	return rapid.Custom(func(t *rapid.T) corvee.Date {
		day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 73_000).Draw(t, "day"))
		precision := rapid.SampledFrom([]corvee.DatePrecision{corvee.PrecisionDay, corvee.PrecisionMonth, corvee.PrecisionYear}).Draw(t, "precision")
		return corvee.DateOf(day).To(precision)
	})
}

func TestDateIsNeverPadded(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]corvee.Date{
		"2020": {Year: 2020}, "2020-11": {Year: 2020, Month: 11}, "2020-11-19": {Year: 2020, Month: 11, Day: 19},
		"2020-02-29": {Year: 2020, Month: 2, Day: 29}, "0001": {Year: 1},
	} {
		got, err := corvee.ParseDate(in)
		if err != nil || got != want || got.String() != in {
			t.Errorf("ParseDate(%q) = %v (%s), %v, want %v", in, got, got, err, want)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", "0000", "2019-02-29", "2020-13", "2020-00", "2020-11-00", "2020-11-31", "2020-1-1", "20", "20201119", "2020-11-19T00:00:00Z",
		" 2020", "2020 ", "-2020", "+2020", "２０２０", "2020-11-19-", "10000", "19 November 2020",
	} {
		if got, err := corvee.ParseDate(in); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("ParseDate(%q) = %v, %v, want ErrInvalid", in, got, err)
		}
	}
}

func TestDateRoundTripsAndOrders(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, e := dates().Draw(t, "d"), dates().Draw(t, "e")
		raw, err := json.Marshal(d)
		var back corvee.Date
		if err != nil || json.Unmarshal(raw, &back) != nil || back != d || !d.Valid() {
			t.Fatalf("%v → %s → %v", d, raw, back)
		}
		if d.First().Compare(d.After()) >= 0 || d.After().AddDays(-1).To(d.Precision()) != d {
			t.Fatalf("%s runs from %s to before %s", d, d.First(), d.After())
		}
		if d.Compare(e) != -e.Compare(d) {
			t.Fatalf("%s and %s have no order", d, e)
		}
	})
	var none corvee.Date
	if raw, _ := json.Marshal(none); string(raw) != "null" || none.Known() || none.Precision() != "" {
		t.Errorf("no date is written %s", raw)
	}
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	date := func(s string) corvee.Date {
		d, err := corvee.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for got, want := range map[string]string{
		date("2020-02-28").AddDays(1).String():      "2020-02-29",
		date("2021-01-01").AddDays(-1).String():     "2020-12-31",
		date("2020-01-31").AddMonths(1).String():    "2020-02",
		date("2020-01").AddMonths(-1).String():      "2019-12",
		date("2020-02").After().String():            "2020-03-01",
		date("2020").After().String():               "2021-01-01",
		date("2020-12-31").After().String():         "2021-01-01",
		date("2020-11-19").Weekday().String():       "Thursday",
		date("2020-11-19").To("month").String():     "2020-11",
		date("2020").To("day").String():             "2020",
		corvee.DateOf(date17(t, "+09:00")).String(): "2020-11-20", // the day in Seoul
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func date17(t *testing.T, zone string) time.Time {
	at, err := time.Parse(time.RFC3339, "2020-11-20T02:00:00"+zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// In JSON both ends are inclusive and no more precise than the whole; in Go the time is
// half-open. What is written is what is read back.
func TestWhenRoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, to := dates().Draw(t, "from"), dates().Draw(t, "to")
		switch rapid.IntRange(0, 3).Draw(t, "open") {
		case 0:
			from = corvee.Date{}
		case 1:
			to = corvee.Date{}
		case 2:
			to = from
		}
		w := corvee.Between(from, to)
		w.Relative = rapid.Bool().Draw(t, "relative")
		raw, err := json.Marshal(w)
		var back corvee.When
		if err != nil || json.Unmarshal(raw, &back) != nil || back != w {
			t.Fatalf("%+v → %s → %+v", w, raw, back)
		}
		if from.Known() && w.From.Compare(from.First()) > 0 || to.Known() && w.Until.Compare(to.After()) < 0 {
			t.Fatalf("Between(%s, %s) = %s leaves out a day that was named", from, to, w)
		}
	})
}

func TestWhenJSON(t *testing.T) {
	t.Parallel()
	date := func(y, m, d int) corvee.Date { return corvee.Date{Year: y, Month: m, Day: d} }
	for want, w := range map[string]corvee.When{
		`{"from":"2020-11-19","to":"2020-11-19","precision":"day","relative":false}`: corvee.During(date(2020, 11, 19)),
		`{"from":"2020-02","to":"2020-03","precision":"month","relative":false}`:     corvee.Between(date(2020, 2, 0), date(2020, 3, 0)),
		`{"from":"2017","to":"2017","precision":"year","relative":false}`:            corvee.During(date(2017, 0, 0)),
		`{"from":null,"to":"2019-12","precision":"month","relative":false}`:          corvee.Between(corvee.Date{}, date(2019, 12, 0)),
		`{"from":"2019","to":"2020","precision":"year","relative":false}`:            corvee.Between(date(2019, 0, 0), date(2020, 11, 19)),
		`{"from":null,"to":null,"relative":true,"unresolved":"last year"}`:           {Relative: true, Unresolved: "last year"},
	} {
		raw, err := json.Marshal(w)
		if err != nil || string(raw) != want {
			t.Errorf("Marshal(%s) = %s, %v, want %s", w, raw, err, want)
		}
		var back corvee.When
		if err := json.Unmarshal(raw, &back); err != nil || back != w {
			t.Errorf("%s back = %+v, %v, want %+v", raw, back, err, w)
		}
	}
	if w := corvee.During(date(2020, 2, 0)); w.From != date(2020, 2, 1) || w.Until != date(2020, 3, 1) || w.Last() != date(2020, 2, 29) {
		t.Errorf("February 2020 in Go is %v to before %v", w.From, w.Until)
	}
}

func TestWhenOverlaps(t *testing.T) {
	t.Parallel()
	parse := func(s string) corvee.When {
		from, to, ranged := strings.Cut(s, "/")
		f, _ := corvee.ParseDate(from)
		if !ranged {
			return corvee.During(f)
		}
		u, _ := corvee.ParseDate(to)
		return corvee.Between(f, u)
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2020", "2020-11-19", true}, {"2020-02", "2020-03", false}, {"2020-01/2020-02", "2020-02-29", true},
		{"2019-12/..", "2024", true}, {"2019-12/..", "2019-11-30", false}, {"../2019-12", "2019-12-31", true},
		{"../2019-12", "2020-01-01", false}, {"../..", "1950", true},
	} {
		if a, b := parse(c.a), parse(c.b); a.Overlaps(b) != c.want || b.Overlaps(a) != c.want {
			t.Errorf("%s and %s overlap: %t and %t, want %t", c.a, c.b, a.Overlaps(b), b.Overlaps(a), c.want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2020", "2020-11", "2020-11-19", "2020-02-30", "0000-01-01", "9999-12-31"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := corvee.ParseDate(s)
		if err != nil {
			if d.Known() || !errors.Is(err, corvee.ErrInvalid) {
				t.Fatalf("ParseDate(%q) = %v, %v", s, d, err)
			}
			return
		}
		if d.String() != s || !d.Valid() {
			t.Fatalf("ParseDate(%q) = %s", s, d)
		}
	})
}
