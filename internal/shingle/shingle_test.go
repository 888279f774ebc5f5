package shingle_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"corvee/internal/shingle"
)

func tokens(s string) []shingle.Token { return shingle.Tokens(nil, s, 0, len(s)) }

func words(s string) []string {
	var out []string
	for _, t := range tokens(s) {
		out = append(out, s[t.Start:t.End])
	}
	return out
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"words and figures":   {"RMB 2,600 a month.", []string{"RMB", "2", "600", "a", "month"}},
		"characters":          {"月薪2600元", []string{"月", "薪", "2600", "元"}},
		"hangul by syllable":  {"북한 노동자", []string{"북", "한", "노", "동", "자"}},
		"a soft hyphen":       {"work\u00aders", []string{"work\u00aders"}},
		"bytes that are none": {"a\xff\xfeb", []string{"a", "b"}},
		"nothing":             {"—…!", nil},
		"NUL":                 {"a\x00b", []string{"a", "b"}},
		"emoji":               {"a😀b", []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, words(c.text)); diff != "" {
				t.Errorf("Tokens(%q): -want +got\n%s", c.text, diff)
			}
		})
	}
}

// Copies change what is not the text: case, width, normal form, the form of a character.
func TestSameWords(t *testing.T) {
	t.Parallel()
	for name, pair := range map[string][2]string{
		"case":               {"The Plant", "the plant"},
		"full width":         {"２６００ yuan", "2600 yuan"},
		"apart and composed": {norm.NFD.String("북한 노동자"), "북한 노동자"},
		"accents":            {norm.NFD.String("Orle Pióro"), "Orle Pióro"},
		"traditional":        {"北韓勞工遣返", "北韓劳工遣返"},
		"quotation marks":    {"“party funds”", "'party funds'"},
		"line ends":          {"one\r\ntwo", "one two"},
		"zero width":         {"wor\u200bkers", "workers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := tokens(pair[0]), tokens(pair[1])
			if len(a) != len(b) {
				t.Fatalf("%q has %d tokens, %q has %d", pair[0], len(a), pair[1], len(b))
			}
			for i := range a {
				if a[i].Hash != b[i].Hash {
					t.Errorf("token %d of %q and %q differ", i, pair[0], pair[1])
				}
			}
		})
	}
}

func TestShinglesByScript(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"one two three four":          0,
		"one two three four five":     1,
		"one two three four five six": 2,
		"一二三四五六七":                     0,
		"一二三四五六七八":                    1,
		"일이삼사오육칠팔구":                   2,
		"one two 三四五六七":               1, // 16 + 25 = 41
	} {
		if got := len(shingle.Shingles(tokens(text))); got != want {
			t.Errorf("Shingles(%q) = %d of them, want %d", text, got, want)
		}
	}
}

func TestAlign(t *testing.T) {
	t.Parallel()
	original := "The plant pays 2,600 yuan a month for each worker. Nobody asks them whether they agree. They sew linings for winter jackets all day."
	copied := "Today: the plant pays 2,600 yuan a month for each worker! And they sew linings for winter jackets all night."
	a, b := tokens(copied), tokens(original)
	runs := shingle.NewIndex(b).Align(a)
	var got []string
	for _, r := range runs {
		got = append(got, copied[a[r.A].Start:a[r.A+r.N-1].End])
	}
	want := []string{"the plant pays 2,600 yuan a month for each worker", "they sew linings for winter jackets all"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Align: -want +got\n%s", diff)
	}
}

func TestPassages(t *testing.T) {
	t.Parallel()
	runs := []shingle.Run{{0, 0, 10}, {11, 12, 10}, {22, 100, 10}, {33, 50, 8}}
	if got := shingle.Passages(runs, 2); got != 3 {
		t.Errorf("Passages = %d, want 3: one word changed joins, a jump does not", got)
	}
}

