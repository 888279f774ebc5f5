//go:build !linux

package intake_test

import (
	"os"
	"runtime"
	"testing"
)

func asNobody(t *testing.T) {
	t.Helper()
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("nothing is unreadable here")
	}
}
