package names

import (
	"math/bits"
	"strings"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
	"corvee/internal/reading"
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

// Comparer compares one name with many. It keeps its memory from one comparison to the next,
// so an Alignment that it returns stands until the next one. It is not for concurrent use;
// the zero Comparer is ready.
type Comparer struct {
	a       aligner
	q       Name
	weights Weights
	curve   [2]curve // in one script and across two
}

// Ask takes the name that is to be compared.
func (c *Comparer) Ask(q Name, w Weights) {
	c.q = q
	if c.weights != w || c.curve[0].full == 0 {
		c.weights, c.curve = w, [2]curve{curveOf(w.Middle, w), curveOf(w.Across, w)}
	}
	c.a.q.take(q.Units)
}

// With aligns the name that was asked for with another and scores the alignment. Where one
// of them has another name of the party in brackets, the better of its two names is aligned.
func (c *Comparer) With(m Name) Alignment {
	out := c.align(c.q.Units, m.Units, m.Kind)
	if !c.a.q.aside && !c.a.m.aside || out.Score > 0.9 {
		return out
	}
	return c.apart(m, out)
}

// align aligns parts of the name that was asked for with parts of another.
func (c *Comparer) align(q, m []Unit, kind Kind) Alignment {
	a := &c.a
	if a.cut || len(q) != len(c.q.Units) { // or an alignment had cut it finer
		a.q.take(q)
	}
	a.cut = len(q) != len(c.q.Units)
	a.m.take(m)
	a.align(c.q.Kind == Person || kind == Person)
	e := a.evidence(&c.weights)
	curve := &c.curve[0]
	if e.mixed {
		curve = &c.curve[1]
	}
	return Alignment{Q: a.q.units, M: a.m.units, Pairs: a.pairs, Score: e.score(&c.weights, curve), Kin: e.kin()}
}

// Compare aligns two names and scores the alignment. No name scores higher against q than
// q itself.
func Compare(q, m Name, w Weights) Alignment {
	var c Comparer
	c.Ask(q, w)
	return c.With(m)
}

// side is one of the two names in a comparison. Units that are met are marked by bit.
type side struct {
	units    []Unit
	met, all uint64
	looks    []look
	roles    uint16 // by bit, the roles that units have
	scripts  uint8  // by bit, the scripts
	phrases  bool   // some unit has a space in it
	aside    bool   // some units stand in brackets
	solid    string // all units' texts without a space between, made when it is asked for
	at       []int  // where they begin in solid, and the last ends
}

// look is what of a unit can be told at a glance.
type look struct {
	letters uint32 // by bit, the letters that are in it
	phrase  bool   // it has a space in it
}

func lookAt(text string) look {
	var l look
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z':
			l.letters |= 1 << (c - 'a')
		case c == ' ':
			l.phrase = true
		default:
			l.letters |= 1 << (26 + c%6)
		}
	}
	return l
}

// apart is the least number of edits between words of which only so much is known: each
// letter that the one has and the other has not is one.
func apart(a, b uint32) int { return max(bits.OnesCount32(a&^b), bits.OnesCount32(b&^a)) }

func (s *side) take(units []Unit) {
	s.units = units[:min(len(units), most)]
	s.met, s.all = 0, 1<<len(s.units)-1
	s.looks, s.roles, s.scripts, s.phrases, s.aside, s.at = s.looks[:0], 0, 0, false, false, s.at[:0]
	for i := range s.units {
		u := &s.units[i]
		l := lookAt(u.Text)
		s.looks = append(s.looks, l)
		s.roles |= 1 << u.Role
		s.scripts |= 1 << u.Script
		s.phrases, s.aside = s.phrases || l.phrase, s.aside || u.Aside
	}
}

func (s *side) free(i int) bool { return s.met&(1<<i) == 0 }

// full reports whether every unit is met.
func (s *side) full() bool { return s.met == s.all }

func (s *side) has(roles uint16) bool { return s.roles&roles != 0 }

// run returns the texts of units i to j, j included, without a space between.
func (s *side) run(i, j int) string {
	if len(s.at) == 0 {
		var b strings.Builder
		for k := range s.units {
			s.at = append(s.at, b.Len())
			b.WriteString(s.units[k].Text)
		}
		s.at = append(s.at, b.Len())
		s.solid = b.String()
	}
	return s.solid[s.at[i]:s.at[j+1]]
}

