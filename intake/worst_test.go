package intake_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/intake"
)

// page wraps a body that would be read if it were sound.
func page(body string) string {
	return "<!doctype html><html><body><p>Some 90 women knit there.</p>" + body + "</body></html>"
}

// The worst pages: each costs itself alone and ends in a document or a rejection, within
// the child's bounds. read says which.
func TestWorstPages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content string
		read    bool
	}{
		"50,000 nested elements":   {page(strings.Repeat("<div>", 50_000) + "x"), false},
		"50,000 nested tables":     {page(strings.Repeat("<table><tr><td>", 50_000)), false},
		"50,000 formatting tags":   {page(strings.Repeat("<b><i><u><font>", 50_000)), false},
		"crossed formatting":       {page(strings.Repeat("<b><p></b></p><i><div></i></div>", 2_000)), true},
		"100,000 unclosed tags":    {page(strings.Repeat("<p>a<li>b", 50_000)), true},
		"400,000 paragraphs":       {page(strings.Repeat("<p>a", 400_001)), false},
		"16 MB attribute":          {page(`<p title="` + strings.Repeat("a", 16<<20) + `">b`), true},
		"attribute without an end": {page(`<p title="` + strings.Repeat("a", 10<<20)), true},
		"a million attributes":     {page("<p " + strings.Repeat("a=b ", 1_000_000) + ">b"), true},
		"16 MB tag name":           {page("<" + strings.Repeat("a", 16<<20) + ">"), true},
		"comment without an end":   {page("<!--" + strings.Repeat("-", 10<<20)), true},
		"script without an end":    {page("<script>" + strings.Repeat("x", 10<<20)), true},
		"plaintext":                {page("<plaintext></plaintext><script>x</script>"), true},
		"NULs everywhere":          {page(strings.Repeat("\x00<\x00p\x00>\x00a", 1000)), true},
		"entities":                 {page(strings.Repeat("&NotEqualTilde;&#x10FFFF;&#0;&#xD800;&notanentity;&", 20_000)), true},
		"an entity bomb":           {`<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body>&b; women knit</body></html>`, true},
		"an outside entity":        {`<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><html><body>x &a; y</body></html>`, true},
		"half a page":              {"<!doctype html><html><head><title>Mi", true},
		"bad UTF-8":                {page("<p>\xff\xfe\x80 90 \xed\xa0\x80"), true},
		"templates in templates":   {page(strings.Repeat("<template>", 400)), true},
		"JSON-LD nested deep":      {page(`<script type="application/ld+json">` + strings.Repeat("[", 200_000) + "</script>"), true},
		"svg in math in svg":       {page(strings.Repeat("<svg><math><mtext><p>", 100)), true},
		"select in select":         {page(strings.Repeat("<select><option>", 10_000)), true},
		"long words of classes":    {page(`<div class="` + strings.Repeat("a-B", 1_000_000) + `">x</div>`), true},
		"bidi and zero width":      {page("\u202e\u200b\u2066 90 \u2069"), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := setup(t, func(c *intake.Config) { c.Timeout = 20 * time.Second })
			d, err := in.Read(t.Context(), write(t, "a.html", c.content), intake.Hints{})
			var r *intake.Rejection
			if (err == nil) != c.read || err != nil && (!errors.As(err, &r) || r.Remedy == "") {
				t.Fatalf("Read = %v, want read %t or a rejection with a remedy", err, c.read)
			}
			if err == nil && strings.Contains(d.Text.String(), "<script>x") && name != "plaintext" {
				t.Errorf("a script is in the text")
			}
		})
	}
}

// A child that would take too much is killed, and the next page is read.
func TestBoundsHold(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	heavy := page(strings.Repeat("<p>a<b>", 1_000_000))
	for name, c := range map[string]struct {
		change func(*intake.Config)
		want   string
	}{
		"memory": {func(c *intake.Config) { c.MemoryBytes = 48 << 20; c.Timeout = time.Minute }, "memory"},
		"time":   {func(c *intake.Config) { c.MemoryBytes = 8 << 30; c.Timeout = 150 * time.Millisecond }, "more than 150ms"},
	} {
		t.Run(name, func(t *testing.T) {
			in := setup(t, c.change)
			start := time.Now()
			_, err := in.Read(t.Context(), write(t, "a.html", heavy), intake.Hints{})
			var r *intake.Rejection
			if !errors.As(err, &r) || !strings.Contains(r.Reason, c.want) {
				t.Errorf("Read = %v, want a rejection that says %q", err, c.want)
			}
			if took := time.Since(start); took > 15*time.Second {
				t.Errorf("it took %s", took)
			}
			if _, err := setup(t, nil).Read(t.Context(), write(t, "b.html", page("")), intake.Hints{}); err != nil {
				t.Errorf("the page after it: %v", err)
			}
		})
	}
}

