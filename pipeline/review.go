package pipeline

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"corvee"
	"corvee/store"
)

// Judgement is a decision on one claim as a page sends it. Expected is the number of the
// last standing verdict that the page showed (ReportView.Standing): if another reviewer
// was faster, nothing is written and corvee.ErrConflict is returned.
type Judgement struct {
	Report   string
	Claim    string
	Review   corvee.Review
	Edited   *corvee.Claim
	Note     string
	Expected int64
}

// Judge appends a verdict. For an edit it checks that the edited quote is still what the
// text says.
func (p *Pipeline) Judge(ctx context.Context, j Judgement) (corvee.Verdict, error) {
	var verdict corvee.Verdict
	err := p.Store.Update(ctx, func(tx store.Tx) error {
		v, err := p.reportView(ctx, tx, j.Report)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(v.Claims, func(c corvee.Claim) bool { return c.ID == j.Claim })
		if at < 0 {
			return fmt.Errorf("claim %s: %w", j.Claim, corvee.ErrNotFound)
		}
		verdict = p.verdictOn(ctx, v, v.Claims[at], j)
		return p.keep(ctx, tx, v, &verdict, j.Expected)
	})
	return verdict, err
}

func (p *Pipeline) verdictOn(ctx context.Context, v ReportView, c corvee.Claim, j Judgement) corvee.Verdict {
	verdict := corvee.Verdict{
		Report: v.Report.ID, Claim: c.ID, Binding: c.Binding(), Review: j.Review,
		Actor: p.By(ctx), Note: j.Note, At: p.now(),
	}
	if j.Edited != nil {
		edited := *j.Edited
		edited.ID, edited.Report, edited.Text = c.ID, v.Report.ID, v.Report.Text
		edited.Origin, edited.Review = c.Origin, j.Review
		verdict.Edited = &edited
	}
	return verdict
}

// keep validates and grounds a verdict and appends it with its event.
func (p *Pipeline) keep(ctx context.Context, tx store.Tx, v ReportView, verdict *corvee.Verdict, expected int64) error {
	if err := verdict.Validate(); err != nil {
		return err
	}
	if verdict.Edited != nil {
		if err := v.Text.Ground(verdict.Edited.Quote); err != nil {
			return err
		}
	}
	id := make([]byte, saltBytes)
	if _, err := io.ReadFull(p.Random, id); err != nil {
		return err
	}
	verdict.ID = "v" + hex.EncodeToString(id)
	kept, err := tx.AddVerdict(ctx, *verdict, expected)
	if err != nil {
		return err
	}
	*verdict = kept
	if err := p.sortOut(ctx, tx, v.Report.ID); err != nil {
		return err
	}
	return p.record(ctx, tx, "claim."+string(verdict.Review), "claim", v.Report.ID, verdict)
}

// Draft is a claim that a reviewer adds by hand: the span of its words and what they
// state. The rest of the claim is filled in here.
type Draft struct {
	Report string
	Span   corvee.Span
	Claim  corvee.Claim
	Note   string
}

// Add appends a claim by hand. Its quote is taken from the text, its origin is the
// reviewer; without an attribution the report's author said it.
func (p *Pipeline) Add(ctx context.Context, d Draft) (corvee.Claim, error) {
	var claim corvee.Claim
	err := p.Store.Update(ctx, func(tx store.Tx) error {
		v, err := p.reportView(ctx, tx, d.Report)
		if err != nil {
			return err
		}
		if claim, err = completed(v, d); err != nil {
			return err
		}
		verdict := corvee.Verdict{
			Report: v.Report.ID, Claim: claim.ID, Binding: claim.Binding(), Review: corvee.ReviewAdded,
			Edited: &claim, Actor: p.By(ctx), Note: d.Note, At: p.now(),
		}
		return p.keep(ctx, tx, v, &verdict, v.Standing(claim.ID))
	})
	return claim, err
}

const byHand = 100 // a person's own claim is not a guess of a rule

func completed(v ReportView, d Draft) (corvee.Claim, error) {
	c := d.Claim
	quote, err := v.Text.Quote(d.Span)
	if err != nil {
		return c, err
	}
	c.Report, c.Text, c.Quote = v.Report.ID, v.Report.Text, quote
	c.Origin, c.Review, c.Score = corvee.FromReviewer, corvee.ReviewAdded, byHand
	if len(c.Attribution) == 0 {
		c.Attribution = []corvee.Attribution{{Speaker: corvee.SpeakerAuthor}}
	}
	if c.Factuality == "" {
		c.Factuality = corvee.Asserted
	}
	if c.Polarity == "" {
		c.Polarity = corvee.Positive
	}
	c.ID = c.NewID()
	if slices.ContainsFunc(v.Claims, func(other corvee.Claim) bool { return other.ID == c.ID }) {
		return c, fmt.Errorf("%w: this claim is already there", corvee.ErrConflict)
	}
	return c, c.Validate()
}

// Undo takes back this actor's last verdict on a report that still stands; again and
// again, back to the first.
func (p *Pipeline) Undo(ctx context.Context, report string) (corvee.Verdict, error) {
	var undone corvee.Verdict
	err := p.Store.Update(ctx, func(tx store.Tx) error {
		r, err := tx.Report(ctx, report)
		if err != nil {
			return err
		}
		if undone, err = tx.UndoVerdict(ctx, r.ID, p.By(ctx)); err != nil {
			return err
		}
		if err := p.sortOut(ctx, tx, r.ID); err != nil {
			return err
		}
		return p.record(ctx, tx, "claim.undone", "claim", r.ID, undone)
	})
	return undone, err
}
