// Package slot fills what a claim says beside its kind: a match of a rule and its scene in,
// a claim's amount, workers, places, trade, workplace, time and label out.
//
// Its one idea: what the words of the match do not say is looked for ever farther away
// (clause, sentence, paragraph, report), the nearest wins, and the rung where it was found
// stands with it.
package slot

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/scene"
)

// Filler fills the slots of claims from one scene after another.
type Filler struct {
	*scene.Scene
	Far  bool // the last places came from an earlier paragraph
	Wide bool // the last claim is of a whole country, whose workers are in many trades
}

// Put notes how a slot was filled.
func Put(c *corvee.Claim, name corvee.SlotName, s corvee.Span, rung corvee.Rung, rule string) {
	c.Slots = append(c.Slots, corvee.Slot{Name: name, Span: s, Rung: rung, Rule: rule})
	if rung == corvee.RungParagraph || rung == corvee.RungReport {
		Infer(c, name)
	}
}

// Infer marks a slot as taken from outside the sentence.
func Infer(c *corvee.Claim, name corvee.SlotName) {
	if !slices.Contains(c.Inferred, name) {
		c.Inferred = append(c.Inferred, name)
	}
}

var rungs = []corvee.Rung{corvee.RungClause, corvee.RungSentence, corvee.RungParagraph, corvee.RungReport}

func worse(a, b corvee.Rung) corvee.Rung {
	if slices.Index(rungs, a) < slices.Index(rungs, b) {
		return b
	}
	return a
}

// distance is how many tokens lie between a mention and the match.
func distance(m *frame.Match, first, last int) int {
	switch {
	case last <= m.From:
		return m.From - last + 1
	case first >= m.To:
		return first - m.To + 1
	}
	return 0
}

// nearest returns the index of the mention of a kind nearest to the match, those of its
// clause before those of its sentence; -1 without.
func (f *Filler) nearest(m *frame.Match, want func(entity.Mention) bool) (int, corvee.Rung) {
	best, bestRank := -1, 1<<30
	for i, e := range f.Mentions {
		if !want(e) || f.Tracker.InCue(e.Head) || f.beside(i) {
			continue
		}
		rank := distance(m, e.First, e.Last)
		if !f.ClauseOf(m, e.Head) {
			rank += 1 << 16
		}
		if rank < bestRank {
			best, bestRank = i, rank
		}
	}
	if bestRank >= 1<<16 {
		return best, corvee.RungSentence
	}
	return best, corvee.RungClause
}

// beside reports whether a group is other people whom the workers meet: "forbidden to
// speak with local workers" is not about those.
func (f *Filler) beside(i int) bool {
	e := f.Mentions[i]
	if e.Kind != entity.Group || e.Nation == "" || f.Nations[i].Sender {
		return false
	}
	return f.Grammar.Beside(&f.P, e.First, e.Last)
}

// Label fills campaign, levy or directive: all that the clause names, else the sentence.
func (f *Filler) Label(c *corvee.Claim, m *frame.Match, kinds ...entity.Kind) {
	var names []string
	for i := range 2 {
		for _, e := range f.Mentions {
			if !slices.Contains(kinds, e.Kind) || e.Name == "" || slices.Contains(names, e.Name) {
				continue
			}
			if (i == 0) != f.ClauseOf(m, e.Head) || i == 1 && (len(names) > 0 || m.Has(frame.Value) && f.ofAmount(e)) {
				continue
			}
			names = append(names, e.Name)
			Put(c, corvee.SlotLabel, f.Span(e.First, e.Last), rungs[i], "")
		}
	}
	slices.Sort(names)
	c.Label = Joined(names)
}

// ofAmount reports whether a name stands in a clause with an amount: it is of that one.
func (f *Filler) ofAmount(e entity.Mention) bool {
	return slices.ContainsFunc(f.Quantities, func(q quantity.Quantity) bool {
		return q.Value.Unit == corvee.UnitMoney && f.P.Tokens[q.First].Clause == f.P.Tokens[e.Head].Clause
	})
}

// Joined returns names in one label.
func Joined(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += "; "
		}
		out += n
	}
	return out
}

