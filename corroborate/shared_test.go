//go:build shared

package corroborate_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corvee/corroborate"
)

// TestSharedRealClaims tries the fingerprint of claims on annotated real reports, of which the
// claims are at hand and the texts are not: no pair of two story groups may be joined.
func TestSharedRealClaims(t *testing.T) {
	t.Parallel()
	shared := os.Getenv("CORVEE_SHARED")
	if shared == "" {
		t.Skip("CORVEE_SHARED names no folder")
	}
	records := readRecords(t, filepath.Join(shared, "gold", "dev.jsonl"))
	var docs []corroborate.Document
	group := map[string]string{}
	origins := realOrigins(t, filepath.Join(shared, "gold", "groups_dev.json"))
	for _, r := range records {
		docs = append(docs, goldDocument(t, r, ""))
		group[r.ID] = r.ID
		if r.Group != nil {
			group[r.ID] = *r.Group
		}
	}
	hit, apart := 0, 0
	for _, e := range corroborate.Lineage(docs) {
		if strings.HasPrefix(e.To, corroborate.Phantom) {
			continue // read from a publisher's name in brackets
		}
		same := group[e.From] == group[e.To] && slices.ContainsFunc(origins[e.From], func(o string) bool { return slices.Contains(origins[e.To], o) })
		t.Logf("one origin %v: %s → %s %s %d %q", same, e.From, e.To, e.Kind, e.Score, e.Evidence)
		switch {
		case same:
			hit++
		case group[e.From] == group[e.To]:
			apart++
		default:
			t.Errorf("%s (%s) → %s (%s): two stories", e.From, group[e.From], e.To, group[e.To])
		}
	}
	pairs := 0
	for a := range origins {
		for b := range origins {
			if a < b && group[a] == group[b] && slices.ContainsFunc(origins[a], func(o string) bool { return slices.Contains(origins[b], o) }) {
				pairs++
			}
		}
	}
	t.Logf("by claims alone: %d edges within one origin (of %d pairs), %d between two origins of one story", hit, pairs, apart)
	if hit < 1 {
		t.Error("no edge within one origin")
	}
}

func realOrigins(t *testing.T, file string) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var groups struct {
		Groups map[string]struct{ Docs map[string][]string }
	}
	if err := json.Unmarshal(raw, &groups); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, g := range groups.Groups {
		for id, origins := range g.Docs {
			out[id] = origins
		}
	}
	return out
}
