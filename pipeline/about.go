package pipeline

import (
	"context"
	"slices"
	"strings"

	"corvee"
	"corvee/corroborate"
	"corvee/pipeline/internal/about"
	"corvee/store"
)

// sortOut puts the subjects of a report whose claims or verdicts have just changed.
func (p *Pipeline) sortOut(ctx context.Context, tx store.Tx, report string) error {
	claims, err := tx.Claims(ctx, store.ClaimFilter{Report: report})
	if err != nil {
		return err
	}
	verdicts, err := tx.Verdicts(ctx, report)
	if err != nil {
		return err
	}
	return tx.PutSubjects(ctx, report, about.Subjects(corvee.Reviewed(claims, verdicts)))
}

// reportsAtOnce bounds one transaction of sorting out.
const reportsAtOnce = 200

// sorted makes sure that the subjects of every report are put: a base of an earlier
// version has none yet. Where there is nothing to do, nothing is written.
func (p *Pipeline) sorted(ctx context.Context) error {
	for {
		var reports []string
		err := p.Store.View(ctx, func(tx store.Tx) (err error) {
			reports, err = tx.Unsorted(ctx, reportsAtOnce)
			return err
		})
		if err != nil || len(reports) == 0 {
			return err
		}
		err = p.Store.Update(ctx, func(tx store.Tx) error {
			for _, r := range reports {
				if err := p.sortOut(ctx, tx, r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// Subjects returns what the claims of the base are about, of one kind: each key once, with
// the counts of all reports together, ordered by key.
func (p *Pipeline) Subjects(ctx context.Context, kind store.SubjectKind) (totals []store.Subject, err error) {
	if err := p.sorted(ctx); err != nil {
		return nil, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		totals, err = tx.SubjectTotals(ctx, kind)
		return err
	})
	return totals, err
}

// SubjectRows returns the subjects of a kind as each report has them, ordered by key, then
// report.
func (p *Pipeline) SubjectRows(ctx context.Context, kind store.SubjectKind) (rows []store.Subject, err error) {
	if err := p.sorted(ctx); err != nil {
		return nil, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		rows, err = tx.Subjects(ctx, kind)
		return err
	})
	return rows, err
}

// About returns the reports that claim something of any of these subjects, with their texts
// and claims.
func (p *Pipeline) About(ctx context.Context, kind store.SubjectKind, keys ...string) (docs []corroborate.Document, err error) {
	if err := p.sorted(ctx); err != nil {
		return nil, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		ids, err := tx.ReportsAbout(ctx, kind, keys)
		if err != nil {
			return err
		}
		docs, err = p.documents(ctx, tx, ids)
		return err
	})
	return docs, err
}

// CountAbout returns how many reports About would.
func (p *Pipeline) CountAbout(ctx context.Context, kind store.SubjectKind, keys ...string) (n int, err error) {
	if err := p.sorted(ctx); err != nil {
		return 0, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		ids, err := tx.ReportsAbout(ctx, kind, keys)
		n = len(ids)
		return err
	})
	return n, err
}

// Documents returns every report with its text and its claims as people have left them.
func (p *Pipeline) Documents(ctx context.Context) (docs []corroborate.Document, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		reports, err := tx.Reports(ctx, store.ReportFilter{})
		if err != nil {
			return err
		}
		var ids []string
		for _, r := range reports {
			ids = append(ids, r.ID)
		}
		docs, err = p.documents(ctx, tx, ids)
		return err
	})
	return docs, err
}

// documents are ordered by id.
func (p *Pipeline) documents(ctx context.Context, tx store.Tx, ids []string) ([]corroborate.Document, error) {
	docs := make([]corroborate.Document, 0, len(ids))
	for _, id := range ids {
		d, err := p.document(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	slices.SortFunc(docs, func(a, b corroborate.Document) int { return strings.Compare(a.Report.ID, b.Report.ID) })
	return docs, nil
}

func (p *Pipeline) document(ctx context.Context, tx store.Tx, id string) (d corroborate.Document, err error) {
	if d.Report, err = tx.Report(ctx, id); err != nil {
		return d, err
	}
	if d.Text, err = tx.Text(ctx, id); err != nil {
		return d, err
	}
	claims, err := tx.Claims(ctx, store.ClaimFilter{Report: id})
	if err != nil {
		return d, err
	}
	verdicts, err := tx.Verdicts(ctx, id)
	d.Claims = corvee.Reviewed(claims, verdicts)
	return d, err
}