// checkRuns holds what Align promises.
func checkRuns(t interface{ Fatalf(string, ...any) }, a, b []shingle.Token, runs []shingle.Run) {
	usedA, usedB := map[int]bool{}, map[int]bool{}
	last := 0
	for _, r := range runs {
		if r.A < last || r.N <= 0 || r.A+r.N > len(a) || r.B < 0 || r.B+r.N > len(b) {
			t.Fatalf("run %+v is out of order or outside %d and %d tokens", r, len(a), len(b))
		}
		last = r.A
		for k := range r.N {
			if a[r.A+k].Hash != b[r.B+k].Hash {
				t.Fatalf("run %+v differs at %d", r, k)
			}
			if usedA[r.A+k] || usedB[r.B+k] {
				t.Fatalf("run %+v overlaps another at %d", r, k)
			}
			usedA[r.A+k], usedB[r.B+k] = true, true
		}
	}
}

func TestAlignLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		letter := rapid.SampledFrom([]string{"a ", "b ", "c ", "中", "文", "가", "나", ". "})
		a := tokens(strings.Join(rapid.SliceOfN(letter, 0, 60).Draw(t, "a"), ""))
		b := tokens(strings.Join(rapid.SliceOfN(letter, 0, 60).Draw(t, "b"), ""))
		checkRuns(t, a, b, shingle.NewIndex(b).Align(a))
		whole := shingle.NewIndex(a).Align(a)
		checkRuns(t, a, a, whole)
		if shingle.Weight(a) >= 40 && (len(whole) != 1 || whole[0].N != len(a)) {
			t.Fatalf("a text of %d tokens aligned with itself gives %v", len(a), whole)
		}
	})
}

// A passage that is three tokens longer than a shingle sends a common fingerprint.
func TestWinnowGuarantee(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]{1,4}`)
		text := func(label string, n int) string {
			return strings.Join(rapid.SliceOfN(word, 0, n).Draw(t, label), " ")
		}
		shared := strings.Join(rapid.SliceOfN(word, 8, 12).Draw(t, "shared"), " ")
		seen := map[uint64]bool{}
		for _, p := range shingle.Winnow(shingle.Shingles(tokens(text("a", 20) + " " + shared + " " + text("b", 20)))) {
			seen[p.Hash] = true
		}
		for _, p := range shingle.Winnow(shingle.Shingles(tokens(text("c", 20) + " " + shared + " " + text("d", 20)))) {
			if seen[p.Hash] {
				return
			}
		}
		t.Fatalf("no common fingerprint for %q", shared)
	})
}

func FuzzAlign(f *testing.F) {
	f.Add("The plant pays 2,600 yuan a month", "the plant pays ２６００ yuan a month")
	f.Add("\xff\xfe\x00 북한 노동자 520여 명이 겨울 외투를", norm.NFD.String("북한 노동자 520여 명이 겨울 외투를"))
	f.Add(strings.Repeat("a ", 500), strings.Repeat("a ", 300))
	f.Add("\u0301\u0301 e\u0301", "가\u11a8\u11a8각")
	f.Add("𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇", "𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇")
	f.Fuzz(func(t *testing.T, one, other string) {
		a, b := tokens(one), tokens(other)
		end := int32(0)
		for _, k := range a {
			if k.Start < end || k.End <= k.Start || int(k.End) > len(one) {
				t.Fatalf("token %+v after byte %d of %d", k, end, len(one))
			}
			end = k.Start
			if utf8.ValidString(one) && !utf8.ValidString(one[k.Start:k.End]) {
				t.Fatalf("token %+v splits a character of %q", k, one)
			}
		}
		runs := shingle.NewIndex(b).Align(a)
		checkRuns(t, a, b, runs)
		if n := shingle.Passages(runs, 3); n > len(runs) || (n == 0) != (len(runs) == 0) {
			t.Fatalf("%d passages of %d runs", n, len(runs))
		}
	})
}

func BenchmarkAlign(b *testing.B) {
	text := strings.Repeat("North Korean women at a textile plant hand over two thirds of what they earn to the state. ", 200)
	x := tokens(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		shingle.NewIndex(x).Align(x)
	}
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("North Korean women earn 2,600 yuan. 북한 노동자 520여 명이 일한다. 女工月薪2600元。", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		shingle.Winnow(shingle.Shingles(tokens(text)))
	}
}
