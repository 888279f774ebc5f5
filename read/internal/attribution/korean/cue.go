// Package korean finds who speaks in a Korean sentence: the sentence that a Tracker stands
// at in, regions with their speakers out.
//
// Its one idea: the content comes first and the verb of speaking last, so everything is read
// back from the ending that closes what is said.
package korean

import (
	"strings"

	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/josa"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quote"
	"corvee/read/internal/segment"
	"corvee/read/internal/turn"
)

// Speakers finds speakers as Korean puts them: the content ends in a quoting ending or a
// closing mark, the verb of speaking stands last, and the speaker before the content or
// between the two. "X에 따르면" opens a sentence that X says.
func Speakers(t *attribution.Tracker) {
	k := cues{t}
	if t.First == 0 {
		k.turn()
	}
	k.opensQuotation()
	from := t.First
	for i := t.First; i < t.End; i++ {
		if s, next, ok := t.P.At(i, lexicon.According); ok && next <= t.End {
			k.according(i, next, t.P.Item(s).Attr("cites") != "")
			continue
		}
		if fact, next, ok := k.speech(i); ok {
			k.said(from, i, next, fact)
			from = next
		}
	}
	k.hearsay()
}

type cues struct{ *attribution.Tracker }

// turn reads a line that says who speaks: here, or in the quotation of the next paragraph.
// A reporter's own line is the author's.
func (t cues) turn() {
	t.Turned = nil
	line, ok := turn.Of(t.P)
	if !ok || t.P.Says(line.RoleLast-1, "기자") || t.P.Says(line.RoleLast-1, "앵커") || t.P.Says(line.RoleFirst, "앵커") {
		return
	}
	chain, ok := t.titled(line.RoleFirst, [2]int{line.NameFirst, line.NameLast}, line.RoleLast)
	if !ok {
		chain, ok = t.describe(line.RoleFirst, line.RoleLast)
	}
	if !ok {
		return
	}
	t.Turned = chain
	if line.Body < t.End {
		t.Add(attribution.Region{First: line.Body, Last: t.End, Chain: chain, CueFirst: t.First, CueLast: line.Body})
	}
}

// speech reads a verb of speaking at token i: one of the lexicon's, or 하 directly behind a
// quoting ending ("…고 했다").
func (t cues) speech(i int) (corvee.Factuality, int, bool) {
	if s, next, ok := t.P.At(i, lexicon.SpeechVerb); ok && next <= t.End && !quote.Within(t.P, t.First, t.End, i) {
		if s.Form&(lexicon.Participle|lexicon.Ing) != 0 && s.Form&lexicon.Base == 0 && !t.P.Says(next, "다") && !t.P.Says(next, "다고") && !t.P.Says(next, "바") {
			return "", i, false // 밝힌: describes a noun
		}
		return corvee.Factuality(t.P.Item(s).Attr("fact")), next, true
	}
	if s, next, ok := t.P.At(i, lexicon.Light); ok && t.P.Item(s).ID == "do" && t.quotes(i-1) && (s.Form&lexicon.Past != 0 || s.Form&lexicon.Base != 0 && t.P.Mark(i-2, '"')) { // …다고 한다: nobody is said to say it
		return "", next, true
	}
	return "", i, false
}

// quotes reports whether token i is a quoting ending, or a mark that closes a quotation.
func (t cues) quotes(i int) bool {
	if i < t.First || i >= t.End || !t.P.Tokens[i].Glued {
		return false
	}
	closed := t.P.Mark(i-1, '"')
	return t.P.Among(i, lexicon.Ending, func(row *lexicon.Item) bool {
		return (row.ID == "quote" || row.ID == "quote_and") && (closed || row.Attr("after") != "quote")
	})
}

// lastQuote returns the token of the last quoting ending from..to, -1 without.
func (t cues) lastQuote(from, to int) int {
	for i := to - 1; i >= from; i-- {
		if t.quotes(i) {
			return i
		}
	}
	return -1
}