// aligner holds one comparison in progress.
type aligner struct {
	q, m   side
	cut    bool // q is not as it was asked for
	pairs  []Pair
	near   []nearPair
	left   []wordIn
	right  []wordIn
	person bool
	mixed  bool // the names are in different scripts
	built  int  // of syllables: 0 not known, 1 no, 2 yes
	reader reading.Reader
	korean map[string][]rune
}

// align pairs the parts of two names, the surest rules first.
func (a *aligner) align(person bool) {
	a.person, a.built, a.pairs = person, 0, a.pairs[:0]
	a.q.met = 0
	a.mixed = (a.q.scripts^a.m.scripts)&^(1<<Other|1<<Digits) != 0
	if a.mixed && !a.person {
		if units, ok := a.split(&a.q, &a.m); ok {
			a.q.take(units)
			a.cut = true
		}
		if units, ok := a.split(&a.m, &a.q); ok {
			a.m.take(units)
		}
	}
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
}

func (a *aligner) freeQ(i int) bool { return a.q.free(i) }
func (a *aligner) freeM(j int) bool { return a.m.free(j) }

// done reports whether nothing can be paired any more.
func (a *aligner) done() bool { return a.q.full() || a.m.full() }

func (a *aligner) meet(q, m [2]int, rule string, sim float32) {
	for i := q[0]; i < q[1]; i++ {
		a.q.met |= 1 << i
	}
	for j := m[0]; j < m[1]; j++ {
		a.m.met |= 1 << j
	}
	a.pairs = append(a.pairs, Pair{q, m, rule, sim})
}

func one(i int) [2]int { return [2]int{i, i + 1} }

// same pairs units with one text.
func (a *aligner) same() {
	for i := range a.q.units {
		u := &a.q.units[i]
		for j := range a.m.units {
			if a.q.looks[i] == a.m.looks[j] && u.Text == a.m.units[j].Text && a.freeM(j) && a.freeQ(i) {
				a.meet(one(i), one(j), "exact", 1)
			}
		}
	}
}

