// Package traces finds what a report has left outside its own rows.
//
// What comes in: a base and a report that is to leave it. What goes out: the parties that
// no other report names. Its one idea: a party stands in results, decisions and alerts by
// name; when the only report that named it goes, the name goes with it.
package traces

import (
	"context"
	"slices"
	"strings"

	"corvee"
	"corvee/pipeline/internal/evident"
	"corvee/store"
)

// Parties returns the parties that claims of the report name, as rules or people have
// written them at any time, and that no other report does; ordered by id.
func Parties(ctx context.Context, tx store.Tx, report string) ([]store.Party, error) {
	all, err := tx.Claims(ctx, store.ClaimFilter{})
	if err != nil {
		return nil, err
	}
	reports, err := tx.Reports(ctx, store.ReportFilter{})
	if err != nil {
		return nil, err
	}
	for _, r := range reports {
		verdicts, err := tx.Verdicts(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		for _, v := range verdicts {
			if v.Edited != nil {
				edited := *v.Edited
				edited.Report = r.ID
				all = append(all, edited)
			}
		}
	}
	return alone(all, report), nil
}

func alone(claims []corvee.Claim, report string) (out []store.Party) {
	elsewhere := map[string]bool{}
	for _, c := range claims {
		for _, name := range []string{c.Employer, c.Site} {
			if name == "" {
				continue
			}
			p := store.Party{ID: evident.PartyID(name), Name: name}
			if c.Report != report {
				elsewhere[p.ID] = true
			} else if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	out = slices.DeleteFunc(out, func(p store.Party) bool { return elsewhere[p.ID] })
	slices.SortFunc(out, func(a, b store.Party) int { return strings.Compare(a.ID+"\x00"+a.Name, b.ID+"\x00"+b.Name) })
	return out
}
