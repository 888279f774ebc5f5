// Package about guesses from the opening of a report whose workers it is about: sentences
// in, a sending state out.
//
// Its one idea: a state counts only when the report speaks of its workers, in one sentence
// that names both or, in a tale told bit by bit, by naming the state, its workers more than
// once and how they are held or sent. A report on trade that only names the state is about
// nobody.
package about

import "corvee/read/internal/lexicon"

// Primer gathers what sentences say. The zero value with its classes set is ready.
type Primer struct {
	Deploy    lexicon.Class // sent abroad, levied, mobilised
	Move      lexicon.Class // verbs of sending
	Held      lexicon.Class // how workers are held
	Work      lexicon.Class
	Wage      lexicon.Class
	Mobilised lexicon.Class // work that a state exacts at home
	Hint      lexicon.Class // words that workers of one state use of their work, and few others
	// Stays says that a report in this language names its subject once and goes on without
	// it: work and wages tell of workers, towns and levies of their state, and all may be
	// told over several sentences.
	Stays bool

	counts              []tally
	sure                bool
	labour, state, sent int
	mobilised           int // words of work at home
	told                int // how much the tale itself tells of workers held or sent
	hints               []hint
}

// hint is a row of hints that the text holds, each once however often it stands there.
type hint struct {
	row, code string
	weight    int
}

type tally struct {
	code   string
	sender bool
	home   bool // a sender only if the report tells of work at home
	n      int
}

// maxFar is how many words after "has sent" the workers may stand.
const maxFar = 7

// Sentence adds tokens first to last.
func (a *Primer) Sentence(p *lexicon.Passage, first, last int) {
	state, labour, sent, people, region, verb := false, false, false, false, false, -maxFar
	for i := first; i < last; i++ {
		if p.Is(i, a.Move) {
			verb = i
		}
		if p.Is(i, a.Wage) || p.Is(i, a.Work) {
			labour = labour || a.Stays
			a.labour++
			a.told++
		}
		if p.Is(i, a.Mobilised) {
			labour, sent = true, true
			a.mobilised++
			a.labour++
			a.sent++
			a.told += 2
		}
		if p.Is(i, lexicon.Worker) {
			labour = true
			sent = sent || i-verb < maxFar
			a.labour++
			a.told += 2
		}
		if p.Is(i, a.Deploy) || p.Is(i, lexicon.LevyName) {
			a.sent++
			a.told += 2
		} else if p.Is(i, a.Held) {
			a.sent++
			a.told++
		}
		sent = sent || p.Is(i, a.Deploy) || p.Is(i, lexicon.LevyName)
		a.hinted(p, i)
		d, s, r := a.nation(p, i)
		people, state, region = people || d, state || s, region || r
	}
	if state {
		a.state++
	}
	a.sure = a.sure || labour && (people || state && sent) || region && sent
}

// nation counts the nation that is named at token i: people of a sending state, such a
// state or one of its regions.
func (a *Primer) nation(p *lexicon.Passage, i int) (people, state, region bool) {
	if s, _, ok := p.At(i, lexicon.Demonym); ok {
		sender := a.count(p.Item(s), 1)
		return sender, sender, false
	}
	for _, c := range [...]lexicon.Class{lexicon.Country, lexicon.Region} {
		s, _, ok := p.At(i, c)
		if !ok || p.Item(s).Attr("sender") == "" {
			continue
		}
		if c == lexicon.Region { // it stands for its people: twice
			a.count(p.Item(s), 2)
			return false, false, true
		}
		a.count(p.Item(s), 1)
		return false, true, false
	}
	if theirs(p, i) {
		a.add(tally{"KP", true, false, 1})
		return false, true, false
	}
	return false, false, false
}

// hinted keeps the hint that begins at token i.
func (a *Primer) hinted(p *lexicon.Passage, i int) {
	s, _, ok := p.At(i, a.Hint)
	if !ok {
		return
	}
	row := p.Item(s)
	for _, h := range a.hints {
		if h.row == row.ID {
			return
		}
	}
	weight := 1
	if row.Attr("weight") == "2" {
		weight = 2
	}
	a.hints = append(a.hints, hint{row.ID, row.Attr("state"), weight})
}

// leastHinted is how much hints must weigh, and leastLabour how often work or pay must be
// told, where the text names no state: an interview with somebody who came back.
const (
	leastHinted = 4
	leastLabour = 2
)

// hint returns the state that hints alone tell of; two that differ tell nothing.
func (a *Primer) hint() (string, bool) {
	code, weight := "", 0
	for _, h := range a.hints {
		if code != "" && h.code != code {
			return "", false
		}
		code, weight = h.code, weight+h.weight
	}
	return code, weight >= leastHinted && a.labour >= leastLabour
}

// theirs reports whether token i begins a word that only workers of North Korea and their
// country have: a town of it, a body, a levy by name.
func theirs(p *lexicon.Passage, i int) bool {
	if s, _, ok := p.At(i, lexicon.Place); ok && p.Item(s).Attr("country") == "KP" {
		return true
	}
	for _, c := range [...]lexicon.Class{lexicon.LevyName, lexicon.Institution, lexicon.Actor} {
		if s, _, ok := p.At(i, c); ok && p.Item(s).Attr("nation") == "KP" {
			return true
		}
	}
	return false
}

func (a *Primer) count(row *lexicon.Item, n int) (sender bool) {
	code := row.ID
	if of := row.Attr("nation"); of != "" {
		code = of
	}
	home := row.Attr("sender") == "home"
	a.add(tally{code, row.Attr("sender") != "" && !home, home, n})
	return row.Attr("sender") != "" && (!home || a.AtHome())
}

// minMobilised is how many words must tell of work at home. Two: one may only name a crop.
const minMobilised = 2

// AtHome reports whether the sentences so far tell of work that a state exacts at home.
func (a *Primer) AtHome() bool { return a.mobilised >= minMobilised }

func (a *Primer) add(t tally) {
	for i := range a.counts {
		if c := &a.counts[i]; c.code == t.code && c.sender == t.sender && c.home == t.home {
			c.n += t.n
			return
		}
	}
	a.counts = append(a.counts, t)
}

// maxOthers is how many times as often another nation may be named: the country of work and
// its people are named in every report.
const maxOthers = 3

// leastTold is how much must tell of workers where no sentence names them and their state:
// a worker or a word of sending counts two, wages, work and how people are held one each.
const leastTold = 8

// named reports whether a state that sends workers is named at all.
func (a *Primer) named() bool {
	for _, c := range a.counts {
		if c.sender || c.home && a.AtHome() {
			return true
		}
	}
	return false
}

// State returns the sending state whose workers the sentences are about, if no other nation
// is named far more.
func (a *Primer) State() (string, bool) {
	best, most := tally{}, 0
	if code, ok := a.hint(); ok && !a.named() {
		return code, true
	}
	for _, c := range a.counts {
		if (c.sender || c.home && a.AtHome()) && c.n > best.n {
			best = c
		}
		if !a.Stays {
			most = max(most, c.n)
		}
	}
	least := 1
	if !a.Stays {
		least = leastTold
	}
	told := a.state > 0 && a.labour > 0 && a.sent >= min(2, least) && a.told >= least
	return best.code, best.n > 0 && most <= maxOthers*best.n && (a.sure || told)
}
