package attribution

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Chinese finds speakers by 据…, 援引…, by verbs of speaking with their subject before them,
// and by a colon before a quotation.
func Chinese(t *Tracker) {
	for i := t.first; i < t.end; i++ {
		if t.InCue(i) {
			continue
		}
		if s, next, ok := t.p.At(i, lexicon.According); ok && next < t.end {
			if t.p.Item(s).Attr("cites") != "" {
				t.cites(i, next)
			} else {
				t.basedOn(i, next)
			}
			continue
		}
		if s, next, ok := t.p.At(i, lexicon.SpeechVerb); ok && next <= t.end && t.speaks(i) {
			t.says(i, next, corvee.Factuality(t.p.Item(s).Attr("fact")))
			continue
		}
		if t.p.Mark(i, ':') && t.p.Mark(i+1, '"') {
			t.says(i, i, "")
		}
	}
}

// speaks reports whether the verb at i governs what is said: the outermost of a row
// (介绍说), not one that a noun follows (发布报告).
func (t *Tracker) speaks(i int) bool {
	if t.p.Is(i-1, lexicon.Negation) || t.p.Is(i-1, lexicon.Possessive) {
		return false
	}
	return i+1 > t.end || !t.p.Is(i+1, lexicon.Possessive)
}

// maxCue is how many words the words that name a speaker may take.
const maxCue = 36

// basedOn reads 据X报道, up to its comma or its verb.
func (t *Tracker) basedOn(i, next int) {
	end := next
	for end < t.end && end-next < maxCue && !t.p.Mark(end, ',') && !t.p.Mark(end, ':') {
		if t.p.Is(end, lexicon.Instrument) {
			return // 根据联合国决议: a law, and nobody who speaks
		}
		end++
	}
	if !t.p.Mark(end, ',') && !t.p.Mark(end, ':') {
		if end = t.lastVerb(next, end); end < 0 {
			return
		}
	}
	chain := t.chainIn(next, end)
	if len(chain) == 0 {
		return
	}
	t.add(Region{First: min(end+1, t.end), Last: t.end, Chain: chain, Fact: t.factIn(next, end), CueFirst: i, CueLast: min(end+1, t.end)})
}

func (t *Tracker) lastVerb(from, to int) int {
	for i := to - 1; i >= from; i-- {
		if t.p.Is(i, lexicon.SpeechVerb) {
			return i
		}
	}
	return -1
}

// factIn returns how the verbs of a cue put what is said: 估计, 认为.
func (t *Tracker) factIn(from, to int) corvee.Factuality {
	for i := from; i < to; i++ {
		if s, _, ok := t.p.At(i, lexicon.SpeechVerb); ok {
			if f := t.p.Item(s).Attr("fact"); f != "" && f != string(corvee.Reported) {
				return corvee.Factuality(f)
			}
		}
		if s, _, ok := t.p.At(i, lexicon.Document); ok && t.p.Item(s).Attr("fact") != "" {
			return corvee.Factuality(t.p.Item(s).Attr("fact"))
		}
	}
	return ""
}

// cites reads 援引X的消息: whom a newsroom quotes, and the newsroom before it.
func (t *Tracker) cites(i, next int) {
	end := next
	for end < t.end && end-next < maxCue && !t.p.Mark(end, ',') && !t.p.Mark(end, ':') && !t.p.Is(end, lexicon.SpeechVerb) {
		end++
	}
	for end < t.end && t.p.Is(end, lexicon.SpeechVerb) {
		end++
	}
	first := t.clauseStart(i)
	chain := t.chainIn(next, end)
	for _, link := range t.chainIn(first, i) {
		if len(chain) > 0 && (link.Speaker == corvee.SpeakerPublisher || link.Speaker == corvee.SpeakerAgency) {
			t.belongs(chain[0], link.Name)
		}
		chain = appendLink(chain, link)
	}
	if len(chain) == 0 {
		return
	}
	if t.p.Mark(end, ',') || t.p.Mark(end, ':') {
		end++
	}
	t.add(Region{First: min(end, t.end), Last: t.end, Chain: chain, CueFirst: first, CueLast: min(end, t.end)})
}

// belongs notes whose source a speaker is, for when it speaks again.
func (t *Tracker) belongs(link corvee.Attribution, outlet string) {
	for n := range t.speakers {
		if t.speakers[n].link == link && t.speakers[n].owner == "" {
			t.speakers[n].owner = outlet
		}
	}
}

func appendLink(chain []corvee.Attribution, link corvee.Attribution) []corvee.Attribution {
	for _, have := range chain {
		if have == link {
			return chain
		}
	}
	return append(chain, link)
}

