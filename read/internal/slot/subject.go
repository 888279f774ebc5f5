package slot

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/scene"
	"corvee/read/internal/segment"
)

// Subject fills the worker group and its nationality. It returns false when the match is
// about people who are out of scope: workers of another nation, or nobody.
func (f *Filler) Subject(c *corvee.Claim, m *frame.Match, rule *frame.Rule) bool {
	i, rung := -1, corvee.RungClause
	if m.Has(frame.Subject) {
		i = f.Frames.Chunks[m.Bound[frame.Subject].Chunk].Ref
	} else {
		i, rung = f.nearest(m, func(e entity.Mention) bool {
			return e.Kind == entity.Group && (!e.Weak && !e.Generic || f.stands(e)) && (rule.Set["beside"] == "" || f.sent(e))
		})
		if f.Grammar.Carries() && i >= 0 && !f.Nations[i].Sender { // 朝鲜女工不准跟中国工人说话
			if own, at := f.nearest(m, f.ours); own >= 0 && at == corvee.RungClause {
				i, rung = own, at
			}
		}
	}
	if rung != corvee.RungClause && f.Grammar.Carries() && f.ofOthers(m) {
		return false
	}
	if i < 0 || rung != corvee.RungClause && !f.Nations[i].Sender {
		return f.carriedSubject(c, rule)
	}
	e, n := f.Mentions[i], f.Nations[i]
	if !n.Sender {
		return false
	}
	s := f.Span(e.First, e.Last)
	if first, last := f.uncounted(e); e.Weak || e.ID == "counted" || first >= last {
		Put(c, corvee.SlotSubject, s, corvee.RungParagraph, "")
		c.Subject = f.Topic.Words
	} else {
		c.Subject = f.groupWords(first, last)
		Put(c, corvee.SlotSubject, f.Span(first, last), rung, "")
		f.Topic.Words = c.Subject
	}
	if n.Code != "" {
		c.Nationality = n.Code
		Put(c, corvee.SlotNationality, s, worse(rung, n.Rung), "")
	}
	return true
}

// sent reports whether a group is of workers sent by a state. A rule about contact leaves
// others out: "they may not talk to Chinese workers" is not about those.
func (f *Filler) sent(e entity.Mention) bool {
	i := slices.IndexFunc(f.Mentions, func(x entity.Mention) bool { return x.Kind == e.Kind && x.First == e.First })
	return i >= 0 && f.Nations[i].Sender
}

// uncounted returns the tokens of a group without its count, before or behind it; none are
// left of a count that names nobody.
func (f *Filler) uncounted(e entity.Mention) (first, last int) {
	if e.Count < 0 {
		return e.First, e.Last
	}
	q := f.Quantities[e.Count]
	if q.First > e.First && q.Last >= e.Last {
		return e.First, q.First
	}
	first = max(e.First, q.Last)
	if f.P.Says(first, "of") { // "300 of the 900 workers"
		for first < e.Head && (f.P.Says(first, "of") || f.P.Tokens[first].Kind == segment.Number || f.P.Is(first, lexicon.Determiner) || f.P.Is(first, lexicon.Approx)) {
			first++
		}
	}
	return first, e.Last
}

// ours reports whether a mention is a group of a sending state.
func (f *Filler) ours(e entity.Mention) bool {
	i := slices.IndexFunc(f.Mentions, func(x entity.Mention) bool { return x.Kind == e.Kind && x.First == e.First })
	return e.Kind == entity.Group && i >= 0 && f.Nations[i].Sender
}

// ofOthers reports whether somebody who is no worker stands before the match in its
// clause, so that what is left unsaid is about them: 老板被罚款.
func (f *Filler) ofOthers(m *frame.Match) bool {
	for i := m.From - 1; i >= f.S.First && f.P.Tokens[i].Clause == f.P.Tokens[m.From].Clause; i-- {
		if f.besides(i + 1) {
			continue
		}
		if (f.P.Is(i, lexicon.Ordinary) || f.P.Is(i, lexicon.Public) || f.P.Is(i, lexicon.Official) || f.P.Is(i, f.Classes.Goods)) && !f.Tracker.InCue(i) && !f.P.Is(i, lexicon.Actor) && !f.P.Says(i+1, "给") && !f.P.Says(i+1, "的") {
			return true
		}
	}
	return false
}

// besides reports whether a particle at token i says that what stands before it is not who acts:
// 손님과, 주민에게.
func (f *Filler) besides(i int) bool {
	return i < f.S.Last && f.P.Tokens[i].Glued && f.P.Is(i, lexicon.Particle) && !f.P.Among(i, lexicon.Particle, func(row *lexicon.Item) bool {
		return row.ID == "topic" || row.ID == "subject" || row.ID == "also" || row.ID == "plural"
	})
}

// stands reports whether a pronoun, or people who work, may be the workers.
func (f *Filler) stands(e entity.Mention) bool {
	i := slices.IndexFunc(f.Mentions, func(x entity.Mention) bool { return x.Kind == e.Kind && x.First == e.First })
	return i >= 0 && f.Eligible(i)
}

// maxCarried is the same for what is done to them, where the rule's words are plain enough
// ("the doors are locked at nine").
const maxCarried = 12

// groupWords returns the words for a group without "of", article or possessive.
func (f *Filler) groupWords(first, last int) string {
	return f.P.Source(f.Grammar.Subject(&f.P, first, last))
}

// carriedSubject takes the group that the report has been about, where the sentence names
// none: for money and numbers if the sentence before was about it too, for laws, orders
// and whatever a rule allows, always.
func (f *Filler) carriedSubject(c *corvee.Claim, rule *frame.Rule) bool {
	from := f.Topic.Last
	if !from.Sender && rule.Set["carried"] != "" && f.Topic.Since <= maxCarried {
		from = f.Topic.Main()
	}
	if !f.Topic.Sending() || !from.Sender {
		return false
	}
	switch c.Kind {
	case corvee.KindLaw, corvee.KindOrder, corvee.KindTransfer, corvee.KindDenial, corvee.KindMovement:
	case corvee.KindWage, corvee.KindLevy, corvee.KindNetPay:
		if f.Topic.Since > scene.MaxSince && !f.Grammar.Carries() {
			return false
		}
	default:
		if !f.Grammar.Carries() && (f.Topic.Since > maxCarried || rule.Set["carried"] == "" && f.Topic.Since > 2) {
			return false
		}
	}
	c.Subject, c.Nationality = f.Topic.Words, from.Code
	if c.Subject != "" {
		Infer(c, corvee.SlotSubject)
	}
	Infer(c, corvee.SlotNationality)
	return true
}
