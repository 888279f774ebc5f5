package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"corvee"
	"corvee/intake/internal/wire"
)

// Hints is what the caller knows about a document. A hint wins over what the document
// says of itself.
type Hints struct {
	URL, Title, Publisher, Lang string
	Published                   corvee.Date
}

// Document is one input as text: the report's metadata, the text in blocks, the bytes to
// archive, and the decoder with its version.
type Document struct {
	// Origin is the path, or for what stands in another file its place there:
	// "mail.eml!/annex.pdf".
	Origin string
	Report corvee.Report
	Text   corvee.Text
	// Original is the bytes as they came; of a mail, what is left without the headers that
	// tell who sent it and without its attachments (docs/adr/0009).
	Original []byte
	Tool     string
	// Contents is set for an archive, which is no report: how many inputs stood in it.
	Contents *Contents
}

// Contents counts what came out of an archive, one deep.
type Contents struct {
	Bytes int64 // of the archive
	Read  int   // documents and archives within
	// Refused are inputs of their own that could not be read; LeftOut are none: folders,
	// hidden files, pictures and scripts of a page.
	Refused, LeftOut int
}

// Config bounds what one input may cost. A zero bound takes its default.
type Config struct {
	// Decoder is the command line of the child, which must run ServeDecoder on its
	// standard input and output. Without it only plain text can be read.
	Decoder []string
	// Timeout is the most time that a child may take (default 30 s).
	Timeout time.Duration
	// MemoryBytes is the most memory that a child may hold (default 512 MB).
	MemoryBytes int64
	// MaxBytes is the largest file that is read (default 64 MB, the largest text), and
	// MaxPacked the largest PDF, mail or archive (default 256 MB).
	MaxBytes, MaxPacked int64
	// MaxUnpacked and MaxMembers bound what may come out of one file, however deep
	// (default 2 GB and 20,000), and MaxDepth how deep (default 5 files in one another).
	MaxUnpacked          int64
	MaxMembers, MaxDepth int
	// TempDir is where the child's empty working folder is made; empty is the system's.
	TempDir string
	// CacheDir keeps what the child compiles for itself between runs; empty keeps nothing.
	CacheDir string
	// Uncaged lets risky formats be decoded where the system cannot shut the child in.
	Uncaged bool
}

// Intake reads inputs under one Config. It may be used by several goroutines.
type Intake struct {
	config Config
	// unconfined is set once the system has refused namespaces, to ask it only once.
	unconfined atomic.Bool
	// swept and warmed are done once for a process.
	swept, warmed sync.Once
}

// New returns an Intake under the config, with defaults for what it leaves open.
func New(c Config) *Intake {
	if c.Timeout <= 0 {
		c.Timeout = 30 * time.Second
	}
	if c.MemoryBytes <= 0 {
		c.MemoryBytes = 512 << 20
	}
	if c.MaxBytes <= 0 {
		c.MaxBytes = corvee.MaxTextBytes
	}
	if c.MaxPacked <= 0 {
		c.MaxPacked = 256 << 20
	}
	if c.MaxUnpacked <= 0 {
		c.MaxUnpacked = 2 << 30
	}
	if c.MaxMembers <= 0 {
		c.MaxMembers = 20_000
	}
	if c.MaxDepth <= 0 {
		c.MaxDepth = 5
	}
	return &Intake{config: c}
}

// Read returns the document that the file at path is. What stands in it is not followed:
// see Documents. Whatever is wrong with the input itself is a *Rejection; another error
// means that the run is over: the context has ended, or this machine cannot start a
// process.
func (in *Intake) Read(ctx context.Context, path string, h Hints) (Document, error) {
	src, err := in.open(path)
	if err != nil {
		return Document{}, named(err, path)
	}
	doc, _, err := in.read(ctx, src, h)
	if err == nil && doc.Contents != nil {
		err = refuse(corvee.ErrInvalid, "read its members", "this is an archive")
	}
	return doc, named(err, path)
}

// source is one file to read: at a path, or out of another file.
type source struct {
	origin, name        string // name tells the ending
	raw                 []byte
	mediaType, declared string      // what the carrier says: type without its parameters, charset
	url                 string      // of the web, whose endings tell nothing
	captured            time.Time   // zero if nobody says
	ask                 wire.Format // where it is known beforehand
	depth               int
}

func (s source) ending() string {
	if s.url != "" {
		return ""
	}
	return filepath.Ext(s.name)
}

func (in *Intake) open(path string) (source, error) {
	raw, err := in.load(path)
	return source{origin: path, name: filepath.Base(path), raw: raw}, err
}

// read decodes one source; the answer still holds the members, if there are any.
func (in *Intake) read(ctx context.Context, src source, h Hints) (Document, wire.Answer, error) {
	if err := ctx.Err(); err != nil {
		return Document{}, wire.Answer{}, err
	}
	ask, err := src.ask, error(nil)
	if ask == "" {
		ask, err = recognise(src.raw, src.ending(), src.mediaType)
	}
	if err != nil {
		return Document{}, wire.Answer{}, err
	}
	a, err := in.ask(ctx, src, ask, 0)
	if err != nil {
		return Document{}, a, toolOf(err, cmp.Or(a.Format, ask))
	}
	doc := Document{Origin: src.origin, Original: src.raw, Tool: tool(a.Format, a.Tool)}
	if a.Page == nil {
		doc.Contents = &Contents{Bytes: int64(len(src.raw))}
		return doc, a, nil
	}
	if len(a.Kept) > 0 {
		doc.Original = a.Kept
	}
	h.URL = first(h.URL, address(src.url))
	err = doc.assemble(a, h)
	doc.Report.CapturedAt = src.captured
	return doc, a, toolOf(err, a.Format)
}

