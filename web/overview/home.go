package overview

import (
	"context"
	"errors"
	"net/http"

	"corvee"
	"corvee/present"
	"corvee/store"

	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/words"
)

const (
	homeReports = 100 // looked at for what awaits a decision
	homeLines   = 8
)

type homePage struct {
	Empty   bool
	Next    frame.Step
	NextWhy string
	Total   int // reports in the base
	Looked  int // of them, the latest, that the counts below are about
	Claims  int
	Open    int
	Unread  int
	Waiting []parts.Report
	More    int            // reports that wait beside those
	NotRead []parts.Report // in a language without a reader
	Inputs  inputCounts
	Failed  []inputLine
	Runs    []parts.Run
	Lists   []parts.List
}

type inputCounts struct{ Done, Duplicate, Rejected, Failed int }

type inputLine struct{ Origin, State, Reason, Remedy string }

func (s *room) home(r *http.Request) (frame.View, error) {
	var p homePage
	for _, fill := range []func(context.Context, *homePage) error{s.homeReports, s.homeInputs, s.homeRuns, s.homeLists} {
		if err := fill(r.Context(), &p); err != nil {
			return frame.View{}, err
		}
	}
	p.Empty = p.Total == 0 && len(p.Runs) == 0 && len(p.Lists) == 0 && p.Inputs == inputCounts{}
	p.next()
	return frame.View{Template: "home", Title: "Home", Nav: "/", Body: p}, nil
}

func (s *room) homeReports(ctx context.Context, p *homePage) error {
	lines, total, err := s.pipeline.Reports(ctx, store.ReportFilter{Limit: homeReports})
	if err != nil {
		return err
	}
	p.Total, p.Looked = total, len(lines)
	for _, l := range lines {
		line := parts.ReportOf(l.Report, l.Claims, l.Unreviewed, l.Unread)
		p.Claims += l.Claims
		p.Open += l.Unreviewed
		if l.Unread != "" {
			p.Unread++
			p.NotRead = append(p.NotRead, line)
		}
		if l.Unreviewed > 0 {
			p.Waiting = append(p.Waiting, line)
		}
	}
	p.More = max(0, len(p.Waiting)-homeLines)
	p.Waiting = p.Waiting[:len(p.Waiting)-p.More]
	p.NotRead = p.NotRead[:min(len(p.NotRead), homeLines)]
	return nil
}

// review leads to the report that waits first, or home when none does.
func (s *room) review(r *http.Request) (frame.View, error) {
	var p homePage
	if err := s.homeReports(r.Context(), &p); err != nil {
		return frame.View{}, err
	}
	if len(p.Waiting) == 0 {
		return frame.View{To: "/"}, nil
	}
	return frame.View{To: p.Waiting[0].Href}, nil
}

func (s *room) homeInputs(ctx context.Context, p *homePage) error {
	return s.pipeline.Inputs(ctx, false, func(m corvee.Message) error {
		in := m.Input
		if in == nil {
			return nil
		}
		switch in.State {
		case corvee.InputDone:
			p.Inputs.Done++
			return nil
		case corvee.InputDuplicate:
			p.Inputs.Duplicate++
			return nil
		case corvee.InputRejected:
			p.Inputs.Rejected++
		case corvee.InputFailed:
			p.Inputs.Failed++
		}
		if len(p.Failed) < homeLines {
			p.Failed = append(p.Failed, inputLine{
				parts.Origin(in.Origin), words.Plain(string(in.State)), present.Clean(in.Reason), present.Clean(in.Remedy),
			})
		}
		return nil
	})
}

func (s *room) homeRuns(ctx context.Context, p *homePage) error {
	runs, err := s.pipeline.Runs(ctx)
	if errors.Is(err, corvee.ErrForbidden) { // who sees some collections only sees no run
		return nil
	}
	for _, run := range runs[:min(len(runs), homeLines)] {
		p.Runs = append(p.Runs, parts.RunOf(run))
	}
	return err
}

func (s *room) homeLists(ctx context.Context, p *homePage) error {
	lists, err := s.pipeline.ListStatus(ctx)
	for _, l := range lists {
		p.Lists = append(p.Lists, parts.ListOf(l))
	}
	return err
}

// next is the one thing to do now.
func (p *homePage) next() {
	switch {
	case p.Empty:
	case len(p.Waiting) > 0:
		p.Next = frame.Step{Href: p.Waiting[0].Href, Label: "Review “" + words.Excerpt(p.Waiting[0].Title, 70) + "”"}
		p.NextWhy = words.Plural(p.Waiting[0].Unreviewed, "claim waits", "claims wait") + " for a decision."
	case len(p.Runs) > 0 && p.Runs[0].Rows.Hit > 0:
		p.Next = frame.Step{Href: p.Runs[0].Href, Label: "Look at the hits of " + p.Runs[0].Input}
		p.NextWhy = words.Plural(p.Runs[0].Rows.Hit, "row has", "rows have") + " hits."
	default:
		p.Next = frame.Step{Href: "/reports", Label: "All reports"}
		p.NextWhy = "No claim waits for a decision."
	}
}
