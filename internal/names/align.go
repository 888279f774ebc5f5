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
	// Kin says that a rare trade name meets while place, trade or the rest do not: not the
	// same party, but perhaps one of its group.
	Kin bool
}

// aligner holds one comparison in progress. Units that are met are marked by bit.
type aligner struct {
	q, m       []Unit
	metQ, metM uint64
	allQ, allM uint64
	pairs      []Pair
	person     bool
	mixed      bool // the names are in different scripts
	built      int  // of syllables: 0 not known, 1 no, 2 yes
}

// Compare aligns two names and scores the alignment. No name scores higher against q than
// q itself.
func Compare(q, m Name, w Weights) Alignment {
	a := aligned(q, m)
	e := a.evidence()
	return Alignment{Q: a.q, M: a.m, Pairs: a.pairs, Score: e.score(w), Kin: e.kin()}
}

// aligned pairs the parts of two names, the surest rules first.
func aligned(q, m Name) *aligner {
	a := &aligner{q: clipped(q.Units), m: clipped(m.Units)}
	a.person = q.Kind == Person || m.Kind == Person
	a.mixed = mixed(a.q, a.m)
	if a.mixed && !a.person {
		a.q = split(a.q, a.m)
		a.m = split(a.m, a.q)
	}
	a.allQ, a.allM = 1<<len(a.q)-1, 1<<len(a.m)-1
	a.pairs = make([]Pair, 0, len(a.q)+len(a.m))
	a.joins()
	a.same()
	a.reordered()
	a.looseJoins()
	a.concepts()
	if a.mixed {
		a.readings()
		a.meanings()
	}
	a.typos()
	a.relatives()
	a.initials()
	a.acronyms()
	a.rest()
	return a
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

// same pairs units with one text.
func (a *aligner) same() {
	a.each(func(u, v *Unit) (string, float32) {
		if u.Text == v.Text && u.Text != "" {
			return "exact", 1
		}
		return "", 0
	})
}

// concepts pairs words of one concept, then legal forms of any kind.
func (a *aligner) concepts() {
	a.each(func(u, v *Unit) (string, float32) {
		if u.Key == v.Key {
			if u.Role == Form {
				return "legal-form", 0.9
			}
			return "concept:" + u.Role.String(), sameConcept(u, v)
		}
		return "", 0
	})
	a.each(func(u, v *Unit) (string, float32) {
		switch {
		case u.Role != Form || v.Role != Form:
			return "", 0
		case u.Script != v.Script:
			return "legal-form", 0.9 // no two countries have the same ones
		}
		return "legal-form", 0.3
	})
}

// sameConcept is how well two words of one concept meet. Across scripts they are the same
// word; within one, a synonym is another word, unless only its ending differs.
func sameConcept(u, v *Unit) float32 {
	switch {
	case u.Script != v.Script, u.Role == Number, u.Role == Place, akin(u.Text, v.Text):
		return 0.98
	case u.Role == Word:
		return 0.3
	}
	return 0.5
}

// akin reports words that differ by their endings: food, foods, foodstuff.
func akin(a, b string) bool {
	a, b = stem(a), stem(b)
	return a == b || len(a) > 3 && strings.HasPrefix(b, a) || len(b) > 3 && strings.HasPrefix(a, b)
}

// relatives pairs industries that are near to each other: bank and insurance are not one
// trade, but steel and machinery of one trade name may well be one firm.
func (a *aligner) relatives() {
	a.each(func(u, v *Unit) (string, float32) {
		if (u.Role == Industry || u.Role == Generic) && (v.Role == Industry || v.Role == Generic) && family(u.Key) == family(v.Key) {
			if u.Script != v.Script {
				return "related:" + u.Role.String(), 0.5 // translators differ
			}
			return "related:" + u.Role.String(), 0.4
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
func (a *aligner) each(rule func(u, v *Unit) (string, float32)) {
	if a.metQ == a.allQ || a.metM == a.allM {
		return
	}
	for i := range a.q {
		for j := range a.m {
			if !a.freeM(j) {
				continue
			}
			if !a.freeQ(i) {
				break
			}
			if name, sim := rule(&a.q[i], &a.m[j]); name != "" {
				a.meet(one(i), one(j), name, sim)
			}
		}
	}
}

// identity reports whether a unit tells who, not what or where.
func identity(u *Unit) bool { return u.Role == Trade || u.Role == Word || u.Role == Initial }

// longestRun is how many units of the one name may be one unit of the other.
const longestRun = 5

// typos pairs what is left by the spelling of Latin and Cyrillic words, the nearest
// first. Hangul and Han have no typos: one syllable is another person.
func (a *aligner) typos() {
	if a.metQ == a.allQ || a.metM == a.allM {
		return
	}
	var near [4][][2]int8
	for i := range a.q {
		for j := range a.m {
			if a.freeQ(i) && a.freeM(j) {
				if d := misspelt(&a.q[i], &a.m[j]); d > 0 {
					near[d] = append(near[d], [2]int8{int8(i), int8(j)})
				}
			}
		}
	}
	for edits, pairs := range near {
		for _, p := range pairs {
			i, j := int(p[0]), int(p[1])
			if !a.freeQ(i) || !a.freeM(j) {
				continue
			}
			if rule, sim := a.typo(&a.q[i], &a.m[j], edits); rule != "" {
				a.meet(one(i), one(j), rule, sim)
			}
		}
	}
}

// misspelt returns how many letters two words of one alphabet differ by; 0 when they are
// too different to be one word.
func misspelt(u, v *Unit) int {
	if u.Script != v.Script || u.Script != Latin && u.Script != Cyrillic {
		return 0
	}
	n, least := max(len(u.Text), len(v.Text)), min(len(u.Text), len(v.Text))
	allowed := allowedEdits(least)
	if n-least > allowed {
		return 0
	}
	if d := strdist.Distance(u.Text, v.Text, allowed); d <= allowed {
		return d
	}
	return 0
}

// typo names the rule of a misspelt pair, or none where a letter makes another name.
func (a *aligner) typo(u, v *Unit, edits int) (string, float32) {
	n := max(len(u.Text), len(v.Text))
	if u.Script == Latin && n <= 6 && a.syllables() {
		if sameSyllable(syllabic(u.Text), syllabic(v.Text)) {
			return "sound", 0.9
		}
		return "", 0 // Song and Yong are two people
	}
	return "typo:" + string(rune('0'+edits)), 1 - 1.25*float32(edits)/float32(n)
}

// syllables reports whether both are personal names that are built of Korean or Chinese
// syllables throughout, in which one letter makes another name.
func (a *aligner) syllables() bool {
	if !a.person {
		return false
	}
	if a.built == 0 {
		a.built = 1
		if surnamed(a.q) && surnamed(a.m) && of(a.q, korean) && of(a.m, korean) || of(a.q, hanzi.IsPinyin) && of(a.m, hanzi.IsPinyin) {
			a.built = 2
		}
	}
	return a.built == 2
}

// surnamed reports whether a Korean or Chinese surname is in a name.
func surnamed(units []Unit) bool {
	lex := known()
	for i := range units {
		if lex.surnames[units[i].Text] {
			return true
		}
	}
	return false
}

func korean(word string) bool { return len(syllabic(word)) > 0 }

// of reports whether all words of a name, two to four, pass.
func of(units []Unit, is func(string) bool) bool {
	n := 0
	for i := range units {
		if u := &units[i]; u.Role == Trade || u.Role == Word {
			if n++; u.Script != Latin || !is(u.Text) {
				return false
			}
		}
	}
	return n >= 2 && n <= 4
}

// allowedEdits is how many wrong letters a word of n bytes may have and still be the word.
func allowedEdits(n int) int {
	switch {
	case n < 2:
		return 0
	case n < 5:
		return 1
	case n < 12:
		return 2
	}
	return 3
}

// initials pairs a letter with a word that begins with it.
func (a *aligner) initials() {
	a.each(func(u, v *Unit) (string, float32) {
		if (u.Role == Initial) == (v.Role == Initial) || !identity(u) || !identity(v) {
			return "", 0
		}
		if !strings.HasPrefix(u.Text, v.Text) && !strings.HasPrefix(v.Text, u.Text) {
			return "", 0
		}
		if a.person {
			return "initial", 0.8
		}
		return "initial", 0.4 // of a company's name, a letter may stand for anything
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
			a.pairs = append(a.pairs, Pair{Q: one(i), Rule: a.restRule("missing", u, met)})
		}
	}
	for j, v := range a.m {
		if a.freeM(j) {
			a.pairs = append(a.pairs, Pair{M: one(j), Rule: a.restRule("extra", v, met)})
		}
	}
}

func (a *aligner) restRule(rule string, u Unit, met map[string]bool) string {
	if met[u.Key] && u.Role != Number && !(a.person && u.Role == Trade) { // a person may bear a name twice
		return "repeated"
	}
	return rule
}
