package read

import (
	"cmp"
	"slices"

	"corvee"
	"corvee/read/internal/basis"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/hedge"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
	"corvee/read/internal/slot"
)

// match runs the rules over the sentence and keeps, of the drafts that compete for the
// same amount or say the same of the same words, the best.
func (d *document) match() {
	caption := d.Kind == corvee.BlockCaption || d.Kind == corvee.BlockTitle || d.S.Fragment
	d.matches = d.Set.Match(&d.Frames, caption, d.matches[:0])
	d.rank()
	d.kept = d.kept[:0]
	before := len(d.drafts)
	for i := range d.matches {
		if k := d.rival(i); k >= 0 {
			d.support(k, i)
			continue
		}
		from := len(d.drafts)
		if d.draft(&d.matches[i]) {
			d.kept = append(d.kept, winner{i, from, len(d.drafts)})
		}
	}
	d.settleDenials(before)
}

// settleDenials drops the bare denial of a sentence that says what is denied: the claim
// that is rejected stands with that factuality and is enough.
func (d *document) settleDenials(from int) {
	denial := slices.IndexFunc(d.drafts[from:], func(dr draft) bool { return dr.claim.Kind == corvee.KindDenial })
	denied := false
	for i := range d.drafts[from:] {
		c := &d.drafts[from+i].claim
		if denial >= 0 && i != denial && d.drafts[from+denial].claim.Quote.Contains(c.Quote.Span) {
			c.Factuality, c.Polarity = corvee.Denied, corvee.Negative // "denied that wages are withheld"
		}
		denied = denied || c.Kind != corvee.KindDenial && c.Factuality == corvee.Denied
	}
	if !denied {
		return
	}
	kept := slices.DeleteFunc(d.drafts[from:], func(dr draft) bool { return dr.claim.Kind == corvee.KindDenial })
	d.drafts = d.drafts[:from+len(kept)]
}

// winner is a match that was kept, with the drafts that it made.
type winner struct{ match, from, to int }

// support adds the rule of a match that lost to the drafts of the one that won, where both
// read the same kind of thing: the trace shows all that held.
func (d *document) support(k, i int) {
	rule := &d.Set.Rules[d.matches[i].Rule]
	w := d.kept[k]
	for n := w.from; n < w.to; n++ {
		c := &d.drafts[n].claim
		if c.Kind == rule.Kind && c.Indicator == rule.Indicator && !slices.Contains(c.Rules, rule.ID) {
			c.Rules = append(slices.Clone(c.Rules), rule.ID)
		}
	}
}

// rank orders matches: highest score, then more roles filled, then the narrower window,
// then the place in the text, then the order of the rules.
func (d *document) rank() {
	slices.SortStableFunc(d.matches, func(a, b frame.Match) int {
		return cmp.Or(
			cmp.Compare(d.Set.Rules[b.Rule].Score, d.Set.Rules[a.Rule].Score),
			cmp.Compare(b.Filled(), a.Filled()),
			cmp.Compare(a.To-a.From, b.To-b.From),
			cmp.Compare(a.From, b.From),
			cmp.Compare(a.Rule, b.Rule),
		)
	})
}

// rival returns which better match already has this one's amount, or already says the
// same kind of thing of the same words; -1 when none does.
func (d *document) rival(i int) int {
	m := &d.matches[i]
	rule := &d.Set.Rules[m.Rule]
	for n, k := range d.kept {
		other := &d.matches[k.match]
		if d.sameAmount(m, other) || d.once(m, other) && !distinctAmounts(m, other) {
			return n
		}
		if overlap(m, other) > 0 && excludes(rule, &d.Set.Rules[other.Rule]) && !distinctAmounts(m, other) {
			return n
		}
	}
	return -1
}