// A child may be taken over by its document: whatever it then answers is a rejection, and
// nothing of it is believed.
func TestLyingChildren(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ lie, want string }{
		"says nothing":              {"silent", "no answer"},
		"dies":                      {"die", "died"},
		"panics":                    {"panic", "died"},
		"hangs":                     {"hang", "takes more than"},
		"babbles":                   {"babble", "no answer"},
		"a header without end":      {"endless-header", "no answer"},
		"a text longer than it has": {"short-body", "unsound"},
		"a text of minus one":       {"negative-body", "unsound"},
		"a text that is not UTF-8":  {"bad-utf8", "unsound"},
		"blocks outside the text":   {"bad-blocks", "unsound"},
		"a block of its own kind":   {"bad-kind", "unsound"},
		"floods":                    {"flood", "over 64 MB"},
		"complains without end":     {"complain", "died"},
		"an invented refusal":       {"refuse", "no page here"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := setup(t, func(config *intake.Config) {
				config.Decoder = []string{config.Decoder[0], lieArg, c.lie}
				if config.Timeout = 2 * time.Minute; c.lie == "hang" { // the others end by themselves, however busy the machine
					config.Timeout = time.Second
				}
			})
			_, err := in.Read(t.Context(), write(t, "a.html", page("")), intake.Hints{})
			var r *intake.Rejection
			if !errors.As(err, &r) || !strings.Contains(r.Reason, c.want) {
				t.Fatalf("Read = %v, want a rejection that says %q", err, c.want)
			}
			if len(r.Reason) > 400 || strings.ContainsAny(r.Reason, "\x1b\n\x00") {
				t.Errorf("the child's words reach the terminal: %q", r.Reason)
			}
		})
	}
}

// What a child says of the document is cut to a line, and an address that is none is
// dropped.
func TestChildsMetadataIsCleaned(t *testing.T) {
	t.Parallel()
	in := setup(t, func(c *intake.Config) { c.Decoder = []string{c.Decoder[0], lieArg, "metadata"} })
	d, err := in.Read(t.Context(), write(t, "a.html", page("")), intake.Hints{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Report.URL != "" || len(d.Report.Title) > 500 || strings.ContainsAny(d.Report.Title+d.Report.Byline, "\x1b\n\x00") {
		t.Errorf("url %q, title %.200q, byline %q", d.Report.URL, d.Report.Title, d.Report.Byline)
	}
}

func TestReadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	in := setup(t, func(c *intake.Config) { c.Decoder = []string{c.Decoder[0], lieArg, "hang"} })
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := in.Read(ctx, write(t, "a.html", page("")), intake.Hints{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Read = %v, want the context's error", err)
	}
}

func TestNoDecoderMeansNoHTML(t *testing.T) {
	t.Parallel()
	in := intake.New(intake.Config{})
	if _, err := in.Read(t.Context(), write(t, "a.html", page("")), intake.Hints{}); !errors.Is(err, corvee.ErrUnsupported) {
		t.Errorf("Read = %v, want ErrUnsupported: HTML is never decoded here", err)
	}
	in = intake.New(intake.Config{Decoder: []string{filepath.Join(t.TempDir(), "gone")}})
	_, err := in.Read(t.Context(), write(t, "a.html", page("")), intake.Hints{})
	var r *intake.Rejection
	if err == nil || errors.As(err, &r) {
		t.Errorf("Read = %v, want an error that is not the document's fault", err)
	}
}

// Nothing of a document is left lying about.
func TestPrivateFolderIsRemoved(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, lie := range []string{"", "die", "hang"} {
		in := setup(t, func(c *intake.Config) {
			c.TempDir, c.Timeout = folder, time.Second
			if lie != "" {
				c.Decoder = []string{c.Decoder[0], lieArg, lie}
			}
		})
		_, _ = in.Read(t.Context(), write(t, "a.html", page("")), intake.Hints{})
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A file over the limit is refused by its size: a sparse file of 200 MB takes no time and
// no memory.
func TestLargeFileIsRefusedUnread(t *testing.T) {
	path := write(t, "a.txt", "x")
	if err := os.Truncate(path, 200<<20); err != nil {
		t.Skip(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := setup(t, nil).Read(t.Context(), path, intake.Hints{})
	runtime.ReadMemStats(&after)
	var r *intake.Rejection
	if !errors.As(err, &r) || !strings.Contains(r.Reason, "200 MB; the most is 64 MB") {
		t.Errorf("Read = %v", err)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
		t.Errorf("refusing it took %d bytes", grown)
	}
}

// The worst texts cost about what they weigh.
func TestWorstTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const mega = 1 << 20
	for name, c := range map[string]struct {
		content, want string
	}{
		"a million lines":      {strings.Repeat("a\n", 8*mega), ""},
		"a million paragraphs": {strings.Repeat("a\n\n", 2*mega), "paragraphs"},
		"one long line":        {strings.Repeat("DANDONG, CHINA (a) / Image ", mega), ""},
		"only line ends":       {strings.Repeat("\r\n", 8*mega), "no text"},
		"only opening marks":   {strings.Repeat("([/", 4*mega), "no text"},
		"legacy and long":      {"\xb5\xd5\xb0\xad" + strings.Repeat("\xb5\xd5\xb0\xad\xc0\xc7 \xb0\xf8\xc0\xe5 ", mega), ""},
		"no encoding at all":   {strings.Repeat("\x81\x8d\x90 ", 2*mega), "UTF"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := setup(t, nil).Read(t.Context(), write(t, "a.txt", c.content), intake.Hints{})
			t.Logf("%d MB in %s: %v", len(c.content)>>20, time.Since(start).Round(time.Millisecond), err)
			var r *intake.Rejection
			if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &r) || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("Read = %v, want %q", err, c.want)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}
