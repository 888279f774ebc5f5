// Package mail reads messages, mailboxes and pages that were saved as a message (RFC 5322,
// 2045–2047, 2231, 2557, 3676).
//
// What comes in: the bytes of one message, or of a mailbox. What goes out: the text of the
// message, its attachments as members, and what is to be archived in its place.
//
// Its one idea: who wrote to whom, by which machines, is not taken in. Of the header only
// the subject and the day are looked at, and what is archived is a message that holds
// these and the text, byte for byte as it was encoded, and nothing else.
package mail

import (
	"bytes"
	"cmp"
	"fmt"
	"mime"
	"net/mail"
	"strings"

	"corvee"
	"corvee/intake/internal/html"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/plain"
	"corvee/intake/internal/wire"
)

// Decode returns the text of a message and its attachments. A message without a text has
// no page.
func Decode(_ wire.Job, raw []byte) (wire.Answer, error) {
	root := parse(raw)
	if saved(root.head) {
		return savedPage(root)
	}
	out := wire.Answer{Format: wire.Mail}
	body := root.text()
	if body != nil {
		page, err := body.page()
		if err != nil {
			return out, err
		}
		describe(&page, root.head, body.params["charset"])
		out.Page, out.Kept = &page, kept(root.head, body)
	}
	root.attachments(&out, body)
	if out.Page == nil && len(out.Members) == 0 {
		return out, wire.Refuse("open it in a mail program and save the text", "the message holds no text and no attachment")
	}
	return out, nil
}

// describe adds what the header says of the text. A subject in bare bytes is in the
// encoding of the text.
func describe(page *layout.Page, h head, charset string) {
	subject := decodeWords(h.first("subject"), charset)
	page.Title = cmp.Or(page.Title, subject)
	if at, err := mail.ParseDate(h.first("date")); err == nil {
		// The day where it was written, as it stands there.
		page.Published = corvee.Date{Year: at.Year(), Month: int(at.Month()), Day: at.Day()}
	}
}

// page decodes the text of one part.
func (p *part) page() (layout.Page, error) {
	if p.kind == "text/html" {
		return html.Decode(p.body(), p.params["charset"])
	}
	page, err := plain.Decode(unflow(p.body(), p.params), p.params["charset"])
	if err != nil {
		return page, err
	}
	maskSignature(&page)
	return page, nil
}

// maskSignature takes what follows the line "-- " for boilerplate: it names the sender.
func maskSignature(page *layout.Page) {
	at := strings.Index(page.Text, "\n-- \r\n")
	if at < 0 {
		at = strings.Index(page.Text, "\n-- \n")
	}
	if at < 0 {
		return
	}
	for i := range page.Blocks {
		if page.Blocks[i].End > at {
			page.Blocks[i].Kind = corvee.BlockBoilerplate
		}
	}
}

// unflow joins the lines of a flowed text (RFC 3676) that end in a space.
func unflow(raw []byte, params map[string]string) []byte {
	if !strings.EqualFold(params["format"], "flowed") {
		return raw
	}
	var out bytes.Buffer
	for line := range bytes.Lines(raw) {
		words := bytes.TrimRight(line, "\r\n")
		words = bytes.TrimPrefix(words, []byte(" ")) // stuffed
		soft := bytes.HasSuffix(words, []byte(" ")) && string(words) != "-- "
		if soft && strings.EqualFold(params["delsp"], "yes") {
			words = words[:len(words)-1]
		}
		out.Write(words)
		if !soft {
			out.Write(line[len(bytes.TrimRight(line, "\r\n")):])
		}
	}
	return out.Bytes()
}

// kept returns the message that is archived: subject, day and text. Of the day's time and
// zone nothing is said, since they tell where the sender sat.
func kept(h head, body *part) []byte {
	var out bytes.Buffer
	if subject := h.raw("subject"); subject != "" {
		out.WriteString(subject + "\r\n")
	}
	if at, err := mail.ParseDate(h.first("date")); err == nil {
		fmt.Fprintf(&out, "Date: %s 00:00:00 -0000\r\n", at.Format("02 Jan 2006"))
	}
	params := map[string]string{}
	for _, name := range []string{"charset", "format", "delsp"} {
		if v, ok := body.params[name]; ok {
			params[name] = v
		}
	}
	fmt.Fprintf(&out, "MIME-Version: 1.0\r\nContent-Type: %s\r\n", cmp.Or(mime.FormatMediaType(body.kind, params), body.kind))
	if body.encoding != "" {
		fmt.Fprintf(&out, "Content-Transfer-Encoding: %s\r\n", body.encoding)
	}
	out.WriteString("\r\n")
	out.Write(body.raw)
	return out.Bytes()
}

// saved reports whether a message is a page that a browser saved: it says so, and nobody
// sent it to anybody.
func saved(h head) bool {
	for _, sent := range []string{"to", "cc", "bcc", "received", "delivered-to", "return-path", "reply-to", "sender", "message-id"} {
		if h.first(sent) != "" {
			return false
		}
	}
	kind, _, _ := mime.ParseMediaType(h.first("content-type"))
	from := h.first("from")
	return kind == "multipart/related" && (from == "" || strings.HasPrefix(from, "<Saved by") || strings.HasPrefix(from, `"Saved by`)) ||
		strings.HasPrefix(from, "<Saved by")
}

// savedPage returns the page that a saved message opens with; its pictures and styles are
// left out.
func savedPage(root *part) (wire.Answer, error) {
	out := wire.Answer{Format: wire.MHTML}
	start := root.params["start"]
	var first *part
	root.each(func(p *part) {
		switch {
		case p.kind != "text/html" && p.kind != "application/xhtml+xml" && p.kind != "text/plain":
			out.LeftOut++
		case first == nil, start != "" && p.head.first("content-id") == start && first.head.first("content-id") != start:
			first = p
		default:
			out.LeftOut++
		}
	})
	if first == nil {
		return out, wire.Refuse("save the page as HTML", "there is no page in it")
	}
	page, err := first.page()
	if err != nil {
		return out, err
	}
	describe(&page, root.head, first.params["charset"])
	page.URL = cmp.Or(first.head.first("content-location"), root.head.first("snapshot-content-location"), page.URL)
	out.Page = &page
	return out, nil
}
