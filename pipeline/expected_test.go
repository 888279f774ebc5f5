package pipeline_test

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"

	"corvee"
	"corvee/samples"
)

// expectation is one line of samples/expected.tsv.
type expectation struct {
	row               int
	name, want, meets string
}

func expectations(t *testing.T) []expectation {
	t.Helper()
	raw, err := samples.Files.ReadFile("expected.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := csv.NewReader(strings.NewReader(string(raw)))
	lines.Comma = '\t'
	rows, err := lines.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []expectation
	for _, f := range rows[1:] {
		row, err := strconv.Atoi(f[0])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, expectation{row, f[2], f[3], f[4]})
	}
	return out
}

// screened is what came of one row.
type screened struct {
	state   corvee.RowState
	hits    []corvee.Hit
	context bool
}

func checkExpected(t *testing.T, messages []corvee.Message) {
	t.Helper()
	rows := map[int]screened{}
	for _, m := range messages {
		switch {
		case m.Row != nil:
			rows[m.Row.Row] = screened{state: m.Row.State}
		case m.Hit != nil:
			r := rows[m.Hit.Row]
			r.hits = append(r.hits, *m.Hit)
			rows[m.Hit.Row] = r
		case m.Context != nil:
			r := rows[m.Context.Row]
			r.context = true
			rows[m.Context.Row] = r
		}
	}
	planted := map[int]bool{}
	for _, e := range expectations(t) {
		planted[e.row] = true
		if why := unmet(e, rows[e.row]); why != "" {
			t.Errorf("row %d, %s: want %s %s; %s", e.row, e.name, e.want, e.meets, why)
		}
	}
	for row, r := range rows {
		if !planted[row] && slices.ContainsFunc(r.hits, noticed) {
			t.Errorf("row %d: a hit that nobody planted: %s ≈ %s, %s %.2f", row, r.hits[0].Query.Name, r.hits[0].Matched, r.hits[0].Band, r.hits[0].Score)
		}
	}
}

// noticed reports whether a hit asks a person for a decision.
func noticed(h corvee.Hit) bool { return h.Band == corvee.BandStrong || h.Band == corvee.BandPossible }

func unmet(e expectation, got screened) string {
	on := func(h corvee.Hit) bool { return h.Listing.SourceID == e.meets }
	at := slices.IndexFunc(got.hits, on)
	switch e.want {
	case "hit":
		if at < 0 || !noticed(got.hits[at]) {
			return "no strong or possible hit on it"
		}
	case "none":
		if at >= 0 && noticed(got.hits[at]) {
			return "a hit: " + string(got.hits[at].Band)
		}
	case "not_strong":
		if at >= 0 && got.hits[at].Band == corvee.BandStrong {
			return "a strong hit"
		}
	case "context":
		if !got.context {
			return "no context"
		}
	case "rejected":
		if got.state != corvee.RowRejected {
			return "state " + string(got.state)
		}
	}
	return ""
}
