package score_test

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"corvee/read"
	"corvee/score"
)

const (
	ledgerPath = "testdata/scores.txt"
	ledgerSeed = 1
	// slack is how far a strict F1 may fall below the ledger: a point, in per mille.
	slack = 10
)

var strictLine = regexp.MustCompile(`(?m)^strict (\S+)  Value (\S+)  Claim (\S+)$`)

// TestLedger reads the gold as it stands and holds the strict scores to the ledger. With
// UPDATE set it writes the ledger anew instead: make score.
func TestLedger(t *testing.T) {
	t.Parallel()
	reader, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	table, err := score.Run(t.Context(), ownGoldFile(t), ownTexts(), reader.Claims, ledgerSeed)
	if err != nil {
		t.Fatal(err)
	}
	if n := table.Ungrounded(); n > 0 {
		t.Errorf("%d claims quote what their text does not say; grounding must be whole", n)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(ledgerPath, []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	raw, err := os.ReadFile(ledgerPath)
	if err != nil {
		t.Fatal(err)
	}
	for _, fall := range falls(t, string(raw), table.F1) {
		t.Error(fall)
	}
}

// falls returns the strict scores that lie more than the slack below the ledger.
func falls(t *testing.T, ledger string, f1 func(string, score.Level) score.PerMille) []string {
	t.Helper()
	lines := strictLine.FindAllStringSubmatch(ledger, -1)
	if len(lines) < 2 {
		t.Fatalf("the ledger holds %d languages; write it anew with make score", len(lines))
	}
	var out []string
	for _, line := range lines {
		for level, held := range map[score.Level]string{score.Value: line[2], score.Whole: line[3]} {
			now := f1(line[1], level)
			if now < perMille(t, held)-slack {
				out = append(out, fmt.Sprintf("%s: F1 at %s fell from %s to %s; mend the reader, or change the ledger on purpose: make score", line[1], level, held, now))
			}
		}
	}
	return out
}

func perMille(t *testing.T, s string) score.PerMille {
	t.Helper()
	n, err := strconv.Atoi(strings.Replace(s, ".", "", 1))
	if err != nil {
		t.Fatalf("the ledger holds %q where a score should be", s)
	}
	return score.PerMille(n)
}

// The guard itself: a point of fall passes, more does not, and a language that is gone
// counts as fallen.
func TestLedgerGuardsStrictScores(t *testing.T) {
	t.Parallel()
	ledger := "strict en  Value 90.0  Claim 80.0\nstrict ko  Value 50.0  Claim 40.5\n"
	now := func(value, claim int) func(string, score.Level) score.PerMille {
		return func(lang string, l score.Level) score.PerMille {
			switch {
			case lang == "ko":
				return 600
			case l == score.Value:
				return score.PerMille(value)
			}
			return score.PerMille(claim)
		}
	}
	for _, c := range []struct{ value, claim, want int }{{900, 800, 0}, {890, 790, 0}, {1000, 1000, 0}, {889, 800, 1}, {900, 789, 1}, {0, int(score.None), 2}} {
		if got := falls(t, ledger, now(c.value, c.claim)); len(got) != c.want {
			t.Errorf("Value %d, Claim %d: %v, want %d falls", c.value, c.claim, got, c.want)
		}
	}
}
