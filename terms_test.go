package corvee_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"corvee"
)

func terms(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("docs/terms.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// The worked examples of docs/terms.md are hashed twice: as the page writes them, and as
// the program does.
func TestTermsWorkOneIDPerKind(t *testing.T) {
	t.Parallel()
	example := regexp.MustCompile("(?s)### (\\w+)\n.*?```json claim\n(.*?)\n```\n```json identity\n(.*?)\n```\n```id\n(.*?)\n```")
	seen := map[corvee.Kind]bool{}
	for _, m := range example.FindAllStringSubmatch(terms(t), -1) {
		kind, raw, identity, want := corvee.Kind(m[1]), m[2], m[3], m[4]
		sum := sha256.Sum256([]byte(identity))
		if got := "c" + hex.EncodeToString(sum[:])[:32]; got != want {
			t.Errorf("%s: the page's identity hashes to %s, the page says %s", kind, got, want)
		}
		var c corvee.Claim
		if err := json.Unmarshal([]byte(raw), &c); err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if err := c.Validate(); err != nil || c.Kind != kind {
			t.Errorf("%s: kind %s, %v", kind, c.Kind, err)
		}
		if got := c.NewID(); got != want {
			t.Errorf("%s: NewID = %s, the page says %s", kind, got, want)
		}
		seen[kind] = true
	}
	for _, kind := range corvee.Kinds() {
		if !seen[kind] {
			t.Errorf("docs/terms.md has no worked id of a %s", kind)
		}
	}
}

// Every Go type that the page names exists, and every exported type of the package that
// goes into the stream or the base is on the page.
func TestTermsNameTheTypes(t *testing.T) {
	t.Parallel()
	table, _, _ := strings.Cut(terms(t), "## The identity of a claim")
	named := map[string]bool{}
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || strings.Contains(line, "---") {
			continue
		}
		for _, m := range regexp.MustCompile("`([A-Z]\\w+)[.`]").FindAllStringSubmatch(cells[4], -1) {
			named[m[1]] = true
		}
	}
	types := exportedTypes(t)
	for name := range named {
		if !types[name] {
			t.Errorf("docs/terms.md names corvee.%s, which does not exist", name)
		}
	}
	// Parts of a noun are told with it, the instruments are no nouns.
	for _, part := range []string{
		"PlacePrecision", "SlotName", "DatePrecision", "Exclusive", "RowState", "Row", "RowCounts", "Rejected", "Summary", "Config",
		"ListInfo", "ListingRef", "FactEffect", "Result", "LineageKind", "ClaimOrigin", "SiteStatus", "NameKind", "PartyType",
		"Identifier", "JudgementWord", "Encoder", "Decoder", "Vocabulary",
	} {
		delete(types, part)
	}
	for name := range types {
		if !named[name] {
			t.Errorf("corvee.%s has no line in docs/terms.md", name)
		}
	}
}

func exportedTypes(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && spec.Name.IsExported() {
				types[spec.Name.Name] = true
			}
			return true
		})
	}
	return types
}
