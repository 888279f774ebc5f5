package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary is the command: scripts and the decoder child run this very build.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"corvee": main, "corvee-local": localMain})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	samples, err := filepath.Abs("../../samples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"setmatch": setMatch},
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLES", samples)
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			web := newSite(t, filepath.Join(env.WorkDir, "site"))
			roots, err := web.roots(env.WorkDir)
			env.Setenv("SITE", web.URL)
			env.Setenv("TEST_ROOTS", roots)
			return err
		},
	})
}

// setMatch is the script command "setmatch VAR FILE REGEXP": VAR is the first group of the
// first match, so that a script can go on with an id that differs from run to run.
func setMatch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: setmatch VAR FILE REGEXP")
	}
	m := regexp.MustCompile(args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
	if len(m) != 2 {
		ts.Fatalf("%s: no group of %q matches", args[1], args[2])
	}
	ts.Setenv(args[0], m[1])
}
