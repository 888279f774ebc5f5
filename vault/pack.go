package vault

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"

	"corvee"
)

// The names in an archive of a base.
const (
	packedBase      = "base.sqlite"
	packedOriginals = "originals/"
)

// Pack writes a base's file of the given size and every original as a tar, and returns how
// many originals there were. The base must have been copied before, so that no original
// that it names is missing.
func (v *Vault) Pack(ctx context.Context, to io.Writer, base io.Reader, size int64) (n int, err error) {
	archive := tar.NewWriter(to)
	if err := archive.WriteHeader(&tar.Header{Name: packedBase, Mode: 0o600, Size: size}); err != nil {
		return 0, fmt.Errorf("pack: %w", err)
	}
	if _, err := io.Copy(archive, base); err != nil {
		return 0, fmt.Errorf("pack: the base: %w", err)
	}
	for id, err := range v.All(ctx) {
		if err != nil {
			return n, err
		}
		if err := v.packOne(ctx, archive, id); err != nil {
			return n, fmt.Errorf("pack: original %s: %w", id, err)
		}
		n++
	}
	return n, archive.Close()
}

func (v *Vault) packOne(ctx context.Context, archive *tar.Writer, id string) error {
	raw, err := v.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := archive.WriteHeader(&tar.Header{Name: packedOriginals + id, Mode: 0o600, Size: int64(len(raw))}); err != nil {
		return err
	}
	_, err = archive.Write(raw)
	return err
}

// Unpack reads what Pack wrote: the base goes to keep, the originals into the vault. An
// original that is not what its name says is ErrInconsistent; names lead nowhere else.
func (v *Vault) Unpack(ctx context.Context, from io.Reader, keep func(io.Reader) error) (n int, err error) {
	archive := tar.NewReader(from)
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, fmt.Errorf("unpack: %w", err)
		}
		if head.Name == packedBase {
			if err := keep(archive); err != nil {
				return n, fmt.Errorf("unpack: the base: %w", err)
			}
			continue
		}
		raw, err := io.ReadAll(archive)
		if err != nil {
			return n, fmt.Errorf("unpack: %s: %w", head.Name, err)
		}
		if packedOriginals+corvee.HashID(raw) != head.Name {
			return n, fmt.Errorf("unpack: %w: %s is not what its name says", corvee.ErrInconsistent, head.Name)
		}
		if _, err := v.Put(ctx, raw); err != nil {
			return n, err
		}
		n++
	}
}
