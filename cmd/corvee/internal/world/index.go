package world

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// indexFile returns where the index of a base's lists is kept: beside a file; for a server
// in this user's cache, where each machine keeps its own; nowhere for a base in memory. The
// index holds what the lists say and nothing of the base's reports.
func indexFile(address string) string {
	switch {
	case IsPostgres(address):
		return serverIndexFile(address)
	case strings.Contains(address, ":memory:"), strings.Contains(address, "?"):
		return ""
	}
	return strings.TrimPrefix(address, "file:") + ".index"
}

// serverIndexFile is named after the server and its database, not after who asks with which
// password.
func serverIndexFile(address string) string {
	server, err := url.Parse(address)
	dir := cacheDirectory("index")
	if err != nil || dir == "" {
		return ""
	}
	name := sha256.Sum256([]byte(server.Host + server.Path))
	return filepath.Join(dir, hex.EncodeToString(name[:8])+".index")
}

// keptIndex is the file that holds the index of the lists: its key, then the index. It
// saves time and nothing else, so a file that is missing, stale or damaged is written
// anew, and one that cannot be written is told of and left.
type keptIndex struct {
	path string // "": nothing is kept
	err  io.Writer
}

const keySize = 64 // SHA-256 in hexadecimal; a multiple of eight, so that numbers stay in line

func (k keptIndex) load(key string) ([]byte, bool) {
	if k.path == "" || len(key) != keySize {
		return nil, false
	}
	f, err := os.Open(k.path)
	if err != nil {
		return nil, false
	}
	defer func() { _ = f.Close() }() // it was only read
	head := make([]byte, keySize)
	if _, err := io.ReadFull(f, head); err != nil || string(head) != key {
		return nil, false
	}
	info, err := f.Stat()
	if err != nil || info.Size() < keySize {
		return nil, false
	}
	saved := make([]byte, info.Size()-keySize)
	_, err = io.ReadFull(f, saved)
	return saved, err == nil
}

func (k keptIndex) save(key string, write func(io.Writer) error) {
	if k.path == "" || len(key) != keySize {
		return
	}
	if err := k.replace(key, write); err != nil {
		fmt.Fprintln(k.err, "corvee: the index of the lists is not kept, the next command builds it again:", err)
	}
}

// replace writes beside the file, readable by its owner alone, and renames: another
// command sees the old one or the new one. What a cut-off command left is written over;
// two that write at once write the same bytes, and a checksum has the last word.
func (k keptIndex) replace(key string, write func(io.Writer) error) error {
	f, err := os.OpenFile(k.path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	err = f.Chmod(0o600) // also what was left there
	if err == nil {
		_, err = io.WriteString(f, key)
	}
	if err == nil {
		err = write(f)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), k.path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
