// Package pdf reads the text of PDF files (ISO 32000) with the place of each line.
//
// What comes in: the bytes of a file. What goes out: its text in reading order, a form
// feed between pages, and for every line its page and box.
//
// Its one idea: PDFium reads the file, inside a WebAssembly machine inside the child, and
// says only which character stands where; what is a line, a paragraph or the foot of a
// page is found here.
package pdf

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Engine is the machine with PDFium in it, ready to read one file.
type Engine struct {
	pdfium pdfium.Pdfium
	err    error
}

// Library names what reads the files.
const Library = "go-pdfium 1.21.3"

// Start compiles PDFium, or takes it compiled from the cache folder if one is given. It
// must run before the doors of the child are shut. An error is kept for Decode to tell.
func Start(cache string, memory int64) *Engine {
	const pageSize = 64 << 10
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(min(memory/2, 2<<30) / pageSize))
	if cache != "" {
		if compiled, err := wazero.NewCompilationCacheWithDir(cache); err == nil {
			config = config.WithCompilationCache(compiled)
		} // without a cache it takes seconds longer, no more
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: context.Background(), MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig(), // an empty one: left out, the whole disk would be mounted
		Stdout:   io.Discard, Stderr: io.Discard, RandomSource: &fixed{},
	})
	if err != nil {
		return &Engine{err: fmt.Errorf("the reader of PDF does not start: %w", err)}
	}
	const patience = 20 * time.Second
	instance, err := pool.GetInstance(patience)
	if err != nil {
		return &Engine{err: fmt.Errorf("the reader of PDF does not start: %w", err)}
	}
	return &Engine{pdfium: instance}
}

// fixed gives the same bytes in every run, so that the same file gives the same text.
type fixed struct{ n byte }

func (f *fixed) Read(p []byte) (int, error) {
	for i := range p {
		f.n++
		p[i] = sha256.Sum256([]byte{f.n})[0]
	}
	return len(p), nil
}
