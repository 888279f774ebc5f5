// Package reading says how words of one script are spelt in the letters of another.
//
// What comes in: a word of Han, Hangul or Cyrillic, and Latin letters. What goes out: how
// far the letters are from some reading of the word, and by which rule. Its one idea: a
// word has many readings (pinyin, Wade-Giles, the Korean systems, loanwords, a dozen ways
// with Cyrillic), so a reading is not made and compared, it is looked for in the letters.
package reading

import (
	"strings"
	"sync"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
)

// pinyinSpellings has the spellings of each Mandarin syllable: pinyin, ü as u, v and yu,
// and Wade-Giles. Syllables share their slices, so that reading a name allocates little.
var pinyinSpellings = sync.OnceValue(func() map[string][]hangul.Spelling {
	out := map[string][]hangul.Spelling{}
	for _, p := range hanzi.Syllables() {
		all := []hangul.Spelling{{Text: strings.ReplaceAll(p, "v", "u")}}
		if w := wadeGiles(p); w != p {
			all = append(all, hangul.Spelling{Text: w, Cost: 0.05})
		}
		if strings.Contains(p, "v") {
			all = append(all, hangul.Spelling{Text: p}, hangul.Spelling{Text: strings.ReplaceAll(p, "v", "yu")})
		}
		out[p] = all
	}
	return out
})

// pinyinParts returns the readings of each character.
func pinyinParts(word []rune) [][]hangul.Spelling {
	out := make([][]hangul.Spelling, 0, len(word))
	table := pinyinSpellings()
	for _, c := range word {
		readings := hanzi.Pinyin(c)
		switch len(readings) {
		case 0:
			out = append(out, []hangul.Spelling{{Text: string(c)}})
		case 1:
			out = append(out, table[readings[0]])
		default:
			var all []hangul.Spelling
			for _, p := range readings {
				all = append(all, table[p]...)
			}
			out = append(out, all)
		}
	}
	return out
}

// edit is the cost of one letter that is wrong in a reading.
const edit = 1

// spellCost returns the least cost at which letters are written by taking one spelling of
// each part in turn, with edits; Unread when it is over most. The table runs over the
// letters for each part. There are parts and 1 to 60 letters.
func spellCost(parts [][]hangul.Spelling, latin string, most float32) float32 {
	n := len(latin)
	var a, b [61]float32
	here, next := a[:n+1], b[:n+1]
	for i := range here {
		here[i] = edit * float32(i)
	}
	for _, part := range parts {
		for i := range next {
			next[i] = Unread
		}
		alive := false
		for i, cost := range here {
			if cost <= most {
				alive = true
				for _, s := range part {
					spellPart(s, latin, i, cost, most, next)
				}
			}
		}
		if !alive {
			return Unread
		}
		for i := 1; i <= n && most >= edit; i++ { // a letter too many
			next[i] = min(next[i], next[i-1]+edit)
		}
		here, next = next, here
	}
	if here[n] > most {
		return Unread
	}
	return here[n]
}

// spellPart extends one state by one spelling: as written, with one letter wrong or one
// left out.
func spellPart(s hangul.Spelling, latin string, i int, cost, most float32, next []float32) {
	l := len(s.Text)
	if cost += s.Cost; cost > most {
		return
	}
	if i+l <= len(latin) {
		if latin[i:i+l] == s.Text {
			next[i+l] = min(next[i+l], cost)
		} else if cost+edit <= most && mismatches(latin[i:i+l], s.Text) == 1 {
			next[i+l] = min(next[i+l], cost+edit)
		}
	}
	if l > 0 && cost+edit <= most && i+l-1 <= len(latin) && oneLess(latin[i:i+l-1], s.Text) {
		next[i+l-1] = min(next[i+l-1], cost+edit)
	}
}

func mismatches(a, b string) int {
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// oneLess reports whether short is long with one letter left out.
func oneLess(short, long string) bool {
	i := 0
	for i < len(short) && short[i] == long[i] {
		i++
	}
	return short[i:] == long[i+1:]
}

// wadeGiles returns the Wade-Giles spelling of a pinyin syllable without its marks.
func wadeGiles(p string) string {
	initial, final := "", p
	for _, i := range []string{"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w"} {
		if strings.HasPrefix(p, i) {
			initial, final = i, p[len(i):]
			break
		}
	}
	switch {
	case final == "ong" && initial != "":
		final = "ung"
	case final == "ian":
		final = "ien"
	case final == "ie":
		final = "ieh"
	case final == "e" && initial != "y":
		final = "o"
	case final == "i" && (initial == "zh" || initial == "ch" || initial == "sh" || initial == "r"):
		final = "ih"
	case final == "i" && (initial == "z" || initial == "c" || initial == "s"):
		final = "u"
		initial = map[string]string{"z": "tz", "c": "tz", "s": "sz"}[initial]
		return initial + final
	case final == "uo" && initial != "g" && initial != "k" && initial != "h" && initial != "sh":
		final = "o"
	case final == "ue":
		final = "ueh"
	case final == "ui" && (initial == "g" || initial == "k"):
		final = "uei"
	}
	wade := map[string]string{"zh": "ch", "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "r": "j", "z": "ts", "c": "ts"}
	if w, ok := wade[initial]; ok {
		initial = w
	}
	if initial == "y" && final == "an" {
		final = "en"
	}
	if initial == "y" && final == "ou" {
		final = "u"
	}
	return initial + final
}
