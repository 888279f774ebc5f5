// Package hits makes what a page shows of the rows and hits of a run.
//
// What comes in: rows with their hits under what people have decided by now. What goes out:
// what templates print, every text made harmless, and the form that a decision is made with.
// Its one idea: whoever decides sees both sides, what speaks for and against, and what
// others said, before the buttons.
package hits

import (
	"fmt"
	"net/url"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/present"
	"corvee/web/parts"
	"corvee/web/words"
)

// Glosses say in words what claims state, by their ids.
type Glosses map[string]parts.Link

// Hit is one hit: which name met which, token by token, on which list of which date, what
// else speaks for or against it, and what people said.
type Hit struct {
	Band, Kind         words.Badge
	Score, Matched     string
	List, Date, Number string
	Programs           string
	Tokens             []Token
	Facts              []Fact
	Evidence           []parts.Link
	MoreEvidence       int
	Unreviewed         int
	Origins            string
	State              words.Badge
	Said               []Said
	Changed            []string // since it was judged
	Decide             Form
}

// Token is one column of the alignment.
type Token struct {
	Yours, Theirs, Rule string
	Class               string
}

// Fact is what a fact other than the name says.
type Fact struct {
	words.Badge
	Name, Detail string
}

// Said is what one person decided.
type Said struct {
	words.Badge
	Who, When, Reason string
}

// Context is reported activity that a row meets; it is never a match.
type Context struct {
	Why        string
	Claims     []parts.Link
	More       int
	Unreviewed int
}

func hitOf(h pipeline.RunHit, g Glosses) Hit {
	v := Hit{
		Band: words.Band(h.Band), Kind: words.Listing(h.Listing.Kind), Score: fmt.Sprintf("%.2f", h.Score), Matched: present.Clean(h.Matched),
		List: present.Clean(h.Listing.List), Date: h.Listing.ListDate.String(), Number: present.Clean(h.Listing.SourceID),
		Programs: present.Clean(strings.Join(h.Listing.Programs, ", ")), Unreviewed: h.Unreviewed, State: words.HitState(h.State),
	}
	if v.Number == v.Matched {
		v.Number = "" // the evidence base numbers parties by their names
	}
	for _, t := range h.Tokens {
		v.Tokens = append(v.Tokens, tokenOf(t))
	}
	for _, f := range h.Facts {
		v.Facts = append(v.Facts, Fact{words.Effect(f.Effect), words.Plain(f.Name), present.Clean(f.Detail)})
	}
	v.Evidence, v.MoreEvidence = links(h.Evidence, g)
	if h.Origins != nil {
		v.Origins = between(h.Origins.Min, h.Origins.Max)
	}
	for _, d := range h.Said {
		v.Said = append(v.Said, Said{words.HitState(pipeline.HitState(d.Judgement)), present.Clean(d.Actor), words.Clock(d.At), present.Clean(d.Reason)})
	}
	if h.Decision != nil {
		for _, c := range h.Decision.Changed {
			v.Changed = append(v.Changed, present.Clean(c))
		}
	}
	return v
}

func between(low, high int) string {
	if low == high {
		return words.Plural(low, "independent origin", "independent origins")
	}
	return fmt.Sprintf("%d–%d independent origins", low, high)
}

func tokenOf(t corvee.TokenMatch) Token {
	v := Token{Yours: present.Clean(t.Q), Theirs: present.Clean(t.M), Rule: present.Clean(strings.ReplaceAll(words.Plain(t.Rule), ":", ": ")), Class: "close"}
	switch {
	case t.M == "" || t.Q == "":
		v.Class = "missing"
	case t.Rule == "exact":
		v.Class = "same"
	}
	return v
}

func contextOf(c corvee.Context, g Glosses) *Context {
	v := &Context{Why: present.Clean(c.Why), Unreviewed: c.Unreviewed}
	v.Claims, v.More = links(c.Claims, g)
	return v
}

// maxLinks bounds the claims that a row lists; the rest are counted.
const maxLinks = 6

func links(ids []string, g Glosses) (shown []parts.Link, more int) {
	for _, id := range ids[:min(len(ids), maxLinks)] {
		link, ok := g[id]
		if !ok {
			link = parts.Link{Href: "/claims/" + url.PathEscape(id), Gloss: "claim " + present.Clean(present.Short(id))}
		}
		shown = append(shown, link)
	}
	return shown, len(ids) - len(shown)
}

// Claims returns the ids of the claims that some rows list.
func Claims(rows []pipeline.RunRow) []string {
	var out []string
	seen := map[string]bool{}
	add := func(ids []string) {
		for _, id := range ids[:min(len(ids), maxLinks)] {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	for _, row := range rows {
		for _, h := range row.Hits {
			add(h.Evidence)
		}
		if row.Context != nil {
			add(row.Context.Claims)
		}
	}
	return out
}
