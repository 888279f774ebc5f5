// Package forge makes documents for tests: sound ones of every format out of one text, and
// hostile ones.
//
// What comes in: an invented report, or a seed. What goes out: bytes.
//
// Its one idea: a fixture that is made in sight of the test needs no file beside it, says
// how it is made, and can be made ten thousand times over. Nothing but tests imports it.
package forge

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"mime"
	"mime/quotedprintable"
	"strings"
)

// Report is an article: paragraphs, the first of which is its title. A line end in one is
// a line end in print.
type Report []string

// TXT returns the article with an empty line between paragraphs.
func (r Report) TXT() []byte { return []byte(strings.Join(r, "\n\n") + "\n") }

// Split returns the article of a text with an empty line between paragraphs.
func Split(text string) Report {
	var out Report
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.Trim(p, "\n \t\uFEFF"); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// HTML returns a page with the article between a menu and a list of other stories.
func (r Report) HTML() []byte {
	var b strings.Builder
	b.WriteString("<!doctype html><html><head><meta charset=utf-8><title>" + html.EscapeString(r[0]) + " - Invented Post</title></head><body>" +
		"<nav><a href=/>Home</a> <a href=/a>Asia</a></nav><article><h1>" + escaped(r[0]) + "</h1>")
	for _, p := range r[1:] {
		b.WriteString("<p>" + escaped(p) + "</p>\n")
	}
	b.WriteString("</article><footer><a href=/1>Ten noodle shops</a> <a href=/2>Rail</a></footer></body></html>")
	return []byte(b.String())
}

func escaped(p string) string { return strings.ReplaceAll(html.EscapeString(p), "\n", "<br>") }

// Part is one member of an archive.
type Part struct {
	Name    string
	Content string
}

// ZIP packs parts in order.
func ZIP(parts ...Part) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(f, p.Content)
		}
		if err != nil {
			panic(err) // memory does not fail
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Gzip packs bytes.
func Gzip(raw []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(raw); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func text(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

// The parts of a Word document around its body.
const (
	wordTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	WordBegin = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`
	WordEnd = `</w:body></w:document>`
)

// Word packs the body of a Word document, with more parts beside it.
func Word(body string, more ...Part) []byte {
	return ZIP(append([]Part{{"[Content_Types].xml", wordTypes}, {"word/document.xml", WordBegin + body + WordEnd}}, more...)...)
}

// WordPara returns one paragraph of a Word document.
func WordPara(p string) string {
	lines := strings.Split(p, "\n")
	for i, l := range lines {
		lines[i] = `<w:r><w:t xml:space="preserve">` + text(l) + `</w:t></w:r>`
	}
	return "<w:p>" + strings.Join(lines, "<w:r><w:br/></w:r>") + "</w:p>"
}

// DOCX returns the article as a Word document.
func (r Report) DOCX() []byte {
	var b strings.Builder
	for i, p := range r {
		if i == 0 {
			p = strings.Replace(WordPara(p), "<w:p>", `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>`, 1)
		} else {
			p = WordPara(p)
		}
		b.WriteString(p)
	}
	return Word(b.String())
}

// ODT returns the article as an OpenDocument text.
func (r Report) ODT() []byte {
	var b strings.Builder
	for _, p := range r {
		b.WriteString("<text:p>" + strings.ReplaceAll(text(p), "\n", "<text:line-break/>") + "</text:p>")
	}
	return OpenText(b.String())
}

// OpenText packs the body of an OpenDocument text.
func OpenText(body string) []byte {
	return ZIP(Part{"mimetype", "application/vnd.oasis.opendocument.text"}, Part{"content.xml",
		`<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
			`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">` +
			`<office:body><office:text>` + body + `</office:text></office:body></office:document-content>`})
}

// HWPX returns the article as a document of Hangul.
func (r Report) HWPX() []byte {
	var b strings.Builder
	for _, p := range r {
		b.WriteString(HangulPara(p))
	}
	return Hangul(b.String())
}

// HangulPara returns one paragraph of a document of Hangul.
func HangulPara(p string) string {
	return `<hp:p id="0"><hp:run charPrIDRef="0"><hp:t>` + strings.ReplaceAll(text(p), "\n", "<hp:lineBreak/>") + `</hp:t></hp:run></hp:p>`
}

// Hangul packs the sections of a document of Hangul.
func Hangul(sections ...string) []byte {
	parts := []Part{{"mimetype", "application/hwp+zip"}}
	var items, refs strings.Builder
	for i, s := range sections {
		fmt.Fprintf(&items, `<opf:item id="section%d" href="Contents/section%d.xml"/>`, i, i)
		fmt.Fprintf(&refs, `<opf:itemref idref="section%d"/>`, i)
		parts = append(parts, Part{fmt.Sprintf("Contents/section%d.xml", i),
			`<?xml version="1.0"?><hs:sec xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph">` + s + `</hs:sec>`})
	}
	return ZIP(append(parts, Part{"Contents/content.hpf", `<?xml version="1.0"?><opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:manifest>` +
		items.String() + `</opf:manifest><opf:spine>` + refs.String() + `</opf:spine></opf:package>`})...)
}

// Sender is what the header of every forged mail says of its sender, and no output may.
const Sender = "Canary Sender <canary@example.org>"

// MailHead is the header of a forged mail up to what it holds.
func MailHead(subject string) string {
	return "Return-Path: <canary@example.org>\r\nReceived: from canary-laptop (203.0.113.7) by mx.example.net; Thu, 19 Nov 2020 23:10:11 +0900\r\n" +
		"From: " + Sender + "\r\nTo: Canary Reader <reader@example.net>\r\nMessage-ID: <canary@canary-laptop>\r\nX-Mailer: CanaryMail 1\r\n" +
		"Subject: " + mime.QEncoding.Encode("utf-8", subject) + "\r\nDate: Thu, 19 Nov 2020 23:10:11 +0900\r\nMIME-Version: 1.0\r\n"
}

// EML returns the article as the text of a mail.
func (r Report) EML() []byte {
	return []byte(MailHead(r[0]) + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + Quoted(string(r.TXT())))
}

// Quoted encodes a text as quoted-printable.
func Quoted(s string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// Multipart joins parts, each with its own header, under a boundary.
func Multipart(kind, boundary string, parts ...string) string {
	return "Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"\r\n\r\nFor old readers.\r\n--" + boundary + "\r\n" +
		strings.Join(parts, "\r\n--"+boundary+"\r\n") + "\r\n--" + boundary + "--\r\n"
}

// Attached returns a part of a mail with a file.
func Attached(kind, name string, raw []byte) string {
	var lines strings.Builder
	for s := base64.StdEncoding.EncodeToString(raw); s != ""; {
		n := min(76, len(s))
		lines.WriteString(s[:n] + "\r\n")
		s = s[n:]
	}
	return "Content-Type: " + kind + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"" +
		mime.QEncoding.Encode("utf-8", name) + "\"\r\n\r\n" + lines.String()
}

// MHTML returns the article as a page that a browser saved.
func (r Report) MHTML() []byte {
	return []byte("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/mill\r\nSubject: " + mime.QEncoding.Encode("utf-8", r[0]) +
		"\r\nDate: Thu, 19 Nov 2020 10:00:00 -0000\r\nMIME-Version: 1.0\r\n" + Multipart("related; type=\"text/html\"", "----Boundary",
		"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/mill\r\n\r\n"+Quoted(string(r.HTML())),
		"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://example.org/x.png\r\n\r\niVBORw0KGgo="))
}

// RSS returns a feed with an item for each article, of the day given (RFC 3339).
func RSS(day string, reports ...Report) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Invented Post</title><link>https://example.org/</link>`)
	for i, r := range reports {
		var body strings.Builder
		for _, p := range r[1:] {
			body.WriteString("<p>" + escaped(p) + "</p>")
		}
		fmt.Fprintf(&b, `<item><title>%s</title><link>https://example.org/%d</link><guid isPermaLink="false">n%d</guid><dc:date>%s</dc:date>`+
			`<description>In short.</description><content:encoded><![CDATA[%s]]></content:encoded></item>`, text(r[0]), i, i, day, body.String())
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

// WARC returns one record of a web archive.
func WARC(kind, url, contentType, block string, more ...string) string {
	return "WARC/1.1\r\nWARC-Type: " + kind + "\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nWARC-Target-URI: " + url +
		"\r\nWARC-Date: 2020-11-19T10:00:00Z\r\nContent-Type: " + contentType + "\r\n" + strings.Join(append(more, ""), "\r\n") +
		fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
}

// Answer returns the block of a response record.
func Answer(status, contentType, body string, more ...string) string {
	return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nSet-Cookie: canary=1\r\n" + strings.Join(append(more, ""), "\r\n") + "\r\n" + body
}