// clauseStart returns where the words that lead to token i begin: behind a comma, a
// quotation or another cue.
func (t *Tracker) clauseStart(i int) int {
	first := i
	for first > t.first && i-first < maxCue && !t.InCue(first-1) {
		if t.p.Mark(first-1, '"') && t.outletBefore(first) > 0 {
			first = t.outletBefore(first)
			continue
		}
		if t.p.Mark(first-1, ',') || t.p.Mark(first-1, ';') || t.p.Mark(first-1, ':') || t.p.Mark(first-1, '"') {
			break
		}
		first--
	}
	return first
}

// outletBefore returns the token of the mark that opens the quoted name of a newsroom
// which closes before token i, 0 without.
func (t *Tracker) outletBefore(i int) int {
	if !t.p.Mark(i-1, '"') {
		return 0
	}
	for j := i - 2; j >= t.first && i-j < maxOutlet; j-- {
		if t.p.Mark(j, '"') {
			if t.quotedOutlet(j) > 0 {
				return j
			}
			return 0
		}
	}
	return 0
}

// maxOutlet is the most words of a newsroom's name with its marks.
const maxOutlet = 14

// quotedOutlet returns the token behind the quoted name of a newsroom that opens at i, 0
// without: 《…》, or marks around a name that ends in 日报, 通讯社.
func (t *Tracker) quotedOutlet(i int) int {
	if !t.p.Mark(i, '"') {
		return 0
	}
	for j := i + 1; j < t.end && j-i < maxOutlet; j++ {
		if t.p.Mark(j, ',') {
			return 0
		}
		if !t.p.Mark(j, '"') {
			continue
		}
		if j > i+1 && (t.p.View.Rune(int(t.p.Tokens[i].From)) == '《' || t.p.Is(j-1, lexicon.OutletEnd) || t.p.Is(j-1, lexicon.Outlet)) {
			return j + 1
		}
		return 0
	}
	return 0
}

// says reads the subject of a verb of speaking at i and what it covers: what follows, or
// the quotation or clause before it when nothing does.
func (t *Tracker) says(i, next int, fact corvee.Factuality) {
	first := t.clauseStart(i)
	chain := t.chainIn(first, i)
	if len(chain) == 0 {
		if chain = t.reportItself(first, i, next); len(chain) == 0 {
			return
		}
	}
	for next < t.end && t.p.Is(next, lexicon.SpeechVerb) { // 透露称
		next++
	}
	next, chain = t.told(next, chain)
	if fact == corvee.Reported || fact == "" {
		if f := t.factIn(first, next); f != "" {
			fact = f
		}
	}
	r := Region{Chain: chain, Fact: fact, CueFirst: first, CueLast: next}
	t.cover(&r, first, next)
	t.add(r)
}

func (t *Tracker) cover(r *Region, first, next int) {
	after := next
	for after < t.end && t.p.Tokens[after].Kind == segment.Mark {
		after++
	}
	quoted := first > t.first+2 && t.p.Mark(first-1, '"')
	switch {
	case after >= t.end-1 && first > t.first:
		r.First, r.Last = t.first, first
	case quoted:
		r.First, r.Last = t.first, t.end
	case r.Fact == corvee.Denied:
		r.First, r.Last = next, next
		for r.Last < t.end && !t.p.Mark(r.Last, ',') {
			r.Last++
		}
		r.Closed = true // who rejects one thing does not tell the next
	default:
		r.First, r.Last = next, t.end
	}
}

// told reads whom a speaker told: a newsroom there is a link of the chain.
func (t *Tracker) told(i int, chain []corvee.Attribution) (int, []corvee.Attribution) {
	for n := 0; n < 5 && i+n < t.end; n++ {
		if t.p.Tokens[i+n].Kind == segment.Mark {
			break
		}
		if s, next, ok := t.p.At(i+n, lexicon.Outlet); ok {
			return next, append(append([]corvee.Attribution(nil), chain...), t.outlet(s, i+n, next))
		}
		if t.p.Is(i+n, lexicon.Reporter) || t.p.Is(i+n, lexicon.Pronoun) && n == 0 && t.p.Mark(i+1, ',') {
			return i + n + 1, chain
		}
	}
	return i, chain
}

// reportItself reads 报道称 and 消息说: the newsroom that the report has cited last.
func (t *Tracker) reportItself(first, i, next int) []corvee.Attribution {
	if i-first > 4 || !t.p.Says(i, "报道") && !t.p.Says(i, "报导") && !t.p.Says(i-1, "报道") && !t.p.Says(i-1, "报导") && !t.p.Says(i-1, "消息") {
		return nil
	}
	if t.p.Says(i, "报道") || t.p.Says(i, "报导") {
		if !t.p.Is(next, lexicon.SpeechVerb) && !t.p.Mark(next, ',') {
			return nil
		}
	}
	for n := len(t.speakers) - 1; n >= 0; n-- {
		if c := t.speakers[n].link.Speaker; c == corvee.SpeakerPublisher || c == corvee.SpeakerAgency {
			return []corvee.Attribution{t.speakers[n].link}
		}
	}
	return nil
}
