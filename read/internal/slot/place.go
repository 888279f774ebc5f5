package slot

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
)

// Places fills where the work is, up the ladder: the clause, the sentence, the paragraph;
// the report's country is added at its end, unless the clause says "overseas": a place
// that is none in particular ends the search. It reports whether the search is over.
func (f *Filler) Places(c *corvee.Claim, m *frame.Match, home string) bool {
	f.Far = false
	if at := f.bound(m, home); at >= 0 {
		f.fill(c, f.Coordinated(at, home), corvee.RungClause)
		return true
	}
	var loose []entity.Mention
	for i := range 2 {
		found, weak := f.placesOf(m, i == 0, home)
		if i == 1 && f.goneAbroad(m) {
			return true
		}
		if i == 1 && f.elsewhere(found, loose) {
			break
		}
		loose = append(loose, weak...)
		if len(found) > 0 && !f.saysWhere() {
			if f.meansThem() && f.narrowed(c, found) {
				return true
			}
			f.fill(c, found, rungs[i])
			return true
		}
	}
	if f.worldwide(m) {
		return true
	}
	return f.placeBefore(c, m, loose)
}

// placeBefore fills where the work is from what the sentence only describes, who speaks in it,
// and what was told before it.
func (f *Filler) placeBefore(c *corvee.Claim, m *frame.Match, loose []entity.Mention) bool {
	if told := f.toldFrom(); told != nil && (f.ofItself(m, *told) || f.saysWhere() && f.Topic.Narrows(told.Where)) {
		f.fill(c, []entity.Mention{*told}, corvee.RungSentence)
		if !f.ofItself(m, *told) {
			Infer(c, corvee.SlotPlaces)
		}
		return true
	}
	if len(f.Topic.Places) > 0 && !f.elsewhere([]entity.Mention{{Where: f.Topic.Places[0]}}, loose) {
		c.Places = slices.Clone(f.Topic.Places)
		c.Countries = countriesOf(c.Places)
		Infer(c, corvee.SlotPlaces)
		return true
	}
	if len(loose) > 0 && !f.saysWhere() {
		if f.narrowed(c, loose) {
			return true
		}
		f.fill(c, loose, corvee.RungClause)
		return true
	}
	if f.abroad(m) {
		return true
	}
	if told := f.toldFrom(); told != nil && (len(f.Topic.Carried()) == 0 || f.Topic.Narrows(told.Where)) {
		f.fill(c, []entity.Mention{*told}, corvee.RungSentence)
		Infer(c, corvee.SlotPlaces)
		return true
	}
	if places := f.Topic.Standing(); places != nil && (c.Kind != corvee.KindTransfer || f.refersBack() || ofSite(c)) {
		c.Places = slices.Clone(places)
		c.Countries = countriesOf(places)
		Infer(c, corvee.SlotPlaces)
		f.Far = true
		f.Topic.Settle(places)
		return true
	}
	return false
}

// bound returns the place that the rule itself names, -1 without: of "400 in Tynda and 90 in
// Chita" whose the 90 are. The workers' own country, which a rule of who sends may name, is none.
func (f *Filler) bound(m *frame.Match, home string) int {
	if !m.Has(frame.AtPlace) || m.Bound[frame.AtPlace].Chunk < 0 {
		return -1
	}
	at := f.Frames.Chunks[m.Bound[frame.AtPlace].Chunk].Ref
	if where := f.Mentions[at].Where; where.Country == "" || where.Country == home {
		return -1
	}
	return at
}

// ofItself reports whether a country that speaks speaks of itself: "Kuwait reported that it
// had sent back 870".
func (f *Filler) ofItself(m *frame.Match, e entity.Mention) bool {
	if f.Grammar.Carries() || e.Where.Precision != corvee.AtCountry {
		return false
	}
	for i := e.Last; i < min(f.S.Last, m.To+4); i++ {
		if f.P.Says(i, "it") || f.P.Says(i, "its") || f.P.Says(i, "country") && f.P.Says(i-1, "the") {
			return true
		}
	}
	return false
}

