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
	for i := range a.q {
		for j := range a.m {
			if a.q[i].Script == a.m[j].Script && a.q[i].Text[:1] == a.m[j].Text[:1] && a.freeQ(i) && a.freeM(j) {
				if q, m := a.joinAt(i, j); q > i {
					a.meet([2]int{i, q}, [2]int{j, m}, "joined", 0.97)
				}
			}
		}
	}
}

// joinAt returns the ends of two runs from i and j that are the same letters, cut
// differently; the ends are the starts when there are none. The shorter side is extended
// until both are as long or their letters differ.
func (a *aligner) joinAt(i, j int) (q, m int) {
	u, v := &a.q[i], &a.m[j]
	if u.Text == v.Text {
		return i, j
	}
	left, right := solid(u.Text), solid(v.Text)
	q, m = i+1, j+1
	for len(left) != len(right) {
		if !strings.HasPrefix(left, right) && !strings.HasPrefix(right, left) {
			return i, j
		}
		if len(left) < len(right) {
			if q == len(a.q) || q == i+longestRun || !a.freeQ(q) || a.q[q].Script != u.Script {
				return i, j
			}
			left += solid(a.q[q].Text)
			q++
			continue
		}
		if m == len(a.m) || m == j+longestRun || !a.freeM(m) || a.m[m].Script != u.Script {
			return i, j
		}
		right += solid(a.m[m].Text)
		m++
	}
	if left != right {
		return i, j
	}
	return q, m
}

// solid is a text without its spaces.
func solid(text string) string {
	if !strings.Contains(text, " ") {
		return text
	}
	return strings.ReplaceAll(text, " ", "")
}

// reordered pairs a phrase with its words in another order, or with other phrases of the
// same words: MINISTRY OF SECURITY PUBLIC. Only units of which every word is met by a unit
// of which every word is met count.
func (a *aligner) reordered() {
	if !a.phrases() {
		return
	}
	left, right := wordsOf(a.q, a.freeQ), wordsOf(a.m, a.freeM)
	for i := range left {
		for j := range right {
			if left[i].text == right[j].text && left[i].met < 0 && right[j].met < 0 {
				left[i].met, right[j].met = j, i
			}
		}
	}
	for unmeet(left, right) || unmeet(right, left) {
	}
	for i := range a.q {
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
	for j := range a.m {
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

// phrases reports whether a phrase is left on either side.
func (a *aligner) phrases() bool {
	for i, u := range a.q {
		if a.freeQ(i) && strings.Contains(u.Text, " ") {
			return true
		}
	}
	for j, v := range a.m {
		if a.freeM(j) && strings.Contains(v.Text, " ") {
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

func wordsOf(units []Unit, free func(int) bool) []wordIn {
	var out []wordIn
	for i, u := range units {
		if free(i) {
			for _, w := range strings.Fields(u.Text) {
				out = append(out, wordIn{w, i, -1})
			}
		}
	}
	return out
}

// looseJoins pairs a unit with a run that makes it but for a letter or two: a misspelt
// word of a phrase, or of a name written apart.
func (a *aligner) looseJoins() {
	for i := range a.q {
		if a.freeQ(i) && len(a.m) > 1 {
			if run, rule, sim := bestJoin(&a.q[i], a.m, a.freeM); sim > 0 {
				a.meet(one(i), run, rule, sim)
			}
		}
	}
	for j := range a.m {
		if a.freeM(j) && len(a.q) > 1 {
			if run, rule, sim := bestJoin(&a.m[j], a.q, a.freeQ); sim > 0 {
				a.meet(run, one(j), rule, sim)
			}
		}
	}
}

func bestJoin(u *Unit, units []Unit, free func(int) bool) (run [2]int, rule string, sim float32) {
	text := solid(u.Text)
	if len(text) < 7 || u.Script != Latin && u.Script != Cyrillic {
		return run, "", 0
	}
	most := 1 + len(text)/14
	for i := range units {
		n := 0
		for j := i; j < len(units) && j < i+longestRun && free(j) && units[j].Script == u.Script; j++ {
			n += len(units[j].Text)
			if n > len(text)+most+4 { // four spaces at most
				break
			}
			if j == i || n < len(text)-most {
				continue
			}
			joined := letters(units[i : j+1])
			if d := strdist.Distance(joined, text, most); d <= most {
				if s := 0.95 - 1.3*float32(d)/float32(len(text)); s > sim {
					run, rule, sim = [2]int{i, j + 1}, "joined+typo:"+string(rune('0'+d)), s
				}
			}
		}
	}
	return run, rule, sim
}

func letters(units []Unit) string {
	text := ""
	for i := range units {
		text += solid(units[i].Text)
	}
	return text
}
