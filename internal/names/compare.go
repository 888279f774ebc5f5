package names

import (
	"strings"

	"corvee/internal/strdist"
)

// most is how many units of a name are aligned; the longest on a list has under forty.
const most = 64

// Pair is one step of an alignment: units From..To of the one name that met units
// From..To of the other (half-open; an empty range met nothing), by which rule, and how
// well in 0..1.
type Pair struct {
	Q, M [2]int
	Rule string
	Sim  float32
}

// Alignment is how the parts of two names meet, in the order of the first name; what was
// not met comes last.
type Alignment struct {
	Pairs []Pair
	Score float64 // calibrated, 0..1
}

// aligner holds one comparison in progress. Units that are met are marked by bit.
type aligner struct {
	q, m       []Unit
	metQ, metM uint64
	pairs      []Pair
	person     bool
}

// Compare aligns two names and scores the alignment. It is symmetric up to the order of
// pairs, and no name scores higher against q than q itself.
func Compare(q, m Name, w Weights) Alignment {
	a := aligner{q: q.Units[:min(len(q.Units), most)], m: m.Units[:min(len(m.Units), most)]}
	a.person = q.Kind == Person || m.Kind == Person
	a.equal()
	a.readings()
	a.joins()
	a.typos()
	a.initials()
	a.rest()
	return Alignment{Pairs: a.pairs, Score: a.score(w)}
}

func (a *aligner) freeQ(i int) bool { return a.metQ&(1<<i) == 0 }
func (a *aligner) freeM(j int) bool { return a.metM&(1<<j) == 0 }

func (a *aligner) meet(q0, q1, m0, m1 int, rule string, sim float32) {
	for i := q0; i < q1; i++ {
		a.metQ |= 1 << i
	}
	for j := m0; j < m1; j++ {
		a.metM |= 1 << j
	}
	a.pairs = append(a.pairs, Pair{[2]int{q0, q1}, [2]int{m0, m1}, rule, sim})
}

// equal pairs units with one key: the same word, or words of one concept.
func (a *aligner) equal() {
	for i, u := range a.q {
		for j, v := range a.m {
			if a.freeM(j) && u.Key == v.Key && u.Text == v.Text {
				a.meet(i, i+1, j, j+1, "exact", 1)
				break
			}
		}
	}
	for i, u := range a.q {
		for j, v := range a.m {
			if a.freeQ(i) && a.freeM(j) && (u.Key == v.Key || u.Role == Form && v.Role == Form) {
				rule, sim := "concept:"+u.Role.String(), float32(0.97)
				if u.Role == Form {
					rule = "legal-form"
				}
				a.meet(i, i+1, j, j+1, rule, sim)
				break
			}
		}
	}
}

// identity reports whether a unit tells who, not what or where.
func identity(u Unit) bool { return u.Role == Trade || u.Role == Word || u.Role == Initial }

// longestRun is how many units of the one name may be one unit of the other.
const longestRun = 4

// readings pairs a unit of one script with a run of units of another that spell it.
func (a *aligner) readings() {
	for i, u := range a.q {
		if a.freeQ(i) && (u.Script == Han || u.Script == Hangul || u.Script == Cyrillic) && u.Role != Form {
			if j0, j1, s := bestReading(u, a.m, a.freeM); j1 > j0 {
				a.meet(i, i+1, j0, j1, s.rule, 0.98-0.2*s.cost)
			}
		}
	}
	for j, v := range a.m {
		if a.freeM(j) && (v.Script == Han || v.Script == Hangul || v.Script == Cyrillic) && v.Role != Form {
			if i0, i1, s := bestReading(v, a.q, a.freeQ); i1 > i0 {
				a.meet(i0, i1, j, j+1, s.rule, 0.98-0.2*s.cost)
			}
		}
	}
}

