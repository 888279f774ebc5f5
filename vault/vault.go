// Package vault keeps the original bytes of reports in a folder, each under the hash of
// its content.
//
// What comes in: bytes. What goes out: an id, and later the same bytes or an alarm. Its
// one idea: the name of a blob is what it must hash to, so nothing can be changed in place
// unseen and the same document is kept once.
package vault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"corvee"
)

// Vault is a folder of blobs. It may be used by several goroutines and processes at once.
type Vault struct{ dir string }

// Open opens the vault in a folder and makes the folder, for the owner alone, if it is not
// there; the folder above must be.
func Open(dir string) (*Vault, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("vault: %w; make the folder above it or name another", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("vault: %w: %s is not a folder", corvee.ErrInvalid, dir)
	}
	if info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(dir, 0o700); err != nil {
			return nil, fmt.Errorf("vault: %s can be read by others, and that cannot be changed: %w", dir, err)
		}
	}
	return &Vault{dir}, nil
}

const (
	idPrefix   = "sha256:"
	idDigits   = 64
	tempPrefix = ".new-"
)

// Put keeps the bytes and returns their id, "sha256:" and the hash. When it returns, they
// are on the disk. Bytes that are there already are checked, and written again if the
// copy was damaged.
func (v *Vault) Put(ctx context.Context, original []byte) (id string, err error) {
	id = corvee.HashID(original)
	if _, err := v.Get(ctx, id); err == nil {
		return id, nil
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	path, err := v.path(id)
	if err != nil {
		return "", err
	}
	if err := v.write(path, original); err != nil {
		return "", fmt.Errorf("vault: put %s: %w", id, err)
	}
	return id, nil
}

// write never shows a half-written blob under its name: the bytes reach the disk in a
// temporary file of the same private folder, then take the name, then the folder is
// flushed so that the name stays.
func (v *Vault) write(path string, original []byte) error {
	shelf := filepath.Dir(path)
	if err := v.makeShelf(shelf); err != nil {
		return err
	}
	f, err := os.CreateTemp(shelf, tempPrefix+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(original)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(shelf)
}

func (v *Vault) makeShelf(shelf string) error {
	err := os.Mkdir(shelf, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return errors.Join(err, syncDir(v.dir))
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" { // where a folder cannot be flushed, and need not be
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Get returns the bytes of an id, corvee.ErrNotFound if they are not there, and
// corvee.ErrInconsistent, without the bytes, if they no longer hash to it.
func (v *Vault) Get(ctx context.Context, id string) ([]byte, error) {
	path, err := v.path(id)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	original, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("vault: %w: %s", corvee.ErrNotFound, id)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: get %s: %w", id, err)
	}
	if got := corvee.HashID(original); got != id {
		return nil, fmt.Errorf("vault: %w: the blob %s has changed, it now hashes to %s; restore it from a backup", corvee.ErrInconsistent, id, got)
	}
	return original, nil
}

// Has reports whether an id is there, without reading it.
func (v *Vault) Has(ctx context.Context, id string) (bool, error) {
	path, err := v.path(id)
	if err != nil {
		return false, err
	}
	_, err = os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, ctx.Err()
	}
	return err == nil, errors.Join(err, ctx.Err())
}

// Delete overwrites the bytes of an id with zeros and removes them, with what a crash left
// of an attempt to put them; corvee.ErrNotFound if nothing is there. The overwriting is the
// best a program can do: a file system that copies on write, a snapshot or a worn flash
// cell may keep the old blocks. Only a disk that is encrypted as a whole makes them
// unreadable.
func (v *Vault) Delete(ctx context.Context, id string) error {
	path, err := v.path(id)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	found, err := filepath.Glob(filepath.Join(filepath.Dir(path), tempPrefix+filepath.Base(path)+"-*"))
	if _, missing := os.Lstat(path); missing == nil {
		found = append(found, path)
	}
	if err == nil && len(found) == 0 {
		return fmt.Errorf("vault: %w: %s", corvee.ErrNotFound, id)
	}
	for _, p := range found {
		err = errors.Join(err, overwrite(p), os.Remove(p))
	}
	if err := errors.Join(err, syncDir(filepath.Dir(path))); err != nil {
		return fmt.Errorf("vault: delete %s: %w", id, err)
	}
	return nil
}

// overwrite leaves alone what is no plain file: through a link it would write elsewhere.
func overwrite(path string) error {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeros{}, info.Size())
	}
	return errors.Join(err, f.Sync(), f.Close())
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// All yields the ids in order. What is in the folder under another kind of name, such as
// a file that a crash left half-written, is passed over.
func (v *Vault) All(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		shelves, err := os.ReadDir(v.dir)
		if err != nil {
			yield("", fmt.Errorf("vault: %w", err))
			return
		}
		for _, shelf := range shelves {
			if !shelf.IsDir() || !v.eachOn(ctx, shelf.Name(), yield) {
				continue
			}
			return
		}
	}
}

// eachOn yields the ids of one shelf and reports whether that was the end.
func (v *Vault) eachOn(ctx context.Context, shelf string, yield func(string, error) bool) (ended bool) {
	blobs, err := os.ReadDir(filepath.Join(v.dir, shelf))
	if err := errors.Join(err, ctx.Err()); err != nil {
		yield("", fmt.Errorf("vault: %w", err))
		return true
	}
	for _, b := range blobs {
		id := idPrefix + b.Name()
		if check(id) == nil && strings.HasPrefix(b.Name(), shelf) && !yield(id, nil) {
			return true
		}
	}
	return false
}

// path refuses every id that is not written exactly as corvee.HashID writes one, so that
// no id can name a place outside the vault. Two digits make a shelf: a folder of a million
// files is slow on many file systems.
func (v *Vault) path(id string) (string, error) {
	if err := check(id); err != nil {
		return "", err
	}
	digits := strings.TrimPrefix(id, idPrefix)
	return filepath.Join(v.dir, digits[:2], digits), nil
}

func check(id string) error {
	digits, ok := strings.CutPrefix(id, idPrefix)
	if !ok || len(digits) != idDigits || strings.Trim(digits, "0123456789abcdef") != "" {
		return fmt.Errorf("vault: %w: %.80q is not sha256: and %d hexadecimal digits", corvee.ErrInvalid, id, idDigits)
	}
	return nil
}
