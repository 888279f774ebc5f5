package overview

import (
	"net/http"

	"corvee/store"
	"corvee/web/frame"
	"corvee/web/parts"
)

const reportsPerPage = 50

type reportsPage struct {
	Lines []parts.Report
	Pages parts.Pager
}

func (s *room) reports(r *http.Request) (frame.View, error) {
	page, err := parts.PageNumber(r)
	if err != nil {
		return frame.View{}, err
	}
	lines, total, err := s.pipeline.Reports(r.Context(), store.ReportFilter{Limit: reportsPerPage, Offset: (page - 1) * reportsPerPage})
	if err != nil {
		return frame.View{}, err
	}
	body := reportsPage{Pages: parts.NewPager(r, "reports", page, reportsPerPage, len(lines), total)}
	for _, l := range lines {
		body.Lines = append(body.Lines, parts.ReportOf(l.Report, l.Claims, l.Unreviewed, l.Unread))
	}
	return frame.View{Template: "reports", Title: "Reports", Nav: "/reports", Body: body}, nil
}
