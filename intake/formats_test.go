package intake_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"corvee/intake"
	"corvee/intake/internal/forge"
)

// The invented report in all formats. Its paragraphs are long enough to be broken into
// lines and to go on overleaf.
func invented() forge.Report {
	r := forge.Report{
		"Sixty at the Invented Mill",
		"By Example Writer\nHunchun, 3 May 2022",
		"Sixty women knit at the Invented Star mill in Hunchun, a neighbour said. “They never leave,” she said.",
		"각자 월 2,300위안을 받는다고 한다. 나머지는 회사가 가져간다고 소식통은 전했다.",
		"工人每月只拿到三百元，其余的钱由公司上交。一名了解情况的消息人士说，她们每天工作十四个小时，没有休息日，也不能离开宿舍。",
	}
	for range 12 {
		r = append(r, "They are paid 300 yuan a month & told to be thankful, the neighbour said, although the company takes 2,300 yuan "+
			"for each of them from the owner of the mill and sends most of it home to the committee that sent them there in the first place.",
			"A cook at the mill said that nobody has seen her passport since the bus came over the bridge. She has < 10 friends there.")
	}
	return r
}

// made returns the report in every format by file name.
func made(r forge.Report) map[string][]byte {
	return map[string][]byte{
		"a.txt": r.TXT(), "a.html": r.HTML(), "a.docx": r.DOCX(), "a.odt": r.ODT(), "a.hwpx": r.HWPX(), "a.eml": r.EML(),
		"a.mhtml": r.MHTML(), "a.pdf": r.PDF(),
	}
}

// squeezed drops white space, which the formats break lines with differently.
func squeezed(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, l)
	}
	return out
}

func TestOneReportInEveryFormat(t *testing.T) {
	t.Parallel()
	in := setup(t, nil)
	want, err := in.Read(t.Context(), write(t, "a.txt", string(invented().TXT())), intake.Hints{})
	must(t, err)
	for name, raw := range made(invented()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := in.Read(t.Context(), write(t, name, string(raw)), intake.Hints{})
			must(t, err)
			if diff := cmp.Diff(squeezed(readable(t, want)), squeezed(readable(t, got))); diff != "" {
				t.Errorf("the text and %s differ (-text +%s):\n%s", name, name, diff)
			}
			if got.Report.Title != want.Report.Title {
				t.Errorf("title %q, want %q", got.Report.Title, want.Report.Title)
			}
		})
	}
}

// all returns what a file holds: documents by origin, rejections by origin.
func all(t testing.TB, in *intake.Intake, path string) (docs map[string]intake.Document, refused map[string]*intake.Rejection) {
	t.Helper()
	docs, refused = map[string]intake.Document{}, map[string]*intake.Rejection{}
	for d, err := range in.Documents(t.Context(), path, intake.Hints{}) {
		var r *intake.Rejection
		switch origin := strings.TrimPrefix(d.Origin, path); {
		case errors.As(err, &r):
			refused[strings.TrimPrefix(r.Origin, path)] = r
		case err != nil:
			t.Fatal(err)
		default:
			docs[origin] = d
		}
	}
	return docs, refused
}
