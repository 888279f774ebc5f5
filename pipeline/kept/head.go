package kept

import (
	"context"
	"fmt"
	"strings"
	"time"

	"corvee"
	"corvee/pipeline"
)

// headTitle is the first line of an exported head.
const headTitle = "corvee audit head 1"

// IsHead reports whether bytes begin as an exported head does.
func IsHead(raw []byte) bool { return strings.HasPrefix(string(raw), headTitle+"\n") }

// Head returns the head of the chain of events as a text that can be signed and kept
// elsewhere: how many events there are, and the hash that stands for all of them. It names
// nothing of what they are about. An empty chain is corvee.ErrNotFound.
func Head(ctx context.Context, p *pipeline.Pipeline) (string, error) {
	log, err := p.Events(ctx, 0)
	if err != nil {
		return "", err
	}
	if len(log) == 0 {
		return "", fmt.Errorf("audit head: %w: the base has no event yet", corvee.ErrNotFound)
	}
	last := log[len(log)-1]
	return fmt.Sprintf("%s\nevents %d\nhash %s\nat %s\n", headTitle, last.Seq, last.Hash, last.At.UTC().Format(time.RFC3339)), nil
}

// Passes reports how many events the chain of a base has gone on since a head, or
// corvee.ErrInconsistent if it does not pass through it: the log was cut or written anew.
func Passes(ctx context.Context, p *pipeline.Pipeline, head string) (since int, err error) {
	var seq int64
	var hash, at string
	if n, err := fmt.Sscanf(head, headTitle+"\nevents %d\nhash %s\nat %s\n", &seq, &hash, &at); err != nil || n != 3 {
		return 0, fmt.Errorf("audit head: %w: it is no head of a chain", corvee.ErrInvalid)
	}
	log, err := p.Events(ctx, 0)
	if err != nil {
		return 0, err
	}
	if seq < 1 || int64(len(log)) < seq {
		return 0, fmt.Errorf("audit head: %w: the base has %d events, and the head is of event %d: its end was cut off", corvee.ErrInconsistent, len(log), seq)
	}
	if e := log[seq-1]; e.Seq != seq || e.Hash != hash {
		return 0, fmt.Errorf("audit head: %w: event %d is another than when the head was taken: the log was written anew", corvee.ErrInconsistent, seq)
	}
	return len(log) - int(seq), nil
}
