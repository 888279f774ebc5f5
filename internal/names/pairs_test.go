package names_test

import (
	"os"
	"strings"
	"testing"

	"corvee/internal/names"
)

// even is the score at which a pair is as likely one party as two.
const even = 0.5

// Invented pairs that the project can ship: recall by relation, and no look-alike passes.
func TestOwnPairs(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	found, total, passed := map[string]int{}, 0, 0
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 4 {
			continue
		}
		kind := names.Company
		if strings.HasSuffix(f[3], "person") {
			kind = names.Person
		}
		score := names.Compare(names.Parse(f[0], kind), names.Parse(f[1], kind), names.DefaultWeights()).Score
		switch {
		case f[2] == "yes" && score >= even:
			found[f[3]]++
			passed++
			total++
		case f[2] == "yes":
			total++
			t.Logf("missed   %.2f  %s  %s  (%s)", score, f[0], f[1], f[3])
		case score >= even:
			t.Errorf("look-alikes pass with %.2f: %s, %s (%s)", score, f[0], f[1], f[3])
		}
	}
	t.Logf("own pairs: %d of %d found, %v", passed, total, found)
	if passed*100 < total*90 {
		t.Errorf("found %d of %d pairs of one party, want 90 %%", passed, total)
	}
}
