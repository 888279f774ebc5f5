package attribution

import (
	"corvee"
)

// quotation is one quoted passage of a paragraph: tokens First to Last, half-open, and the
// sentences that it touches.
type quotation struct {
	first, last int
	from, to    int // sentences, half-open
	open        bool
}

// pairs finds the quotations of the block. A mark that the text itself writes as opening
// or closing is taken at its word; a plain mark opens if none is open. Marks that do not
// pair end with the paragraph, so an odd one can spoil no more than that.
func (t *Tracker) pairs() []quotation {
	var out []quotation
	open := -1
	for n, s := range t.p.Sentences {
		for i := s.First; i < s.Last; i++ {
			if !t.p.Mark(i, '"') {
				continue
			}
			switch r := t.p.View.Rune(int(t.p.Tokens[i].From)); {
			case r == '“' || r == '«' || r == '「' || r == '『' || r == '„' || open < 0 && r != '”' && r != '»' && r != '」' && r != '』':
				if open < 0 {
					open = len(out)
					out = append(out, quotation{first: i + 1, from: n, open: true})
				}
			case open >= 0:
				out[open].last, out[open].to, out[open].open = i, n+1, false
				open = -1
			}
		}
	}
	if open >= 0 {
		out[open].last, out[open].to = len(t.p.Tokens), len(t.p.Sentences)
	}
	return out
}

// minQuotation is the fewest words of a quotation that is speech; fewer are a term that
// the author holds at arm's length.
const minQuotation = 5

// quotations gives the sentences of a quotation that have no speaker of their own the one
// of the sentence that closes it, or opens it, or of the paragraph before.
func (t *Tracker) quotations() {
	quotes := t.pairs()
	pending := t.pending
	t.pending = nil
	for _, q := range quotes {
		if q.last-q.first < minQuotation {
			continue
		}
		chain := t.speakerOf(q)
		if chain == nil && q.first <= 1 {
			chain = pending
		}
		if chain == nil && q.first <= 1 { // a paragraph of quotation goes on from the last
			chain = t.spoken
		}
		if chain == nil {
			continue
		}
		t.spoken = chain
		for n := q.from; n < q.to; n++ {
			s := t.p.Sentences[n]
			t.Sentence(n)
			first, last := max(q.first, s.First), min(q.last, s.Last)
			if first < last && t.At(first) == nil {
				t.all[n] = append(t.all[n], Region{First: first, Last: last, Chain: chain, Quoted: true, Carried: !t.cued(n)})
			}
		}
		if q.open {
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
func (t *Tracker) speakerOf(q quotation) []corvee.Attribution {
	for n := q.to - 1; n >= q.from; n-- {
		for _, r := range t.all[n] {
			if !r.Quoted && !r.Carried {
				return r.Chain
			}
		}
	}
	if q.from > 0 && q.first <= t.p.Sentences[q.from].First+1 {
		for _, r := range t.all[q.from-1] {
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
