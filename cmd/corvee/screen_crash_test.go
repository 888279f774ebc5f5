package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// suppliersTable writes a table of invented suppliers with a listed one every so often,
// and returns its path and how many rows name a listed party.
func suppliersTable(t *testing.T, rows int) (path string, planted int) {
	t.Helper()
	seed := rand.New(rand.NewPCG(3, 5))
	syllables := strings.Fields("ka ro mi ten shu lan bo qi dar wen fol ist um per ga nor")
	var b strings.Builder
	b.WriteString("id,name,country\n")
	for i := range rows {
		var name strings.Builder
		for range 3 + seed.IntN(3) {
			name.WriteString(syllables[seed.IntN(len(syllables))])
		}
		fmt.Fprintf(&b, "s%d,%s Trading Co. Ltd,CN\n", i, strings.ToUpper(name.String()))
		if i%1000 == 7 {
			fmt.Fprintf(&b, "p%d,Tumen Shuanghe Textile,CN\n", i)
			planted++
		}
	}
	path = filepath.Join(t.TempDir(), "suppliers.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, planted
}

// A screening that is killed again and again and then run to its end gives the same bytes
// as one that was never killed: no row lost, none doubled, one run in the base.
func TestKilledScreeningGoesOn(t *testing.T) {
	t.Parallel()
	table, planted := suppliersTable(t, 40_000)
	whole, cut := filepath.Join(t.TempDir(), "whole.sqlite"), filepath.Join(t.TempDir(), "cut.sqlite")
	for _, base := range []string{whole, cut} {
		mustRun(t, base, "lists", "import", "--format", "jsonl", "../../samples/list.csv")
	}
	want := mustRun(t, whole, "screen", "--format", "jsonl", table)
	kills := 0
	for i := range 5 {
		if killedDuring(t, cut, time.Duration(150+100*i)*time.Millisecond, "screen", "--format", "jsonl", table) {
			kills++
		}
	}
	got := mustRun(t, cut, "screen", "--format", "jsonl", table)
	if got != want {
		t.Errorf("after %d kills the result differs: %d bytes, want %d", kills, len(got), len(want))
	}
	if kills == 0 {
		t.Log("the screening was never caught; the comparison stands, the kill does not")
	}
	if hits := strings.Count(got, `"id":"p`) / 2; hits < planted {
		t.Errorf("found %d of %d planted rows", hits, planted)
	}
}
