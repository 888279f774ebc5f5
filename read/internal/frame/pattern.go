package frame

import (
	"fmt"
	"strconv"
	"strings"

	"corvee/read/internal/lexicon"
)

// Role is what an element of a pattern fills.
type Role uint8

// The roles.
const (
	NoRole Role = iota
	Value
	Whole // the amount that Value is a part of
	Subject
	AtPlace
	InSector
	AtSite
	By // the employer or sender
	Named
	At // when
	Per
	maxRoles
)

var roleNames = map[string]Role{
	"value": Value, "whole": Whole, "subject": Subject, "place": AtPlace, "sector": InSector,
	"site": AtSite, "employer": By, "label": Named, "when": At, "period": Per,
}

// Type is the type of a chunk that a pattern can ask for.
type Type uint8

// The types of chunk.
const (
	NoType Type = iota
	Money
	Persons // a group that is counted
	Share   // a percentage or a fraction
	Hours
	Days
	Weight
	Count // any other counted amount
	Group // workers, counted or not
	People
	Actor
	PlaceType
	SectorType
	SiteType
	EmployerType
	LawType
	LabelType
	DirectiveType
	TimeType
	Speaker
	AbroadType
	Years
	maxTypes
)

var typeNames = map[string]Type{
	"money": Money, "persons": Persons, "share": Share, "hours": Hours, "days": Days, "weight": Weight, "count": Count,
	"group": Group, "people": People, "actor": Actor, "place": PlaceType, "sector": SectorType, "site": SiteType,
	"employer": EmployerType, "law": LawType, "label": LabelType, "directive": DirectiveType, "time": TimeType,
	"speaker": Speaker, "abroad": AbroadType, "years": Years,
}

type op uint8

const (
	opWord  op = iota
	opWords    // one of several words
	opClass
	opChunk
	opGap      // up to n tokens within the clause
	opSentence // any tokens of the sentence
	opRest     // all that is left of the clause
	opSplit    // try x, then y
	opJump
	opOpen  // the quote begins
	opClose // the quote ends
	opMatch
)

type inst struct {
	op    op
	word  int32
	class lexicon.Class
	form  lexicon.Form
	typ   Type
	id    string
	role  Role
	n     int // gap, or first target of split and jump
	m     int // second target of split
	want  ask // of opWords what it is; else what the next token must be, behind a gap or at n
	other ask // what the token must be at m
	sure  bool
	also  bool // other is sure
}

// program is one compiled match line. Needs is what a sentence must hold for it to match:
// of each set something. Starts is what its first token must be; an empty set is anything.
type program struct {
	code   []inst
	needs  []ask
	starts ask // nil is anything
}

// node is a parsed pattern: an atom, or a sequence, choice or option of nodes.
type node struct {
	atom   inst
	kind   byte // 'a' atom, 's' sequence, 'c' choice, 'o' option
	inside []node
}

func compile(lex *lexicon.Lexicon, words *vocabulary, pattern string) (program, error) {
	c := compiler{lex: lex, words: words, tokens: tokens(pattern)}
	n, err := c.choice()
	if err != nil {
		return program{}, err
	}
	if c.at < len(c.tokens) {
		return program{}, fmt.Errorf("%q is left over", c.tokens[c.at])
	}
	var p program
	for _, need := range n.needs(nil) {
		p.needs = append(p.needs, need.ask())
	}
	p.generate(n)
	p.code = append(p.code, inst{op: opMatch})
	p.lookAhead()
	return p, nil
}

// lookAhead tells each gap and each choice what the token behind it must be.
func (p *program) lookAhead() {
	if s, sure := p.begins(0); sure {
		p.starts = s.ask()
	}
	for pc := range p.code {
		in := &p.code[pc]
		switch in.op {
		case opGap, opSentence:
			s, sure := p.begins(pc + 1)
			in.want, in.sure = s.ask(), sure
		case opSplit:
			s, sure := p.begins(in.n)
			in.want, in.sure = s.ask(), sure
			s, sure = p.begins(in.m)
			in.other, in.also = s.ask(), sure
		}
	}
}

// begins returns what the token must be at which the program goes on from pc; sure is
// false where it may take any token or none.
func (p *program) begins(pc int) (s set, sure bool) {
	for {
		in := &p.code[pc]
		switch in.op {
		case opOpen, opClose:
			pc++
		case opJump:
			pc = in.n
		case opSplit:
			one, first := p.begins(in.n)
			two, second := p.begins(in.m)
			one.join(two)
			return one, first && second
		default:
			return in.feature()
		}
	}
}

