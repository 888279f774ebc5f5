package web

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"corvee"
	"corvee/present"

	"corvee/web/words"
)

const rowsPerPage = 50

// runLine is one screening run in a list.
type runLine struct {
	Href, Input, At, Actor string
	Rows                   corvee.RowCounts
	Total                  int
	Lists                  int
}

func runLineOf(run corvee.Run) runLine {
	return runLine{
		Href: "/runs/" + run.ID, Input: present.Clean(run.Input), At: words.Clock(run.At), Actor: present.Clean(run.Actor),
		Rows: run.Rows, Total: run.Rows.Hit + run.Rows.Context + run.Rows.Clear + run.Rows.Rejected, Lists: len(run.Lists),
	}
}

func (s *site) runs(r *http.Request) (view, error) {
	runs, err := s.pipeline.Runs(ctx(r))
	if err != nil {
		return view{}, err
	}
	var lines []runLine
	for _, run := range runs {
		lines = append(lines, runLineOf(run))
	}
	return view{Template: "runs", Title: "Screening", Nav: "/runs", Body: lines}, nil
}

// runPage is one run: what was asked, of which lists, and the rows of one view.
type runPage struct {
	Run      runLine
	Notice   string
	Settings []fact
	Lists    []listLine
	Hashes   []fact
	Views    []rowsView
	Show     string
	Rows     []rowView
	Pages    pager
}

// rowsView is a choice of rows with how many there are.
type rowsView struct {
	words.Badge
	Href, Label string
	Count       int
	Current     bool
}

// rowView is one row of the table with all that was found for it.
type rowView struct {
	Number      int
	ID          string
	State       corvee.RowState
	Reason      string
	Remedy      string
	Name, About string
	Band        words.Badge
	Best        *hitView
	Others      []hitView
	More        string // how many others there are
	Context     *contextView
}

// rowResult is what a run says of one row.
type rowResult struct {
	row      corvee.Row
	hits     []corvee.Hit
	context  *corvee.Context
	rejected *corvee.Rejected
}

func (s *site) run(r *http.Request) (view, error) {
	run, messages, err := s.pipeline.Run(ctx(r), r.PathValue("run"))
	if err != nil {
		return view{}, err
	}
	page, err := pageNumber(r)
	if err != nil {
		return view{}, err
	}
	rows := grouped(messages)
	body := runPage{Run: runLineOf(run), Notice: corvee.HitNotice, Show: r.URL.Query().Get("show")}
	body.describe(run)
	body.Views = rowsViews(rows, body.Run.Href, body.Show)
	if !slices.ContainsFunc(body.Views, func(v rowsView) bool { return v.Current }) {
		return view{}, invalid("there is no view of rows called " + strconv.Quote(words.Excerpt(body.Show, 20)))
	}
	rows = slices.DeleteFunc(rows, func(row rowResult) bool { return !row.in(body.Show) })
	slices.SortStableFunc(rows, strongestFirst)
	from := min(len(rows), (page-1)*rowsPerPage)
	here := rows[from:min(len(rows), from+rowsPerPage)]
	body.Pages = newPager(r, "rows", page, rowsPerPage, len(here), len(rows))
	glosses := s.glosses(r, here)
	for _, row := range here {
		body.Rows = append(body.Rows, rowOf(row, glosses))
	}
	return view{Template: "run", Title: "Screening of " + body.Run.Input, Nav: "/runs", Body: body}, nil
}

func (p *runPage) describe(run corvee.Run) {
	for _, name := range slices.Sorted(maps.Keys(run.Settings)) {
		p.Settings = append(p.Settings, fact{Name: name, Value: present.Clean(run.Settings[name])})
	}
	for _, l := range run.Lists {
		p.Lists = append(p.Lists, listLineOf(corvee.ListInfo{ListVersion: l}))
	}
	p.Hashes = []fact{{Name: "Input, SHA-256", Value: run.InputHash}, {Name: "Result, SHA-256", Value: run.ResultHash}}
}

