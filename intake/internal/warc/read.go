package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"corvee/intake/internal/wire"
)

const (
	mostRecord = 64 << 20 // a text can be no larger
	mostHead   = 256 << 10
	mostRatio  = 150
	freeBytes  = 16 << 20
)

var errBomb = errors.New("it unpacks to over 150 times its size, as only a bomb does")

// Gunzip reads a gzip file: a web archive in it, or one file.
func Gunzip(job wire.Job, raw []byte) (wire.Answer, error) {
	in, err := unpacked(raw)
	if err != nil {
		return wire.Answer{Format: wire.Gzip}, wire.Refuse("unpack it yourself", "it is a damaged gzip file: %v", err)
	}
	if head, _ := in.Peek(5); string(head) == "WARC/" {
		return records(job, in)
	}
	out := wire.Answer{Format: wire.Gzip}
	m := wire.Member{Name: strings.TrimSuffix(job.Name, path.Ext(job.Name))}
	m.Raw, err = readUpTo(in, mostRecord)
	if err != nil {
		m.Raw, m.Refused = nil, err.Error()
	}
	out.Members = []wire.Member{m}
	return out, nil
}

// Records reads a web archive that is not packed.
func Records(job wire.Job, raw []byte) (wire.Answer, error) {
	return records(job, bufio.NewReader(bytes.NewReader(raw)))
}

func unpacked(raw []byte) (*bufio.Reader, error) {
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(&counted{r: r, left: freeBytes + mostRatio*int64(len(raw))}, 64<<10), nil
}

// counted fails once more has come out than anything but a bomb holds.
type counted struct {
	r    io.Reader
	left int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, errBomb
	}
	return n, err
}

var errLarge = fmt.Errorf("it has more than %d MB", mostRecord>>20)

func readUpTo(r io.Reader, most int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(raw)) > most {
		return nil, errLarge
	}
	return raw, err
}

// records reads the records after the cursor, which counts them from the start.
func records(job wire.Job, in *bufio.Reader) (wire.Answer, error) {
	a := archive{out: wire.Answer{Format: wire.WARC}, payloads: map[string][]byte{}}
	for number, sum := int64(1), int64(0); ; number++ {
		h, length, err := header(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return a.damaged(number, job, err)
		}
		body := &io.LimitedReader{R: in, N: length}
		before := len(a.out.Members)
		if number > job.Cursor {
			if sum > job.Most || len(a.out.Members) >= wire.MaxMembers {
				a.out.Next = number - 1
				break
			}
			a.record(h, length, body)
			for _, m := range a.out.Members[before:] {
				sum += int64(len(m.Raw))
			}
		}
		if _, err := io.Copy(io.Discard, body); err != nil || body.N > 0 {
			a.out.Members = a.out.Members[:before] // what there is of it is cut short
			return a.damaged(number, job, errors.Join(err, io.ErrUnexpectedEOF))
		}
	}
	return a.out, nil
}

// archive is one pass over an archive.
type archive struct {
	out      wire.Answer
	payloads map[string][]byte // of this answer, by digest
}

// damaged says where an archive ends before its end. What came before stands.
func (a *archive) damaged(number int64, job wire.Job, err error) (wire.Answer, error) {
	if number == 1 && job.Cursor == 0 {
		return a.out, wire.Refuse("write the archive again", "it is no sound web archive: %v", err)
	}
	a.out.Members = append(a.out.Members, wire.Member{
		Name: fmt.Sprintf("record-%d", number), Refused: fmt.Sprintf("the archive is damaged from here on: %v", err), Retryable: true,
	})
	return a.out, nil
}

// header reads the header of the next record and the length of its block.
func header(in *bufio.Reader) (map[string]string, int64, error) {
	version, err := line(in)
	for err == nil && version == "" { // the empty lines after a record
		version, err = line(in)
	}
	if err != nil {
		return nil, 0, err
	}
	if !strings.HasPrefix(version, "WARC/") {
		return nil, 0, fmt.Errorf("a record begins with %.20q", version)
	}
	h, size := map[string]string{}, 0
	for {
		l, err := line(in)
		if err != nil {
			return nil, 0, noEnd(err)
		}
		if l == "" {
			break
		}
		if size += len(l); size > mostHead {
			return nil, 0, errors.New("a header of over 256 kB")
		}
		name, value, _ := strings.Cut(l, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); h[name] == "" {
			h[name] = strings.TrimSpace(value)
		}
	}
	length, err := strconv.ParseInt(h["content-length"], 10, 64)
	if err != nil || length < 0 {
		return nil, 0, fmt.Errorf("a record of the length %.20q", h["content-length"])
	}
	return h, length, nil
}

