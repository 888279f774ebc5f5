package lists_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"corvee"
	"corvee/lists"
)

// packed makes the spreadsheet of the cells of a sheet.
func packed(t testing.TB, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, member := range []struct {
		name   string
		method uint16
		body   []byte
	}{
		{"mimetype", zip.Store, []byte("application/vnd.oasis.opendocument.spreadsheet")},
		{"content.xml", zip.Deflate, content},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: member.name, Method: member.method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(member.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// fixture returns the file of an archive in testdata, ready to be read.
func fixture(t testing.TB, name string) (lists.File, *txtar.Archive) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	f := lists.File{Name: archive.Files[0].Name, Body: archive.Files[0].Data}
	if strings.HasSuffix(f.Name, ".ods") {
		f.Body = packed(t, f.Body)
	}
	return f, archive
}

// shown writes an import as the fixtures have it: what a person would compare with the
// input, line by line.
func shown(got lists.Import) string {
	var b strings.Builder
	for _, v := range got.Versions {
		fmt.Fprintf(&b, "%s of %s: %d listings, %d rejected\n", v.List, v.Date, v.Listings, v.Rejected)
	}
	for _, u := range got.Unread {
		fmt.Fprintf(&b, "unread: row %d, %s\n", u.Row, u.Column)
	}
	for _, r := range got.Rejected {
		fmt.Fprintf(&b, "rejected: row %d: %s\n", *r.Row, r.Reason)
	}
	for _, l := range got.Listings {
		fmt.Fprintf(&b, "\n%s  %s %s  no. %s  %v %v  %s\n", l.ID, l.Kind, l.Type, l.SourceID, l.Lists, l.Programs, l.ListDate)
		for _, n := range l.Names {
			fmt.Fprintf(&b, "  %s: %s %s\n", n.Kind, n.Value, n.Lang)
		}
		for _, line := range []struct {
			what   string
			values any
			n      int
		}{
			{"countries", l.Countries, len(l.Countries)}, {"addresses", strings.Join(l.Addresses, " | "), len(l.Addresses)},
			{"identifiers", l.Identifiers, len(l.Identifiers)}, {"dates", l.Dates, len(l.Dates)}, {"remarks", l.Remarks, len(l.Remarks)},
		} {
			if line.n > 0 {
				fmt.Fprintf(&b, "  %s: %v\n", line.what, line.values)
			}
		}
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

func TestOfficial(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, path := range archives {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			f, archive := fixture(t, filepath.Base(path))
			got, err := lists.Read([]lists.File{f})
			if err != nil {
				t.Fatal(err)
			}
			want := &archive.Files[len(archive.Files)-1]
			if os.Getenv("UPDATE") != "" {
				want.Data = []byte(shown(got))
				if err := errors.Join(os.WriteFile(path+".new", txtar.Format(archive), 0o644), os.Rename(path+".new", path)); err != nil {
					t.Fatal(err) // whole or not at all: other tests are reading it
				}
			}
			if diff := cmp.Diff(string(want.Data), shown(got)); diff != "" {
				t.Errorf("Read(%s) (-want +got):\n%s", f.Name, diff)
			}
		})
	}
}

func TestRecognisedByContent(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"un.txtar": lists.FormatUN, "uk.csv.txtar": lists.FormatUKCSV, "uk.ods.txtar": lists.FormatUKSheet, "uk.xml.txtar": lists.FormatUKXML,
		"eu.txtar": lists.FormatEU, "ofac_xml.txtar": lists.FormatOFACXML, "uflpa.txtar": lists.FormatUFLPA, "cbp.txtar": lists.FormatCBP,
	} {
		f, _ := fixture(t, name)
		f.Name = "list.bin" // the name says nothing
		if got, err := lists.Recognise([]lists.File{f}); got != want {
			t.Errorf("Recognise(%s) = %q, %v; want %q", name, got, err, want)
		}
	}
}

// A list of one's own may have as many columns as an OFAC file, and may begin with an id.
func TestOwnListBesideOFAC(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"id,name,alias,kind,list", "id,name,alias,kind,list,country", "id,name,a,b,c,d,e,f,g,h,i,kind"} {
		if got, err := lists.Recognise([]lists.File{{Name: "x", Body: []byte(header + "\n")}}); got != lists.FormatOwn {
			t.Errorf("Recognise(%s) = %q, %v; want %q", header, got, err, lists.FormatOwn)
		}
	}
}

