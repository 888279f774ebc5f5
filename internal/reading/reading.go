// Package reading says how words of one script are spelt in the letters of another.
//
// What comes in: a word of Han, Hangul or Cyrillic, and Latin letters. What goes out: how
// far the letters are from some reading of the word, and by which rule. Its one idea: a
// word has many readings (pinyin, Wade-Giles, the Korean systems, loanwords, a dozen ways
// with Cyrillic), so a reading is not made and compared, it is looked for in the letters.
package reading

import (
	"math"
	"strings"
	"sync"
	"unicode/utf8"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
	"corvee/internal/script"
)

// Spelled is the best way to read a word of one script as the Latin letters of another.
type Spelled struct {
	Cost float32 // edits that it needs, 0 for a reading that a system has
	Rule string  // reading:pinyin, reading:korean …
}

// Unread is the cost of what cannot be read so.
const Unread = float32(math.MaxInt16)

// As returns how well Latin letters spell a word of Han, Hangul or Cyrillic. Of a person's
// name only the systems for names are tried: a loanword is no given name. What costs more
// than most is not looked for.
func As(word string, s script.Script, latin string, person bool, most float32) Spelled {
	switch s {
	case script.Hangul:
		best := Spelled{spellCost(hangul.Parts([]rune(word)), latin, most), "reading:korean"}
		if person {
			if best.Cost > 0.4 && transcribes(word, latin) {
				best = Spelled{0.1, "reading:chinese"}
			}
			return best
		}
		if best.Cost > 0.4 && len(latin) >= 4 {
			if loan := spellCost(hangul.LoanParts([]rune(word)), latin, most); loan+0.2 < best.Cost {
				best = Spelled{loan + 0.2, "reading:loanword"}
			}
		}
		if best.Cost > 0.4 {
			if cost := chineseCost(word, latin, most); cost < best.Cost {
				best = Spelled{cost, "reading:chinese"}
			}
		}
		if best.Cost > 0.4 && hangul.Initialism(word) == latin {
			best = Spelled{0.1, "reading:letters"}
		}
		return best
	case script.Cyrillic:
		best := Spelled{Unread, "reading:cyrillic"}
		for i, form := range cyrillicForms(word) {
			best.Cost = min(best.Cost, spellCost(cyrillicParts(form), latin, most)+0.1*float32(i))
		}
		return best
	case script.Han:
		runes := []rune(word)
		best := Spelled{spellCost(pinyinParts(runes), latin, most), "reading:pinyin"}
		if best.Cost == 0 {
			return best
		}
		if word, ok := sinoKorean(runes); ok {
			if cost := spellCost(hangul.Parts(word), latin, most); cost < best.Cost {
				best = Spelled{cost, "reading:sino-korean"}
			}
		}
		return best
	}
	return Spelled{Unread, ""}
}

// chineseCost is the cost of a Korean word for a Chinese name of two characters or more, of
// which the letters are the pinyin.
func chineseCost(word, latin string, most float32) float32 {
	runes := []rune(word)
	if len(runes) < 2 {
		return Unread
	}
	if transcribes(word, latin) {
		return 0.1
	}
	parts, ok := sinoParts(runes)
	if !ok {
		return Unread
	}
	return spellCost(parts, latin, most)
}

// sinoKorean returns the Korean reading of Han characters, the usual one of each.
func sinoKorean(word []rune) ([]rune, bool) {
	out := make([]rune, 0, len(word))
	for _, c := range word {
		all := hanzi.Hangul(c)
		if len(all) == 0 {
			return nil, false
		}
		out = append(out, all[0])
	}
	return out, true
}

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
// letters for each part.
func spellCost(parts [][]hangul.Spelling, latin string, most float32) float32 {
	n := len(latin)
	if n == 0 || n > 60 || len(parts) == 0 || !fits(parts, n, most) {
		return Unread
	}
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

// fits reports whether so many letters could be the parts at all.
func fits(parts [][]hangul.Spelling, letters int, most float32) bool {
	shortest, longest := 0, 0
	for _, part := range parts {
		least, greatest := len(part[0].Text), len(part[0].Text)
		for _, s := range part[1:] {
			least, greatest = min(least, len(s.Text)), max(greatest, len(s.Text))
		}
		shortest, longest = shortest+least, longest+greatest
	}
	return letters >= shortest-int(most) && letters <= longest+int(most)
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

// cyrillicParts returns the Latin spellings of each Cyrillic letter: BGN/PCGN, ISO 9, GOST,
// passports, and German and French press.
func cyrillicParts(word string) [][]hangul.Spelling {
	out := make([][]hangul.Spelling, 0, utf8.RuneCountInString(word))
	table := cyrillicSpellings()
	for _, c := range word {
		all, ok := table[c]
		if !ok {
			all = []hangul.Spelling{{Text: string(c)}}
		}
		out = append(out, all)
	}
	return out
}
