package warc_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee/intake/internal/forge"
	"corvee/intake/internal/warc"
	"corvee/intake/internal/wire"
)

const response = "application/http; msgtype=response"

func listed(a wire.Answer) []string {
	var out []string
	for _, m := range a.Members {
		out = append(out, fmt.Sprintf("%s|%s|%s|%s|%s|%s", m.Name, m.MediaType, m.URL, m.Captured, m.Raw, m.Refused))
	}
	return out
}

func records() []string {
	page := forge.Answer("200 OK", "text/html; charset=euc-kr", "<p>Sixty")
	return []string{
		forge.WARC("warcinfo", "", "application/warc-fields", "operator: canary"),
		forge.WARC("response", "https://example.org/a?b=c", response, page, "WARC-Payload-Digest: sha1:A"),
		forge.WARC("request", "https://example.org/a?b=c", "application/http; msgtype=request", "GET / HTTP/1.1\r\nCookie: canary\r\n\r\n"),
		forge.WARC("response", "https://example.org/x.png", response, forge.Answer("200 OK", "image/png", "x")),
		forge.WARC("response", "https://example.org/gone", response, forge.Answer("404 Not Found", "text/html", "gone")),
		forge.WARC("response", "https://example.org/packed", response, forge.Answer("200 OK", "text/plain", string(forge.Gzip([]byte("packed"))), "Content-Encoding: gzip")),
		forge.WARC("response", "https://example.org/unpacked", response, forge.Answer("200 OK", "text/plain", "unpacked", "Content-Encoding: gzip")),
		forge.WARC("response", "https://example.org/chunked", response, forge.Answer("200 OK", "text/plain", "5\r\nin ch\r\n5\r\nunks.\r\n0\r\n\r\n", "Transfer-Encoding: chunked")),
		forge.WARC("response", "https://example.org/br", response, forge.Answer("200 OK", "text/plain", "x", "Content-Encoding: br")),
		forge.WARC("revisit", "https://example.org/a?b=c", response, "HTTP/1.1 304\r\n\r\n", "WARC-Payload-Digest: sha1:A"),
		forge.WARC("revisit", "https://example.org/z", response, "", "WARC-Payload-Digest: sha1:Z"),
		forge.WARC("resource", "https://example.org/doc", "text/plain", "A resource."),
		forge.WARC("metadata", "https://example.org/a", "application/warc-fields", "via: canary"),
		forge.WARC("response", "https://example.org/odd", response, "no HTTP"),
	}
}

var want = []string{
	"example.org/a?b=c|text/html; charset=euc-kr|https://example.org/a?b=c|2020-11-19T10:00:00Z|<p>Sixty|",
	"example.org/packed|text/plain|https://example.org/packed|2020-11-19T10:00:00Z|packed|",
	"example.org/unpacked|text/plain|https://example.org/unpacked|2020-11-19T10:00:00Z|unpacked|",
	"example.org/chunked|text/plain|https://example.org/chunked|2020-11-19T10:00:00Z|in chunks.|",
	"example.org/br|text/plain|https://example.org/br|2020-11-19T10:00:00Z||it is packed with \"br\", which is not read",
	"example.org/a?b=c||https://example.org/a?b=c|2020-11-19T10:00:00Z|<p>Sixty|",
	"example.org/z||https://example.org/z|2020-11-19T10:00:00Z||it repeats a record that came before or stands in another archive (a revisit)",
	"example.org/doc|text/plain|https://example.org/doc|2020-11-19T10:00:00Z|A resource.|",
	"example.org/odd||https://example.org/odd|2020-11-19T10:00:00Z||its HTTP header is damaged",
}

func TestRecords(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	for _, r := range records() {
		packed.Write(forge.Gzip([]byte(r))) // a member for each record
	}
	plain := strings.Join(records(), "")
	for name, c := range map[string]struct {
		raw    []byte
		decode func(wire.Job, []byte) (wire.Answer, error)
	}{
		"plain":           {[]byte(plain), warc.Records},
		"gzip by record":  {packed.Bytes(), warc.Gunzip},
		"gzip as a whole": {forge.Gzip([]byte(plain)), warc.Gunzip},
	} {
		a, err := c.decode(wire.Job{Most: 1 << 20}, c.raw)
		if diff := cmp.Diff(want, listed(a)); diff != "" || err != nil || a.LeftOut != 2 {
			t.Errorf("%s: %v, left out %d; members (-want +got):\n%s", name, err, a.LeftOut, diff)
		}
	}
}

