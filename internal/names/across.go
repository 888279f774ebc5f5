package names

import (
	"strings"
	"sync"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
	"corvee/internal/reading"
)

// foreign reports a script whose words are compared by reading.
func foreign(s Script) bool { return s == Han || s == Hangul || s == Cyrillic }

// split cuts a run of Han or Hangul that the lexicon could not part, where the other name
// shows that its beginning is the trade name: 海伦钢琴 against Hailun Piano is 海伦|钢琴.
// What is left over is an industry whose word is not known.
func split(units, other []Unit) []Unit {
	for i, u := range units {
		text := []rune(u.Text)
		if u.Role != Trade || u.Script != Han && u.Script != Hangul || len(text) < 3 {
			continue
		}
		n := trade(text, u.Script, other)
		if n == 0 {
			continue
		}
		orig := []rune(u.Orig)
		if len(orig) != len(text) {
			orig = text
		}
		head := Unit{Text: string(text[:n]), Orig: string(orig[:n]), Script: u.Script}
		tail := Unit{Text: string(text[n:]), Orig: string(orig[n:]), Script: u.Script, Role: Word}
		head.Key, tail.Key = head.Text, tail.Text
		lex := known()
		head.Bits, tail.Bits = bits(lex, head), bits(lex, tail)
		out := append([]Unit{}, units[:i]...)
		out = append(out, head, tail)
		return append(out, units[i+1:]...)
	}
	return units
}

// trade returns how many of the first characters some run of the other name's Latin words
// spells without an error; 0 when it spells all of them, or none. Two at least.
func trade(text []rune, s Script, other []Unit) int {
	for n := len(text); n >= 2; n-- {
		u := Unit{Text: string(text[:n]), Script: s}
		if run, found := bestReading(u, other, func(int) bool { return true }, false); run[1] > run[0] && found.Cost < 0.5 {
			if n == len(text) {
				return 0
			}
			return n
		}
	}
	return 0
}

// readings pairs a unit of one script with a run of units of another that spell it, and a
// run of units with the one word that joins them.
func (a *aligner) readings() {
	for i, u := range a.q {
		if a.freeQ(i) && foreign(u.Script) && u.Role != Form {
			if run, s := bestReading(u, a.m, a.freeM, a.person); s.Rule != "" {
				a.meet(one(i), run, s.Rule, 0.98-0.2*s.Cost)
			}
		}
	}
	for j, v := range a.m {
		if a.freeM(j) && foreign(v.Script) && v.Role != Form {
			if run, s := bestReading(v, a.q, a.freeQ, a.person); s.Rule != "" {
				a.meet(run, one(j), s.Rule, 0.98-0.2*s.Cost)
			}
		}
	}
	for i, u := range a.q {
		if a.freeQ(i) && u.Script == Latin && u.Role != Form {
			if run, s := bestWhole(u, a.m, a.freeM); s.Rule != "" {
				a.meet(one(i), run, s.Rule, 0.97-0.2*s.Cost)
			}
		}
	}
	for j, v := range a.m {
		if a.freeM(j) && v.Script == Latin && v.Role != Form {
			if run, s := bestWhole(v, a.q, a.freeQ); s.Rule != "" {
				a.meet(run, one(j), s.Rule, 0.97-0.2*s.Cost)
			}
		}
	}
}

// bestReading returns the run of free units that reads as u at the least cost; no rule if
// none does.
func bestReading(u Unit, units []Unit, free func(int) bool, strict bool) (run [2]int, best reading.Spelled) {
	best.Cost = reading.Unread
	for i := range units {
		text := ""
		for j := i; j < len(units) && j < i+longestRun && free(j) && units[j].Role != Form; j++ {
			v := units[j]
			if v.Script != Latin {
				if j == i && v.Script != u.Script {
					if s := readEast(u, v); s.Cost < best.Cost {
						run, best = one(i), s
					}
				}
				break
			}
			text += v.Text
			if s := reading.As(u.Text, u.Script, text, strict, tolerated(u, text, strict)); s.Cost < best.Cost && s.Cost <= tolerated(u, text, strict) {
				run, best = [2]int{i, j + 1}, s
			}
		}
	}
	return run, best
}