// ofSite reports whether a sum is that of one workplace, which is where the report stands.
func ofSite(c *corvee.Claim) bool { return c.Value != nil && c.Value.Per == corvee.PerSite }

// narrowed fills the town that a paragraph before named, where the sentence only says that
// it lies in the same country: "these women entered China", "a Chinese firm".
func (f *Filler) narrowed(c *corvee.Claim, found []entity.Mention) bool {
	if !f.Grammar.Carries() || len(f.Topic.Places) > 0 && f.Topic.Places[0].Precision == corvee.AtCountry {
		return false
	}
	held := f.Topic.Held()
	if len(held) != 1 || held[0].Precision == corvee.AtCountry {
		return false
	}
	for _, e := range found {
		if e.Where.Precision != corvee.AtCountry || e.Where.Country != held[0].Country {
			return false
		}
	}
	c.Places, c.Countries = slices.Clone(held), countriesOf(held)
	Infer(c, corvee.SlotPlaces)
	return true
}

// meansThem reports whether the sentence speaks of "these women", "the firm".
func (f *Filler) meansThem() bool {
	return f.refersBack() || slices.ContainsFunc(f.Mentions, func(e entity.Mention) bool {
		return e.Kind == entity.Group && e.Definite && e.Nation == ""
	})
}

// goneAbroad reports whether the clause says that they were sent "abroad": a place that
// another clause names is then only where most of them are.
func (f *Filler) goneAbroad(m *frame.Match) bool {
	for i := f.S.First + 1; i < f.S.Last && f.Grammar.Carries(); i++ {
		if f.P.Is(i, lexicon.Abroad) && f.ClauseOf(m, i) && (f.P.Is(i-1, lexicon.Preposition) || f.P.Is(i-1, f.Classes.Move)) {
			return true
		}
	}
	return false
}

// elsewhere reports whether what only describes a noun of the clause (a Czech yard) lies in
// another country than the place that another clause names.
func (f *Filler) elsewhere(found, loose []entity.Mention) bool {
	return f.Grammar.Carries() && len(found) > 0 && len(loose) > 0 && loose[0].Weak && loose[0].Where.Country != found[0].Where.Country
}

// worldwide reports whether the sentence has told of the whole world, which is no place.
func (f *Filler) worldwide(m *frame.Match) bool {
	for i := f.S.First; i < m.To; i++ {
		if s, _, ok := f.P.At(i, lexicon.Abroad); ok && f.P.Item(s).ID == "world" {
			return true
		}
	}
	return false
}

// toldFrom returns the place of who speaks in the sentence, where it says no other: "a
// source in Qatar said that 300 of them work there".
func (f *Filler) toldFrom() *entity.Mention {
	for i := range f.Mentions {
		e := &f.Mentions[i]
		if e.Kind != entity.Place || e.Weak || e.Sender || e.Where.Country == "" || f.Wired(*e) {
			continue
		}
		if f.Tracker.InCue(e.Head) && f.Tracker.Local() && !f.OfSpeaker(*e) {
			return e
		}
	}
	return nil
}

// refersBack reports whether the sentence speaks of what the report has told of: "the
// factory", "there".
func (f *Filler) refersBack() bool {
	for _, e := range f.Mentions {
		if e.Kind == entity.Site && f.definite(e.First) {
			return true
		}
	}
	return f.saysWhere()
}

// saysWhere reports whether the sentence says "there", "in the country": a place that was
// named before. "At the plant in Hunchun" says it anew.
func (f *Filler) saysWhere() bool {
	for i := f.S.First; i < f.S.Last; i++ {
		if _, next, ok := f.P.At(i, lexicon.BackRef); ok && !f.namedAt(next) && !f.namedBefore(i) {
			return true
		}
	}
	return false
}

// namedBefore reports whether the sentence itself names the place that "the town" at token i
// refers to.
func (f *Filler) namedBefore(i int) bool {
	return slices.ContainsFunc(f.Mentions, func(e entity.Mention) bool {
		return e.Kind == entity.Place && !e.Weak && !e.Sender && e.Last <= i && f.Locative(e)
	})
}

