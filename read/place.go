package read

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
)

// places fills where the work is, up the ladder: the clause, the sentence, the paragraph;
// the report's country is added at its end, unless the clause says "overseas": a place
// that is none in particular ends the search. It reports whether the search is over.
func (d *document) places(c *corvee.Claim, m *frame.Match, home string) bool {
	d.far = false
	var loose []entity.Mention
	back := d.refersBack(c)
	for i := range 2 {
		found, weak := d.placesOf(m, i == 0, home)
		loose = append(loose, weak...)
		if len(found) > 0 && !d.saysWhere() {
			d.fill(c, found, rungs[i])
			return true
		}
	}
	if len(d.topic.places) > 0 {
		c.Places = slices.Clone(d.topic.places)
		c.Countries = countriesOf(c.Places)
		infer(c, corvee.SlotPlaces)
		return true
	}
	if len(loose) > 0 && !d.saysWhere() {
		d.fill(c, loose, corvee.RungClause)
		return true
	}
	if d.abroad(m) {
		return true
	}
	if told := d.toldFrom(); told != nil && len(d.topic.carried()) == 0 {
		d.fill(c, []entity.Mention{*told}, corvee.RungSentence)
		infer(c, corvee.SlotPlaces)
		return true
	}
	if places := d.remembered(back); places != nil {
		c.Places = slices.Clone(places)
		c.Countries = countriesOf(places)
		infer(c, corvee.SlotPlaces)
		d.far = true
		d.topic.settle(places)
		return true
	}
	return false
}

// toldFrom returns the place of who speaks in the sentence, where it says no other: "a
// source in Qatar said that 300 of them work there".
func (d *document) toldFrom() *entity.Mention {
	for i := range d.mentions {
		e := &d.mentions[i]
		if e.Kind == entity.Place && !e.Weak && !e.Sender && e.Where.Country != "" && d.tracker.InCue(e.Head) && d.tracker.Local() {
			return e
		}
	}
	return nil
}

// remembered returns the place of a paragraph before: for a language that says it once, or
// where the sentence refers to what was told.
func (d *document) remembered(back bool) []corvee.Place {
	if d.r.grammar.Stays() && len(d.topic.recent) > 0 {
		return d.topic.recent
	}
	if !back {
		return nil
	}
	return d.topic.carried()
}

// refersBack reports whether the sentence speaks of what the report has told of: "the
// women", "they", "the factory", "there".
func (d *document) refersBack(c *corvee.Claim) bool {
	if c.Kind == corvee.KindLaw || c.Kind == corvee.KindTransfer {
		return false
	}
	for _, e := range d.mentions {
		if e.Kind == entity.Group && e.Definite && e.Nation == "" || e.Kind == entity.Site && d.definite(e.First) {
			return true
		}
	}
	return d.saysWhere()
}

// saysWhere reports whether the sentence says "there", "in the country": a place that was
// named before. "At the plant in Hunchun" says it anew.
func (d *document) saysWhere() bool {
	for i := d.s.First; i < d.s.Last; i++ {
		if _, next, ok := d.p.At(i, lexicon.BackRef); ok && !d.namedAt(next) && !d.namedBefore(i) {
			return true
		}
	}
	return false
}

// namedBefore reports whether the sentence itself names the place that "the town" at token i
// refers to.
func (d *document) namedBefore(i int) bool {
	return slices.ContainsFunc(d.mentions, func(e entity.Mention) bool {
		return e.Kind == entity.Place && !e.Weak && !e.Sender && e.Last <= i && d.locative(e)
	})
}

// namedAt reports whether a preposition and a place stand at token i.
func (d *document) namedAt(i int) bool {
	_, next, ok := d.p.At(i, lexicon.Preposition)
	return ok && slices.ContainsFunc(d.mentions, func(e entity.Mention) bool { return e.Kind == entity.Place && e.First == next })
}

func (d *document) definite(i int) bool {
	s, _, ok := d.p.Ends(i, lexicon.Determiner)
	return ok && d.p.Item(s).Attr("definite") != ""
}

