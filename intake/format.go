package intake

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"corvee"
	"corvee/intake/internal/charset"
	"corvee/intake/internal/plain"
	"corvee/intake/internal/wire"
)

// formats is the table of what a file may turn out to be. The version changes with every
// change of the text that a decoder makes of the same bytes.
var formats = map[wire.Format]struct {
	mediaType string
	version   int
}{
	"plain":      {"text/plain", 1},
	wire.HTML:    {"text/html", 2},
	wire.DOCX:    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", 1},
	wire.HWPX:    {"application/hwp+zip", 1},
	wire.ODT:     {"application/vnd.oasis.opendocument.text", 1},
	wire.ZIP:     {"application/zip", 1},
	wire.Mail:    {"message/rfc822", 1},
	wire.MHTML:   {"multipart/related", 1},
	wire.MBOX:    {"application/mbox", 1},
	wire.Feed:    {"application/xml", 1},
	wire.Sitemap: {"application/xml", 1},
	wire.Entry:   {"application/xml", 1},
	wire.Gzip:    {"application/gzip", 1},
	wire.WARC:    {"application/warc", 1},
	wire.PDF:     {"application/pdf", 1},
}

const plainText wire.Format = "plain"

// tool names the decoder of a format with its version, and the library behind it.
func tool(f wire.Format, library string) string {
	if f == "" {
		return ""
	}
	name := fmt.Sprintf("%s/%d", f, formats[f].version)
	if library != "" {
		name += " (" + clean(library) + ")"
	}
	return name
}

// unread are the formats that are told by their first bytes and that nothing here reads.
func unread() []struct{ magic, name string } {
	return []struct{ magic, name string }{
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word, Excel or HWP file"},
		{"HWP Document File", "an old HWP file"},
		{"{\\rtf", "a rich text (RTF)"},
		{"7z\xBC\xAF\x27\x1C", "a 7-Zip file"},
		{"Rar!\x1A\x07", "a RAR file"},
		{"BZh", "a bzip2 file"},
		{"\xFD7zXZ\x00", "an xz file"},
		{"\x28\xB5\x2F\xFD", "a Zstandard file"},
		{"RIFF", "a sound or film"},
		{"SQLite format 3\x00", "an SQLite database"},
		{"\x7FELF", "a program"},
		{"MZ\x90", "a program"},
		{"\xCF\xFA\xED\xFE", "a program"},
		{"\x00asm", "a program"},
		{"ID3", "a sound"},
		{"OggS", "a sound or film"},
	}
}

// pictures are formats whose text would have to be recognised first.
func pictures() []struct{ magic, name string } {
	return []struct{ magic, name string }{
		{"\x89PNG\r\n\x1A\n", "PNG"},
		{"\xFF\xD8\xFF", "JPEG"},
		{"GIF8", "GIF"},
		{"II*\x00", "TIFF"},
		{"MM\x00*", "TIFF"},
		{"BM", "BMP"},
	}
}

// isPicture names the kind of a picture. WebP stands in a container that sounds have too,
// and two letters alone make no picture.
func isPicture(raw []byte) (kind string, ok bool) {
	if len(raw) > 12 && bytes.HasPrefix(raw, []byte("RIFF")) && string(raw[8:12]) == "WEBP" {
		return "WebP", true
	}
	for _, p := range pictures() {
		if bytes.HasPrefix(raw, []byte(p.magic)) && (len(p.magic) > 2 || charset.Binary(raw)) {
			return p.name, true
		}
	}
	return "", false
}

// packed are the formats that are told by their first bytes and that the child reads.
// They may be larger than a text.
func packed() []struct {
	magic string
	ask   wire.Format
} {
	return []struct {
		magic string
		ask   wire.Format
	}{
		{"%PDF-", wire.PDF},
		{"PK\x03\x04", wire.Package},
		{"PK\x05\x06", wire.Package},
		{"PK\x07\x08", wire.Package},
		{"\x1F\x8B", wire.Gzip},
		{"WARC/1.", wire.WARC},
		{"WARC/0.", wire.WARC},
	}
}

// packedAs returns the packed format that bytes begin as. A PDF may stand behind other
// bytes, which its readers allow within the first thousand.
func packedAs(head []byte) (wire.Format, bool) {
	for _, p := range packed() {
		if bytes.HasPrefix(head, []byte(p.magic)) {
			return p.ask, true
		}
	}
	return "", false
}

