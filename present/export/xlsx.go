package export

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"corvee"
	"corvee/present"
	"corvee/present/dossier"
	"corvee/present/internal/workbook"
)

// writeXLSX writes a workbook: claims, findings, the positions on each question, sources, and
// what a reader must know with what was withheld. Amounts are texts, so that they stay exact.
func writeXLSX(w io.Writer, s Set) error {
	b := workbook.New(w, workbook.MaxRows)
	for _, sheet := range []func(*workbook.Book, Set) error{claimSheet, findingSheet, evidenceSheet, sourceSheet, noticeSheet} {
		if err := sheet(b, s); err != nil {
			return err
		}
	}
	return b.Close()
}

func claimSheet(b *workbook.Book, s Set) error {
	var header []string
	var figures []bool
	cols := columns()
	for _, c := range cols {
		header, figures = append(header, c.name), append(figures, c.figure)
	}
	if err := b.Sheet("Claims", header, figures); err != nil {
		return err
	}
	for _, r := range s.rows() {
		cells := make([]string, len(cols))
		for i, c := range cols {
			cells[i] = c.of(r)
		}
		if err := b.Row(cells); err != nil {
			return err
		}
	}
	return nil
}

// table writes a sheet of texts.
func table(b *workbook.Book, name string, header []string, rows [][]string) error {
	if err := b.Sheet(name, header, make([]bool, len(header))); err != nil {
		return err
	}
	for _, r := range rows {
		if err := b.Row(r); err != nil {
			return err
		}
	}
	return nil
}

func findingSheet(b *workbook.Book, s Set) error {
	numbers := map[string]int{}
	for _, c := range s.Claims {
		numbers[c.Claim.ID] = c.No
	}
	var rows [][]string
	for _, list := range [][]corvee.Finding{s.Ledger, s.Conversions, s.Headcounts} {
		for _, f := range list {
			rows = append(rows, []string{f.Kind, string(f.Result), f.Text, figures(f.Numbers), strings.Join(f.Needs, "; "), cited(f.Claims, numbers)})
		}
	}
	for _, a := range s.Indicators {
		rows = append(rows, []string{"indicator.level", string(a.Level), a.Why, "", "", ""})
		for _, sign := range a.Signs {
			rows = append(rows, []string{"indicator", string(sign.Result), strings.Join(strings.Fields(a.Period+" "+sign.Name), " "), "", sign.Note, refs(append(slices.Clone(sign.Claims), sign.Against...))})
		}
	}
	for _, r := range s.Law {
		rows = append(rows, []string{"law", string(r.Result), r.Title + ": " + r.Text, "", "", ""})
	}
	return table(b, "Findings", []string{"kind", "result", "text", "numbers", "assumes_or_note", "claims"}, rows)
}

func figures(m map[string]corvee.Range) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		out = append(out, name+" "+m[name].String())
	}
	return strings.Join(out, "; ")
}

// cited returns the numbers of claims; one that may not leave has none.
func cited(ids []string, numbers map[string]int) string {
	var out []int
	for _, id := range ids {
		if n := numbers[id]; n > 0 {
			out = append(out, n)
		}
	}
	return refs(out)
}

func refs(numbers []int) string {
	slices.Sort(numbers)
	return joined(slices.Compact(numbers), func(n int) string { return fmt.Sprint(n) })
}

func evidenceSheet(b *workbook.Book, s Set) error {
	var rows [][]string
	for _, q := range s.Questions {
		for _, p := range q.Positions {
			rows = append(rows, []string{
				q.ID, present.KindName(q.Kind), q.About, q.Scope, q.When, string(q.Support), p.Gloss, yes(p.Against), fmt.Sprint(p.Origins.Min), fmt.Sprint(p.Origins.Max),
				refs(slices.Clone(p.Claims)), strings.Join(p.Why, "; "), strings.Join(q.Superseded, "; "),
			})
		}
	}
	return table(b, "Questions", []string{"question", "kind", "about", "scope", "when", "support", "position", "against", "origins_min", "origins_max", "claims", "why", "superseded"}, rows)
}

func sourceSheet(b *workbook.Book, s Set) error {
	var rows [][]string
	for _, r := range s.Reports {
		archived := "archived"
		if !r.Archived {
			archived = "not archived"
		}
		rows = append(rows, []string{fmt.Sprint(r.No), r.ID, r.Publisher, r.Title, r.Published.String(), r.Lang, r.URL, archived, strings.Join(r.DependsOn, "; ")})
	}
	return table(b, "Sources", []string{"no", "id", "publisher", "title", "published", "lang", "url", "archived", "depends_on"}, rows)
}

func noticeSheet(b *workbook.Book, s Set) error {
	rows := [][]string{{"of", s.scope()}, {"made", s.Made.String()}, {"version", s.Version}, {"notice", s.Notice}, {"judged", s.Reviewed}}
	for _, h := range s.Withheld {
		rows = append(rows, []string{"withheld", withheld(h)})
	}
	for _, n := range s.NotFound {
		rows = append(rows, []string{"not found", n})
	}
	return table(b, "Notice", []string{"what", "text"}, rows)
}

func withheld(h dossier.Withheld) string { return fmt.Sprintf("%d × %s (%s)", h.Count, h.What, h.Why) }
