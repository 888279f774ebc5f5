package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"corvee"
	"corvee/present"

	"corvee/web/words"
)

// hitView is one hit: which name met which, token by token, on which list of which date,
// and what else speaks for or against it.
type hitView struct {
	Band, Kind         words.Badge
	Score, Matched     string
	List, Date, Number string
	Programs           string
	Tokens             []tokenView
	Facts              []factView
	Evidence           []claimLink
	MoreEvidence       int
	Unreviewed         int
	Origins            string
}

// tokenView is one column of the alignment.
type tokenView struct {
	Yours, Theirs, Rule string
	Class               string
}

type factView struct {
	words.Badge
	Name, Detail string
}

type contextView struct {
	Why        string
	Claims     []claimLink
	More       int
	Unreviewed int
}

func hitOf(h corvee.Hit, glosses map[string]claimLink) hitView {
	v := hitView{
		Band: words.Band(h.Band), Kind: words.Listing(h.Listing.Kind), Score: fmt.Sprintf("%.2f", h.Score), Matched: present.Clean(h.Matched),
		List: present.Clean(h.Listing.List), Date: h.Listing.ListDate.String(), Number: present.Clean(h.Listing.SourceID),
		Programs: present.Clean(strings.Join(h.Listing.Programs, ", ")), Unreviewed: h.Unreviewed,
	}
	if v.Number == v.Matched {
		v.Number = "" // the evidence base numbers parties by their names
	}
	for _, t := range h.Tokens {
		v.Tokens = append(v.Tokens, tokenOf(t))
	}
	for _, f := range h.Facts {
		v.Facts = append(v.Facts, factView{words.Effect(f.Effect), words.Plain(f.Name), present.Clean(f.Detail)})
	}
	v.Evidence, v.MoreEvidence = links(h.Evidence, glosses)
	if h.Origins != nil {
		v.Origins = between(h.Origins.Min, h.Origins.Max)
	}
	return v
}

func between(low, high int) string {
	if low == high {
		return words.Plural(low, "independent origin", "independent origins")
	}
	return fmt.Sprintf("%d–%d independent origins", low, high)
}

func tokenOf(t corvee.TokenMatch) tokenView {
	v := tokenView{Yours: present.Clean(t.Q), Theirs: present.Clean(t.M), Rule: present.Clean(strings.ReplaceAll(words.Plain(t.Rule), ":", ": ")), Class: "close"}
	switch {
	case t.M == "" || t.Q == "":
		v.Class = "missing"
	case t.Rule == "exact":
		v.Class = "same"
	}
	return v
}

func contextOf(c corvee.Context, glosses map[string]claimLink) *contextView {
	v := &contextView{Why: present.Clean(c.Why), Unreviewed: c.Unreviewed}
	v.Claims, v.More = links(c.Claims, glosses)
	return v
}

// maxLinks bounds the claims that a row lists; the rest are counted.
const maxLinks = 6

func links(ids []string, glosses map[string]claimLink) (shown []claimLink, more int) {
	for _, id := range ids[:min(len(ids), maxLinks)] {
		link, ok := glosses[id]
		if !ok {
			link = claimLink{Href: "/claims/" + url.PathEscape(id), Gloss: "claim " + present.Clean(present.Short(id))}
		}
		shown = append(shown, link)
	}
	return shown, len(ids) - len(shown)
}

// maxGlosses bounds how many claims a page of rows looks up.
const maxGlosses = 40

// glosses says in words what the claims behind some rows state. A claim that cannot be
// found any more keeps its bare link, which then says so.
func (s *site) glosses(r *http.Request, rows []rowResult) map[string]claimLink {
	out := map[string]claimLink{}
	for _, id := range claimIDs(rows) {
		if len(out) == maxGlosses {
			break
		}
		e, err := s.pipeline.Explain(ctx(r), id)
		if err != nil {
			continue
		}
		link := linkTo(e.Claim)
		link.Href = "/claims/" + e.Claim.ID
		out[id] = link
	}
	return out
}

func claimIDs(rows []rowResult) []string {
	var out []string
	add := func(ids []string) {
		for _, id := range ids[:min(len(ids), maxLinks)] {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	for _, row := range rows {
		for _, h := range row.hits {
			add(h.Evidence)
		}
		if row.context != nil {
			add(row.context.Claims)
		}
	}
	return out
}

func join(parts []string) string { return strings.Join(parts, " · ") }
