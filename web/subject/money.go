package subject

import (
	"net/http"
	"strings"

	"corvee/present"
	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/words"
)

// moneyPage shows how wages become what workers hold, one report at a time.
type moneyPage struct {
	Falls []fallLine
	More  int
}

type fallLine struct {
	parts.Report
	Unit, Withheld string
	State          words.Badge
	Rows           []fallRow
	Reviewed       bool
}

type fallRow struct {
	Stage, Amount string
	Derived       bool
	Part          int // of the largest amount, in thousandths; -1 for none
	Claims        []string
}

// mostFalls bounds what a page shows.
const mostFalls = 40

func (s *room) money(r *http.Request) (frame.View, error) {
	v := frame.View{Template: "money", Title: "Money", Nav: "/money"}
	now, err := s.glance.Now(r.Context())
	if err != nil {
		return v, err
	}
	falls := now.Falls()
	p := moneyPage{More: max(0, len(falls)-mostFalls)}
	for _, f := range falls[:min(len(falls), mostFalls)] {
		line := fallLine{
			Report: parts.ReportOf(f.Report.Report, len(f.Report.Claims), 0, f.Report.Unread), Reviewed: f.Unreviewed == 0,
			Unit: strings.TrimSpace(f.Currency + " a " + string(f.Period) + ", each"), State: words.Result(f.Result),
		}
		if f.Period == "" {
			line.Unit = f.Currency + ", each, period unknown"
		}
		if f.Withheld.Known() {
			line.Withheld = f.Withheld.String()
		}
		for i, row := range f.Rows {
			out := fallRow{Stage: words.Plain(string(row.Stage)), Amount: row.Range.String(), Derived: row.Derived, Part: f.Parts[i]}
			if row.Label != "" {
				out.Stage += ", " + present.Clean(row.Label)
			}
			for _, id := range row.Claims {
				out.Claims = append(out.Claims, parts.ClaimAddress(f.Report.ID, id))
			}
			line.Rows = append(line.Rows, out)
		}
		p.Falls = append(p.Falls, line)
	}
	v.Body = p
	return v, nil
}
