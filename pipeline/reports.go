package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/intake"
	"corvee/read"
	"corvee/store"
)

// ReportView is one report with all that a page shows of it.
type ReportView struct {
	Report   corvee.Report
	Text     corvee.Text
	Claims   []corvee.Claim // as people have left them, in text order
	Verdicts []corvee.Verdict
	Findings []corvee.Finding
	Unread   string // why the rules read nothing; "" if they did
}

// Standing returns the number of the last verdict on a claim that was not undone; 0 for
// none. A page sends it back, so that two reviewers never overwrite each other.
func (v ReportView) Standing(claim string) int64 {
	var seq int64
	for _, verdict := range v.Verdicts {
		if verdict.Claim == claim && !verdict.Undone {
			seq = verdict.Seq
		}
	}
	return seq
}

// Report returns one report by its id or the beginning of it.
func (p *Pipeline) Report(ctx context.Context, id string) (ReportView, error) {
	var v ReportView
	err := p.Store.View(ctx, func(tx store.Tx) (err error) {
		v, err = p.reportView(ctx, tx, id)
		return err
	})
	return v, err
}

func (p *Pipeline) reportView(ctx context.Context, tx store.Tx, id string) (ReportView, error) {
	r, err := tx.Report(ctx, id)
	if err != nil {
		return ReportView{}, fmt.Errorf("report %s: %w", id, err)
	}
	v := ReportView{Report: r}
	if v.Text, err = tx.Text(ctx, r.ID); err != nil {
		return v, fmt.Errorf("text of report %s: %w", id, err)
	}
	base, err := tx.Claims(ctx, store.ClaimFilter{Report: r.ID})
	if err != nil {
		return v, err
	}
	if v.Verdicts, err = tx.Verdicts(ctx, r.ID); err != nil {
		return v, err
	}
	v.Claims = corvee.Reviewed(base, v.Verdicts)
	v.Findings = findings(v.Report, v.Claims)
	v.Unread = p.Reader.Unread(v.Text)
	return v, nil
}

// ReportLine is one report in a list, with how much of it awaits a decision.
type ReportLine struct {
	Report     corvee.Report `json:"report"`
	Claims     int           `json:"claims"`
	Unreviewed int           `json:"unreviewed"`
	Unread     string        `json:"unread,omitempty"`
}

// Reports returns reports, latest published first.
func (p *Pipeline) Reports(ctx context.Context, f store.ReportFilter) (lines []ReportLine, total int, err error) {
	if err := p.sorted(ctx); err != nil {
		return nil, 0, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		lines = nil
		reports, err := tx.Reports(ctx, f)
		if err != nil {
			return err
		}
		for _, r := range reports {
			line, err := p.line(ctx, tx, r)
			if err != nil {
				return err
			}
			lines = append(lines, line)
		}
		total, err = tx.CountReports(ctx)
		return err
	})
	return lines, total, err
}

func (p *Pipeline) line(ctx context.Context, tx store.Tx, r corvee.Report) (ReportLine, error) {
	counts, err := tx.SubjectOf(ctx, r.ID)
	if err != nil {
		return ReportLine{}, err
	}
	line := ReportLine{Report: r, Claims: counts.Count, Unreviewed: counts.Unreviewed}
	if line.Claims > 0 {
		return line, nil // what was read needs no reason why not
	}
	text, err := tx.Text(ctx, r.ID)
	line.Unread = p.Reader.Unread(text)
	return line, err
}

// Claims emits the claims of the base that pass a filter, as people have left them, by
// report and place in the text.
func (p *Pipeline) Claims(ctx context.Context, f store.ClaimFilter, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	claims, err := p.reviewedClaims(ctx, f)
	if err != nil {
		return sum, err
	}
	reports := map[string]bool{}
	for i := range claims {
		reports[claims[i].Report] = true
		if err := emit(corvee.Message{Claim: &claims[i]}); err != nil {
			return sum, err
		}
	}
	sum.Reports, sum.Claims = len(reports), len(claims)
	return sum, emit(corvee.Message{Summary: &sum})
}

// reviewedClaims filters after the verdicts are laid over, since an edit may move a claim
// into or out of a filter.
func (p *Pipeline) reviewedClaims(ctx context.Context, f store.ClaimFilter) (out []corvee.Claim, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		out = nil
		reports, err := reportsFor(ctx, tx, f.Report)
		if err != nil {
			return err
		}
		for _, r := range reports {
			base, err := tx.Claims(ctx, store.ClaimFilter{Report: r.ID})
			if err != nil {
				return err
			}
			verdicts, err := tx.Verdicts(ctx, r.ID)
			if err != nil {
				return err
			}
			out = append(out, slices.DeleteFunc(corvee.Reviewed(base, verdicts), func(c corvee.Claim) bool { return !passes(c, f) })...)
		}
		return nil
	})
	return out, err
}

