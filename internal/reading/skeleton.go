package reading

import (
	"strings"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
	"corvee/internal/script"
)

// Skeleton returns a key under which spellings of one sound meet: voiced and unvoiced
// consonants as one, vowels by class, no doubled letters, no h after a consonant. It
// finds candidates; it proves nothing.
func Skeleton(latin string) string {
	out := make([]byte, 0, len(latin))
	for i := 0; i < len(latin); i++ {
		c, step := skeletonAt(latin, i)
		i += step
		if c != 0 && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
	}
	return string(out)
}

// skeletonAt returns the class of the letters at i, and how many more than one they are.
func skeletonAt(s string, i int) (class byte, more int) {
	two := s[i:min(i+2, len(s))]
	switch two {
	case "sh", "hs":
		return 's', 1
	case "ch", "zh", "ts", "tz", "dz", "tc":
		return 'c', 1
	case "ph":
		return 'p', 1
	case "kh", "gh", "ck":
		return 'k', 1
	case "th":
		return 't', 1
	case "ng":
		return 'n', 1
	case "eo", "oo", "ou":
		return 'o', 1
	case "ae", "ai", "ay", "ei", "ey":
		return 'e', 1
	case "eu":
		return 'o', 1
	case "ee", "ie", "iy":
		return 'i', 1
	}
	switch s[i] {
	case 'a':
		return 'a', 0
	case 'o', 'u', 'w':
		return 'o', 0
	case 'e':
		return 'e', 0
	case 'j':
		return 'c', 0
	case 'i', 'y':
		return 'i', 0
	case 'b', 'p':
		return 'p', 0
	case 'd', 't':
		return 't', 0
	case 'g', 'k', 'q':
		return 'k', 0
	case 'c', 'x', 'z':
		return 'c', 0
	case 's':
		return 's', 0
	case 'l', 'r':
		return 'r', 0
	case 'f', 'v':
		return 'f', 0
	case 'h':
		return 0, 0
	}
	return s[i], 0
}

// Spelt returns the Latin letters that a word is most often written with, one for each
// way to read it: the word itself, its pinyin, its Korean reading, its transliteration.
func Spelt(text string, s script.Script) []string {
	runes := []rune(text)
	switch s {
	case script.Latin:
		return []string{text}
	case script.Hangul:
		return []string{hangul.Revised(runes)}
	case script.Cyrillic:
		var b strings.Builder
		for _, part := range cyrillicParts(text) {
			b.WriteString(part[0].Text)
		}
		return []string{b.String()}
	case script.Han:
		out := pinyinSpelt(runes)
		if word, ok := sinoKorean(runes); ok {
			out = append(out, hangul.Revised(word))
		}
		return out
	}
	return nil
}

// pinyinSpelt returns the usual reading, and those with one character read otherwise.
func pinyinSpelt(runes []rune) []string {
	read := func(other, reading int) string {
		var b strings.Builder
		for i, c := range runes {
			all := hanzi.Pinyin(c)
			switch {
			case len(all) == 0:
			case i == other:
				b.WriteString(all[reading])
			default:
				b.WriteString(all[0])
			}
		}
		return strings.ReplaceAll(b.String(), "v", "u")
	}
	out := []string{read(-1, 0)}
	for i, c := range runes {
		for r := 1; r < len(hanzi.Pinyin(c)) && len(out) < 6; r++ {
			out = append(out, read(i, r))
		}
	}
	return out
}
