package intake_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake"
	"corvee/intake/internal/forge"
)

func report(words string) forge.Report { return forge.Report{"Sixty at the mill", words} }

// origins lists what came out of a file: origin, tool and text or reason.
func origins(docs map[string]intake.Document, refused map[string]*intake.Rejection) []string {
	var out []string
	for origin, d := range docs {
		if d.Contents != nil {
			out = append(out, fmt.Sprintf("%s: %s %+v", origin, d.Tool, *d.Contents))
			continue
		}
		out = append(out, fmt.Sprintf("%s: %s %s", origin, d.Tool, d.Report.MediaType))
	}
	for origin, r := range refused {
		out = append(out, fmt.Sprintf("%s: %s refused: %s", origin, r.Tool, r.Reason))
	}
	slices.Sort(out)
	return out
}

func TestEveryMemberIsAnInput(t *testing.T) {
	t.Parallel()
	mail := forge.MailHead("Sixty") + forge.Multipart("mixed", "b", "Content-Type: text/plain\r\n\r\nSee the annex.",
		forge.Attached("application/pdf", "annex.pdf", report("Sixty women knit there.").PDF()), forge.Attached("application/x", "a.bin", []byte("\x01\x02\xff\x00\x10ab")))
	inner := forge.ZIP(forge.Part{Name: "deep.docx", Content: string(report("Sixty women knit there.").DOCX())})
	raw := forge.ZIP(
		forge.Part{Name: "a.txt", Content: "Sixty women knit."}, forge.Part{Name: "a.txt", Content: "Forty men load."}, forge.Part{Name: "mail.eml", Content: mail},
		forge.Part{Name: "inner.zip", Content: string(inner)}, forge.Part{Name: "empty.txt"}, forge.Part{Name: "list.csv", Content: "a,b"},
		forge.Part{Name: "../../../etc/cron.d/x.txt", Content: "Fifty women pack."}, forge.Part{Name: `C:\windows\y.txt`, Content: "Fifty women pack fish."},
		forge.Part{Name: "\u202Etxt.exe\x1b[31m", Content: "MZ\x90\x00"}, forge.Part{Name: "x!/y.txt", Content: "Thirty women sort."})
	docs, refused := all(t, setup(t, nil), write(t, "all.zip", string(raw)))
	want := []string{
		"!/C:/windows/y.txt: plain/1 text/plain",
		"!/a#2.txt: plain/1 text/plain",
		"!/a.txt: plain/1 text/plain",
		"!/empty.txt:  refused: it is empty",
		"!/etc/cron.d/x.txt: plain/1 text/plain",
		"!/inner.zip!/deep.docx: docx/1 application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		fmt.Sprintf("!/inner.zip: zip/1 {Bytes:%d Read:1 Refused:0 LeftOut:0}", len(inner)),
		"!/list.csv:  refused: a .csv file is data, not a report",
		"!/mail.eml!/a.bin:  refused: this is binary data, not text",
		"!/mail.eml!/annex.pdf: pdf/1 (go-pdfium 1.21.3) application/pdf",
		"!/mail.eml: mail/1 message/rfc822",
		"!/txt.exe[31m:  refused: this is a program, which is not read yet",
		"!/x!y.txt: plain/1 text/plain",
		": zip/1 {Bytes:" + fmt.Sprint(len(raw)) + " Read:7 Refused:3 LeftOut:0}",
	}
	if diff := cmp.Diff(want, origins(docs, refused)); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	for origin, r := range refused {
		if r.Remedy == "" {
			t.Errorf("%s: no remedy", origin)
		}
	}
}

func TestWebArchive(t *testing.T) {
	t.Parallel()
	page := func(words string) string {
		return forge.Answer("200 OK", "text/html; charset=euc-kr", "<!doctype html><title>x</title><p>"+words)
	}
	const response = "application/http; msgtype=response"
	raw := forge.WARC("response", "https://example.org/a.xml?x=1", response, page("\xbf\xa9\xbc\xba 60"), "WARC-Payload-Digest: sha1:A") +
		forge.WARC("response", "https://example.org/style.css", response, forge.Answer("200 OK", "text/css", "p{}")) +
		forge.WARC("revisit", "https://example.org/b", response, "", "WARC-Payload-Digest: sha1:A")
	for name, content := range map[string]string{"a.warc": raw, "a.warc.gz": string(forge.Gzip([]byte(raw)))} {
		docs, refused := all(t, setup(t, nil), write(t, name, content))
		d := docs["!/example.org/a.xml?x=1"]
		if d.Text.String() != "여성 60" && !strings.HasSuffix(d.Text.String(), "여성 60") || d.Report.URL != "https://example.org/a.xml?x=1" ||
			!d.Report.CapturedAt.Equal(time.Date(2020, 11, 19, 10, 0, 0, 0, time.UTC)) || docs["!/example.org/b"].Report.ID != d.Report.ID || len(refused) > 0 || docs[""].Contents.LeftOut != 1 {
			t.Errorf("%s: %+v %v", name, docs, refused)
		}
	}
}

