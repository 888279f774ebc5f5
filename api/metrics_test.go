package api_test

import (
	"io"
	"net/http"
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
	req, err := http.NewRequest(http.MethodGet, s.URL+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	said := string(body)
	if err != nil || answer.StatusCode != 200 || !regexp.MustCompile(`(?m)^corvee_events_total [1-9]`).MatchString(said) {
		t.Errorf("%d, %v:\n%s", answer.StatusCode, err, said)
	}
	line := regexp.MustCompile(`^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{version="[^"]*"\})? [0-9]+)$`)
	for l := range strings.Lines(said) {
		if !line.MatchString(strings.TrimSuffix(l, "\n")) {
			t.Errorf("line %q", l)
		}
	}
}
