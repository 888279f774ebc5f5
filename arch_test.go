package corvee_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// The house as a table: room → rooms that it may import beyond itself, the root and
// internal/. A room that is not here may not exist. DESIGN: the domain sits at the bottom,
// stages know nothing of one another, only cmd wires.
var rooms = map[string][]string{
	"corvee": {},
	// stages
	"intake": {}, "read": {}, "corroborate": {}, "assess": {}, "lists": {}, "screen": {},
	// ports and presenters
	"present": {}, "store": {}, "vault": {}, "audit": {},
	"account": {"store", "audit"}, "job": {"store", "audit"},
	"score":    stages,
	"pipeline": append(slices.Clone(stages), "present", "store", "vault", "audit", "job"),
	"api":      {"pipeline", "present", "store", "account"},
	"web":      {"pipeline", "present", "store", "account"},
	"cmd":      {"*"},
	"internal": {},
	"samples":  {},
}

var stages = []string{"intake", "read", "corroborate", "assess", "lists", "screen"}

// What a stage may not touch, and why. intake alone reaches files, processes and the
// network.
var stageBans = map[string]string{
	"os": "a stage is pure", "os/exec": "a stage is pure", "net": "a stage is pure",
	"net/http": "a stage is pure", "database/sql": "a stage knows no store",
	"time.Now": "the clock is passed in", "syscall": "a stage is pure",
}

// Calls that only cmd may make: what varies from run to run is passed in.
var impureCalls = map[string]string{
	"time.Now": "the clock is passed in", "os.Getenv": "configuration is passed in",
	"os.LookupEnv": "configuration is passed in", "os.Environ": "configuration is passed in",
}

var impureImports = map[string]string{
	"math/rand": "the seed is passed in", "math/rand/v2": "the seed is passed in",
	"crypto/rand": "randomness is passed in",
}

// What reaches other machines. One room goes out, with its own rules; a base over the
// network is the business of store's drivers.
var outwardCalls = []string{
	"http.Client", "http.Transport", "http.Get", "http.Head", "http.Post", "http.PostForm", "http.DefaultClient", "http.DefaultTransport",
	"http.NewRequest", "http.NewRequestWithContext", "net.Dial", "net.DialTimeout", "net.Dialer", "net.Resolver", "net.DefaultResolver",
	"net.LookupHost", "net.LookupIP", "net.LookupAddr", "tls.Dial", "tls.Dialer", "smtp.SendMail", "smtp.Dial", "rpc.Dial", "proxy.SOCKS5",
}

const wayOut = "intake/fetch"

var shelfNames = []string{"util", "utils", "common", "helpers", "models", "types"}

const (
	maxFileLines     = 600
	maxPackageLines  = 2500
	maxFunctionLines = 60 // a flat switch may be long; aim for 12
)

// source is one parsed Go file with where it lives.
type source struct {
	file, dir, room string
	syntax          *ast.File
	set             *token.FileSet
	lines           int
}

func TestHouse(t *testing.T) {
	t.Parallel()
	for _, broken := range checkHouse(t, os.DirFS(".")) {
		t.Error(broken)
	}
}

// checkHouse returns every break of the table above, naming file, what and rule. It
// parses the files itself, so that no test cache can hide a break.
func checkHouse(t *testing.T, tree fs.FS) []string {
	t.Helper()
	var broken []string
	packages := map[string][]source{}
	for _, s := range parseTree(t, tree) {
		broken = append(broken, checkFile(s)...)
		packages[s.dir] = append(packages[s.dir], s)
	}
	for dir, files := range packages {
		broken = append(broken, checkPackage(dir, files)...)
	}
	slices.Sort(broken)
	return broken
}

func parseTree(t *testing.T, tree fs.FS) []source {
	t.Helper()
	var out []source
	err := fs.WalkDir(tree, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && p != "." || d.Name() == "testdata" || p == "tools") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		raw, err := fs.ReadFile(tree, p)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		syntax, err := parser.ParseFile(set, p, raw, parser.ParseComments)
		if err != nil {
			return err
		}
		out = append(out, source{p, path.Dir(p), roomOf(path.Dir(p)), syntax, set, strings.Count(string(raw), "\n")})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func roomOf(dir string) string {
	if dir == "." {
		return "corvee"
	}
	room, _, _ := strings.Cut(dir, "/")
	return room
}

func checkFile(s source) []string {
	if _, ok := rooms[s.room]; !ok {
		return []string{fmt.Sprintf("%s: room %q has no row in the table", s.file, s.room)}
	}
	var broken []string
	for _, spec := range s.syntax.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if why := forbidden(s, imported); why != "" {
			broken = append(broken, fmt.Sprintf("%s: imports %s: %s", s.file, imported, why))
		}
	}
	if s.lines > maxFileLines && !generated(s) {
		broken = append(broken, fmt.Sprintf("%s: %d lines; a file is a topic of at most %d", s.file, s.lines, maxFileLines))
	}
	return append(broken, checkBody(s)...)
}

func generated(s source) bool { return ast.IsGenerated(s.syntax) }

