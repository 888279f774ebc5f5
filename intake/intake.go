package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"corvee"
	"corvee/intake/internal/layout"
)

// Hints is what the caller knows about a document. A hint wins over what the document
// says of itself.
type Hints struct {
	URL, Title, Publisher, Lang string
	Published                   corvee.Date
}

// Document is one input as text: the report's metadata, the text in blocks, the bytes as
// they came, and the decoder with its version.
type Document struct {
	Report   corvee.Report
	Text     corvee.Text
	Original []byte
	Tool     string
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
	// MaxBytes is the largest file that is read (default 64 MB, the largest text).
	MaxBytes int64
	// TempDir is where the child's empty working folder is made; empty is the system's.
	TempDir string
}

// Intake reads inputs under one Config. It may be used by several goroutines.
type Intake struct {
	config Config
	// unconfined is set once the system has refused namespaces, to ask it only once.
	unconfined atomic.Bool
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
	return &Intake{config: c}
}

// Read returns the document at path. Whatever is wrong with the input itself is a
// *Rejection; another error means that the run is over: the context has ended, or this
// machine cannot start a process.
func (in *Intake) Read(ctx context.Context, path string, h Hints) (Document, error) {
	if err := ctx.Err(); err != nil {
		return Document{}, err
	}
	original, err := in.load(path)
	if err != nil {
		return Document{}, err
	}
	f, err := recognise(original, filepath.Ext(path))
	if err != nil {
		return Document{}, err
	}
	page, err := f.decode(ctx, in, original)
	if err != nil {
		return Document{}, err
	}
	return assemble(original, f, page, h)
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
	case info.Size() > in.config.MaxBytes:
		return nil, tooLarge(info.Size(), in.config.MaxBytes)
	case info.Size() == 0:
		return nil, refuse(corvee.ErrInvalid, "save the document again", "the file is empty")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fileRejection(err)
	}
	defer file.Close()
	return in.readAll(file, info.Size())
}

// readAll reads at most the limit, since a file may grow while it is read.
func (in *Intake) readAll(r io.Reader, size int64) ([]byte, error) {
	raw := make([]byte, 0, size+1)
	for {
		if len(raw) == cap(raw) {
			raw = append(raw, 0)[:len(raw)]
		}
		n, err := r.Read(raw[len(raw):cap(raw)])
		raw = raw[:len(raw)+n]
		switch {
		case int64(len(raw)) > in.config.MaxBytes:
			return nil, tooLarge(int64(len(raw)), in.config.MaxBytes)
		case errors.Is(err, io.EOF):
			return raw, nil
		case err != nil:
			return nil, fileRejection(err)
		}
	}
}

// assemble checks what a decoder made and describes the report with it.
func assemble(original []byte, f format, page layout.Page, h Hints) (Document, error) {
	text, err := corvee.NewText(page.Text, page.Blocks)
	if err == nil && !page.Sound() {
		err = errors.New("a block of an unknown kind")
	}
	if err != nil {
		return Document{}, refuse(corvee.ErrInvalid, saveAs, "the decoder's answer is unsound: %v", err)
	}
	if page.Empty() {
		return Document{}, refuse(corvee.ErrInvalid, "save the document as text", "there is no text in it")
	}
	report := corvee.Report{
		ID: corvee.HashID(original), Text: text.Hash(), MediaType: f.mediaType, Encoding: page.Encoding,
		Bytes: int64(len(original)), Replaced: page.Replaced, Byline: clean(page.Byline),
		URL: first(h.URL, address(page.URL)), Title: first(h.Title, clean(page.Title)),
		Publisher: first(h.Publisher, clean(page.Publisher)), Lang: first(h.Lang, clean(page.Lang)), Published: h.Published,
	}
	if !report.Published.Known() && page.Published.Valid() {
		report.Published = page.Published
	}
	return Document{report, text, original, fmt.Sprintf("%s/%d", f.name, f.version)}, nil
}

// clean returns a value that a document gives of itself as one line of bounded length.
func clean(value string) string {
	const longest = 500
	line := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
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
