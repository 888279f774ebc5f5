package subject

import (
	"net/http"
	"net/url"
	"strings"

	"corvee/pipeline/glance"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/words"
)

// partiesPage lists sites or employers by the names that reports give them.
type partiesPage struct {
	Heading, Lead, Empty string
	Lines                []partyLine
	More                 int
}

type partyLine struct {
	Name, Href, Dossier, Times, Where, Told string
	Kinds                                   []words.Badge
	Claims, Open, Reports                   int
}

func (s *room) sites(r *http.Request) (frame.View, error) {
	now, err := s.glance.Now(r.Context())
	if err != nil {
		return frame.View{}, err
	}
	return partiesView("/sites", "Sites", "Plants, farms, vessels and building sites, by the names that reports give them.", "No claim names a site yet.", now.Sites()), nil
}

func (s *room) organisations(r *http.Request) (frame.View, error) {
	now, err := s.glance.Now(r.Context())
	if err != nil {
		return frame.View{}, err
	}
	return partiesView("/organisations", "Organisations", "Employers and other bodies, by the names that reports give them. Two names may be one party’s: a question asks about all that resemble a name.", "No claim names an organisation yet.", now.Employers()), nil
}

func partiesView(nav, heading, lead, empty string, parties []glance.Party) frame.View {
	p := partiesPage{Heading: heading, Lead: lead, Empty: empty, More: max(0, len(parties)-mostSubjects)}
	for _, party := range parties[:min(len(parties), mostSubjects)] {
		line := partyLine{
			Name: present.Clean(party.Name), Href: "/questions?" + url.Values{"name": {party.Name}}.Encode(), Dossier: "/dossiers?" + url.Values{"name": {party.Name}}.Encode(),
			Times: "/timeline?" + url.Values{"party": {party.Name}}.Encode(), Where: where(party), Claims: party.Claims, Open: party.Open, Reports: party.Reports,
		}
		if party.First.Known() {
			line.Told = party.First.String()
			if party.Last != party.First {
				line.Told += " – " + party.Last.String()
			}
		}
		for _, k := range party.Kinds {
			line.Kinds = append(line.Kinds, words.Kind(k))
		}
		p.Lines = append(p.Lines, line)
	}
	return frame.View{Template: "parties", Title: heading, Nav: nav, Body: p}
}

// where says where a party is told to be: its places, else its countries.
func where(p glance.Party) string {
	if len(p.Places) > 0 {
		return strings.Join(p.Places, ", ")
	}
	var out []string
	for _, code := range p.Countries {
		out = append(out, words.Country(code))
	}
	return strings.Join(out, ", ")
}