func reportsFor(ctx context.Context, tx store.Tx, id string) ([]corvee.Report, error) {
	if id == "" {
		return tx.Reports(ctx, store.ReportFilter{})
	}
	r, err := tx.Report(ctx, id)
	return []corvee.Report{r}, err
}

func passes(c corvee.Claim, f store.ClaimFilter) bool {
	place := func(p corvee.Place) bool { return p.ID == f.Place }
	return (f.Kind == "" || c.Kind == f.Kind) && (f.Sector == "" || c.Sector == f.Sector) &&
		(f.Country == "" || slices.Contains(c.Countries, f.Country)) &&
		(f.Place == "" || slices.ContainsFunc(c.Places, place))
}

// Explanation says why a claim was made: its words in their sentence, what filled each
// slot, and the rules with their own examples.
type Explanation struct {
	Claim  corvee.Claim
	Report corvee.Report
	Text   corvee.Text
	Rules  []read.Rule
}

// Explain returns the explanation of a claim by its id or the beginning of it, whether a
// rule or a person made it.
func (p *Pipeline) Explain(ctx context.Context, id string) (Explanation, error) {
	var e Explanation
	err := p.Store.View(ctx, func(tx store.Tx) error {
		v, c, err := p.findClaim(ctx, tx, id)
		e = Explanation{Claim: c, Report: v.Report, Text: v.Text}
		return err
	})
	for _, id := range e.Claim.Rules {
		if rule, ok := p.Reader.Rule(id); ok {
			e.Rules = append(e.Rules, rule)
		}
	}
	return e, err
}

// findClaim looks among the rules' claims first, then among those added by hand.
func (p *Pipeline) findClaim(ctx context.Context, tx store.Tx, id string) (ReportView, corvee.Claim, error) {
	base, err := tx.Claim(ctx, id)
	if err == nil {
		v, err := p.reportView(ctx, tx, base.Report)
		if err != nil {
			return v, base, err
		}
		at := slices.IndexFunc(v.Claims, func(c corvee.Claim) bool { return c.ID == base.ID })
		return v, v.Claims[at], nil
	}
	if !errors.Is(err, corvee.ErrNotFound) {
		return ReportView{}, corvee.Claim{}, fmt.Errorf("claim %s: %w", id, err)
	}
	return p.findAdded(ctx, tx, id)
}

func (p *Pipeline) findAdded(ctx context.Context, tx store.Tx, id string) (ReportView, corvee.Claim, error) {
	reports, err := tx.Reports(ctx, store.ReportFilter{})
	if err != nil {
		return ReportView{}, corvee.Claim{}, err
	}
	for _, r := range reports {
		verdicts, err := tx.Verdicts(ctx, r.ID)
		if err != nil {
			return ReportView{}, corvee.Claim{}, err
		}
		if !slices.ContainsFunc(verdicts, func(v corvee.Verdict) bool { return v.Review == corvee.ReviewAdded && hasPrefix(v.Claim, id) }) {
			continue
		}
		v, err := p.reportView(ctx, tx, r.ID)
		if at := slices.IndexFunc(v.Claims, func(c corvee.Claim) bool { return hasPrefix(c.ID, id) }); err != nil || at >= 0 {
			return v, v.Claims[max(at, 0)], err
		}
	}
	return ReportView{}, corvee.Claim{}, fmt.Errorf("claim %s: %w", id, corvee.ErrNotFound)
}

const shortestPrefix = 6

func hasPrefix(id, prefix string) bool {
	return len(prefix) >= shortestPrefix && len(prefix) <= len(id) && id[:len(prefix)] == prefix
}

// Inputs emits every input with its state, only those that failed or were rejected if
// failed is set.
func (p *Pipeline) Inputs(ctx context.Context, failed bool, emit Emit) error {
	var states []corvee.InputState
	if failed {
		states = []corvee.InputState{corvee.InputRejected, corvee.InputFailed}
	}
	var inputs []corvee.Input
	err := p.Store.View(ctx, func(tx store.Tx) (err error) {
		inputs, err = tx.Inputs(ctx, states...)
		return err
	})
	for i := range inputs {
		if err == nil {
			err = emit(corvee.Message{Input: &inputs[i]})
		}
	}
	return err
}

// Retry ingests again every file that failed or was rejected; of one that stands in a
// file, that file. An address is not asked again: nothing goes out that was not asked for.
func (p *Pipeline) Retry(ctx context.Context, o IngestOptions, emit Emit) (corvee.Summary, error) {
	var paths []string
	err := p.Inputs(ctx, true, func(m corvee.Message) error {
		outer := intake.Outer(m.Input.Origin)
		if !strings.Contains(outer, "://") && !slices.Contains(paths, outer) {
			paths = append(paths, outer)
		}
		return nil
	})
	if err != nil {
		return corvee.Summary{}, err
	}
	return p.Ingest(ctx, paths, o, emit)
}
