package main

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"corvee"
	"corvee/audit"
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

// packBase writes a tar of a snapshot of the base and of every original. The originals come
// after the snapshot, so that none that it names is missing.
func (w *world) packBase(to io.Writer, address, originals string) (int, error) {
	room, err := os.MkdirTemp(filepath.Dir(address), ".corvee-backup-")
	if err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	defer os.RemoveAll(room)
	snapshot := filepath.Join(room, "base.sqlite")
	if err := sqlite.Snapshot(w.ctx, address, snapshot); err != nil {
		return 0, err
	}
	archive := tar.NewWriter(to)
	raw, err := os.Open(snapshot)
	if err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	defer raw.Close()
	info, err := raw.Stat()
	if err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	if err := archive.WriteHeader(&tar.Header{Name: "base.sqlite", Mode: 0o600, Size: info.Size()}); err != nil {
		return 0, err
	}
	if _, err := io.Copy(archive, raw); err != nil {
		return 0, err
	}
	n, err := w.packOriginals(archive, originals)
	return n, errors.Join(err, archive.Close())
}

func (w *world) packOriginals(archive *tar.Writer, folder string) (n int, err error) {
	v, err := vault.Open(folder)
	if err != nil {
		return 0, err
	}
	for id, err := range v.All(w.ctx) {
		if err != nil {
			return n, err
		}
		raw, err := v.Get(w.ctx, id)
		if err != nil {
			return n, err
		}
		if err := archive.WriteHeader(&tar.Header{Name: "originals/" + id, Mode: 0o600, Size: int64(len(raw))}); err != nil {
			return n, err
		}
		if _, err := archive.Write(raw); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
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
	n, err := w.unpack(plain, address, originals)
	if err != nil {
		return fmt.Errorf("restore: %w; what came out before stays at %s and is not to be used", err, address)
	}
	return w.checkRestored(address, originals, n)
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

func (w *world) unpack(plain io.Reader, address, originals string) (n int, err error) {
	v, err := vault.Open(originals)
	if err != nil {
		return 0, err
	}
	archive := tar.NewReader(plain)
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if head.Name == "base.sqlite" {
			if err := newFile(address, archive); err != nil {
				return n, err
			}
			continue
		}
		raw, err := io.ReadAll(io.LimitReader(archive, head.Size))
		if err != nil {
			return n, err
		}
		id, err := v.Put(w.ctx, raw)
		if err != nil {
			return n, err
		}
		if "originals/"+id != head.Name {
			return n, fmt.Errorf("%w: %s is not what its name says", corvee.ErrInconsistent, head.Name)
		}
		n++
	}
}

func newFile(path string, from io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Sync(), f.Close())
}

func (w *world) checkRestored(address, originals string, n int) error {
	p, closeBase, err := w.openAt(address, originals)
	if err != nil {
		return err
	}
	defer closeBase()
	bad, err := p.Store.Sweep(w.ctx)
	if err != nil || len(bad) > 0 {
		return errors.Join(err, fmt.Errorf("%w: %d claims whose quote is not in its text", corvee.ErrInconsistent, len(bad)))
	}
	events, err := p.Events(w.ctx, 0)
	if err != nil {
		return err
	}
	if err := audit.Verify(func(yield func(corvee.Event, error) bool) {
		for _, e := range events {
			if !yield(e, nil) {
				return
			}
		}
	}); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s: restored with %d originals; every quote is in its text, and %d events follow one another\n", address, n, len(events))
	return nil
}
