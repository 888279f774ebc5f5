package intake_test

import (
	"fmt"
	"os"
	"testing"

	"corvee/intake"
)

// childArg makes the test binary its own decoder child.
const childArg = "corvee-test-decode"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == childArg {
		if err := intake.ServeDecoder(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// setup returns an Intake whose child is this test binary, under the bounds of the test.
func setup(t testing.TB, change func(*intake.Config)) *intake.Intake {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := intake.Config{Decoder: []string{self, childArg}, TempDir: t.TempDir()}
	if change != nil {
		change(&c)
	}
	return intake.New(c)
}