// tables maps the endings of files that are text but no report to what to do with them.
func tables() map[string]string {
	const screen, lists = "screen a table of parties with `corvee screen`", "import a list with `corvee lists import`"
	return map[string]string{
		".csv": screen, ".tsv": screen, ".xlsx": screen, ".ods": screen, ".parquet": screen,
		".json": lists, ".jsonl": lists, ".ndjson": lists, ".ftm": lists, ".xml": lists,
	}
}

const ocrRemedy = "recognise its text yourself (tesseract FILE out -l kor+chi_sim+eng) and read out.txt"

const saveAs = "save it as text or as an HTML page"

// recognise names the format of the bytes. The content decides; the ending and what the
// carrier declares only tell apart what looks alike.
func recognise(raw []byte, ending, declared string) (wire.Format, error) {
	ending = strings.ToLower(ending)
	if f, ok := packedAs(raw); ok && !archiveOfData(ending) {
		return f, nil
	}
	if kind, ok := isPicture(raw); ok {
		r := refuse(corvee.ErrUnsupported, ocrRemedy, "this is a picture (%s); no text is recognised in pictures (OCR) by this version", kind)
		r.Retryable = true // by a version that does
		return "", r
	}
	for _, k := range unread() {
		if bytes.HasPrefix(raw, []byte(k.magic)) {
			return "", refuse(corvee.ErrUnsupported, saveAs, "this is %s, which is not read yet", k.name)
		}
	}
	if looksFeed(raw) {
		return wire.Feed, nil
	}
	page := declared == "text/html" || declared == "application/xhtml+xml" // an address may end in anything
	if remedy, ok := tables()[ending]; ok && !page {
		return "", refuse(corvee.ErrUnsupported, remedy, "a %s file is data, not a report", ending)
	}
	switch {
	case ending == ".mbox" || bytes.HasPrefix(raw, []byte("From ")) && mailHead(afterLine(raw)):
		return wire.MBOX, nil
	case ending == ".eml" || ending == ".mht" || ending == ".mhtml" || declared == "message/rfc822" || ending != ".txt" && mailHead(raw):
		return wire.Mail, nil
	case looksHTML(raw, ending) || page && !charset.Binary(raw):
		return wire.HTML, nil
	case charset.Binary(raw):
		return "", refuse(corvee.ErrInvalid, saveAs, "this is binary data, not text")
	}
	return plainText, nil
}

// archiveOfData reports whether a ZIP is a table by its ending.
func archiveOfData(ending string) bool { return ending == ".xlsx" || ending == ".ods" }

// looksFeed looks for the element that opens a feed, behind an XML declaration and
// comments.
func looksFeed(raw []byte) bool {
	head := bytes.ReplaceAll(raw[:min(len(raw), 2048)], []byte{0}, nil)
	head = bytes.TrimLeft(head, "\xEF\xBB\xBF\xFE\xFF \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return false
	}
	for _, tag := range []string{"<rss", "<feed", "<rdf:RDF", "<atom:feed"} {
		if i := bytes.Index(head, []byte(tag)); i >= 0 && !bytes.Contains(bytes.ToLower(head[:i]), []byte("<html")) {
			return true
		}
	}
	return false
}

func afterLine(raw []byte) []byte {
	_, rest, _ := bytes.Cut(raw, []byte("\n"))
	return rest
}

// mailHead reports whether bytes open with the header of a message: fields and no other
// line before the empty one, two of them such as only messages have.
func mailHead(raw []byte) bool {
	const longest = 64 << 10
	known := 0
	for line := range bytes.Lines(raw[:min(len(raw), longest)]) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		if !ok || bytes.ContainsAny(name, " \t") {
			return false
		}
		switch strings.ToLower(string(name)) {
		case "from", "to", "received", "return-path", "message-id", "mime-version", "delivered-to", "subject", "date",
			"content-type", "x-mailer", "reply-to", "x-original-to", "dkim-signature":
			known++
		}
	}
	return known >= 3
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

func decodePlain(raw []byte, declared string) (wire.Answer, error) {
	page, err := plain.Decode(raw, declared)
	switch {
	case errors.Is(err, plain.ErrTooMany):
		err = refuse(corvee.ErrInvalid, "split it into its reports", "%v", err)
	case err != nil:
		err = refuse(corvee.ErrInvalid, "save it as UTF-8", "%v", err)
	}
	return wire.Answer{Format: plainText, Page: &page}, err
}
