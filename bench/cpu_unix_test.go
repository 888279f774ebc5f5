//go:build unix

package bench_test

import (
	"syscall"
	"time"
)

// cpuTime is what this process has used of all processors: on a machine that does other
// things too, the clock on the wall measures those.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
