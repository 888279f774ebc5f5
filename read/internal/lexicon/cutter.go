package lexicon

import (
	"strings"
	"unicode/utf8"

	"corvee/internal/trie"
	"corvee/read/internal/segment"
)

// role says what a form can be in a run without spaces, as bits.
type role uint32

const (
	roleNoun role = 1 << iota
	roleBase
	rolePast
	roleAdnominal
	roleFuture
	roleLinking
	roleNominal
	roleParticle
	roleConsonant // a particle or ending that stands behind a final consonant only
	roleVowel     // behind a vowel only; ㄹ counts as one for 로
	roleAfterBase
	roleAfterPast
	roleAfterAdnominal
	roleAfterFuture
	roleAfterLinking
	roleAfterNoun
	roleAfterBare
	roleAfterQuote
	roleNounLike // an ending that makes a noun: 기, 는지
	roleNumeric  // a unit, a scale: may stand by a figure without a space
	roleNumber   // a number word
	roleLight    // a verb that follows a noun: 하, 되
)

// roles collects what the senses of an entry let it be.
func (l *Lexicon) roles(entry int) role {
	var r role
	for _, s := range l.entries[entry] {
		r |= l.roleOf(s)
	}
	return r
}

var afterRoles = map[string]role{
	"base": roleAfterBase, "past": roleAfterPast, "adn": roleAfterAdnominal, "fut": roleAfterFuture,
	"link": roleAfterLinking, "noun": roleAfterNoun, "bare": roleAfterBare, "quote": roleAfterQuote,
	"c": roleConsonant, "v": roleVowel,
}

func (l *Lexicon) roleOf(s Sense) role {
	item := l.Item(s)
	var r role
	switch s.Class {
	case Particle, Ending:
		for after := range strings.SplitSeq(item.Attr("after"), ",") {
			r |= afterRoles[after]
		}
		if s.Class == Particle {
			r |= roleParticle
		}
		if item.Attr("noun") != "" {
			r |= roleNounLike
		}
		return r
	case Num:
		r = roleNumber | roleNumeric
	case Scale, Counter, Currency, Measure, Percent, ApproxPost, OrMore, OrLess, EachPost, PeriodNoun, Ordinal, Month:
		r = roleNumeric
	}
	for _, f := range [...]struct {
		form Form
		role role
	}{{Base, roleBase}, {Past, rolePast}, {Participle, roleAdnominal}, {Ing, roleFuture}, {Third, roleLinking}, {Singular, roleNominal}} {
		if s.Form&f.form != 0 {
			r |= f.role
		}
	}
	if s.Form == 0 {
		r |= roleNoun
	}
	if s.Class == Light {
		r |= roleLight
	}
	return r
}

// state is what stands before a place in a run.
type state uint8

const (
	atStart state = iota
	atGlued       // behind a mark, a figure's bracket or a Latin word
	inNumber
	inNoun
	inUnknown
	inBase
	inPast
	inAdnominal
	inFuture
	inLinking
	inNominal
	inEnding
	inNounEnding
	inParticle
	states
)

// final are the states in which a run may end.
const final = 1<<inNumber | 1<<inNoun | 1<<inUnknown | 1<<inAdnominal | 1<<inFuture | 1<<inLinking | 1<<inNominal | 1<<inEnding | 1<<inNounEnding | 1<<inParticle

// Costs of pieces: known words of two syllables or more are cheap, single syllables dear
// unless a number stands before them, unknown ones dearest, by length. Found by reading
// cuts of reports; only their order matters.
const (
	costWord      = 2
	costSyllable  = 5
	costVerb      = 2
	costVerbShort = 4
	costPart      = 1
	costUnknown   = 3
	costUnknownBy = 3
	costUnknown1  = 5
	costAbrupt    = 2
	noCost        = 1 << 20
)

// maxRun is the most characters of a run that are cut together.
const maxRun = 40

type cell struct {
	cost int32
	from int8 // place
	was  state
}

