package scene

import (
	"slices"

	"corvee"
)

// Nation is whose workers a group is, and how it is known.
type Nation struct {
	Code   string
	Sender bool // of a state whose labour abroad is in scope
	Rung   corvee.Rung
}

// Topic is what the report has been about so far: it answers what "the workers" and "at
// the factory" mean.
type Topic struct {
	Last      Nation         // of the last group that was named with its nation
	Words     string         // of the last named group
	Places    []corvee.Place // of the paragraph
	Recent    []corvee.Place // of the last paragraph that named one
	Held      []corvee.Place // that a paragraph opened with: what follows is there until another does
	Sector    corvee.Sector  // the last that was named
	Since     int            // sentences since workers were spoken of
	Purse     Purse
	opened    []corvee.Place // of this paragraph's first sentence
	subject   string         // who "they" are: "group", "actor" or unknown
	prior     string         // the same of the sentence before
	age       int            // how many paragraphs ago Recent was named
	countries []tally
	senders   []tally
	trades    []tally         // of the whole report
	here      []corvee.Sector // of the paragraph
	one       string          // who "he" is: "worker", "other" or unknown
}

type tally struct {
	code string
	n    int
}

func count(in []tally, code string) []tally {
	for i := range in {
		if in[i].code == code {
			in[i].n++
			return in
		}
	}
	return append(in, tally{code, 1})
}

// paragraph begins a paragraph: its places are its own.
func (t *Topic) paragraph() {
	if len(t.Places) > 0 {
		t.Recent, t.age = t.Places, 0
	}
	t.hold()
	t.Places, t.here = nil, t.here[:0]
	t.age++
	t.Purse.Age++
}

// hold keeps the place that the paragraph opened with; one that it only comes to is an
// aside. The country of the place that is held is no other place.
func (t *Topic) hold() {
	opened := t.opened
	if len(t.Held) == 0 && len(opened) == 0 {
		opened = t.Places
	}
	t.opened = nil
	if len(opened) == 0 || len(opened) == 1 && opened[0].Precision == corvee.AtCountry && slices.ContainsFunc(t.Held, func(p corvee.Place) bool { return p.Country == opened[0].Country }) {
		return
	}
	t.Held = opened
}

// maxAge is how many paragraphs back "the factory" may refer. Two: a quotation and a
// sentence of background often stand between.
const maxAge = 2

// Carried returns the place that a definite reference means.
func (t *Topic) Carried() []corvee.Place {
	if t.age > maxAge || len(t.Recent) != 1 {
		return nil
	}
	return t.Recent
}

// Country returns the country that most of the report is about, "" when none stands out:
// it must be named more than twice as often as the next.
func (t *Topic) Country() string { return standout(t.countries) }

// Trade returns the trade that most of the report is about, in the same way.
func (t *Topic) Trade() corvee.Sector { return corvee.Sector(standout(t.trades)) }

// Here returns the only trade that the paragraph has named so far, "" without or of several.
func (t *Topic) Here() corvee.Sector {
	if len(t.here) != 1 {
		return ""
	}
	return t.here[0]
}

// trade adds a trade that a sentence names.
func (t *Topic) trade(s corvee.Sector) {
	t.Sector = s
	t.trades = count(t.trades, string(s))
	if !slices.Contains(t.here, s) {
		t.here = append(t.here, s)
	}
}

func standout(of []tally) string {
	best, next := tally{}, 0
	for _, c := range of {
		if c.n > best.n {
			best, next = c, best.n
		} else {
			next = max(next, c.n)
		}
	}
	if best.n > 2*next {
		return best.code
	}
	return ""
}

// Sending reports whether the report has spoken of the workers of a sending state.
func (t *Topic) Sending() bool { return len(t.senders) > 0 }

// Settle keeps the places of a claim for the rest of its paragraph.
func (t *Topic) Settle(places []corvee.Place) {
	if len(places) > 0 {
		t.Places = slices.Clone(places)
	}
}

// Main returns the nation whose workers the report has named most: who was named last may
// only stand beside them ("a Chinese technician").
func (t *Topic) Main() Nation {
	best := tally{}
	for _, c := range t.senders {
		if c.n > best.n {
			best = c
		}
	}
	return Nation{best.code, best.n > 0, corvee.RungReport}
}

// Purse is the money that was named last, for amounts that leave it out: "they earn 5,100
// zloty and keep 400".
type Purse struct {
	Currency string
	Span     corvee.Span
	Age      int // paragraphs since
}

// remember keeps the sentence's last money.
func (sc *Scene) remember() {
	for i := len(sc.Quantities) - 1; i >= 0; i-- {
		if q := sc.Quantities[i]; q.Value.Unit == corvee.UnitMoney && q.Value.Currency != "" {
			sc.Topic.Purse = Purse{q.Value.Currency, sc.Span(q.First, q.Last), 0}
			return
		}
	}
}
