package keeping

import (
	"fmt"
	"io"
	"os"
	"strings"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/internal/signature"
	"corvee/pipeline/kept"
)

// Signer is corvee signer.
type Signer struct {
	New    signerNew    `cmd:"" help:"Make a key that signs bags and heads of the log; its public half is printed."`
	Public signerPublic `cmd:"" help:"The public half of a key, for those who check."`
}

type signerNew struct {
	Name string `arg:"" help:"What those who check will read: one word, as newsroom.example. It need not be a person's."`
	Out  string `short:"o" required:"" help:"New file of the secret half. Who has it can sign in your name." placeholder:"PATH"`
}

func (c signerNew) Run(w *world.World) error {
	secret, public, err := signature.NewKey(w.Random, c.Name)
	if err != nil {
		return fmt.Errorf("%w: %w", corvee.ErrInvalid, err)
	}
	if c.Out == "-" {
		return fmt.Errorf("%w: a secret key is not printed; name a file with -o", corvee.ErrInvalid)
	}
	if err := w.ToPath(c.Out, func(to io.Writer) error { _, err := fmt.Fprintln(to, secret); return err }); err != nil {
		return err
	}
	_, err = fmt.Fprintln(w.Out, public)
	return err
}

type signerPublic struct {
	File string `arg:"" help:"File of the secret half." type:"existingfile"`
}

func (c signerPublic) Run(w *world.World) error {
	secret, err := world.SecretKey(c.File)
	if err != nil {
		return err
	}
	public, err := signature.Public(secret)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", corvee.ErrInvalid, c.File, err)
	}
	_, err = fmt.Fprintln(w.Out, public)
	return err
}

// publicKeys are public halves as they were given: the words themselves, or files of them.
func publicKeys(given []string) ([]string, error) {
	var keys []string
	for _, g := range given {
		if raw, err := os.ReadFile(g); err == nil {
			g = string(raw)
		}
		for line := range strings.Lines(g) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "PRIVATE+KEY") {
				return nil, fmt.Errorf("%w: that is the secret half of a key; give the public one (corvee signer public FILE)", corvee.ErrInvalid)
			}
			if line != "" {
				keys = append(keys, line)
			}
		}
	}
	return keys, nil
}

// Audit is corvee audit.
type Audit struct {
	Head auditHead `cmd:"" help:"The head of the log of events, to keep elsewhere: corvee verify BASE --head FILE shows later that nothing before it was changed."`
}

type auditHead struct {
	Out  string `short:"o" help:"File to write; - is standard output." placeholder:"PATH" default:"-"`
	Sign string `help:"Sign it by this key (corvee signer new)." type:"existingfile" placeholder:"FILE"`
}

func (c auditHead) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	head, err := kept.Head(w.Ctx, p)
	if err != nil {
		return err
	}
	out := []byte(head)
	if c.Sign != "" {
		secret, err := world.SecretKey(c.Sign)
		if err != nil {
			return err
		}
		if out, err = signature.Sign(head, secret); err != nil {
			return fmt.Errorf("%w: %w", corvee.ErrInvalid, err)
		}
	}
	return w.ToPath(c.Out, func(to io.Writer) error { _, err := to.Write(out); return err })
}
