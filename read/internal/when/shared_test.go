//go:build shared

package when_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/when"
)

type recognised struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		TypeName   string
		Resolution struct {
			Values []struct{ Type, Value, Start, End string }
		}
	}
}

// The floors are what was measured, of the cases of one day or one span of days.
const (
	atLeastEnglish = 74
	atLeastKorean  = 45
	atLeastChinese = 42
)

type find func(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []when.Time) []when.Time

// TestSharedDates: cases that hold one day, month or year, or one span of days, and nothing
// else; clocks, durations and sets are none of this grammar's. A case is right when the days
// are one of the answers that it allows.
func TestSharedDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, file string
		written    lexicon.Orthography
		find       find
		least      int
	}{
		{"en", "english-DateTimeModel.json", lexicon.English{}, when.Find, atLeastEnglish},
		{"ko", "korean-DateTimeModel.json", lexicon.Korean{}, when.Korean, atLeastKorean},
		{"zh", "chinese-DateTimeModel.json", lexicon.Chinese{}, when.Chinese, atLeastChinese},
	} {
		lex := lexiconOf(t, c.lang, c.written)
		right, of := 0, 0
		for _, one := range cases(t, c.file) {
			if len(one.Results) != 1 {
				continue
			}
			if kind := one.Results[0].TypeName; kind != "datetimeV2.date" && kind != "datetimeV2.daterange" {
				continue
			}
			of++
			if found := times(lex, one, c.find); allowed(one, found) {
				right++
			}
		}
		t.Logf("%s: %d of %d", c.lang, right, of)
		if right < c.least {
			t.Errorf("%s: %d of %d dates, want %d", c.lang, right, of, c.least)
		}
	}
}

func times(lex *lexicon.Lexicon, c recognised, find find) []when.Time {
	day, _, _ := strings.Cut(c.Context.ReferenceDateTime, "T")
	published, err := corvee.ParseDate(day)
	if err != nil {
		published = corvee.Date{}
	}
	var p lexicon.Passage
	p.Load(lex, c.Input, 0)
	var out []when.Time
	for _, s := range p.Sentences {
		p.Clauses(s.First, s.Last)
		out = find(&p, s.First, s.Last, published, func(int) bool { return false }, out)
	}
	return out
}

// allowed reports whether one time was found and its days are an answer of the case. The
// cases end a span with its last day or with the day after it; an open end has none, and
// "since" ends with the report for us.
func allowed(c recognised, found []when.Time) bool {
	if len(found) != 1 || !found[0].When.Known() {
		return false
	}
	w := found[0].When
	for _, v := range c.Results[0].Resolution.Values {
		start, end := v.Start, v.End
		if v.Type == "date" {
			start, end = v.Value, v.Value
		}
		if same(w.From, start, false) && same(w.Until, end, true) {
			return true
		}
	}
	return false
}

func same(have corvee.Date, want string, end bool) bool {
	if want == "" {
		return !have.Known() || end
	}
	d, err := corvee.ParseDate(want)
	if err != nil || !have.Known() {
		return false
	}
	first := have.First()
	return first == d.First() || end && first == d.AddDays(1).First()
}

func cases(t *testing.T, name string) []recognised {
	t.Helper()
	dir := os.Getenv("CORVEE_SHARED")
	if dir == "" {
		t.Skip("CORVEE_SHARED is not set")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "bench", "recognizers", name))
	if err != nil {
		t.Fatal(err)
	}
	var out []recognised
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(raw), "\ufeff")), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func lexiconOf(t *testing.T, lang string, written lexicon.Orthography) *lexicon.Lexicon {
	t.Helper()
	names, err := filepath.Glob("../../lexicon/" + lang + "/*.tsv")
	if err != nil || len(names) == 0 {
		t.Fatalf("lexicon = %v, %v", names, err)
	}
	var files []string
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(raw))
	}
	lex, err := lexicon.Build(written, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}
