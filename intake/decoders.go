package intake

import (
	"bytes"
	"fmt"

	"corvee/intake/internal/docx"
	"corvee/intake/internal/feed"
	"corvee/intake/internal/html"
	"corvee/intake/internal/hwpx"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/mail"
	"corvee/intake/internal/odt"
	"corvee/intake/internal/pack"
	"corvee/intake/internal/pdf"
	"corvee/intake/internal/sitemap"
	"corvee/intake/internal/warc"
	"corvee/intake/internal/wire"
)

// decoder turns the bytes of a job into an answer. It runs in the child.
type decoder func(wire.Job, []byte) (wire.Answer, error)

// decoderOf returns what decodes a job. One format, one folder under internal/.
func decoderOf(job wire.Job) decoder {
	switch job.Format {
	case wire.HTML:
		return page(wire.HTML, html.Decode)
	case wire.Package:
		return openPackage
	case wire.ZIP:
		return members
	case wire.Mail, wire.MHTML:
		return mail.Decode
	case wire.MBOX:
		return mail.Mailbox
	case wire.Feed:
		return feed.Items
	case wire.Sitemap:
		return sitemap.Items
	case wire.Entry:
		return page(wire.Entry, feed.Page)
	case wire.Gzip:
		return warc.Gunzip
	case wire.PDF:
		return pdf.Start(job.Cache, job.MemoryBytes).Decode
	case wire.WARC:
		return records
	}
	return func(wire.Job, []byte) (wire.Answer, error) {
		return wire.Answer{}, fmt.Errorf("no decoder for %q", job.Format)
	}
}

// openPackage tells what a ZIP is and decodes it: a document in parts, or an archive.
func openPackage(job wire.Job, raw []byte) (wire.Answer, error) {
	a, err := pack.Open(raw)
	if err != nil {
		return wire.Answer{Format: wire.ZIP}, err
	}
	for _, kind := range []struct {
		format wire.Format
		is     func(*pack.Archive) bool
		decode func(*pack.Archive) (layout.Page, error)
	}{{wire.DOCX, docx.Is, docx.Decode}, {wire.HWPX, hwpx.Is, hwpx.Decode}, {wire.ODT, odt.Is, odt.Decode}} {
		if kind.is(a) {
			p, err := kind.decode(a)
			return wire.Answer{Format: kind.format, Page: &p}, err
		}
	}
	if why := notRead(a); why != "" {
		return wire.Answer{Format: wire.ZIP}, wire.Refuse("save it as text or PDF", "this is %s, which is not read as a report", why)
	}
	return a.Members(job), nil
}

// records goes on with a web archive, packed or not.
func records(job wire.Job, raw []byte) (wire.Answer, error) {
	if bytes.HasPrefix(raw, []byte("\x1F\x8B")) {
		return warc.Gunzip(job, raw)
	}
	return warc.Records(job, raw)
}

func members(job wire.Job, raw []byte) (wire.Answer, error) {
	a, err := pack.Open(raw)
	if err != nil {
		return wire.Answer{Format: wire.ZIP}, err
	}
	return a.Members(job), nil
}

// notRead names the documents in parts that have no reader; their parts are no documents.
func notRead(a *pack.Archive) string {
	for _, k := range []struct{ part, name string }{
		{"xl/workbook.xml", "a workbook (XLSX)"}, {"xl/workbook.bin", "a workbook (XLSB)"}, {"ppt/presentation.xml", "a presentation (PPTX)"},
		{"META-INF/container.xml", "a book (EPUB)"}, {"AndroidManifest.xml", "a program"}, {"META-INF/MANIFEST.MF", "a program"},
		{"word/document.xml", "a damaged Word document"}, {"content.xml", "an OpenDocument file other than a text"},
	} {
		if a.Has(k.part) {
			return k.name
		}
	}
	return ""
}

// page is a decoder of a file that is one document.
func page(f wire.Format, decode func([]byte, string) (layout.Page, error)) decoder {
	return func(job wire.Job, raw []byte) (wire.Answer, error) {
		p, err := decode(raw, job.Charset)
		return wire.Answer{Format: f, Page: &p}, err
	}
}
