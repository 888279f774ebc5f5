// Package find looks for words in the whole base, from one box.
//
// What comes in: a few words in any script. What goes out: the reports, claims, parties,
// places and listings that have all of them. Its one idea: what is found is what stands
// there, with people's names covered; what only resembles a name is shown apart.
package find

import (
	"embed"
	"net/http"
	"net/url"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/glance"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/words"
)

//go:embed templates
var templates embed.FS

type room struct {
	pipeline *pipeline.Pipeline
	glance   *glance.Glance
}

// Room returns the page of the search.
func Room(p *pipeline.Pipeline, g *glance.Glance) frame.Room {
	s := &room{p, g}
	return frame.Room{Templates: templates, Pages: []frame.Page{{Pattern: "GET /find", Handle: s.find}}}
}

type page struct {
	Asked   string
	Empty   bool // nothing was asked
	None    bool // nothing was found
	Short   bool // what was asked is too short to look for
	Parties []partyLine
	Reports []reportLine
	Claims  []claimLine
	Entries []entryLine
	Alike   []entryLine // names that resemble what was asked
	More    more
}

type more struct{ Parties, Reports, Claims, Entries int }

type partyLine struct {
	Name, Kind, Href string
	Claims           int
}

type reportLine struct {
	parts.Report
	Before, Words, Behind string
	Times                 int
}

type claimLine struct {
	parts.Link
	Quote, Lang string
}

type entryLine struct {
	Name, List, Matched string
	Kind                words.Badge
}

var most = glance.Most{Reports: 12, Claims: 12, Parties: 12, Entries: 12}

const (
	longest = 200
	nearby  = 70
)

func (s *room) find(r *http.Request) (frame.View, error) {
	asked := strings.TrimSpace(words.Excerpt(r.URL.Query().Get("q"), longest))
	p := page{Asked: asked, Empty: asked == ""}
	v := frame.View{Template: "find", Title: "Find", Nav: "/find", Body: &p, Asked: asked}
	if p.Empty {
		return v, nil
	}
	v.Title = "Find “" + words.Excerpt(asked, 40) + "”"
	now, err := s.glance.Now(r.Context())
	if err != nil {
		return v, err
	}
	found := now.Find(asked, most)
	p.Short = len(found.Words) == 0
	p.fill(found)
	if p.Alike, err = s.alike(r, asked, found); err != nil {
		return v, err
	}
	p.None = len(p.Parties)+len(p.Reports)+len(p.Claims)+len(p.Entries)+len(p.Alike) == 0
	return v, nil
}

func (p *page) fill(f glance.Found) {
	for _, party := range f.Parties {
		p.Parties = append(p.Parties, partyLine{present.Clean(party.Name), party.Kind, "/questions?" + url.Values{"name": {party.Name}}.Encode(), party.Claims})
	}
	for _, r := range f.Reports {
		line := reportLine{Report: parts.ReportOf(r.Report.Report, len(r.Claims), 0, r.Unread), Times: r.Times}
		line.Before, line.Words, line.Behind = r.Around(r.At, nearby)
		line.Before, line.Words, line.Behind = present.Clean(line.Before), present.Clean(line.Words), present.Clean(line.Behind)
		p.Reports = append(p.Reports, line)
	}
	for _, c := range f.Claims {
		p.Claims = append(p.Claims, claimLine{parts.LinkTo(c.Claim), words.Excerpt(c.Quote.Exact, 160), c.Lang})
	}
	for _, e := range f.Entries {
		p.Entries = append(p.Entries, entryLine{Name: present.Clean(e.Name), List: present.Clean(e.List), Kind: words.Listing(e.Kind)})
	}
	p.More = more{f.Totals.Parties - len(f.Parties), f.Totals.Reports - len(f.Reports), f.Totals.Claims - len(f.Claims), f.Totals.Entries - len(f.Entries)}
}

// alike are the listings whose names resemble what was asked, in any script, beside those
// that have its very words.
func (s *room) alike(r *http.Request, asked string, f glance.Found) ([]entryLine, error) {
	screener, err := s.pipeline.Screener(r.Context())
	if err != nil {
		return nil, err
	}
	var out []entryLine
	for _, h := range screener.Match(corvee.Query{Name: asked}, pipeline.MatchOptions{Limit: 6}) {
		known := false
		for _, e := range f.Entries {
			known = known || e.ID == h.Listing.ID
		}
		if !known {
			out = append(out, entryLine{present.Clean(h.Matched), present.Clean(h.Listing.List), "", words.Listing(h.Listing.Kind)})
		}
	}
	return out, nil
}
