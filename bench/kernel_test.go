//go:build !shared

package bench_test

import (
	"testing"

	"corvee"
)

// kernel is the listings that are looked for.
func kernel(*testing.B) []corvee.Listing { return newMaker(1).listings("kernel", kernelNames) }

// negatives are names that nobody listed has but by chance: of the same making, so they
// share words with the list as firms of one country do.
func negatives(*testing.B) []string {
	var out []string
	for _, l := range newMaker(4).listings("negative", 3000) {
		out = append(out, l.Names[0].Value)
	}
	return out
}