// grouped gathers the messages of each row, in the order of the table.
func grouped(messages []corvee.Message) []rowResult {
	var out []rowResult
	for _, m := range messages {
		if m.Row != nil {
			out = append(out, rowResult{row: *m.Row})
			continue
		}
		if len(out) == 0 {
			continue
		}
		last := &out[len(out)-1]
		switch {
		case m.Hit != nil:
			last.hits = append(last.hits, *m.Hit)
		case m.Context != nil:
			last.context = m.Context
		case m.Rejected != nil:
			last.rejected = m.Rejected
		}
	}
	return out
}

// bandOrder is the strongest band first; what has no hit comes after.
func bandOrder(row rowResult) int {
	order := []corvee.Band{corvee.BandStrong, corvee.BandPossible, corvee.BandWeak, corvee.BandRelated}
	best := len(order)
	for _, h := range row.hits {
		if at := slices.Index(order, h.Band); at >= 0 {
			best = min(best, at)
		}
	}
	return best
}

// strongestFirst orders by band, then by facts that agree, then by score, then by row.
func strongestFirst(a, b rowResult) int {
	if d := bandOrder(a) - bandOrder(b); d != 0 {
		return d
	}
	if d := agreeing(b) - agreeing(a); d != 0 {
		return d
	}
	switch sa, sb := score(a), score(b); {
	case sa > sb:
		return -1
	case sa < sb:
		return 1
	}
	return a.row.Row - b.row.Row
}

func agreeing(row rowResult) int {
	n := 0
	if len(row.hits) > 0 {
		for _, f := range row.hits[0].Facts {
			if f.Effect == "agrees" {
				n++
			}
		}
	}
	return n
}

func score(row rowResult) float64 {
	if len(row.hits) == 0 {
		return 0
	}
	return row.hits[0].Score
}

// in reports whether a row belongs to a view: a state, a band, "all", or "" for what wants
// a look.
func (row rowResult) in(show string) bool {
	switch show {
	case "":
		return row.row.State != corvee.RowClear
	case "all":
		return true
	case string(corvee.RowHit), string(corvee.RowContext), string(corvee.RowClear), string(corvee.RowRejected):
		return string(row.row.State) == show
	}
	return slices.ContainsFunc(row.hits, func(h corvee.Hit) bool { return string(h.Band) == show })
}

func rowsViews(rows []rowResult, href, show string) []rowsView {
	out := []rowsView{{Label: "wants a look"}}
	for _, b := range []corvee.Band{corvee.BandStrong, corvee.BandPossible, corvee.BandWeak, corvee.BandRelated} {
		out = append(out, rowsView{Badge: words.Band(b), Label: string(b), Href: string(b)})
	}
	out = append(out,
		rowsView{Badge: words.Badge{Letter: "C", Family: "work"}, Label: "context", Href: string(corvee.RowContext)},
		rowsView{Badge: words.Badge{Letter: "!", Family: "maybe"}, Label: "rejected", Href: string(corvee.RowRejected)},
		rowsView{Badge: words.Badge{Letter: "–", Family: "todo"}, Label: "clear", Href: string(corvee.RowClear)}, rowsView{Label: "all", Href: "all"})
	for i := range out {
		v := &out[i]
		for _, row := range rows {
			if row.in(v.Href) {
				v.Count++
			}
		}
		v.Current = v.Href == show
		if v.Href == "" {
			v.Href = href
		} else {
			v.Href = href + "?show=" + v.Href
		}
	}
	return out
}

func rowOf(row rowResult, glosses map[string]claimLink) rowView {
	v := rowView{Number: row.row.Row, ID: present.Clean(row.row.ID), State: row.row.State, Reason: present.Clean(row.row.Reason)}
	if row.rejected != nil {
		v.Reason, v.Remedy = present.Clean(row.rejected.Reason), present.Clean(row.rejected.Remedy)
	}
	for i, h := range row.hits {
		hit := hitOf(h, glosses)
		if i > 0 {
			v.Others = append(v.Others, hit)
			continue
		}
		v.Name, v.About, v.Band, v.Best = present.Clean(h.Query.Name), aboutQuery(h.Query), words.Band(h.Band), &hit
	}
	v.More = words.Plural(len(v.Others), "other listing", "other listings")
	if row.context != nil {
		v.Context = contextOf(*row.context, glosses)
	}
	return v
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
	return join(parts)
}