// A list that has changed its shape fails as a whole and says where.
func TestChangedShape(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ fixture, old, new, says string }{
		{"un.txtar", "REFERENCE_NUMBER>", "REFERENCE>", "row 4: element REFERENCE_NUMBER: empty"},
		{"un.txtar", "</ENTITIES>\n</CONSOLIDATED_LIST>", "", "cut off"},
		{"un.txtar", "FIRST_NAME>", "NAME_PART>", "no name"},
		{"un.txtar", "<FIRST_NAME>PAK<", "<FIRST_NAME>&lol;<", "invalid character entity"},
		{"uk.csv.txtar", "Unique ID", "Identity", "line 1"},
		{"uk.csv.txtar", "Designation Type", "Sort", `row 2: no column "Type"`},
		{"uk.csv.txtar", "Address Line 2", "Unique ID", `row 2, column 24: "Unique ID" stands twice`},
		{"uk.ods.txtar", "Regime Name", "Programme", "row 1"},
		{"uk.xml.txtar", "UniqueID>", "ID>", "column Unique ID: empty"},
		{"eu.txtar", "nameAlias", "name", "no name"},
		{"ofac_xml.txtar", "<Record_Count>4<", "<Record_Count>5000<", "says 5000 entries, the file holds 4"},
		{"uflpa.txtar", "Effective Date", "Since", "line 1"},
		{"cbp.txtar", "Status", "State", "line 1"},
	} {
		f, archive := fixture(t, c.fixture)
		content := archive.Files[0].Data
		changed := bytes.ReplaceAll(content, []byte(c.old), []byte(c.new))
		if bytes.Equal(changed, content) {
			t.Fatalf("%s has no %q", c.fixture, c.old)
		}
		if f.Body = changed; strings.HasSuffix(f.Name, ".ods") {
			f.Body = packed(t, changed)
		}
		got, err := lists.Read([]lists.File{f})
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), f.Name) {
			t.Errorf("%s with %q for %q: %v, want an error that names the file and says %q", c.fixture, c.new, c.old, err, c.says)
		}
		if len(got.Listings) > 0 {
			t.Errorf("%s with %q for %q: half a list of %d", c.fixture, c.new, c.old, len(got.Listings))
		}
	}
}

// Spreadsheets that would eat the machine, or are none.
func TestWorstSheets(t *testing.T) {
	t.Parallel()
	const open = `<document-content xmlns:table="t" xmlns:text="x"><table:table>`
	bomb := append([]byte(open), bytes.Repeat([]byte(" "), 64<<20)...)
	wide := open + `<table:table-row><table:table-cell table:number-columns-repeated="2000000000"><text:p>x</text:p></table:table-cell></table:table-row>`
	deep := open + "<table:table-row><table:table-cell>" + strings.Repeat("<text:span>", 100_000)
	lying := packed(t, []byte(open))
	for name, body := range map[string][]byte{
		"bomb.ods": packed(t, bomb), "wide.ods": packed(t, []byte(wide)), "deep.ods": packed(t, []byte(deep)),
		"cut.ods": lying[:len(lying)-30], "empty.ods": packed(t, []byte(open+"</table:table></document-content>")), "nothing.ods": packed(t, nil),
	} {
		_, err := lists.Read([]lists.File{{Name: name, Body: body}})
		if !errors.Is(err, corvee.ErrInvalid) && !errors.Is(err, corvee.ErrUnsupported) || !strings.Contains(fmt.Sprint(err), name) {
			t.Errorf("%s: %v, want a refusal that names the file", name, err)
		}
	}
}
