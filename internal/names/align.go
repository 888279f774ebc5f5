package names

import (
	"strings"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
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

// Alignment is how the parts of two names meet. Q and M are the parts: as they were
// parsed, or cut finer where the other name showed where a trade name ends.
type Alignment struct {
	Q, M  []Unit
	Pairs []Pair
	Score float64 // calibrated, 0..1
}

// aligner holds one comparison in progress. Units that are met are marked by bit.
type aligner struct {
	q, m       []Unit
	metQ, metM uint64
	pairs      []Pair
	person     bool
	mixed      bool // the names are in different scripts
}

// Compare aligns two names and scores the alignment. No name scores higher against q than
// q itself.
func Compare(q, m Name, w Weights) Alignment {
	a := aligner{q: clipped(q.Units), m: clipped(m.Units)}
	a.person = q.Kind == Person || m.Kind == Person
	a.mixed = mixed(a.q, a.m)
	if a.mixed && !a.person {
		a.q = split(a.q, a.m)
		a.m = split(a.m, a.q)
	}
	a.equal()
	if a.mixed {
		a.readings()
		a.meanings()
	}
	a.joins()
	a.typos()
	a.relatives()
	a.initials()
	a.acronyms()
	a.rest()
	return Alignment{Q: a.q, M: a.m, Pairs: a.pairs, Score: a.score(w)}
}

func clipped(units []Unit) []Unit { return units[:min(len(units), most)] }

// mixed reports whether some part of one name is in a script that the other has not.
func mixed(q, m []Unit) bool {
	var has [2][Digits + 1]bool
	for side, units := range [2][]Unit{q, m} {
		for _, u := range units {
			has[side][u.Script] = true
		}
	}
	for s := Latin; s < Digits; s++ {
		if has[0][s] != has[1][s] {
			return true
		}
	}
	return false
}

func (a *aligner) freeQ(i int) bool { return a.metQ&(1<<i) == 0 }
func (a *aligner) freeM(j int) bool { return a.metM&(1<<j) == 0 }

func (a *aligner) meet(q, m [2]int, rule string, sim float32) {
	for i := q[0]; i < q[1]; i++ {
		a.metQ |= 1 << i
	}
	for j := m[0]; j < m[1]; j++ {
		a.metM |= 1 << j
	}
	a.pairs = append(a.pairs, Pair{q, m, rule, sim})
}

func one(i int) [2]int { return [2]int{i, i + 1} }

// equal pairs units with one key: the same word first, then words of one concept, then
// legal forms of any kind.
func (a *aligner) equal() {
	a.each(func(u, v Unit) (string, float32) {
		if u.Key == v.Key && u.Text == v.Text {
			return "exact", 1
		}
		return "", 0
	})
	a.each(func(u, v Unit) (string, float32) {
		switch {
		case u.Role == Form && v.Role == Form:
			return "legal-form", 0.97
		case u.Key == v.Key:
			return "concept:" + u.Role.String(), 0.98
		}
		return "", 0
	})
}

// relatives pairs industries that are near to each other: bank and insurance are not one
// trade, but steel and machinery of one trade name may well be one firm.
func (a *aligner) relatives() {
	a.each(func(u, v Unit) (string, float32) {
		if (u.Role == Industry || u.Role == Generic) && (v.Role == Industry || v.Role == Generic) && family(u.Key) == family(v.Key) {
			return "related:" + u.Role.String(), 0.6
		}
		return "", 0
	})
}

// family is the part of a concept before its dot: industry:food.seafood is of the family
// food.
func family(key string) string {
	_, id, _ := strings.Cut(key, ":")
	name, _, _ := strings.Cut(id, ".")
	return name
}

// each pairs free units one to one under a rule, in order; an empty rule pairs nothing.
func (a *aligner) each(rule func(u, v Unit) (string, float32)) {
	for i, u := range a.q {
		for j, v := range a.m {
			if !a.freeQ(i) || !a.freeM(j) {
				continue
			}
			if name, sim := rule(u, v); name != "" {
				a.meet(one(i), one(j), name, sim)
			}
		}
	}
}

// identity reports whether a unit tells who, not what or where.
func identity(u Unit) bool { return u.Role == Trade || u.Role == Word || u.Role == Initial }

// joins pairs a unit with a run of units of the same script that make it when the spaces
// are taken away.
func (a *aligner) joins() {
	for i, u := range a.q {
		if a.freeQ(i) {
			if run, sim := bestJoin(u, a.m, a.freeM); sim > 0 {
				a.meet(one(i), run, "joined", sim)
			}
		}
	}
	for j, v := range a.m {
		if a.freeM(j) {
			if run, sim := bestJoin(v, a.q, a.freeQ); sim > 0 {
				a.meet(run, one(j), "joined", sim)
			}
		}
	}
}

// longestRun is how many units of the one name may be one unit of the other.
const longestRun = 5

func bestJoin(u Unit, units []Unit, free func(int) bool) (run [2]int, sim float32) {
	if len(u.Text) < 2 {
		return run, 0
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
				return [2]int{i, j + 1}, 0.97
			}
			if sim == 0 && len(text) >= 8 && u.Script == Latin && strdist.Distance(text, u.Text, 1) == 1 {
				run, sim = [2]int{i, j + 1}, 0.88
			}
		}
	}
	return run, sim
}

