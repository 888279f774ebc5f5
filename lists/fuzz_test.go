package lists_test

import (
	"testing"

	"corvee/lists"
)

// checkImport holds what every import promises: each listing has an id of its own, a list,
// a name and a label; each version counts what is there.
func checkImport(t *testing.T, got lists.Import) {
	t.Helper()
	seen := map[string]bool{}
	for _, l := range got.Listings {
		if l.ID == "" || seen[l.ID] || l.List == "" || len(l.Names) == 0 || l.Names[0].Value == "" || !l.Kind.Valid() {
			t.Errorf("listing %+v", l)
		}
		seen[l.ID] = true
	}
	counted := 0
	for _, v := range got.Versions {
		counted += v.Listings
	}
	if counted != len(got.Listings) {
		t.Errorf("versions count %d listings of %d", counted, len(got.Listings))
	}
	for _, r := range got.Rejected {
		if r.Reason == "" || r.Remedy == "" || r.Row == nil {
			t.Errorf("rejected %+v", r)
		}
	}
}

func fuzzFixture(f *testing.F, names ...string) {
	f.Helper()
	for _, name := range names {
		file, _ := fixture(f, name)
		f.Add(file.Body)
		f.Add(file.Body[:len(file.Body)/2])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if got, err := lists.Read([]lists.File{{Name: "list", Body: body}}); err == nil {
			checkImport(t, got)
		}
	})
}

func FuzzUN(f *testing.F)      { fuzzFixture(f, "un.txtar") }
func FuzzUK(f *testing.F)      { fuzzFixture(f, "uk.csv.txtar", "uk.xml.txtar") }
func FuzzEU(f *testing.F)      { fuzzFixture(f, "eu.txtar") }
func FuzzOFACXML(f *testing.F) { fuzzFixture(f, "ofac_xml.txtar") }
func FuzzUFLPA(f *testing.F)   { fuzzFixture(f, "uflpa.txtar") }
func FuzzCBP(f *testing.F)     { fuzzFixture(f, "cbp.txtar") }

// FuzzSheet fuzzes the cells, packed, and the package as it is.
func FuzzSheet(f *testing.F) {
	file, archive := fixture(f, "uk.ods.txtar")
	f.Add(archive.Files[0].Data)
	f.Add(file.Body)
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, b := range [][]byte{body, packed(t, body)} {
			if got, err := lists.Read([]lists.File{{Name: "list.ods", Body: b}}); err == nil {
				checkImport(t, got)
			}
		}
	})
}
