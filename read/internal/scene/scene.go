// Package scene holds what one sentence of a report says before any rule asks: its times,
// amounts and mentions, whose workers each group is, and what the report has been about so
// far. A report goes in block by block, a scene for each sentence comes out.
//
// Its one idea: rules and slots look at one and the same scene, so that "the workers", "there"
// and "at the factory" mean the same to all of them.
package scene

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"corvee"
	"corvee/read/internal/about"
	"corvee/read/internal/attribution"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/grammar"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/segment"
	"corvee/read/internal/when"
)

// Language is what a language brings to a scene; it is shared by all reports.
type Language struct {
	Grammar grammar.Grammar
	Lex     *lexicon.Lexicon
	Set     *frame.Set
	Classes Classes
}

// Classes are the classes of rows that scenes and slots ask for by name.
type Classes struct {
	Work, Move, Wage, Goods, Deploy, Trade, Held, Mobilised, Now, Hint lexicon.Class
}

// noClass is no row's: a language that has no words of a class asks for it in vain.
const noClass = lexicon.Class(255)

// ClassesOf finds the classes of a lexicon by their names.
func ClassesOf(lex *lexicon.Lexicon) (Classes, error) {
	c := Classes{Goods: noClass, Deploy: noClass, Trade: noClass, Held: noClass, Mobilised: noClass, Now: noClass, Hint: noClass}
	for name, to := range map[string]*lexicon.Class{"work": &c.Work, "dispatch": &c.Move, "wage": &c.Wage, "goods": &c.Goods, "deploy": &c.Deploy, "trade": &c.Trade, "held": &c.Held, "mobilised": &c.Mobilised, "now": &c.Now, "hint": &c.Hint} {
		class, ok := lex.Class(name)
		if !ok && *to != noClass {
			return c, fmt.Errorf("read: no row of the lexicon has the class %s", name)
		}
		if ok {
			*to = class
		}
	}
	return c, nil
}

// Scene is the sentence that is read, in its report. Its arrays serve one sentence after
// another.
type Scene struct {
	Language
	Report  corvee.Report
	P       lexicon.Passage // the block
	Kind    corvee.BlockKind
	S       segment.Sentence
	N       int // of the sentence in its block
	Tracker *attribution.Tracker
	Topic   Topic

	Times      []when.Time
	Timed      []bool // per token of the block: part of a time
	Quantities []quantity.Quantity
	Mentions   []entity.Mention
	Nations    []Nation // of the mentions that are groups
	Frames     frame.Sentence

	finder entity.Finder
	row    bool // the block is a row of a table or list
}

// Open begins a report: it looks through its beginning for whose workers it is about, so
// that "the waitress" of a first sentence is known.
func (sc *Scene) Open(text string, blocks []corvee.Block) {
	sc.Tracker = attribution.NewTracker(sc.Report.Publisher, sc.Grammar.Speakers())
	sc.Topic.Since = MaxSince
	c := sc.Classes
	primer := about.Primer{Deploy: c.Deploy, Move: c.Move, Held: c.Held, Work: c.Work, Wage: c.Wage, Mobilised: c.Mobilised, Hint: c.Hint, Stays: sc.Grammar.Stays()}
	read := 0
	for _, b := range blocks {
		if read > primed {
			break
		}
		end := min(b.End, b.Start+primed)
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end--
		}
		sc.prime(&primer, text[b.Start:end])
		read += b.Len()
	}
	sc.prime(&primer, sc.Report.Title)
	sc.finder.AtHome = primer.AtHome()
	if code, ok := primer.State(); ok {
		sc.Topic.Last = Nation{code, true, corvee.RungReport}
		sc.Topic.senders = count(sc.Topic.senders, code)
	}
}

// AtHome reports whether the report tells of work that a state exacts within its country.
func (sc *Scene) AtHome() bool { return sc.finder.AtHome }

// Abroad returns the country where the work of a nation's people is not looked for: their
// own, unless their state moves or mobilises them within it.
func (sc *Scene) Abroad(nation string) string {
	if nation == "CN" || sc.AtHome() {
		return ""
	}
	return nation
}

