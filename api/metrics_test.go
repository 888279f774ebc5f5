package api_test

import (
	"regexp"
	"strings"
	"testing"
)

// Every line is one that Prometheus reads, and none names what the base is about.
func TestMetrics(t *testing.T) {
	t.Parallel()
	s := setup(t)
	if status, _, _ := (call{"GET", "/metrics", "", false, ""}).do(t, s); status != 401 {
		t.Errorf("without a key: %d, want 401", status)
	}
	status, body, _ := (call{"GET", "/metrics", "", true, ""}).do(t, s)
	said := string(body)
	if status != 200 || !strings.Contains(said, "corvee_reports 1\n") {
		t.Errorf("%d:\n%s", status, said)
	}
	line := regexp.MustCompile(`^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{version="[^"]*"\})? [0-9]+)$`)
	for l := range strings.Lines(said) {
		if !line.MatchString(strings.TrimSuffix(l, "\n")) {
			t.Errorf("line %q", l)
		}
	}
}
