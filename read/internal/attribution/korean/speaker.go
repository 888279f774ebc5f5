package korean

import (
	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/josa"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// somebody reads "벌목공 김모 씨": by the role that stands before the name, which is only
// remembered within the report.
func (t cues) somebody(first, at int) ([]corvee.Attribution, bool) {
	name := at
	for name > first && at-name < attribution.MaxPerson && t.P.Tokens[name-1].Kind == segment.Word && !t.P.Is(name-1, lexicon.Particle) && !t.held(name-1) {
		name--
	}
	names := t.Folded([]int{name, at})
	for n := len(t.Met) - 1; n >= 0; n-- {
		if len(t.Met[n].Names) > 0 && attribution.SharesName(t.Met[n].Names, names) {
			t.Last = n
			return t.Owned(t.Met[n].Link), true
		}
	}
	link := corvee.Attribution{Role: "person", Country: josa.Country(t.P, first, name), Speaker: corvee.SpeakerAnonymous}
	sp := attribution.Speaker{Link: link, Head: "person", Names: names}
	for _, c := range [...]lexicon.Class{lexicon.Worker, lexicon.Ordinary, lexicon.Person, lexicon.Official, lexicon.Public} {
		if s, _, ok := t.P.Ends(name, c); ok {
			sp.Link.Role = t.P.Item(s).ID
			if c == lexicon.Worker {
				sp.Head = "worker"
			}
			break
		}
	}
	return []corvee.Attribution{t.Know(sp, true)}, true
}

// titled reads an office or a public role, tokens first to last, with the name of who holds
// it: kept for those alone, and not for "이 모 씨".
func (t cues) titled(first int, name [2]int, last int) ([]corvee.Attribution, bool) {
	if _, _, ok := t.P.Ends(name[1], lexicon.Honorific); ok || name[0] >= name[1] {
		return nil, false
	}
	for _, c := range [...]lexicon.Class{lexicon.Official, lexicon.Public} {
		s, at, ok := t.P.Ends(last, c)
		if !ok || at < first || t.P.Item(s).Attr("anonymous") != "" {
			continue
		}
		link := corvee.Attribution{Role: t.P.Item(s).ID, Name: t.P.Source(name[0], name[1]), Speaker: corvee.SpeakerNamedOfficial}
		if c == lexicon.Public {
			link.Speaker = corvee.SpeakerNamedPublicPerson
		}
		return []corvee.Attribution{t.Know(attribution.Speaker{Link: link, Names: t.Folded(name[:]), Head: "person"}, false)}, true
	}
	return nil, false
}

// held reports whether a word that describes speakers ends with token i.
func (t cues) held(i int) bool {
	for _, c := range koreanHeads {
		if _, _, ok := t.P.Ends(i+1, c); ok && c != lexicon.Pronoun {
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
func (t cues) head(c lexicon.Class, s lexicon.Sense, first, at, last int) ([]corvee.Attribution, bool) {
	item := t.P.Item(s)
	switch c {
	case lexicon.Source:
		return t.informant(item, first, at), true
	case lexicon.Outlet:
		if item.Attr("self") != "" {
			return []corvee.Attribution{{Name: t.Publisher, Speaker: corvee.SpeakerPublisher}}, t.Publisher != ""
		}
		return []corvee.Attribution{t.Outlet(s, at, last)}, true
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
		if item.Attr("speaks") != "" && t.Last >= 0 {
			return t.Owned(t.Met[t.Last].Link), true
		}
	}
	return nil, false
}

// informant describes an anonymous source: where it is, whose it is. "소식통" alone is the
// last one met.
func (t cues) informant(item *lexicon.Item, first, at int) []corvee.Attribution {
	sp := attribution.Speaker{Link: corvee.Attribution{Role: item.ID, Country: josa.Country(t.P, first, at), Speaker: corvee.SpeakerAnonymous}, Head: "source"}
	var owner corvee.Attribution
	for j := first; j < at; j++ {
		if m, _, ok := t.P.At(j, lexicon.GroupMod); ok && t.P.Item(m).Attr("role") != "" && t.P.Item(m).Attr("role") != "on North Korea" {
			sp.Link.Role = t.P.Item(m).Attr("role") + " " + item.ID
		}
		if o, _, ok := t.P.At(j, lexicon.Outlet); ok && t.P.Item(o).Attr("self") == "" && t.P.Is(j+1, lexicon.Source) {
			owner = t.Outlet(o, j, j+1)
			sp.Owner = owner.Name
		}
	}
	if sp.Link.Country == "" && sp.Owner == "" && !josa.Other(t.P, first, at) {
		if link, ok := t.TheSource(); ok {
			return t.Owned(link)
		}
	}
	chain := []corvee.Attribution{t.Know(sp, josa.Other(t.P, first, at))}
	if owner.Name != "" {
		chain = append(chain, owner)
	}
	return chain
}

// holder reads somebody by office, public role or work. A name that stands by it is kept
// for the first two, and never for one who is only "관계자".
func (t cues) holder(c lexicon.Class, item *lexicon.Item, first, at int) []corvee.Attribution {
	sp := attribution.Speaker{Link: corvee.Attribution{Role: item.ID, Country: josa.Country(t.P, first, at), Speaker: corvee.SpeakerAnonymous}, Head: "person"}
	if c == lexicon.Worker {
		sp.Head = "worker"
	}
	if name := josa.NameBefore(t.P, first, at); name != nil && item.Attr("anonymous") == "" {
		switch c {
		case lexicon.Official:
			sp.Link.Speaker, sp.Link.Name, sp.Link.Country = corvee.SpeakerNamedOfficial, t.P.Source(name[0], name[1]), ""
		case lexicon.Public:
			sp.Link.Speaker, sp.Link.Name, sp.Link.Country = corvee.SpeakerNamedPublicPerson, t.P.Source(name[0], name[1]), ""
		}
	} else if c == lexicon.Official && item.Attr("anonymous") == "" {
		if s, start, ok := t.P.Ends(at, lexicon.Institution); ok && start >= first {
			return []corvee.Attribution{t.body(lexicon.Institution, t.P.Item(s), first, start, at)}
		}
	}
	if sp.Link.Speaker == corvee.SpeakerAnonymous && sp.Link.Country == "" && !josa.Other(t.P, first, at) {
		if link, ok := t.LastOf(sp.Link.Role); ok {
			return t.Owned(link)
		}
	}
	return []corvee.Attribution{t.Know(sp, josa.Other(t.P, first, at))}
}

// document reads a paper that says something: its own words are its name.
func (t cues) document(first, at, last int) []corvee.Attribution {
	link := corvee.Attribution{Name: t.P.Source(at, last), Speaker: corvee.SpeakerDocument}
	return []corvee.Attribution{t.Know(attribution.Speaker{Link: link}, false)}
}

// report reads "X 보도", "X의 설명": X says it; "보도" alone is of the newsroom before.
func (t cues) report(first, at int) ([]corvee.Attribution, bool) {
	end := at
	if end > first && t.P.Says(end-1, "의") {
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
func (t cues) newsroom() []corvee.Attribution {
	for n := len(t.Met) - 1; n >= 0; n-- {
		if s := t.Met[n].Link; s.Speaker == corvee.SpeakerAgency || s.Speaker == corvee.SpeakerPublisher {
			return []corvee.Attribution{s}
		}
	}
	return []corvee.Attribution{{Role: "newsroom", Speaker: corvee.SpeakerPublisher}}
}

// paper reads a newsroom that no row names: one written word that ends in a word for one.
func (t cues) paper(first, at, last int) ([]corvee.Attribution, bool) {
	start := josa.WordStart(t.P, first, at)
	if start == at { // 신문은, 이 매체는
		return t.newsroom(), true
	}
	link := corvee.Attribution{Name: t.P.Source(start, last), Speaker: corvee.SpeakerPublisher}
	if s, _, ok := t.P.At(at, lexicon.OutletEnd); ok && t.P.Item(s).Attr("speaker") == "agency" {
		link.Speaker = corvee.SpeakerAgency
	}
	if attribution.SameName(link.Name, t.Publisher) {
		link.Name, link.Speaker = t.Publisher, corvee.SpeakerPublisher
	}
	was := t.Last
	link = t.Know(attribution.Speaker{Link: link}, false)
	if was >= 0 {
		t.Last = was
	}
	return []corvee.Attribution{link}, true
}

// body names an institution: by its row, or by the written word that it ends.
func (t cues) body(c lexicon.Class, item *lexicon.Item, first, at, last int) corvee.Attribution {
	link := corvee.Attribution{Name: item.Attr("name"), Speaker: corvee.SpeakerInstitution, Country: josa.Country(t.P, first, at)}
	if c == lexicon.Country {
		link.Country = item.ID
	}
	if link.Name == "" {
		start := josa.WordStart(t.P, first, at)
		if _, before, ok := t.P.Ends(start, lexicon.Country); ok && before >= first && c == lexicon.Institution {
			start = before
		}
		link.Name = t.P.Source(start, last)
	}
	return t.Know(attribution.Speaker{Link: link}, false)
}

// actor reads authorities: "북한 당국". Firms and managers without a name are somebody.
func (t cues) actor(item *lexicon.Item, first, at, last int) ([]corvee.Attribution, bool) {
	country := josa.Country(t.P, first, at)
	if item.ID == "state" && country != "" && item.Attr("person") == "" {
		_, start, _ := t.P.Ends(at, lexicon.Country)
		link := corvee.Attribution{Name: t.P.Source(max(start, first), last), Speaker: corvee.SpeakerInstitution, Country: country}
		return []corvee.Attribution{t.Know(attribution.Speaker{Link: link}, false)}, true
	}
	if item.ID == "state" {
		return nil, false
	}
	link := corvee.Attribution{Role: item.ID, Country: country, Speaker: corvee.SpeakerAnonymous}
	return []corvee.Attribution{t.Know(attribution.Speaker{Link: link, Head: "person"}, josa.Other(t.P, first, at))}, true
}

// quotedName reads a body whose name stands in marks behind the word for it: 인권단체
// ‘…’가. last is the token behind the name, its closing mark left out.
func (t cues) quotedName(first, last int) ([]corvee.Attribution, bool) {
	if !t.P.Mark(last, '\'') && !t.P.Mark(last, '"') {
		return nil, false
	}
	open := last - 1
	for open > first && !t.P.Mark(open, '\'') && !t.P.Mark(open, '"') {
		open--
	}
	if open <= first {
		return nil, false
	}
	for _, c := range [...]lexicon.Class{lexicon.Institution, lexicon.OrgEnd, lexicon.Actor, lexicon.OutletEnd} {
		if _, _, ok := t.P.Ends(open, c); ok {
			link := corvee.Attribution{Name: t.P.Source(open+1, last), Speaker: corvee.SpeakerInstitution, Country: josa.Country(t.P, first, open)}
			if c == lexicon.OutletEnd {
				link.Speaker = corvee.SpeakerPublisher
			}
			return []corvee.Attribution{t.Know(attribution.Speaker{Link: link}, false)}, true
		}
	}
	return nil, false
}

// unknown reads a firm by its own name, "운영사인 X는", and somebody whose name stands behind
// the role, "무역업자 X는". Nobody else without a row speaks.
func (t cues) unknown(first, last int) ([]corvee.Attribution, bool) {
	if name := josa.NameBefore(t.P, first, last); name != nil && name[0] > first && t.held(name[0]-1) {
		if _, _, ok := t.P.Ends(name[0], lexicon.OutletEnd); ok { // 현지 매체 X는
			link := corvee.Attribution{Name: t.P.Source(name[0], name[1]), Speaker: corvee.SpeakerPublisher}
			return []corvee.Attribution{t.Know(attribution.Speaker{Link: link}, false)}, true
		}
		if chain, ok := t.titled(first, [2]int{name[0], name[1]}, name[0]); ok {
			return chain, true
		}
		return t.somebody(first, name[1])
	}
	for i := first; i+1 < last; i++ {
		s, next, ok := t.P.At(i, lexicon.Actor)
		if ok && t.P.Item(s).ID == "company" && t.P.Says(next, "인") && t.P.Tokens[next].Glued && next+1 < last {
			link := corvee.Attribution{Name: t.P.Source(next+1, last), Speaker: corvee.SpeakerInstitution}
			return []corvee.Attribution{t.Know(attribution.Speaker{Link: link}, false)}, true
		}
	}
	return nil, false
}
