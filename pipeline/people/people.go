// Package people covers what could name or reach a person before a page, a terminal or an
// API shows it.
//
// What comes in: views of the base. What goes out: the same views with the words covered
// where they stand, offsets unchanged. Its one idea: covering is what happens; showing is
// asked for, with a reason, and logged.
package people

import (
	"context"
	"fmt"
	"strings"

	"corvee"
	"corvee/internal/person"
	"corvee/pipeline"
	"corvee/store"
)

// stay are the names of a report that may be shown: of its publisher, of firms, sites and
// places, and of speakers who may be stored by name.
func stay(r corvee.Report, claims []corvee.Claim) []string {
	out := []string{r.Publisher, r.Byline}
	for _, c := range claims {
		out = append(out, c.Employer, c.Site)
		for _, p := range c.Places {
			out = append(out, p.Name)
		}
		for _, a := range c.Attribution {
			if a.Speaker.Named() {
				out = append(out, a.Name)
			}
		}
	}
	return out
}

// cover is a report's text with its people covered.
type cover struct {
	text  string
	names []string
}

func coverOf(v pipeline.ReportView) cover {
	names := stay(v.Report, v.Claims)
	text := v.Text.String()
	return cover{person.Mask(text, person.Find(text, names...)), names}
}

// quote returns the covered words of a quote, which lie where the uncovered ones do.
func (c cover) quote(q corvee.Quote) corvee.Quote {
	if q.Start >= 0 && q.Start <= q.End && q.End <= len(c.text) {
		q.Exact = c.text[q.Start:q.End]
		return q
	}
	q.Exact = c.words(q.Exact)
	return q
}

func (c cover) words(s string) string { return person.Mask(s, person.Find(s, c.names...)) }

func (c cover) claim(claim corvee.Claim) corvee.Claim {
	claim.Quote = c.quote(claim.Quote)
	mentions := make([]corvee.Quote, 0, len(claim.Mentions))
	for _, m := range claim.Mentions {
		mentions = append(mentions, c.quote(m))
	}
	if claim.Mentions != nil {
		claim.Mentions = mentions
	}
	return claim // a subject is of words that the lexicon knows, never a name
}

// Report returns a view as it may be shown. Its text has the length and the blocks of the
// original, so that every offset holds; what people wrote as notes is theirs and stays.
func Report(v pipeline.ReportView) (pipeline.ReportView, error) {
	c := coverOf(v)
	if c.text != v.Text.String() {
		text, err := corvee.NewText(c.text, v.Text.Blocks())
		if err == nil {
			text, err = text.Placed(v.Text.Regions())
		}
		if err != nil {
			return v, fmt.Errorf("cover people: %w", err)
		}
		v.Text = text
	}
	v.Report.Title = c.words(v.Report.Title)
	claims := make([]corvee.Claim, len(v.Claims))
	for i, claim := range v.Claims {
		claims[i] = c.claim(claim)
	}
	v.Claims = claims
	return v, nil
}

// Explanation returns an explanation as it may be shown, by the report that it is of.
func Explanation(e pipeline.Explanation, of pipeline.ReportView) (pipeline.Explanation, error) {
	shown, err := Report(of)
	if err != nil {
		return e, err
	}
	e.Text, e.Report = shown.Text, shown.Report
	e.Claim = coverOf(of).claim(e.Claim)
	return e, nil
}

// Covering returns an Emit that covers claims before it passes them on. It asks the base
// for the text of each report once while its claims come together.
func Covering(ctx context.Context, p *pipeline.Pipeline, emit pipeline.Emit) pipeline.Emit {
	var last string
	var c cover
	return func(m corvee.Message) error {
		switch {
		case m.Claim != nil:
			if m.Claim.Report != last {
				v, err := p.Report(ctx, m.Claim.Report)
				if err != nil {
					return err
				}
				last, c = m.Claim.Report, coverOf(v)
			}
			claim := c.claim(*m.Claim)
			m.Claim = &claim
		case m.Report != nil:
			r := Titled(*m.Report)
			m.Report = &r
		}
		return emit(m)
	}
}

// Titled returns a report with people in its title covered.
func Titled(r corvee.Report) corvee.Report {
	r.Title = person.Mask(r.Title, person.Find(r.Title, r.Publisher, r.Byline))
	return r
}

// Show logs that somebody asked to see people's names, and why. Without a reason it returns
// corvee.ErrInvalid, and nothing may be shown.
func Show(ctx context.Context, p *pipeline.Pipeline, report, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fmt.Errorf("%w: say why people's names are needed; the reason is logged", corvee.ErrInvalid)
	}
	return p.Store.Update(ctx, func(tx store.Tx) error {
		return p.Record(ctx, tx, "people.shown", "report", report, map[string]string{"reason": reason})
	})
}