// said reads what the verb at token i closes: the content, and who says it.
func (t cues) said(from, i, next int, fact corvee.Factuality) {
	q := t.lastQuote(from, i)
	if q < 0 {
		if fact != "" {
			t.noun(from, i, next, fact)
		} else if chain, first, _, ok := t.speakerIn(from, i); ok {
			t.Spoken = chain                                         // who is quoted in what follows
			if at := quote.LastClosed(t.P, from, first); at > from { // “…” 주민은 이렇게 전했다
				t.Add(attribution.Region{First: from, Last: at, Chain: chain, CueFirst: first, CueLast: next, Closed: true})
			}
		}
		return
	}
	r := attribution.Region{Fact: fact, First: from, Last: q + 1, Closed: true}
	if chain, first, _, ok := t.speakerIn(q+1, i); ok {
		r.Chain, r.CueFirst, r.CueLast = chain, first, next
	} else if josa.Subject(t.P, q+1, i) { // somebody whom no row describes
		r.Chain, r.CueFirst, r.CueLast = t.whoever(i), q+1, next
	} else if chain, first, last, ok := t.before(from, q, i); ok {
		r.Chain, r.CueFirst, r.CueLast, r.First = chain, first, last, last
		r.CueLast = t.upToQuote(last, q)
		r.First = r.CueLast
	} else if t.Last >= 0 {
		r.Chain, r.CueFirst, r.CueLast = t.Owned(t.Met[t.Last].Link), q+1, next
	} else {
		return
	}
	t.Add(r)
}

// before reads who stands before the content that ends with the quoting ending q. Workers
// report nothing ("하루에 200명까지 노동자들이 들어간다고 보도했다" is the newsroom's that was met),
// and as a subject with 이 or 가 they are what is told of.
func (t cues) before(from, q, verb int) ([]corvee.Attribution, int, int, bool) {
	met := t.Last
	chain, first, last, ok := t.speakerIn(from, t.quoteStart(from, q))
	told := ok && t.Last >= 0 && t.Met[t.Last].Head == "worker" && (t.P.Says(last-1, "이") || t.P.Says(last-1, "가"))
	if told || ok && strings.HasPrefix(t.P.Word(verb), "보도") && chain[0].Speaker == corvee.SpeakerAnonymous {
		t.Last = met
		return nil, 0, 0, false
	}
	return chain, first, last, ok
}

// whoever is somebody whom no row describes: a newsroom if the verb at token i is of reporting.
func (t cues) whoever(i int) []corvee.Attribution {
	if strings.HasPrefix(t.P.Word(i), "보도") {
		return []corvee.Attribution{{Role: "newsroom", Speaker: corvee.SpeakerPublisher}}
	}
	return []corvee.Attribution{t.Know(attribution.Speaker{Link: corvee.Attribution{Role: "person", Speaker: corvee.SpeakerAnonymous}}, true)}
}

// noun reads "X는 …을 부인했다", "…로 추정했다": the content is no sentence of its own.
func (t cues) noun(from, i, next int, fact corvee.Factuality) {
	chain, first, last, ok := t.speakerIn(from, i)
	if !ok {
		return
	}
	t.Add(attribution.Region{Fact: fact, First: last, Last: next, Chain: chain, CueFirst: first, CueLast: last, Closed: true})
}

// quoteStart returns where the speaker before a quotation must have ended: its opening
// mark, or its end.
func (t cues) quoteStart(from, q int) int {
	for i := from; i < q; i++ {
		if t.P.Mark(i, '"') && !quote.Closes(t.P, i) {
			return i
		}
	}
	return q
}

// upToQuote widens a cue over what stands between the speaker and an opening mark: a day,
// whom it was told to. Without a mark near it stays as it is.
func (t cues) upToQuote(last, q int) int {
	for i := last; i < min(last+attribution.MaxSubject, q); i++ {
		if t.P.Mark(i, '"') {
			return i
		}
	}
	return last
}

// opensQuotation reads a speaker before a quotation that the sentence does not close.
func (t cues) opensQuotation() {
	open := -1
	for i := t.First; i < t.End; i++ {
		if !t.P.Mark(i, '"') {
			continue
		}
		switch {
		case open >= 0:
			open = -1
		case !quote.Closes(t.P, i): // one that closes ends what a sentence before opened
			open = i
		}
	}
	if open <= t.First || t.End-open < 2 {
		return
	}
	if chain, first, _, ok := t.speakerIn(t.First, open); ok {
		t.Add(attribution.Region{First: open, Last: t.End, Chain: chain, CueFirst: first, CueLast: open, Closed: true})
	}
}

