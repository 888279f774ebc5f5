package hits

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/present"
	"corvee/web/words"
)

// Row is one row of the table with all that was found for it.
type Row struct {
	Number      int
	ID          string
	State       corvee.RowState
	Reason      string
	Remedy      string
	Name, About string
	Band        words.Badge
	Best        *Hit
	Others      []Hit
	More        string // how many others there are
	OpenOthers  bool   // one of them was just acted on, or wants somebody while the best does not
	Context     *Context
}

// Form is the form of one hit.
type Form struct {
	Action, Undo       string
	ID                 string // of the form
	Row, Next          int
	Listing            string
	Show, Page, By     string
	AskWho             bool
	Reasons            []string
	Why, Reason        string // as they were typed
	Problem            string
	Mine               bool // this person has said something that can be taken back
	Judgement          corvee.JudgementWord
	Name, ListingTitle string
}

// Desk is what the forms of a page have in common.
type Desk struct {
	Run, Show, Page string
	By              string // who sits here; "" for the actor of the base
	Actor           string
	TwoForSame      bool
	// Bad is the decision that could not be kept, with why.
	Bad *Form
}

// Reasons are the usual ones, by the digit that picks them. DESK: a reason that another
// person can check.
func Reasons() []string {
	return []string{
		"another country", "another registration number", "another date of birth or founding", "another line of business",
		"a common name, and nothing else agrees", "the same registration number", "the same address and country", "confirmed by the party or its papers",
	}
}

// RowsOf makes the rows of a page. A form leads on to the next row, and stays while its own
// has another hit that wants somebody.
func RowsOf(rows []pipeline.RunRow, g Glosses, d Desk) []Row {
	var out []Row
	for i, row := range rows {
		next, wanting := 0, 0
		if i+1 < len(rows) {
			next = rows[i+1].Row.Row
		}
		for _, h := range row.Hits {
			if h.State.Wants() {
				wanting++
			}
		}
		if wanting > 1 || next == 0 {
			next = row.Row.Row
		}
		out = append(out, rowOf(row, g, d, next))
	}
	return out
}

func rowOf(row pipeline.RunRow, g Glosses, d Desk, next int) Row {
	v := Row{
		Number: row.Row.Row, ID: present.Clean(row.ID), State: row.State, Name: present.Clean(row.Name), Reason: present.Clean(row.Reason),
	}
	if row.Rejected != nil {
		v.Reason, v.Remedy = present.Clean(row.Rejected.Reason), present.Clean(row.Rejected.Remedy)
	}
	for i, h := range row.Hits {
		hit := hitOf(h, g)
		hit.Decide = d.form(row.Row.Row, i, h)
		hit.Decide.Next = next
		if i > 0 {
			v.Others = append(v.Others, hit)
			v.OpenOthers = v.OpenOthers || hit.Decide.Problem != "" || h.State.Wants() && !row.Hits[0].State.Wants()
			continue
		}
		v.Name, v.About, v.Band, v.Best = present.Clean(h.Query.Name), aboutQuery(h.Query), words.Band(h.Band), &hit
	}
	v.More = words.Plural(len(v.Others), "other listing", "other listings")
	if row.Context != nil {
		v.Context = contextOf(*row.Context, g)
	}
	return v
}

func (d Desk) form(row, n int, h pipeline.RunHit) Form {
	f := Form{
		Action: "/runs/" + url.PathEscape(d.Run) + "/decide", Undo: "/runs/" + url.PathEscape(d.Run) + "/undo",
		ID: fmt.Sprintf("d%d-%d", row, n), Row: row, Listing: h.Listing.ID, Show: d.Show, Page: d.Page, By: d.By,
		AskWho: d.TwoForSame, Reasons: Reasons(), Name: present.Clean(h.Query.Name), ListingTitle: present.Clean(h.Matched),
	}
	me := d.By
	if me == "" {
		me = d.Actor
	}
	for _, said := range h.Said {
		if said.Actor == me {
			f.Mine, f.Judgement = true, said.Judgement
		}
	}
	if d.Bad != nil && d.Bad.Row == row && d.Bad.Listing == h.Listing.ID {
		f.Why, f.Reason, f.Problem = d.Bad.Why, d.Bad.Reason, d.Bad.Problem
	}
	return f
}

// Parse reads a form that was sent. Its problem is "" unless the form is not whole.
func Parse(form url.Values) (f Form) {
	row, err := strconv.Atoi(form.Get("row"))
	f = Form{
		Row: row, Listing: form.Get("listing"), Show: form.Get("show"), Page: form.Get("page"), By: strings.TrimSpace(form.Get("by")),
		Why: form.Get("why"), Reason: strings.TrimSpace(form.Get("reason")), Judgement: corvee.JudgementWord(form.Get("judgement")),
	}
	if f.Next, _ = strconv.Atoi(form.Get("next")); f.Next == 0 {
		f.Next = row
	}
	if err != nil || f.Listing == "" {
		f.Problem = "the form is not whole: open the page again"
	}
	return f
}

// Said is the reason in full: the one that was picked, and what was written to it.
func (f Form) Said() string {
	if f.Why != "" && f.Reason != "" {
		return f.Why + ": " + f.Reason
	}
	return f.Why + f.Reason
}

func aboutQuery(q corvee.Query) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, present.Clean(s))
		}
	}
	add(q.Place)
	if q.Country != "" {
		add(words.Country(q.Country))
	}
	add(q.Address)
	add(words.Plain(string(q.Sector)))
	if q.When != nil {
		add(q.When.String())
	}
	for _, id := range q.Identifiers {
		add(fmt.Sprintf("%s %s", words.Plain(id.Type), id.Value))
	}
	return strings.Join(parts, " · ")
}