// typos pairs what is left by the spelling of Latin and Cyrillic words, the nearest
// first. Hangul and Han have no typos: one syllable is another person.
func (a *aligner) typos() {
	for edits := 1; edits <= 3; edits++ {
		a.each(func(u, v Unit) (string, float32) { return a.typo(u, v, edits) })
	}
}

func (a *aligner) typo(u, v Unit, edits int) (string, float32) {
	if u.Script != v.Script || u.Script != Latin && u.Script != Cyrillic {
		return "", 0
	}
	n := max(len(u.Text), len(v.Text))
	if edits > allowedEdits(min(len(u.Text), len(v.Text))) || strdist.Distance(u.Text, v.Text, edits) != edits {
		return "", 0
	}
	sim := 1 - 1.1*float32(edits)/float32(n)
	if u.Script == Latin && n <= 6 {
		if x, y := syllabic(u.Text), syllabic(v.Text); len(x) > 0 && len(y) > 0 {
			switch {
			case sameSyllable(x, y):
				return "sound", 0.9
			case a.person:
				return "", 0 // Song and Yong are two people
			}
			sim -= 0.1
		} else if a.person && hanzi.IsPinyin(u.Text) && hanzi.IsPinyin(v.Text) {
			return "", 0
		}
	}
	return "typo:" + string(rune('0'+edits)), sim
}

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
	a.each(func(u, v Unit) (string, float32) {
		if (u.Role == Initial) == (v.Role == Initial) || !identity(u) || !identity(v) {
			return "", 0
		}
		if strings.HasPrefix(u.Text, v.Text) || strings.HasPrefix(v.Text, u.Text) {
			return "initial", 0.8
		}
		return "", 0
	})
}

// acronyms pairs a short word with a run of words that it is the initials of.
func (a *aligner) acronyms() {
	for i, u := range a.q {
		if a.freeQ(i) {
			if run := initialsOf(u, a.m, a.freeM); run[1] > 0 {
				a.meet(one(i), run, "acronym", 0.8)
			}
		}
	}
	for j, v := range a.m {
		if a.freeM(j) {
			if run := initialsOf(v, a.q, a.freeQ); run[1] > 0 {
				a.meet(run, one(j), "acronym", 0.8)
			}
		}
	}
}

func initialsOf(u Unit, units []Unit, free func(int) bool) [2]int {
	letters := u.Text
	if u.Script == Hangul {
		letters = hangul.Initialism(u.Text)
	}
	if n := len(letters); u.Role != Trade || n < 3 || n > 6 || n > len(units) || u.Script != Latin && u.Script != Hangul {
		return [2]int{}
	}
	for i := 0; i+len(letters) <= len(units); i++ {
		all := true
		for k := range len(letters) {
			v := units[i+k]
			all = all && free(i+k) && v.Script == Latin && len(v.Text) > 1 && v.Text[0] == letters[k]
		}
		if all {
			return [2]int{i, i + len(letters)}
		}
	}
	return [2]int{}
}

// rest lists what was not met. A concept that is said twice adds nothing; a meaning that
// only one script has words for is not held against the pair in full.
func (a *aligner) rest() {
	met := map[string]bool{}
	for _, p := range a.pairs {
		for i := p.Q[0]; i < p.Q[1]; i++ {
			met[a.q[i].Key] = true
		}
		for j := p.M[0]; j < p.M[1]; j++ {
			met[a.m[j].Key] = true
		}
	}
	for i, u := range a.q {
		if a.freeQ(i) {
			a.pairs = append(a.pairs, Pair{Q: one(i), Rule: restRule("missing", u, met)})
		}
	}
	for j, v := range a.m {
		if a.freeM(j) {
			a.pairs = append(a.pairs, Pair{M: one(j), Rule: restRule("extra", v, met)})
		}
	}
}

func restRule(rule string, u Unit, met map[string]bool) string {
	if met[u.Key] && u.Role != Number {
		return "repeated"
	}
	return rule
}