// according reads "X에 따르면", "X 보도에 따르면" and "X를 인용해".
func (t cues) according(i, next int, cites bool) {
	end := i
	if end > t.First && t.P.Is(end-1, lexicon.Particle) && t.P.Tokens[end-1].Glued {
		end--
	}
	first := josa.PhraseStart(t.P, t.First, end)
	chain, ok := t.describe(first, end)
	if !ok {
		return
	}
	for next < t.End && (t.P.Mark(next, ',') || t.P.Is(next, lexicon.Ending) && t.P.Tokens[next].Glued) {
		next++
	}
	r := attribution.Region{Chain: chain, CueFirst: first, CueLast: next, First: next, Last: t.End}
	switch {
	case cites:
		r.First, r.Last = t.cited(first, next)
		r.Closed = true
	case first > t.First+2:
		r.First = t.First
	}
	t.Add(r)
}

// cited returns what somebody is cited for, tokens first to next being the words that cite: the
// content before, or behind, within what the newsroom says, so that the one cited said it first.
func (t cues) cited(first, next int) (int, int) {
	if q := t.lastQuote(t.First, first); q >= 0 {
		return t.First, q + 1
	}
	if q := t.lastQuote(next, t.End); q >= 0 {
		return next, q + 1
	}
	return next, t.End
}

// told reads "…라는 게 X의 설명이다", "…다는 것이 X의 전언이다": X says what stands before.
func (t cues) told() bool {
	for i := t.End - 1; i > t.First && i > t.End-6; i-- {
		if !t.P.Is(i, lexicon.SpeechNoun) || !t.P.Says(i-1, "의") {
			continue
		}
		for q := i - 2; q > t.First && q > i-josa.MaxPhrase; q-- {
			if !josa.Ending(t.P, q, "quote_of") {
				continue
			}
			first := q + 1
			for first < i-1 && (t.P.Says(first, "게") || t.P.Says(first, "것") || t.P.Says(first, "건") || t.P.Tokens[first].Glued) {
				first++
			}
			if chain, ok := t.describe(first, i-1); ok {
				t.Add(attribution.Region{First: t.First, Last: q + 1, Chain: chain, CueFirst: q + 1, CueLast: t.End, Closed: true})
				return true
			}
		}
	}
	return false
}

// hearsay gives a sentence that ends in "…다는 얘기다" to whoever spoke last in the
// paragraph.
func (t cues) hearsay() {
	if t.told() || t.Last < 0 || !t.Silent() || !t.SpokeBefore() {
		return
	}
	for i := t.End - 1; i > t.First && i > t.End-6; i-- {
		if josa.Ending(t.P, i, "quote_of") && t.P.Is(i+1, lexicon.SpeechNoun) {
			t.Add(attribution.Region{First: t.First, Last: t.End, Chain: t.Owned(t.Met[t.Last].Link), Closed: true, Carried: true})
			return
		}
	}
}

// speakerIn finds the first speaker from..to that a topic or subject particle marks, and
// the tokens of its phrase with the particle.
func (t cues) speakerIn(from, to int) ([]corvee.Attribution, int, int, bool) {
	for i := from + 1; i < min(to+1, t.End); i++ {
		if !josa.Marks(t.P, i, t.End) {
			continue
		}
		first := josa.PhraseStart(t.P, from, i)
		if chain, ok := t.describe(first, i); ok {
			return chain, first, i + 1, true
		}
	}
	return nil, from, from, false
}

// describe reads the speaker whose phrase is tokens first to last: its last word is the
// head.
func (t cues) describe(first, last int) ([]corvee.Attribution, bool) {
	for last > first && (t.P.Says(last-1, "들") || t.P.Says(last-1, "측") || t.P.Mark(last-1, ')') || t.P.Mark(last-1, '\'') || t.P.Mark(last-1, '"')) {
		if t.P.Mark(last-1, ')') { // an aside: 통신(KCNA)
			for last > first && !t.P.Mark(last-1, '(') {
				last--
			}
		}
		last--
	}
	if last-2 > first && t.P.Is(last-1, lexicon.Counter) && (t.P.Is(last-2, lexicon.Num) || t.P.Tokens[last-2].Kind == segment.Number) {
		last -= 2 // 노동자 한 명은, 주민 3명은
		for last > first && (t.P.Says(last-1, "중") || t.P.Says(last-1, "가운데") || t.P.Says(last-1, "들") || t.P.Says(last-1, "의")) {
			last--
		}
	}
	if last <= first {
		return nil, false
	}
	if name, ok := t.quotedName(first, last); ok {
		return name, true
	}
	if _, at, ok := t.P.Ends(last, lexicon.Honorific); ok && at > first {
		return t.somebody(first, at)
	}
	for _, c := range koreanHeads {
		if s, at, ok := t.P.Ends(last, c); ok && at >= first {
			return t.head(c, s, first, at, last)
		}
	}
	return t.unknown(first, last)
}
