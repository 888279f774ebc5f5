package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"corvee"
	"corvee/pipeline/kept"
	"corvee/store/sqlite"
	"corvee/vault"
)

type keysFlags struct {
	PassphraseFile string `help:"File whose first line is the passphrase." type:"existingfile" placeholder:"FILE"`
}

func (k keysFlags) passphrase() (string, error) {
	if k.PassphraseFile == "" {
		return "", nil
	}
	raw, err := os.ReadFile(k.PassphraseFile)
	if err != nil {
		return "", fmt.Errorf("passphrase: %w", err)
	}
	line, _, _ := strings.Cut(string(raw), "\n")
	if line = strings.TrimRight(line, "\r"); len(line) < 12 {
		return "", fmt.Errorf("%w: a passphrase has twelve characters or more", corvee.ErrInvalid)
	}
	return line, nil
}

type backupCmd struct {
	Out       string   `arg:"" help:"New file of the backup."`
	Recipient []string `help:"Who may open it: an age recipient (age1…); several times for several." placeholder:"AGE1"`
	keysFlags
}

// Run writes base and originals, as they stand at one moment, sealed. There is no backup
// that is not.
func (c backupCmd) Run(w *world) error {
	address, originals, err := w.plainBase("backup")
	if err != nil {
		return err
	}
	phrase, err := c.passphrase()
	if err != nil {
		return err
	}
	return toPath(w, c.Out, func(to io.Writer) error {
		sealed, err := vault.Seal(to, vault.Keys{Recipients: c.Recipient, Passphrase: phrase})
		if err != nil {
			return err
		}
		n, err := w.packBase(sealed, address, originals)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.err, "%s: the base and %d originals, sealed\n", c.Out, n)
		return sealed.Close()
	})
}

// plainBase returns where the base and its originals are; only a base in a file is copied.
func (w *world) plainBase(what string) (address, originals string, err error) {
	if address, err = w.cli.baseAddress(); err != nil {
		return "", "", err
	}
	if isPostgres(address) {
		return "", "", fmt.Errorf("%s: %w: a PostgreSQL base is backed up with its own tools (pg_dump), its originals as files", what, corvee.ErrUnsupported)
	}
	originals, err = w.cli.originalsFolder(address)
	return address, originals, err
}

// packBase packs a snapshot of the base with every original.
func (w *world) packBase(to io.Writer, address, originals string) (n int, err error) {
	v, err := vault.Open(originals)
	if err != nil {
		return 0, err
	}
	err = sqlite.Snapshot(w.ctx, address, func(base io.Reader, size int64) error {
		n, err = v.Pack(w.ctx, to, base, size)
		return err
	})
	return n, err
}

type restoreCmd struct {
	File     string `arg:"" help:"A backup." type:"existingfile"`
	Identity string `help:"File with the age identity that opens it." type:"existingfile" placeholder:"FILE"`
	keysFlags
}

// Run restores into a base that is not there yet, and checks what it restored: each
// original by its hash, each quote in its text, the chain of events.
func (c restoreCmd) Run(w *world) error {
	address, originals, err := w.plainBase("restore")
	if err != nil {
		return err
	}
	for _, path := range []string{address, originals} {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: %s is there already; name a new --base", corvee.ErrConflict, path)
		}
	}
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer file.Close()
	plain, err := c.open(file)
	if err != nil {
		return err
	}
	v, err := vault.Open(originals)
	if err != nil {
		return err
	}
	n, err := v.Unpack(w.ctx, plain, func(base io.Reader) error { return newFile(address, base) })
	if err != nil {
		return fmt.Errorf("restore: %w; what came out before stays at %s and is not to be used", err, address)
	}
	return w.checkBase(address, originals, fmt.Sprintf("restored with %d originals", n))
}

func (c restoreCmd) open(file io.Reader) (io.Reader, error) {
	phrase, err := c.passphrase()
	if err != nil {
		return nil, err
	}
	keys := vault.Keys{Passphrase: phrase}
	if c.Identity != "" {
		id, err := os.Open(c.Identity)
		if err != nil {
			return nil, fmt.Errorf("restore: %w", err)
		}
		defer id.Close()
		keys.Identities = id
	}
	return vault.Unseal(file, keys)
}

func newFile(path string, from io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Sync(), f.Close())
}

// checkBase checks a whole base and says that it holds.
func (w *world) checkBase(address, originals, what string) error {
	p, closeBase, err := w.openAt(address, originals)
	if err != nil {
		return err
	}
	defer closeBase()
	held, err := kept.Check(w.ctx, p)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s: %s; %d originals are what their hashes say, every quote is in its text, and %d events follow one another\n", address, what, held.Originals, held.Events)
	return nil
}
