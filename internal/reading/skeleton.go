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
func Skeleton(latin string) string { return string(AppendSkeleton(make([]byte, 0, len(latin)), latin)) }

// AppendSkeleton is Skeleton, written behind what is passed.
func AppendSkeleton[T string | []byte](into []byte, latin T) []byte {
	begin := len(into)
	for i := 0; i < len(latin); i++ {
		next := byte(0)
		if i+1 < len(latin) {
			next = latin[i+1]
		}
		c := pairClass(latin[i], next)
		if c != 0 {
			i++
		} else if c = letterClass(latin[i]); c == 0 {
			continue
		}
		if len(into) == begin || into[len(into)-1] != c {
			into = append(into, c)
		}
	}
	return into
}

// pairClass is the class of two letters that are one sound; 0 when they are not.
func pairClass(a, b byte) byte {
	switch b {
	case 'h':
		switch a {
		case 's':
			return 's'
		case 'c', 'z':
			return 'c'
		case 'p':
			return 'p'
		case 'k', 'g':
			return 'k'
		case 't':
			return 't'
		}
	case 's':
		switch a {
		case 'h':
			return 's'
		case 't':
			return 'c'
		}
	case 'z':
		if a == 't' || a == 'd' {
			return 'c'
		}
	case 'c':
		if a == 't' {
			return 'c'
		}
	case 'k':
		if a == 'c' {
			return 'k'
		}
	case 'g':
		if a == 'n' {
			return 'n'
		}
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return vowelsClass(a, b)
	}
	return 0
}

func vowelsClass(a, b byte) byte {
	switch string([]byte{a, b}) {
	case "eo", "oo", "ou", "eu":
		return 'o'
	case "ae", "ai", "ay", "ei", "ey":
		return 'e'
	case "ee", "ie", "iy":
		return 'i'
	}
	return 0
}

// letterClass is the class of one letter; 0 for h, which is heard with others only.
func letterClass(c byte) byte {
	switch c {
	case 'u', 'w':
		return 'o'
	case 'j', 'x', 'z':
		return 'c'
	case 'y':
		return 'i'
	case 'b':
		return 'p'
	case 'd':
		return 't'
	case 'g', 'q':
		return 'k'
	case 'l':
		return 'r'
	case 'v':
		return 'f'
	case 'h':
		return 0
	}
	return c
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
		var out []string
		for _, form := range cyrillicForms(text) {
			var b strings.Builder
			for _, part := range cyrillicParts(form) {
				b.WriteString(part[0].Text)
			}
			out = append(out, b.String())
		}
		return out
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