// primed is how much of a text is looked through for what it is about before it is read;
// titles and first paragraphs name the workers' country.
const primed = 6000

// MaxSince is how many sentences after the workers were last named their money may be
// told without naming them again.
const MaxSince = 4

func (sc *Scene) prime(primer *about.Primer, words string) {
	sc.P.Load(sc.Lex, words, 0)
	for _, s := range sc.P.Sentences {
		primer.Sentence(&sc.P, s.First, s.Last)
	}
}

// Block begins a paragraph of the text.
func (sc *Scene) Block(text string, b corvee.Block) {
	sc.Kind = b.Kind
	sc.P.Load(sc.Lex, text[b.Start:b.End], b.Start)
	sc.Timed = slices.Grow(sc.Timed[:0], len(sc.P.Tokens))[:len(sc.P.Tokens)]
	clear(sc.Timed)
	for _, s := range sc.P.Sentences {
		sc.P.Clauses(s.First, s.Last)
	}
	sc.Tracker.Block(&sc.P)
	sc.row = segment.Row(text[b.Start:b.End])
	if !sc.row { // a row goes on with what stands over it
		sc.Topic.paragraph()
	}
}

// Sentence finds times, amounts and mentions of sentence n of the block, decides who they
// are, and lays them out for the rules.
func (sc *Scene) Sentence(n int) {
	sc.S, sc.N = sc.P.Sentences[n], n
	sc.Tracker.Sentence(n)
	first, last := sc.S.First, sc.S.Last
	sc.Times = sc.Grammar.Times(&sc.P, first, last, sc.Report.Published, sc.future, sc.Times[:0])
	for _, t := range sc.Times {
		for i := t.First; i < t.Last; i++ {
			sc.Timed[i] = true
		}
	}
	sc.Quantities = sc.Grammar.Quantities(&sc.P, first, last, func(i int) bool { return sc.Timed[i] }, sc.Quantities[:0])
	sc.Mentions = sc.Grammar.Mentions(&sc.finder, &sc.P, first, last, sc.Quantities, sc.Mentions[:0])
	sc.coin()
	sc.resolve()
	sc.Frames.P, sc.Frames.First, sc.Frames.Last, sc.Frames.Strict = &sc.P, first, last, sc.Grammar.Carries()
	sc.Frames.Chunks = sc.chunks(sc.Frames.Chunks[:0])
	sc.Frames.Prepare(sc.Set)
}

// Close keeps what the next sentences may refer to.
func (sc *Scene) Close() {
	sc.remember()
	sc.counting()
	sc.located()
	sc.happened()
}

// future reports whether a plan stands before token i in its clause, or behind it in a language
// that puts the time before the verb.
func (sc *Scene) future(i int) bool {
	for j := i - 1; j >= sc.S.First && sc.P.Tokens[j].Clause == sc.P.Tokens[i].Clause; j-- {
		if sc.P.Is(j, lexicon.Plan) {
			return true
		}
	}
	if !sc.Grammar.Carries() {
		return false
	}
	for j := i + 1; j < sc.S.Last && sc.P.Tokens[j].Clause == sc.P.Tokens[i].Clause; j++ { // 12月22日前计划…
		if s, _, ok := sc.P.At(j, lexicon.Plan); ok && sc.P.Item(s).Attr("marker") == "" {
			return true
		}
	}
	return false
}

// Span returns the bytes of tokens first to last, half-open.
func (sc *Scene) Span(first, last int) corvee.Span {
	return sc.P.View.Span(int(sc.P.Tokens[first].From), int(sc.P.Tokens[last-1].To))
}

// ClauseOf reports whether token i and the match stand in one clause.
func (sc *Scene) ClauseOf(m *frame.Match, i int) bool {
	c := sc.P.Tokens[i].Clause
	return c >= sc.P.Tokens[m.From].Clause && c <= sc.P.Tokens[m.To-1].Clause
}
