//go:build shared

package facts_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/assess"
	"corvee/assess/headcount"
	"corvee/corroborate"
	"corvee/read/facts"
)

// shared reads the facts as documents.
func shared(t *testing.T) ([]corroborate.Document, []facts.Group, map[string]corvee.Claim) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(os.Getenv("CORVEE_SHARED"), "data", "facts.json"))
	if err != nil {
		t.Fatal(err)
	}
	sheets, groups, rejected, err := facts.Split(raw)
	if err != nil || len(rejected) > 0 {
		t.Fatal(err, rejected)
	}
	var docs []corroborate.Document
	byFact := map[string]corvee.Claim{}
	refused := 0
	for _, s := range sheets {
		claims, bad, err := facts.Claims(s.Report, s.Text)
		if err != nil {
			t.Fatal(err)
		}
		refused += len(bad)
		docs = append(docs, corroborate.Document{Report: s.Report, Text: s.Text, Claims: claims})
		for _, c := range claims {
			id, _, _ := strings.Cut(strings.TrimPrefix(c.Quote.Exact, `{"id":"`), `"`)
			byFact[id] = c
		}
	}
	t.Logf("%d facts are claims, %d rejected with a reason", len(byFact), refused)
	if len(byFact)+refused != 301 {
		t.Errorf("%d of 301 facts accounted for", len(byFact)+refused)
	}
	return docs, groups, byFact
}

func claims(docs []corroborate.Document) (out []corvee.Claim) {
	for _, d := range docs {
		out = append(out, d.Claims...)
	}
	return out
}

// The facts of a group come from no more and no fewer origins than the group says, as far as
// they are claims at all.
func TestSharedGroupsOfOrigin(t *testing.T) {
	docs, groups, byFact := shared(t)
	base := corroborate.NewBase(docs, corroborate.Lineage(docs))
	outside := 0
	for _, g := range groups {
		var own []corvee.Claim
		for _, id := range g.Facts {
			if c, ok := byFact[id]; ok {
				own = append(own, c)
			}
		}
		if len(own) == 0 {
			continue
		}
		n := base.Origins(own).Origins
		if n.Min < 1 || n.Min > g.Max || n.Max < g.Min && len(own) >= g.Min {
			outside++
			t.Errorf("%s: %d to %d origins of %d claims, the group says %d to %d: %v", g.ID, n.Min, n.Max, len(own), g.Min, g.Max, base.Origins(own).Roots)
		}
	}
	t.Logf("%d groups, %d outside their range", len(groups), outside)
}

// The conflicts that the facts name stand side by side.
func TestSharedConflicts(t *testing.T) {
	docs, _, byFact := shared(t)
	of := func(country string, a, b string) bool {
		return slices.ContainsFunc(headcount.Assess(claims(docs), country).Conflicts, func(c headcount.Conflict) bool {
			got := []string{c.A.Claim, c.B.Claim}
			return slices.Contains(got, byFact[a].ID) && slices.Contains(got, byFact[b].ID)
		})
	}
	if !of("KW", "F222", "F223") {
		t.Error("Kuwait, August 2017: 6,064 and 2,500 do not stand as a conflict")
	}
	if !of("RU", "F154", "F163") {
		t.Error("Russia: 47,364 and never above 37,000 do not stand as a conflict")
	}
	base := corroborate.NewBase(docs, corroborate.Lineage(docs))
	if n := base.Origins([]corvee.Claim{byFact["F157"], byFact["F158"]}).Origins; n.Min != 2 {
		t.Errorf("Zenit Arena's 110 and 190 are of %d origins", n.Min)
	}
	if n := base.Origins([]corvee.Claim{byFact["F278"], byFact["F281"]}).Origins; n.Max != 1 {
		t.Errorf("the chain of 1.2 to 2.3 billion counts %d times", n.Max)
	}
}

func TestSharedImpossibleArithmetic(t *testing.T) {
	docs, _, byFact := shared(t)
	found := slices.ContainsFunc(assess.PerHead(claims(docs)), func(f corvee.Finding) bool {
		return slices.Contains(f.Claims, byFact["F278"].ID) && f.Result == corvee.ResultDisagrees && f.Numbers["each"].Low.Cmp(corvee.Int(10000)) > 0
	})
	if !found {
		t.Error("1.2 to 2.3 billion dollars over the workers of the same report is not held against 120 to 150 a month")
	}
}
