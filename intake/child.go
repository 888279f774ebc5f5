package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"time"

	"corvee"
	"corvee/intake/internal/cage"
	"corvee/intake/internal/wire"
)

// decode gives one file to a child of its own and returns its answer, checked.
func (in *Intake) decode(ctx context.Context, job wire.Job, raw []byte) (wire.Answer, error) {
	if len(in.config.Decoder) == 0 {
		return wire.Answer{}, refuse(corvee.ErrUnsupported, saveAs, "no decoder is set up for %s", job.Format)
	}
	room, err := in.room()
	if err != nil {
		return wire.Answer{}, err
	}
	defer os.RemoveAll(room)
	job.Bytes, job.MemoryBytes = int64(len(raw)), in.config.MemoryBytes
	job.Seconds, job.Uncaged = int(in.config.Timeout/time.Second)+1, in.config.Uncaged
	job.Cache, job.Most = in.config.CacheDir, batchBytes
	frame, err := wire.Frame(job)
	if err != nil {
		return wire.Answer{}, fmt.Errorf("intake: %w", err)
	}
	c := &child{intake: in, room: room, frame: frame, raw: raw, timeout: in.config.Timeout}
	if job.Warm {
		c.timeout = max(c.timeout, firstTimeout)
	}
	if err := c.run(ctx); err != nil {
		return wire.Answer{}, err
	}
	return c.answer()
}

// firstTimeout is for compiling the reader of PDF, which takes three seconds on a quick
// core and is done once for a machine. It is not the document's fault if it takes longer,
// and a child that is killed over it would leave as much to the next.
const firstTimeout = 5 * time.Minute

// warm has a child compile what it keeps in the cache, without a document.
func (in *Intake) warm(ctx context.Context, f wire.Format) {
	if f != wire.PDF || in.config.CacheDir == "" {
		return
	}
	in.warmed.Do(func() {
		_, _ = in.decode(ctx, wire.Job{Format: f, Warm: true}, nil) // the document's own child will say what is wrong
	})
}

// child is one run of the decoder.
type child struct {
	intake     *Intake
	room       string
	timeout    time.Duration
	frame, raw []byte
	out, err   capped
}

// Why the parent kills a child.
var (
	errTimeUp = errors.New("time is up")
	errTooFat = errors.New("too much memory")
)

// run starts the child and waits for its end.
func (c *child) run(outer context.Context) error {
	ctx, kill := context.WithCancelCause(outer)
	defer kill(nil)
	ctx, cancel := context.WithTimeoutCause(ctx, c.timeout, errTimeUp)
	defer cancel()
	// Linux ties "die with your parent" to the thread that starts the child.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd, err := c.start(ctx)
	if err != nil {
		return fmt.Errorf("intake: start the decoder: %w", err)
	}
	ended, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		c.watch(cmd.Process.Pid, ended, kill)
	}()
	err = cmd.Wait()
	close(ended)
	<-watched
	if outer.Err() != nil {
		return outer.Err()
	}
	return c.verdict(context.Cause(ctx), cmd, err)
}

// start uses namespaces until the system refuses them once.
func (c *child) start(ctx context.Context) (*exec.Cmd, error) {
	unconfined := &c.intake.unconfined
	if !unconfined.Load() {
		if cmd := c.command(ctx, true); cmd.Start() == nil {
			return cmd, nil
		}
	}
	cmd := c.command(ctx, false)
	err := cmd.Start()
	if err == nil {
		unconfined.Store(true)
	}
	return cmd, err
}

// The most that a child may answer and complain. Of an archive it answers with batchBytes
// of members and the one that goes over, which may be as large as a text.
const (
	batchBytes   = 32 << 20
	maxMember    = corvee.MaxTextBytes
	maxAnswer    = wire.MaxHeader + corvee.MaxTextBytes + maxMember + batchBytes + 4
	maxComplaint = 4 << 10
)

// command gives the child its job and nothing else: no environment, and no files but an
// empty folder.
func (c *child) command(ctx context.Context, namespaces bool) *exec.Cmd {
	argv := c.intake.config.Decoder
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env, cmd.Dir, cmd.WaitDelay = []string{}, c.room, time.Second
	cmd.Stdin = io.MultiReader(bytes.NewReader(c.frame), bytes.NewReader(c.raw))
	c.out, c.err = capped{most: maxAnswer}, capped{most: maxComplaint, drop: true}
	cmd.Stdout, cmd.Stderr = &c.out, &c.err
	cage.Confine(cmd, namespaces)
	return cmd
}