func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func line(in *bufio.Reader) (string, error) {
	raw, err := in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", errors.New("a line of over 4 kB in a header")
	}
	if err != nil && (len(raw) == 0 || !errors.Is(err, io.EOF)) {
		return "", err
	}
	return strings.TrimRight(string(raw), "\r\n"), nil
}

func (a *archive) record(h map[string]string, length int64, body io.Reader) {
	m := wire.Member{Name: nameOf(h), URL: strings.Trim(h["warc-target-uri"], "<>"), Captured: captured(h["warc-date"])}
	switch h["warc-type"] {
	case "response":
		if !strings.HasPrefix(h["content-type"], "application/http") {
			break
		}
		a.response(h, length, body, m)
		return
	case "resource", "conversion":
		if !document(h["content-type"]) {
			break
		}
		m.MediaType = h["content-type"]
		a.keep(h, m, body)
		return
	case "revisit":
		if m.Raw = a.payloads[h["warc-payload-digest"]]; m.Raw == nil {
			m.Refused = "it repeats a record that came before or stands in another archive (a revisit)"
		}
		a.out.Members = append(a.out.Members, m)
		return
	case "warcinfo", "request", "metadata": // they tell of the fetcher
		return
	}
	a.out.LeftOut++
}

func captured(date string) string {
	if _, err := time.Parse(time.RFC3339Nano, date); err != nil {
		return ""
	}
	return date
}

// nameOf is the address without its scheme.
func nameOf(h map[string]string) string {
	target := strings.Trim(h["warc-target-uri"], "<>")
	if u, err := url.Parse(target); err == nil && u.Host != "" {
		return u.Host + u.RequestURI()
	}
	if target == "" {
		return strings.Trim(h["warc-record-id"], "<>")
	}
	return target
}

// response takes the document out of an answer of the web.
func (a *archive) response(h map[string]string, length int64, body io.Reader, m wire.Member) {
	if length > mostRecord {
		m.Refused = errLarge.Error()
		a.out.Members = append(a.out.Members, m)
		return
	}
	r, err := http.ReadResponse(bufio.NewReader(body), nil)
	if err != nil {
		m.Refused = "its HTTP header is damaged"
		a.out.Members = append(a.out.Members, m)
		return
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK || !document(r.Header.Get("Content-Type")) {
		a.out.LeftOut++
		return
	}
	m.MediaType = r.Header.Get("Content-Type")
	content, err := plainBody(r)
	if err != nil {
		m.Refused = err.Error()
		a.out.Members = append(a.out.Members, m)
		return
	}
	a.keep(h, m, content)
}

// plainBody undoes how the body was packed for its way.
func plainBody(r *http.Response) (io.Reader, error) {
	limit := &counted{left: freeBytes + mostRatio*max(r.ContentLength, 0)}
	var err error
	switch strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))) {
	case "", "identity":
		return r.Body, nil
	case "gzip", "x-gzip":
		in := bufio.NewReader(r.Body)
		if head, _ := in.Peek(2); string(head) != "\x1F\x8B" { // the archiver unpacked it and left the header
			return in, nil
		}
		limit.r, err = gzip.NewReader(in)
	case "deflate":
		limit.r, err = zlib.NewReader(r.Body)
	default:
		return nil, fmt.Errorf("it is packed with %.20q, which is not read", r.Header.Get("Content-Encoding"))
	}
	return limit, err
}

func (a *archive) keep(h map[string]string, m wire.Member, body io.Reader) {
	var err error
	if m.Raw, err = readUpTo(body, mostRecord); err != nil {
		m.Raw, m.Refused = nil, fmt.Sprintf("it cannot be unpacked: %v", err)
	}
	if digest := h["warc-payload-digest"]; digest != "" && m.Raw != nil {
		a.payloads[digest] = m.Raw
	}
	a.out.Members = append(a.out.Members, m)
}

// document reports whether a media type is one of a document.
func document(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	switch kind {
	case "", "text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/x-pdf", "message/rfc822",
		"application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/xml", "application/xml",
		"application/msword", "application/zip", "application/octet-stream", "application/hwp+zip",
		"application/vnd.hancom.hwpx", "application/x-hwp", "application/haansofthwpx",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text":
		return true
	}
	return false
}