// cutter cuts runs into pieces with the least sum of costs.
type cutter struct {
	l      *Lexicon
	v      *segment.View
	at     [maxRun + 1]int // byte offsets of the characters of the run
	n      int
	cells  [maxRun + 1][states]cell
	forced []forced // ends of words of several runs
}

type forced struct {
	end   int
	roles role
}

// run appends the tokens of the run from..to.
func (c *cutter) run(from, to int, out []segment.Token) []segment.Token {
	for from < to {
		end := c.measure(from, to)
		c.clear()
		start := atStart
		if from > 0 && c.v.Bytes[from-1] != ' ' {
			start = atGlued
			if b := c.v.Bytes[from-1]; '0' <= b && b <= '9' {
				start = inNumber
			}
		}
		c.cells[0][start] = cell{}
		for i := range c.n {
			c.extend(i, end)
		}
		out = c.emit(out)
		from = end
	}
	return out
}

// measure notes where the characters of the run lie and returns the end of the part that
// is cut.
func (c *cutter) measure(from, to int) int {
	c.n = 0
	i := from
	for i < to && c.n < maxRun {
		c.at[c.n] = i
		c.n++
		_, size := utf8.DecodeRune(c.v.Bytes[i:])
		i += size
	}
	c.at[c.n] = i
	return i
}

func (c *cutter) clear() {
	for i := range c.n + 1 {
		for s := range c.cells[i] {
			c.cells[i][s].cost = noCost
		}
	}
}

// extend tries all pieces that begin at character i.
func (c *cutter) extend(i, end int) {
	live := false
	for s := range states {
		live = live || c.cells[i][s].cost < noCost
	}
	if !live {
		return
	}
	c.walk(i, end)
	if i == 0 {
		c.pending(end)
	}
	c.numerals(i)
	c.unknowns(i)
}

// walk follows the trie from character i. Words that go on behind the run are noted for
// the runs that they end in.
func (c *cutter) walk(i, end int) {
	st, j := trie.Root, i+1
	for at := c.at[i]; at < len(c.v.Bytes); at++ {
		b := c.v.Bytes[at]
		if b == '-' {
			b = ' '
		}
		next, ok := c.l.trie.Next(st, b)
		if !ok {
			return
		}
		st = next
		if at+1 <= end {
			if j <= c.n && c.at[j] == at+1 {
				if entry, is := c.l.trie.Value(st); is {
					c.piece(i, j, c.l.cuts[entry])
				}
				j++
			}
			continue
		}
		if entry, is := c.l.trie.Value(st); is && c.begins(i) {
			c.forced = append(c.forced, forced{at + 1, c.l.cuts[entry]})
		}
	}
}

// begins reports whether a word of several runs may begin at character i: behind nothing,
// or behind a word.
func (c *cutter) begins(i int) bool {
	return i == 0 || c.cells[i][inNoun].cost < noCost || c.cells[i][inUnknown].cost < noCost || c.cells[i][inNumber].cost < noCost
}

// pending puts the end of a longer word at the run's start.
func (c *cutter) pending(end int) {
	keep := c.forced[:0]
	for _, f := range c.forced {
		if f.end > end {
			keep = append(keep, f)
			continue
		}
		for j := 1; j <= c.n; j++ {
			if c.at[j] == f.end {
				c.reach(0, j, atStart, kindOf(f.roles), 0)
			}
		}
	}
	c.forced = keep
}

// kindOf returns the state behind a word.
func kindOf(r role) state {
	switch {
	case r&roleNoun != 0:
		return inNoun
	case r&roleBase != 0:
		return inBase
	case r&rolePast != 0:
		return inPast
	case r&roleAdnominal != 0:
		return inAdnominal
	case r&roleFuture != 0:
		return inFuture
	case r&roleLinking != 0:
		return inLinking
	}
	return inNominal
}

