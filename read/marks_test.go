package read_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"corvee"
	"corvee/read"
)

// mark is one line of a text's claims: the kind, the words that its summary holds, and its
// quote. #2 behind the quote means its second place in the text.
type mark struct {
	line  string
	start int
	end   int
	words []string
}

var marked = regexp.MustCompile(`^([^"]*)"([^"]*)"(?:#(\d+))?(.*)$`)

// TestMarks reads the texts of testdata/marks and wants exactly the claims that stand
// under them, each at its quote.
func TestMarks(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/marks/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("texts with marks = %v, %v", files, err)
	}
	r := reader(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := archive(string(raw))
			checkMarks(t, parts["text"], claims(t, r, reportOf(t, parts["report"]), parts["text"]), marksOf(t, parts["text"], parts["claims"]))
		})
	}
}

// archive splits a file at its lines of the form "-- name --".
func archive(s string) map[string]string {
	parts := map[string]string{}
	name := ""
	for line := range strings.Lines(s) {
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "-- ") && strings.HasSuffix(trimmed, " --") {
			name = strings.Trim(trimmed, "- ")
			continue
		}
		parts[name] += line
	}
	return parts
}

func reportOf(t *testing.T, lines string) corvee.Report {
	t.Helper()
	var r corvee.Report
	for line := range strings.Lines(lines) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch key {
		case "published":
			date, err := corvee.ParseDate(value)
			if err != nil {
				t.Fatal(err)
			}
			r.Published = date
		case "publisher":
			r.Publisher = value
		}
	}
	return r
}

func marksOf(t *testing.T, text, lines string) []mark {
	t.Helper()
	var out []mark
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		m := marked.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("no quote in mark %q", line)
		}
		words := strings.Fields(m[1] + " " + m[4])
		kept := words[:0]
		for _, w := range words {
			if w != "by" {
				kept = append(kept, w)
			}
		}
		start := find(t, text, m[2], m[3])
		out = append(out, mark{line, start, start + len(m[2]), kept})
	}
	return out
}

// find returns where a quote stands; a quote that stands twice must say which it means.
func find(t *testing.T, text, quote, nth string) int {
	t.Helper()
	n := strings.Count(text, quote)
	if n == 0 || n > 1 && nth == "" {
		t.Fatalf("%q stands %d times in the text", quote, n)
	}
	want := 1
	if nth != "" {
		var err error
		if want, err = strconv.Atoi(nth); err != nil || want > n {
			t.Fatalf("%q#%s: it stands %d times", quote, nth, n)
		}
	}
	at := 0
	for range want {
		at += strings.Index(text[at:], quote) + 1
	}
	return at - 1
}

func checkMarks(t *testing.T, text string, got []corvee.Claim, want []mark) {
	t.Helper()
	used := map[int]bool{}
	for _, m := range want {
		row := seedClaimOf(m)
		if !takeClaim(got, row, used) {
			t.Errorf("no claim for %s", m.line)
		}
	}
	for i, c := range got {
		if !used[i] {
			t.Errorf("claim without a mark: %v at %q", read.Summary(c), text[c.Quote.Start:c.Quote.End])
		}
	}
}

type expected struct {
	start, end int
	summary    []string
}

func seedClaimOf(m mark) expected { return expected{m.start, m.end, m.words} }

// takeClaim marks the first unused claim that is expected there.
func takeClaim(got []corvee.Claim, want expected, used map[int]bool) bool {
	for i, c := range got {
		if used[i] || c.Quote.Start != want.start || c.Quote.End != want.end || !says(read.Summary(c), want.summary) {
			continue
		}
		used[i] = true
		return true
	}
	return false
}

// says reports whether a summary holds all words; one that begins with ! must not be in it.
func says(have, want []string) bool {
	for _, w := range want {
		in := false
		for _, h := range have {
			in = in || h == strings.TrimPrefix(w, "!")
		}
		if in == strings.HasPrefix(w, "!") {
			return false
		}
	}
	return true
}
