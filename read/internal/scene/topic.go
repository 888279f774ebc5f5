package scene

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/lexicon"
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
	Last   Nation         // of the last group that was named with its nation
	Words  string         // of the last named group
	Places []corvee.Place // of the paragraph
	Since  int            // sentences since workers were spoken of
	Purse  Purse
	Time   *Moment // of the last event of the paragraph

	Counting bool // rows below count the workers that their caption names

	subject   string         // who "they" are: "group", "actor" or unknown
	prior     string         // the same of the sentence before
	one       string         // who "he" is: "worker", "other" or unknown
	recent    []corvee.Place // of the last paragraph that named one
	age       int            // how many paragraphs ago that was
	wired     bool           // the places are a dateline's, which the country that a report is about undoes
	mixed     bool           // the paragraph has named several
	unsure    bool           // the paragraph of recent named several
	standings []standing
	countries []tally
	senders   []tally
	here      []tally // trades of the paragraph
	trades    []tally // trades of the report
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
		t.recent, t.age = t.Places, 0
		t.unsure = t.mixed
		t.stand(t.Places, t.mixed)
	}
	t.Places, t.mixed, t.Time = nil, false, nil
	t.here = t.here[:0]
	t.age++
	t.Purse.Age++
}

// standing is a place that paragraphs were about, and how many.
type standing struct {
	places []corvee.Place
	n      int
}

// stand counts a paragraph for its places; one that named several counts for none.
func (t *Topic) stand(places []corvee.Place, mixed bool) {
	n := 1
	if mixed {
		n = 0
	}
	for i := range t.standings {
		if slices.Equal(t.standings[i].places, places) {
			t.standings[i].n += n
			return
		}
	}
	t.standings = append(t.standings, standing{places, n})
}

// Standing returns the places that most paragraphs so far were about, the later of two.
func (t *Topic) Standing() []corvee.Place {
	if !t.unsure && t.age <= maxAge {
		return t.recent
	}
	best := standing{}
	for _, s := range t.standings {
		if s.n >= best.n {
			best = s
		}
	}
	return best.places
}

// maxAge is how many paragraphs back "the factory" may refer. Two: a quotation and a
// sentence of background often stand between.
const maxAge = 2

// Carried returns the place that a definite reference means.
func (t *Topic) Carried() []corvee.Place {
	if t.age > maxAge || len(t.recent) != 1 {
		return nil
	}
	return t.recent
}

