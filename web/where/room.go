// Package where shows claims by place and by time: a map and a timeline that share one
// address of what is chosen.
//
// What comes in: a choice of kind, place, party and months, as the address says it. What
// goes out: a picture and the table of the same. Its one idea: what has no place or no date
// is shown as just that, and is on neither picture.
package where

import (
	"embed"
	"net/http"
	"net/url"
	"slices"

	"corvee"
	"corvee/internal/gazetteer"
	"corvee/pipeline/glance"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/words"
)

//go:embed templates
var templates embed.FS

type room struct{ glance *glance.Glance }

// Room returns the map and the timeline.
func Room(g *glance.Glance) frame.Room {
	s := &room{g}
	return frame.Room{Templates: templates, Pages: []frame.Page{
		{Pattern: "GET /map", Handle: s.places},
		{Pattern: "GET /timeline", Handle: s.timeline},
	}}
}

// chosen is a choice as a form and as an address.
type chosen struct {
	Kind, Place, Party, From, Until string
	Kinds                           []option
	Places                          []option
	Map, Timeline, All              string // addresses
	Any                             bool
}

type option struct {
	Value, Label string
	Selected     bool
}

// asked reads the choice of an address.
func asked(r *http.Request) (glance.Choice, chosen, error) {
	q := r.URL.Query()
	c := chosen{Kind: q.Get("kind"), Place: q.Get("place"), Party: q.Get("party"), From: q.Get("from"), Until: q.Get("until")}
	out := glance.Choice{Kind: corvee.Kind(c.Kind), Place: c.Place, Party: c.Party}
	if c.Kind != "" && !slices.Contains(corvee.Kinds(), out.Kind) {
		return out, c, frame.Invalid("there is no kind " + words.Excerpt(c.Kind, 20))
	}
	for value, into := range map[string]*corvee.Date{c.From: &out.From, c.Until: &out.Until} {
		if value == "" {
			continue
		}
		date, err := corvee.ParseDate(value)
		if err != nil {
			return out, c, frame.Invalid("a month is written 2020-11, not " + words.Excerpt(value, 20))
		}
		*into = date.To(corvee.PrecisionMonth)
	}
	if out.From.Known() && out.Until.Known() && c.From == c.Until { // one value stands for both
		out.Until = out.From
	}
	c.Any = c.address("") != ""
	c.Map, c.Timeline, c.All = c.address("/map"), c.address("/timeline"), r.URL.Path
	return out, c, nil
}

func (c chosen) address(path string, change ...string) string {
	q := url.Values{}
	for name, value := range map[string]string{"kind": c.Kind, "place": c.Place, "party": c.Party, "from": c.From, "until": c.Until} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for i := 0; i+1 < len(change); i += 2 {
		q.Set(change[i], change[i+1])
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// offer fills the form with what can be chosen.
func (c *chosen) offer(all glance.Selection) {
	for _, k := range all.Kinds {
		c.Kinds = append(c.Kinds, option{string(k), present.KindName(k), c.Kind == string(k)})
	}
	here := false
	for _, p := range all.Places {
		here = here || c.Place == p.ID
		c.Places = append(c.Places, option{p.ID, present.Clean(p.Name), c.Place == p.ID})
	}
	if row, ok := gazetteer.Find(c.Place); ok && !here {
		c.Places = append(c.Places, option{row.ID, row.Name, true})
	}
}

// mostEvents bounds the claims that a page lists.
const mostEvents = 100

type eventLine struct {
	parts.Link
	When, Quote, Lang string
	State             words.Badge
}

func eventsOf(events []glance.Event) (out []eventLine) {
	for _, e := range events[:min(len(events), mostEvents)] {
		line := eventLine{Link: parts.LinkTo(e.Claim), Quote: words.Excerpt(e.Quote.Exact, 140), Lang: e.Lang, State: words.Review(e.Review)}
		if e.When != nil {
			line.When = e.When.String()
		}
		out = append(out, line)
	}
	return out
}