// namedAt reports whether a preposition and a place stand at token i.
func (f *Filler) namedAt(i int) bool {
	_, next, ok := f.P.At(i, lexicon.Preposition)
	return ok && slices.ContainsFunc(f.Mentions, func(e entity.Mention) bool { return e.Kind == entity.Place && e.First == next })
}

func (f *Filler) definite(i int) bool {
	s, _, ok := f.P.Ends(i, lexicon.Determiner)
	return ok && f.P.Item(s).Attr("definite") != ""
}

// placesOf returns the mentions of places of the clause, or of the rest of the sentence:
// the nearest to the match and those that are coordinated with it. The workers' own
// country is not where they work abroad.
func (f *Filler) placesOf(m *frame.Match, clause bool, home string) (found, weak []entity.Mention) {
	best, bestRank := -1, 1<<30
	for i, e := range f.Mentions {
		if e.Kind != entity.Place || f.ClauseOf(m, e.Head) != clause || !clause && f.ofPart(e.Head, m) || f.Tracker.InCue(e.Head) || e.Where.Country == home && home != "" || f.Wired(e) {
			continue
		}
		if e.Weak || !f.Locative(e) {
			weak = append(weak, e)
			continue
		}
		if rank := f.reach(m, e); rank < bestRank {
			best, bestRank = i, rank
		}
	}
	if best < 0 {
		return nil, weak
	}
	return f.Coordinated(best, home), weak
}

// ofPart reports whether token i stands in or behind a clause that tells of parts of what was
// counted before it: 其中俄罗斯2万人,中国1万人.
func (f *Filler) ofPart(i int, m *frame.Match) bool {
	for t := f.S.First; t <= i; t++ {
		opens := t == f.S.First || f.P.Tokens[t-1].Clause != f.P.Tokens[t].Clause
		if opens && t >= m.To && f.Grammar.Part(&f.P, t) {
			return true
		}
	}
	return false
}

// reach is how far a place lies from the match. Where the place stands before what is counted
// there, as in Korean, that amount is what it is measured from: 중국에 9만 명, 러시아에 4만 명.
func (f *Filler) reach(m *frame.Match, e entity.Mention) int {
	if !m.Has(frame.Value) {
		return distance(m, e.First, e.Last)
	}
	if !f.Grammar.Stays() { // of several places within the words of a match, the one nearest to its amount
		return distance(m, e.First, e.Last)*maxReach + min(maxReach-1, max(e.First-int(m.Bound[frame.Value].Last), int(m.Bound[frame.Value].First)-e.Last, 0))
	}
	if at := int(m.Bound[frame.Value].First); e.Last <= at {
		return at - e.Last
	}
	return e.First // behind all that stand before
}

// maxReach is more tokens than a sentence is looked at.
const maxReach = 1024

func (f *Filler) fill(c *corvee.Claim, found []entity.Mention, rung corvee.Rung) {
	for _, e := range found {
		if slices.ContainsFunc(c.Places, func(p corvee.Place) bool { return p.ID == e.Where.ID }) {
			continue
		}
		c.Places = append(c.Places, e.Where)
		Put(c, corvee.SlotPlaces, f.Span(e.First, e.Last), rung, "")
	}
	c.Places = withoutWider(c.Places)
	c.Countries = countriesOf(c.Places)
	if last := found[len(found)-1]; !f.Grammar.Besides(&f.P, last.First, last.Last) {
		f.Settle(c.Places)
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
func (f *Filler) abroad(m *frame.Match) bool {
	for _, e := range f.Mentions {
		if e.Kind == entity.Abroad && f.ClauseOf(m, e.Head) {
			return true
		}
	}
	for i := f.S.First; i < f.S.Last; i++ {
		if f.P.Is(i, lexicon.Abroad) && f.ClauseOf(m, i) {
			return true
		}
	}
	return false
}