// bestReading returns the run of free Latin units that spells u at the least cost; an
// empty run if none does within one edit for six letters.
func bestReading(u Unit, units []Unit, free func(int) bool) (from, to int, best spelled) {
	best.cost = unread
	for i := range units {
		text := ""
		for j := i; j < len(units) && j < i+longestRun && free(j) && units[j].Script == Latin && units[j].Role != Form; j++ {
			text += units[j].Text
			s := readAs(u.Text, u.Script, text)
			if s.cost < best.cost && s.cost <= float32(min(len(text)/6, 2))+0.5 {
				from, to, best = i, j+1, s
			}
		}
	}
	return from, to, best
}

// joins pairs a unit with a run of units of the same script that make it when the spaces
// are taken away.
func (a *aligner) joins() {
	for i, u := range a.q {
		if a.freeQ(i) {
			if j0, j1, sim := bestJoin(u, a.m, a.freeM); j1 > j0 {
				a.meet(i, i+1, j0, j1, "joined", sim)
			}
		}
	}
	for j, v := range a.m {
		if a.freeM(j) {
			if i0, i1, sim := bestJoin(v, a.q, a.freeQ); i1 > i0 {
				a.meet(i0, i1, j, j+1, "joined", sim)
			}
		}
	}
}

func bestJoin(u Unit, units []Unit, free func(int) bool) (from, to int, sim float32) {
	if len(u.Text) < 3 {
		return 0, 0, 0
	}
	for i := range units {
		text := ""
		for j := i; j < len(units) && j < i+longestRun && free(j) && units[j].Script == u.Script; j++ {
			if text += units[j].Text; len(text) > len(u.Text)+1 {
				break
			}
			if j == i {
				continue
			}
			if text == u.Text {
				return i, j + 1, 0.97
			}
			if sim == 0 && len(text) >= 8 && u.Script == Latin && strdist.Distance(text, u.Text, 1) == 1 {
				from, to, sim = i, j+1, 0.88
			}
		}
	}
	return from, to, sim
}

// typos pairs what is left by the spelling of Latin and Cyrillic words, the nearest
// first. Hangul and Han have no typos: one syllable is another person.
func (a *aligner) typos() {
	for edits := 1; edits <= 3; edits++ {
		for i, u := range a.q {
			for j, v := range a.m {
				if !a.freeQ(i) || !a.freeM(j) || u.Script != v.Script || u.Script != Latin && u.Script != Cyrillic {
					continue
				}
				allowed := allowedEdits(min(len(u.Text), len(v.Text)))
				if edits > allowed || strdist.Distance(u.Text, v.Text, edits) != edits {
					continue
				}
				n := float32(max(len(u.Text), len(v.Text)))
				a.meet(i, i+1, j, j+1, typoRule(edits), 1-1.1*float32(edits)/n)
			}
		}
	}
}

func typoRule(edits int) string { return "typo:" + string(rune('0'+edits)) }

// allowedEdits is how many wrong letters a word of n bytes may have and still be the word.
func allowedEdits(n int) int {
	switch {
	case n < 4:
		return 0
	case n < 7:
		return 1
	case n < 12:
		return 2
	}
	return 3
}

// initials pairs a letter with a word that begins with it.
func (a *aligner) initials() {
	for i, u := range a.q {
		for j, v := range a.m {
			if !a.freeQ(i) || !a.freeM(j) || (u.Role != Initial) == (v.Role != Initial) {
				continue
			}
			if identity(u) && identity(v) && (strings.HasPrefix(u.Text, v.Text) || strings.HasPrefix(v.Text, u.Text)) {
				a.meet(i, i+1, j, j+1, "initial", 0.8)
			}
		}
	}
}

// rest lists what was not met.
func (a *aligner) rest() {
	for i := range a.q {
		if a.freeQ(i) {
			a.pairs = append(a.pairs, Pair{[2]int{i, i + 1}, [2]int{}, "missing", 0})
		}
	}
	for j := range a.m {
		if a.freeM(j) {
			a.pairs = append(a.pairs, Pair{[2]int{}, [2]int{j, j + 1}, "extra", 0})
		}
	}
}