func forbidden(s source, imported string) string {
	if inner, ok := strings.CutPrefix(imported, "corvee"); ok && (inner == "" || inner[0] == '/') {
		return forbiddenRoom(s, strings.TrimPrefix(inner, "/"))
	}
	if slices.Contains(stages, s.room) && s.room != "intake" && stageBans[imported] != "" {
		return stageBans[imported]
	}
	if s.room != "cmd" && impureImports[imported] != "" {
		return impureImports[imported]
	}
	if driver(imported) && s.room != "store" {
		return "a database driver lives in store/ only"
	}
	if s.room == "corvee" && strings.Contains(imported, ".") && imported != "github.com/cockroachdb/apd/v3" {
		return "the root imports the standard library and the decimal type only"
	}
	if (s.room == "web" || s.room == "api") && (imported == "math" || imported == "math/big" || strings.Contains(imported, "apd")) {
		return "pages compute no figure"
	}
	return ""
}

func driver(imported string) bool {
	return strings.HasPrefix(imported, "modernc.org/sqlite") || strings.HasPrefix(imported, "github.com/jackc/pgx")
}

func forbiddenRoom(s source, dir string) string {
	room := roomOf(dir)
	switch {
	case dir == "":
		if s.room == "internal" {
			return "instruments know nothing of Corvee"
		}
		return ""
	case room == s.room, room == "internal" && s.room != "corvee":
		return ""
	case slices.Contains(rooms[s.room], room), slices.Contains(rooms[s.room], "*"):
		return ""
	}
	return fmt.Sprintf("%s may not know %s", s.room, room)
}

func checkBody(s source) []string {
	var broken []string
	say := func(n ast.Node, format string, args ...any) {
		at := s.set.Position(n.Pos())
		broken = append(broken, fmt.Sprintf("%s:%d: %s", s.file, at.Line, fmt.Sprintf(format, args...)))
	}
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			checkFunction(s, n, say)
		case *ast.SelectorExpr:
			checkSelector(s, n, say)
		}
		return true
	})
	if s.room == "corvee" || slices.Contains(stages, s.room) && !strings.Contains(s.dir, "/") {
		for name, pos := range foreignInSignatures(s) {
			say(pos, "exported signature shows %s: no foreign type leaves the root or a stage", name)
		}
	}
	return broken
}

type sayer func(n ast.Node, format string, args ...any)

func checkFunction(s source, f *ast.FuncDecl, say sayer) {
	if f.Name.Name == "init" && f.Recv == nil {
		say(f, "func init: nothing registers itself")
	}
	lines := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1
	if lines > maxFunctionLines && !generated(s) {
		say(f, "%s has %d lines; the most is %d", f.Name.Name, lines, maxFunctionLines)
	}
}

func checkSelector(s source, n *ast.SelectorExpr, say sayer) {
	pkg, ok := n.X.(*ast.Ident)
	if ok && s.dir != wayOut && slices.Contains(outwardCalls, pkg.Name+"."+n.Sel.Name) {
		say(n, "%s.%s: all that goes out goes through %s", pkg.Name, n.Sel.Name, wayOut)
	}
	if !ok || s.room == "cmd" {
		return
	}
	if why := impureCalls[pkg.Name+"."+n.Sel.Name]; why != "" {
		say(n, "%s.%s: %s", pkg.Name, n.Sel.Name, why)
	}
	if (s.room == "web" || s.room == "api") && slices.Contains([]string{"Mul", "Div"}, n.Sel.Name) {
		say(n, "%s: pages compute no figure", n.Sel.Name)
	}
}

// foreignInSignatures returns the third-party names that an exported declaration shows.
func foreignInSignatures(s source) map[string]ast.Node {
	foreign := map[string]bool{}
	for _, spec := range s.syntax.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
			continue
		}
		name := path.Base(strings.TrimSuffix(strings.TrimSuffix(imported, "/v2"), "/v3"))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		foreign[name] = true
	}
	found := map[string]ast.Node{}
	look := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && foreign[pkg.Name] {
					found[pkg.Name+"."+sel.Sel.Name] = sel
				}
			}
			return true
		})
	}
	for _, decl := range s.syntax.Decls {
		lookExported(decl, look)
	}
	return found
}

func lookExported(decl ast.Decl, look func(ast.Node)) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() {
			look(d.Type)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if t, ok := spec.(*ast.TypeSpec); ok && t.Name.IsExported() {
				lookType(t.Type, look)
			}
		}
	}
}

// lookType skips the unexported fields of a struct.
func lookType(t ast.Expr, look func(ast.Node)) {
	st, ok := t.(*ast.StructType)
	if !ok {
		look(t)
		return
	}
	for _, field := range st.Fields.List {
		if len(field.Names) == 0 || field.Names[0].IsExported() {
			look(field.Type)
		}
	}
}

func checkPackage(dir string, files []source) []string {
	var broken []string
	name, lines, documented := files[0].syntax.Name.Name, 0, false
	for _, s := range files {
		if !generated(s) {
			lines += s.lines
		}
		documented = documented || s.syntax.Doc != nil
	}
	if slices.Contains(shelfNames, name) {
		broken = append(broken, fmt.Sprintf("%s: package %s: a shelf, not a room", dir, name))
	}
	if !documented {
		broken = append(broken, fmt.Sprintf("%s: no package comment (what comes in, what goes out, its one idea)", dir))
	}
	if lines > maxPackageLines {
		broken = append(broken, fmt.Sprintf("%s: %d lines; the most is %d", dir, lines, maxPackageLines))
	}
	return broken
}
