package docx_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake/internal/docx"
	"corvee/intake/internal/forge"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/pack"
)

func decode(t testing.TB, raw []byte) (layout.Page, error) {
	t.Helper()
	a, err := pack.Open(raw)
	if err != nil {
		return layout.Page{}, err
	}
	if !docx.Is(a) {
		t.Fatal("it is not taken for a Word document")
	}
	return docx.Decode(a)
}

const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="a" Type="http://x/relationships/footnotes" Target="footnotes.xml"/>` +
	`<Relationship Id="b" Type="http://x/relationships/header" Target="/word/header1.xml"/>` +
	`<Relationship Id="c" Type="http://x/relationships/footer" Target="footer1.xml"/>` +
	`<Relationship Id="d" Type="http://x/relationships/hyperlink" Target="https://example.org/footnotes.xml" TargetMode="External"/>` +
	`<Relationship Id="e" Type="http://x/relationships/comments" Target="comments.xml"/></Relationships>`

func part(kind, inner string) string {
	return `<w:` + kind + ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` + inner + `</w:` + kind + `>`
}

func TestWhatIsPrintedIsText(t *testing.T) {
	t.Parallel()
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	body := `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>` + run("Sixty at the mill") + `</w:p>` +
		// changes are accepted, comments are not there
		`<w:p>` + run("Some ") + `<w:ins w:author="Canary">` + run("sixty") + `</w:ins><w:del w:author="Canary"><w:r><w:delText>ninety</w:delText></w:r></w:del>` +
		run(" women") + `<w:commentRangeStart w:id="0"/>` + run(" knit there") + `<w:r><w:commentReference w:id="0"/></w:r>` +
		`<w:r><w:footnoteReference w:id="2"/></w:r>` + run(".") + `</w:p>` +
		`<w:moveFrom>` + run("moved") + `</w:moveFrom>` +
		// a field shows its result; hidden text is hidden; a box stands after its paragraph, once
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE canary</w:instrText></w:r>` + run("They are paid") +
		`<w:r><w:rPr><w:vanish/></w:rPr><w:t> 9,999</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve"> 300</w:t><w:tab/><w:t>yuan</w:t><w:br/><w:t>a month.</w:t></w:r>` +
		`<mc:AlternateContent><mc:Choice><w:r><w:txbxContent><w:p>` + run("Boxed words of a cook.") + `</w:p></w:txbxContent></w:r></mc:Choice>` +
		`<mc:Fallback><w:r><w:txbxContent><w:p>` + run("Boxed words of a cook.") + `</w:p></w:txbxContent></w:r></mc:Fallback></mc:AlternateContent></w:p>` +
		// a table, and one that only arranges the page
		`<w:tbl><w:tr><w:tc><w:p>` + run("Mill") + `</w:p></w:tc><w:tc><w:p>` + run("Women") + `</w:p></w:tc></w:tr>` +
		`<w:tr><w:tc><w:p/></w:tc><w:tc><w:p>` + run("60") + `</w:p><w:p>` + run("or so") + `</w:p></w:tc></w:tr></w:tbl>` +
		`<w:tbl><w:tr><w:tc><w:p>` + run("Above the inner table.") + `</w:p><w:tbl><w:tr><w:tc><w:p>` + run("inner") + `</w:p></w:tc></w:tr></w:tbl><w:p>` +
		run("Below it.") + `</w:p></w:tc></w:tr></w:tbl>`
	page, err := decode(t, forge.Word(body,
		forge.Part{Name: "word/_rels/document.xml.rels", Content: relations},
		forge.Part{Name: "word/footnotes.xml", Content: part("footnotes",
			`<w:footnote w:type="separator" w:id="0"><w:p>`+run("line")+`</w:p></w:footnote>`+
				`<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>`+run("A neighbour said so.")+`</w:p></w:footnote>`)},
		forge.Part{Name: "word/header1.xml", Content: part("hdr", `<w:p>`+run("Invented Post")+`</w:p>`)},
		forge.Part{Name: "word/footer1.xml", Content: part("ftr", `<w:p>`+run("Page 1")+`</w:p>`)},
		forge.Part{Name: "word/comments.xml", Content: part("comments", `<w:comment w:author="Canary"><w:p>`+run("canary")+`</w:p></w:comment>`)},
		forge.Part{Name: "docProps/core.xml", Content: `<x><creator>Canary</creator></x>`}))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"boilerplate|Invented Post", "title|Sixty at the mill", "body|Some sixty women knit there.", "body|A neighbour said so.",
		"body|They are paid 300\tyuan\na month.", "body|Boxed words of a cook.",
		"table_cell|Mill", "table_cell|Women", "table_cell|60\nor so",
		"body|Above the inner table.", "table_cell|inner", "body|Below it.", "boilerplate|Page 1",
	}
	if diff := cmp.Diff(want, forge.Lines(page)); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if strings.Contains(strings.ToLower(page.Text+page.Byline+page.Title), "canary") {
		t.Errorf("who wrote and changed it is in the text: %q", page.Text)
	}
	if page.Title != "Sixty at the mill" {
		t.Errorf("title %q", page.Title)
	}
	if !strings.Contains(page.Text, "Mill\tWomen\n60") {
		t.Errorf("the table is not laid out in rows: %q", page.Text)
	}
}

