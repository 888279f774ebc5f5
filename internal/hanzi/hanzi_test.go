package hanzi_test

import (
	"slices"
	"testing"

	"corvee/internal/hanzi"
)

func TestSimplify(t *testing.T) {
	t.Parallel()
	for in, want := range map[rune]rune{'東': '东', '実': '实', '實': '实', '丹': '丹', 'a': 'a', '한': '한', '發': '发', '臺': '台'} {
		if got := hanzi.Simplify(in); got != want {
			t.Errorf("Simplify(%c) = %c, want %c", in, got, want)
		}
		if again := hanzi.Simplify(hanzi.Simplify(in)); again != hanzi.Simplify(in) {
			t.Errorf("Simplify(%c) does not come to rest", in)
		}
	}
}

func TestReadings(t *testing.T) {
	t.Parallel()
	if got := hanzi.Pinyin('重'); !slices.Contains(got, "zhong") || !slices.Contains(got, "chong") {
		t.Errorf("Pinyin(重) = %v, want zhong and chong", got)
	}
	if got := hanzi.Pinyin('東'); !slices.Equal(got, []string{"dong"}) {
		t.Errorf("Pinyin(東) = %v, want dong: a variant is read as its simplified form", got)
	}
	if got := hanzi.Hangul('远'); !slices.Contains(got, '원') {
		t.Errorf("Hangul(远) = %c, want 원", got)
	}
	if got := hanzi.Pinyin('x'); len(got) != 0 {
		t.Errorf("Pinyin(x) = %v, want none", got)
	}
}
