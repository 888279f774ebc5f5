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
	"corvee/intake/internal/layout"
	"corvee/intake/internal/wire"
)

// inChild returns the decode step of a format that is read in the child.
func inChild(f wire.Format) func(context.Context, *Intake, []byte) (layout.Page, error) {
	return func(ctx context.Context, in *Intake, raw []byte) (layout.Page, error) {
		if len(in.config.Decoder) == 0 {
			return layout.Page{}, refuse(corvee.ErrUnsupported, saveAs, "no decoder is set up for %s", f)
		}
		return in.decode(ctx, f, raw)
	}
}

func (in *Intake) decode(ctx context.Context, f wire.Format, raw []byte) (layout.Page, error) {
	room, err := os.MkdirTemp(in.config.TempDir, "corvee-decoder-")
	if err != nil {
		return layout.Page{}, fmt.Errorf("intake: a private folder for the decoder: %w", err)
	}
	defer os.RemoveAll(room)
	job := wire.Job{
		Format: f, Bytes: int64(len(raw)), MemoryBytes: in.config.MemoryBytes,
		Seconds: int(in.config.Timeout/time.Second) + 1,
	}
	frame, err := wire.Frame(job)
	if err != nil {
		return layout.Page{}, fmt.Errorf("intake: %w", err)
	}
	c := &child{intake: in, room: room, frame: frame, raw: raw}
	if err := c.run(ctx); err != nil {
		return layout.Page{}, err
	}
	return c.page()
}

// child is one run of the decoder.
type child struct {
	intake     *Intake
	room       string
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
	ctx, cancel := context.WithTimeoutCause(ctx, c.intake.config.Timeout, errTimeUp)
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

// The most that a child may answer and complain.
const (
	maxAnswer    = wire.MaxHeader + corvee.MaxTextBytes + 4
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

// verdict says why a child ended as it did; nil if it answered.
func (c *child) verdict(cause error, cmd *exec.Cmd, err error) error {
	const other = "save the page as text and read that"
	config, code := c.intake.config, cmd.ProcessState.ExitCode()
	switch {
	case errors.Is(cause, errTooFat), code == cage.ExitMemory, bytes.Contains(c.err.kept, []byte("out of memory")):
		return refuse(corvee.ErrInvalid, other, "decoding it takes more than %s of memory", megabytes(config.MemoryBytes))
	case errors.Is(cause, errTimeUp), code == cage.ExitTime:
		r := failed(other, "decoding it takes more than %s", config.Timeout)
		return r
	case c.out.over:
		return refuse(corvee.ErrInvalid, other, "its text is over %s", megabytes(corvee.MaxTextBytes))
	case err != nil:
		return refuse(corvee.ErrInvalid, other, "the decoder died on it (%v)", err)
	}
	return nil
}

// page reads the child's answer and trusts none of it: the lengths are checked here, the
// blocks and the text by corvee.NewText.
func (c *child) page() (layout.Page, error) {
	const other = "save the page as text and read that"
	var answer wire.Answer
	r := bytes.NewReader(c.out.kept)
	if err := wire.ReadHeader(r, &answer); err != nil {
		return layout.Page{}, refuse(corvee.ErrInvalid, other, "the decoder gave no answer: %v", err)
	}
	if answer.Refused != "" || answer.Page == nil {
		return layout.Page{}, refuse(corvee.ErrInvalid, other, "%s", clip(answer.Refused))
	}
	text, err := wire.ReadBody(r, answer.TextBytes, corvee.MaxTextBytes)
	if err != nil {
		return layout.Page{}, refuse(corvee.ErrInvalid, other, "the decoder's answer is unsound: %v", err)
	}
	answer.Page.Text = string(text)
	return *answer.Page, nil
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
