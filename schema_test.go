package corvee_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"corvee"
)

//go:generate env UPDATE=1 go test -run TestSchemaIsFresh .

const schemaFile = "docs/corvee-1.schema.json"

// enumTypes are the string types of the stream whose constants are a closed list. The
// words come from the source, so that a new constant cannot be forgotten here.
func enumTypes() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[corvee.Kind](), reflect.TypeFor[corvee.Indicator](), reflect.TypeFor[corvee.Sector](),
		reflect.TypeFor[corvee.Unit](), reflect.TypeFor[corvee.Per](), reflect.TypeFor[corvee.RatePeriod](),
		reflect.TypeFor[corvee.Factuality](), reflect.TypeFor[corvee.Polarity](), reflect.TypeFor[corvee.PlacePrecision](),
		reflect.TypeFor[corvee.Speaker](), reflect.TypeFor[corvee.Review](), reflect.TypeFor[corvee.ListingKind](),
		reflect.TypeFor[corvee.ClaimOrigin](), reflect.TypeFor[corvee.ListID](), reflect.TypeFor[corvee.Exclusive](),
		reflect.TypeFor[corvee.DatePrecision](), reflect.TypeFor[corvee.SlotName](), reflect.TypeFor[corvee.Rung](),
		reflect.TypeFor[corvee.LineageKind](), reflect.TypeFor[corvee.Result](), reflect.TypeFor[corvee.RowState](),
		reflect.TypeFor[corvee.Band](), reflect.TypeFor[corvee.PartyType](), reflect.TypeFor[corvee.InputState](),
		reflect.TypeFor[corvee.ChangeKind](), reflect.TypeFor[corvee.JudgementWord](),
	}
}

// constants returns the words of each named string type of the package, in written order.
func constants(t testing.TB) map[string][]any {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string][]any{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			named, ok := spec.Type.(*ast.Ident)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
				word, _ := strconv.Unquote(literal.Value)
				words[named.Name] = append(words[named.Name], word)
			}
			return true
		})
	}
	return words
}

// streamSchema makes the JSON Schema of one message from the Go types: what Go always
// writes is required, everything else may be absent or null, unknown fields are allowed.
func streamSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	date := &jsonschema.Schema{Types: []string{"null", "string"}, Pattern: `^\d{4}(-\d{2}(-\d{2})?)?$`, Description: "as precise as it is known (EDTF); null is unknown"}
	types := map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[corvee.Decimal](): {Types: []string{"null", "string"}, Pattern: `^-?\d+(\.\d+)?$`, Description: "exact decimal; null is unbounded or unknown"},
		reflect.TypeFor[corvee.Date]():    date,
		reflect.TypeFor[json.RawMessage](): {
			Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string"}, Description: "cells by their header, in the order of the table",
		},
		reflect.TypeFor[corvee.When](): {
			Type: "object", PropertyOrder: []string{"from", "to", "precision", "relative", "unresolved"},
			Properties: map[string]*jsonschema.Schema{
				"from": date.CloneSchemas(), "to": date.CloneSchemas(), "precision": {Type: "string", Enum: constants(t)["DatePrecision"]},
				"relative": {Type: "boolean"}, "unresolved": {Type: "string"},
			},
			Description: "both ends inclusive, never padded; null is open",
		},
	}
	words := constants(t)
	for _, enum := range enumTypes() {
		if len(words[enum.Name()]) == 0 {
			t.Fatalf("no constants of type %s", enum.Name())
		}
		types[enum] = &jsonschema.Schema{Type: "string", Enum: words[enum.Name()]}
	}
	s, err := jsonschema.For[corvee.Message](&jsonschema.ForOptions{TypeSchemas: types})
	if err != nil {
		t.Fatal(err)
	}
	loosen(s)
	for _, carried := range s.Properties {
		carried.Type, carried.Types = "object", nil // a message that carries nothing is none
	}
	s.Schema, s.ID = "https://json-schema.org/draft/2020-12/schema", "urn:corvee:1"
	s.Title = "One line of the corvee/1 stream"
	s.Description = "A JSON object with one key, which names what it carries. Unknown keys and fields are ignored; an absent field is unknown. Generated from the Go types: go generate ."
	s.MinProperties, s.MaxProperties = jsonschema.Ptr(1), jsonschema.Ptr(1)
	return s
}

// loosen allows unknown fields, and null where a field is optional. A field that Go writes
// as null when it is unknown may be left out as well.
func loosen(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if len(s.Properties) > 0 {
		s.AdditionalProperties = nil
	}
	s.Required = slices.DeleteFunc(s.Required, func(name string) bool {
		return slices.Contains(s.Properties[name].Types, "null")
	})
	for name, p := range s.Properties {
		loosen(p)
		if !slices.Contains(s.Required, name) {
			nullable(p)
		}
	}
	loosen(s.Items)
	loosen(s.AdditionalProperties)
}

func nullable(s *jsonschema.Schema) {
	if s.Type != "" {
		s.Types, s.Type = []string{"null", s.Type}, ""
	}
	if s.Enum != nil && !slices.Contains(s.Enum, nil) {
		s.Enum = append(slices.Clone(s.Enum), nil)
	}
}

func TestSchemaIsFresh(t *testing.T) {
	t.Parallel()
	want, err := json.MarshalIndent(streamSchema(t), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale; run UPDATE=1 go test -run TestSchemaIsFresh .", schemaFile)
	}
}

