package scene

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/lexicon"
)

// Locative reports whether a place is where something happens: after "in" or at the head
// of a dateline, and not where goods go.
func (sc *Scene) Locative(e entity.Mention) bool {
	if e.First == sc.S.First && sc.N == 0 {
		return !sc.Wired(e)
	}
	return sc.Grammar.Locative(&sc.P, e.First, e.Last, sc.S.First, sc.Classes.Goods)
}

// Wired reports whether a town only says where a report was written, because its sentence
// names the country that it is about: "Luanda - Angola pays 5,000 dollars for each doctor".
func (sc *Scene) Wired(e entity.Mention) bool {
	if sc.Grammar.Carries() || sc.N != 0 || e.First != sc.S.First || e.Where.Precision == corvee.AtCountry {
		return false
	}
	dash := e.Last
	for dash < min(e.Last+maxWire, sc.S.Last) && (!sc.P.Mark(dash, '-') || sc.P.Tokens[dash].Glued) {
		dash++
	}
	return sc.P.Mark(dash, '-') && slices.ContainsFunc(sc.Mentions, func(m entity.Mention) bool {
		return m.Kind == entity.Place && m.First > dash && !m.Weak && m.Where.Country == e.Where.Country && m.Where.Precision == corvee.AtCountry
	})
}

// maxWire is how many tokens stand between a dateline's town and its dash: an agency, a date.
const maxWire = 9

// located keeps the place that the sentence names most exactly, the last of several, for
// the rest of the paragraph: "in Hunchun, in Jilin Province" is in Hunchun.
func (sc *Scene) located() {
	best, bestRank, home := -1, len(corvee.PlacePrecisions()), sc.Abroad(sc.Topic.Last.Code)
	for i := len(sc.Mentions) - 1; i >= 0; i-- {
		e := sc.Mentions[i]
		if e.Kind != entity.Place || e.Weak || e.Sender && !sc.AtHome() || home != "" && e.Where.Country == home || sc.Tracker.InCue(e.Head) || !sc.Locative(e) || sc.Grammar.Besides(&sc.P, e.First, e.Last) {
			continue
		}
		if rank := slices.Index(corvee.PlacePrecisions(), e.Where.Precision); rank < bestRank {
			best, bestRank = i, rank
		}
	}
	if best < 0 || sc.Topic.aside(sc.Mentions) {
		return
	}
	var places []corvee.Place
	for _, c := range sc.Coordinated(best, home) {
		if c.Where.Precision == sc.Mentions[best].Where.Precision {
			places = append(places, c.Where)
		}
	}
	sc.Topic.Settle(places)
	sc.Topic.wired = !sc.Grammar.Carries() && sc.S.Last-sc.S.First < maxWire && sc.P.Mark(sc.S.Last-1, '-')
}

// OfSpeaker reports whether a place in a cue is a state that only looks on, whose people speak
// (美国认为, 韩国研究人员), or where a dateline was written: nobody works there for that.
func (sc *Scene) OfSpeaker(e entity.Mention) bool {
	r := sc.Tracker.Cue(e.Head)
	if r == nil || r.Dateline() {
		return r != nil
	}
	s, _, ok := sc.P.At(e.First, lexicon.Country)
	return ok && e.Where.Precision == corvee.AtCountry && sc.P.Item(s).Attr("observer") != ""
}

func (sc *Scene) dateline(e entity.Mention) bool {
	r := sc.Tracker.Cue(e.Head)
	return r != nil && r.Dateline()
}

// Settle keeps the places of a claim for what follows, unless the sentence only compares
// countries.
func (sc *Scene) Settle(places []corvee.Place) {
	if !sc.Topic.aside(sc.Mentions) {
		sc.Topic.Settle(places)
	}
}

// Coordinated returns the place mentions that commas, "and" and prepositions join to one.
func (sc *Scene) Coordinated(at int, home string) []entity.Mention {
	first, last := at, at
	for first > 0 && sc.joinedTo(sc.before(first), first) {
		first = sc.before(first)
	}
	for sc.joinedTo(last, sc.following(last)) {
		last = sc.following(last)
	}
	var out []entity.Mention
	for i := first; i <= last; i++ {
		e := sc.Mentions[i]
		if e.Kind == entity.Place && !e.Weak && (home == "" || e.Where.Country != home) {
			out = append(out, e)
		}
	}
	return out
}

func (sc *Scene) before(i int) int {
	for i--; i >= 0; i-- {
		if sc.Mentions[i].Kind == entity.Place && !sc.Mentions[i].Weak {
			return i
		}
	}
	return -1
}

func (sc *Scene) following(i int) int {
	for i++; i < len(sc.Mentions); i++ {
		if sc.Mentions[i].Kind == entity.Place && !sc.Mentions[i].Weak {
			return i
		}
	}
	return -1
}

// joinedTo reports whether only joining words stand between two mentions.
func (sc *Scene) joinedTo(a, b int) bool {
	if a < 0 || b < 0 || b >= len(sc.Mentions) || a >= len(sc.Mentions) {
		return false
	}
	first, last := sc.Mentions[a].Last, sc.Mentions[b].First
	if last < first || last-first > 6 {
		return false
	}
	return sc.Grammar.Joined(&sc.P, first, last)
}