// The bounds on what may come out of one file hold however it is packed.
func TestBombs(t *testing.T) {
	t.Parallel()
	deep := []byte("Sixty women knit.")
	for range 50 {
		deep = forge.ZIP(forge.Part{Name: "a.zip", Content: string(deep)})
	}
	var many []forge.Part
	for i := range 30 {
		many = append(many, forge.Part{Name: fmt.Sprintf("%d.txt", i), Content: fmt.Sprintf("%d women knit.", i)})
	}
	wide := forge.ZIP(many...)
	for range 3 { // thirty in thirty in thirty …
		wide = forge.ZIP(forge.Part{Name: "a.zip", Content: string(wide)}, forge.Part{Name: "b.zip", Content: string(wide)})
	}
	bomb := string(forge.Gzip([]byte(strings.Repeat("\x00", 80<<20))))
	for name, c := range map[string]struct {
		file    string
		raw     string
		want    string // in one of the reasons
		most    int    // documents that may be read
		members int
	}{
		"50 deep":           {"a.zip", string(deep), "more than 5 files deep", 0, 0},
		"more than allowed": {"a.zip", string(wide), "more than 40 files", 40, 40},
		"a gzip bomb":       {"a.gz", bomb, "bomb", 0, 0},
		"a bomb in a mail":  {"a.eml", forge.MailHead("x") + forge.Multipart("mixed", "b", forge.Attached("application/gzip", "a.gz", []byte(bomb))), "bomb", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := setup(t, func(conf *intake.Config) { conf.MaxMembers = c.members })
			docs, refused := all(t, in, write(t, c.file, c.raw))
			read, said := 0, ""
			for _, d := range docs {
				if d.Contents == nil {
					read++
				}
			}
			for _, r := range refused {
				said += r.Reason + "\n"
			}
			if read > c.most || !strings.Contains(said, c.want) {
				t.Errorf("%d documents; %s", read, said)
			}
		})
	}
}

func TestTotalIsBounded(t *testing.T) {
	t.Parallel()
	var parts []forge.Part
	for i := range 20 {
		parts = append(parts, forge.Part{Name: fmt.Sprintf("%d.txt", i), Content: strings.Repeat(fmt.Sprintf("%d women knit there. ", i), 5_000)})
	}
	in := setup(t, func(c *intake.Config) { c.MaxUnpacked = 300_000 })
	docs, refused := all(t, in, write(t, "a.zip", string(forge.ZIP(parts...))))
	if r := refused[""]; len(docs) > 4 || r == nil || !strings.Contains(r.Reason, "it holds more than") {
		t.Errorf("%d documents, %v", len(docs), refused)
	}
}

// A mail whose text is empty holds its attachments like an archive; nothing of it is kept.
func TestMailOfAttachmentsAlone(t *testing.T) {
	t.Parallel()
	raw := forge.MailHead("x") + forge.Multipart("mixed", "b", "Content-Type: text/html\r\n\r\n<br>", forge.Attached("text/plain", "a.txt", []byte("Sixty women knit.")))
	docs, refused := all(t, setup(t, nil), write(t, "a.eml", raw))
	if d := docs[""]; d.Contents == nil || d.Contents.Read != 1 || d.Original != nil || len(docs) != 2 || len(refused) != 0 {
		t.Errorf("%+v %v", docs, refused)
	}
}

// No header of a mail comes out of intake but its subject and its day.
func TestSenderIsNowhere(t *testing.T) {
	t.Parallel()
	inner := forge.Attached("message/rfc822", "fwd.eml", report("Sixty women knit there.").EML())
	raw := forge.MailHead("Sixty") + forge.Multipart("mixed", "b", "Content-Type: text/plain\r\n\r\nSee the annex.", inner)
	docs, _ := all(t, setup(t, nil), write(t, "a.eml", raw))
	if len(docs) != 2 {
		t.Fatalf("%v", origins(docs, nil))
	}
	for origin, d := range docs {
		said := strings.ToLower(fmt.Sprintf("%+v %s %s", d.Report, d.Original, d.Text.String()))
		for _, told := range []string{"canary", "203.0.113", "+0900", "23:10"} {
			if strings.Contains(said, told) {
				t.Errorf("%s tells %q: %s", origin, told, said)
			}
		}
		if d.Report.ID != corvee.HashID(d.Original) || d.Report.Published != (corvee.Date{Year: 2020, Month: 11, Day: 19}) {
			t.Errorf("%s: %+v", origin, d.Report)
		}
	}
}