// tolerated is the cost up to which letters are taken for a reading: half a letter, and
// one for long words. Persons are strict: one syllable is another person.
func tolerated(u Unit, latin string, strict bool) float32 {
	if strict && u.Script != Cyrillic {
		return 0.45
	}
	if u.Script == Cyrillic {
		return 0.45 + float32(min(len(latin)/5, 2))
	}
	return 0.45 + float32(min(len(latin)/8, 1))
}

// readEast compares Han with Hangul, by the Korean reading of each character.
func readEast(u, v Unit) reading.Spelled {
	han, korean := []rune(u.Text), []rune(v.Text)
	if u.Script == Hangul {
		han, korean = korean, han
	}
	if u.Script == v.Script || u.Script == Cyrillic || v.Script == Cyrillic || len(han) != len(korean) {
		return reading.Spelled{Cost: reading.Unread}
	}
	for i, c := range han {
		if !readsKorean(c, korean[i]) {
			return reading.Spelled{Cost: reading.Unread}
		}
	}
	return reading.Spelled{Rule: "reading:sino-korean"}
}

func readsKorean(han, syllable rune) bool {
	for _, k := range hanzi.Hangul(han) {
		if hangul.SameSound(k, syllable) {
			return true
		}
	}
	return false
}

// bestWhole returns the run of two or three free units of another script that one Latin
// word reads as: TAEWONMULSAN is 태원|물산.
func bestWhole(u Unit, units []Unit, free func(int) bool) (run [2]int, best reading.Spelled) {
	best.Cost = reading.Unread
	for i := range units {
		text := ""
		for j := i; j < len(units) && j < i+3 && free(j) && foreign(units[j].Script) && units[j].Script == units[i].Script; j++ {
			text += units[j].Text
			if j == i {
				continue
			}
			if s := reading.As(text, units[i].Script, u.Text, false, 0.45); s.Cost < best.Cost && s.Cost < 0.45 {
				run, best = [2]int{i, j + 1}, s
			}
		}
	}
	if best.Cost == reading.Unread {
		best.Rule = ""
	}
	return run, best
}

// meanings pairs Han words with the English words for what their characters mean: 金鹰 is
// Golden Eagle.
func (a *aligner) meanings() {
	for i, u := range a.q {
		if a.freeQ(i) && u.Script == Han && u.Role != Form {
			if run, sim := bestMeaning(u, a.m, a.freeM); sim > 0 {
				a.meet(one(i), run, "meaning", sim)
			}
		}
	}
	for j, v := range a.m {
		if a.freeM(j) && v.Script == Han && v.Role != Form {
			if run, sim := bestMeaning(v, a.q, a.freeQ); sim > 0 {
				a.meet(run, one(j), "meaning", sim)
			}
		}
	}
}

// bestMeaning returns the run of free Latin words of which each is the meaning of some
// character of u. How well they meet is the part of the characters that were found.
func bestMeaning(u Unit, units []Unit, free func(int) bool) (run [2]int, sim float32) {
	text := []rune(u.Text)
	for i := range units {
		found := 0
		for j := i; j < len(units) && free(j) && units[j].Script == Latin && means(text, units[j].Text); j++ {
			found++
			if s := 0.9 * float32(min(found, len(text))) / float32(len(text)); s > sim {
				run, sim = [2]int{i, j + 1}, s
			}
		}
	}
	if sim < 0.4 {
		return run, 0
	}
	return run, sim
}

func means(text []rune, word string) bool {
	if len(word) < 3 {
		return false
	}
	short := stem(word)
	for _, c := range text {
		for _, m := range meaningStems()[c] {
			if m == short {
				return true
			}
		}
	}
	return false
}

// meaningStems has the meanings of the characters without their endings.
var meaningStems = sync.OnceValue(func() map[rune][]string {
	out := make(map[rune][]string, 7000)
	for c := rune(0x4E00); c <= 0x9FFF; c++ {
		for _, m := range hanzi.Meanings(c) {
			out[c] = append(out[c], stem(m))
		}
	}
	return out
})

// stem takes common English endings off.
func stem(word string) string {
	for _, end := range []string{"ings", "ing", "ern", "en", "ed", "es", "s", "y", "ly"} {
		if short, ok := strings.CutSuffix(word, end); ok && len(short) >= 3 {
			return short
		}
	}
	return word
}
