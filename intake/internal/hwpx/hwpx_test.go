package hwpx_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake/internal/forge"
	"corvee/intake/internal/hwpx"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/pack"
)

func decode(t testing.TB, raw []byte) (layout.Page, error) {
	t.Helper()
	a, err := pack.Open(raw)
	if err != nil {
		return layout.Page{}, err
	}
	if !hwpx.Is(a) {
		t.Fatal("it is not taken for a document of Hangul")
	}
	return hwpx.Decode(a)
}

func TestWhatIsPrintedIsText(t *testing.T) {
	t.Parallel()
	first := forge.HangulPara("둥강 공장의 여성들") +
		`<hp:p><hp:run><hp:secPr><hp:footNotePr/></hp:secPr><hp:ctrl><hp:header><hp:subList><hp:p><hp:run><hp:t>지어낸신문</hp:t></hp:run></hp:p></hp:subList></hp:header></hp:ctrl></hp:run>` +
		`<hp:run><hp:t>여성 <hp:deleteBegin Id="1" TcId="1"/>구십<hp:deleteEnd Id="1" TcId="1"/><hp:insertBegin Id="2"/>육십<hp:insertEnd Id="2"/> 명이<hp:tab width="4000"/>일한다</hp:t>` +
		`<hp:ctrl><hp:footNote><hp:subList><hp:p><hp:run><hp:t>이웃의 말.</hp:t></hp:run></hp:p></hp:subList></hp:footNote></hp:ctrl><hp:t>.</hp:t>` +
		`<hp:ctrl><hp:hiddenComment><hp:subList><hp:p><hp:run><hp:t>canary</hp:t></hp:run></hp:p></hp:subList></hp:hiddenComment></hp:ctrl></hp:run></hp:p>` +
		`<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList><hp:p><hp:run><hp:t>공장</hp:t></hp:run></hp:p></hp:subList></hp:tc>` +
		`<hp:tc><hp:subList><hp:p><hp:run><hp:t>60</hp:t></hp:run></hp:p></hp:subList></hp:tc></hp:tr></hp:tbl></hp:run></hp:p>`
	page, err := decode(t, forge.Hangul(first, forge.HangulPara("둘째 절\n둘째 줄")))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"title|둥강 공장의 여성들", "body|여성 육십 명이\t일한다.", "boilerplate|지어낸신문", "body|이웃의 말.",
		"table_cell|공장", "table_cell|60", "body|둘째 절\n둘째 줄",
	}
	if diff := cmp.Diff(want, forge.Lines(page)); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if strings.Contains(page.Text, "canary") {
		t.Error("a hidden comment is in the text")
	}
}

func TestWorstDocuments(t *testing.T) {
	t.Parallel()
	kind := forge.Part{Name: "mimetype", Content: "application/hwp+zip"}
	for name, raw := range map[string][]byte{
		"no section":               forge.ZIP(kind),
		"a spine that leads out":   forge.ZIP(kind, forge.Part{Name: "Contents/content.hpf", Content: `<p><item id="a" href="../../../etc/section0.xml"/><itemref idref="a"/></p>`}),
		"a spine of itself":        forge.ZIP(kind, forge.Part{Name: "Contents/content.hpf", Content: `<p><item id="a" href="Contents/content.hpf"/><itemref idref="a"/></p>`}),
		"a section cut short":      forge.ZIP(kind, forge.Part{Name: "Contents/section0.xml", Content: `<hs:sec xmlns:hp="x/paragraph"><hp:p>`}),
		"nested deep":              forge.Hangul(strings.Repeat("<hp:p><hp:run>", 10_000)),
		"an entity from elsewhere": forge.ZIP(kind, forge.Part{Name: "Contents/section0.xml", Content: `<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><s>&x;</s>`}),
	} {
		if page, err := decode(t, raw); err == nil {
			t.Errorf("%s is read: %q", name, page.Text)
		}
	}
	// A deletion without an end hides what follows, and no more than its section.
	page, err := decode(t, forge.Hangul(`<hp:p><hp:run><hp:t>a<hp:deleteBegin Id="1"/>b</hp:t></hp:run></hp:p>`, forge.HangulPara("c")))
	if err != nil || page.Text != "a\n\nc" {
		t.Errorf("Decode = %q, %v", page.Text, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("<hp:p><hp:run><hp:t>60<hp:lineBreak/></hp:t></hp:run></hp:p>")
	f.Add(`<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:p/></hp:tc></hp:tr></hp:tbl><hp:ctrl><hp:footNote><hp:p><hp:t>x</hp:t></hp:p></hp:footNote></hp:ctrl></hp:run></hp:p>`)
	f.Fuzz(func(t *testing.T, section string) {
		page, err := decode(t, forge.Hangul(section))
		if err != nil {
			return
		}
		if _, err := corvee.NewText(page.Text, page.Blocks); err != nil {
			t.Error(err)
		}
	})
}
