package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const roomPrefix = "corvee-decoder-"

// room makes the empty private folder of one child. A process that is killed leaves the
// folder of its child behind, so the first room of a process sweeps for those.
func (in *Intake) room() (string, error) {
	room, err := os.MkdirTemp(in.config.TempDir, roomPrefix)
	if err != nil {
		return "", fmt.Errorf("intake: a private folder for the decoder: %w", err)
	}
	in.swept.Do(func() { in.sweep(room) })
	return room, nil
}

// leastAge is how old a room is at least that nobody can be using; an hour, and far more
// than a child may live.
const leastAge = time.Hour

// sweep removes the folders that earlier processes of this user left beside the room.
// What cannot be removed is left to the next start. The age is told by the file system's
// own clock, which stamped the room just now.
func (in *Intake) sweep(room string) {
	now, err := os.Lstat(room)
	if err != nil {
		return
	}
	dir := filepath.Dir(room)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), roomPrefix) {
			continue
		}
		info, err := e.Info() // of a link itself, not of where it leads
		if err != nil || !info.IsDir() || !own(info) || now.ModTime().Sub(info.ModTime()) < max(leastAge, 10*in.config.Timeout) {
			continue
		}
		_ = os.RemoveAll(filepath.Join(dir, e.Name())) // never follows a link
	}
}
