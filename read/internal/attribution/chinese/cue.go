// Package chinese finds who speaks in a Chinese sentence: the sentence that a Tracker stands
// at in, regions with their speakers out.
//
// Its one idea: a cue is what stands between two commas and ends in a verb of speaking or
// begins with 据; the last head within it that no preposition governs is who speaks.
package chinese

import (
	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Speakers finds speakers by 据…, 援引…, by verbs of speaking with their subject before them,
// and by a colon before a quotation.
func Speakers(tracker *attribution.Tracker) {
	t := cues{tracker}
	if t.First == 0 {
		t.dateline()
	}
	for i := t.First; i < t.End; i++ {
		if t.InCue(i) {
			continue
		}
		if s, next, ok := t.P.At(i, lexicon.According); ok && next < t.End {
			if t.P.Item(s).Attr("cites") != "" {
				t.cites(i, next)
			} else {
				t.basedOn(i, next)
			}
			continue
		}
		if s, next, ok := t.P.At(i, lexicon.SpeechVerb); ok && next <= t.End && t.speaks(i) {
			t.says(i, next, corvee.Factuality(t.P.Item(s).Attr("fact")))
			continue
		}
		if t.P.Mark(i, ':') && t.P.Mark(i+1, '"') {
			t.says(i, i, "")
		}
	}
}

type cues struct{ *attribution.Tracker }

// speaks reports whether the verb at i governs what is said: the outermost of a row
// (介绍说), not one that a noun follows (发布报告).
func (t cues) speaks(i int) bool {
	if t.P.Is(i-1, lexicon.Negation) || t.P.Is(i-1, lexicon.Possessive) {
		return false
	}
	return i+1 > t.End || !t.P.Is(i+1, lexicon.Possessive)
}

// maxCue is how many words the words that name a speaker may take.
const maxCue = 36

// basedOn reads 据X报道, up to its comma or its verb.
func (t cues) basedOn(i, next int) {
	end := next
	for end < t.End && end-next < maxCue && !t.P.Mark(end, ',') && !t.P.Mark(end, ':') {
		if t.P.Is(end, lexicon.Instrument) {
			return // 根据联合国决议: a law, and nobody who speaks
		}
		end++
	}
	if !t.P.Mark(end, ',') && !t.P.Mark(end, ':') {
		if end = t.lastVerb(next, end); end < 0 {
			return
		}
	}
	chain := t.chainIn(next, end)
	if len(chain) == 0 {
		return
	}
	chain = t.relayed(chain)
	t.Add(attribution.Region{First: min(end+1, t.End), Last: t.End, Chain: chain, Fact: t.factIn(next, end), CueFirst: i, CueLast: min(end+1, t.End)})
}

func (t cues) lastVerb(from, to int) int {
	for i := to - 1; i >= from; i-- {
		if t.P.Is(i, lexicon.SpeechVerb) {
			return i
		}
	}
	return -1
}

// factIn returns how the verbs of a cue put what is said: 估计, 认为.
func (t cues) factIn(from, to int) corvee.Factuality {
	for i := from; i < to; i++ {
		if s, _, ok := t.P.At(i, lexicon.SpeechVerb); ok {
			if f := t.P.Item(s).Attr("fact"); f != "" && f != string(corvee.Reported) {
				return corvee.Factuality(f)
			}
		}
		if s, _, ok := t.P.At(i, lexicon.Document); ok && t.P.Item(s).Attr("fact") != "" {
			return corvee.Factuality(t.P.Item(s).Attr("fact"))
		}
	}
	return ""
}

// cites reads 援引X的消息: whom a newsroom quotes, and the newsroom before it.
func (t cues) cites(i, next int) {
	end := next
	for end < t.End && end-next < maxCue && !t.P.Mark(end, ',') && !t.P.Mark(end, ':') && !t.P.Is(end, lexicon.SpeechVerb) {
		end++
	}
	for end < t.End && t.P.Is(end, lexicon.SpeechVerb) {
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
	if t.P.Mark(end, ',') || t.P.Mark(end, ':') {
		end++
	}
	chain = t.relayed(chain)
	t.Add(attribution.Region{First: min(end, t.End), Last: t.End, Chain: chain, CueFirst: first, CueLast: min(end, t.End)})
}

// belongs notes whose source a speaker is, for when it speaks again.
func (t cues) belongs(link corvee.Attribution, outlet string) {
	for n := range t.Met {
		if t.Met[n].Link == link && t.Met[n].Owner == "" {
			t.Met[n].Owner = outlet
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
func (t cues) clauseStart(i int) int {
	first := i
	for first > t.First && i-first < maxCue && !t.InCue(first-1) {
		if from := t.outletBefore(first); from >= 0 {
			first = from
			continue
		}
		if t.P.Mark(first-1, ',') || t.P.Mark(first-1, ';') || t.P.Mark(first-1, ':') || t.P.Mark(first-1, '"') {
			break
		}
		first--
	}
	return first
}

// outletBefore returns the token of the mark that opens the quoted name of a newsroom
// which closes before token i, -1 without.
func (t cues) outletBefore(i int) int {
	if !t.P.Mark(i-1, '"') {
		return -1
	}
	for j := i - 2; j >= t.First && i-j < maxOutlet; j-- {
		if t.P.Mark(j, '"') {
			if t.quotedOutlet(j) > 0 {
				return j
			}
			return -1
		}
	}
	return -1
}

// maxOutlet is the most words of a newsroom's name with its marks.
const maxOutlet = 14

// quotedOutlet returns the token behind the quoted name of a newsroom that opens at i, 0
// without: 《…》, or marks around a name that ends in 日报, 通讯社.
func (t cues) quotedOutlet(i int) int {
	if !t.P.Mark(i, '"') {
		return 0
	}
	for j := i + 1; j < t.End && j-i < maxOutlet; j++ {
		if t.P.Mark(j, ',') {
			return 0
		}
		if !t.P.Mark(j, '"') {
			continue
		}
		if j > i+1 && (t.P.View.Rune(int(t.P.Tokens[i].From)) == '《' || t.P.Is(j-1, lexicon.OutletEnd) || t.P.Is(j-1, lexicon.Outlet)) {
			return j + 1
		}
		return 0
	}
	return 0
}

// says reads the subject of a verb of speaking at i and what it covers: what follows, or
// the quotation or clause before it when nothing does.
func (t cues) says(i, next int, fact corvee.Factuality) {
	first := t.clauseStart(i)
	chain := t.chainIn(first, i)
	if len(chain) == 0 {
		if chain = t.reportItself(first, i, next); len(chain) == 0 {
			if chain = t.before(first, i); len(chain) == 0 {
				return
			}
		}
	}
	for next < t.End && t.P.Is(next, lexicon.SpeechVerb) { // 透露称
		next++
	}
	next, chain = t.told(next, chain)
	if !t.toUs(first, next) {
		chain = t.relayed(chain)
	}
	if fact == corvee.Reported || fact == "" {
		if f := t.factIn(first, next); f != "" {
			fact = f
		}
	}
	r := attribution.Region{Chain: chain, Fact: fact, CueFirst: first, CueLast: next}
	t.cover(&r, first, next)
	t.Add(r)
}

// maxAdverbs is how many words may stand before a verb of saying whose subject is that of the
// clause before: 并补充说.
const maxAdverbs = 3

// before returns who speaks in the clause before, for a verb of saying without a subject:
// X否认…,称….
func (t cues) before(first, i int) []corvee.Attribution {
	if i-first > maxAdverbs || first == t.First {
		return nil
	}
	for j := first; j < i; j++ {
		if t.P.Tokens[j].Lexeme < 0 || t.P.Is(j, lexicon.Worker) || t.P.Is(j, lexicon.Person) || t.P.Is(j, lexicon.Country) {
			return nil
		}
	}
	if r := t.Latest(); r != nil && r.CueLast <= first && !t.P.Is(r.CueFirst, lexicon.According) {
		return r.Chain
	}
	return nil
}

func (t cues) cover(r *attribution.Region, first, next int) {
	after := next
	for after < t.End && t.P.Tokens[after].Kind == segment.Mark {
		after++
	}
	quoted := first > t.First+2 && t.P.Mark(first-1, '"')
	switch {
	case after >= t.End-1 && first > t.First:
		r.First, r.Last = t.First, first
	case quoted:
		r.First, r.Last = t.First, t.End
	case r.Fact == corvee.Denied:
		r.First, r.Last = next, next
		for r.Last < t.End && !t.P.Mark(r.Last, ',') {
			r.Last++
		}
		r.Closed = true // who rejects one thing does not tell the next
	default:
		r.First, r.Last = next, t.End
	}
}

// told reads whom a speaker told: a newsroom there is a link of the chain.
func (t cues) told(i int, chain []corvee.Attribution) (int, []corvee.Attribution) {
	for n := 0; n < 5 && i+n < t.End; n++ {
		if t.P.Tokens[i+n].Kind == segment.Mark {
			break
		}
		if s, next, ok := t.P.At(i+n, lexicon.Outlet); ok {
			return next, append(append([]corvee.Attribution(nil), chain...), t.Outlet(s, i+n, next))
		}
		if t.P.Is(i+n, lexicon.Reporter) || t.P.Is(i+n, lexicon.Pronoun) && n == 0 && t.P.Mark(i+1, ',') {
			return i + n + 1, chain
		}
	}
	return i, chain
}

// reportItself reads 报道称 and 消息说: the newsroom that the report has cited last.
func (t cues) reportItself(first, i, next int) []corvee.Attribution {
	if i-first > 4 || !t.P.Says(i, "报道") && !t.P.Says(i, "报导") && !t.P.Says(i-1, "报道") && !t.P.Says(i-1, "报导") && !t.P.Says(i-1, "消息") {
		return nil
	}
	if t.P.Says(i, "报道") || t.P.Says(i, "报导") {
		if !t.P.Is(next, lexicon.SpeechVerb) && !t.P.Is(next+1, lexicon.SpeechVerb) && !t.P.Mark(next, ',') { // 报道还说
			return nil
		}
	}
	for n := len(t.Met) - 1; n >= 0; n-- {
		if c := t.Met[n].Link.Speaker; c == corvee.SpeakerPublisher || c == corvee.SpeakerAgency {
			return []corvee.Attribution{t.Met[n].Link}
		}
	}
	return nil
}
