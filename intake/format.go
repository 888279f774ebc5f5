package intake

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"corvee"
	"corvee/intake/internal/charset"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/plain"
	"corvee/intake/internal/wire"
)

// format is one row of the table: what a file is and who decodes it. The version changes
// with every change of the text that a decoder makes of the same bytes.
type format struct {
	name, mediaType string
	version         int
	decode          func(ctx context.Context, in *Intake, raw []byte) (layout.Page, error)
}

func plainFormat() format {
	return format{name: "plain", mediaType: "text/plain", version: 1, decode: decodePlain}
}

func htmlFormat() format {
	return format{name: "html", mediaType: "text/html", version: 1, decode: inChild(wire.HTML)}
}

// known are the formats that are told by their first bytes and that nothing here reads.
func known() []struct{ magic, name string } {
	return []struct{ magic, name string }{
		{"%PDF-", "a PDF"},
		{"PK\x03\x04", "a ZIP, DOCX, XLSX, HWPX or EPUB"},
		{"PK\x05\x06", "an empty ZIP"},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word, Excel or HWP file"},
		{"HWP Document File", "an old HWP file"},
		{"{\\rtf", "a rich text (RTF)"},
		{"\x1F\x8B", "a gzip file"},
		{"7z\xBC\xAF\x27\x1C", "a 7-Zip file"},
		{"Rar!\x1A\x07", "a RAR file"},
		{"BZh", "a bzip2 file"},
		{"\xFD7zXZ\x00", "an xz file"},
		{"\x28\xB5\x2F\xFD", "a Zstandard file"},
		{"\x89PNG\r\n\x1A\n", "a PNG picture"},
		{"\xFF\xD8\xFF", "a JPEG picture"},
		{"GIF8", "a GIF picture"},
		{"II*\x00", "a TIFF picture"},
		{"MM\x00*", "a TIFF picture"},
		{"RIFF", "a WebP picture or a sound"},
		{"WARC/1.", "a WARC archive"},
		{"SQLite format 3\x00", "an SQLite database"},
		{"\x7FELF", "a program"},
		{"MZ\x90", "a program"},
		{"\xCF\xFA\xED\xFE", "a program"},
		{"\x00asm", "a program"},
		{"ID3", "a sound"},
		{"OggS", "a sound or film"},
	}
}

// tables maps the endings of files that are text but no report to what to do with them.
func tables() map[string]string {
	const screen, lists = "screen a table of parties with `corvee screen`", "import a list with `corvee lists import`"
	return map[string]string{
		".csv": screen, ".tsv": screen, ".xlsx": screen, ".ods": screen, ".parquet": screen,
		".json": lists, ".jsonl": lists, ".ndjson": lists, ".ftm": lists, ".xml": lists,
	}
}

const saveAs = "save it as text or as an HTML page"

// recognise names the format of the bytes. The content decides; the ending only tells
// apart what looks alike.
func recognise(raw []byte, ending string) (format, error) {
	ending = strings.ToLower(ending)
	if remedy, ok := tables()[ending]; ok {
		return format{}, refuse(corvee.ErrUnsupported, remedy, "a %s file is data, not a report", ending)
	}
	for _, k := range known() {
		if bytes.HasPrefix(raw, []byte(k.magic)) {
			return format{}, refuse(corvee.ErrUnsupported, saveAs, "this is %s, which is not read yet", k.name)
		}
	}
	if ending == ".eml" || ending == ".mht" || ending == ".mhtml" || ending == ".mbox" {
		return format{}, refuse(corvee.ErrUnsupported, saveAs, "mail and web archives (%s) are not read yet", ending)
	}
	if looksHTML(raw, ending) {
		return htmlFormat(), nil
	}
	if charset.Binary(raw) {
		return format{}, refuse(corvee.ErrInvalid, saveAs, "this is binary data, not text")
	}
	return plainFormat(), nil
}

// looksHTML looks for a tag that opens an HTML page near the start, whatever the
// encoding: NULs between ASCII letters are UTF-16.
func looksHTML(raw []byte, ending string) bool {
	head := bytes.ReplaceAll(raw[:min(len(raw), 1024)], []byte{0}, nil)
	head = bytes.ToLower(bytes.TrimLeft(head, "\xEF\xBB\xBF\xFE\xFF \t\r\n\f"))
	if ending == ".html" || ending == ".htm" || ending == ".xhtml" {
		return bytes.IndexByte(head, '<') >= 0 || len(raw) > len(head)
	}
	if ending == ".txt" || ending == ".md" {
		return false // a text may talk of tags, even in its first line
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<article", "<meta "} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return true
		}
	}
	return bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<html")) ||
		bytes.HasPrefix(head, []byte("<!--")) && bytes.Contains(head, []byte("<html"))
}

func decodePlain(_ context.Context, _ *Intake, raw []byte) (layout.Page, error) {
	page, err := plain.Decode(raw)
	switch {
	case errors.Is(err, plain.ErrTooMany):
		return page, refuse(corvee.ErrInvalid, "split it into its reports", "%v", err)
	case err != nil:
		return page, refuse(corvee.ErrInvalid, "save it as UTF-8", "%v", err)
	}
	return page, nil
}
