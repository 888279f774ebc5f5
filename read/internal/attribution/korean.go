package attribution

import (
	"strings"

	"corvee"
	"corvee/read/internal/josa"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quote"
	"corvee/read/internal/segment"
	"corvee/read/internal/turn"
)

// Korean finds speakers as Korean puts them: the content ends in a quoting ending or a
// closing mark, the verb of speaking stands last, and the speaker before the content or
// between the two. "X에 따르면" opens a sentence that X says.
func Korean(t *Tracker) {
	k := koreanCues{t}
	if t.first == 0 {
		k.turn()
	}
	k.opensQuotation()
	from := t.first
	for i := t.first; i < t.end; i++ {
		if s, next, ok := t.p.At(i, lexicon.According); ok && next <= t.end {
			k.according(i, next, t.p.Item(s).Attr("cites") != "")
			continue
		}
		if fact, next, ok := k.speech(i); ok {
			k.said(from, i, next, fact)
			from = next
		}
	}
	k.hearsay()
}

type koreanCues struct{ *Tracker }

// turn reads a line that says who speaks: here, or in the quotation of the next paragraph.
// A reporter's own line is the author's.
func (t koreanCues) turn() {
	t.turned = nil
	line, ok := turn.Of(t.p)
	if !ok || t.p.Says(line.RoleLast-1, "기자") || t.p.Says(line.RoleLast-1, "앵커") || t.p.Says(line.RoleFirst, "앵커") {
		return
	}
	chain, ok := t.titled(line.RoleFirst, [2]int{line.NameFirst, line.NameLast}, line.RoleLast)
	if !ok {
		chain, ok = t.describe(line.RoleFirst, line.RoleLast)
	}
	if !ok {
		return
	}
	t.turned = chain
	if line.Body < t.end {
		t.add(Region{First: line.Body, Last: t.end, Chain: chain, CueFirst: t.first, CueLast: line.Body})
	}
}

// speech reads a verb of speaking at token i: one of the lexicon's, or 하 directly behind a
// quoting ending ("…고 했다").
func (t koreanCues) speech(i int) (corvee.Factuality, int, bool) {
	if s, next, ok := t.p.At(i, lexicon.SpeechVerb); ok && next <= t.end && !quote.Within(t.p, t.first, t.end, i) {
		if s.Form&(lexicon.Participle|lexicon.Ing) != 0 && s.Form&lexicon.Base == 0 && !t.p.Says(next, "다") && !t.p.Says(next, "다고") && !t.p.Says(next, "바") {
			return "", i, false // 밝힌: describes a noun
		}
		return corvee.Factuality(t.p.Item(s).Attr("fact")), next, true
	}
	if s, next, ok := t.p.At(i, lexicon.Light); ok && t.p.Item(s).ID == "do" && t.quotes(i-1) && s.Form&(lexicon.Past|lexicon.Base) != 0 {
		return "", next, true
	}
	return "", i, false
}

// quotes reports whether token i is a quoting ending, or a mark that closes a quotation.
func (t koreanCues) quotes(i int) bool {
	if i < t.first || i >= t.end || !t.p.Tokens[i].Glued {
		return false
	}
	closed := t.p.Mark(i-1, '"')
	return t.p.Among(i, lexicon.Ending, func(row *lexicon.Item) bool {
		return (row.ID == "quote" || row.ID == "quote_and") && (closed || row.Attr("after") != "quote")
	})
}

// lastQuote returns the token of the last quoting ending from..to, -1 without.
func (t koreanCues) lastQuote(from, to int) int {
	for i := to - 1; i >= from; i-- {
		if t.quotes(i) {
			return i
		}
	}
	return -1
}