// ask has a source decoded, from a cursor on if it is an archive.
func (in *Intake) ask(ctx context.Context, src source, f wire.Format, cursor int64) (wire.Answer, error) {
	if f == plainText {
		return decodePlain(src.raw, src.declared)
	}
	in.warm(ctx, f)
	a, err := in.decode(ctx, wire.Job{Format: f, Name: src.name, Charset: src.declared, Cursor: cursor}, src.raw)
	if _, known := formats[a.Format]; err == nil && !known {
		err = refuse(corvee.ErrInvalid, otherWay, "the decoder's answer is unsound: it names no format")
	}
	return a, err
}

// load reads a regular file whole, and refuses one that is too large before it does.
func (in *Intake) load(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fileRejection(err)
	case info.IsDir():
		return nil, refuse(corvee.ErrInvalid, "name a file; a folder is walked by the command", "this is a folder")
	case !info.Mode().IsRegular():
		return nil, refuse(corvee.ErrInvalid, "copy its content to a file", "this is a device or a pipe, not a file")
	case info.Size() > max(in.config.MaxBytes, in.config.MaxPacked):
		return nil, tooLarge(info.Size(), in.config.MaxPacked)
	case info.Size() == 0:
		return nil, refuse(corvee.ErrInvalid, "save the document again", "the file is empty")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fileRejection(err)
	}
	defer file.Close()
	most, err := in.limit(file, path)
	if err != nil {
		return nil, fileRejection(err)
	}
	if info.Size() > most {
		return nil, tooLarge(info.Size(), most)
	}
	return readAll(file, info.Size(), most)
}

// limit returns how large a file may be, by how it begins.
func (in *Intake) limit(file *os.File, path string) (int64, error) {
	head := make([]byte, 4<<10)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	return in.limitOf(head[:n], filepath.Ext(path)), nil
}

func (in *Intake) limitOf(head []byte, ending string) int64 {
	if f, err := recognise(head, ending, ""); err == nil && f != plainText && f != wire.HTML {
		return in.config.MaxPacked
	}
	return in.config.MaxBytes
}

// readAll reads at most the limit, since a file may grow while it is read.
func readAll(r io.Reader, size, most int64) ([]byte, error) {
	raw := make([]byte, 0, size+1)
	for {
		if len(raw) == cap(raw) {
			raw = append(raw, 0)[:len(raw)]
		}
		n, err := r.Read(raw[len(raw):cap(raw)])
		raw = raw[:len(raw)+n]
		switch {
		case int64(len(raw)) > most:
			return nil, tooLarge(int64(len(raw)), most)
		case errors.Is(err, io.EOF):
			return raw, nil
		case err != nil:
			return nil, fileRejection(err)
		}
	}
}

// errNoText: a document without a letter, which may yet hold others.
var errNoText = fmt.Errorf("%w: no text", corvee.ErrInvalid)

// assemble checks what a decoder made and describes the report with it.
func (d *Document) assemble(a wire.Answer, h Hints) error {
	page := *a.Page
	text, err := corvee.NewText(page.Text, page.Blocks)
	if err == nil && !page.Sound() {
		err = errors.New("a block or a place of an unknown kind")
	}
	if err == nil {
		text, err = text.Placed(page.Regions)
	}
	if err != nil {
		return refuse(corvee.ErrInvalid, saveAs, "the decoder's answer is unsound: %v", err)
	}
	if page.Empty() {
		return refuse(errNoText, "save the document as text", "there is no text in it")
	}
	d.Text = text
	d.Report = corvee.Report{
		ID: corvee.HashID(d.Original), Text: text.Hash(), MediaType: formats[a.Format].mediaType, Encoding: page.Encoding,
		Bytes: int64(len(d.Original)), Replaced: page.Replaced, Byline: clean(page.Byline),
		URL: first(h.URL, address(page.URL)), Title: first(h.Title, clean(page.Title)),
		Publisher: first(h.Publisher, clean(page.Publisher)), Lang: first(h.Lang, clean(page.Lang)), Published: h.Published,
	}
	if !d.Report.Published.Known() && page.Published.Valid() {
		d.Report.Published = page.Published
	}
	return nil
}

// clean returns a value that a document gives of itself as one line of bounded length,
// without the marks that turn its direction: they make a line read as another.
func clean(value string) string {
	const longest = 500
	line := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		if r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, "\uFFFD"))
	line = strings.Join(strings.Fields(line), " ")
	if len(line) > longest {
		line = strings.ToValidUTF8(line[:longest], "")
	}
	return line
}

// address returns what a document calls its own address if it is one on the web: it is
// shown as a link later.
func address(value string) string {
	value = clean(value)
	if strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://") {
		return value
	}
	return ""
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
