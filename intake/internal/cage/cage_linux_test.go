package cage_test

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"corvee/intake/internal/cage"
)

const childArg = "corvee-test-cage"

func TestMain(m *testing.M) {
	if len(os.Args) > 3 && os.Args[1] == childArg {
		prisoner(os.Args[2], os.Args[3])
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// prisoner locks itself in, tries everything and prints what worked.
func prisoner(secret, address string) {
	fmt.Println("shut:", strings.Join(cage.Lock(64<<20, time.Minute), "|"))
	try := func(what string, act func() error) {
		if err := act(); err == nil {
			fmt.Println("escaped:", what)
		}
	}
	try("read a file", func() error { _, err := os.ReadFile(secret); return err })
	try("read /etc/passwd", func() error { _, err := os.ReadFile("/etc/passwd"); return err })
	try("read its environment", func() error { _, err := os.ReadFile("/proc/self/environ"); return err })
	try("list a folder", func() error { _, err := os.ReadDir("/"); return err })
	try("write a file", func() error { return os.WriteFile("here", []byte("x"), 0o600) })
	try("remove a file", func() error { return os.Remove(secret) })
	try("make a folder", func() error { return os.Mkdir("folder", 0o700) })
	try("dial", func() error { _, err := net.DialTimeout("tcp", address, time.Second); return err })
	try("listen", func() error { _, err := net.Listen("tcp", "127.0.0.1:0"); return err })
	try("look up a name", func() error { _, err := net.LookupHost("localhost"); return err })
	try("open a raw socket", func() error { _, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0); return err })
	try("start a program", func() error { return exec.Command("/proc/self/exe", "x").Run() })
	try("fork", func() error {
		pid, _, errno := syscall.RawSyscall(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0)
		if errno != 0 {
			return errno
		}
		if pid == 0 {
			syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0)
		}
		return nil
	})
	try("kill its parent", func() error { return syscall.Kill(os.Getppid(), 0) })
	try("trace", func() error { return syscall.PtraceAttach(os.Getppid()) })
	try("take the filter off", func() error {
		_, _, errno := syscall.Syscall6(syscall.SYS_PRCTL, 22, 0, 0, 0, 0, 0) // PR_SET_SECCOMP
		if errno != 0 {
			return errno
		}
		return nil
	})
	try("raise its limits", func() error {
		return syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20})
	})
	threads := make(chan int)
	for range 50 { // the runtime still works on all threads
		go func() { threads <- len(fmt.Sprint(make([]byte, 1<<16))) }()
	}
	for range 50 {
		<-threads
	}
	fmt.Println("alive")
}

// run starts a prisoner as intake does and returns its lines.
func run(t *testing.T, namespaces bool) []string {
	t.Helper()
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("a name"), 0o644); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, childArg, secret, listener.Addr().String())
	cmd.Env, cmd.Dir = []string{}, t.TempDir()
	cage.Confine(cmd, namespaces)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skipf("this system does not start it (namespaces %t): %v", namespaces, err)
	}
	raw, _ := io.ReadAll(out)
	if err := cmd.Wait(); err != nil {
		t.Errorf("the prisoner died: %v\n%s", err, raw)
	}
	return strings.Split(strings.TrimSpace(string(raw)), "\n")
}

func TestNobodyEscapes(t *testing.T) {
	t.Parallel()
	for _, namespaces := range []bool{true, false} {
		lines := run(t, namespaces)
		shut := strings.Split(strings.TrimPrefix(lines[0], "shut: "), "|")
		if !slices.Contains(shut, cage.ShutSyscalls) {
			t.Skipf("this system has no system call filter: %v", shut)
		}
		if slices.Contains(shut, cage.ShutNamespaces) != namespaces {
			t.Errorf("started in namespaces: %t; it says %v", namespaces, shut)
		}
		if rest := lines[1:]; len(rest) != 1 || rest[0] != "alive" {
			t.Errorf("namespaces %t:\n%s", namespaces, strings.Join(rest, "\n"))
		}
	}
}

func TestSafetySaysWhatHolds(t *testing.T) {
	t.Parallel()
	said := strings.Join(cage.Safety(), "\n")
	for _, line := range run(t, false)[:1] {
		for _, shut := range strings.Split(strings.TrimPrefix(line, "shut: "), "|") {
			if !strings.Contains(said, shut) {
				t.Errorf("Safety says nothing of %q", shut)
			}
		}
	}
}

func TestResidentSeesMemory(t *testing.T) {
	t.Parallel()
	if held, ok := cage.Resident(os.Getpid()); !ok || held < 1<<20 {
		t.Errorf("Resident of this process = %d, %t", held, ok)
	}
	if _, ok := cage.Resident(1 << 30); ok {
		t.Error("a process that is not there holds memory")
	}
}
