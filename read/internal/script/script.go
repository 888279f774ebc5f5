// Package script tells a text's language by the scripts of its letters: a text in, en, ko,
// zh, ja, ru or nothing out.
//
// Its one idea: of the languages that are read, each has a script of its own, so letters are
// counted and no model is asked.
package script

import "unicode"

// sampled is how many letters decide a text's language.
const sampled = 4000

// Language returns en, ko, zh, ja or ru by the scripts of a text's letters, "" when it
// cannot be known. Latin script is taken for English: other Latin languages have no
// reader and are few among the reports. A name or two in another script do not count.
func Language(text string) string {
	n := countScripts(text)
	total := n.latin + n.han*2 + n.hangul*2 + n.kana*2 + n.cyrillic
	switch {
	case total == 0:
		return ""
	case n.hangul*2*3 > total:
		return "ko"
	case n.kana > 0 && (n.kana*8 > n.han+n.kana) && (n.kana+n.han)*2*3 > total:
		return "ja"
	case n.han*2*3 > total:
		return "zh"
	case n.cyrillic*2 > total:
		return "ru"
	case n.latin*2 > total:
		return "en"
	}
	return ""
}

type scripts struct{ latin, han, hangul, kana, cyrillic int }

func countScripts(s string) scripts {
	var n scripts
	seen := 0
	for _, r := range s {
		switch {
		case r < 0x80:
			if !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') {
				continue
			}
			n.latin++
		case unicode.Is(unicode.Hangul, r):
			n.hangul++
		case unicode.Is(unicode.Han, r):
			n.han++
		case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r):
			n.kana++
		case unicode.Is(unicode.Cyrillic, r):
			n.cyrillic++
		case unicode.Is(unicode.Latin, r):
			n.latin++
		default:
			continue
		}
		if seen++; seen >= sampled {
			break
		}
	}
	return n
}