// watch kills the child when it holds more memory than it may. The runtime's own tables
// and the program itself come on top of what the child counts as its own.
func (c *child) watch(pid int, ended <-chan struct{}, kill context.CancelCauseFunc) {
	const every, ownSize = 20 * time.Millisecond, 128 << 20
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-tick.C:
		}
		if held, ok := cage.Resident(pid); ok && held > c.intake.config.MemoryBytes+ownSize {
			kill(errTooFat)
			return
		}
	}
}

const otherWay = "save it as text and read that"

// verdict says why a child ended as it did; nil if it answered.
func (c *child) verdict(cause error, cmd *exec.Cmd, err error) error {
	config, code := c.intake.config, cmd.ProcessState.ExitCode()
	switch {
	case errors.Is(cause, errTooFat), code == cage.ExitMemory, bytes.Contains(c.err.kept, []byte("out of memory")):
		return refuse(corvee.ErrInvalid, otherWay, "decoding it takes more than %s of memory", megabytes(config.MemoryBytes))
	case errors.Is(cause, errTimeUp), code == cage.ExitTime:
		r := failed(otherWay, "decoding it takes more than %s", c.timeout)
		return r
	case c.out.over:
		return refuse(corvee.ErrInvalid, otherWay, "its text is over %s", megabytes(corvee.MaxTextBytes))
	case err != nil:
		return refuse(corvee.ErrInvalid, otherWay, "the decoder died on it (%v)", err)
	}
	return nil
}

// answer reads what the child says and trusts none of it: the lengths are checked here,
// the blocks and the text by corvee.NewText.
func (c *child) answer() (wire.Answer, error) {
	var a wire.Answer
	r := bytes.NewReader(c.out.kept)
	if err := wire.ReadHeader(r, &a); err != nil {
		return a, refuse(corvee.ErrInvalid, otherWay, "the decoder gave no answer: %v", err)
	}
	if a.Uncaged {
		return a, refuse(corvee.ErrUnsupported, "allow it with --uncaged if you trust where the file came from, or read it on Linux",
			"this system cannot shut the decoder in, and the format is a risk")
	}
	if a.Refused != "" || a.Page == nil && a.Members == nil && a.Format == "" {
		r := refuse(corvee.ErrInvalid, first(clip(a.Remedy), otherWay), "%s", clip(a.Refused))
		r.Retryable = a.Retryable
		return a, r
	}
	if err := readBodies(r, &a); err != nil {
		return a, refuse(corvee.ErrInvalid, otherWay, "the decoder's answer is unsound: %v", err)
	}
	return a, nil
}

// readBodies reads the text, what is to be archived, and each member.
func readBodies(r io.Reader, a *wire.Answer) error {
	text, err := wire.ReadBody(r, a.TextBytes, corvee.MaxTextBytes)
	if err != nil {
		return err
	}
	if a.Page != nil {
		a.Page.Text = string(text)
	}
	if a.Kept, err = wire.ReadBody(r, a.KeptBytes, maxMember); err != nil {
		return err
	}
	for i := range a.Members {
		if a.Members[i].Raw, err = wire.ReadBody(r, a.Members[i].Bytes, maxMember); err != nil {
			return err
		}
	}
	return nil
}

// clip keeps a reason to one short line of valid text, since the child wrote it.
func clip(reason string) string {
	const longest = 300
	clean := bytes.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, bytes.ToValidUTF8([]byte(reason), nil))
	return string(bytes.ToValidUTF8(clean[:min(len(clean), longest)], nil))
}

// capped keeps at most so many bytes. What is over fails the write, or is dropped.
type capped struct {
	kept []byte
	most int
	drop bool
	over bool
}

func (c *capped) Write(p []byte) (int, error) {
	if len(c.kept)+len(p) > c.most {
		c.over = true
		if !c.drop {
			return 0, errors.New("too long an answer")
		}
		c.kept = append(c.kept, p[:c.most-len(c.kept)]...)
		return len(p), nil
	}
	c.kept = append(c.kept, p...)
	return len(p), nil
}
