package lists_test

import (
	"strings"
	"testing"

	"corvee/lists"
)

// TestSources: what is fetched is a list that has limits of its own, over https, under the
// page of its publisher.
func TestSources(t *testing.T) {
	t.Parallel()
	all, err := lists.Sources()
	if err != nil || len(all) < 6 {
		t.Fatalf("Sources = %v, %v", all, err)
	}
	for _, s := range all {
		limits, err := lists.LimitsOf(s.List)
		if err != nil || limits.Source != s.Page {
			t.Errorf("%s: page %q, that of its limits is %q, %v", s.Name, s.Page, limits.Source, err)
		}
		for _, a := range s.Addresses {
			if !strings.HasPrefix(a, "https://") {
				t.Errorf("%s: %s", s.Name, a)
			}
		}
	}
}
