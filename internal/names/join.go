package names

import (
	"slices"
	"strings"

	"corvee/internal/strdist"
)

// joins pairs runs of units of one script that are the same letters when the spaces are
// taken away: YUANYANG is YUAN YANG, GENERAL TRADINGLLC is GENERAL TRADING LLC. It comes
// before equal words are paired, so that one of them is not taken out of a run.
func (a *aligner) joins() {
	for i := range a.q.units {
		u := &a.q.units[i]
		for j := range a.m.units {
			v := &a.m.units[j]
			if u.Script == v.Script && u.Text != "" && v.Text != "" && u.Text[0] == v.Text[0] && a.freeQ(i) && a.freeM(j) {
				if q, m := a.joinAt(i, j); q > i {
					a.meet([2]int{i, q}, [2]int{j, m}, "joined", 0.97)
				}
			}
		}
	}
}

// joinAt returns the ends of two runs from i and j that are the same letters, cut
// differently; the ends are the starts when there are none. Of the two units at hand the one
// that ends first is followed by the next of its side, until both end at once or their
// letters differ.
func (a *aligner) joinAt(i, j int) (q, m int) {
	u, v := &a.q.units[i], &a.m.units[j]
	if u.Text == v.Text {
		return i, j // one unit each: that is for others to pair
	}
	left, right, script := a.q.solidAt(i), a.m.solidAt(j), u.Script
	q, m = i+1, j+1
	for {
		n := min(len(left), len(right))
		if left[:n] != right[:n] {
			return i, j
		}
		left, right = left[n:], right[n:]
		switch {
		case left == "" && right == "":
			return q, m
		case left == "":
			if q == len(a.q.units) || q == i+longestRun || !a.freeQ(q) || a.q.units[q].Script != script {
				return i, j
			}
			left = a.q.solidAt(q)
			q++
		default:
			if m == len(a.m.units) || m == j+longestRun || !a.freeM(m) || a.m.units[m].Script != script {
				return i, j
			}
			right = a.m.solidAt(m)
			m++
		}
	}
}

// solidAt is a unit's text without its spaces.
func (s *side) solidAt(i int) string {
	if !s.looks[i].phrase {
		return s.units[i].Text
	}
	return strings.ReplaceAll(s.units[i].Text, " ", "")
}

// reordered pairs a phrase with its words in another order, or with other phrases of the
// same words: MINISTRY OF SECURITY PUBLIC. Only units of which every word is met by a unit
// of which every word is met count.
func (a *aligner) reordered() {
	if !a.q.phraseLeft() && !a.m.phraseLeft() {
		return
	}
	a.left, a.right = a.q.words(a.left[:0]), a.m.words(a.right[:0])
	left, right := a.left, a.right
	for i := range left {
		for j := range right {
			if left[i].text == right[j].text && left[i].met < 0 && right[j].met < 0 {
				left[i].met, right[j].met = j, i
			}
		}
	}
	for unmeet(left, right) || unmeet(right, left) {
	}
	for i := range a.q.units {
		at := slices.IndexFunc(left, func(w wordIn) bool { return w.unit == i && w.met >= 0 })
		if at < 0 || !a.freeQ(i) {
			continue
		}
		j := right[left[at].met].unit
		if a.freeM(j) {
			a.meet(one(i), one(j), "reordered", 0.97)
		} else {
			a.meet(one(i), [2]int{j, j}, "reordered", 0.97)
		}
	}
	for j := range a.m.units {
		if a.freeM(j) && slices.ContainsFunc(right, func(w wordIn) bool { return w.unit == j && w.met >= 0 }) {
			a.meet([2]int{}, one(j), "reordered", 0.97)
		}
	}
}

// unmeet takes back the words of units of which not every word was met, and reports
// whether it changed anything.
func unmeet(words, other []wordIn) bool {
	changed := false
	for i := range words {
		if words[i].met >= 0 {
			continue
		}
		for k := range words {
			if words[k].unit == words[i].unit && words[k].met >= 0 {
				other[words[k].met].met = -1
				words[k].met, changed = -1, true
			}
		}
	}
	return changed
}

// phraseLeft reports whether a phrase is left.
func (s *side) phraseLeft() bool {
	if !s.phrases {
		return false
	}
	for i := range s.looks {
		if s.looks[i].phrase && s.free(i) {
			return true
		}
	}
	return false
}

// wordIn is one word of a unit that is free.
type wordIn struct {
	text string
	unit int
	met  int // the word of the other name, -1 for none
}

// words writes the words of the units that are free into the slice that is passed.
func (s *side) words(into []wordIn) []wordIn {
	for i := range s.units {
		if !s.free(i) {
			continue
		}
		rest, more := s.units[i].Text, s.looks[i].phrase
		for more {
			var word string
			if word, rest, more = strings.Cut(rest, " "); word != "" {
				into = append(into, wordIn{word, i, -1})
			}
		}
		if rest != "" {
			into = append(into, wordIn{rest, i, -1})
		}
	}
	return into
}

// looseJoins pairs a unit with a run that makes it but for a letter or two: a misspelt
// word of a phrase, or of a name written apart.
func (a *aligner) looseJoins() {
	if a.done() {
		return
	}
	for i := range a.q.units {
		if a.freeQ(i) && len(a.m.units) > 1 {
			if run, rule, sim := bestJoin(&a.q, i, &a.m); sim > 0 {
				a.meet(one(i), run, rule, sim)
			}
		}
	}
	for j := range a.m.units {
		if a.freeM(j) && len(a.q.units) > 1 {
			if run, rule, sim := bestJoin(&a.m, j, &a.q); sim > 0 {
				a.meet(run, one(j), rule, sim)
			}
		}
	}
}

func bestJoin(of *side, at int, s *side) (run [2]int, rule string, sim float32) {
	u := &of.units[at]
	if len(u.Text) < 7 || u.Script != Latin && u.Script != Cyrillic {
		return run, "", 0
	}
	text := of.solidAt(at)
	if len(text) < 7 {
		return run, "", 0
	}
	most := 1 + len(text)/14
	for i := range s.units {
		n, letters := 0, uint32(0)
		for j := i; j < len(s.units) && j < i+longestRun && s.free(j) && s.units[j].Script == u.Script; j++ {
			n += len(s.units[j].Text)
			letters |= s.looks[j].letters
			if n > len(text)+most+4 { // four spaces at most
				break
			}
			if j == i || n < len(text)-most || u.Script == Latin && apart(of.looks[at].letters, letters) > most {
				continue
			}
			if d := strdist.Distance(s.solidRun(i, j), text, most); d <= most {
				if s := 0.95 - 1.3*float32(d)/float32(len(text)); s > sim {
					run, rule, sim = [2]int{i, j + 1}, "joined+typo:"+string(rune('0'+d)), s
				}
			}
		}
	}
	return run, rule, sim
}

// solidRun is run without any spaces.
func (s *side) solidRun(i, j int) string {
	if !s.phrases {
		return s.run(i, j)
	}
	return strings.ReplaceAll(s.run(i, j), " ", "")
}
