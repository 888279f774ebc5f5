package triage

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"corvee"
	"corvee/pipeline"
	"corvee/present"

	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/triage/hits"
	"corvee/web/words"
)

const rowsPerPage = 50

func (s *room) runs(r *http.Request) (frame.View, error) {
	runs, err := s.pipeline.Runs(r.Context())
	if err != nil {
		return frame.View{}, err
	}
	var lines []parts.Run
	for _, run := range runs {
		lines = append(lines, parts.RunOf(run))
	}
	settings, err := s.pipeline.Settings(r.Context())
	return frame.View{Template: "runs", Title: "Screening", Nav: "/runs", Body: runsPage{lines, settings.TwoForSame, s.runner != nil, ""}}, err
}

// runsPage is every run, and what the base asks of those who decide.
type runsPage struct {
	Runs       []parts.Run
	TwoForSame bool
	Takes      bool // tables can be handed in here
	Problem    string
}

// runPage is one run: what was asked, of which lists, what is different since the run
// before, and the rows of one view.
type runPage struct {
	Run        parts.Run
	Notice     string
	Settings   []parts.Fact
	Lists      []parts.List
	Hashes     []parts.Fact
	Earlier    string
	Changes    []changeLine
	Views      []rowsView
	Show       string
	Rows       []hits.Row
	Pages      parts.Pager
	Saved      string
	Undo       hits.Form
	TwoForSame bool
	Wanting    int
	Under      *underway // nil for a run that has ended
	Failed     string    // why it could not be finished
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

func (s *room) run(r *http.Request) (frame.View, error) { return s.runView(r, nil) }

// runView shows a run; bad is a decision that could not be kept.
func (s *room) runView(r *http.Request, bad *hits.Form) (frame.View, error) {
	if bad != nil { // the page is shown in the place of an answer, as under its own address
		r = r.Clone(r.Context())
		r.URL = &url.URL{Path: "/runs/" + r.PathValue("run"), RawQuery: url.Values{"show": {bad.Show}, "page": {bad.Page}, "by": {bad.By}}.Encode()}
	}
	q := r.URL.Query()
	page, err := parts.PageNumber(r)
	if err != nil {
		return frame.View{}, err
	}
	choice := pipeline.RowChoice{View: pipeline.RowsView(q.Get("show")), Offset: (page - 1) * rowsPerPage, Limit: rowsPerPage}
	run, rows, err := s.pipeline.RunRows(r.Context(), r.PathValue("run"), choice)
	if err != nil {
		return frame.View{}, err
	}
	settings, err := s.pipeline.Settings(r.Context())
	if err != nil {
		return frame.View{}, err
	}
	body := runPage{
		Run: parts.RunOf(run), Notice: corvee.HitNotice, Show: string(choice.View), Saved: hits.Saved(q), TwoForSame: settings.TwoForSame,
		Wanting: rows.Counts[choice.View],
	}
	body.describe(run)
	if err := s.since(r, run, &body); err != nil {
		return frame.View{}, err
	}
	body.Views = rowsViews(rows.Counts, body.Run.Href, choice.View)
	body.Pages = parts.NewPager(r, "rows", page, rowsPerPage, len(rows.Rows), rows.Total)
	desk := hits.Desk{Run: run.ID, Show: body.Show, Page: q.Get("page"), By: q.Get("by"), Actor: s.pipeline.By(r.Context()), TwoForSame: settings.TwoForSame, Bad: bad}
	body.Undo = hits.Form{Undo: body.Run.Href + "/undo", Show: desk.Show, Page: desk.Page, By: desk.By}
	glosses := s.glosses(r, rows.Rows)
	body.Rows = hits.RowsOf(rows.Rows, glosses, desk)
	v := frame.View{Template: "run", Title: "Screening of " + body.Run.Input, Nav: "/runs", Body: body}
	if bad != nil {
		v.Status = http.StatusBadRequest
	}
	s.progress(run, &body, &v)
	v.Body = body
	return v, nil
}

func (p *runPage) describe(run corvee.Run) {
	for _, name := range slices.Sorted(maps.Keys(run.Settings)) {
		p.Settings = append(p.Settings, parts.Fact{Name: name, Value: present.Clean(run.Settings[name])})
	}
	for _, l := range run.Lists {
		p.Lists = append(p.Lists, parts.ListOf(corvee.ListInfo{ListVersion: l}))
	}
	p.Hashes = []parts.Fact{{Name: "Input, SHA-256", Value: run.InputHash}, {Name: "Result, SHA-256", Value: run.ResultHash}}
}

// mostChanges bounds what a page lists of what is different; the stream has all of it.
const mostChanges = 200

func (s *room) since(r *http.Request, run corvee.Run, p *runPage) error {
	earlier, changes, err := s.pipeline.Since(r.Context(), run)
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
func (s *room) glosses(r *http.Request, rows []pipeline.RunRow) hits.Glosses {
	out := hits.Glosses{}
	for _, id := range hits.Claims(rows) {
		if len(out) == maxGlosses {
			break
		}
		e, err := s.eyes.Explain(r.Context(), id)
		if err != nil {
			continue
		}
		link := parts.LinkTo(e.Claim)
		link.Href = "/claims/" + e.Claim.ID
		out[id] = link
	}
	return out
}
