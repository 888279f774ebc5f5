package odt_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake/internal/forge"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/odt"
	"corvee/intake/internal/pack"
)

func decode(t testing.TB, body string) (layout.Page, error) {
	t.Helper()
	a, err := pack.Open(forge.OpenText(body))
	if err != nil || !odt.Is(a) {
		t.Fatalf("it is not taken for an OpenDocument text: %v", err)
	}
	return odt.Decode(a)
}

func TestWhatIsPrintedIsText(t *testing.T) {
	t.Parallel()
	page, err := decode(t, `<text:tracked-changes><text:deletion><office:change-info>canary</office:change-info><text:p>ninety</text:p></text:deletion></text:tracked-changes>`+
		`<text:h text:outline-level="1">Sixty at the mill</text:h>`+
		"<text:p>Some  sixty\n women <text:span>knit<text:s text:c=\"2\"/>there</text:span><text:note><text:note-citation>1</text:note-citation>"+
		"<text:note-body><text:p>A neighbour said so.</text:p></text:note-body></text:note>.<text:line-break/>Daily.<office:annotation><text:p>canary</text:p></office:annotation></text:p>"+
		`<table:table><table:table-row><table:table-cell><text:p>Mill</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>60</text:p></table:table-cell></table:table-row></table:table>`)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"title|Sixty at the mill", "body|Some sixty women knit  there.\nDaily.", "body|A neighbour said so.", "table_cell|Mill", "table_cell|60"}
	if diff := cmp.Diff(want, forge.Lines(page)); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
}

func TestWorstDocuments(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"nested deep": strings.Repeat("<text:p>", 5_000), "cut short": "<text:p>", "an entity": "<text:p>&lol;</text:p>",
	} {
		if page, err := decode(t, body); err == nil {
			t.Errorf("%s is read: %q", name, page.Text)
		}
	}
	page, err := decode(t, `<text:p>a<text:s text:c="999999999"/>b</text:p>`)
	if err != nil || len(page.Text) > 2_000 {
		t.Errorf("a billion spaces: %d bytes, %v", len(page.Text), err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("<text:p>60<text:line-break/><text:s/></text:p><table:table><table:table-row><table:table-cell/></table:table-row></table:table>")
	f.Fuzz(func(t *testing.T, body string) {
		page, err := decode(t, body)
		if err != nil {
			return
		}
		if _, err := corvee.NewText(page.Text, page.Blocks); err != nil {
			t.Error(err)
		}
	})
}
