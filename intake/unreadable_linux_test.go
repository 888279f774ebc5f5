package intake_test

import (
	"os"
	"runtime"
	"syscall"
	"testing"
)

// asNobody gives this goroutine's thread the file rights of an ordinary user: to root
// nothing is unreadable.
func asNobody(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	const nobody = 65534
	runtime.LockOSThread()
	if err := syscall.Setfsuid(nobody); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Setfsuid(0)
		runtime.UnlockOSThread()
	})
}
