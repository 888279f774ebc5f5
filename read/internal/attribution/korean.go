package attribution

import (
	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Korean finds speakers as Korean puts them: the content ends in a quoting ending or a
// closing mark, the verb of speaking stands last, and the speaker before the content or
// between the two. "X에 따르면" opens a sentence that X says.
func Korean(t *Tracker) {
	k := koreanCues{t}
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

// speech reads a verb of speaking at token i: one of the lexicon's, or 하 directly behind a
// quoting ending ("…고 했다").
func (t koreanCues) speech(i int) (corvee.Factuality, int, bool) {
	if s, next, ok := t.p.At(i, lexicon.SpeechVerb); ok && next <= t.end {
		if s.Form&lexicon.Participle != 0 && s.Form&lexicon.Base == 0 && !t.p.Says(next, "다") && !t.p.Says(next, "다고") {
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
		} else if chain, _, _, ok := t.speakerIn(from, i); ok {
			t.spoken = chain // who is quoted in what follows
		}
		return
	}
	r := Region{Fact: fact, First: from, Last: q + 1, Closed: true}
	if chain, first, _, ok := t.speakerIn(q+1, i); ok {
		r.Chain, r.CueFirst, r.CueLast = chain, first, next
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

// noun reads "X는 …을 부인했다", "…로 추정했다": the content is no sentence of its own.
func (t koreanCues) noun(from, i, next int, fact corvee.Factuality) {
	chain, first, last, ok := t.speakerIn(from, i)
	if !ok {
		return
	}
	t.add(Region{Fact: fact, First: last, Last: i, Chain: chain, CueFirst: first, CueLast: last, Closed: true})
}

// quoteStart returns where the speaker before a quotation must have ended: its opening
// mark, or its end.
func (t koreanCues) quoteStart(from, q int) int {
	for i := from; i < q; i++ {
		if t.p.Mark(i, '"') {
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
		if open < 0 {
			open = i
		} else {
			open = -1
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
	first := t.phraseStart(t.first, end)
	chain, ok := t.describe(first, end)
	if !ok {
		return
	}
	for next < t.end && (t.p.Mark(next, ',') || t.p.Is(next, lexicon.Ending) && t.p.Tokens[next].Glued) {
		next++
	}
	r := Region{Chain: chain, CueFirst: first, CueLast: next, First: next, Last: t.end}
	if cites || first > t.first+2 {
		r.First = t.first
		r.Closed = cites
	}
	t.add(r)
}

// hearsay gives a sentence that ends in "…다는 얘기다" to whoever spoke last in the
// paragraph.
func (t koreanCues) hearsay() {
	if len(t.regions) > 0 || t.last < 0 || len(t.all) == 0 || len(t.all[len(t.all)-1]) == 0 {
		return
	}
	for i := t.end - 1; i > t.first && i > t.end-6; i-- {
		if t.ending(i, "quote_of") && t.p.Is(i+1, lexicon.SpeechNoun) {
			t.add(Region{First: t.first, Last: t.end, Chain: t.owned(t.speakers[t.last].link), Closed: true, Carried: true})
			return
		}
	}
}

func (t koreanCues) ending(i int, id string) bool {
	return t.p.Among(i, lexicon.Ending, func(row *lexicon.Item) bool { return row.ID == id })
}

// speakerIn finds the first speaker from..to that a topic or subject particle marks, and
// the tokens of its phrase with the particle.
func (t koreanCues) speakerIn(from, to int) ([]corvee.Attribution, int, int, bool) {
	for i := from + 1; i < min(to+1, t.end); i++ {
		if !t.marked(i) {
			continue
		}
		first := t.phraseStart(from, i)
		if chain, ok := t.describe(first, i); ok {
			return chain, first, i + 1, true
		}
	}
	return nil, from, from, false
}

// marked reports whether token i is a particle that marks who speaks.
func (t koreanCues) marked(i int) bool {
	if i >= t.end || !t.p.Tokens[i].Glued {
		return false
	}
	s, _, ok := t.p.At(i, lexicon.Particle)
	if !ok {
		return false
	}
	switch t.p.Item(s).ID {
	case "topic", "subject", "also", "in":
		return true
	}
	return false
}

// maxPhrase is the most tokens of a phrase that names a speaker.
const maxPhrase = 24

// phraseStart returns where the phrase that ends at token end begins: behind a comma, a
// mark, another topic, or an ending that joins clauses.
func (t koreanCues) phraseStart(from, end int) int {
	i := end
	for i > from && end-i < maxPhrase {
		if t.p.Mark(i-1, ',') || t.p.Mark(i-1, '"') || t.p.Mark(i-1, ';') || t.joins(i-1) {
			break
		}
		i--
	}
	return i
}

func (t koreanCues) joins(i int) bool {
	if !t.p.Tokens[i].Glued {
		return false
	}
	if s, _, ok := t.p.At(i, lexicon.Particle); ok && t.p.Item(s).ID == "topic" {
		return true
	}
	s, _, ok := t.p.At(i, lexicon.Ending)
	if !ok {
		return false
	}
	switch t.p.Item(s).ID {
	case "and", "but", "quote_and", "quote", "cause", "cond":
		return true
	}
	return false
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

// somebody reads "벌목공 김모 씨": by the role that stands before the name, which is only
// remembered within the report.
func (t koreanCues) somebody(first, at int) ([]corvee.Attribution, bool) {
	name := at
	for name > first && at-name < maxPerson && t.p.Tokens[name-1].Kind == segment.Word && !t.p.Is(name-1, lexicon.Particle) && !t.held(name-1) {
		name--
	}
	names := t.folded([]int{name, at})
	for n := len(t.speakers) - 1; n >= 0; n-- {
		if len(t.speakers[n].names) > 0 && sharesName(t.speakers[n].names, names) {
			t.last = n
			return t.owned(t.speakers[n].link), true
		}
	}
	link := corvee.Attribution{Role: "person", Country: t.placeIn(first, name), Speaker: corvee.SpeakerAnonymous}
	sp := speaker{link: link, head: "person", names: names}
	for _, c := range [...]lexicon.Class{lexicon.Worker, lexicon.Ordinary, lexicon.Person, lexicon.Official, lexicon.Public} {
		if s, _, ok := t.p.Ends(name, c); ok {
			sp.link.Role = t.p.Item(s).ID
			if c == lexicon.Worker {
				sp.head = "worker"
			}
			break
		}
	}
	return []corvee.Attribution{t.know(sp, true)}, true
}

// titled reads a role with the name behind it: kept for offices and public roles.
func (t koreanCues) titled(first int, name []int) ([]corvee.Attribution, bool) {
	for _, c := range [...]lexicon.Class{lexicon.Official, lexicon.Public} {
		s, _, ok := t.p.Ends(name[0], c)
		if !ok || t.p.Item(s).Attr("anonymous") != "" {
			continue
		}
		link := corvee.Attribution{Role: t.p.Item(s).ID, Name: t.p.Source(name[0], name[1]), Speaker: corvee.SpeakerNamedOfficial}
		if c == lexicon.Public {
			link.Speaker = corvee.SpeakerNamedPublicPerson
		}
		return []corvee.Attribution{t.know(speaker{link: link, names: t.folded(name), head: "person"}, false)}, true
	}
	return t.somebody(first, name[1])
}

// held reports whether a word that describes speakers ends with token i.
func (t koreanCues) held(i int) bool {
	for _, c := range koreanHeads {
		if _, _, ok := t.p.Ends(i+1, c); ok && c != lexicon.Pronoun {
			return true
		}
	}
	return false
}

var koreanHeads = [...]lexicon.Class{
	lexicon.Source, lexicon.Outlet, lexicon.OutletEnd, lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Document, lexicon.SpeechNoun,
	lexicon.Institution, lexicon.Worker, lexicon.Person, lexicon.OrgEnd, lexicon.Country, lexicon.Actor, lexicon.Pronoun,
}

// head reads a speaker by the class of its head, tokens at to last, described from first.
func (t koreanCues) head(c lexicon.Class, s lexicon.Sense, first, at, last int) ([]corvee.Attribution, bool) {
	item := t.p.Item(s)
	switch c {
	case lexicon.Source:
		return t.informant(item, first, at), true
	case lexicon.Outlet:
		if item.Attr("self") != "" {
			return []corvee.Attribution{{Name: t.publisher, Speaker: corvee.SpeakerPublisher}}, t.publisher != ""
		}
		return []corvee.Attribution{t.outlet(s, at, last)}, true
	case lexicon.OutletEnd:
		return t.paper(first, at, last)
	case lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Worker, lexicon.Person:
		return t.holder(c, item, first, at), true
	case lexicon.Document:
		return t.document(first, at, last), true
	case lexicon.SpeechNoun:
		return t.report(first, at)
	case lexicon.Institution, lexicon.OrgEnd, lexicon.Country:
		return []corvee.Attribution{t.body(c, item, first, at, last)}, true
	case lexicon.Actor:
		return t.actor(item, first, at, last)
	case lexicon.Pronoun:
		if item.Attr("speaks") != "" && t.last >= 0 {
			return t.owned(t.speakers[t.last].link), true
		}
	}
	return nil, false
}

// informant describes an anonymous source: where it is, whose it is. "소식통" alone is the
// last one met.
func (t koreanCues) informant(item *lexicon.Item, first, at int) []corvee.Attribution {
	sp := speaker{link: corvee.Attribution{Role: item.ID, Country: t.placeIn(first, at), Speaker: corvee.SpeakerAnonymous}, head: "source"}
	var owner corvee.Attribution
	for j := first; j < at; j++ {
		if m, _, ok := t.p.At(j, lexicon.GroupMod); ok && t.p.Item(m).Attr("role") != "" && t.p.Item(m).Attr("role") != "on North Korea" {
			sp.link.Role = t.p.Item(m).Attr("role") + " " + item.ID
		}
		if o, _, ok := t.p.At(j, lexicon.Outlet); ok && t.p.Item(o).Attr("self") == "" && t.p.Is(j+1, lexicon.Source) {
			owner = t.outlet(o, j, j+1)
			sp.owner = owner.Name
		}
	}
	if sp.link.Country == "" && sp.owner == "" && !t.other(first, at) {
		if link, ok := t.source(); ok {
			return t.owned(link)
		}
	}
	chain := []corvee.Attribution{t.know(sp, t.other(first, at))}
	if owner.Name != "" {
		chain = append(chain, owner)
	}
	return chain
}

// other reports whether the words say that it is another speaker than before.
func (t koreanCues) other(first, at int) bool {
	for j := first; j < at; j++ {
		if t.p.Says(j, "다른") || t.p.Says(j, "또") {
			return true
		}
	}
	return false
}

// placeIn returns the country of the last place from..to.
func (t koreanCues) placeIn(from, to int) string {
	out := ""
	for j := from; j < to; j++ {
		if s, _, ok := t.p.At(j, lexicon.Country); ok {
			out = t.p.Item(s).ID
		} else if s, _, ok := t.p.At(j, lexicon.Place); ok {
			out = t.p.Item(s).Attr("country")
		}
	}
	return out
}

// holder reads somebody by office, public role or work. A name that stands by it is kept
// for the first two, and never for one who is only "관계자".
func (t koreanCues) holder(c lexicon.Class, item *lexicon.Item, first, at int) []corvee.Attribution {
	sp := speaker{link: corvee.Attribution{Role: item.ID, Country: t.placeIn(first, at), Speaker: corvee.SpeakerAnonymous}, head: "person"}
	if c == lexicon.Worker {
		sp.head = "worker"
	}
	if name := t.nameBefore(first, at); name != nil && item.Attr("anonymous") == "" {
		switch c {
		case lexicon.Official:
			sp.link.Speaker, sp.link.Name, sp.link.Country = corvee.SpeakerNamedOfficial, t.p.Source(name[0], name[1]), ""
		case lexicon.Public:
			sp.link.Speaker, sp.link.Name, sp.link.Country = corvee.SpeakerNamedPublicPerson, t.p.Source(name[0], name[1]), ""
		}
	} else if c == lexicon.Official && item.Attr("anonymous") == "" {
		if s, start, ok := t.p.Ends(at, lexicon.Institution); ok && start >= first {
			return []corvee.Attribution{t.body(lexicon.Institution, t.p.Item(s), first, start, at)}
		}
	}
	if sp.link.Speaker == corvee.SpeakerAnonymous && sp.link.Country == "" && !t.other(first, at) {
		if link, ok := t.lastOf(sp.link.Role); ok {
			return t.owned(link)
		}
	}
	return []corvee.Attribution{t.know(sp, t.other(first, at))}
}

// nameBefore returns the tokens of an unknown word that stands right before a title.
func (t koreanCues) nameBefore(first, at int) []int {
	i := at
	for i > first && at-i < 3 && t.p.Tokens[i-1].Kind == segment.Word && !t.p.Known(i-1) {
		i--
	}
	if i == at {
		return nil
	}
	return []int{i, at}
}

// document reads a paper that says something: its own words are its name.
func (t koreanCues) document(first, at, last int) []corvee.Attribution {
	link := corvee.Attribution{Name: t.p.Source(at, last), Speaker: corvee.SpeakerDocument}
	return []corvee.Attribution{t.know(speaker{link: link}, false)}
}

// report reads "X 보도", "X의 설명": X says it; "보도" alone is of the newsroom before.
func (t koreanCues) report(first, at int) ([]corvee.Attribution, bool) {
	end := at
	if end > first && t.p.Says(end-1, "의") {
		end--
	}
	if end > first {
		if chain, ok := t.describe(first, end); ok {
			return chain, true
		}
	}
	for n := len(t.speakers) - 1; n >= 0; n-- {
		if s := t.speakers[n].link; s.Speaker == corvee.SpeakerAgency || s.Speaker == corvee.SpeakerPublisher {
			return []corvee.Attribution{s}, true
		}
	}
	return nil, false
}

// paper reads a newsroom that no row names: one written word that ends in a word for one.
func (t koreanCues) paper(first, at, last int) ([]corvee.Attribution, bool) {
	start := t.wordStart(first, at)
	if start == at {
		return nil, false
	}
	link := corvee.Attribution{Name: t.p.Source(start, last), Speaker: corvee.SpeakerPublisher}
	if s, _, ok := t.p.At(at, lexicon.OutletEnd); ok && t.p.Item(s).Attr("speaker") == "agency" {
		link.Speaker = corvee.SpeakerAgency
	}
	if sameName(link.Name, t.publisher) {
		link.Name, link.Speaker = t.publisher, corvee.SpeakerPublisher
	}
	was := t.last
	link = t.know(speaker{link: link}, false)
	if was >= 0 {
		t.last = was
	}
	return []corvee.Attribution{link}, true
}

// wordStart returns the start of the written word that holds token at.
func (t koreanCues) wordStart(first, at int) int {
	for at > first && t.p.Tokens[at].Glued && t.p.Tokens[at-1].Kind == segment.Word {
		at--
	}
	return at
}

// body names an institution: by its row, or by the written word that it ends.
func (t koreanCues) body(c lexicon.Class, item *lexicon.Item, first, at, last int) corvee.Attribution {
	link := corvee.Attribution{Name: item.Attr("name"), Speaker: corvee.SpeakerInstitution, Country: t.placeIn(first, at)}
	if c == lexicon.Country {
		link.Country = item.ID
	}
	if link.Name == "" {
		start := t.wordStart(first, at)
		if _, before, ok := t.p.Ends(start, lexicon.Country); ok && before >= first && c == lexicon.Institution {
			start = before
		}
		link.Name = t.p.Source(start, last)
	}
	return t.know(speaker{link: link}, false)
}

// actor reads authorities: "북한 당국". Firms and managers without a name are somebody.
func (t koreanCues) actor(item *lexicon.Item, first, at, last int) ([]corvee.Attribution, bool) {
	country := t.placeIn(first, at)
	if item.ID == "state" && country != "" && item.Attr("person") == "" {
		_, start, _ := t.p.Ends(at, lexicon.Country)
		link := corvee.Attribution{Name: t.p.Source(max(start, first), last), Speaker: corvee.SpeakerInstitution, Country: country}
		return []corvee.Attribution{t.know(speaker{link: link}, false)}, true
	}
	if item.ID == "state" {
		return nil, false
	}
	link := corvee.Attribution{Role: item.ID, Country: country, Speaker: corvee.SpeakerAnonymous}
	return []corvee.Attribution{t.know(speaker{link: link, head: "person"}, t.other(first, at))}, true
}

// quotedName reads a body whose name stands in marks behind the word for it: 인권단체
// ‘…’가. last is the token behind the name, its closing mark left out.
func (t koreanCues) quotedName(first, last int) ([]corvee.Attribution, bool) {
	if !t.p.Mark(last, '\'') && !t.p.Mark(last, '"') {
		return nil, false
	}
	open := last - 1
	for open > first && !t.p.Mark(open, '\'') && !t.p.Mark(open, '"') {
		open--
	}
	if open <= first {
		return nil, false
	}
	for _, c := range [...]lexicon.Class{lexicon.Institution, lexicon.OrgEnd, lexicon.Actor, lexicon.OutletEnd} {
		if _, _, ok := t.p.Ends(open, c); ok {
			link := corvee.Attribution{Name: t.p.Source(open+1, last), Speaker: corvee.SpeakerInstitution, Country: t.placeIn(first, open)}
			if c == lexicon.OutletEnd {
				link.Speaker = corvee.SpeakerPublisher
			}
			return []corvee.Attribution{t.know(speaker{link: link}, false)}, true
		}
	}
	return nil, false
}

// unknown reads a firm by its own name, "운영사인 X는", and somebody whose name stands behind
// the role, "무역업자 X는". Nobody else without a row speaks.
func (t koreanCues) unknown(first, last int) ([]corvee.Attribution, bool) {
	if name := t.nameBefore(first, last); name != nil && name[0] > first && t.held(name[0]-1) {
		return t.titled(first, name)
	}
	for i := first; i+1 < last; i++ {
		s, next, ok := t.p.At(i, lexicon.Actor)
		if ok && t.p.Item(s).ID == "company" && t.p.Says(next, "인") && t.p.Tokens[next].Glued && next+1 < last {
			link := corvee.Attribution{Name: t.p.Source(next+1, last), Speaker: corvee.SpeakerInstitution}
			return []corvee.Attribution{t.know(speaker{link: link}, false)}, true
		}
	}
	return nil, false
}