func TestBytesAreReadAsFiles(t *testing.T) {
	t.Parallel()
	in := setup(t, nil)
	for name, c := range map[string]struct{ media, raw, want string }{
		"page.xml":  {"text/html; charset=euc-kr", "\xbf\xa9\xbc\xba 60\xb8\xed", "여성 60명"},
		"a":         {"application/pdf", string(forge.PDF(forge.Sheet{{X: 72, Y: 700, Size: 11, Words: "Sixty women."}})), "Sixty women."},
		"notes.txt": {"", "Sixty women.", "Sixty women."},
	} {
		n := 0
		for d, err := range in.Bytes(t.Context(), "https://example.org/"+name, name, c.media, []byte(c.raw), intake.Hints{URL: "https://example.org/" + name}) {
			if n++; err != nil || d.Text.String() != c.want || d.Report.URL != "https://example.org/"+name {
				t.Errorf("%s: %q %v, want %q", name, d.Text.String(), err, c.want)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d documents", name, n)
		}
	}
}

func TestOuter(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	odd := filepath.Join(dir, "odd!")
	must(t, os.Mkdir(odd, 0o700))
	for _, file := range []string{filepath.Join(dir, "a.zip"), filepath.Join(odd, "b.txt")} {
		must(t, os.WriteFile(file, []byte("x"), 0o600))
	}
	for origin, want := range map[string]string{
		filepath.Join(dir, "a.zip"):                    filepath.Join(dir, "a.zip"),
		filepath.Join(dir, "a.zip") + "!/c.eml!/d.pdf": filepath.Join(dir, "a.zip"),
		filepath.Join(odd, "b.txt"):                    filepath.Join(odd, "b.txt"),
		"gone.zip!/a":                                  "gone.zip!/a",
		"":                                             "",
	} {
		if got := intake.Outer(origin); got != want {
			t.Errorf("Outer(%q) = %q, want %q", origin, got, want)
		}
	}
}

// A picture and a scan end in a state that says what is missing, and may be tried again by
// a version that has it.
func TestPicturesSaySo(t *testing.T) {
	t.Parallel()
	in := setup(t, nil)
	for name, raw := range map[string]string{
		"a.png": "\x89PNG\r\n\x1a\n\x00\x00", "a.jpg": "\xff\xd8\xff\xe1\x00\x00Exif", "a.webp": "RIFF\x00\x00\x00\x00WEBPVP8 ",
		"a.bmp": "BM\x00\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f", "scan.pdf": string(forge.PDF(forge.Sheet{})),
	} {
		_, refused := all(t, in, write(t, name, raw))
		if r := refused[""]; r == nil || !r.Retryable || !strings.Contains(r.Reason, "picture") || !strings.Contains(r.Remedy, "tesseract") {
			t.Errorf("%s: %+v", name, r)
		}
	}
	d, err := in.Read(t.Context(), write(t, "a.txt", "BMW has no mill here, the cook said."), intake.Hints{})
	if err != nil || d.Report.MediaType != "text/plain" {
		t.Errorf("a text that begins with BM: %v", err)
	}
}

// Rooms that a killed process left are swept at the next start; those of others, of
// running processes, and what only looks like a room, are left alone.
func TestStaleRoomsAreSwept(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), t.TempDir()
	old := time.Now().Add(-3 * time.Hour)
	room := func(name string, at time.Time) string {
		path := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Join(path, "inner"), 0o700))
		must(t, os.Chtimes(path, at, at))
		return path
	}
	stale, fresh, other := room("corvee-decoder-1", old), room("corvee-decoder-2", time.Now()), room("somebody-elses", old)
	link := filepath.Join(dir, "corvee-decoder-link")
	must(t, os.Symlink(elsewhere, link))
	file := filepath.Join(dir, "corvee-decoder-file")
	must(t, os.WriteFile(file, nil, 0o600))
	must(t, os.Chtimes(file, old, old))
	foreign := room("corvee-decoder-3", old)
	owned := os.Chown(foreign, 12345, 12345) == nil && os.Chtimes(foreign, old, old) == nil

	in := setup(t, func(c *intake.Config) { c.TempDir = dir })
	_, err := in.Read(t.Context(), write(t, "a.html", page("")), intake.Hints{})
	must(t, err)
	if _, err := os.Stat(stale); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the stale room is still there: %v", err)
	}
	kept := []string{fresh, other, link, file, elsewhere}
	if owned { // only the administrator can make what belongs to another
		kept = append(kept, foreign)
	}
	for _, path := range kept {
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("swept: %v", err)
		}
	}
}
