package main

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A read that is killed at a random moment and then run again leaves the same base as one
// that was never killed: the same inputs in the same states, the same claims.
func TestKilledReadThenTheSameCommand(t *testing.T) {
	t.Parallel()
	want := claimsAndInputs(t, readWhole(t, t.TempDir()))
	seed := rand.New(rand.NewPCG(7, 11))
	for range 6 {
		base := filepath.Join(t.TempDir(), "base.sqlite")
		killed := 0
		for range 4 {
			after := time.Duration(30+seed.IntN(500)) * time.Millisecond
			if killedAfter(t, base, after) {
				killed++
			}
		}
		mustRun(t, base, readArgs()...)
		if diff := cmp.Diff(want, claimsAndInputs(t, base)); diff != "" {
			t.Errorf("after %d kills the base differs (-whole +killed):\n%s", killed, diff)
		}
		if left, _ := filepath.Glob(filepath.Join(base+".originals", "*.tmp*")); len(left) > 0 {
			t.Errorf("half-written originals left: %v", left)
		}
	}
}

func readArgs() []string { return []string{"read", "--format", "jsonl", "../../samples/reports"} }

func readWhole(t *testing.T, dir string) (base string) {
	t.Helper()
	base = filepath.Join(dir, "base.sqlite")
	mustRun(t, base, readArgs()...)
	return base
}

func claimsAndInputs(t *testing.T, base string) []string {
	t.Helper()
	return []string{
		mustRun(t, base, "claims", "--format", "jsonl"),
		mustRun(t, base, "inputs", "--format", "csv"),
	}
}

func mustRun(t *testing.T, base string, args ...string) string {
	t.Helper()
	out, err := exec.Command("corvee", append([]string{"--base", base}, args...)...).Output()
	if err != nil {
		t.Fatalf("corvee %v: %v", args, err)
	}
	return string(out)
}

func killedAfter(t *testing.T, base string, after time.Duration) bool {
	t.Helper()
	return killedDuring(t, base, after, readArgs()...)
}

// killedDuring runs the command, kills it after a while, and reports whether it caught it.
func killedDuring(t *testing.T, base string, after time.Duration, args ...string) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	cmd := exec.CommandContext(ctx, "corvee", append([]string{"--base", base}, args...)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Kill) }
	return cmd.Run() != nil
}