// concepts pairs words of one concept, then legal forms of any kind.
func (a *aligner) concepts() {
	a.each(func(u, v *Unit) (string, float32) {
		if u.Key == v.Key {
			if u.Role == Form {
				return "legal-form", 0.9
			}
			return conceptRule(u.Role), sameConcept(u, v)
		}
		return "", 0
	})
	if !a.q.has(1<<Form) || !a.m.has(1<<Form) {
		return
	}
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

func conceptRule(r Role) string {
	return [...]string{"concept:name", "concept:place", "concept:industry", "concept:word", "concept:generic", "concept:legal-form",
		"concept:stop", "concept:number", "concept:initial", "concept:title"}[r]
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
	if trades := uint16(1<<Industry | 1<<Generic); !a.q.has(trades) || !a.m.has(trades) {
		return
	}
	a.each(func(u, v *Unit) (string, float32) {
		if (u.Role == Industry || u.Role == Generic) && (v.Role == Industry || v.Role == Generic) && family(u.Key) == family(v.Key) {
			sim := float32(0.4)
			if u.Script != v.Script {
				sim = 0.5 // translators differ
			}
			if u.Role == Industry {
				return "related:industry", sim
			}
			return "related:generic", sim
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
	for i := range a.q.units {
		if !a.freeQ(i) {
			continue
		}
		for j := range a.m.units {
			if !a.freeM(j) {
				continue
			}
			if name, sim := rule(&a.q.units[i], &a.m.units[j]); name != "" {
				a.meet(one(i), one(j), name, sim)
				break
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
	a.near = a.near[:0]
	for i := range a.q.units {
		for j := range a.m.units {
			if a.freeQ(i) && a.freeM(j) {
				if d := a.misspelt(i, j); d > 0 {
					a.near = append(a.near, nearPair{int8(i), int8(j), int8(d)})
				}
			}
		}
	}
	for edits := range mostEdits + 1 {
		for _, p := range a.near {
			i, j := int(p.q), int(p.m)
			if int(p.edits) != edits || !a.freeQ(i) || !a.freeM(j) {
				continue
			}
			if rule, sim := a.typo(&a.q.units[i], &a.m.units[j], edits); rule != "" {
				a.meet(one(i), one(j), rule, sim)
			}
		}
	}
}

// nearPair is two units that differ by some letters.
type nearPair struct{ q, m, edits int8 }

// misspelt returns how many letters two words of one alphabet differ by; 0 when they are
// too different to be one word.
func (a *aligner) misspelt(i, j int) int {
	u, v := &a.q.units[i], &a.m.units[j]
	if u.Script != v.Script || u.Script != Latin && u.Script != Cyrillic {
		return 0
	}
	n, least := max(len(u.Text), len(v.Text)), min(len(u.Text), len(v.Text))
	allowed := allowedEdits(least)
	if n-least > allowed || u.Script == Latin && apart(a.q.looks[i].letters, a.m.looks[j].letters) > allowed {
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
		if sameSyllable(a.syllabic(u.Text), a.syllabic(v.Text)) {
			return "sound", 0.9
		}
		return "", 0 // Song and Yong are two people
	}
	return [...]string{"", "typo:1", "typo:2", "typo:3"}[edits], 1 - 1.25*float32(edits)/float32(n)
}

// syllables reports whether both are personal names that are built of Korean or Chinese
// syllables throughout, in which one letter makes another name.
func (a *aligner) syllables() bool {
	if !a.person {
		return false
	}
	if a.built == 0 {
		a.built = 1
		q, m := a.q.units, a.m.units
		if surnamed(q) && surnamed(m) && of(q, a.isKorean) && of(m, a.isKorean) || of(q, hanzi.IsPinyin) && of(m, hanzi.IsPinyin) {
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

func (a *aligner) isKorean(word string) bool { return len(a.syllabic(word)) > 0 }

// syllabic returns the Korean syllables that a short Latin word may be, and remembers them:
// Latin names share few such words.
func (a *aligner) syllabic(word string) []rune {
	if len(word) > 6 {
		return nil
	}
	all, ok := a.korean[word]
	if !ok {
		if a.korean == nil || len(a.korean) == rememberedWords {
			a.korean = make(map[string][]rune, 64)
		}
		all = hangul.Syllables(word)
		a.korean[strings.Clone(word)] = all
	}
	return all
}

const rememberedWords = 4096

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
	return mostEdits
}

const mostEdits = 3

// initials pairs a letter with a word that begins with it.
func (a *aligner) initials() {
	if !a.q.has(1<<Initial) && !a.m.has(1<<Initial) {
		return
	}
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
	for i := range a.q.units {
		if a.freeQ(i) {
			if run := initialsOf(&a.q.units[i], &a.m); run[1] > 0 {
				a.meet(one(i), run, "acronym", 0.8)
			}
		}
	}
	for j := range a.m.units {
		if a.freeM(j) {
			if run := initialsOf(&a.m.units[j], &a.q); run[1] > 0 {
				a.meet(run, one(j), "acronym", 0.8)
			}
		}
	}
}

func initialsOf(u *Unit, s *side) [2]int {
	if u.Role != Trade || u.Script != Latin && u.Script != Hangul {
		return [2]int{}
	}
	letters, units := u.Text, s.units
	if u.Script == Hangul && len(units) >= 3 {
		letters = hangul.Initialism(u.Text)
	}
	if n := len(letters); n < 3 || n > 6 || n > len(units) {
		return [2]int{}
	}
	for i := 0; i+len(letters) <= len(units); i++ {
		all := true
		for k := 0; all && k < len(letters); k++ {
			v := &units[i+k]
			all = v.Script == Latin && len(v.Text) > 1 && v.Text[0] == letters[k] && s.free(i+k)
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
	metQ, metM := a.q.met, a.m.met
	for i := range a.q.units {
		if metQ&(1<<i) == 0 {
			a.pairs = append(a.pairs, Pair{Q: one(i), Rule: a.restRule("missing", &a.q.units[i])})
		}
	}
	for j := range a.m.units {
		if metM&(1<<j) == 0 {
			a.pairs = append(a.pairs, Pair{M: one(j), Rule: a.restRule("extra", &a.m.units[j])})
		}
	}
}

func (a *aligner) restRule(rule string, u *Unit) string {
	if u.Role == Number || a.person && u.Role == Trade { // a person may bear a name twice
		return rule
	}
	if a.q.says(u.Key) || a.m.says(u.Key) {
		return "repeated"
	}
	return rule
}

// says reports whether a unit that is met has the key.
func (s *side) says(key string) bool {
	for i := range s.units {
		if !s.free(i) && s.units[i].Key == key {
			return true
		}
	}
	return false
}
