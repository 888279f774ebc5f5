package world

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// BaseAddress returns where the base is: the flag, else CORVEE_DATABASE_URL, else a file
// in the user's data directory.
func (w *World) BaseAddress() (string, error) {
	if w.Flags.Base != "" {
		return w.Flags.Base, nil
	}
	if url := os.Getenv("CORVEE_DATABASE_URL"); url != "" {
		return url, nil
	}
	dir, err := dataDirectory()
	return filepath.Join(dir, "base.sqlite"), err
}

func dataDirectory() (string, error) {
	dir := os.Getenv("XDG_DATA_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("no data directory for a base: %w; give --base", err)
		}
		dir = filepath.Join(home, ".local", "share")
		if runtime.GOOS != "linux" {
			if dir, err = os.UserConfigDir(); err != nil {
				return "", fmt.Errorf("no data directory for a base: %w; give --base", err)
			}
		}
	}
	dir = filepath.Join(dir, "corvee")
	return dir, os.MkdirAll(dir, 0o700)
}

// IsPostgres reports whether a base is one of a server.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// OriginalsFolder returns where the originals of a base lie: beside a file, in the data
// directory for a server.
func (w *World) OriginalsFolder(address string) (string, error) {
	if w.Flags.Originals != "" {
		return w.Flags.Originals, nil
	}
	if !IsPostgres(address) {
		return strings.TrimPrefix(address, "file:") + ".originals", nil
	}
	dir, err := dataDirectory()
	return filepath.Join(dir, "originals"), err
}

// cacheDirectory returns a folder of this user alone for what can be made again: what the
// decoder compiles for itself, the index of a server's lists. It is empty where there is
// none, and each start takes seconds longer.
func cacheDirectory(of string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir = filepath.Join(dir, "corvee", of)
	if os.MkdirAll(dir, 0o700) != nil || os.Chmod(dir, 0o700) != nil {
		return ""
	}
	return dir
}
