package sealing

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"strings"

	"corvee"
	"corvee/vault"
)

// bundle is what is sealed together: the rows of a report as the base gave them out, and
// its originals by their ids.
type bundle struct {
	rows      []byte
	originals map[string][]byte
	order     []string // of originals
}

const (
	rowsName      = "rows.json"
	originalsName = "originals/"
	paddingName   = "padding"
)

// seal returns the bytes that only the recipients can open. Their length tells little of
// the report's: it is padded before it is sealed.
func (b bundle) seal(to []string) ([]byte, error) {
	var plain bytes.Buffer
	archive := tar.NewWriter(&plain)
	put := func(name string, content []byte) error {
		err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))})
		if err == nil {
			_, err = archive.Write(content)
		}
		return err
	}
	err := put(rowsName, b.rows)
	for _, id := range b.order {
		err = errors.Join(err, put(originalsName+id, b.originals[id]))
	}
	err = errors.Join(err, archive.Flush(), put(paddingName, make([]byte, padding(plain.Len()))), archive.Close())
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	var out bytes.Buffer
	sealed, err := vault.Seal(&out, vault.Keys{Recipients: to})
	if err != nil {
		return nil, err
	}
	_, err = sealed.Write(plain.Bytes())
	err = errors.Join(err, sealed.Close())
	return out.Bytes(), err
}

// padding returns how many bytes make a length one of few: those whose lower bits are zero,
// at most 12 % longer. Rule: Padmé, Nikitin et al., "Reducing Metadata Leakage from
// Encrypted Files and Communication with PURBs", PoPETs 2019.
func padding(length int) int {
	e := bits.Len(uint(length)) - 1
	s := bits.Len(uint(e))
	low := 1<<max(e-s, 0) - 1
	return (length+low)&^low - length
}

// open reads what seal wrote. Originals that are not what their names say are
// corvee.ErrInconsistent: whoever knows a public key can seal something.
func open(raw []byte, identities io.Reader) (bundle, error) {
	plain, err := vault.Unseal(bytes.NewReader(raw), vault.Keys{Identities: identities})
	if err != nil {
		return bundle{}, err
	}
	b := bundle{originals: map[string][]byte{}}
	archive := tar.NewReader(plain)
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = b.take(head.Name, archive)
		}
		if err != nil {
			return bundle{}, fmt.Errorf("unseal: %w: %w", corvee.ErrInconsistent, err)
		}
	}
	if b.rows == nil {
		return bundle{}, fmt.Errorf("unseal: %w: it holds no report", corvee.ErrInconsistent)
	}
	return b, nil
}

func (b *bundle) take(name string, from io.Reader) error {
	content, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	id, original := strings.CutPrefix(name, originalsName)
	switch {
	case name == rowsName:
		b.rows = content
	case original && corvee.HashID(content) != id:
		return fmt.Errorf("an original is not what its name says")
	case original:
		b.originals[id], b.order = content, append(b.order, id)
	}
	return nil
}
