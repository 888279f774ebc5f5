package web

import (
	"net/http"
	"strconv"

	"corvee"
	"corvee/pipeline/people"
	"corvee/store"

	"corvee/web/words"
)

const reportsPerPage = 50

// reportLine is one row of the list of reports.
type reportLine struct {
	Href, Title, Lang, Publisher, Published, Language string
	Claims, Unreviewed                                int
	Unread                                            string
}

type reportsPage struct {
	Lines []reportLine
	Pages pager
}

// pager says where a reader is in a long list.
type pager struct {
	What              string // "reports"
	From, Until       int
	Total             int
	Previous, Further string // addresses; "" at either end
}

func (s *site) reports(r *http.Request) (view, error) {
	page, err := pageNumber(r)
	if err != nil {
		return view{}, err
	}
	lines, total, err := s.pipeline.Reports(ctx(r), store.ReportFilter{Limit: reportsPerPage, Offset: (page - 1) * reportsPerPage})
	if err != nil {
		return view{}, err
	}
	body := reportsPage{Pages: newPager(r, "reports", page, reportsPerPage, len(lines), total)}
	for _, l := range lines {
		body.Lines = append(body.Lines, lineOf(l.Report, l.Claims, l.Unreviewed, l.Unread))
	}
	return view{Template: "reports", Title: "Reports", Nav: "/reports", Body: body}, nil
}

func lineOf(r corvee.Report, claims, unreviewed int, why string) reportLine {
	r = people.Titled(r)
	return reportLine{
		Href: reportAddress(r.ID), Title: words.Title(r), Lang: r.Lang, Publisher: words.Publisher(r), Published: r.Published.String(),
		Language: words.Language(r.Lang), Claims: claims, Unreviewed: unreviewed, Unread: words.Unread(why),
	}
}

// pageNumber reads ?page=, counted from 1.
func pageNumber(r *http.Request) (int, error) {
	return natural(r.URL.Query().Get("page"), "page")
}

// natural reads a number from 1 up; an absent one is 1.
func natural(s, what string) (int, error) {
	if s == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, invalid(what + " " + strconv.Quote(words.Excerpt(s, 20)) + " is not a number of a page")
	}
	return n, nil
}

func newPager(r *http.Request, what string, page, per, here, total int) pager {
	p := pager{What: what, From: (page-1)*per + 1, Until: (page-1)*per + here, Total: total}
	if here == 0 {
		p.From = p.Until
	}
	if page > 1 {
		p.Previous = withQuery(r, "page", strconv.Itoa(page-1))
	}
	if p.Until < total && here > 0 {
		p.Further = withQuery(r, "page", strconv.Itoa(page+1))
	}
	return p
}

// withQuery returns the address of the request with one query value changed.
func withQuery(r *http.Request, name, value string) string {
	query := r.URL.Query()
	query.Set(name, value)
	return r.URL.Path + "?" + query.Encode()
}
