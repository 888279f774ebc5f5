package mail

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"path"
	"strings"
	"unicode"

	"corvee/intake/internal/charset"
	"corvee/intake/internal/wire"
)

// The bounds of one message. The lists of the field's own mail have a dozen parts.
const (
	deepest   = 12
	mostParts = 1000
	mostHead  = 1 << 20
)

// field is one field of a header: its name in lower case, its lines as they stand.
type field struct {
	name  string
	lines []byte
}

type head []field

// first returns the value of the first field of a name on one line.
func (h head) first(name string) string {
	raw := h.raw(name)
	_, value, _ := strings.Cut(raw, ":")
	return strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == '\r' || r == '\n' || r == '\t' || r == ' ' }), " ")
}

// raw returns the first field of a name as it stands, without its last line end.
func (h head) raw(name string) string {
	for _, f := range h {
		if f.name == name {
			return strings.TrimRight(string(f.lines), "\r\n")
		}
	}
	return ""
}

// part is a message or one part of it.
type part struct {
	head     head
	kind     string // media type, lower case
	params   map[string]string
	encoding string // of its transfer, lower case
	raw      []byte // as it was encoded
	parts    []*part
	cut      bool // the end of it is missing
}

// parse never fails: what is no header is body, and a part that cannot be parted is one.
func parse(raw []byte) *part {
	budget := mostParts
	return parsePart(raw, "text/plain", 0, &budget)
}

func parsePart(raw []byte, usual string, depth int, budget *int) *part {
	*budget--
	p := &part{}
	p.head, p.raw = parseHead(raw)
	kind, params, err := mime.ParseMediaType(p.head.first("content-type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) || kind == "" {
		kind, params = usual, map[string]string{}
	}
	p.kind, p.params = kind, params
	p.encoding = strings.ToLower(p.head.first("content-transfer-encoding"))
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" && depth < deepest {
		usual = "text/plain"
		if kind == "multipart/digest" {
			usual = "message/rfc822"
		}
		bodies, cut := split(p.raw, params["boundary"])
		for i, body := range bodies {
			if *budget <= 0 {
				break
			}
			inner := parsePart(body, usual, depth+1, budget)
			inner.cut = inner.cut || cut && i == len(bodies)-1
			p.parts = append(p.parts, inner)
		}
	}
	return p
}

// parseHead parts the header from the body at the first empty line.
func parseHead(raw []byte) (head, []byte) {
	var h head
	rest, start := raw, 0 // start is where the last field began
	for len(rest) > 0 {
		end := bytes.IndexByte(rest, '\n') + 1
		if end == 0 {
			end = len(rest)
		}
		line := rest[:end]
		name, _, ok := bytes.Cut(line, []byte(":"))
		switch {
		case len(bytes.TrimRight(line, "\r\n")) == 0:
			return h, rest[end:]
		case (line[0] == ' ' || line[0] == '\t') && len(h) > 0:
			h[len(h)-1].lines = raw[start : len(raw)-len(rest)+end]
		case ok && len(name) > 0 && !bytes.ContainsAny(name, " \t\r"):
			start = len(raw) - len(rest)
			h = append(h, field{strings.ToLower(string(name)), line})
		case len(h) == 0 && bytes.HasPrefix(line, []byte("From ")): // of a mailbox
		default:
			return h, rest // no header, or its end
		}
		if len(raw)-len(rest) > mostHead {
			return h, rest
		}
		rest = rest[end:]
	}
	return h, nil
}

// split parts a body at the lines of its boundary (RFC 2046 §5.1.1); cut is true if the
// last line of it is missing.
func split(raw []byte, boundary string) (bodies [][]byte, cut bool) {
	mark := []byte("--" + boundary)
	start, at := -1, 0
	for at < len(raw) {
		end := bytes.IndexByte(raw[at:], '\n') + 1 + at
		if end == at {
			end = len(raw)
		}
		line := bytes.TrimRight(raw[at:end], " \t\r\n")
		if bytes.HasPrefix(line, mark) {
			after := line[len(mark):]
			if len(after) == 0 || string(after) == "--" {
				if start >= 0 {
					bodies = append(bodies, withoutEnd(raw[start:at]))
				}
				if start = end; len(after) > 0 {
					return bodies, false
				}
			}
		}
		at = end
	}
	if start >= 0 && start <= len(raw) {
		bodies = append(bodies, raw[start:])
	}
	return bodies, true
}

// withoutEnd drops the line end before a boundary, which belongs to the boundary.
func withoutEnd(raw []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(raw, []byte("\n")), []byte("\r"))
}

// each visits the leaves in order.
func (p *part) each(visit func(*part)) {
	if p.parts == nil {
		visit(p)
		return
	}
	for _, inner := range p.parts {
		inner.each(visit)
	}
}

// body returns the bytes of a part as they were before their transfer. What is damaged in
// it is left out.
func (p *part) body() []byte {
	switch p.encoding {
	case "base64":
		return fromBase64(p.raw)
	case "quoted-printable":
		raw, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(p.raw)))
		if err != nil { // a stray "=" or a character that should have been encoded
			return p.raw
		}
		return raw
	}
	return p.raw
}

