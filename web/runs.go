package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"corvee"
	"corvee/pipeline"
	"corvee/present"

	"corvee/web/hits"
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
	settings, err := s.pipeline.Settings(ctx(r))
	return view{Template: "runs", Title: "Screening", Nav: "/runs", Body: runsPage{lines, settings.TwoForSame}}, err
}

// runsPage is every run, and what the base asks of those who decide.
type runsPage struct {
	Runs       []runLine
	TwoForSame bool
}

// runPage is one run: what was asked, of which lists, what is different since the run
// before, and the rows of one view.
type runPage struct {
	Run        runLine
	Notice     string
	Settings   []fact
	Lists      []listLine
	Hashes     []fact
	Earlier    string
	Changes    []changeLine
	Views      []rowsView
	Show       string
	Rows       []hits.Row
	Pages      pager
	Saved      string
	Undo       hits.Form
	TwoForSame bool
	Wanting    int
}

// rowsView is a choice of rows with how many there are.
type rowsView struct {
	words.Badge
	Href, Label string
	Count       int
	Current     bool
}

// changeLine is one hit that is different from the run before.
type changeLine struct {
	words.Badge
	Href, Name, Query string
	Details           []string
}

func (s *site) run(r *http.Request) (view, error) { return s.runView(r, nil) }

// runView shows a run; bad is a decision that could not be kept.
func (s *site) runView(r *http.Request, bad *hits.Form) (view, error) {
	if bad != nil { // the page is shown in the place of an answer, as under its own address
		r = r.Clone(ctx(r))
		r.URL = &url.URL{Path: "/runs/" + r.PathValue("run"), RawQuery: url.Values{"show": {bad.Show}, "page": {bad.Page}, "by": {bad.By}}.Encode()}
	}
	q := r.URL.Query()
	page, err := pageNumber(r)
	if err != nil {
		return view{}, err
	}
	choice := pipeline.RowChoice{View: pipeline.RowsView(q.Get("show")), Offset: (page - 1) * rowsPerPage, Limit: rowsPerPage}
	run, rows, err := s.pipeline.RunRows(ctx(r), r.PathValue("run"), choice)
	if err != nil {
		return view{}, err
	}
	settings, err := s.pipeline.Settings(ctx(r))
	if err != nil {
		return view{}, err
	}
	body := runPage{
		Run: runLineOf(run), Notice: corvee.HitNotice, Show: string(choice.View), Saved: hits.Saved(q), TwoForSame: settings.TwoForSame,
		Wanting: rows.Counts[choice.View],
	}
	body.describe(run)
	if err := s.since(r, run, &body); err != nil {
		return view{}, err
	}
	body.Views = rowsViews(rows.Counts, body.Run.Href, choice.View)
	body.Pages = newPager(r, "rows", page, rowsPerPage, len(rows.Rows), rows.Total)
	desk := hits.Desk{Run: run.ID, Show: body.Show, Page: q.Get("page"), By: q.Get("by"), Actor: s.pipeline.Actor, TwoForSame: settings.TwoForSame, Bad: bad}
	body.Undo = hits.Form{Undo: body.Run.Href + "/undo", Show: desk.Show, Page: desk.Page, By: desk.By}
	glosses := s.glosses(r, rows.Rows)
	body.Rows = hits.RowsOf(rows.Rows, glosses, desk)
	v := view{Template: "run", Title: "Screening of " + body.Run.Input, Nav: "/runs", Body: body}
	if bad != nil {
		v.Status = http.StatusBadRequest
	}
	return v, nil
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

// mostChanges bounds what a page lists of what is different; the stream has all of it.
const mostChanges = 200

func (s *site) since(r *http.Request, run corvee.Run, p *runPage) error {
	earlier, changes, err := s.pipeline.Since(ctx(r), run)
	if err != nil || earlier == "" {
		return err
	}
	p.Earlier = "/runs/" + earlier
	for _, c := range changes[:min(len(changes), mostChanges)] {
		line := changeLine{Badge: words.Change(c.Kind), Href: fmt.Sprintf("%s?show=all#row%d", p.Run.Href, c.Row), Name: present.Clean(c.Name), Query: present.Clean(c.Query.Name)}
		for _, d := range c.Details {
			line.Details = append(line.Details, present.Clean(d))
		}
		p.Changes = append(p.Changes, line)
	}
	return nil
}

func rowsViews(counts map[pipeline.RowsView]int, href string, show pipeline.RowsView) []rowsView {
	var out []rowsView
	for _, v := range pipeline.RowsViews() {
		line := rowsView{Badge: words.RowsView(v), Href: href + "?show=" + string(v), Count: counts[v], Current: v == show}
		if line.Label = line.Word; v == "" {
			line.Href = href
		}
		if line.Count > 0 || line.Current || !words.OnlyIfAny(v) {
			out = append(out, line)
		}
	}
	return out
}

// maxGlosses bounds how many claims a page of rows looks up.
const maxGlosses = 40

// glosses says in words what the claims behind some rows state. A claim that cannot be
// found any more keeps its bare link, which then says so.
func (s *site) glosses(r *http.Request, rows []pipeline.RunRow) hits.Glosses {
	out := hits.Glosses{}
	for _, id := range hits.Claims(rows) {
		if len(out) == maxGlosses {
			break
		}
		e, err := s.explained(r, id)
		if err != nil {
			continue
		}
		link := linkTo(e.Claim)
		link.Href = "/claims/" + e.Claim.ID
		out[id] = link
	}
	return out
}
