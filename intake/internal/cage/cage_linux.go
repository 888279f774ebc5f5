package cage

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// lock lowers the limits and filters the system calls of every thread.
func lock(memory int64) []string {
	var shut []string
	// The runtime maps 64 MB arenas and its own tables beside the heap; the child's watch
	// is the finer bound, this one holds when the watch is starved.
	data := uint64(memory) + 256<<20
	if unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: data, Max: data}) == nil {
		shut = append(shut, ShutMemory)
	}
	for _, resource := range []int{unix.RLIMIT_CORE, unix.RLIMIT_FSIZE} {
		_ = unix.Setrlimit(resource, &unix.Rlimit{}) // what cannot be lowered stays shut by the filter
	}
	if filterSyscalls() == nil {
		shut = append(shut, ShutSyscalls)
	}
	if confined() {
		shut = append(shut, ShutNamespaces)
	}
	return shut
}

// confined reports whether this process is the first of its own process namespace, as
// Confine starts it.
func confined() bool { return os.Getpid() == 1 }

// Confine makes the command start in namespaces of its own as a user without rights, or
// only makes it die with its parent.
func Confine(cmd *exec.Cmd, namespaces bool) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if !namespaces {
		return
	}
	const nobody = 65534
	cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID |
		syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS | syscall.CLONE_NEWNS
	cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getuid(), Size: 1}}
	cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getgid(), Size: 1}}
}

// Resident returns how many bytes of memory a process holds, or false if that cannot be
// seen.
func Resident(pid int) (int64, bool) {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	fields := bytes.Fields(raw)
	if err != nil || len(fields) < 2 {
		return 0, false
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize()), err == nil
}

func probe() (shut, lacking []string) {
	shut = []string{ShutMemory}
	action := uint32(unix.SECCOMP_RET_ERRNO)
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_GET_ACTION_AVAIL, 0, uintptr(unsafe.Pointer(&action)))
	if errno == 0 && auditArch != 0 {
		shut = append(shut, ShutSyscalls)
	} else {
		lacking = append(lacking, ShutSyscalls)
	}
	if namespacesAllowed() {
		return append(shut, ShutNamespaces), lacking
	}
	return shut, append(lacking, ShutNamespaces)
}

func namespacesAllowed() bool {
	most, err := os.ReadFile("/proc/sys/user/max_user_namespaces")
	if err != nil || bytes.Equal(bytes.TrimSpace(most), []byte("0")) {
		return false
	}
	for _, file := range []string{"/proc/sys/kernel/unprivileged_userns_clone", "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"} {
		raw, err := os.ReadFile(file)
		forbids := "0"
		if file[len("/proc/sys/kernel/")] == 'a' {
			forbids = "1"
		}
		if err == nil && os.Getuid() != 0 && string(bytes.TrimSpace(raw)) == forbids {
			return false
		}
	}
	return true
}
