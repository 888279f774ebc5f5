//go:build unix

package postgres_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"corvee/audit"
	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/storetest"
	"corvee/store/storetest/throwaway"
)

// The test binary runs itself again as the writer that is killed.
const writerBase = "CORVEE_TEST_WRITER_BASE"

func TestMain(m *testing.M) {
	if url := os.Getenv(writerBase); url != "" {
		fmt.Fprintln(os.Stderr, write(url))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func write(url string) error {
	ctx := context.Background()
	s, err := postgres.Open(ctx, url)
	if err != nil {
		return err
	}
	return storetest.WriteUntilKilled(ctx, s, audit.Seal, os.Stdout)
}

// TestKilled kills the client; that the server survives a crash of its own is PostgreSQL's
// promise, not ours.
func TestKilled(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	storetest.Crash(t, 6,
		func() *exec.Cmd {
			child := exec.Command(self)
			child.Env = append(os.Environ(), writerBase+"="+url)
			return child
		},
		func() store.Store { return open(t, url) },
		audit.Verify)
}