// once reports whether two matches read one thing however often the sentence says it: "may not
// leave, and two guards watch the gate" is one claim. Where a rule says "once clause", only
// what the same rule or the same clause says is one.
func (d *document) once(m, other *frame.Match) bool {
	a, b := &d.Set.Rules[m.Rule], &d.Set.Rules[other.Rule]
	how := a.Set["once"] + b.Set["once"]
	if how == "" || a.Kind != b.Kind || a.Indicator != b.Indicator {
		return false
	}
	return a.Set["once"] != "clause" || a == b || d.ClauseOf(m, other.From) || d.ClauseOf(other, m.From)
}

func (d *document) sameAmount(a, b *frame.Match) bool {
	return a.Has(frame.Value) && b.Has(frame.Value) && a.Bound[frame.Value].First < b.Bound[frame.Value].Last &&
		b.Bound[frame.Value].First < a.Bound[frame.Value].Last
}

// distinctAmounts reports whether two matches tell of two amounts, or of two things by name.
func distinctAmounts(a, b *frame.Match) bool {
	return a.Has(frame.Value) && b.Has(frame.Value) ||
		a.Has(frame.Named) && b.Has(frame.Named) && a.Bound[frame.Named].First != b.Bound[frame.Named].First
}

func overlap(a, b *frame.Match) int { return min(a.Last, b.Last) - max(a.First, b.First) }

// excludes reports whether two rules read the same thing: one kind (and indicator), or an
// order and the movement that is ordered.
func excludes(a, b *frame.Rule) bool {
	if a.Kind == b.Kind {
		return a.Indicator == b.Indicator
	}
	pair := func(x, y corvee.Kind) bool { return a.Kind == x && b.Kind == y || a.Kind == y && b.Kind == x }
	return pair(corvee.KindOrder, corvee.KindMovement) || pair(corvee.KindHeadcount, corvee.KindMovement) && a.Set["apart"] == "" || pair(corvee.KindLaw, corvee.KindMovement) || pair(corvee.KindLaw, corvee.KindOrder) || pair(corvee.KindLevy, corvee.KindTransfer) && a.Set["apart"] == "" ||
		pair(corvee.KindLevy, corvee.KindOrder)
}

// draft turns a match into drafts of claims; it returns false when the match is out of
// scope.
func (d *document) draft(m *frame.Match) bool {
	rule := &d.Set.Rules[m.Rule]
	c := corvee.Claim{
		Report: d.Report.ID, Text: d.text.Hash(), Kind: rule.Kind, Indicator: rule.Indicator,
		Rules: []string{rule.ID}, Score: rule.Score, Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed,
	}
	if !d.fill.Amount(&c, m, rule) || !d.fill.Subject(&c, m, rule) {
		return false
	}
	noted := rule.Kind == corvee.KindLaw || d.fill.Places(&c, m, d.Abroad(c.Nationality))
	if rule.Set["home"] == "" && d.domestic(&c, m) || c.Kind == corvee.KindWage && d.Ordinary() {
		return false
	}
	d.fill.Sector(&c, m, rule)
	d.fill.Workplace(&c, m)
	d.name(&c, m, rule)
	d.fill.When(&c, m)
	if !d.voice(&c, m, rule) {
		return false
	}
	if d.ahead(&c) {
		c.Factuality = hedge.Weaker(c.Factuality, corvee.Planned)
	}
	if c.Value != nil && c.Value.Per == "" {
		c.Value.Per = basis.Of(c.Kind, c.Value.Unit)
	}
	d.quote(&c, m)
	base := draft{carried: d.fill.Far && len(c.Places) > 0, wide: d.fill.Wide, heading: d.heading(), again: d.P.Is(d.S.First, lexicon.Restates), claim: c, rule: rule, noted: noted, window: m.To - m.From, value: -1}
	if c.Kind == corvee.KindMovement || c.Kind == corvee.KindOrder || c.Kind == corvee.KindDenial {
		base.country = d.Topic.Country()
	}
	if m.Has(frame.Value) {
		base.value = int(m.Bound[frame.Value].First)
	}
	d.each(base, m)
	return true
}

// maxHeading is the longest line in bytes that is a heading for want of a full stop.
const maxHeading = 160

