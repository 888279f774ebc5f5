package present_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/present"
)

func shown(t *testing.T, f present.Format, messages ...corvee.Message) string {
	t.Helper()
	var out bytes.Buffer
	p, err := present.New(f, &out)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if err := p.Present(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func wage() corvee.Claim {
	return corvee.Claim{
		ID: "c0123456789abcdef", Kind: corvee.KindWage, Factuality: corvee.Reported, Polarity: corvee.Positive, Review: corvee.ReviewUnreviewed,
		Value: &corvee.Value{Range: corvee.Exactly(corvee.Int(2300)), Unit: corvee.UnitMoney, Currency: "CNY", Per: corvee.PerPerson, Period: corvee.EveryMonth,
			Equivalents: []corvee.Equivalent{{Range: corvee.Range{Low: corvee.Int(340), High: corvee.Int(340), Approx: true}, Currency: "USD"}}},
		Quote: corvee.Quote{Exact: "2,300 yuan a month"}, Attribution: []corvee.Attribution{
			{Role: "source", Country: "CN", Code: "A-1", Speaker: corvee.SpeakerAnonymous}, {Name: "Invented Post", Speaker: corvee.SpeakerPublisher}},
	}
}

func TestGloss(t *testing.T) {
	t.Parallel()
	negated := corvee.Claim{Kind: corvee.KindMovement, Polarity: corvee.Negative, Factuality: corvee.Asserted, Countries: []string{"CN"}}
	atLeast := wage()
	atLeast.Value = &corvee.Value{Range: corvee.Range{Low: corvee.Int(70), Approx: true}, Unit: corvee.UnitPercent, Of: "wage"}
	for want, c := range map[string]corvee.Claim{
		"wage, CNY 2300 a month, per person (= USD ~340), reported": wage(),
		"wage, ~≥ 70 % of wage, reported":                           atLeast,
		"movement, negated, CN, asserted":                           negated,
	} {
		if got := present.Gloss(c); got != want {
			t.Errorf("Gloss = %q, want %q", got, want)
		}
	}
	if got, want := present.SaidBy(wage()), "source (CN) A-1 → Invented Post"; got != want {
		t.Errorf("SaidBy = %q, want %q", got, want)
	}
}

// What a report wrote cannot steer a terminal, nor turn its line around.
func TestTextIsShutIn(t *testing.T) {
	t.Parallel()
	c := wage()
	c.Quote.Exact = "\x1b[2Jgone\u202e evil\r\nnext\x07"
	c.Employer = "A\x1b]0;title\x07B"
	got := shown(t, present.Text, corvee.Message{Report: &corvee.Report{Title: "T\x1b[31m"}}, corvee.Message{Claim: &c},
		corvee.Message{Rejected: &corvee.Rejected{Input: "a\x1bb", Reason: "r\u2066", Remedy: "m"}})
	for _, bad := range []string{"\x1b", "\u202e", "\u2066", "\x07", "\r"} {
		if strings.Contains(got, bad) {
			t.Errorf("text holds %q:\n%q", bad, got)
		}
	}
}

func TestCellsAreNoFormulas(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=HYPERLINK(1)": "'=HYPERLINK(1)", " +1+2": "' +1+2", "@SUM(A1)": "'@SUM(A1)", "-2+3": "'-2+3", "|calc": "'|calc", "\t=1": "'\t'=1", "a;=1": "a;'=1", "\ufeff=1": "'\ufeff=1", "＝1": "'＝1", "a; =1": "a; =1",
		"-12.5": "-12.5", "200": "200", "Co., Ltd.": "Co., Ltd.", "": "",
	} {
		if got := present.Cell(in); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}

// A row without a hit has a line; a row with two has two.
func TestCSVHoldsEveryRow(t *testing.T) {
	t.Parallel()
	row := func(n int, s corvee.RowState) corvee.Message {
		return corvee.Message{Row: &corvee.Row{Row: n, Name: "N", State: s}}
	}
	hit := func(n int, name string) corvee.Message {
		return corvee.Message{Hit: &corvee.Hit{Row: n, Query: corvee.Query{Name: "=q"}, Matched: name, Band: corvee.BandStrong, Score: 0.9}}
	}
	got := shown(t, present.CSV, row(1, corvee.RowClear), row(2, corvee.RowHit), hit(2, "A"), hit(2, "B"), row(3, corvee.RowRejected))
	var lines []string
	for line := range strings.Lines(got) {
		lines = append(lines, strings.Join(strings.Split(line, ",")[:8], ","))
	}
	want := []string{
		"row,id,state,reason,name,band,score,matched", "1,,clear,,N,,,",
		"2,,hit,,'=q,strong,0.9000,A", "2,,hit,,'=q,strong,0.9000,B", "3,,rejected,,N,,,",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
}

func TestCSVOfClaims(t *testing.T) {
	t.Parallel()
	c := wage()
	got := shown(t, present.CSV, corvee.Message{Report: &corvee.Report{}}, corvee.Message{Claim: &c}, corvee.Message{Summary: &corvee.Summary{}})
	if !strings.Contains(got, "2300,2300,,,money,CNY,person,month") || strings.Count(got, "\n") != 2 {
		t.Errorf("CSV = %q", got)
	}
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	if _, err := present.New("xml", nil); err == nil {
		t.Error("New(xml) = nil error, want unsupported")
	}
}

// A person is shown some of very many rejected lines and how many more there are.
func TestManyRejectedAreCounted(t *testing.T) {
	t.Parallel()
	var messages []corvee.Message
	for range 500 {
		messages = append(messages, corvee.Message{Rejected: &corvee.Rejected{Input: "alt.csv", Reason: "no parent", Remedy: "none"}})
	}
	got := shown(t, present.Text, append(messages, corvee.Message{Summary: &corvee.Summary{Rejected: 500}})...)
	if n := strings.Count(got, "no parent"); n != 20 || !strings.Contains(got, "480 more") {
		t.Errorf("%d lines shown:\n%s", n, got[len(got)-200:])
	}
}
