//go:build unix

package intake

import (
	"io/fs"
	"os"
	"syscall"
)

// own reports whether a file belongs to this user: others may write names into a shared
// temporary folder.
func own(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