// heading reports whether the sentence is a title or a heading: what it says, the body
// says again.
func (d *document) heading() bool {
	if d.Kind == corvee.BlockTitle {
		return true
	}
	return d.Kind != corvee.BlockCaption && d.S.Fragment && len(d.P.Sentences) == 1 && len(d.P.View.Bytes) < maxHeading
}

// each appends the draft, once for every sector that the clause names if the rule asks
// for that.
func (d *document) each(base draft, m *frame.Match) {
	if base.rule.Each == "to" {
		d.eachItem(base, m)
		return
	}
	if base.rule.Each != "sector" {
		d.keep(base)
		return
	}
	named := d.sectors(m)
	if len(named) > 0 {
		wide := *m
		wide.First, wide.Last = min(wide.First, named[0].First), max(wide.Last, named[len(named)-1].Last)
		d.quote(&base.claim, &wide)
	}
	var done []corvee.Sector
	for _, e := range named {
		if slices.Contains(done, e.Sector) {
			continue
		}
		done = append(done, e.Sector)
		one := base
		one.claim.Sector = e.Sector
		one.claim.Slots = slices.Clone(base.claim.Slots)
		one.claim.Slots = slices.DeleteFunc(one.claim.Slots, func(s corvee.Slot) bool { return s.Name == corvee.SlotSector })
		slot.Put(&one.claim, corvee.SlotSector, d.Span(e.First, e.Last), corvee.RungClause, base.rule.ID)
		d.keep(one)
	}
	if len(done) == 0 {
		d.keep(base)
	}
}

// sectors returns the mentions of trades from the match to the end of its clause, and those
// that are joined to its first: 의류, 수산물, 전자부품 공장.
func (d *document) sectors(m *frame.Match) []entity.Mention {
	var out []entity.Mention
	for i := len(d.Mentions) - 1; i >= 0; i-- {
		e := d.Mentions[i]
		if e.Sector == "" || e.Kind == entity.Group || !d.ClauseOf(m, e.Head) {
			continue
		}
		if e.Head >= m.From || len(out) > 0 && e.Last < out[len(out)-1].First && d.Grammar.Joined(&d.P, e.Last, out[len(out)-1].First) {
			out = append(out, e)
		}
	}
	slices.Reverse(out)
	return out
}

func (d *document) keep(dr draft) { d.drafts = append(d.drafts, dr) }

// domestic reports whether the work is in the workers' own country, which is out of scope
// unless the state moves or levies them there, or the rule tells what reaches home: promises,
// families, money kept.
func (d *document) domestic(c *corvee.Claim, m *frame.Match) bool {
	if c.Nationality != "KP" || len(c.Places) > 0 {
		return false
	}
	switch c.Kind {
	case corvee.KindWage, corvee.KindNetPay, corvee.KindHeadcount, corvee.KindActivity, corvee.KindCondition:
	default:
		return false
	}
	for _, e := range d.Mentions {
		if e.Kind == entity.Place && !e.Weak && e.Where.Country == "KP" && d.ClauseOf(m, e.Head) && d.Grammar.Inside(&d.P, e.First, e.Last) {
			return true
		}
	}
	return false
}

// name fills the label: a law's own, or campaign, levy and directive for what has them.
func (d *document) name(c *corvee.Claim, m *frame.Match, rule *frame.Rule) {
	if label := rule.Set["label"]; label != "" {
		c.Label = label
		if rule.Set["words"] == "label" {
			d.content(c, m.First, m.Last, rule.ID)
		}
		return
	}
	if m.Has(frame.Named) {
		if b := m.Bound[frame.Named]; b.Chunk >= 0 {
			e := d.Mentions[d.Frames.Chunks[b.Chunk].Ref]
			c.Label = e.Name
			slot.Put(c, corvee.SlotLabel, d.Span(e.First, e.Last), corvee.RungClause, rule.ID)
			return
		}
	}
	switch c.Kind {
	case corvee.KindLevy, corvee.KindTransfer:
		d.fill.Label(c, m, entity.Label)
	case corvee.KindOrder:
		d.fill.Label(c, m, entity.Label, entity.Directive)
		if c.Label == "" && rule.Set["words"] == "label" {
			d.content(c, m.First, m.Last, rule.ID)
		}
	}
}

