package review

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"corvee"
	"corvee/pipeline"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/mark"
	"corvee/web/parts"
	"corvee/web/review/form"
	"corvee/web/words"
)

// judge appends one decision and goes back to the claim.
func (s *room) judge(r *http.Request) (frame.View, error) {
	expected, err := frame.Number(r, "expected")
	if err != nil {
		return frame.View{}, err
	}
	j := pipeline.Judgement{
		Report: r.PathValue("report"), Claim: r.PathValue("claim"), Review: corvee.Review(r.PostFormValue("review")),
		Note: r.PostFormValue("note"), Expected: expected,
	}
	if !slices.Contains(pressable(), j.Review) {
		return frame.View{}, frame.Invalid(fmt.Sprintf("%q is not a decision", words.Excerpt(string(j.Review), 20)))
	}
	verdict, err := s.pipeline.Judge(r.Context(), j)
	if errors.Is(err, corvee.ErrConflict) {
		return s.conflict(r, j)
	}
	if err != nil {
		return frame.View{}, err
	}
	return frame.View{To: savedAt(verdict.Report, verdict.Claim, verdict.Seq)}, nil
}

// pressable are the decisions that need no form.
func pressable() []corvee.Review {
	return []corvee.Review{corvee.ReviewAccepted, corvee.ReviewRejected, corvee.ReviewUnsure, corvee.ReviewUnreviewed}
}

func savedAt(report, claim string, seq int64) string {
	return parts.ReportAddress(report) + "?" + url.Values{"claim": {claim}, "saved": {strconv.FormatInt(seq, 10)}}.Encode() + "#" + claim
}

// undo takes back this reviewer's last decision and goes to the claim that it was about.
func (s *room) undo(r *http.Request) (frame.View, error) {
	verdict, err := s.pipeline.Undo(r.Context(), r.PathValue("report"))
	if errors.Is(err, corvee.ErrNotFound) {
		v, reportErr := s.pipeline.Report(r.Context(), r.PathValue("report"))
		if reportErr != nil {
			return frame.View{}, reportErr
		}
		return frame.View{To: parts.ReportAddress(v.Report.ID)}, nil // nothing is left to take back
	}
	if err != nil {
		return frame.View{}, err
	}
	v, err := s.pipeline.Report(r.Context(), verdict.Report)
	if err != nil {
		return frame.View{}, err
	}
	if !slices.ContainsFunc(v.Claims, func(c corvee.Claim) bool { return c.ID == verdict.Claim }) {
		return frame.View{To: parts.ReportAddress(v.Report.ID) + "?saved=" + strconv.FormatInt(verdict.Seq, 10)}, nil // an addition was undone
	}
	return frame.View{To: savedAt(verdict.Report, verdict.Claim, verdict.Seq)}, nil
}

// conflictPage shows what another reviewer did first, and asks again.
type conflictPage struct {
	Action, Back  string
	Theirs, Yours words.Badge
	Who, When     string
	Note          string
	Gloss         string
	Review        corvee.Review
	YourNote      string
	Expected      int64
	Same          bool
}

func (s *room) conflict(r *http.Request, j pipeline.Judgement) (frame.View, error) {
	v, err := s.pipeline.Report(r.Context(), j.Report)
	if err != nil {
		return frame.View{}, err
	}
	at := slices.IndexFunc(v.Claims, func(c corvee.Claim) bool { return c.ID == j.Claim })
	if at < 0 {
		return frame.View{}, fmt.Errorf("%w: claim %s of this report", corvee.ErrNotFound, words.Excerpt(j.Claim, 40))
	}
	c := v.Claims[at]
	body := conflictPage{
		Action: parts.ReportAddress(v.Report.ID) + "/claims/" + c.ID + "/verdict", Back: parts.ClaimAddress(c.Report, c.ID),
		Theirs: words.Review(c.Review), Yours: words.Review(j.Review), Gloss: present.Clean(present.Gloss(c)),
		Review: j.Review, YourNote: j.Note, Expected: v.Standing(c.ID), Same: c.Review == j.Review,
	}
	if last, ok := standing(v, c.ID); ok {
		body.Who, body.When, body.Note = present.Clean(last.Actor), words.Clock(last.At), present.Clean(last.Note)
	}
	return frame.View{Status: http.StatusConflict, Template: "conflict", Title: "Somebody was faster", Nav: "/reports", Body: body}, nil
}

func standing(v pipeline.ReportView, claim string) (corvee.Verdict, bool) {
	for _, verdict := range slices.Backward(v.Verdicts) {
		if verdict.Claim == claim && !verdict.Undone {
			return verdict, true
		}
	}
	return corvee.Verdict{}, false
}

// openEdit puts a claim's form in the place of its card's details.
func (p *reportPage) openEdit(v pipeline.ReportView, c corvee.Claim) {
	p.putEdit(v, c, newEdit(v, c, form.Of(c), nil, c.Quote.Span, v.Standing(c.ID)))
}

func (p *reportPage) putEdit(v pipeline.ReportView, c corvee.Claim, e *editForm) {
	for i := range p.Cards {
		if p.Cards[i].ID == c.ID {
			p.Cards[i].Edit = e
		}
	}
}

