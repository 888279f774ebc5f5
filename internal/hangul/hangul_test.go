package hangul_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"corvee/internal/hangul"
)

func TestSyllableIsTheInverseOfLetters(t *testing.T) {
	t.Parallel()
	for c := rune(0xAC00); c <= 0xD7A3; c++ {
		if got := hangul.Syllable(hangul.Letters(c)); got != c {
			t.Fatalf("Syllable(Letters(%c)) = %c", c, got)
		}
	}
}

func TestRevised(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{"단동": "dandong", "평양": "pyeongyang", "위안": "wian", "": ""} {
		if got := hangul.Revised([]rune(word)); got != want {
			t.Errorf("Revised(%s) = %q, want %q", word, got, want)
		}
	}
}

func TestSyllables(t *testing.T) {
	t.Parallel()
	for latin, want := range map[string]rune{"jong": '정', "chong": '정', "jeong": '정', "un": '은', "choe": '최', "ri": '리', "lee": '리'} {
		if got := hangul.Syllables(latin); !slices.Contains(got, want) {
			t.Errorf("Syllables(%s) = %c, want %c among them", latin, got, want)
		}
	}
	for _, latin := range []string{"", "smith", "zhang", "x"} {
		if got := hangul.Syllables(latin); len(got) != 0 {
			t.Errorf("Syllables(%q) = %c, want none", latin, got)
		}
	}
}

// Every syllable is among those that its own first spelling may stand for.
func TestSpellingLeadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.Custom(func(t *rapid.T) rune { return rapid.Int32Range(0xAC00, 0xD7A3).Draw(t, "c") }).Draw(t, "syllable")
		latin := hangul.Revised([]rune{c})
		if !slices.Contains(hangul.Syllables(latin), c) {
			t.Fatalf("Syllables(%q) lacks %c", latin, c)
		}
	})
}

func TestInitialism(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{"케이엠에스": "kms", "씨앤지": "cg", "한국": "", "에스케이": "sk", "이": ""} {
		if got := hangul.Initialism(word); got != want {
			t.Errorf("Initialism(%s) = %q, want %q", word, got, want)
		}
	}
}
