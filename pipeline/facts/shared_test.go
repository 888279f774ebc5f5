//go:build shared

package facts_test

import (
	"encoding/json"
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
	docs, groups, byFact, _ := sharedWithRejected(t)
	return docs, groups, byFact
}

func sharedWithRejected(t *testing.T) ([]corroborate.Document, []facts.Group, map[string]corvee.Claim, []corvee.Rejected) {
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
	var refused []corvee.Rejected
	for _, s := range sheets {
		claims, bad, err := facts.Claims(s.Report, s.Text)
		if err != nil {
			t.Fatal(err)
		}
		refused = append(refused, bad...)
		docs = append(docs, corroborate.Document{Report: s.Report, Text: s.Text, Claims: claims})
		for _, c := range claims {
			id, _, _ := strings.Cut(strings.TrimPrefix(c.Quote.Exact, `{"id":"`), `"`)
			byFact[id] = c
		}
	}
	t.Logf("%d facts are claims, %d rejected with a reason", len(byFact), len(refused))
	if len(byFact)+len(refused) != 301 {
		t.Errorf("%d of 301 facts accounted for", len(byFact)+len(refused))
	}
	return docs, groups, byFact, refused
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
		if n.Min < min(g.Min, len(own)) || n.Max > g.Max {
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

// Every conflict that the notes of the facts name is one contested question, where both sides
// are claims at all; where one is not, it was rejected for a reason that says so.
func TestSharedNamedConflicts(t *testing.T) {
	docs, _, byFact, refused := sharedWithRejected(t)
	contested := map[string]string{} // by claim, the question
	for _, q := range corroborate.NewBase(docs, corroborate.Lineage(docs)).Questions(claims(docs)) {
		for _, p := range q.Positions {
			for _, id := range p.Claims {
				if q.Support == corvee.Contested {
					contested[id] = q.ID
				}
			}
		}
	}
	for name, pair := range map[string][2]string{
		"restaurants, 40 and 10 million": {"F130", "F131"}, "Russia, 47,364 and never above 37,000": {"F154", "F163"}, "hours, 12 to 16 and 18 to 20": {"F186", "F199"},
		"Kuwait, 6,064 and 2,500": {"F222", "F223"}, "Selantik, 46 and 49": {"F260", "F261"},
	} {
		a, b := contested[byFact[pair[0]].ID], contested[byFact[pair[1]].ID]
		if a == "" || a != b {
			t.Errorf("%s: questions %q and %q", name, a, b)
		}
	}
	for fact, says := range map[string]string{"F180": "entries", "F187": "entries", "F200": "days/year"} {
		if !slices.ContainsFunc(refused, func(r corvee.Rejected) bool {
			return strings.Contains(r.Input, fact) && strings.Contains(r.Reason, says) && r.Remedy != ""
		}) {
			t.Errorf("%s is not rejected for its unit %q", fact, says)
		}
	}
}

// The chain of 1.2 to 2.3 billion counts once however many retell it; Zenit Arena's 110 is one
// origin with all its retellings, and 190 another.
func TestSharedChainsCountOnce(t *testing.T) {
	docs, groups, byFact := shared(t)
	base := corroborate.NewBase(docs, corroborate.Lineage(docs))
	of := func(group string, more ...string) corvee.OriginCount {
		var own []corvee.Claim
		for _, g := range groups {
			for _, id := range g.Facts {
				if c, ok := byFact[id]; ok && g.ID == group {
					own = append(own, c)
				}
			}
		}
		for _, id := range more {
			own = append(own, byFact[id])
		}
		if len(own) < 2 {
			t.Fatalf("%s: %d claims", group, len(own))
		}
		return base.Origins(own).Origins
	}
	if n := of("G-1.2-2.3BN"); n != (corvee.OriginCount{Min: 1, Max: 1}) {
		t.Errorf("the chain counts %+v times", n)
	}
	if n := of("G-ZENIT110", "F158"); n != (corvee.OriginCount{Min: 2, Max: 2}) {
		t.Errorf("Zenit Arena's 110 and 190 are of %+v origins", n)
	}
}

// What the vocabulary maps is a claim, and what it rejects is rejected with the word that it
// does not map; nothing is guessed, and nothing is lost.
func TestSharedVocabularyDecides(t *testing.T) {
	_, _, byFact, refused := sharedWithRejected(t)
	var words struct{ Rejects map[string][]string }
	var file struct {
		Facts []struct {
			ID, Kind string
			Value    *struct {
				Min, Max  any
				Unit, Per string
			}
		}
	}
	for name, into := range map[string]any{"vocabulary.json": &words, "facts.json": &file} {
		raw, err := os.ReadFile(filepath.Join(os.Getenv("CORVEE_SHARED"), "data", name))
		if err == nil {
			err = json.Unmarshal(raw, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range file.Facts {
		bad := ""
		if f.Value != nil && f.Value.Min == nil && f.Value.Max == nil {
			f.Value = nil // a unit of nothing asks for nothing
		}
		if slices.Contains(words.Rejects["facts.kind"], f.Kind) {
			bad = f.Kind
		} else if f.Value != nil && slices.Contains(words.Rejects["facts.unit"], f.Value.Unit) {
			bad = f.Value.Unit
		} else if f.Value != nil && slices.Contains(words.Rejects["facts.per"], f.Value.Per) {
			bad = f.Value.Per
		} else if f.Kind == "condition" {
			bad = "indicator" // the table names none for a condition
		}
		said := slices.ContainsFunc(refused, func(r corvee.Rejected) bool {
			return strings.HasSuffix(r.Input, f.ID) && strings.Contains(r.Reason, bad)
		})
		if _, taken := byFact[f.ID]; taken == (bad != "") || said != (bad != "") {
			t.Errorf("%s: %q is not mapped, taken %t, rejected for it %t", f.ID, bad, taken, said)
		}
	}
}
