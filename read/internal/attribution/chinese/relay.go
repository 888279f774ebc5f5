package chinese

import (
	"slices"

	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// maxRelay is how many paragraphs a newsroom is passed on without being named again. Two: a
// paragraph of background stands between.
const maxRelay = 2

// relayed adds the newsroom whose report is passed on to a chain that names none: after
// 据X报道, an expert is X's. A chain that names one keeps it for what follows.
func (t cues) relayed(chain []corvee.Attribution) []corvee.Attribution {
	if i := slices.IndexFunc(chain, press); i >= 0 {
		t.Relayed = attribution.Relay{Link: chain[i], Block: t.Blocks, Whole: t.Relayed.Whole && t.Relayed.Link == chain[i]}
		return chain
	}
	r := t.Relayed
	if r.Link.Name == "" || !r.Whole && t.Blocks-r.Block > maxRelay || attribution.SameName(r.Link.Name, t.Publisher) {
		return chain
	}
	return append(slices.Clone(chain), r.Link)
}

func press(link corvee.Attribution) bool {
	return link.Speaker == corvee.SpeakerPublisher || link.Speaker == corvee.SpeakerAgency
}

// toUs reports whether the cue first to next says that it was told to who writes: 对本报记者说.
func (t cues) toUs(first, next int) bool {
	for i := first; i < next; i++ {
		if t.P.Is(i, lexicon.Reporter) {
			return true
		}
	}
	return false
}

// maxDateline is the most words of a dateline: (中央社首尔24日综合外电报导).
const maxDateline = 24

// dateline reads the agency in the bracket that a report opens with, behind a place or first.
func (t cues) dateline() {
	open := t.First
	for open < min(t.First+6, t.End) && !t.P.Mark(open, '(') {
		if t.P.Tokens[open].Kind == segment.Mark {
			return
		}
		open++
	}
	if open >= min(t.First+6, t.End) {
		return
	}
	last := open + 1
	for last < min(open+maxDateline, t.End) && !t.P.Mark(last, ')') {
		last++
	}
	if last >= t.End || !t.P.Mark(last, ')') || last == open+1 {
		return
	}
	link, ok := t.wire(open+1, last)
	if !ok || open > t.First && !t.P.Mark(last+1, '-') {
		return
	}
	t.Relayed = attribution.Relay{Link: link, Block: t.Blocks, Whole: true}
	t.Add(attribution.Region{First: t.First, Last: last + 1, Chain: []corvee.Attribution{link}, CueFirst: t.First, CueLast: last + 1, Closed: true})
}

// wire reads who sent a report: a newsroom of a row, or one word of Latin letters.
func (t cues) wire(first, last int) (corvee.Attribution, bool) {
	for i := first; i < last; i++ {
		if s, next, ok := t.P.At(i, lexicon.Outlet); ok && next <= last {
			return t.Outlet(s, i, next), true
		}
	}
	if last == first+1 && t.P.Tokens[first].Kind == segment.Word && t.P.View.Bytes[t.P.Tokens[first].From] < 0x80 {
		return t.Know(attribution.Speaker{Link: corvee.Attribution{Name: t.P.Source(first, last), Speaker: corvee.SpeakerAgency}}, false), true
	}
	return corvee.Attribution{}, false
}
