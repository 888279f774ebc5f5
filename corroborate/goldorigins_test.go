package corroborate_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"corvee"
	"corvee/corroborate"
)

// TestGoldOrigins compares counts with the true origins of the gold's groups. A claim
// enters if each report that states the same has one origin, so that no annotator's view
// of single claims is needed, and if it is not a law, which nobody witnesses.
func TestGoldOrigins(t *testing.T) {
	t.Parallel()
	origins := groupOrigins(t)
	docs := goldDocuments(t)
	report := map[string]string{}
	kinds := map[string]corvee.Kind{}
	for _, d := range docs {
		for _, c := range d.Claims {
			report[c.ID], kinds[c.ID] = d.Report.ID, c.Kind
		}
	}
	n, several, within, off := 0, 0, 0, 0
	for id, s := range corroborate.Supports(docs, corroborate.Lineage(docs)) {
		truth := trueOrigins(s.Claims, report, origins)
		if truth == 0 || kinds[id] == corvee.KindLaw {
			continue
		}
		n++
		if len(s.Claims) > 1 {
			several++
		}
		off += max(s.Origins.Max-truth, truth-s.Origins.Max)
		if s.Origins.Min <= truth && truth <= s.Origins.Max {
			within++
		} else {
			t.Logf("%s: %d true origins, counted %+v", id, truth, s)
		}
	}
	t.Logf("%d claims, %d of them stated more than once: the true count is within the range for %d; the upper count is off by %.3f on average", n, several, within, float64(off)/float64(n))
	if n < 150 || several < 80 || 100*within < 98*n || 100*off > 3*n {
		t.Errorf("%d claims, %d stated more than once, %d within, off by %d in all", n, several, within, off)
	}
}

// trueOrigins returns the number of different origins of the reports, 0 if one of them has
// several or none.
func trueOrigins(claims []string, report map[string]string, origins map[string][]string) int {
	seen := map[string]bool{}
	for _, id := range claims {
		of := origins[report[id]]
		if len(of) != 1 {
			return 0
		}
		seen[of[0]] = true
	}
	return len(seen)
}

func groupOrigins(t *testing.T) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(goldDir, "groups.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups map[string]struct{ Docs map[string][]string }
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for name, g := range file.Groups {
		for id, of := range g.Docs {
			for _, o := range of {
				out[id] = append(out[id], name+" "+o)
			}
		}
	}
	return out
}
