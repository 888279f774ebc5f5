package people_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/people"
)

const text = "HUNCHUN — A worker named Ryom Chol Hui said their passports were taken.\n\n노동자 김철수는 한 달에 300위안을 받았다고 말했다. Director Pak Tok Hun denied it."

// view is a report with one claim quoting a name, and one by an official who may be named.
func view(t *testing.T) pipeline.ReportView {
	t.Helper()
	body, err := corvee.NewText(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	quote := func(words string) corvee.Quote {
		at := strings.Index(text, words)
		q, err := body.Quote(corvee.Span{Start: at, End: at + len(words)})
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	return pipeline.ReportView{
		Report: corvee.Report{ID: "sha256:a", Publisher: "Border Ledger", Title: "Worker named Ryom Chol Hui speaks"}, Text: body,
		Claims: []corvee.Claim{
			{ID: "c1", Report: "sha256:a", Quote: quote("Ryom Chol Hui said their passports were taken"), Mentions: []corvee.Quote{quote("김철수는 한 달에 300위안을")}},
			{ID: "c2", Report: "sha256:a", Quote: quote("Pak Tok Hun denied it"), Attribution: []corvee.Attribution{{Name: "Pak Tok Hun", Speaker: corvee.SpeakerNamedOfficial}}},
		},
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	v := view(t)
	got, err := people.Report(v)
	if err != nil {
		t.Fatal(err)
	}
	all := got.Text.String() + got.Report.Title + got.Claims[0].Quote.Exact + got.Claims[0].Mentions[0].Exact
	for _, name := range []string{"Ryom", "Chol", "Hui", "김철수"} {
		if strings.Contains(all, name) {
			t.Errorf("%q is shown in %q", name, all)
		}
	}
	for _, kept := range []string{"passports were taken", "300위안", "Pak Tok Hun", "HUNCHUN"} {
		if !strings.Contains(got.Text.String(), kept) {
			t.Errorf("%q is covered", kept)
		}
	}
	for _, c := range got.Claims { // every offset still holds
		if err := got.Text.Ground(c.Quote); err != nil {
			t.Error(err)
		}
	}
	if got.Text.Len() != v.Text.Len() {
		t.Errorf("%d bytes became %d", v.Text.Len(), got.Text.Len())
	}
	if diff := cmp.Diff(view(t).Claims, v.Claims); diff != "" {
		t.Errorf("what was given was changed: %s", diff)
	}
	again, err := people.Report(got)
	if err != nil || again.Text.String() != got.Text.String() {
		t.Errorf("covering twice is not covering once: %q, %v", again.Text.String(), err)
	}
}

func TestExplanation(t *testing.T) {
	t.Parallel()
	v := view(t)
	e, err := people.Explanation(pipeline.Explanation{Claim: v.Claims[0], Report: v.Report, Text: v.Text}, v)
	if err != nil || strings.Contains(e.Text.String()+e.Claim.Quote.Exact+e.Report.Title, "Ryom") {
		t.Errorf("%v %+v", err, e)
	}
}
