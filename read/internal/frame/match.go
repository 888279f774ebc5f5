package frame

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"corvee/read/internal/lexicon"
)

// Chunk is an entity, amount or time as patterns see it: tokens First to Last, half-open.
type Chunk struct {
	Type        Type
	First, Last int
	ID          string
	Ref         int // index in the caller's list of that type
	next        int32
}

// Sentence is what rules are matched against: a run of tokens with its chunks.
type Sentence struct {
	P           *lexicon.Passage
	First, Last int
	Chunks      []Chunk
	Strict      bool     // no gap leaves its clause, not even by one word
	heads       []int32  // per token from First: first chunk there, -1 without
	tokens      []token  // per token from First: its features
	all         []uint64 // the features of the sentence
	where       []uint64 // per feature: the tokens from First that have it; see bits
	may         []uint64 // the programs that the sentence holds the rarest need of
}

// Binding is what filled a role: a chunk, or a lexeme when Chunk is negative.
type Binding struct {
	First, Last int32
	Chunk       int32 // index in Sentence.Chunks
}

// Match is one place where a rule holds. First to Last are the tokens of its quote.
type Match struct {
	Rule        int // index in the set
	First, Last int
	From, To    int // all that was matched
	Bound       [maxRoles]Binding
	said        uint64 // tokens from From that an element named, not a gap
}

// Has reports whether a role was filled.
func (m *Match) Has(r Role) bool { return m.Bound[r].Last > 0 }

// Filled returns how many roles were filled, the subject aside.
func (m *Match) Filled() int {
	n := 0
	for r := range m.Bound {
		if m.Bound[r].Last > 0 && Role(r) != Subject {
			n++
		}
	}
	return n
}

// Said reports whether the pattern itself names token i; a gap does not name what it
// skips.
func (m *Match) Said(i int) bool {
	return i >= m.From && i-m.From < 64 && m.said&(1<<(i-m.From)) != 0
}

// Set is the compiled rules of a language.
type Set struct {
	Rules    []Rule
	programs []compiled
	lex      *lexicon.Lexicon
	words    vocabulary
	index    index
}

type compiled struct {
	rule   int
	prog   program
	needs  []ask // what the sentence must hold: for the program, and for guards
	guards []guard
}

type guard struct {
	without bool
	scope   string
	any     []inst
}

// Compile compiles rules; it returns every fault, each naming its rule.
func Compile(lex *lexicon.Lexicon, rules []Rule) (*Set, []error) {
	s := &Set{Rules: rules, lex: lex}
	var faults []error
	seen := map[string]bool{}
	for i, r := range rules {
		if seen[r.ID] {
			faults = append(faults, fmt.Errorf("rule %s is given twice", r.ID))
		}
		seen[r.ID] = true
		guards, err := compileGuards(lex, &s.words, r.Guards)
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: rule %s: %w", r.Line, r.ID, err))
			continue
		}
		for _, pattern := range r.Match {
			prog, err := compile(lex, &s.words, pattern)
			if err != nil {
				faults = append(faults, fmt.Errorf("line %d: rule %s: match %q: %w", r.Line, r.ID, pattern, err))
				continue
			}
			s.programs = append(s.programs, compiled{i, prog, append(slices.Clone(prog.needs), wanted(guards)...), guards})
		}
	}
	s.words.seal()
	s.index = indexed(s.programs, s.words.parts())
	return s, faults
}

// wanted returns what guards want somewhere in the sentence.
func wanted(guards []guard) []ask {
	var out []ask
	for _, g := range guards {
		if g.without {
			continue
		}
		var any set
		for _, el := range g.any {
			if one, ok := el.feature(); ok {
				any.join(one)
			}
		}
		out = append(out, any.ask())
	}
	return out
}

func compileGuards(lex *lexicon.Lexicon, words *vocabulary, in []Guard) ([]guard, error) {
	var out []guard
	for _, g := range in {
		c := compiler{lex: lex, words: words}
		one := guard{without: g.Without, scope: g.Scope}
		for _, way := range strings.Split(g.Element, "|") {
			t := strings.TrimSpace(way)
			if t == "" || strings.Contains(t, " ") {
				return nil, fmt.Errorf("a guard names single words, classes and entities, parted by |; not %q", t)
			}
			el, err := c.simple(t)
			if err != nil {
				return nil, err
			}
			one.any = append(one.any, el)
		}
		out = append(out, one)
	}
	return out, nil
}

// Prepare indexes the sentence; it must be called before Match, after Chunks are set.
func (s *Sentence) Prepare(rules *Set) {
	n := s.Last - s.First
	s.heads = grown(s.heads, n)
	for i := range s.heads {
		s.heads[i] = -1
	}
	s.tokens = grown(s.tokens, n)
	clear(s.tokens)
	s.forget(rules.words.parts())
	for i := len(s.Chunks) - 1; i >= 0; i-- {
		c := &s.Chunks[i]
		at := c.First - s.First
		c.next = s.heads[at]
		s.heads[at] = int32(i)
		s.tokens[at].types |= 1 << c.Type
	}
	for i := range s.tokens {
		t, to := &s.P.Tokens[s.First+i], &s.tokens[i]
		to.word = rules.words.find(s.P.View.Bytes[t.From:t.To])
		to.classes = *s.P.Starts(s.First + i)
		to.onto(s.all, s.where, 1<<min(i, lastBit))
	}
}

// lastBit is the bit of where that stands for its token and all behind it: sentences are
// rarely longer, and what is behind is looked through one by one.
const lastBit = 63

