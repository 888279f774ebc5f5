package corvee_test

import (
	"os"
	"strings"
	"testing"
)

// Every module that the project asks for has a line with its reason.
func TestDependenciesHaveReasons(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	reasons, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	direct, _, _ := strings.Cut(strings.SplitN(string(mod), "require (", 2)[1], ")")
	for line := range strings.Lines(direct) {
		module, _, ok := strings.Cut(strings.TrimSpace(line), " ")
		short := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(module, "/v2"), "/v3"), "github.com/")
		if ok && !strings.Contains(string(reasons), short) {
			t.Errorf("%s has no reason in docs/dependencies.md", module)
		}
	}
}
