package read

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// draft is a claim before the end of the report: some of its slots may still be filled
// from what the whole report is about.
type draft struct {
	claim   corvee.Claim
	rule    *frame.Rule
	carried bool // places come from an earlier paragraph
	noted   bool // places are settled; the report may not add a country
	heading bool // stands in a title
	again   bool // the sentence says that it says something again
	window  int
	value   int // token of the amount, to tell rivals
}

// span returns the bytes of tokens first to last, half-open.
func (d *document) span(first, last int) corvee.Span {
	return d.p.View.Span(int(d.p.Tokens[first].From), int(d.p.Tokens[last-1].To))
}

// put notes how a slot was filled.
func put(c *corvee.Claim, name corvee.SlotName, s corvee.Span, rung corvee.Rung, rule string) {
	c.Slots = append(c.Slots, corvee.Slot{Name: name, Span: s, Rung: rung, Rule: rule})
	if rung == corvee.RungParagraph || rung == corvee.RungReport {
		infer(c, name)
	}
}

func infer(c *corvee.Claim, name corvee.SlotName) {
	if !slices.Contains(c.Inferred, name) {
		c.Inferred = append(c.Inferred, name)
	}
}

// clauseOf reports whether tokens i and the match stand in one clause.
func (d *document) clauseOf(m *frame.Match, i int) bool {
	c := d.p.Tokens[i].Clause
	return c >= d.p.Tokens[m.From].Clause && c <= d.p.Tokens[m.To-1].Clause
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
func (d *document) nearest(m *frame.Match, want func(entity.Mention) bool) (int, corvee.Rung) {
	best, bestRank := -1, 1<<30
	for i, e := range d.mentions {
		if !want(e) || d.tracker.InCue(e.Head) || d.beside(i) {
			continue
		}
		rank := distance(m, e.First, e.Last)
		if !d.clauseOf(m, e.Head) {
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
func (d *document) beside(i int) bool {
	e := d.mentions[i]
	if e.Kind != entity.Group || e.Nation == "" || d.nations[i].sender {
		return false
	}
	return d.r.grammar.Beside(&d.p, e.First, e.Last)
}

// subject fills the worker group and its nationality. It returns false when the match is
// about people who are out of scope: workers of another nation, or nobody.
func (d *document) subject(c *corvee.Claim, m *frame.Match, rule *frame.Rule) bool {
	i, rung := -1, corvee.RungClause
	if m.Has(frame.Subject) {
		i = d.frames.Chunks[m.Bound[frame.Subject].Chunk].Ref
	} else {
		i, rung = d.nearest(m, func(e entity.Mention) bool {
			return e.Kind == entity.Group && (!e.Weak && !e.Generic || d.stands(e)) && (rule.Set["beside"] == "" || d.sent(e))
		})
		if d.r.grammar.Carries() && i >= 0 && !d.nations[i].sender { // 朝鲜女工不准跟中国工人说话
			if own, at := d.nearest(m, d.ours); own >= 0 && at == corvee.RungClause {
				i, rung = own, at
			}
		}
	}
	if rung != corvee.RungClause && d.r.grammar.Carries() && d.ofOthers(m) {
		return false
	}
	if i < 0 || rung != corvee.RungClause && !d.nations[i].sender {
		return d.carriedSubject(c, rule)
	}
	e, n := d.mentions[i], d.nations[i]
	if !n.sender {
		return false
	}
	s := d.span(e.First, e.Last)
	if first, last := d.uncounted(e); e.Weak || e.ID == "counted" || first >= last {
		put(c, corvee.SlotSubject, s, corvee.RungParagraph, "")
		c.Subject = d.topic.words
	} else {
		c.Subject = d.groupWords(first, last)
		put(c, corvee.SlotSubject, d.span(first, last), rung, "")
		d.topic.words = c.Subject
	}
	if n.code != "" {
		c.Nationality = n.code
		put(c, corvee.SlotNationality, s, worse(rung, n.rung), "")
	}
	return true
}

// sent reports whether a group is of workers sent by a state. A rule about contact leaves
// others out: "they may not talk to Chinese workers" is not about those.
func (d *document) sent(e entity.Mention) bool {
	i := slices.IndexFunc(d.mentions, func(x entity.Mention) bool { return x.Kind == e.Kind && x.First == e.First })
	return i >= 0 && d.nations[i].sender
}

// uncounted returns the tokens of a group without its count, before or behind it; none are
// left of a count that names nobody.
func (d *document) uncounted(e entity.Mention) (first, last int) {
	if e.Count < 0 {
		return e.First, e.Last
	}
	q := d.quantities[e.Count]
	if q.First > e.First && q.Last >= e.Last {
		return e.First, q.First
	}
	return max(e.First, q.Last), e.Last
}

// ours reports whether a mention is a group of a sending state.
func (d *document) ours(e entity.Mention) bool {
	i := slices.IndexFunc(d.mentions, func(x entity.Mention) bool { return x.Kind == e.Kind && x.First == e.First })
	return e.Kind == entity.Group && i >= 0 && d.nations[i].sender
}

// ofOthers reports whether somebody who is no worker stands before the match in its
// clause, so that what is left unsaid is about them: 老板被罚款.
func (d *document) ofOthers(m *frame.Match) bool {
	for i := m.From - 1; i >= d.s.First && d.p.Tokens[i].Clause == d.p.Tokens[m.From].Clause; i-- {
		if (d.p.Is(i, lexicon.Ordinary) || d.p.Is(i, lexicon.Public) || d.p.Is(i, d.r.classes.goods)) && !d.tracker.InCue(i) && !d.p.Is(i, lexicon.Actor) && !d.p.Says(i+1, "给") && !d.p.Says(i+1, "的") {
			return true
		}
	}
	return false
}

// stands reports whether a pronoun, or people who work, may be the workers.
func (d *document) stands(e entity.Mention) bool {
	i := slices.IndexFunc(d.mentions, func(x entity.Mention) bool { return x.Kind == e.Kind && x.First == e.First })
	return i >= 0 && d.eligible(i)
}

// maxSince is how many sentences after the workers were last named their money may be
// told without naming them again.
const maxSince = 4

// maxCarried is the same for what is done to them, where the rule's words are plain enough
// ("the doors are locked at nine").
const maxCarried = 12

// groupWords returns the words for a group without "of", article or possessive.
func (d *document) groupWords(first, last int) string {
	return d.p.Source(d.r.grammar.Subject(&d.p, first, last))
}

// carriedSubject takes the group that the report has been about, where the sentence names
// none: for money and numbers if the sentence before was about it too, for laws, orders
// and whatever a rule allows, always.
func (d *document) carriedSubject(c *corvee.Claim, rule *frame.Rule) bool {
	from := d.topic.last
	if !from.sender && rule.Set["carried"] != "" && d.topic.since <= maxCarried {
		from = d.topic.main()
	}
	if !d.topic.sending() || !from.sender {
		return false
	}
	switch c.Kind {
	case corvee.KindLaw, corvee.KindOrder, corvee.KindTransfer, corvee.KindDenial, corvee.KindMovement:
	case corvee.KindWage, corvee.KindLevy, corvee.KindNetPay:
		if d.topic.since > maxSince && !d.r.grammar.Carries() {
			return false
		}
	default:
		if !d.r.grammar.Carries() && (d.topic.since > maxCarried || rule.Set["carried"] == "" && d.topic.since > 2) {
			return false
		}
	}
	c.Subject, c.Nationality = d.topic.words, from.code
	if c.Subject != "" {
		infer(c, corvee.SlotSubject)
	}
	infer(c, corvee.SlotNationality)
	return true
}

// main returns the nation whose workers the report has named most: who was named last may
// only stand beside them ("a Chinese technician").
func (t *topic) main() nation {
	best := tally{}
	for _, c := range t.senders {
		if c.n > best.n {
			best = c
		}
	}
	return nation{best.code, best.n > 0, corvee.RungReport}
}

var rungs = []corvee.Rung{corvee.RungClause, corvee.RungSentence, corvee.RungParagraph, corvee.RungReport}

func worse(a, b corvee.Rung) corvee.Rung {
	if slices.Index(rungs, a) < slices.Index(rungs, b) {
		return b
	}
	return a
}

// sector fills the trade: what the rule bound, the group's own, or the nearest in the
// clause.
func (d *document) sector(c *corvee.Claim, m *frame.Match) {
	if b := m.Bound[frame.InSector]; m.Has(frame.InSector) && b.Chunk < 0 {
		c.Sector = d.tradeOf(int(b.First))
		put(c, corvee.SlotSector, d.span(int(b.First), int(b.Last)), corvee.RungClause, "")
		return
	}
	if m.Has(frame.InSector) {
		e := d.mentions[d.frames.Chunks[m.Bound[frame.InSector].Chunk].Ref]
		c.Sector = e.Sector
		put(c, corvee.SlotSector, d.span(e.First, e.Last), corvee.RungClause, "")
		return
	}
	i, rung := d.nearest(m, func(e entity.Mention) bool { return e.Sector != "" })
	if i < 0 && d.r.grammar.Carries() && c.Kind != corvee.KindActivity && d.topic.sector != "" && c.Kind != corvee.KindLaw {
		c.Sector = d.topic.sector
		infer(c, corvee.SlotSector)
		return
	}
	if i < 0 || rung != corvee.RungClause && !d.r.grammar.Carries() {
		return
	}
	e := d.mentions[i]
	c.Sector = e.Sector
	put(c, corvee.SlotSector, d.span(e.First, e.Last), rung, "")
}

// tradeOf returns the trade that a verb tells: who sews makes garments.
func (d *document) tradeOf(i int) corvee.Sector {
	trade := ""
	d.p.Any(i, func(s lexicon.Sense) bool {
		trade = d.p.Item(s).Attr("sector")
		return trade != ""
	})
	return corvee.Sector(trade)
}

// workplace fills site and employer with names of the clause or the sentence.
func (d *document) workplace(c *corvee.Claim, m *frame.Match) {
	if i, rung := d.nearest(m, func(e entity.Mention) bool { return e.Kind == entity.Site && e.Name != "" }); i >= 0 {
		c.Site = d.mentions[i].Name
		put(c, corvee.SlotSite, d.span(d.mentions[i].First, d.mentions[i].Last), rung, "")
	}
	if i, rung := d.nearest(m, func(e entity.Mention) bool { return e.Kind == entity.Employer }); i >= 0 {
		c.Employer = d.mentions[i].Name
		put(c, corvee.SlotEmployer, d.span(d.mentions[i].First, d.mentions[i].Last), rung, "")
	}
}

// label fills campaign, levy or directive: all that the clause names, else the sentence.
func (d *document) label(c *corvee.Claim, m *frame.Match, kinds ...entity.Kind) {
	var names []string
	for i := range 2 {
		for _, e := range d.mentions {
			if !slices.Contains(kinds, e.Kind) || e.Name == "" || slices.Contains(names, e.Name) {
				continue
			}
			if (i == 0) != d.clauseOf(m, e.Head) || i == 1 && len(names) > 0 {
				continue
			}
			names = append(names, e.Name)
			put(c, corvee.SlotLabel, d.span(e.First, e.Last), rungs[i], "")
		}
	}
	slices.Sort(names)
	c.Label = joined(names)
}

func joined(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += "; "
		}
		out += n
	}
	return out
}

// when fills the time: the nearest of the clause, else of the sentence.
func (d *document) when(c *corvee.Claim, m *frame.Match) {
	best, bestRank := -1, 1<<30
	for i, t := range d.times {
		if d.tracker.InCue(t.First) || !d.clauseOf(m, t.First) && (t.First >= m.To || d.conceded(t.First)) {
			continue // a later clause says when something else was
		}
		rank := distance(m, t.First, t.Last)
		if !d.clauseOf(m, t.First) {
			rank += 1 << 16
		}
		if rank < bestRank {
			best, bestRank = i, rank
		}
	}
	if best < 0 {
		return
	}
	rung := corvee.RungClause
	if bestRank >= 1<<16 {
		rung = corvee.RungSentence
	}
	w := d.times[best].When
	c.When = &w
	put(c, corvee.SlotWhen, d.span(d.times[best].First, d.times[best].Last), rung, "")
}

// conceded reports whether token i stands in a clause of "although", "because", "while":
// what it says when is when that was, not when the rest is.
func (d *document) conceded(i int) bool {
	clause, first := d.p.Tokens[i].Clause, i
	for first > d.s.First && d.p.Tokens[first-1].Clause == clause {
		first--
	}
	for ; first < i; first++ {
		if d.p.Any(first, func(s lexicon.Sense) bool {
			return s.Class == lexicon.Subordinator && d.p.Item(s).Attr("opens") == "always"
		}) {
			return true
		}
		if d.p.Tokens[first].Kind == segment.Word {
			return false
		}
	}
	return false
}