// placesOf returns the mentions of places of the clause, or of the rest of the sentence:
// the nearest to the match and those that are coordinated with it. The workers' own
// country is not where they work abroad.
func (d *document) placesOf(m *frame.Match, clause bool, home string) (found, weak []entity.Mention) {
	best, bestRank := -1, 1<<30
	for i, e := range d.mentions {
		if e.Kind != entity.Place || d.clauseOf(m, e.Head) != clause || d.tracker.InCue(e.Head) || e.Where.Country == home && home != "" {
			continue
		}
		if e.Weak || !d.locative(e) {
			weak = append(weak, e)
			continue
		}
		if rank := distance(m, e.First, e.Last); rank < bestRank {
			best, bestRank = i, rank
		}
	}
	if best < 0 {
		return nil, weak
	}
	return d.coordinated(best, home), weak
}

// coordinated returns the place mentions that commas, "and" and prepositions join to one.
func (d *document) coordinated(at int, home string) []entity.Mention {
	first, last := at, at
	for first > 0 && d.joinedTo(d.before(first), first) {
		first = d.before(first)
	}
	for d.joinedTo(last, d.following(last)) {
		last = d.following(last)
	}
	var out []entity.Mention
	for i := first; i <= last; i++ {
		e := d.mentions[i]
		if e.Kind == entity.Place && !e.Weak && (home == "" || e.Where.Country != home) {
			out = append(out, e)
		}
	}
	return out
}

func (d *document) before(i int) int {
	for i--; i >= 0; i-- {
		if d.mentions[i].Kind == entity.Place && !d.mentions[i].Weak {
			return i
		}
	}
	return -1
}

func (d *document) following(i int) int {
	for i++; i < len(d.mentions); i++ {
		if d.mentions[i].Kind == entity.Place && !d.mentions[i].Weak {
			return i
		}
	}
	return -1
}

// joinedTo reports whether only joining words stand between two mentions.
func (d *document) joinedTo(a, b int) bool {
	if a < 0 || b < 0 || b >= len(d.mentions) || a >= len(d.mentions) {
		return false
	}
	first, last := d.mentions[a].Last, d.mentions[b].First
	if last < first || last-first > 6 {
		return false
	}
	return d.r.grammar.Joined(&d.p, first, last)
}

func (d *document) fill(c *corvee.Claim, found []entity.Mention, rung corvee.Rung) {
	for _, e := range found {
		if slices.ContainsFunc(c.Places, func(p corvee.Place) bool { return p.ID == e.Where.ID }) {
			continue
		}
		c.Places = append(c.Places, e.Where)
		put(c, corvee.SlotPlaces, d.span(e.First, e.Last), rung, "")
	}
	c.Places = withoutWider(c.Places)
	c.Countries = countriesOf(c.Places)
	if last := found[len(found)-1]; !d.r.grammar.Besides(&d.p, last.First, last.Last) {
		d.topic.settle(c.Places)
	}
}

// withoutWider leaves out a country of which a place within is named too.
func withoutWider(places []corvee.Place) []corvee.Place {
	return slices.DeleteFunc(places, func(p corvee.Place) bool {
		return p.Precision == corvee.AtCountry && slices.ContainsFunc(places, func(q corvee.Place) bool {
			return q.Precision != corvee.AtCountry && q.Country == p.Country
		})
	})
}

func countriesOf(places []corvee.Place) []string {
	var out []string
	for _, p := range places {
		if p.Country != "" && !slices.Contains(out, p.Country) {
			out = append(out, p.Country)
		}
	}
	slices.Sort(out)
	return out
}

// abroad reports whether the clause says "overseas" and leaves it at that.
func (d *document) abroad(m *frame.Match) bool {
	for _, e := range d.mentions {
		if e.Kind == entity.Abroad && d.clauseOf(m, e.Head) {
			return true
		}
	}
	for i := d.s.First; i < d.s.Last; i++ {
		if d.p.Is(i, lexicon.Abroad) && d.clauseOf(m, i) {
			return true
		}
	}
	return false
}