// said reads what the verb at token i closes: the content, and who says it.
func (t koreanCues) said(from, i, next int, fact corvee.Factuality) {
	q := t.lastQuote(from, i)
	if q < 0 {
		if fact != "" {
			t.noun(from, i, next, fact)
		} else if chain, first, _, ok := t.speakerIn(from, i); ok {
			t.spoken = chain                                         // who is quoted in what follows
			if at := quote.LastClosed(t.p, from, first); at > from { // “…” 주민은 이렇게 전했다
				t.add(Region{First: from, Last: at, Chain: chain, CueFirst: first, CueLast: next, Closed: true})
			}
		}
		return
	}
	r := Region{Fact: fact, First: from, Last: q + 1, Closed: true}
	if chain, first, _, ok := t.speakerIn(q+1, i); ok {
		r.Chain, r.CueFirst, r.CueLast = chain, first, next
	} else if josa.Subject(t.p, q+1, i) { // somebody whom no row describes
		r.Chain, r.CueFirst, r.CueLast = t.whoever(i), q+1, next
	} else if chain, first, last, ok := t.speakerIn(from, t.quoteStart(from, q)); ok {
		r.Chain, r.CueFirst, r.CueLast, r.First = chain, first, last, last
		r.CueLast = t.upToQuote(last, q)
		r.First = r.CueLast
	} else if t.last >= 0 {
		r.Chain, r.CueFirst, r.CueLast = t.owned(t.speakers[t.last].link), q+1, next
	} else {
		return
	}
	t.add(r)
}

// whoever is somebody whom no row describes: a newsroom if the verb at token i is of reporting.
func (t koreanCues) whoever(i int) []corvee.Attribution {
	if strings.HasPrefix(t.p.Word(i), "보도") {
		return []corvee.Attribution{{Role: "newsroom", Speaker: corvee.SpeakerPublisher}}
	}
	return []corvee.Attribution{t.know(speaker{link: corvee.Attribution{Role: "person", Speaker: corvee.SpeakerAnonymous}}, true)}
}

// noun reads "X는 …을 부인했다", "…로 추정했다": the content is no sentence of its own.
func (t koreanCues) noun(from, i, next int, fact corvee.Factuality) {
	chain, first, last, ok := t.speakerIn(from, i)
	if !ok {
		return
	}
	t.add(Region{Fact: fact, First: last, Last: next, Chain: chain, CueFirst: first, CueLast: last, Closed: true})
}

// quoteStart returns where the speaker before a quotation must have ended: its opening
// mark, or its end.
func (t koreanCues) quoteStart(from, q int) int {
	for i := from; i < q; i++ {
		if t.p.Mark(i, '"') && !quote.Closes(t.p, i) {
			return i
		}
	}
	return q
}

// upToQuote widens a cue over what stands between the speaker and an opening mark: a day,
// whom it was told to. Without a mark near it stays as it is.
func (t koreanCues) upToQuote(last, q int) int {
	for i := last; i < min(last+maxSubject, q); i++ {
		if t.p.Mark(i, '"') {
			return i
		}
	}
	return last
}

// opensQuotation reads a speaker before a quotation that the sentence does not close.
func (t koreanCues) opensQuotation() {
	open := -1
	for i := t.first; i < t.end; i++ {
		if !t.p.Mark(i, '"') {
			continue
		}
		switch {
		case open >= 0:
			open = -1
		case !quote.Closes(t.p, i): // one that closes ends what a sentence before opened
			open = i
		}
	}
	if open <= t.first || t.end-open < 2 {
		return
	}
	if chain, first, _, ok := t.speakerIn(t.first, open); ok {
		t.add(Region{First: open, Last: t.end, Chain: chain, CueFirst: first, CueLast: open, Closed: true})
	}
}

// according reads "X에 따르면", "X 보도에 따르면" and "X를 인용해".
func (t koreanCues) according(i, next int, cites bool) {
	end := i
	if end > t.first && t.p.Is(end-1, lexicon.Particle) && t.p.Tokens[end-1].Glued {
		end--
	}
	first := josa.PhraseStart(t.p, t.first, end)
	chain, ok := t.describe(first, end)
	if !ok {
		return
	}
	for next < t.end && (t.p.Mark(next, ',') || t.p.Is(next, lexicon.Ending) && t.p.Tokens[next].Glued) {
		next++
	}
	r := Region{Chain: chain, CueFirst: first, CueLast: next, First: next, Last: t.end}
	switch {
	case cites:
		r.First, r.Last = t.cited(first, next)
		r.Closed = true
	case first > t.first+2:
		r.First = t.first
	}
	t.add(r)
}

