package read_test

import (
	"context"
	"testing"

	"corvee"
	"corvee/read"
)

func claims(t testing.TB, r *read.Reader, report corvee.Report, content string) []corvee.Claim {
	t.Helper()
	text, err := corvee.NewText(content, nil)
	if err != nil {
		t.Fatal(err)
	}
	report.Text = text.Hash()
	var out []corvee.Claim
	for c, err := range r.Claims(context.Background(), report, text) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func reader(t testing.TB) *read.Reader {
	t.Helper()
	r, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}
