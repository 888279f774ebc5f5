package web

import (
	"net/http"
	"strings"

	"corvee/pipeline"
	"corvee/present"
	"corvee/web/mark"
	"corvee/web/words"
)

// claimPage explains why a claim was made.
type claimPage struct {
	Card          card
	Report        reportLine
	Lang          string
	Around        []piece
	Before, After bool // text was left out there
	Rules         []ruleView
	Missing       []string // rules that this version no longer has
}

type ruleView struct {
	ID, About           string
	Cues, Reads, Leaves []string
}

const contextShown = 150

func (s *site) claim(r *http.Request) (view, error) {
	e, err := s.explained(r, r.PathValue("claim"))
	if err != nil {
		return view{}, err
	}
	body, err := s.explain(r, e)
	if err != nil {
		return view{}, err
	}
	title := present.Clean(present.Gloss(e.Claim))
	return view{Template: "claim", Title: "Why: " + words.Excerpt(title, 80), Nav: "/reports", Body: body}, nil
}

func (s *site) explain(r *http.Request, e pipeline.Explanation) (claimPage, error) {
	v, err := s.seen(r, e.Report.ID)
	if err != nil {
		return claimPage{}, err
	}
	p := claimPage{Report: lineOf(e.Report, len(v.Claims), 0, v.Unread), Lang: e.Report.Lang}
	for i, c := range v.Claims {
		if c.ID != e.Claim.ID {
			continue
		}
		p.Card = cardOf(v, i, true)
		q := reportRequest{view: v, selected: i}
		pieces, before, after := mark.Around(e.Text, e.Claim, contextShown)
		p.Before, p.After = before, after
		for _, piece := range pieces {
			p.Around = append(p.Around, pieceOf(q, numbered(piece, i), map[int]int{}))
		}
	}
	for _, rule := range e.Rules {
		p.Rules = append(p.Rules, ruleView{rule.ID, rule.About, rule.Cues, rule.Reads, rule.Leaves})
	}
	p.Missing = unknownRules(e)
	return p, nil
}

// numbered gives a piece of a claim that was cut alone the claim's number in the report.
func numbered(p mark.Piece, i int) mark.Piece {
	for n := range p.Covers {
		p.Covers[n].Claim = i
	}
	for n := range p.Slots {
		p.Slots[n].Claim = i
	}
	p.Begins = nil
	p.Text = strings.ReplaceAll(p.Text, "\n\n", "\n")
	return p
}

func unknownRules(e pipeline.Explanation) []string {
	var known, out []string
	for _, rule := range e.Rules {
		known = append(known, rule.ID)
	}
	for _, id := range e.Claim.Rules {
		if !strings.Contains("\x00"+strings.Join(known, "\x00")+"\x00", "\x00"+id+"\x00") {
			out = append(out, present.Clean(id))
		}
	}
	return out
}
