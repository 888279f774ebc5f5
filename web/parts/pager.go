package parts

import (
	"net/http"
	"strconv"

	"corvee/web/frame"
	"corvee/web/words"
)

// Pager says where a reader is in a long list.
type Pager struct {
	What              string // "reports"
	From, Until       int
	Total             int
	Previous, Further string // addresses; "" at either end
}

// PageNumber reads ?page=, counted from 1.
func PageNumber(r *http.Request) (int, error) {
	return Natural(r.URL.Query().Get("page"), "page")
}

// Natural reads a number from 1 up; an absent one is 1.
func Natural(s, what string) (int, error) {
	if s == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, frame.Invalid(what + " " + strconv.Quote(words.Excerpt(s, 20)) + " is not a number of a page")
	}
	return n, nil
}

// NewPager makes the pager of one page of a list.
func NewPager(r *http.Request, what string, page, per, here, total int) Pager {
	p := Pager{What: what, From: (page-1)*per + 1, Until: (page-1)*per + here, Total: total}
	if here == 0 {
		p.From = p.Until
	}
	if page > 1 {
		p.Previous = WithQuery(r, "page", strconv.Itoa(page-1))
	}
	if p.Until < total && here > 0 {
		p.Further = WithQuery(r, "page", strconv.Itoa(page+1))
	}
	return p
}

// WithQuery returns the address of the request with one query value changed.
func WithQuery(r *http.Request, name, value string) string {
	query := r.URL.Query()
	query.Set(name, value)
	return r.URL.Path + "?" + query.Encode()
}