// feature returns what an atom asks of its first token; ok is false for gaps and marks of
// the quote.
func (in inst) feature() (s set, ok bool) {
	switch in.op {
	case opWord:
		s.word(in.word)
	case opWords:
		for _, p := range in.want {
			for bit := range uint(64) {
				if p.mask>>bit&1 != 0 {
					s.add(p.part, bit)
				}
			}
		}
	case opClass:
		s.class(in.class)
	case opChunk:
		s.typ(in.typ)
	default:
		return s, false
	}
	return s, true
}

// needs appends what the node cannot match without, as sets of which one member is enough.
// Of a choice each way must need something; of an option nothing is sure.
func (n node) needs(out []set) []set {
	switch n.kind {
	case 's':
		for _, in := range n.inside {
			out = in.needs(out)
		}
	case 'a':
		if s, ok := n.atom.feature(); ok {
			out = append(out, s)
		}
	case 'c':
		var any set
		for _, in := range n.inside {
			needs := in.needs(nil)
			if len(needs) == 0 {
				return out
			}
			any.join(needs[0])
		}
		out = append(out, any)
	}
	return out
}

func (p *program) generate(n node) {
	switch n.kind {
	case 'a':
		p.code = append(p.code, n.atom)
	case 's':
		for _, in := range n.inside {
			p.generate(in)
		}
	case 'o':
		split := p.emit(inst{op: opSplit})
		p.code[split].n = len(p.code)
		p.generate(n.inside[0])
		p.code[split].m = len(p.code)
	case 'c':
		p.generateChoice(n.inside)
	}
}

func (p *program) generateChoice(inside []node) {
	inside = joinWords(inside)
	var jumps []int
	for i, in := range inside {
		if i == len(inside)-1 {
			p.generate(in)
			break
		}
		split := p.emit(inst{op: opSplit})
		p.code[split].n = len(p.code)
		p.generate(in)
		jumps = append(jumps, p.emit(inst{op: opJump}))
		p.code[split].m = len(p.code)
	}
	for _, j := range jumps {
		p.code[j].n = len(p.code)
	}
}

// joinWords makes one element of neighbouring words of a choice that fill no role.
func joinWords(in []node) []node {
	var out []node
	for i := 0; i < len(in); {
		var words set
		j := i
		for j < len(in) && in[j].plainWord() {
			words.word(in[j].word())
			j++
		}
		if j-i < 2 {
			out = append(out, in[i])
			i++
			continue
		}
		out = append(out, node{kind: 'a', atom: inst{op: opWords, want: words.ask()}})
		i = j
	}
	return out
}

// plainWord reports whether the node is a word and nothing else.
func (n node) plainWord() bool {
	if n.kind == 's' && len(n.inside) == 1 {
		return n.inside[0].plainWord()
	}
	return n.kind == 'a' && n.atom.op == opWord && n.atom.role == NoRole
}

func (n node) word() int32 {
	if n.kind == 's' {
		return n.inside[0].word()
	}
	return n.atom.word
}

func (p *program) emit(i inst) int {
	p.code = append(p.code, i)
	return len(p.code) - 1
}

// compiler parses the text of one pattern.
type compiler struct {
	lex    *lexicon.Lexicon
	words  *vocabulary
	tokens []string
	at     int
}

// tokens splits a pattern at spaces and sets brackets, bars and question marks apart.
func tokens(pattern string) []string {
	var out []string
	for _, f := range strings.Fields(pattern) {
		for f != "" && strings.ContainsAny(f[:1], "({|") && len(f) > 1 {
			out = append(out, f[:1])
			f = f[1:]
		}
		var tail []string
		for len(f) > 1 && strings.ContainsAny(f[len(f)-1:], ")}|?") {
			tail = append([]string{f[len(f)-1:]}, tail...)
			f = f[:len(f)-1]
		}
		out = append(append(out, f), tail...)
	}
	return out
}

func (c *compiler) peek() string {
	if c.at < len(c.tokens) {
		return c.tokens[c.at]
	}
	return ""
}

