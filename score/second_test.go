package score_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"corvee"
	"corvee/score"
)

// leastAgreement is how far two annotators agree on the claims of a fifth of the gold, in per
// mille of F1: what was measured, less a point.
const leastAgreement = 914

func TestAgree(t *testing.T) {
	t.Parallel()
	second, err := os.ReadFile("testdata/second/claims.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	table, err := score.Agree(t.Context(), ownGoldFile(t), second, ownTexts(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(second), "\n"); n != 13 || table.Ungrounded() > 0 {
		t.Errorf("%d reports, %d claims that their text does not say", n, table.Ungrounded())
	}
	if got := table.F1("all", score.Value); got < leastAgreement {
		t.Errorf("the annotators agree to %s, want %d", got, leastAgreement)
	}
}

// Whoever agrees with oneself agrees in everything.
func TestAgreeWithOneself(t *testing.T) {
	t.Parallel()
	table, err := score.Agree(t.Context(), ownGoldFile(t), ownGoldFile(t), ownTexts(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Errors) > 0 || table.F1("all", score.Full) != 1000 {
		t.Errorf("%d errors, F1 %s:\n%s", len(table.Errors), table.F1("all", score.Full), table.Listing())
	}
}

func TestAgreeNeedsSharedReports(t *testing.T) {
	t.Parallel()
	if _, err := score.Agree(t.Context(), ownGoldFile(t), nil, ownTexts(), 1); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("err = %v, want ErrNotFound", err)
	}
}
