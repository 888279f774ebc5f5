package intake

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"corvee"
	"corvee/intake/internal/cage"
	"corvee/intake/internal/html"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/wire"
)

// ServeDecoder is the child: it reads one job, shuts itself in, decodes and answers. The
// error is for the exit code only; whatever is wrong with the document is in the answer.
func ServeDecoder(stdin io.Reader, stdout io.Writer) error {
	in := bufio.NewReader(stdin)
	var job wire.Job
	if err := wire.ReadHeader(in, &job); err != nil {
		return err
	}
	shut := cage.Lock(job.MemoryBytes, time.Duration(job.Seconds)*time.Second)
	raw, err := wire.ReadBody(in, job.Bytes, job.MemoryBytes)
	if err != nil {
		return err
	}
	return answer(stdout, job.Format, raw, shut)
}

func answer(stdout io.Writer, f wire.Format, raw []byte, shut []string) error {
	page, err := decodeAs(f, raw)
	switch {
	case err != nil:
		return wire.Write(stdout, wire.Answer{Refused: err.Error(), Shut: shut}, nil)
	case len(page.Text) > corvee.MaxTextBytes:
		return wire.Write(stdout, wire.Answer{Refused: "its text is over " + megabytes(corvee.MaxTextBytes), Shut: shut}, nil)
	case len(page.Blocks) > wire.MaxBlocks:
		return wire.Write(stdout, wire.Answer{Refused: fmt.Sprintf("it has over %d paragraphs and cells", wire.MaxBlocks), Shut: shut}, nil)
	}
	text := []byte(page.Text)
	return wire.Write(stdout, wire.Answer{Page: &page, TextBytes: int64(len(text)), Shut: shut}, text)
}

func decodeAs(f wire.Format, raw []byte) (layout.Page, error) {
	switch f {
	case wire.HTML:
		return html.Decode(raw)
	}
	return layout.Page{}, fmt.Errorf("no decoder for %q", f)
}

// Safety says what shuts a decoder child in on this system, and what is lacking, one
// statement a line.
func Safety() []string { return cage.Safety() }