// Country returns the country that most of the report is about, "" when none stands out:
// it must be named more than twice as often as the next.
func (t *Topic) Country() string {
	best, next := tally{}, 0
	for _, c := range t.countries {
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

// Trade returns the trade that workers are in whose trade is not said: the one of the
// paragraph, else the one that the report names more than all others; "" where there are
// several.
func (t *Topic) Trade() corvee.Sector {
	if len(t.here) == 1 {
		return corvee.Sector(t.here[0].code)
	}
	if len(t.here) > 1 {
		return ""
	}
	return t.MainTrade()
}

// MainTrade returns the trade that the report names more than all others.
func (t *Topic) MainTrade() corvee.Sector {
	best, all := tally{}, 0
	for _, c := range t.trades {
		if all += c.n; c.n > best.n {
			best = c
		}
	}
	if 2*best.n <= all {
		return ""
	}
	return corvee.Sector(best.code)
}

// Sending reports whether the report has spoken of the workers of a sending state.
func (t *Topic) Sending() bool { return len(t.senders) > 0 }

// Settle keeps the places of a claim for the rest of its paragraph.
func (t *Topic) Settle(places []corvee.Place) {
	if !t.wired && t.within(places) {
		t.mixed = t.mixed || len(t.Places) == 0 // two turns of one paragraph settle nothing
		return
	}
	if len(places) > 0 {
		t.mixed = t.mixed || len(t.Places) > 0 && !slices.Equal(t.Places, places)
		t.Places, t.wired = slices.Clone(places), false
	}
}

// Narrows reports whether a place lies within the country that is all that was named of late.
func (t *Topic) Narrows(p corvee.Place) bool {
	held := t.Held()
	return len(held) == 1 && held[0].Precision == corvee.AtCountry && held[0].Country == p.Country && p.Precision != corvee.AtCountry
}

// Held returns the places of the paragraph, else of the last that named one.
func (t *Topic) Held() []corvee.Place {
	if len(t.Places) > 0 {
		return t.Places
	}
	return t.recent
}

// within reports whether the place that holds lies within the country that is named now:
// background on China does not take a report away from Dandong.
func (t *Topic) within(places []corvee.Place) bool {
	held := t.Held()
	if len(held) == 0 || len(places) != 1 || places[0].Precision != corvee.AtCountry {
		return false
	}
	for _, p := range held {
		if p.Country != places[0].Country || p.Precision == corvee.AtCountry {
			return false
		}
	}
	return true
}

// aside reports whether a sentence compares several countries, which is background to a
// report that is about a town.
func (t *Topic) aside(mentions []entity.Mention) bool {
	held := t.Held()
	if len(held) == 0 || held[0].Precision == corvee.AtCountry {
		return false
	}
	first, several := "", false
	for _, m := range mentions {
		if m.Kind != entity.Place || m.Weak || m.Sender || m.Where.Country == t.Last.Code {
			continue
		}
		if m.Where.Precision != corvee.AtCountry && m.Where.Precision != corvee.AtRegion {
			return false
		}
		several = several || first != "" && first != m.Where.Country
		first = m.Where.Country
	}
	return several
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

// Moment is a time that was told, with its words.
type Moment struct {
	When corvee.When
	Span corvee.Span
}

// happened keeps the sentence's last time, if it is past and no term.
func (sc *Scene) happened() {
	for _, t := range sc.Times {
		if !t.Deadline && t.When.Known() && t.When.From.Known() && !sc.Tracker.InCue(t.First) && !sc.future(t.First) {
			sc.Topic.Time = &Moment{t.When, sc.Span(t.First, t.Last)}
		}
	}
}

// Purse is the money that was named last, for amounts that leave it out: "they earn 5,100
// zloty and keep 400".
type Purse struct {
	Currency string
	Period   string // that a caption gives for the rows below it
	Span     corvee.Span
	Age      int // paragraphs since
}

// remember keeps the sentence's last money.
func (sc *Scene) remember() {
	for i := len(sc.Quantities) - 1; i >= 0; i-- {
		if q := sc.Quantities[i]; q.Value.Unit == corvee.UnitMoney && q.Value.Currency != "" {
			sc.Topic.Purse = Purse{Currency: q.Value.Currency, Period: sc.rowPeriod(), Span: sc.Span(q.First, q.Last)}
			return
		}
	}
	for i := sc.S.First + 1; i < sc.S.Last; i++ { // "in dinars per month", above a table
		if c, next, ok := sc.P.At(i, lexicon.Currency); ok && (sc.P.Says(i-1, "in") || sc.P.Mark(i-1, '(')) {
			code := sc.P.Item(c).ID
			if of := coined(sc.P.Item(c).Attr("by"), sc.country()); of != "" {
				code = of
			}
			sc.Topic.Purse = Purse{Currency: code, Period: sc.captionPeriod(), Span: sc.Span(i, next)}
			return
		}
	}
}

// captionPeriod returns how often what the rows below a caption tell falls due: "in zloty per
// month".
func (sc *Scene) captionPeriod() string {
	for i := sc.S.First; i < sc.S.Last; i++ {
		if period, ok := sc.Grammar.Period(&sc.P, i); ok {
			return period
		}
	}
	return ""
}

// rowPeriod keeps the caption's period over rows that name their money themselves.
func (sc *Scene) rowPeriod() string {
	if sc.row {
		return sc.Topic.Purse.Period
	}
	return ""
}

// counting notes that a caption tells of workers by number, so that the rows below it count
// them: "North Korean workers by country:".
func (sc *Scene) counting() {
	if sc.row {
		return
	}
	sc.Topic.Counting = false
	if !sc.S.Fragment && !sc.P.Mark(sc.S.Last-1, ':') || len(sc.P.Sentences) > 1 {
		return
	}
	for i, m := range sc.Mentions {
		if m.Kind == entity.Group && !m.Weak && sc.Nations[i].Sender && m.Count < 0 {
			sc.Topic.Counting = true
		}
	}
	for i := sc.S.First; i < sc.S.Last; i++ {
		if sc.P.Is(i, lexicon.Currency) || sc.P.Is(i, sc.Classes.Wage) {
			sc.Topic.Counting = false
		}
	}
}
