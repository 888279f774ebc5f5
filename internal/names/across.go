package names

import (
	"strings"
	"sync"
	"unicode/utf8"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
	"corvee/internal/reading"
)

// foreign reports a script whose words are compared by reading.
func foreign(s Script) bool { return s == Han || s == Hangul || s == Cyrillic }

// split cuts a run of Han or Hangul that the lexicon could not part, where the other name
// shows that its beginning is the trade name: 海伦钢琴 against Hailun Piano is 海伦|钢琴.
// What is left over is an industry whose word is not known. ok is false when nothing is cut.
func (a *aligner) split(s, other *side) (units []Unit, ok bool) {
	for i := range s.units {
		u := &s.units[i]
		if u.Role != Trade || u.Script != Han && u.Script != Hangul || utf8.RuneCountInString(u.Text) < 3 {
			continue
		}
		n := a.trade(u.Text, u.Script, other)
		if n == 0 {
			continue
		}
		text, orig := []rune(u.Text), []rune(u.Orig)
		if len(orig) != len(text) {
			orig = text
		}
		head := Unit{Text: string(text[:n]), Orig: string(orig[:n]), Script: u.Script}
		tail := Unit{Text: string(text[n:]), Orig: string(orig[n:]), Script: u.Script, Role: Word}
		head.Key, tail.Key = head.Text, tail.Text
		lex := known()
		head.Bits, tail.Bits = unitBits(lex, head), unitBits(lex, tail)
		out := append([]Unit{}, s.units[:i]...)
		out = append(out, head, tail)
		return append(out, s.units[i+1:]...), true
	}
	return nil, false
}

// trade returns how many of the first characters some run of the other name's Latin words
// spells without an error; 0 when it spells all of them, or none. Two at least.
func (a *aligner) trade(text string, s Script, other *side) int {
	for end := len(text); ; {
		n := utf8.RuneCountInString(text[:end])
		if n < 2 {
			return 0
		}
		u := Unit{Text: text[:end], Script: s}
		if run, found := a.bestReading(&u, other, true, false); run[1] > run[0] && found.Cost < 0.5 {
			if end == len(text) {
				return 0
			}
			return n
		}
		_, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
	}
}

// readings pairs a unit of one script with a run of units of another that spell it, and a
// run of units with the one word that joins them.
func (a *aligner) readings() {
	for i := range a.q.units {
		if u := &a.q.units[i]; a.freeQ(i) && foreign(u.Script) && u.Role != Form {
			if run, s := a.bestReading(u, &a.m, false, a.person); s.Rule != "" {
				a.meet(one(i), run, s.Rule, 0.98-0.2*s.Cost)
			}
		}
	}
	for j := range a.m.units {
		if v := &a.m.units[j]; a.freeM(j) && foreign(v.Script) && v.Role != Form {
			if run, s := a.bestReading(v, &a.q, false, a.person); s.Rule != "" {
				a.meet(run, one(j), s.Rule, 0.98-0.2*s.Cost)
			}
		}
	}
	for i := range a.q.units {
		if u := &a.q.units[i]; a.freeQ(i) && u.Script == Latin && u.Role != Form {
			if run, s := a.bestWhole(u, &a.m); s.Rule != "" {
				a.meet(one(i), run, s.Rule, 0.97-0.2*s.Cost)
			}
		}
	}
	for j := range a.m.units {
		if v := &a.m.units[j]; a.freeM(j) && v.Script == Latin && v.Role != Form {
			if run, s := a.bestWhole(v, &a.q); s.Rule != "" {
				a.meet(run, one(j), s.Rule, 0.97-0.2*s.Cost)
			}
		}
	}
}

// bestReading returns the run of units, free ones unless any will do, that reads as u at the
// least cost; no rule if none does.
func (a *aligner) bestReading(u *Unit, s *side, any, strict bool) (run [2]int, best reading.Spelled) {
	best.Cost = reading.Unread
	if s.scripts&^(1<<u.Script) == 0 {
		return run, best // nothing is in another script
	}
	word := a.reader.Word(u.Text, u.Script)
	for i := range s.units {
		for j := i; j < len(s.units) && j < i+longestRun && (any || s.free(j)) && s.units[j].Role != Form; j++ {
			v := &s.units[j]
			if v.Script != Latin {
				if j == i && v.Script != u.Script {
					if s := readEast(u, v); s.Cost < best.Cost {
						run, best = one(i), s
					}
				}
				break
			}
			text := s.run(i, j)
			if s := word.As(text, strict, tolerated(u, text, strict)); s.Cost < best.Cost && s.Cost <= tolerated(u, text, strict) {
				run, best = [2]int{i, j + 1}, s
			}
		}
	}
	return run, best
}

// tolerated is the cost up to which letters are taken for a reading: half a letter, and
// one for long words. Persons are strict: one syllable is another person.
func tolerated(u *Unit, latin string, strict bool) float32 {
	if strict && u.Script != Cyrillic {
		return 0.45
	}
	if u.Script == Cyrillic {
		return 0.45 + float32(min(len(latin)/5, 2))
	}
	return 0.45 + float32(min(len(latin)/8, 1))
}

// readEast compares Han with Hangul, by the Korean reading of each character.
func readEast(u, v *Unit) reading.Spelled {
	if u.Script == v.Script || u.Script == Cyrillic || v.Script == Cyrillic || utf8.RuneCountInString(u.Text) != utf8.RuneCountInString(v.Text) {
		return reading.Spelled{Cost: reading.Unread}
	}
	han, korean := []rune(u.Text), []rune(v.Text)
	if u.Script == Hangul {
		han, korean = korean, han
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
func (a *aligner) bestWhole(u *Unit, s *side) (run [2]int, best reading.Spelled) {
	best.Cost = reading.Unread
	for i := range s.units {
		script := s.units[i].Script
		if !foreign(script) {
			continue
		}
		for j := i; j < len(s.units) && j < i+3 && s.free(j) && s.units[j].Script == script; j++ {
			if j == i {
				continue
			}
			if s := a.reader.Word(s.run(i, j), script).As(u.Text, false, 0.45); s.Cost < best.Cost && s.Cost < 0.45 {
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
	for i := range a.q.units {
		if u := &a.q.units[i]; a.freeQ(i) && u.Script == Han && u.Role != Form {
			if run, sim := bestMeaning(u, &a.m); sim > 0 {
				a.meet(one(i), run, "meaning", sim)
			}
		}
	}
	for j := range a.m.units {
		if v := &a.m.units[j]; a.freeM(j) && v.Script == Han && v.Role != Form {
			if run, sim := bestMeaning(v, &a.q); sim > 0 {
				a.meet(run, one(j), "meaning", sim)
			}
		}
	}
}

// bestMeaning returns the run of free Latin words of which each is the meaning of some
// character of u. How well they meet is the part of the characters that were found.
func bestMeaning(u *Unit, s *side) (run [2]int, sim float32) {
	n := utf8.RuneCountInString(u.Text)
	for i := range s.units {
		found := 0
		for j := i; j < len(s.units) && s.free(j) && s.units[j].Script == Latin && means(u.Text, s.units[j].Text); j++ {
			found++
			if part := 0.9 * float32(min(found, n)) / float32(n); part > sim {
				run, sim = [2]int{i, j + 1}, part
			}
		}
	}
	if sim < 0.4 {
		return run, 0
	}
	return run, sim
}

func means(text, word string) bool {
	if len(word) < 3 {
		return false
	}
	short, stems := stem(word), meaningStems()
	for _, c := range text {
		for _, m := range stems[c] {
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
