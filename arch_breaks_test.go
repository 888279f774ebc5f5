package corvee_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Each kind of break, planted in a house of one file: a rule that cannot fail guards
// nothing.
func TestHouseFindsPlantedBreaks(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("//\n", maxFileLines+1)
	for name, c := range map[string]struct{ file, body, want string }{
		"stage imports stage":      {"read/a.go", `import _ "corvee/screen"`, "read may not know screen"},
		"stage imports store":      {"screen/a.go", `import _ "corvee/store"`, "screen may not know store"},
		"stage touches files":      {"assess/a.go", `import _ "os"`, "a stage is pure"},
		"stage touches http":       {"lists/a.go", `import _ "net/http"`, "a stage is pure"},
		"stage touches sql":        {"corroborate/a.go", `import _ "database/sql"`, "a stage knows no store"},
		"inner stage touches sql":  {"read/internal/x/a.go", `import _ "database/sql"`, "a stage knows no store"},
		"store imports audit":      {"store/a.go", `import _ "corvee/audit"`, "store may not know audit"},
		"web imports a stage":      {"web/a.go", `import _ "corvee/read"`, "web may not know read"},
		"pipeline imports web":     {"pipeline/a.go", `import _ "corvee/web"`, "pipeline may not know web"},
		"root imports a room":      {"a.go", `import _ "corvee/store"`, "corvee may not know store"},
		"root imports a library":   {"a.go", `import _ "golang.org/x/text/width"`, "standard library and the decimal"},
		"instrument imports root":  {"internal/names/a.go", `import _ "corvee"`, "know nothing of Corvee"},
		"driver outside store":     {"pipeline/a.go", `import _ "modernc.org/sqlite"`, "driver lives in store"},
		"pgx outside store":        {"cmd/corvee/a.go", `import _ "github.com/jackc/pgx/v5/stdlib"`, "driver lives in store"},
		"clock":                    {"pipeline/a.go", "import \"time\"\nvar _ = time.Now", "the clock is passed in"},
		"environment":              {"web/a.go", "import \"os\"\nvar _ = os.Getenv", "configuration is passed in"},
		"randomness":               {"audit/a.go", `import _ "crypto/rand"`, "randomness is passed in"},
		"another way out":          {"pipeline/a.go", "import \"net/http\"\nvar _ = http.DefaultClient", "goes through intake/fetch"},
		"a command goes out":       {"cmd/corvee/a.go", "import \"net\"\nvar _, _ = net.Dial(\"tcp\", \"a:1\")", "goes through intake/fetch"},
		"init":                     {"present/a.go", "func init() {}", "nothing registers itself"},
		"shelf":                    {"internal/util/a.go", "", "a shelf, not a room"},
		"unknown room":             {"attic/a.go", "", "has no row in the table"},
		"foreign type in stage":    {"read/a.go", "import \"github.com/x/apd\"\nfunc Verb() apd.T { panic(0) }", "no foreign type leaves"},
		"foreign type in a struct": {"screen/a.go", "import \"github.com/x/apd\"\ntype T struct{ F apd.T }", "no foreign type leaves"},
		"page computes":            {"web/a.go", "func f(d, e interface{ Mul(any) any }) any { return d.Mul(e) }", "compute no figure"},
		"page does mathematics":    {"api/a.go", `import _ "math"`, "compute no figure"},
		"no package comment":       {"vault/a.go", "", "no package comment"},
		"long file":                {"read/a.go", long, "a file is a topic"},
		"long function":            {"read/a.go", "func f() {\n" + strings.Repeat("\n", maxFunctionLines) + "}", "lines; the most is"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pkg := "x"
			if name == "shelf" {
				pkg = "util"
			}
			house := fstest.MapFS{c.file: {Data: []byte("package " + pkg + "\n" + c.body + "\n")}}
			if got := strings.Join(checkHouse(t, house), "\n"); !strings.Contains(got, c.want) {
				t.Errorf("planted %q in %s; found %q, want %q", c.body, c.file, got, c.want)
			}
		})
	}
}

func TestHouseAcceptsASoundFile(t *testing.T) {
	t.Parallel()
	house := fstest.MapFS{"read/a.go": {Data: []byte("// Package read reads.\npackage read\n\nimport _ \"corvee\"\n")}}
	if broken := checkHouse(t, house); len(broken) != 0 {
		t.Errorf("checkHouse = %v, want none", broken)
	}
}
