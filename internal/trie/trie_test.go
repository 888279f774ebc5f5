package trie_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corvee/internal/trie"
)

// longest is the oracle: every key tried at one place.
func longest(keys []string, s string, from int) (value, end int, ok bool) {
	for i, k := range keys {
		if strings.HasPrefix(s[from:], k) && (!ok || from+len(k) > end) {
			value, end, ok = i, from+len(k), true
		}
	}
	return value, end, ok
}

func TestLongestAgreesWithBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("abcé공장 \x00")))
		keys := rapid.SliceOfNDistinct(rapid.StringOfN(rapid.RuneFrom([]rune("abcé공장 \x00")), 1, 6, -1), 1, 60, rapid.ID[string]).Draw(t, "keys")
		s := text.Draw(t, "text")
		tr, err := trie.Build(keys)
		if err != nil {
			t.Fatal(err)
		}
		for from := range len(s) {
			wantValue, wantEnd, want := longest(keys, s, from)
			value, end, ok := tr.Longest([]byte(s), from, nil)
			if ok != want || ok && (value != wantValue || end != wantEnd) {
				t.Fatalf("Longest(%q, %d) = %d, %d, %v, want %d, %d, %v", s, from, value, end, ok, wantValue, wantEnd, want)
			}
		}
	})
}

func TestLongestAsksWhetherItMayEnd(t *testing.T) {
	t.Parallel()
	tr, err := trie.Build([]string{"work", "workers"})
	if err != nil {
		t.Fatal(err)
	}
	value, end, ok := tr.Longest([]byte("workers"), 0, func(end int) bool { return end == 4 })
	if value != 0 || end != 4 || !ok {
		t.Errorf("Longest = %d, %d, %v, want 0, 4, true", value, end, ok)
	}
}

func TestBuildRefusesEmptyAndTwice(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{""}, {"a", "b", "a"}} {
		if _, err := trie.Build(keys); err == nil {
			t.Errorf("Build(%q) = nil error", keys)
		}
	}
}

func BenchmarkLongest(b *testing.B) {
	keys := make([]string, 20000)
	for i := range keys {
		keys[i] = fmt.Sprintf("%x word %d", i*2654435761, i)
	}
	tr, err := trie.Build(keys)
	if err != nil {
		b.Fatal(err)
	}
	text := []byte(strings.Repeat("9e3779b1 word 1 and other words of a report ", 2000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for i := range text {
			tr.Longest(text, i, nil)
		}
	}
}
