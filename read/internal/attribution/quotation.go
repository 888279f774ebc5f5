package attribution

import (
	"corvee"
	"corvee/read/internal/quote"
)

// minQuotation is the fewest words of a quotation that is speech; fewer are a term that
// the author holds at arm's length.
const minQuotation = 5

// quotations gives the sentences of a quotation that have no speaker of their own the one
// of the sentence that closes it, or opens it, or of the paragraph before.
func (t *Tracker) quotations() {
	quotes := quote.Pairs(t.P)
	pending := t.pending
	t.pending = nil
	for _, q := range quotes {
		if q.Last-q.First < minQuotation {
			continue
		}
		chain := t.speakerOf(q)
		if chain == nil && q.First <= 2 { // - “…”
			chain = pending
		}
		if chain == nil && q.First <= 1 { // a paragraph of quotation goes on from the last
			chain = t.Spoken
		}
		if chain == nil {
			continue
		}
		t.Spoken = chain
		for n := q.From; n < q.To; n++ {
			s := t.P.Sentences[n]
			t.Sentence(n)
			first, last := max(q.First, s.First), min(q.Last, s.Last)
			if first < last && t.At(first) == nil {
				t.all[n] = append(t.all[n], Region{First: first, Last: last, Chain: chain, Quoted: true, Carried: !t.cued(n)})
			}
		}
		if q.Open {
			t.pending = chain
		}
	}
}

func (t *Tracker) cued(n int) bool {
	for _, r := range t.all[n] {
		if !r.Carried && !r.Quoted {
			return true
		}
	}
	return false
}

// speakerOf returns who says a quotation: the cue that follows its end, else the one that
// stands before it, in the sentences that it touches.
func (t *Tracker) speakerOf(q quote.Quotation) []corvee.Attribution {
	for n := q.To - 1; n >= q.From; n-- {
		for _, r := range t.all[n] {
			if !r.Quoted && !r.Carried {
				return r.Chain
			}
		}
	}
	if q.From > 0 && q.First <= t.P.Sentences[q.From].First+1 {
		for _, r := range t.all[q.From-1] {
			if r.Quoted || !r.Carried {
				return r.Chain
			}
		}
	}
	return nil
}

// Quoted reports whether token i stands within quotation marks that are speech.
func (t *Tracker) Quoted(i int) bool {
	for n := range t.regions {
		if r := &t.regions[n]; r.Quoted && r.First <= i && i < r.Last {
			return true
		}
	}
	return false
}

// Silent reports whether nobody has been found to speak in the current sentence so far.
func (t *Tracker) Silent() bool { return len(t.regions) == 0 }

// Latest returns the region that was found last in the current sentence, nil without.
func (t *Tracker) Latest() *Region {
	if len(t.regions) == 0 {
		return nil
	}
	return &t.regions[len(t.regions)-1]
}

// SpokeBefore reports whether somebody speaks in the sentence before, within the paragraph.
func (t *Tracker) SpokeBefore() bool { return len(t.all) > 0 && len(t.all[len(t.all)-1]) > 0 }
