//go:build shared

package dossier_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee/corroborate"
	"corvee/pipeline/dossier"
)

// The dossier of the province in the real report: the deadline passed by the time of the
// work, the waterfall, the share, and what is extrapolated.
func TestSharedSeedDossier(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(os.Getenv("CORVEE_SHARED"), "seed", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no seed", err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	doc := report(t, "sha256:seed", "Daily NK", "2020-11-19", string(raw))
	docs := []corroborate.Document{doc}
	for _, name := range []string{"Jilin", "China"} {
		d, err := dossier.Of(docs, name, "test", made, dossier.Leave{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d claims, %d questions, %d waterfalls", name, len(d.Claims), len(d.Questions), len(d.Waterfalls))
		for _, w := range d.Waterfalls {
			t.Logf("  %s %v %s", w.Unit, w.Rows, w.Withheld)
		}
		for _, f := range d.Ledger {
			t.Logf("  %s %s %v", f.Kind, f.Text, f.Needs)
		}
		for _, r := range d.Law {
			t.Logf("  %s %s", r.ID, r.Text)
		}
	}
	d, err := dossier.Of(docs, "China", "test", made, dossier.Leave{})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Waterfalls) == 0 || d.Waterfalls[0].Rows[0].Amount != "2300" || d.Waterfalls[0].Rows[1].Amount != "2000" || d.Waterfalls[0].Rows[2].Amount != "300" || d.Waterfalls[0].Withheld != "87" {
		t.Errorf("waterfall %+v", d.Waterfalls)
	}
	passed := false
	for _, r := range d.Law {
		for _, c := range r.Conditions {
			passed = passed || r.ID == "UNSCR-2397" && c.Text == "activity.end_or_open gt 2019-12-22" && c.Truth == "holds"
		}
	}
	if !passed {
		t.Error("the deadline of 22 December 2019 does not stand as passed")
	}
	j, err := dossier.Of(docs, "Jilin", "test", made, dossier.Leave{})
	if err != nil {
		t.Fatal(err)
	}
	extrapolated := false
	for _, f := range j.Ledger {
		extrapolated = extrapolated || f.Kind == "ledger.extrapolation" && strings.Contains(f.Text, "50,000,000–60,000,000 a month") && len(f.Needs) > 1
	}
	if !extrapolated {
		t.Error("25,000 to 30,000 in Jilin at CNY 2,000 is not extrapolated")
	}
}