func newEdit(v pipeline.ReportView, c corvee.Claim, f form.Fields, bad form.Problems, span corvee.Span, expected int64) *editForm {
	e := spanForm(v, span)
	e.Action = parts.ReportAddress(v.Report.ID) + "/claims/" + c.ID + "/edit"
	e.Cancel, e.Submit = parts.ClaimAddress(c.Report, c.ID), "Save edit"
	e.Expected, e.Problem, e.Groups = expected, bad[""], fieldGroups(f, bad)
	return e
}

func spanForm(v pipeline.ReportView, span corvee.Span) *editForm {
	e := &editForm{Lang: v.Report.Lang}
	if words, err := v.Text.Slice(span); err == nil {
		e.Words = mark.Visible(words)
		e.Start, e.End, _ = v.Text.CodePoints(span)
	}
	return e
}

// sent returns the report of a form, which of its claims the form is about, and the verdict
// that it saw last.
func (s *room) sent(r *http.Request) (v pipeline.ReportView, at int, expected int64, err error) {
	if v, err = s.pipeline.Report(r.Context(), r.PathValue("report")); err != nil {
		return v, 0, 0, err
	}
	at = slices.IndexFunc(v.Claims, func(c corvee.Claim) bool { return c.ID == r.PathValue("claim") })
	if at < 0 {
		return v, 0, 0, fmt.Errorf("%w: claim %s of this report", corvee.ErrNotFound, words.Excerpt(r.PathValue("claim"), 40))
	}
	expected, err = frame.Number(r, "expected")
	return v, at, expected, err
}

// edit saves a claim as a form leaves it, or moves an edge of its quote and shows the form
// again.
func (s *room) edit(r *http.Request) (frame.View, error) {
	v, at, expected, err := s.sent(r)
	if err != nil {
		return frame.View{}, err
	}
	span, err := formSpan(r, v.Text)
	if err != nil {
		return frame.View{}, err
	}
	c, fields := v.Claims[at], form.Parse(r.PostForm)
	if how := r.PostFormValue("nudge"); how != "" {
		return s.editAgain(r.Context(), v, at, newEdit(v, c, fields, nil, mark.Nudge(v.Text, span, how), expected), http.StatusOK), nil
	}
	return s.saveEdit(r, v, at, fields, span, expected)
}

func (s *room) saveEdit(r *http.Request, v pipeline.ReportView, at int, fields form.Fields, span corvee.Span, expected int64) (frame.View, error) {
	c := v.Claims[at]
	edited, bad := fields.Apply(c, s.pipeline.Reader.Place)
	if bad == nil && span.Len() == 0 {
		bad = form.Problems{"": "The quote is empty."}
	}
	if bad != nil {
		return s.editAgain(r.Context(), v, at, newEdit(v, c, fields, bad, span, expected), http.StatusBadRequest), nil
	}
	edited.Quote, _ = v.Text.Quote(span)
	verdict, err := s.pipeline.Judge(r.Context(), pipeline.Judgement{
		Report: v.Report.ID, Claim: c.ID, Review: corvee.ReviewEdited, Edited: &edited, Note: fields.Note, Expected: expected,
	})
	switch {
	case err == nil:
		return frame.View{To: savedAt(verdict.Report, verdict.Claim, verdict.Seq)}, nil
	case errors.Is(err, corvee.ErrConflict):
		return s.editConflict(r, at, fields, span)
	case errors.Is(err, corvee.ErrInvalid), errors.Is(err, corvee.ErrUngrounded):
		return s.editAgain(r.Context(), v, at, newEdit(v, c, fields, form.Problems{"": frame.Sentence(err)}, span, expected), http.StatusBadRequest), nil
	}
	return frame.View{}, err
}

// editConflict shows the form again with what was typed, under what another reviewer did.
func (s *room) editConflict(r *http.Request, at int, fields form.Fields, span corvee.Span) (frame.View, error) {
	v, err := s.pipeline.Report(r.Context(), r.PathValue("report"))
	if err != nil || at >= len(v.Claims) {
		return frame.View{}, errors.Join(corvee.ErrConflict, err)
	}
	c := v.Claims[at]
	e := newEdit(v, c, fields, nil, span, v.Standing(c.ID))
	if last, ok := standing(v, c.ID); ok {
		e.Other = fmt.Sprintf("%s left this claim as “%s” (%s) at %s, after you opened it. Nothing of yours was saved. Your entries are below: save them on top of that, or cancel.",
			present.Clean(last.Actor), present.Clean(present.Gloss(c)), words.Review(c.Review).Word, words.Clock(last.At))
	}
	return s.editAgain(r.Context(), v, at, e, http.StatusConflict), nil
}

func (s *room) editAgain(ctx context.Context, v pipeline.ReportView, at int, e *editForm, status int) frame.View {
	parts := mark.Parts(v.Text, v.Claims, mark.Limits{Bytes: partBytes, Claims: partClaims})
	body := s.reportBody(reportRequest{view: v, by: s.pipeline.By(ctx), parts: parts, selected: at, part: mark.Of(parts, at)})
	body.putEdit(v, v.Claims[at], e)
	return frame.View{Status: status, Template: "report", Title: body.Title, Nav: "/reports", Body: body}
}

// formSpan reads the quote's span, in code points.
func formSpan(r *http.Request, t corvee.Text) (corvee.Span, error) {
	start, err := frame.Number(r, "start")
	if err != nil {
		return corvee.Span{}, err
	}
	end, err := frame.Number(r, "end")
	if err != nil {
		return corvee.Span{}, err
	}
	return t.FromCodePoints(int(start), int(end))
}