// reach notes a cheaper way to a place. start stands for either state at a run's start.
func (c *cutter) reach(i, j int, from, to state, cost int32) {
	if from == atStart && c.cells[i][atStart].cost >= noCost {
		from = atGlued
		if c.cells[i][atGlued].cost >= noCost {
			from = inNumber
		}
	}
	total := c.cells[i][from].cost + cost
	if c.cells[i][from].cost < noCost && total < c.cells[j][to].cost {
		c.cells[j][to] = cell{total, int8(i), from}
	}
}

// piece tries a known form from character i to j in every state that it can follow.
func (c *cutter) piece(i, j int, r role) {
	word, verb := int32(costWord), int32(costVerb)
	if j-i == 1 {
		word, verb = costSyllable, costVerbShort
	}
	for _, s := range [...]state{atStart, atGlued, inNumber, inNoun, inUnknown, inLinking} {
		if c.cells[i][s].cost >= noCost {
			continue
		}
		if s != inLinking {
			c.noun(i, j, s, r, word)
		}
		c.verb(i, j, s, r, verb)
	}
	if r&(roleParticle|roleAfterBase|roleAfterPast|roleAfterAdnominal|roleAfterFuture|roleAfterLinking|roleAfterNoun|roleAfterBare|roleAfterQuote) != 0 {
		c.part(i, j, r)
	}
}

func (c *cutter) noun(i, j int, s state, r role, cost int32) {
	if r&roleNumeric != 0 && s == inNumber {
		c.reach(i, j, s, inNumber, min(cost, costWord)-1)
	}
	if r&roleNumber != 0 && (s == atStart || s == atGlued) {
		c.reach(i, j, s, inNumber, cost)
	}
	if r&roleNoun == 0 {
		return
	}
	if s == inUnknown || s == inNoun && j-i == 1 {
		cost++
	}
	c.reach(i, j, s, inNoun, cost)
}

func (c *cutter) verb(i, j int, s state, r role, cost int32) {
	if (s == inNoun || s == inUnknown || s == inNumber) && r&roleLight == 0 {
		return
	}
	if r&roleLight != 0 && s != atStart {
		cost = costVerb
	}
	for _, f := range [...]struct {
		role role
		to   state
	}{{roleBase, inBase}, {rolePast, inPast}, {roleAdnominal, inAdnominal}, {roleFuture, inFuture}, {roleLinking, inLinking}, {roleNominal, inNominal}} {
		if r&f.role != 0 {
			c.reach(i, j, s, f.to, cost)
		}
	}
}

// part tries a particle or an ending.
func (c *cutter) part(i, j int, r role) {
	agrees := c.agrees(i, r)
	if r&roleParticle != 0 {
		for _, s := range [...]state{inNumber, inNoun, inUnknown, inNominal, inNounEnding, inParticle} {
			if agrees {
				c.reach(i, j, s, inParticle, costPart)
			}
		}
		c.reach(i, j, atGlued, inParticle, costPart)
	}
	to := inEnding
	if r&roleNounLike != 0 {
		to = inNounEnding
	}
	for _, a := range [...]struct {
		role role
		from state
	}{
		{roleAfterBase, inBase}, {roleAfterPast, inPast}, {roleAfterAdnominal, inAdnominal}, {roleAfterFuture, inFuture},
		{roleAfterLinking, inLinking}, {roleAfterQuote, atGlued},
	} {
		if r&a.role != 0 {
			c.reach(i, j, a.from, to, costPart)
		}
	}
	if r&roleAfterNoun != 0 && agrees {
		for _, s := range [...]state{inNumber, inNoun, inUnknown, inNominal, inNounEnding, inParticle, atGlued} {
			c.reach(i, j, s, to, costPart)
		}
	}
	if r&roleAfterBare != 0 {
		c.reach(i, j, inUnknown, to, costPart)
	}
}

// agrees reports whether the character before i has the final that a particle needs.
func (c *cutter) agrees(i int, r role) bool {
	if r&(roleConsonant|roleVowel) == 0 || i == 0 {
		return true
	}
	before, _ := utf8.DecodeRune(c.v.Bytes[c.at[i-1]:])
	if !segment.IsSyllable(before) {
		return true
	}
	_, _, f := segment.Parts(before)
	if r&roleConsonant != 0 && r&roleVowel != 0 { // 로: behind a vowel or ㄹ
		return f == 0 || f == finalL
	}
	return (f != 0) == (r&roleConsonant != 0)
}

