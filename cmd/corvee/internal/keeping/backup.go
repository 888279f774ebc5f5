// Package keeping holds the commands that keep a base whole: backup, restore, verify, and
// the removal of a report for good.
//
// What comes in: a base or a file that left one. What goes out: a sealed file, a new base,
// a sentence that says what holds. Its one idea: what was not checked is not said to hold.
package keeping

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"corvee"
	"corvee/cmd/corvee/internal/world"
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

// Backup is corvee backup.
type Backup struct {
	Out       string   `arg:"" help:"New file of the backup."`
	Recipient []string `help:"Who may open it: an age recipient (age1…); several times for several." placeholder:"AGE1"`
	keysFlags
}

// Run writes base and originals, as they stand at one moment, sealed. There is no backup
// that is not.
func (c Backup) Run(w *world.World) error {
	address, originals, err := plainBase(w, "backup")
	if err != nil {
		return err
	}
	phrase, err := c.passphrase()
	if err != nil {
		return err
	}
	return w.ToPath(c.Out, func(to io.Writer) error {
		sealed, err := vault.Seal(to, vault.Keys{Recipients: c.Recipient, Passphrase: phrase})
		if err != nil {
			return err
		}
		n, err := packBase(w, sealed, address, originals)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.Err, "%s: the base and %d originals, sealed\n", c.Out, n)
		return sealed.Close()
	})
}

// plainBase returns where the base and its originals are; only a base in a file is copied.
func plainBase(w *world.World, what string) (address, originals string, err error) {
	if address, err = w.BaseAddress(); err != nil {
		return "", "", err
	}
	if world.IsPostgres(address) {
		return "", "", fmt.Errorf("%s: %w: a PostgreSQL base is backed up with its own tools (pg_dump), its originals as files", what, corvee.ErrUnsupported)
	}
	originals, err = w.OriginalsFolder(address)
	return address, originals, err
}

// packBase packs a snapshot of the base with every original.
func packBase(w *world.World, to io.Writer, address, originals string) (n int, err error) {
	v, err := vault.Open(originals)
	if err != nil {
		return 0, err
	}
	err = sqlite.Snapshot(w.Ctx, address, func(base io.Reader, size int64) error {
		n, err = v.Pack(w.Ctx, to, base, size)
		return err
	})
	return n, err
}

// Restore is corvee restore.
type Restore struct {
	File     string `arg:"" help:"A backup." type:"existingfile"`
	Identity string `help:"File with the age identity that opens it." type:"existingfile" placeholder:"FILE"`
	keysFlags
}

// Run restores into a base that is not there yet, and checks what it restored: each
// original by its hash, each quote in its text, the chain of events.
func (c Restore) Run(w *world.World) error {
	address, originals, err := plainBase(w, "restore")
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
	n, err := v.Unpack(w.Ctx, plain, func(base io.Reader) error { return newFile(address, base) })
	if err != nil {
		return fmt.Errorf("restore: %w; what came out before stays at %s and is not to be used", err, address)
	}
	return checkBase(w, address, originals, fmt.Sprintf("restored with %d originals", n))
}

func (c Restore) open(file io.Reader) (io.Reader, error) {
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
func checkBase(w *world.World, address, originals, what string) error {
	p, closeBase, err := w.OpenAt(address, originals)
	if err != nil {
		return err
	}
	defer closeBase()
	held, err := kept.Check(w.Ctx, p)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.Out, "%s: %s; %d originals are what their hashes say, every quote is in its text, and %d events follow one another\n", address, what, held.Originals, held.Events)
	return nil
}
