package attribution

import (
	"corvee"
	"corvee/read/internal/josa"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

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
	link := corvee.Attribution{Role: "person", Country: josa.Country(t.p, first, name), Speaker: corvee.SpeakerAnonymous}
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

// titled reads an office or a public role, tokens first to last, with the name of who holds
// it: kept for those alone, and not for "이 모 씨".
func (t koreanCues) titled(first int, name [2]int, last int) ([]corvee.Attribution, bool) {
	if _, _, ok := t.p.Ends(name[1], lexicon.Honorific); ok || name[0] >= name[1] {
		return nil, false
	}
	for _, c := range [...]lexicon.Class{lexicon.Official, lexicon.Public} {
		s, at, ok := t.p.Ends(last, c)
		if !ok || at < first || t.p.Item(s).Attr("anonymous") != "" {
			continue
		}
		link := corvee.Attribution{Role: t.p.Item(s).ID, Name: t.p.Source(name[0], name[1]), Speaker: corvee.SpeakerNamedOfficial}
		if c == lexicon.Public {
			link.Speaker = corvee.SpeakerNamedPublicPerson
		}
		return []corvee.Attribution{t.know(speaker{link: link, names: t.folded(name[:]), head: "person"}, false)}, true
	}
	return nil, false
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
	sp := speaker{link: corvee.Attribution{Role: item.ID, Country: josa.Country(t.p, first, at), Speaker: corvee.SpeakerAnonymous}, head: "source"}
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
	if sp.link.Country == "" && sp.owner == "" && !josa.Other(t.p, first, at) {
		if link, ok := t.source(); ok {
			return t.owned(link)
		}
	}
	chain := []corvee.Attribution{t.know(sp, josa.Other(t.p, first, at))}
	if owner.Name != "" {
		chain = append(chain, owner)
	}
	return chain
}

// holder reads somebody by office, public role or work. A name that stands by it is kept
// for the first two, and never for one who is only "관계자".
func (t koreanCues) holder(c lexicon.Class, item *lexicon.Item, first, at int) []corvee.Attribution {
	sp := speaker{link: corvee.Attribution{Role: item.ID, Country: josa.Country(t.p, first, at), Speaker: corvee.SpeakerAnonymous}, head: "person"}
	if c == lexicon.Worker {
		sp.head = "worker"
	}
	if name := josa.NameBefore(t.p, first, at); name != nil && item.Attr("anonymous") == "" {
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
	if sp.link.Speaker == corvee.SpeakerAnonymous && sp.link.Country == "" && !josa.Other(t.p, first, at) {
		if link, ok := t.lastOf(sp.link.Role); ok {
			return t.owned(link)
		}
	}
	return []corvee.Attribution{t.know(sp, josa.Other(t.p, first, at))}
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
	return t.newsroom(), true
}

// newsroom returns the newsroom that was named last, or some newsroom.
func (t koreanCues) newsroom() []corvee.Attribution {
	for n := len(t.speakers) - 1; n >= 0; n-- {
		if s := t.speakers[n].link; s.Speaker == corvee.SpeakerAgency || s.Speaker == corvee.SpeakerPublisher {
			return []corvee.Attribution{s}
		}
	}
	return []corvee.Attribution{{Role: "newsroom", Speaker: corvee.SpeakerPublisher}}
}

// paper reads a newsroom that no row names: one written word that ends in a word for one.
func (t koreanCues) paper(first, at, last int) ([]corvee.Attribution, bool) {
	start := josa.WordStart(t.p, first, at)
	if start == at { // 신문은, 이 매체는
		return t.newsroom(), true
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

// body names an institution: by its row, or by the written word that it ends.
func (t koreanCues) body(c lexicon.Class, item *lexicon.Item, first, at, last int) corvee.Attribution {
	link := corvee.Attribution{Name: item.Attr("name"), Speaker: corvee.SpeakerInstitution, Country: josa.Country(t.p, first, at)}
	if c == lexicon.Country {
		link.Country = item.ID
	}
	if link.Name == "" {
		start := josa.WordStart(t.p, first, at)
		if _, before, ok := t.p.Ends(start, lexicon.Country); ok && before >= first && c == lexicon.Institution {
			start = before
		}
		link.Name = t.p.Source(start, last)
	}
	return t.know(speaker{link: link}, false)
}

// actor reads authorities: "북한 당국". Firms and managers without a name are somebody.
func (t koreanCues) actor(item *lexicon.Item, first, at, last int) ([]corvee.Attribution, bool) {
	country := josa.Country(t.p, first, at)
	if item.ID == "state" && country != "" && item.Attr("person") == "" {
		_, start, _ := t.p.Ends(at, lexicon.Country)
		link := corvee.Attribution{Name: t.p.Source(max(start, first), last), Speaker: corvee.SpeakerInstitution, Country: country}
		return []corvee.Attribution{t.know(speaker{link: link}, false)}, true
	}
	if item.ID == "state" {
		return nil, false
	}
	link := corvee.Attribution{Role: item.ID, Country: country, Speaker: corvee.SpeakerAnonymous}
	return []corvee.Attribution{t.know(speaker{link: link, head: "person"}, josa.Other(t.p, first, at))}, true
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
			link := corvee.Attribution{Name: t.p.Source(open+1, last), Speaker: corvee.SpeakerInstitution, Country: josa.Country(t.p, first, open)}
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
	if name := josa.NameBefore(t.p, first, last); name != nil && name[0] > first && t.held(name[0]-1) {
		if _, _, ok := t.p.Ends(name[0], lexicon.OutletEnd); ok { // 현지 매체 X는
			link := corvee.Attribution{Name: t.p.Source(name[0], name[1]), Speaker: corvee.SpeakerPublisher}
			return []corvee.Attribution{t.know(speaker{link: link}, false)}, true
		}
		if chain, ok := t.titled(first, [2]int{name[0], name[1]}, name[0]); ok {
			return chain, true
		}
		return t.somebody(first, name[1])
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
