package review

import (
	"net/http"
	"strings"

	"corvee/pipeline"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/mark"
	"corvee/web/parts"
	"corvee/web/words"
)

// claimPage explains why a claim was made.
type claimPage struct {
	Card          card
	Report        parts.Report
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

func (s *room) claim(r *http.Request) (frame.View, error) {
	e, err := s.eyes.Explain(r.Context(), r.PathValue("claim"))
	if err != nil {
		return frame.View{}, err
	}
	body, err := s.explain(r, e)
	if err != nil {
		return frame.View{}, err
	}
	title := present.Clean(present.Gloss(e.Claim))
	return frame.View{Template: "claim", Title: "Why: " + words.Excerpt(title, 80), Nav: "/reports", Body: body}, nil
}

func (s *room) explain(r *http.Request, e pipeline.Explanation) (claimPage, error) {
	v, err := s.eyes.Report(r.Context(), e.Report.ID)
	if err != nil {
		return claimPage{}, err
	}
	p := claimPage{Report: parts.ReportOf(e.Report, len(v.Claims), 0, v.Unread), Lang: e.Report.Lang}
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
