// Package cage shuts a decoder child in.
//
// What comes in: nothing but a memory bound. What goes out: the list of what is shut, in
// words for people. Lock is called by the child on itself before it reads a byte;
// Confine is called by the parent on the command that starts it.
//
// Its one idea: each barrier is independent and optional, and what could not be raised is
// said, never assumed.
package cage

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// The barriers, in words for people.
const (
	ShutSyscalls   = "system calls: no files, no network, no new programs (seccomp)"
	ShutNamespaces = "namespaces: no network, no other processes, a user without rights"
	ShutMemory     = "memory: bounded by the kernel (RLIMIT_DATA)"
	ShutOwn        = "memory and time: watched by the child itself"
	ShutParent     = "memory and time: watched by the parent, which kills"
)

// The exit codes by which a child says why it gave up.
const (
	ExitMemory = 86
	ExitTime   = 87
)

// Lock shuts the calling process in and returns what is shut. It never fails: a barrier
// that this system lacks is left out of the list.
func Lock(memory int64, life time.Duration) []string {
	debug.SetMemoryLimit(memory / 4 * 3) // collect hard before the bound is met
	debug.SetMaxStack(64 << 20)
	go watch(memory, life)
	return append([]string{ShutOwn}, lock(memory)...)
}

// watch ends the process when it holds too much or lives too long, should the parent be
// gone.
func watch(memory int64, life time.Duration) {
	const every = 10 * time.Millisecond
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for lived := time.Duration(0); ; lived += every {
		time.Sleep(every)
		metrics.Read(sample)
		if int64(sample[0].Value.Uint64()-sample[1].Value.Uint64()) > memory {
			os.Exit(ExitMemory)
		}
		if lived > life {
			os.Exit(ExitTime)
		}
	}
}

// Safety says, for this system, what shuts a child in and what is lacking.
func Safety() []string {
	lines := []string{"decoder child: a process of its own, empty environment, empty private folder"}
	shut, lacking := probe()
	for _, s := range append([]string{ShutOwn, ShutParent}, shut...) {
		lines = append(lines, "decoder child: "+s)
	}
	for _, s := range lacking {
		lines = append(lines, "lacking on "+runtime.GOOS+"/"+runtime.GOARCH+": "+s)
	}
	return lines
}
