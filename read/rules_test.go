package read_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee/read"
)

// TestRulesProveThemselves runs the examples of every rule file.
func TestRulesProveThemselves(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("rules/*/*.rule")
	if err != nil || len(files) == 0 {
		t.Fatalf("rule files = %v, %v", files, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range read.CheckRules(raw) {
			t.Errorf("%s: %v", file, fault)
		}
	}
}

// TestCheckRulesFindsFaults plants one fault of each kind.
func TestCheckRulesFindsFaults(t *testing.T) {
	t.Parallel()
	const good = "rule x\nabout a\nkind headcount\nmatch <persons>=value\n+ The plant has 12 North Korean workers.\n+ The mill has 9 North Korean workers.\n- Twelve lamps hang there.\n"
	if faults := read.CheckRules([]byte(good)); len(faults) > 0 {
		t.Fatalf("CheckRules(good) = %v", faults)
	}
	for name, edit := range map[string][2]string{
		"unknown kind":         {"kind headcount", "kind crowd"},
		"no about":             {"about a\n", ""},
		"unknown class":        {"<persons>=value", "@nosuch"},
		"unknown entity":       {"<persons>=value", "<robots>"},
		"unknown role":         {"<persons>=value", "<persons>=vlaue"},
		"open bracket":         {"<persons>=value", "( <persons>=value"},
		"too few examples":     {"+ The mill has 9 North Korean workers.\n", ""},
		"no counter-example":   {"- Twelve lamps hang there.\n", ""},
		"example not read":     {"The mill has 9 North Korean workers.", "The mill has nine lamps."},
		"counter-example read": {"Twelve lamps hang there.", "The mill has 9 North Korean workers."},
		"unknown key":          {"about a", "abuot a"},
		"indicator missing":    {"kind headcount", "kind condition"},
		"score out of range":   {"about a", "about a\nscore 200"},
	} {
		bad := strings.Replace(good, edit[0], edit[1], 1)
		if faults := read.CheckRules([]byte(bad)); len(faults) == 0 {
			t.Errorf("%s: CheckRules found nothing in\n%s", name, bad)
		}
	}
}
