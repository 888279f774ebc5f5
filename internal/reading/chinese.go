package reading

import (
	"slices"
	"strings"
	"sync"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
)

// Korean writes a Chinese name in two ways: by the Korean reading of its characters (원양
// for 远洋) or by its Mandarin sound (위안양). Both are looked for in pinyin.

// mandarinOf has, for each Korean syllable, the Mandarin syllables of all characters that
// Korean reads so.
var mandarinOf = sync.OnceValue(func() map[rune][]hangul.Spelling {
	out := map[rune][]hangul.Spelling{}
	for c := rune(0x4E00); c <= 0x9FFF; c++ {
		pinyin := hanzi.Pinyin(c)
		if hanzi.Simplify(c) != c || len(pinyin) == 0 {
			continue
		}
		for _, k := range hanzi.Hangul(c) {
			s := hangul.Spelling{Text: strings.ReplaceAll(pinyin[0], "v", "u"), Cost: 0.1}
			if !slices.Contains(out[k], s) {
				out[k] = append(out[k], s)
			}
		}
	}
	return out
})

// sinoParts returns the Mandarin readings of the characters that a Korean word may stand
// for; ok is false when some syllable stands for none.
func sinoParts(word []rune) (parts [][]hangul.Spelling, ok bool) {
	table := mandarinOf()
	for _, c := range word {
		all := table[c]
		if len(all) == 0 {
			return nil, false
		}
		parts = append(parts, all)
	}
	return parts, true
}

// transcribes reports whether Latin letters are pinyin that Korean would write as the word.
func transcribes(word, latin string) bool {
	if latin == "" {
		return word == ""
	}
	table := transcriptions()
	for n := min(6, len(latin)); n > 0; n-- {
		if korean, ok := table[latin[:n]]; ok {
			if rest, ok := strings.CutPrefix(word, korean); ok && transcribes(rest, latin[n:]) {
				return true
			}
		}
	}
	return false
}

// transcriptions has the Hangul for each Mandarin syllable. Source: National Institute of
// Korean Language, table for the transcription of Chinese.
var transcriptions = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, p := range hanzi.Syllables() {
		if k := transcribe(p); k != "" {
			out[strings.ReplaceAll(p, "v", "u")] = k
		}
	}
	return out
})

// The initials of pinyin with the index of the Hangul letter, longest first.
func initials() []struct {
	pinyin string
	letter int
} {
	return []struct {
		pinyin string
		letter int
	}{
		{"zh", 12}, {"ch", 14}, {"sh", 9}, {"b", 7}, {"p", 17}, {"m", 6}, {"f", 17}, {"d", 3}, {"t", 16}, {"n", 2}, {"l", 5}, {"g", 0},
		{"k", 15}, {"h", 18}, {"j", 12}, {"q", 14}, {"x", 9}, {"r", 5}, {"z", 13}, {"c", 14}, {"s", 10},
	}
}

// finals has each final of pinyin as Hangul without its initial (ㅇ stands for it).
var finals = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, pair := range strings.Fields("a=아 o=오 e=어 ai=아이 ei=에이 ao=아오 ou=어우 an=안 en=언 ang=앙 eng=엉 er=얼 ong=웅 i=이 ia=야 ie=예 iao=야오 iu=유 ian=옌 in=인 " +
		"iang=양 ing=잉 iong=융 u=우 ua=와 uo=워 uai=와이 ui=우이 uan=완 un=운 uang=왕 v=위 ve=웨 van=위안 vn=윈") {
		final, korean, _ := strings.Cut(pair, "=")
		out[final] = korean
	}
	return out
})

// whole has the syllables that have no initial, as pinyin writes them.
var whole = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, pair := range strings.Fields("yi=이 ya=야 ye=예 yao=야오 you=유 yan=옌 yin=인 yang=양 ying=잉 yong=융 wu=우 wa=와 wo=워 wai=와이 wei=웨이 wan=완 wen=원 wang=왕 weng=웡 " +
		"yu=위 yue=웨 yuan=위안 yun=윈 yo=요") {
		p, korean, _ := strings.Cut(pair, "=")
		out[p] = korean
	}
	return out
})

func transcribe(p string) string {
	if k, ok := whole()[p]; ok {
		return k
	}
	if k, ok := finals()[p]; ok {
		return k
	}
	for _, i := range initials() {
		final, ok := strings.CutPrefix(p, i.pinyin)
		if !ok {
			continue
		}
		if (i.pinyin == "j" || i.pinyin == "q" || i.pinyin == "x") && strings.HasPrefix(final, "u") {
			final = "v" + final[1:]
		}
		if final == "i" && strings.Contains("zh ch sh r z c s", i.pinyin) {
			return string(hangul.Syllable(i.letter, 18, 0)) // ㅡ
		}
		korean := []rune(finals()[final])
		if len(korean) == 0 {
			return ""
		}
		_, vowel, end := hangul.Letters(korean[0])
		if i.letter >= 12 && i.letter <= 14 { // after ㅈ and ㅊ: 야 is 아, 예 is 에, 옌 is 엔
			vowel = map[int]int{2: 0, 7: 5, 12: 8, 17: 13}[vowel] + keep(vowel)
		}
		korean[0] = hangul.Syllable(i.letter, vowel, end)
		return string(korean)
	}
	return ""
}

// keep is the vowel itself unless it is one that loses its y.
func keep(vowel int) int {
	switch vowel {
	case 2, 7, 12, 17:
		return 0
	}
	return vowel
}
