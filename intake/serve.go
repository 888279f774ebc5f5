package intake

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"

	"corvee"
	"corvee/intake/internal/cage"
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
	decode := decoderOf(job) // what a decoder needs of the disk is fetched before the doors shut
	if job.Warm {
		return send(stdout, wire.Answer{Format: job.Format})
	}
	shut := cage.Lock(job.MemoryBytes, time.Duration(job.Seconds)*time.Second)
	if err := job.Allowed(shut, cage.ShutSyscalls); err != nil {
		return wire.Write(stdout, wire.Answer{Refused: err.Error(), Uncaged: true, Shut: shut}, nil)
	}
	raw, err := wire.ReadBody(in, job.Bytes, job.MemoryBytes)
	if err != nil {
		return err
	}
	return answer(stdout, job, decode, raw, shut)
}

func answer(stdout io.Writer, job wire.Job, decode decoder, raw []byte, shut []string) error {
	a, err := decode(job, raw)
	if err == nil {
		err = bounded(a)
	}
	if err != nil {
		a = wire.Answer{Format: a.Format, Tool: a.Tool, Refused: err.Error()}
		var refusal *wire.Refusal
		if errors.As(err, &refusal) {
			a.Remedy, a.Retryable = refusal.Remedy, refusal.Retryable
		}
	}
	a.Shut = shut
	return send(stdout, a)
}

// bounded keeps the child within what the parent will take.
func bounded(a wire.Answer) error {
	switch {
	case a.Page == nil:
	case len(a.Page.Text) > corvee.MaxTextBytes:
		return errors.New("its text is over " + megabytes(corvee.MaxTextBytes))
	case len(a.Page.Blocks) > wire.MaxBlocks:
		return fmt.Errorf("it has over %d paragraphs and cells", wire.MaxBlocks)
	case len(a.Page.Regions) > wire.MaxRegions:
		a.Page.Regions = a.Page.Regions[:wire.MaxRegions]
	}
	if len(a.Members) > wire.MaxMembers {
		return fmt.Errorf("it answers with over %d members at once", wire.MaxMembers)
	}
	return nil
}

// send writes the answer and its bytes in the order that the parent reads them.
func send(w io.Writer, a wire.Answer) error {
	body := [][]byte{nil, a.Kept}
	if a.Page != nil {
		body[0] = []byte(a.Page.Text)
	}
	a.TextBytes, a.KeptBytes = int64(len(body[0])), int64(len(a.Kept))
	for i := range a.Members {
		a.Members[i].Bytes = int64(len(a.Members[i].Raw))
		body = append(body, a.Members[i].Raw)
	}
	if err := wire.Write(w, a, nil); err != nil {
		return err
	}
	for _, part := range body {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// Safety says what shuts a decoder child in on this system, and what is lacking, one
// statement a line.
func Safety() []string { return cage.Safety() }