// cited returns what somebody is cited for, tokens first to next being the words that cite: the
// content before, or behind, within what the newsroom says, so that the one cited said it first.
func (t koreanCues) cited(first, next int) (int, int) {
	if q := t.lastQuote(t.first, first); q >= 0 {
		return t.first, q + 1
	}
	if q := t.lastQuote(next, t.end); q >= 0 {
		return next, q + 1
	}
	return next, t.end
}

// told reads "…라는 게 X의 설명이다", "…다는 것이 X의 전언이다": X says what stands before.
func (t koreanCues) told() bool {
	for i := t.end - 1; i > t.first && i > t.end-6; i-- {
		if !t.p.Is(i, lexicon.SpeechNoun) || !t.p.Says(i-1, "의") {
			continue
		}
		for q := i - 2; q > t.first && q > i-josa.MaxPhrase; q-- {
			if !josa.Ending(t.p, q, "quote_of") {
				continue
			}
			first := q + 1
			for first < i-1 && (t.p.Says(first, "게") || t.p.Says(first, "것") || t.p.Says(first, "건") || t.p.Tokens[first].Glued) {
				first++
			}
			if chain, ok := t.describe(first, i-1); ok {
				t.add(Region{First: t.first, Last: q + 1, Chain: chain, CueFirst: q + 1, CueLast: t.end, Closed: true})
				return true
			}
		}
	}
	return false
}

// hearsay gives a sentence that ends in "…다는 얘기다" to whoever spoke last in the
// paragraph.
func (t koreanCues) hearsay() {
	if t.told() || len(t.regions) > 0 || t.last < 0 || len(t.all) == 0 || len(t.all[len(t.all)-1]) == 0 {
		return
	}
	for i := t.end - 1; i > t.first && i > t.end-6; i-- {
		if josa.Ending(t.p, i, "quote_of") && t.p.Is(i+1, lexicon.SpeechNoun) {
			t.add(Region{First: t.first, Last: t.end, Chain: t.owned(t.speakers[t.last].link), Closed: true, Carried: true})
			return
		}
	}
}

// speakerIn finds the first speaker from..to that a topic or subject particle marks, and
// the tokens of its phrase with the particle.
func (t koreanCues) speakerIn(from, to int) ([]corvee.Attribution, int, int, bool) {
	for i := from + 1; i < min(to+1, t.end); i++ {
		if !josa.Marks(t.p, i, t.end) {
			continue
		}
		first := josa.PhraseStart(t.p, from, i)
		if chain, ok := t.describe(first, i); ok {
			return chain, first, i + 1, true
		}
	}
	return nil, from, from, false
}

// describe reads the speaker whose phrase is tokens first to last: its last word is the
// head.
func (t koreanCues) describe(first, last int) ([]corvee.Attribution, bool) {
	for last > first && (t.p.Says(last-1, "들") || t.p.Says(last-1, "측") || t.p.Mark(last-1, ')') || t.p.Mark(last-1, '\'') || t.p.Mark(last-1, '"')) {
		if t.p.Mark(last-1, ')') { // an aside: 통신(KCNA)
			for last > first && !t.p.Mark(last-1, '(') {
				last--
			}
		}
		last--
	}
	if last-2 > first && t.p.Is(last-1, lexicon.Counter) && (t.p.Is(last-2, lexicon.Num) || t.p.Tokens[last-2].Kind == segment.Number) {
		last -= 2 // 노동자 한 명은, 주민 3명은
		for last > first && (t.p.Says(last-1, "중") || t.p.Says(last-1, "가운데") || t.p.Says(last-1, "들") || t.p.Says(last-1, "의")) {
			last--
		}
	}
	if last <= first {
		return nil, false
	}
	if name, ok := t.quotedName(first, last); ok {
		return name, true
	}
	if _, at, ok := t.p.Ends(last, lexicon.Honorific); ok && at > first {
		return t.somebody(first, at)
	}
	for _, c := range koreanHeads {
		if s, at, ok := t.p.Ends(last, c); ok && at >= first {
			return t.head(c, s, first, at, last)
		}
	}
	return t.unknown(first, last)
}