// forget empties what is known of the sentence before.
func (s *Sentence) forget(parts int) {
	if len(s.all) != parts {
		s.all, s.where = make([]uint64, parts), make([]uint64, parts*64)
		return
	}
	for part, mask := range s.all {
		for ; mask != 0; mask &= mask - 1 {
			s.where[part<<6+bits.TrailingZeros64(mask)] = 0
		}
	}
	clear(s.all)
}

// at returns the tokens that meet an ask, a bit each from First.
func (s *Sentence) at(a ask) uint64 {
	var out uint64
	for i := range a {
		for mask := a[i].mask & s.all[a[i].part]; mask != 0; mask &= mask - 1 {
			out |= s.where[a[i].part<<6+bits.TrailingZeros64(mask)]
		}
	}
	return out
}

func grown[T any](in []T, n int) []T {
	if cap(in) < n {
		return make([]T, n, 2*n)
	}
	return in[:n]
}

// Match appends the matches of all rules that may be used, in the order of the rules. caption
// says whether the block is no running prose.
func (rules *Set) Match(s *Sentence, caption bool, out []Match) []Match {
	run := machine{s: s}
	s.may = rules.index.may(s.all, s.may)
	for part, mask := range s.may {
		for ; mask != 0; mask &= mask - 1 {
			c := &rules.programs[part<<6+bits.TrailingZeros64(mask)]
			if !holds(s.all, c.needs) || rules.Rules[c.rule].In == "caption" && !caption {
				continue
			}
			out = rules.matchOne(&run, c, out)
		}
	}
	return out
}

func (rules *Set) matchOne(run *machine, c *compiled, out []Match) []Match {
	s := run.s
	starts, last := ^uint64(0), s.Last
	if c.prog.starts != nil {
		starts = s.at(c.prog.starts)
	}
	for _, need := range c.prog.needs { // behind the last token that meets it no match can begin
		if end := bits.Len64(s.at(need)); end <= lastBit {
			last = min(last, s.First+end)
		}
	}
	run.code = c.prog.code
	run.budget = maxSteps * (s.Last - s.First + 1)
	from := len(out)
	for ; starts != 0 && run.budget > 0; starts &= starts - 1 {
		i := s.First + bits.TrailingZeros64(starts)
		end := i + 1
		if i == s.First+lastBit {
			end = last
		}
		for ; i < min(end, last) && run.budget > 0; i++ {
			if c.prog.starts != nil && !s.tokens[i-s.First].meets(c.prog.starts) {
				continue
			}
			if m, ok := run.at(i); ok {
				m.Rule = c.rule
				if !s.guarded(c.guards, &m) && !repeats(out[from:], &m) {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

// repeats reports whether an earlier match of the same line filled the same roles.
func repeats(have []Match, m *Match) bool {
	for i := range have {
		same := have[i].To == m.To
		for r := range have[i].Bound {
			if have[i].Bound[r] != m.Bound[r] {
				same = false
			}
		}
		if same {
			return true
		}
	}
	return false
}

// guarded reports whether a guard forbids the match.
func (s *Sentence) guarded(guards []guard, m *Match) bool {
	for _, g := range guards {
		if s.finds(g, m) == g.without {
			return true
		}
	}
	return false
}

func (s *Sentence) finds(g guard, m *Match) bool {
	first, last := s.scope(g.scope, m)
	for i := first; i < last; i++ {
		for n := range g.any {
			if _, _, ok := s.single(&g.any[n], i); ok {
				return true
			}
		}
	}
	return false
}

func (s *Sentence) scope(scope string, m *Match) (int, int) {
	switch scope {
	case "match":
		return m.From, m.To
	case "before":
		return s.First, m.From
	case "after":
		return m.To, s.Last
	case "clause":
		first, last := m.From, m.To
		tokens := s.P.Tokens
		for first > s.First && tokens[first-1].Clause == tokens[m.From].Clause {
			first--
		}
		for last < s.Last && tokens[last].Clause == tokens[m.To-1].Clause {
			last++
		}
		return first, last
	}
	return s.First, s.Last
}

// likely reports whether a form that nouns and verbs share stands where its sense can.
func (s *Sentence) likely(f lexicon.Form, i, next int) bool {
	const noun = lexicon.Singular | lexicon.Plural
	switch {
	case next > i+1:
		return true
	case f&noun != 0:
		return f&lexicon.Past != 0 || !s.P.Verbal(i)
	case f&(lexicon.Base|lexicon.Third) != 0 && f&(lexicon.Past|lexicon.Participle) == 0:
		return s.Strict || !s.P.Nominal(i)
	}
	return true
}

// single reports whether one element holds at token i, and where it ends.
func (s *Sentence) single(in *inst, i int) (next, chunk int, ok bool) {
	switch in.op {
	case opWord:
		return i + 1, -1, s.tokens[i-s.First].word == in.word
	case opWords:
		return i + 1, -1, s.tokens[i-s.First].meets(in.want)
	case opClass:
		sense, next, ok := s.P.At(i, in.class)
		ok = ok && next <= s.Last && s.likely(sense.Form, i, next) && (in.form == 0 || sense.Form&in.form != 0) && (in.id == "" || s.P.Item(sense).ID == in.id)
		return next, -1, ok
	case opChunk:
		for c := s.heads[i-s.First]; c >= 0; c = s.Chunks[c].next {
			if s.Chunks[c].Type == in.typ && (in.id == "" || s.Chunks[c].ID == in.id) {
				return s.Chunks[c].Last, int(c), true
			}
		}
	}
	return i, -1, false
}
