package strdist_test

import (
	"testing"

	"pgregory.net/rapid"

	"corvee/internal/strdist"
)

// plain is optimal string alignment by the textbook, as the oracle.
func plain(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			d[i+1][j+1] = min(d[i][j]+cost, d[i][j+1]+1, d[i+1][j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d[i+1][j+1] = min(d[i+1][j+1], d[i-1][j-1]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestDistanceIsTheTextbooks(t *testing.T) {
	t.Parallel()
	word := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("abc")), 0, 80, -1), rapid.StringOfN(rapid.RuneFrom([]rune("a가東")), 0, 12, -1))
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		most := rapid.IntRange(0, 90).Draw(t, "most")
		want := min(plain([]rune(a), []rune(b)), most+1)
		if got := strdist.Distance(a, b, most); got != want {
			t.Fatalf("Distance(%q, %q, %d) = %d, want %d", a, b, most, got, want)
		}
	})
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"tangun", "tnagun", 1}, {"haifeng", "jinhui", 6}, {"단동", "단둥", 1}} {
		if got := strdist.Distance(c.a, c.b, 9); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func BenchmarkDistance(b *testing.B) {
	for b.Loop() {
		strdist.Distance("pyongyangsoft", "pyongyongtrading", 3)
	}
}