// ahead reports whether people are told to move at a time that is yet to come: "the doctors
// leave by April" is a plan.
func (d *document) ahead(c *corvee.Claim) bool {
	if c.Kind != corvee.KindMovement || c.When == nil || !c.When.From.Known() || d.Report.Published.Day == 0 {
		return false
	}
	day := d.Report.Published
	return c.When.From.First().Compare(day) >= 0 && c.When.Last().First().Compare(day) > 0
}

// voice fills who says it, how sure and with which polarity. It returns false for what
// is only supposed ("if they were sent").
func (d *document) voice(c *corvee.Claim, m *frame.Match, rule *frame.Rule) bool {
	at := m.First
	if m.Has(frame.Value) {
		at = int(m.Bound[frame.Value].First)
	}
	if d.Tracker.At(at) == nil && (d.Grammar.Carries() || rule.Kind == corvee.KindDenial) {
		at = m.Last - 1 // 某公司否认…: the match begins with who speaks
	}
	c.Attribution = slices.Clone(d.Tracker.Chain(at))
	v := d.Grammar.Judge(&d.P, hedge.Scope{
		First: d.S.First, Last: d.S.Last, From: m.From, To: m.To,
		Skip: d.Tracker.InCue, Said: m.Said,
	})
	if v.Hypothetical && c.Indicator != corvee.IndicatorIntimidationThreats { // "if they flee …" is the threat
		return false
	}
	if c.Indicator == corvee.IndicatorIntimidationThreats && v.Fact == corvee.Planned {
		v.Fact, v.FactAt = corvee.Asserted, 0 // a threat that stands is of what will be
	}
	if rule.Kind == corvee.KindLaw && v.Fact == corvee.Planned {
		v.Fact, v.FactAt = corvee.Asserted, 0 // what it asks for lies ahead, it stands itself
	}
	c.Factuality, c.Polarity = v.Fact, v.Polarity
	if p := rule.Set["polarity"]; p != "" {
		c.Polarity = corvee.Polarity(p)
	}
	if f := rule.Set["factuality"]; f != "" {
		c.Factuality = hedge.Weaker(c.Factuality, corvee.Factuality(f))
	}
	if v.FactAt > 0 {
		slot.Put(c, corvee.SlotFactuality, d.Span(v.FactFirst, v.FactAt), corvee.RungClause, "")
	}
	if v.NegAfter > 0 && c.Polarity == corvee.Negative {
		slot.Put(c, corvee.SlotPolarity, d.Span(v.NegFirst, v.NegAfter), corvee.RungClause, "")
	}
	r := d.Tracker.At(at)
	if r == nil {
		return true
	}
	c.Factuality = hedge.Weaker(c.Factuality, corvee.Reported)
	c.Factuality = hedge.Weaker(c.Factuality, r.Fact)
	if r.Fact == corvee.Denied && d.Grammar.Carries() {
		c.Polarity = corvee.Negative
	}
	if r.Carried {
		slot.Infer(c, corvee.SlotAttribution)
	} else if r.CueFirst < r.CueLast {
		slot.Put(c, corvee.SlotAttribution, d.Span(r.CueFirst, r.CueLast), corvee.RungSentence, "")
	}
	return true
}

// quote fills the exact words, without punctuation at their ends.
func (d *document) quote(c *corvee.Claim, m *frame.Match) {
	first, last := m.First, m.Last
	for last > first+1 && d.P.Tokens[last-1].Kind == segment.Mark && !d.P.Mark(last-1, ')') && !d.P.Mark(last-1, '%') {
		last--
	}
	for first < last-1 && d.P.Tokens[first].Kind == segment.Mark && !d.isCurrency(first) {
		first++
	}
	q, err := d.text.Quote(d.Span(first, last))
	if err == nil {
		c.Quote = q
	}
}

func (d *document) isCurrency(i int) bool { return d.P.Is(i, lexicon.Currency) }