// validator checks lines against the schema that is checked in, not the one just made.
func validator(t testing.TB) func(line []byte) error {
	t.Helper()
	raw, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	resolved, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return func(line []byte) error {
		var value any
		if err := json.Unmarshal(line, &value); err != nil {
			return err
		}
		return resolved.Validate(value)
	}
}

func TestSchemaTakesEveryMessage(t *testing.T) {
	t.Parallel()
	valid := validator(t)
	seen := map[string]bool{}
	for _, m := range everyMessage() {
		line := encode(t, m)
		if err := valid([]byte(line)); err != nil {
			t.Errorf("%v: %s", err, line)
		}
		var keyed map[string]any
		_ = json.Unmarshal([]byte(line), &keyed)
		for key := range keyed {
			seen[key] = true
		}
	}
	message := reflect.TypeFor[corvee.Message]()
	for i := range message.NumField() {
		key, _, _ := strings.Cut(message.Field(i).Tag.Get("json"), ",")
		if !seen[key] {
			t.Errorf("no message %q was tried", key)
		}
	}
	if err := valid([]byte(`{"report":{"id":"a","text":"b","media_type":"text/plain","bytes":1}}`)); err != nil {
		t.Errorf("a report that leaves out what it does not know: %v", err)
	}
	if err := valid([]byte(`{"omen":{"of":"later"}}`)); err != nil {
		t.Errorf("a message of a later version: %v", err)
	}
	if err := valid([]byte(`{"row":{"row":1,"state":"clear","mood":"fine"}}`)); err != nil {
		t.Errorf("a field of a later version: %v", err)
	}
}

func TestSchemaRefusesPlantedFaults(t *testing.T) {
	t.Parallel()
	valid := validator(t)
	claim := encode(t, corvee.Message{Claim: ptr(sample())})
	for name, line := range map[string]string{
		"no key":                `{}`,
		"two keys":              `{"row":{"row":1,"state":"clear"},"claim":null}`,
		"no object":             `[1]`,
		"carries nothing":       `{"claim":null}`,
		"a kind that is none":   strings.Replace(claim, `"wage"`, `"rumour"`, 1),
		"a number for a figure": strings.Replace(claim, `"low":"2300"`, `"low":2300`, 1),
		"words for a figure":    strings.Replace(claim, `"low":"2300"`, `"low":"many"`, 1),
		"an exponent":           strings.Replace(claim, `"low":"2300"`, `"low":"2.3e3"`, 1),
		"null for a kind":       strings.Replace(claim, `"wage"`, `null`, 1),
		"no quote":              strings.Replace(claim, `"quote"`, `"quota"`, 1),
		"offset as text":        strings.Replace(claim, `"start":10`, `"start":"10"`, 1),
		"unknown sector":        strings.Replace(claim, `"garments"`, `"wigs"`, 1),
		"unknown speaker":       strings.Replace(claim, `"anonymous"`, `"insider"`, 1),
		"padded date":           `{"report":{"id":"a","text":"b","media_type":"text/plain","bytes":1,"published":"2020-11-19T00:00:00Z"}}`,
		"unknown row state":     `{"row":{"row":1,"state":"maybe"}}`,
		"row as text":           `{"row":{"row":"1","state":"clear"}}`,
		"hit without listing":   `{"hit":{"row":1,"query":{"name":"x"},"matched":"x","score":1,"band":"strong","tokens":[],"unreviewed":0}}`,
		"unknown band":          strings.Replace(encode(t, everyMessage()[8]), `"strong"`, `"certain"`, 1),
		"proven":                `{"finding":{"kind":"k","rule":"r","result":"proven","numbers":{},"claims":[],"unreviewed":0,"text":""}}`,
	} {
		if strings.Count(line, "") < 3 || line == claim {
			t.Errorf("%s: nothing was planted", name)
		}
		if err := valid([]byte(line)); err == nil {
			t.Errorf("%s: accepted: %s", name, line)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// The shapes of the contract, one line for each alternative that a shape lists.
func TestSchemaTakesTheContractsShapes(t *testing.T) {
	t.Parallel()
	valid := validator(t)
	raw, err := os.ReadFile("testdata/contract/shapes.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
	for _, line := range lines {
		for _, one := range alternatives(string(line)) {
			if err := valid([]byte(one)); err != nil {
				t.Errorf("%v: %s", err, one)
			}
			if _, errs := decode(one); len(errs) > 0 {
				t.Errorf("%v: %s", errs, one)
			}
		}
	}
	if len(lines) < 10 {
		t.Errorf("%d shapes", len(lines))
	}
}

// alternatives writes a line once for each word of its first "a|b|c".
func alternatives(line string) []string {
	for _, quoted := range strings.Split(line, `"`) {
		if !strings.Contains(quoted, "|") || strings.Contains(quoted, " ") {
			continue
		}
		var out []string
		for _, word := range strings.Split(quoted, "|") {
			out = append(out, alternatives(strings.Replace(line, quoted, word, 1))...)
		}
		return out
	}
	return []string{line}
}

// Every stream among the samples keeps to the schema.
func TestSchemaTakesTheSamples(t *testing.T) {
	t.Parallel()
	valid := validator(t)
	err := fs.WalkDir(os.DirFS("samples"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".jsonl" {
			return err
		}
		raw, err := os.ReadFile(filepath.Join("samples", path))
		for i, line := range bytes.Split(raw, []byte("\n")) {
			if len(line) == 0 {
				continue
			}
			if err := valid(line); err != nil {
				t.Errorf("samples/%s:%d: %v", path, i+1, err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