func fromBase64(raw []byte) []byte {
	clean := bytes.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '+' || r == '/' {
			return r
		}
		return -1
	}, raw)
	clean = clean[:len(clean)-oneOver(len(clean))]
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean) // of the alphabet and no odd end
	return out[:n]
}

// oneOver is 1 for a length that no encoding has.
func oneOver(n int) int {
	if n%4 == 1 {
		return 1
	}
	return 0
}

// text returns the part that is the text of the message: of alternatives the plain one,
// unless it says much less than the page beside it.
func (p *part) text() *part {
	if p.parts == nil {
		if p.attached() || p.kind != "text/plain" && p.kind != "text/html" || len(bytes.TrimSpace(p.raw)) == 0 {
			return nil
		}
		return p
	}
	var texts []*part
	for _, inner := range p.parts {
		if t := inner.text(); t != nil {
			texts = append(texts, t)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	if p.kind != "multipart/alternative" || len(texts) == 1 {
		return texts[0]
	}
	return fuller(texts)
}

func fuller(texts []*part) *part {
	best, most := texts[0], -1
	for _, t := range texts {
		page, err := t.page()
		if err != nil {
			continue
		}
		said := 0
		for _, b := range page.Blocks {
			said += b.Len()
		}
		if most < 0 || said > 2*most || said > most/2 && t.kind == "text/plain" && best.kind != "text/plain" {
			best, most = t, said
		}
	}
	return best
}

// attached reports whether a part is a file beside the text.
func (p *part) attached() bool {
	disposition, _, _ := mime.ParseMediaType(p.head.first("content-disposition"))
	return disposition == "attachment" || p.name() != ""
}

// name returns the name that a part is given as a file.
func (p *part) name() string {
	_, params, _ := mime.ParseMediaType(p.head.first("content-disposition"))
	return decodeWords(cmp.Or(params["filename"], p.params["name"]), p.params["charset"])
}

// attachments adds every leaf but the text and its alternatives.
func (p *part) attachments(out *wire.Answer, text *part) {
	n := 0
	var walk func(p *part, spare bool)
	walk = func(p *part, spare bool) {
		spare = spare || p.kind == "multipart/alternative" && p.holds(text)
		if p.parts != nil {
			for _, inner := range p.parts {
				walk(inner, spare)
			}
			return
		}
		n++
		switch {
		case p == text, len(bytes.TrimSpace(p.raw)) == 0:
		case spare && !p.attached(), p.decoration():
			out.LeftOut++
		default:
			out.Members = append(out.Members, p.member(n))
		}
	}
	walk(p, false)
	if len(out.Members) > wire.MaxMembers {
		out.LeftOut += len(out.Members) - wire.MaxMembers
		out.Members = out.Members[:wire.MaxMembers]
	}
}

func (p *part) holds(other *part) bool {
	found := false
	p.each(func(leaf *part) { found = found || leaf == other })
	return found
}

// decoration reports whether a part is no document: a picture that stands in the text, a
// signature or a card, which say who the sender is.
func (p *part) decoration() bool {
	switch p.kind {
	case "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys",
		"text/vcard", "text/x-vcard", "text/directory", "text/calendar", "message/delivery-status", "message/disposition-notification",
		"text/rfc822-headers":
		return true
	}
	disposition, _, _ := mime.ParseMediaType(p.head.first("content-disposition"))
	return strings.HasPrefix(p.kind, "image/") && disposition != "attachment"
}

func (p *part) member(n int) wire.Member {
	m := wire.Member{Name: cmp.Or(p.name(), fmt.Sprintf("part-%d%s", n, ending(p.kind)))}
	switch p.kind {
	case "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted":
		m.Refused = "it is encrypted"
		return m
	case "message/rfc822":
		m.Format = wire.Mail
		if path.Ext(m.Name) != ".eml" {
			m.Name += ".eml"
		}
	}
	if m.Raw = p.body(); p.cut {
		m.Raw, m.Refused = nil, "it is cut short: the message ends before it does"
	}
	if m.MediaType = p.kind; p.params["charset"] != "" {
		m.MediaType = cmp.Or(mime.FormatMediaType(p.kind, map[string]string{"charset": p.params["charset"]}), p.kind)
	}
	return m
}

func ending(kind string) string {
	switch kind {
	case "text/plain":
		return ".txt"
	case "text/html":
		return ".html"
	case "message/rfc822":
		return ".eml"
	}
	return ""
}

// decodeWords decodes encoded words (RFC 2047), and raw bytes in an old encoding, which
// mailers of the region write.
func decodeWords(s, usual string) string {
	words := mime.WordDecoder{CharsetReader: func(label string, r io.Reader) (io.Reader, error) {
		raw, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		d, err := charset.DecodeAs(raw, label)
		return strings.NewReader(d.Text), err
	}}
	if decoded, err := words.DecodeHeader(s); err == nil {
		s = decoded
	}
	if d, err := charset.DecodeAs([]byte(s), usual); err == nil {
		return d.Text
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