// However small the answers, together they are the archive; only a revisit of what came in
// an earlier answer cannot be given.
func TestAnswersTogetherAreTheArchive(t *testing.T) {
	t.Parallel()
	var got []string
	for cursor := int64(0); ; {
		a, err := warc.Records(wire.Job{Most: 1, Cursor: cursor}, []byte(strings.Join(records(), "")))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, listed(a)...)
		if cursor = a.Next; cursor == 0 {
			break
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d members, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
}

func TestPlainGzip(t *testing.T) {
	t.Parallel()
	a, err := warc.Gunzip(wire.Job{Name: "notes.txt.gz"}, forge.Gzip([]byte("Sixty women.")))
	if err != nil || len(a.Members) != 1 || a.Members[0].Name != "notes.txt" || string(a.Members[0].Raw) != "Sixty women." || a.Format != wire.Gzip {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestWorstArchives(t *testing.T) {
	t.Parallel()
	good := forge.WARC("resource", "https://example.org/doc", "text/plain", "A resource.")
	bomb := forge.Gzip(bytes.Repeat([]byte{0}, 100<<20))
	for name, c := range map[string]struct {
		raw, want string
		members   int
	}{
		"cut short in a block":      {good + good[:len(good)-10], "damaged", 1},
		"cut short in a header":     {good + "WARC/1.1\r\nWARC-Type: re", "damaged", 1},
		"a length from nowhere":     {good + strings.Replace(good, "Content-Length: 11", "Content-Length: 99999999999999999999", 1), "damaged", 1},
		"a length below nothing":    {good + strings.Replace(good, "Content-Length: 11", "Content-Length: -1", 1), "damaged", 1},
		"a huge length":             {good + strings.Replace(good, "Content-Length: 11", "Content-Length: 9223372036854775807", 1), "damaged", 1},
		"no archive":                {"WARC/1.1\r\n\r\n", "no sound web archive", 0},
		"a header without end":      {good + "WARC/1.1\r\n" + strings.Repeat("A: b\r\n", 100_000), "256 kB", 1},
		"a line without end":        {good + "WARC/1.1\r\nA: " + strings.Repeat("b", 100_000), "4 kB", 1},
		"a bomb":                    {string(bomb), "bomb", 0},
		"a bomb in a record":        {forge.WARC("response", "u:x", response, forge.Answer("200 OK", "text/plain", string(bomb), "Content-Encoding: gzip")), "cannot be unpacked", 0},
		"chunks that lie":           {forge.WARC("response", "u:x", response, forge.Answer("200 OK", "text/plain", "ffffffffffff\r\nx", "Transfer-Encoding: chunked")), "cannot be unpacked", 0},
		"a block that lies, longer": {forge.WARC("response", "u:x", response, forge.Answer("200 OK", "text/plain", "x", "Content-Length: 1000")), "cannot be unpacked", 0},
	} {
		decode := warc.Records
		if strings.HasPrefix(c.raw, "\x1f\x8b") {
			decode = warc.Gunzip
		}
		a, err := decode(wire.Job{Most: 1 << 20}, []byte(c.raw))
		said, members := "", 0
		if err != nil {
			said = err.Error()
		}
		for _, m := range a.Members {
			if said += m.Refused; m.Refused == "" {
				members++
			}
		}
		if members != c.members || !strings.Contains(said, c.want) {
			t.Errorf("%s: %d members, %q, want %d, %q", name, members, said, c.members, c.want)
		}
	}
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte(strings.Join(records(), "")))
	f.Add(forge.Gzip([]byte(records()[1])))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, decode := range []func(wire.Job, []byte) (wire.Answer, error){warc.Records, warc.Gunzip} {
			a, err := decode(wire.Job{Most: 1 << 20}, raw)
			if err == nil && a.Next < 0 {
				t.Errorf("next %d", a.Next)
			}
		}
	})
}

// What is written here reads back: the document, its address, its time and its type.
func TestWrittenReadsBack(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	body := []byte("<!doctype html><p>여성 육십 명")
	var out bytes.Buffer
	for i, r := range []warc.Record{
		{Type: warc.TypeInfo, Date: at, Media: warc.MediaFields, Block: warc.Fields([]warc.Field{{Name: "software", Value: "x"}})},
		{Type: warc.TypeResponse, Date: at, Target: "https://example.org/mill?n=1", Media: warc.MediaResponse, Payload: body,
			Block: append([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"), body...)},
		{Type: warc.TypeRequest, Date: at, Target: "https://example.org/mill?n=1", Media: warc.MediaRequest, Block: []byte("GET / HTTP/1.1\r\n\r\n")},
	} {
		r.ID = fmt.Sprintf("<urn:uuid:00000000-0000-0000-0000-%012d>", i)
		if err := warc.Write(&out, r); err != nil {
			t.Fatal(err)
		}
	}
	for name, raw := range map[string][]byte{"plain": out.Bytes(), "packed": forge.Gzip(out.Bytes())} {
		decode := warc.Records
		if name == "packed" {
			decode = warc.Gunzip
		}
		a, err := decode(wire.Job{Most: 1 << 20}, raw)
		want := []string{"example.org/mill?n=1|text/html; charset=utf-8|https://example.org/mill?n=1|2026-11-24T12:00:00Z|" + string(body) + "|"}
		if diff := cmp.Diff(want, listed(a)); diff != "" || err != nil || a.LeftOut != 0 {
			t.Errorf("%s: %v, left out %d; members (-want +got):\n%s", name, err, a.LeftOut, diff)
		}
	}
}