// numerals tries the longest run of Chinese number syllables, two or more with a scale.
func (c *cutter) numerals(i int) {
	if i > 0 && c.cells[i][inNumber].cost >= noCost {
		return
	}
	j, scale := i, false
	for j < c.n {
		r, _ := utf8.DecodeRune(c.v.Bytes[c.at[j]:])
		_, isScale := SinoScale(r)
		if _, ok := SinoDigit(r); !ok && !isScale && r != '수' && r != '몇' {
			break
		}
		scale = scale || isScale
		j++
	}
	if scale && j-i == 1 && i == 0 && j < c.n {
		r, _ := utf8.DecodeRune(c.v.Bytes[c.at[j]:])
		scale = r == '여' // 백여 명
	} else if j-i < 2 {
		return
	}
	if !scale {
		return
	}
	for _, s := range [...]state{atStart, atGlued, inNumber} {
		c.reach(i, j, s, inNumber, costWord)
	}
}

// SinoDigit returns the value of a syllable of the Chinese numbers from 0 to 9.
func SinoDigit(r rune) (int64, bool) {
	switch r {
	case '영', '공':
		return 0, true
	case '일':
		return 1, true
	case '이':
		return 2, true
	case '삼':
		return 3, true
	case '사':
		return 4, true
	case '오':
		return 5, true
	case '육', '륙':
		return 6, true
	case '칠':
		return 7, true
	case '팔':
		return 8, true
	case '구':
		return 9, true
	}
	return 0, false
}

// SinoScale returns the value of a syllable for a power of ten, in either script.
func SinoScale(r rune) (int64, bool) {
	switch r {
	case '십', '十':
		return 10, true
	case '백', '百':
		return 100, true
	case '천', '千':
		return 1000, true
	case '만', '万', '萬':
		return 10_000, true
	case '억', '亿', '億':
		return 100_000_000, true
	case '조', '兆':
		return 1_000_000_000_000, true
	}
	return 0, false
}

// maxUnknown is the longest unknown piece that something known may follow.
const maxUnknown = 12

// unknowns tries pieces that the lexicon does not hold.
func (c *cutter) unknowns(i int) {
	for j := i + 1; j <= c.n; j++ {
		if j-i > maxUnknown && j < c.n {
			continue
		}
		cost := int32(costUnknown + costUnknownBy*(j-i))
		if j-i == 1 {
			cost += costUnknown1
		}
		for _, s := range [...]state{atStart, atGlued, inNumber} {
			c.reach(i, j, s, inUnknown, cost)
		}
		c.reach(i, j, inNoun, inUnknown, cost+costAbrupt)
	}
}

// emit appends the cheapest cut of the run; what cannot be cut stays whole.
func (c *cutter) emit(out []segment.Token) []segment.Token {
	best := states
	for s := range states {
		if final&(1<<s) != 0 && c.cells[c.n][s].cost < noCost && (best == states || c.cells[c.n][s].cost < c.cells[c.n][best].cost) {
			best = s
		}
	}
	if best == states {
		return append(out, c.token(c.at[0], c.at[c.n], inUnknown))
	}
	from := len(out)
	for j := c.n; j > 0; {
		k := c.cells[j][best]
		out = append(out, c.token(c.at[k.from], c.at[j], best))
		j, best = int(k.from), k.was
	}
	for a, b := from, len(out)-1; a < b; a, b = a+1, b-1 {
		out[a], out[b] = out[b], out[a]
	}
	return out
}

// token returns a piece as a word. Stems count as capital, particles and endings do not:
// so a row's case keeps a particle from being read as the word that is spelled like it.
func (c *cutter) token(from, to int, s state) segment.Token {
	t := segment.Piece(c.v, from, to, segment.Word)
	t.Capital = s != inParticle && s != inEnding && s != inNounEnding
	return t
}