// Workplace fills site and employer with names of the clause or the sentence.
func (f *Filler) Workplace(c *corvee.Claim, m *frame.Match) {
	if i, rung := f.nearest(m, func(e entity.Mention) bool { return e.Kind == entity.Site && e.Name != "" }); i >= 0 {
		c.Site = f.Mentions[i].Name
		Put(c, corvee.SlotSite, f.Span(f.Mentions[i].First, f.Mentions[i].Last), rung, "")
	}
	if i, rung := f.nearest(m, func(e entity.Mention) bool { return e.Kind == entity.Employer }); i >= 0 {
		c.Employer = f.Mentions[i].Name
		Put(c, corvee.SlotEmployer, f.Span(f.Mentions[i].First, f.Mentions[i].Last), rung, "")
	}
}

// Sector fills the trade: what the rule bound or sets, the group's own, or the nearest in the
// clause. A rule may say which trade it is where nothing tells one ("set trade other").
func (f *Filler) Sector(c *corvee.Claim, m *frame.Match, rule *frame.Rule) {
	f.Wide = false
	if c.Sector = corvee.Sector(rule.Set["sector"]); c.Sector != "" {
		return
	}
	f.sector(c, m)
	if trade := rule.Set["trade"]; c.Sector == "" && trade != "" {
		if c.Sector = f.Topic.Trade(); c.Sector == "" {
			c.Sector = corvee.Sector(trade)
		}
		Infer(c, corvee.SlotSector)
	}
}

func (f *Filler) sector(c *corvee.Claim, m *frame.Match) {
	if b := m.Bound[frame.InSector]; m.Has(frame.InSector) && b.Chunk < 0 {
		c.Sector = f.tradeOf(int(b.First))
		Put(c, corvee.SlotSector, f.Span(int(b.First), int(b.Last)), corvee.RungClause, "")
		return
	}
	if m.Has(frame.InSector) {
		e := f.Mentions[f.Frames.Chunks[m.Bound[frame.InSector].Chunk].Ref]
		c.Sector = e.Sector
		Put(c, corvee.SlotSector, f.Span(e.First, e.Last), corvee.RungClause, "")
		return
	}
	i, rung := f.nearest(m, func(e entity.Mention) bool { return e.Sector != "" })
	if i < 0 || rung != corvee.RungClause && !f.Grammar.Carries() {
		if f.Wide = f.wide(c, m); f.Wide {
			return
		}
		if trade := f.Topic.Trade(); trade != "" && Traded(c.Kind) {
			c.Sector = trade
			Infer(c, corvee.SlotSector)
		}
		return
	}
	e := f.Mentions[i]
	c.Sector = e.Sector
	Put(c, corvee.SlotSector, f.Span(e.First, e.Last), rung, "")
}

// Traded reports whether a kind of claim is about the trade that its report or paragraph is
// about: what one is paid or suffers is, a law is not.
func Traded(k corvee.Kind) bool {
	switch k {
	case corvee.KindLaw, corvee.KindDenial, corvee.KindActivity:
		return false
	}
	return true
}

// tradeOf returns the trade that a verb tells: who sews makes garments.
func (f *Filler) tradeOf(i int) corvee.Sector {
	trade := ""
	f.P.Any(i, func(s lexicon.Sense) bool {
		trade = f.P.Item(s).Attr("sector")
		return trade != ""
	})
	return corvee.Sector(trade)
}

// wide reports whether a number or a sum is told of a whole country: "some 15,000 work in
// Russia" in a report on a shipyard says nothing of shipyards.
func (f *Filler) wide(c *corvee.Claim, m *frame.Match) bool {
	if c.Kind != corvee.KindHeadcount && c.Kind != corvee.KindTransfer || f.Grammar.Carries() {
		return false
	}
	for i := f.S.First; i < f.S.Last; i++ {
		if f.P.Says(i, "country") && f.P.Is(i-1, lexicon.Determiner) && f.ClauseOf(m, i) {
			return true
		}
	}
	return len(c.Places) > 0 && !slices.Contains(c.Inferred, corvee.SlotPlaces) && !slices.ContainsFunc(c.Places, func(p corvee.Place) bool {
		return p.Precision != corvee.AtCountry && p.Precision != corvee.AtRegion
	})
}
