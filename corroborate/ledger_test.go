package corroborate_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"corvee/corroborate"
)

// lineageLedger stands beside the ledger of reading.
const lineageLedger = "../score/testdata/lineage.txt"

// lineageSlack is how far an F1 may fall below the ledger. One edge of eight is 7 points: with
// claims as they are read a better reader may lose one and gain two.
const lineageSlack = 0.10

var lineageLine = regexp.MustCompile(`(?m)^(annotated|read) +(\S+) +\d+ .* (\d\.\d\d) +\d\.\d\d$`)

// TestLineageLedger holds lineage on the gold to its ledger, with claims as annotated and as
// read. With UPDATE set it writes the ledger anew instead: make score.
func TestLineageLedger(t *testing.T) {
	t.Parallel()
	want := goldEdges(readGold(t))
	got := map[string]map[string]*tally{
		"annotated": tallies(t, corroborate.Lineage(goldDocuments(t)), want),
		"read":      tallies(t, corroborate.Lineage(readDocuments(t)), want),
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(lineageLedger, []byte(lineageTable(got)), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	raw, err := os.ReadFile(lineageLedger)
	if err != nil {
		t.Fatal(err)
	}
	lines := lineageLine.FindAllStringSubmatch(string(raw), -1)
	if len(lines) != 8 {
		t.Fatalf("the ledger holds %d rows, want 8; write it anew with make score", len(lines))
	}
	for _, l := range lines {
		held, err := strconv.ParseFloat(l[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		if now := got[l[1]][l[2]].f1(); now < held-lineageSlack {
			t.Errorf("%s, claims as %s: F1 fell from %.2f to %.2f; mend it, or change the ledger on purpose: make score", l[2], l[1], held, now)
		}
	}
}

func lineageTable(got map[string]map[string]*tally) string {
	var b strings.Builder
	fmt.Fprintln(&b, "Which report depends on which, on the invented gold: pairs of reports. Reprint includes abridgement.")
	fmt.Fprintf(&b, "%-10s %-12s %3s   %s    %s    %s   %s\n", "claims as", "edge", "n", "P", "R", "F1", "direction")
	for _, claims := range slices.Sorted(maps.Keys(got)) {
		for _, kind := range slices.Sorted(maps.Keys(got[claims])) {
			c := got[claims][kind]
			fmt.Fprintf(&b, "%-10s %-12s %3d  %.2f  %.2f  %.2f  %.2f\n", claims, kind, c.hit+c.reversed+c.missed,
				c.precision(), c.recall(), c.f1(), ratio(c.hit, c.hit+c.reversed))
		}
	}
	return b.String()
}
