//go:build !shared

package bench_test

import (
	"slices"
	"strings"
	"testing"

	"corvee"
)

// kernel is the listings that are looked for.
func kernel(*testing.B) []corvee.Listing { return newMaker(1).listings("kernel", kernelNames) }

// negatives are firms of the same making of which some word is on no listing that is looked
// for: they share towns, trades and forms with the list as real ones do, and are nobody's
// namesake.
func negatives(b *testing.B) []string {
	listed := map[string]bool{}
	for _, l := range kernel(b) {
		for _, n := range l.Names {
			for _, w := range strings.Fields(n.Value) {
				listed[w] = true
			}
		}
	}
	var out []string
	for _, l := range newMaker(4).listings("negative", 20_000) {
		name := l.Names[0].Value
		own := func(w string) bool { return len(w) >= 5 && !listed[w] }
		if l.Type == corvee.PartyOrganisation && slices.ContainsFunc(strings.Fields(name), own) && len(out) < 3000 {
			out = append(out, name)
		}
	}
	return out
}
