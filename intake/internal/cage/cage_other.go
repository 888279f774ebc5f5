//go:build !linux

package cage

import "os/exec"

func lock(int64) []string { return nil }

// Confine does nothing here.
func Confine(*exec.Cmd, bool) {}

// Resident returns false: another process's memory cannot be seen here.
func Resident(int) (int64, bool) { return 0, false }

func probe() (shut, lacking []string) {
	return nil, []string{ShutSyscalls, ShutNamespaces, ShutMemory}
}
