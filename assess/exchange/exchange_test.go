package exchange_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/assess/exchange"
)

// table has the form of the ECB's file, with invented figures of round digits: the comma at
// the end, a currency that is not quoted, the days from the latest to the earliest.
const table = "Date,USD,CNY,RUB,TRL,KRW,\n" +
	"2020-11-20,1.25,8,N/A,N/A,1300,\n" +
	"2020-11-19,1.20,8,90,N/A,1300,\n" +
	"2020-11-13,1.25,7.5,90,N/A,1300,\n" +
	"2020-10-30,1.20,7.8,88,N/A,1320,\n"

func read(t *testing.T, raw string) exchange.File {
	t.Helper()
	f, err := exchange.ReadECB([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func book(t *testing.T) exchange.Book { return exchange.NewBook("ECB", read(t, table).Rates) }

func date(s string) corvee.Date {
	d, err := corvee.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func on(s string) corvee.When { return corvee.During(date(s)) }

func figures(low, high string) corvee.Range {
	return corvee.Range{Low: corvee.MustDecimal(low), High: corvee.MustDecimal(high)}
}

func TestConvert(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		amount   corvee.Range
		from, to string
		when     corvee.When
		want     string
	}{
		"of the day":               {figures("2000", "2000"), "CNY", "USD", on("2020-11-19"), "~300 at 6.66666667 CNY for one USD on 2020-11-19 (ECB, cross rate through EUR)"},
		"a range is rounded out":   {figures("1000", "2000"), "CNY", "USD", on("2020-11-19"), "~149.99–300 at 6.66666667 CNY for one USD on 2020-11-19 (ECB, cross rate through EUR)"},
		"an open end stays open":   {corvee.Range{Low: corvee.Int(2000)}, "CNY", "USD", on("2020-11-19"), "~≥ 299.99 at 6.66666667 CNY for one USD on 2020-11-19 (ECB, cross rate through EUR)"},
		"to the euro":              {figures("2000", "2000"), "CNY", "EUR", on("2020-11-19"), "~250 at 8 CNY for one EUR on 2020-11-19 (ECB)"},
		"from the euro":            {figures("100", "100"), "EUR", "USD", on("2020-11-19"), "~120 at 0.83333333 EUR for one USD on 2020-11-19 (ECB)"},
		"no smaller coin":          {figures("1", "1"), "USD", "KRW", on("2020-11-20"), "~1040 at 0.00096154 USD for one KRW on 2020-11-20 (ECB, cross rate through EUR)"},
		"a Sunday":                 {figures("2000", "2000"), "CNY", "USD", on("2020-11-15"), "~333.33 at 6 CNY for one USD of the nearest earlier trading day, 2020-11-13 (ECB, cross rate through EUR)"},
		"not quoted on that day":   {figures("900", "900"), "RUB", "EUR", on("2020-11-20"), "~10 at 90 RUB for one EUR of the nearest earlier trading day, 2020-11-19 (ECB)"},
		"a month, lowest, highest": {figures("2000", "2000"), "CNY", "USD", on("2020-11"), "~299.99–333.34 at 6–6.66666667 CNY for one USD lowest and highest in 2020-11 (ECB, cross rate through EUR)"},
		"a year, by its average":   {figures("2000", "2000"), "CNY", "USD", on("2020"), "~289.68 at 6.9042 CNY for one USD on average in 2020 (Federal Reserve G.5A, table for 2020, as released on 1 November 2021 (https://www.federalreserve.gov/releases/g5a/20210104))"},
		"too far back for a day":   {figures("2000", "2000"), "CNY", "USD", on("2020-06-01"), "~289.68 at 6.9042 CNY for one USD on average in 2020 (Federal Reserve G.5A, table for 2020, as released on 1 November 2021 (https://www.federalreserve.gov/releases/g5a/20210104))"},
		"two years":                {figures("2000", "2000"), "CNY", "USD", corvee.Between(date("2018"), date("2019")), "~289.51–302.62 at 6.609–6.9081 CNY for one USD on average in 2018/2019 (Federal Reserve G.5A, table for 2020, as released on 1 November 2021 (https://www.federalreserve.gov/releases/g5a/20210104))"},
		"a year without a rate":    {figures("2000", "2000"), "CNY", "USD", on("2016"), "not found"},
		"one year of two":          {figures("2000", "2000"), "CNY", "USD", corvee.Between(date("2015"), date("2016")), "not found"},
		"an unknown currency":      {figures("2000", "2000"), "", "USD", on("2020-11-19"), "unsupported"},
		"no such currency":         {figures("2000", "2000"), "XXX", "USD", on("2020-11-19"), "not found"},
		"KPW":                      {figures("2000", "2000"), "KPW", "USD", on("2020-11-19"), "unsupported"},
		"into KPW":                 {figures("2000", "2000"), "USD", "KPW", on("2020-11-19"), "unsupported"},
		"an open time":             {figures("2000", "2000"), "CNY", "USD", corvee.When{From: date("2020-11-19")}, "not found"},
		"ends before it begins":    {figures("2000", "2000"), "CNY", "USD", corvee.When{From: date("2021-01-01"), Until: date("2019-01-01")}, "not found"},
		"no time":                  {figures("2000", "2000"), "CNY", "USD", corvee.When{}, "not found"},
		"a currency of no days":    {figures("2000", "2000"), "TRL", "USD", on("2020-11-19"), "not found"},
	} {
		got := ""
		x, err := book(t).Convert(c.amount, c.from, c.to, c.when)
		if err != nil {
			got = map[bool]string{true: "not found", false: "unsupported"}[errors.Is(err, corvee.ErrNotFound)]
		} else {
			got = x.Amount.String() + " at " + x.String()
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// Without a file the averages that ship are all there is; a figure seen only in a copy says so.
func TestZeroBook(t *testing.T) {
	t.Parallel()
	var b exchange.Book
	x, err := b.Convert(figures("7200", "7200"), "RUB", "USD", on("2020-11-19"))
	if err != nil || x.How != exchange.HowYear || !strings.Contains(x.Source, "confirm") {
		t.Errorf("%+v, %v", x, err)
	}
	if _, err := b.Convert(figures("1", "1"), "EUR", "CZK", on("2020-11-19")); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("a rate out of nothing: %v", err)
	}
}

func TestAverages(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, a := range exchange.Averages() {
		key := fmt.Sprint(a.Currency, a.Year)
		if seen[key] || len(a.Currency) != 3 || a.Year < 2000 || a.Year > 2100 || a.Rate.Sign() <= 0 || a.Source == "" || a.Seen == "" || a.Currency == "KPW" {
			t.Errorf("row %+v", a)
		}
		seen[key] = true
	}
	if len(seen) < 100 {
		t.Errorf("%d rows", len(seen))
	}
}

func TestReadECB(t *testing.T) {
	t.Parallel()
	f := read(t, table)
	if diff := cmp.Diff([]string{"CNY", "KRW", "RUB", "USD"}, f.Currencies); diff != "" || len(f.Rates) != 15 || f.First != date("2020-10-30") || f.Last != date("2020-11-20") || f.Rejected != nil {
		t.Errorf("%s %d %s %s %v", diff, len(f.Rates), f.First, f.Last, f.Rejected)
	}
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	in, _ := w.Create("eurofxref-hist.csv")
	_, _ = in.Write([]byte("\xef\xbb\xbf" + strings.ReplaceAll(table, "\n", "\r\n")))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, read(t, packed.String())); diff != "" {
		t.Errorf("from the ZIP, with a mark of byte order and other line ends: %s", diff)
	}
	day := read(t, "Date, USD, CNY, \n19 November 2020, 1.20, 8, \n")
	if len(day.Rates) != 2 || day.First != date("2020-11-19") {
		t.Errorf("the file of one day: %+v", day)
	}
}

// What is broken is rejected alone, with its line.
func TestReadECBBroken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw   string
		rates int
		says  string
	}{
		"a row of rubbish":     {"Date,USD,\nyesterday,1.2,\n2020-11-19,1.2,\n", 1, `"yesterday" is no day`},
		"a month":              {"Date,USD,\n2020-11,1.2,\n2020-11-19,1.2,\n", 1, `"2020-11" is no day`},
		"a day twice":          {"Date,USD,\n2020-11-19,1.2,\n2020-11-19,1.3,\n", 1, "stands in line 2 already"},
		"a negative rate":      {"Date,USD,CNY,\n2020-11-19,-1.2,8,\n", 1, `"-1.2" is no rate`},
		"a zero":               {"Date,USD,CNY,\n2020-11-19,0,8,\n", 1, `"0" is no rate`},
		"not a number":         {"Date,USD,CNY,\n2020-11-19,NaN,8,\n", 1, `"NaN" is no rate`},
		"a decimal comma":      {"Date,USD,CNY\n2020-11-19,\"1,2\",8\n", 1, `"1,2" is no rate`},
		"too many cells":       {"Date,USD,\n2020-11-19,1.2,3,4,5,\n2020-11-18,1.2,\n", 1, "6 cells under"},
		"an open quote":        {"Date,USD,\n\"2020-11-19,1.2,\n2020-11-18,1.2,\n", 1, "quote"},
		"KPW":                  {"Date,USD,KPW,\n2020-11-19,1.2,1000,\n", 1, "no market rate"},
		"a column twice":       {"Date,USD,USD,\n2020-11-19,1.2,1.3,\n", 1, "no currency of its own"},
		"a column of rubbish":  {"Date,USD,=cmd,\n2020-11-19,1.2,1.3,\n", 1, "no currency of its own"},
		"a rate of 400 digits": {"Date,USD,CNY,\n2020-11-19," + strings.Repeat("9", 400) + ",8,\n", 1, "is no rate"},
	} {
		f, err := exchange.ReadECB([]byte(c.raw))
		if err != nil || len(f.Rates) != c.rates || len(f.Rejected) != 1 || !strings.Contains(f.Rejected[0].Reason, c.says) || f.Rejected[0].Row == nil {
			t.Errorf("%s: %d rates, %+v, %v", name, len(f.Rates), f.Rejected, err)
		}
	}
	for name, raw := range map[string]string{
		"nothing": "", "something else": "name,country\nA,CN\n", "a header alone": "Date,USD,\n", "a page": "<html><body>Date,USD</body></html>", "a broken archive": "PK\x03\x04",
		"one column": "Date\n2020-11-19\n",
	} {
		if _, err := exchange.ReadECB([]byte(raw)); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadECBBomb(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	in, _ := w.Create("eurofxref-hist.csv")
	_, _ = in.Write(bytes.Repeat([]byte(" "), 70<<20))
	_ = w.Close()
	if _, err := exchange.ReadECB(packed.Bytes()); !errors.Is(err, corvee.ErrInvalid) || !strings.Contains(err.Error(), "unpacks to") {
		t.Error(err)
	}
}

// A wider amount, or a time that is known less well, never gives a narrower result.
func TestLawWideningNeverNarrows(t *testing.T) {
	t.Parallel()
	b := book(t)
	rapid.Check(t, func(rt *rapid.T) {
		low := int64(rapid.IntRange(1, 5000).Draw(rt, "low"))
		width, less, more := int64(rapid.IntRange(0, 900).Draw(rt, "width")), int64(rapid.IntRange(0, 900).Draw(rt, "less")), int64(rapid.IntRange(0, 900).Draw(rt, "more"))
		narrow := corvee.Range{Low: corvee.Int(low), High: corvee.Int(low + width)}
		wide := corvee.Range{Low: corvee.Int(max(0, low-less)), High: corvee.Int(low + width + more)}
		day := rapid.SampledFrom([]string{"2020-11-13", "2020-11-19", "2020-11-20"}).Draw(rt, "day")
		x, err1 := b.Convert(narrow, "CNY", "USD", on(day))
		y, err2 := b.Convert(wide, "CNY", "USD", on(day))
		z, err3 := b.Convert(wide, "CNY", "USD", on("2020-11"))
		if err := errors.Join(err1, err2, err3); err != nil {
			rt.Fatal(err)
		}
		for _, pair := range [][2]corvee.Range{{x.Amount, y.Amount}, {y.Amount, z.Amount}} {
			if pair[1].Low.Cmp(pair[0].Low) > 0 || pair[1].High.Cmp(pair[0].High) < 0 {
				rt.Fatalf("%s does not hold %s", pair[1], pair[0])
			}
		}
	})
}

func FuzzReadECB(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte("Date, USD, \n19 November 2020, 1.2, \n"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xef\xbb\xbfDate,USD\n2020-01-01,\"1\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := exchange.ReadECB(raw)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, r := range file.Rates {
			key := r.Day.String() + r.Currency
			if seen[key] || !r.Day.Valid() || r.PerEuro.Sign() <= 0 || len(r.Currency) != 3 || r.Currency == "KPW" {
				t.Fatalf("rate %+v", r)
			}
			seen[key] = true
		}
	})
}

func BenchmarkConvertMonth(b *testing.B) {
	var raw strings.Builder
	raw.WriteString("Date,USD,CNY,\n")
	for d := date("2020-12-31"); d.Year == 2020; d = d.AddDays(-1) {
		fmt.Fprintf(&raw, "%s,1.2%d,8.%d,\n", d, d.Day, d.Month)
	}
	f, err := exchange.ReadECB([]byte(raw.String()))
	if err != nil {
		b.Fatal(err)
	}
	book := exchange.NewBook("ECB", f.Rates)
	for b.Loop() {
		if _, err := book.Convert(figures("2000", "2000"), "CNY", "USD", on("2020-11")); err != nil {
			b.Fatal(err)
		}
	}
}