func TestWorstDocuments(t *testing.T) {
	t.Parallel()
	para := forge.WordPara("Sixty women knit.")
	for name, c := range map[string]struct {
		raw  []byte
		want string // in the error; "" for a page
	}{
		"nested deep":         {forge.Word(strings.Repeat("<w:tbl><w:tr><w:tc>", 50_000)), "nested"},
		"cut short":           {forge.Word(para + "<w:p><w:r>"), "damaged"},
		"crossed":             {forge.Word("<w:p><w:r></w:p></w:r>"), "damaged"},
		"outside entity":      {forge.ZIP(forge.Part{Name: "[Content_Types].xml"}, forge.Part{Name: "word/document.xml", Content: `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>` + strings.TrimPrefix(forge.WordBegin, `<?xml version="1.0" encoding="UTF-8"?>`) + `<w:p><w:r><w:t>&x;</w:t></w:r></w:p>` + forge.WordEnd}), "damaged"},
		"entity bomb":         {forge.ZIP(forge.Part{Name: "[Content_Types].xml"}, forge.Part{Name: "word/document.xml", Content: `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + strings.TrimPrefix(forge.WordBegin, `<?xml version="1.0" encoding="UTF-8"?>`) + `<w:p><w:r><w:t>&b;</w:t></w:r></w:p>` + forge.WordEnd}), "damaged"},
		"a bomb":              {forge.Word("<w:p>" + strings.Repeat(" ", 40<<20) + "</w:p>"), "bomb"},
		"a note of itself":    {forge.Word(`<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="1"/></w:r></w:p>`, forge.Part{Name: "word/_rels/document.xml.rels", Content: relations}, forge.Part{Name: "word/footnotes.xml", Content: part("footnotes", `<w:footnote w:id="1"><w:p><w:r><w:t>b</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>`)}), ""},
		"parts that lead out": {forge.Word(para, forge.Part{Name: "word/_rels/document.xml.rels", Content: `<Relationships><Relationship Type="x/header" Target="../../../../etc/passwd"/><Relationship Type="x/footnotes" Target="document.xml"/></Relationships>`}), ""},
		"no body":             {forge.Word(""), ""},
		"UTF-16 that is not":  {forge.ZIP(forge.Part{Name: "[Content_Types].xml"}, forge.Part{Name: "word/document.xml", Content: `<?xml version="1.0" encoding="UTF-16"?><a/>`}), ""},
		"200,000 cells":       {forge.Word("<w:tbl><w:tr>" + cells(200_000) + "</w:tr></w:tbl>"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page, err := decode(t, c.raw)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Fatalf("Decode = %v, want %q", err, c.want)
			}
			if _, bad := corvee.NewText(page.Text, page.Blocks); bad != nil {
				t.Error(bad)
			}
		})
	}
}

func cells(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<w:tc><w:p><w:r><w:t>%d</w:t></w:r></w:p></w:tc>", i*i)
	}
	return b.String()
}

func FuzzDecode(f *testing.F) {
	f.Add("<w:p><w:r><w:t>60</w:t></w:r></w:p>", "")
	f.Add(`<w:tbl><w:tr><w:tc><w:tbl/><w:p/></w:tc><w:tc/></w:tr></w:tbl><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`, `<w:footnote w:id="1"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote>`)
	f.Add(`<w:p><w:p><w:tc><w:t>x</w:t></w:tc></w:p><w:t>y</w:t></w:p>`, `<w:p>`)
	f.Fuzz(func(t *testing.T, body, notes string) {
		page, err := decode(t, forge.Word(body, forge.Part{Name: "word/_rels/document.xml.rels", Content: relations},
			forge.Part{Name: "word/footnotes.xml", Content: part("footnotes", notes)}))
		if err != nil {
			return
		}
		if _, err := corvee.NewText(page.Text, page.Blocks); err != nil {
			t.Error(err)
		}
	})
}
