//go:build unix

package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"corvee"
	"corvee/audit"
	"corvee/store"
	"corvee/store/sqlite"
	"corvee/store/storetest"
)

// The test binary runs itself again as the writer that is killed.
const (
	writerBase  = "CORVEE_TEST_WRITER_BASE"
	writerLimit = "CORVEE_TEST_WRITER_LIMIT" // of bytes in a file, for a disk that fills up
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writerBase); path != "" {
		fmt.Fprintln(os.Stderr, write(path, os.Getenv(writerLimit)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func write(path, limit string) error {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	if limit != "" {
		var most uint64
		if _, err := fmt.Sscan(limit, &most); err != nil {
			return err
		}
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return err
		}
	}
	return storetest.WriteUntilKilled(ctx, s, audit.Seal, os.Stdout)
}

func writer(t *testing.T, path, limit string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), writerBase+"="+path, writerLimit+"="+limit)
	return child
}

func TestKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base")
	storetest.Crash(t, 10,
		func() *exec.Cmd { return writer(t, path, "") },
		func() store.Store { return open(t, path) },
		audit.Verify)
}

// TestDiskFull: a write that the disk refuses fails as a whole, with all that was accepted
// before still there, and the base goes on when there is room again.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base")
	var said strings.Builder
	child := writer(t, path, "2000000")
	child.Stderr = &said
	out, err := child.Output()
	if err == nil || !strings.Contains(said.String(), "disk") {
		t.Fatalf("the writer ended with %v and said %q, want it to name the disk", err, said.String())
	}
	acked := strings.Count(string(out), "\n") - 1
	if acked < 3 {
		t.Fatalf("only %d writes before the disk was full", acked+1)
	}
	for range 2 { // also the second opening finds it so
		s := open(t, path)
		if written := storetest.Whole(t, s, acked, audit.Verify); written != acked+1 {
			t.Errorf("%d things are in the base, want the %d that were acknowledged", written, acked+1)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	storetest.Crash(t, 1, func() *exec.Cmd { return writer(t, path, "") }, func() store.Store { return open(t, path) }, audit.Verify)
}

// TestTwoPrograms: a page and a command may write into one base at the same time.
func TestTwoPrograms(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base")
	const programs, each = 3, 20
	var group sync.WaitGroup
	for range programs {
		s := open(t, path)
		t.Cleanup(func() { s.Close() })
		group.Go(func() {
			for range each {
				err := s.Update(t.Context(), func(tx store.Tx) error {
					last, err := tx.LastEvent(t.Context())
					if err != nil {
						return err
					}
					e := audit.Seal(last, corvee.Event{Actor: corvee.LocalActor, Verb: "read"})
					return tx.AppendEvent(t.Context(), e, "", nil, nil)
				})
				if err != nil {
					t.Errorf("Update: %v", err)
				}
			}
		})
	}
	group.Wait()
	s := open(t, path)
	t.Cleanup(func() { s.Close() })
	err := s.View(t.Context(), func(tx store.Tx) error {
		if last, err := tx.LastEvent(t.Context()); err != nil || last.Seq != programs*each {
			t.Errorf("LastEvent = %v, %v; want the %dth", last, err, programs*each)
		}
		return audit.Verify(tx.Events(t.Context(), 0))
	})
	if err != nil {
		t.Error(err)
	}
}