// choice reads sequences parted by bars.
func (c *compiler) choice() (node, error) {
	first, err := c.sequence()
	if err != nil || c.peek() != "|" {
		return first, err
	}
	n := node{kind: 'c', inside: []node{first}}
	for c.peek() == "|" {
		c.at++
		next, err := c.sequence()
		if err != nil {
			return n, err
		}
		n.inside = append(n.inside, next)
	}
	return n, nil
}

func (c *compiler) sequence() (node, error) {
	n := node{kind: 's'}
	for c.at < len(c.tokens) {
		if t := c.peek(); t == "|" || t == ")" {
			break
		}
		e, err := c.element()
		if err != nil {
			return n, err
		}
		n.inside = append(n.inside, e)
	}
	if len(n.inside) == 0 {
		return n, fmt.Errorf("an empty pattern")
	}
	return n, nil
}

// element reads one atom and the question mark that makes it optional.
func (c *compiler) element() (node, error) {
	n, err := c.atom()
	if err != nil || c.peek() != "?" {
		return n, err
	}
	c.at++
	return node{kind: 'o', inside: []node{n}}, nil
}

func (c *compiler) atom() (node, error) {
	t := c.peek()
	c.at++
	if t == "(" {
		n, err := c.choice()
		if err == nil && c.peek() != ")" {
			err = fmt.Errorf("a bracket is not closed")
		}
		c.at++
		return n, err
	}
	in, err := c.simple(t)
	return node{kind: 'a', atom: in}, err
}

func (c *compiler) simple(t string) (inst, error) {
	switch {
	case t == "{":
		return inst{op: opOpen}, nil
	case t == "}":
		return inst{op: opClose}, nil
	case t == "..":
		return inst{op: opGap, n: maxGap}, nil
	case t == "$":
		return inst{op: opRest}, nil
	case t == "...":
		return inst{op: opSentence}, nil
	case t[0] == '~':
		n, err := strconv.Atoi(t[1:])
		if err != nil || n < 1 || n > maxGap {
			return inst{}, fmt.Errorf("gap %q is not ~1 to ~%d", t, maxGap)
		}
		return inst{op: opGap, n: n}, nil
	case t[0] == '@' && len(t) > 1:
		return c.classAtom(t[1:])
	case t[0] == '<':
		return c.chunkAtom(t)
	}
	return inst{op: opWord, word: c.words.number(t)}, nil
}

// maxGap is the most tokens that a gap skips.
const maxGap = 25

func (c *compiler) classAtom(t string) (inst, error) {
	name, role, err := withRole(t)
	if err != nil {
		return inst{}, err
	}
	name, id, _ := strings.Cut(name, ":")
	name, form, _ := strings.Cut(name, ".")
	class, ok := c.lex.Class(name)
	if !ok {
		return inst{}, fmt.Errorf("no row of the lexicon has the class @%s", name)
	}
	forms, ok := map[string]lexicon.Form{
		"": 0, "base": lexicon.Base, "ing": lexicon.Ing, "third": lexicon.Third, "verb": lexicon.Third | lexicon.Past | lexicon.Participle | lexicon.Ing, "part": lexicon.Participle, "past": lexicon.Past,
		"fin": lexicon.Base | lexicon.Third | lexicon.Past, "sing": lexicon.Singular, "plural": lexicon.Plural,
	}[form]
	if !ok {
		return inst{}, fmt.Errorf("form %q of @%s (base third ing part past fin verb sing plural)", form, name)
	}
	return inst{op: opClass, class: class, form: forms, id: id, role: role}, nil
}

func (c *compiler) chunkAtom(t string) (inst, error) {
	name, role, err := withRole(t)
	if err != nil {
		return inst{}, err
	}
	if !strings.HasSuffix(name, ">") {
		return inst{}, fmt.Errorf("%q is not closed", t)
	}
	name, id, _ := strings.Cut(name[1:len(name)-1], ":")
	typ, ok := typeNames[name]
	if !ok {
		return inst{}, fmt.Errorf("no entity is called <%s>", name)
	}
	return inst{op: opChunk, typ: typ, id: id, role: role}, nil
}

func withRole(t string) (string, Role, error) {
	name, role, ok := strings.Cut(t, "=")
	if !ok {
		return name, NoRole, nil
	}
	r, ok := roleNames[role]
	if !ok {
		return name, NoRole, fmt.Errorf("no role is called %q", role)
	}
	return name, r, nil
}
