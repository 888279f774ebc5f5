package export_test

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corvee/present/export"
)

// schema is one row of testdata/ftm.tsv.
type schema struct {
	extends, required []string
	properties        map[string]string
}

func schemata(t *testing.T) map[string]schema {
	t.Helper()
	raw, err := os.ReadFile("testdata/ftm.tsv")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]schema{}
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 4 {
			continue
		}
		s := schema{strings.FieldsFunc(cells[1], comma), strings.FieldsFunc(cells[2], comma), map[string]string{}}
		for _, p := range strings.Fields(cells[3]) {
			name, kind, _ := strings.Cut(p, ":")
			s.properties[name] = kind
		}
		out[cells[0]] = s
	}
	return out
}

func comma(r rune) bool { return r == ',' }

// is reports whether a schema is another or extends it.
func is(all map[string]schema, name, other string) bool {
	return name == other || slices.ContainsFunc(all[name].extends, func(up string) bool { return is(all, up, other) })
}

func property(all map[string]schema, name, prop string) string {
	if kind := all[name].properties[prop]; kind != "" {
		return kind
	}
	for _, up := range all[name].extends {
		if kind := property(all, up, prop); kind != "" {
			return kind
		}
	}
	return ""
}

func required(all map[string]schema, name string) (list []string) {
	list = append(list, all[name].required...)
	for _, up := range all[name].extends {
		list = append(list, required(all, up)...)
	}
	return list
}

type ftmEntity struct {
	ID, Schema string
	Properties map[string][]string
	Datasets   []string
}

func entities(t *testing.T, s export.Set) []ftmEntity {
	t.Helper()
	var out []ftmEntity
	lines := bufio.NewScanner(bytes.NewReader(written(t, export.FTM, s)))
	for lines.Scan() {
		var e ftmEntity
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

var (
	ftmDate    = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
	ftmCountry = regexp.MustCompile(`^[a-z]{2}$`)
	ftmLang    = regexp.MustCompile(`^[a-z]{3}$`)
)

// Every entity has what its schema requires, no property that the schema has not, and values
// of the property's type; what points to another points to one that is there and in range.
func TestFTMValidates(t *testing.T) {
	t.Parallel()
	all, list := schemata(t), entities(t, sample())
	byID := map[string]ftmEntity{}
	for _, e := range list {
		if _, twice := byID[e.ID]; twice {
			t.Errorf("%s stands twice", e.ID)
		}
		byID[e.ID] = e
	}
	seen := map[string]bool{}
	for _, e := range list {
		seen[e.Schema] = true
		if _, ok := all[e.Schema]; !ok {
			t.Errorf("%s: schema %q", e.ID, e.Schema)
		}
		for _, prop := range required(all, e.Schema) {
			if len(e.Properties[prop]) == 0 {
				t.Errorf("%s %s: no %s", e.Schema, e.ID, prop)
			}
		}
		for prop, values := range e.Properties {
			kind := property(all, e.Schema, prop)
			for _, v := range values {
				if why := wrong(all, byID, kind, v); why != "" {
					t.Errorf("%s.%s: %q: %s", e.Schema, prop, v, why)
				}
			}
		}
	}
	for _, want := range []string{"Article", "Document", "Mention", "Company", "LegalEntity", "Organization", "Address", "Sanction"} {
		if !seen[want] {
			t.Errorf("no %s was written: the test sees too little", want)
		}
	}
	if seen["Employment"] || seen["Payment"] {
		t.Error("a levy or a count was forced into a schema that says something else")
	}
}

func wrong(all map[string]schema, byID map[string]ftmEntity, kind, v string) string {
	kind, wanted, _ := strings.Cut(kind, "=")
	switch {
	case kind == "":
		return "the schema has no such property"
	case v == "":
		return "empty"
	case kind == "entity" && !is(all, byID[v].Schema, wanted):
		return "points to nothing of schema " + wanted
	case kind == "date" && !ftmDate.MatchString(v):
		return "no date"
	case kind == "country" && !ftmCountry.MatchString(v):
		return "no country"
	case kind == "language" && !ftmLang.MatchString(v):
		return "no language"
	case kind == "url" && !strings.HasPrefix(v, "https://") && !strings.HasPrefix(v, "http://"):
		return "no address"
	case kind == "topic" && !slices.Contains([]string{"forced.labor", "crime.traffick.human", "sanction", "sanction.linked", "export.risk", "corp.shell", "gov.soe"}, v):
		return "no topic"
	}
	return ""
}

// A party names the documents that prove it, a mention joins the two, and a name match with a
// list joins nothing.
func TestFTMProof(t *testing.T) {
	t.Parallel()
	var party, listing ftmEntity
	mentioned := false
	list := entities(t, sample())
	for _, e := range list {
		switch {
		case slices.Contains(e.Properties["name"], "Tumen Lansui Textile Co., Ltd.") && e.Schema == "Company":
			party = e
		case slices.Contains(e.Properties["topics"], "sanction"):
			listing = e
		}
	}
	for _, e := range list {
		mentioned = mentioned || e.Schema == "Mention" && slices.Contains(e.Properties["resolved"], party.ID) && slices.Contains(party.Properties["proof"], e.Properties["document"][0])
	}
	if len(party.Properties["proof"]) != 2 || !mentioned {
		t.Errorf("proof %v, mentioned %t", party.Properties["proof"], mentioned)
	}
	if len(party.Properties["topics"]) > 0 || !strings.Contains(strings.Join(listing.Properties["notes"], " "), "A name match is not proof") || listing.ID == party.ID {
		t.Errorf("party %v, listing %+v", party.Properties["topics"], listing)
	}
	if !strings.Contains(strings.Join(party.Properties["notes"], " "), "Reported, not proven: headcount, 240") {
		t.Errorf("notes %v", party.Properties["notes"])
	}
}

// Statements are the values of the entities, with who made each, and ids as FollowTheMoney
// makes them.
func TestStatements(t *testing.T) {
	t.Parallel()
	rows, err := csv.NewReader(bytes.NewReader(written(t, export.Statements, sample()))).ReadAll()
	if err != nil || strings.Join(rows[0], " ") != "canonical_id entity_id prop prop_type schema value dataset origin lang original_value external first_seen last_seen id" {
		t.Fatal(err, rows[0])
	}
	values, origins := 0, map[string]int{}
	for _, e := range entities(t, sample()) {
		for _, v := range e.Properties {
			values += len(v)
		}
	}
	all := schemata(t)
	for _, r := range rows[1:] {
		origins[r[7]]++
		key := fmt.Sprintf("corvee.%s.%s.%s", r[1], r[2], strings.TrimPrefix(r[5], "'"))
		if r[8] != "" {
			key += "@" + r[8]
		}
		sum := sha1.Sum([]byte(key))
		kind, _, _ := strings.Cut(property(all, r[4], r[2]), "=")
		if r[13] != hex.EncodeToString(sum[:]) || r[0] != r[1] || r[6] != "corvee" || r[10] != "f" || r[11] == "" || r[3] != kind {
			t.Errorf("%v: type %q in the schema", r, kind)
		}
	}
	if values != len(rows)-1 {
		t.Errorf("%d values in %d rows", values, len(rows)-1)
	}
	for _, want := range []string{"corvee@0.1.0", "reviewer", "facts", "list UN Security Council 2026-11-01"} {
		if origins[want] == 0 {
			t.Errorf("no value of %q: %v", want, origins)
		}
	}
}
