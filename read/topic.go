package read

import (
	"fmt"
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/lexicon"
)

func errNoClass(name string) error {
	return fmt.Errorf("read: no row of the lexicon has the class %s", name)
}

// nation is whose workers a group is, and how it is known.
type nation struct {
	code   string
	sender bool // of a state whose labour abroad is in scope
	rung   corvee.Rung
}

// topic is what the report has been about so far: it answers what "the workers" and "at
// the factory" mean.
type topic struct {
	last      nation         // of the last group that was named with its nation
	subject   string         // who "they" are: "group", "actor" or unknown
	prior     string         // the same of the sentence before
	words     string         // of the last named group
	places    []corvee.Place // of the paragraph
	recent    []corvee.Place // of the last paragraph that named one
	age       int            // how many paragraphs ago that was
	countries []tally
	senders   []tally
	one       string // who "he" is: "worker", "other" or unknown
	purse     purse
	sector    corvee.Sector // the last that was named
	since     int           // sentences since workers were spoken of
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
func (t *topic) paragraph() {
	if len(t.places) > 0 {
		t.recent, t.age = t.places, 0
	}
	t.places = nil
	t.age++
	t.purse.age++
}

// maxAge is how many paragraphs back "the factory" may refer. Two: a quotation and a
// sentence of background often stand between.
const maxAge = 2

// carried returns the place that a definite reference means.
func (t *topic) carried() []corvee.Place {
	if t.age > maxAge || len(t.recent) != 1 {
		return nil
	}
	return t.recent
}

// country returns the country that most of the report is about, "" when none stands out:
// it must be named more than twice as often as the next.
func (t *topic) country() string {
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

// sending reports whether the report has spoken of the workers of a sending state.
func (t *topic) sending() bool { return len(t.senders) > 0 }

// resolve decides for each group of the sentence whose workers it is.
func (d *document) resolve() {
	d.nations = append(d.nations[:0], make([]nation, len(d.mentions))...)
	d.topic.prior, d.topic.subject = d.topic.subject, ""
	named := d.sending()
	for i, m := range d.mentions {
		if m.Kind != entity.Group {
			if m.Kind == entity.Actor && d.topic.subject == "" && d.plural(m) {
				d.topic.subject = "actor"
			}
			if (m.Kind == entity.Sector || m.Kind == entity.Label) && m.Nation != "" { // 朝鲜餐厅: who serves there is known
				named = nation{m.Nation, true, corvee.RungSentence}
			}
			continue
		}
		switch {
		case m.Nation != "":
			d.nations[i] = nation{m.Nation, m.Sender, corvee.RungClause}
			if m.Sender || !d.tracker.InCue(m.Head) { // a foreign witness is not who it is about
				named = d.nations[i]
			}
		case named.code != "":
			d.nations[i] = nation{named.code, named.sender, corvee.RungSentence}
		case d.sentBy(i).code != "":
			d.nations[i] = d.sentBy(i)
			named = d.nations[i]
		default:
			d.nations[i] = nation{d.topic.last.code, d.topic.last.sender, corvee.RungParagraph}
		}
		if d.topic.subject == "" && m.ID == "they" && d.ofWorkers(i) {
			d.topic.subject = "group" // whatever the sentence names after them
		}
		if d.topic.subject == "" && !m.Weak {
			d.topic.subject = "others"
			if d.ofWorkers(i) {
				d.topic.subject = "group"
			}
		}
	}
	if d.topic.subject == "" {
		d.topic.subject = d.topic.prior
	}
	d.topic.since++
	for i, m := range d.mentions {
		if m.Kind == entity.Group && d.nations[i].sender && d.named(i) {
			d.topic.since = 0
		}
	}
	d.topic.one = d.refersToOne(d.s.Last)
	d.learn(named)
}

// named reports whether mention i speaks of the workers: by name, or as "they".
func (d *document) named(i int) bool {
	m := d.mentions[i]
	if m.Weak {
		return m.ID == "they" && d.ofWorkers(i)
	}
	return !m.Generic || d.people(m, d.nations[i])
}

// sentBy returns the sending state that the sentence says deploys the group: "Cuba has
// sent tens of thousands of doctors".
func (d *document) sentBy(i int) nation {
	sends := false
	for j := d.s.First; j < d.mentions[i].First; j++ {
		sends = sends || d.p.Is(j, d.r.classes.move)
	}
	for j := i - 1; j >= 0 && sends && !d.mentions[i].Weak && !d.mentions[i].Generic; j-- {
		m := d.mentions[j]
		if m.Kind == entity.Place && m.Sender && m.Where.Precision == corvee.AtCountry && m.First <= d.s.First+6 {
			return nation{m.Where.Country, true, corvee.RungSentence}
		}
	}
	return nation{}
}

// sending returns the state that the sentence says sends workers, before any are called its
// own: 朝鲜…派出1.2万名工人.
func (d *document) sending() nation {
	if !d.r.grammar.Carries() || d.topic.sending() {
		return nation{}
	}
	state := nation{}
	for _, m := range d.mentions {
		if m.Sender && (m.Kind == entity.Place || m.Kind == entity.Actor) || m.Kind == entity.Place && m.ID == "pyongyang" {
			state = nation{m.Nation, true, corvee.RungSentence}
			break
		}
	}
	for i := d.s.First; i < d.s.Last; i++ {
		if d.p.Is(i, d.r.classes.move) {
			return state
		}
	}
	return nation{}
}

// learn adds the sentence to what the report is about.
func (d *document) learn(named nation) {
	if named.code != "" && (named.sender || !d.r.grammar.Carries() || d.topic.last.code == "") {
		d.topic.last = named
		if named.sender {
			d.topic.senders = count(d.topic.senders, named.code)
		}
	}
	for _, m := range d.mentions {
		if m.Sector != "" {
			d.topic.sector = m.Sector
		}
		if m.Kind == entity.Place && !m.Sender && m.Where.Country != "" {
			d.topic.countries = count(d.topic.countries, m.Where.Country)
		}
	}
}

// eligible reports whether a group may be the subject of a claim: workers of a sending
// state, and people only where they work.
func (d *document) eligible(i int) bool {
	return !d.tracker.InCue(d.mentions[i].Head) && d.ofWorkers(i)
}

// ofWorkers is the same of a group that speaks itself: "the men said that they".
func (d *document) ofWorkers(i int) bool {
	m := d.mentions[i]
	n := d.nations[i]
	if !n.sender {
		return false
	}
	if m.ID == "we" || m.ID == "me" {
		return d.tracker.WorkerSpeaks(m.First)
	}
	if m.Weak && m.Single && m.ID != "they" {
		return d.tracker.WorkerSpeaks(m.First) || d.refersToOne(m.First) == "worker"
	}
	if m.Weak {
		return d.refersToGroup(i)
	}
	if m.Generic && d.r.grammar.Carries() {
		return m.Nation != "" || n.rung != corvee.RungParagraph || d.topic.sending()
	}
	if m.Generic {
		return d.people(m, n)
	}
	return true
}

// locative reports whether a place is where something happens: after "in" or at the head
// of a dateline, and not where goods go.
func (d *document) locative(e entity.Mention) bool {
	if e.First == d.s.First && d.sentence == 0 {
		return true
	}
	return d.r.grammar.Locative(&d.p, e.First, e.Last, d.s.First, d.r.classes.goods)
}

// people reports whether people who are not called workers are: of a sending state and
// where the sentence speaks of work, or women and men of it in a report about workers; and
// "the women" of such a report.
func (d *document) people(m entity.Mention, n nation) bool {
	if m.Nation != "" {
		return d.works() || d.topic.sending() && (m.ID != "nationals" || d.topic.since <= 4)
	}
	if m.ID == "people" || m.ID == "nationals" {
		return false
	}
	return d.topic.sending() || n.rung != corvee.RungParagraph && d.works()
}

// refersToOne returns who "he" before token end is: a worker or somebody else, by the last
// single person that the sentence names before it, else the sentence before.
func (d *document) refersToOne(end int) string {
	for t := end - 1; t >= d.s.First; t-- {
		for _, c := range [...]lexicon.Class{lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Source} {
			if d.p.Is(t, c) {
				return "other"
			}
		}
		for j, m := range d.mentions {
			if m.Head != t || m.Weak {
				continue
			}
			if m.Kind == entity.Group && m.Single && d.ofWorkers(j) {
				return "worker"
			}
			if m.Kind == entity.Actor && m.ID == "manager" {
				return "other"
			}
		}
	}
	return d.topic.one
}

// refersToGroup decides whether "they" at mention i are workers: the first group or
// authority of the sentence before it, else the subject of the sentence before.
func (d *document) refersToGroup(i int) bool {
	for j := range i {
		switch d.mentions[j].Kind {
		case entity.Actor:
			if d.plural(d.mentions[j]) {
				return false
			}
		case entity.Group:
			if !d.mentions[j].Weak {
				return d.ofWorkers(j)
			}
		}
	}
	return d.topic.prior == "group"
}

// located keeps the place that the sentence names most exactly, the last of several, for
// the rest of the paragraph: "in Hunchun, in Jilin Province" is in Hunchun.
func (d *document) located() {
	best, bestRank := -1, len(corvee.PlacePrecisions())
	for i := len(d.mentions) - 1; i >= 0; i-- {
		e := d.mentions[i]
		if e.Kind != entity.Place || e.Weak || e.Sender || e.Where.Country == d.topic.last.code || d.tracker.InCue(e.Head) || !d.locative(e) || d.r.grammar.Besides(&d.p, e.First, e.Last) {
			continue
		}
		if rank := slices.Index(corvee.PlacePrecisions(), e.Where.Precision); rank < bestRank {
			best, bestRank = i, rank
		}
	}
	if best < 0 {
		return
	}
	var places []corvee.Place
	for _, c := range d.coordinated(best, d.topic.last.code) {
		if c.Where.Precision == d.mentions[best].Where.Precision {
			places = append(places, c.Where)
		}
	}
	d.topic.settle(places)
}

// plural reports whether "they" could be an authority: the managers can, the regime cannot.
func (d *document) plural(m entity.Mention) bool {
	return d.r.grammar.Plural(&d.p, m.Last-1)
}

// works reports whether the sentence speaks of working, employing or sending.
func (d *document) works() bool {
	for i := d.s.First; i < d.s.Last; i++ {
		if d.p.Is(i, d.r.classes.work) || d.p.Is(i, d.r.classes.move) || d.plies(i) {
			return true
		}
	}
	return false
}

// plies reports whether a verb at token i names a trade that people of a sending state are
// not also reported for at home: they gut fish and sew, but whoever builds or writes code
// need not work abroad.
func (d *document) plies(i int) bool {
	s, _, ok := d.p.At(i, d.r.classes.trade)
	if !ok {
		return false
	}
	sector := corvee.Sector(d.p.Item(s).Attr("sector"))
	return sector != corvee.SectorConstruction && sector != corvee.SectorIT && sector != corvee.SectorAgriculture
}

// settle keeps the places of a claim for the rest of its paragraph.
func (t *topic) settle(places []corvee.Place) {
	if len(places) > 0 {
		t.places = slices.Clone(places)
	}
}
