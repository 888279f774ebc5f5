package api

import (
	"context"
	"errors"

	"github.com/danielgtaylor/huma/v2"

	"corvee"
	"corvee/pipeline"
)

// Decisions on the hits of a run.

func (s *server) decisionsAPI(surface huma.API) {
	huma.Get(surface, runsPath+"/{id}/hits", s.hits, keyed)
	huma.Post(surface, runsPath+"/{id}/decisions", s.decide, keyed)
	huma.Delete(surface, runsPath+"/{id}/decisions", s.takeBack, keyed)
	huma.Get(surface, "/v1/decisions", s.decisions, keyed)
	huma.Get(surface, "/v1/settings", s.settings, keyed)
	huma.Put(surface, "/v1/settings", s.setSettings, keyed)
}

// wanting is the name in a query of the view of what wants somebody, which has none.
const wanting = "wanting"

type hitsRequest struct {
	ID     string `path:"id"`
	Show   string `query:"show" default:"wanting" doc:"wanting, strong, possible, weak, related, open, reopened, pending, disputed, unsure, same, different, context, rejected, clear or all"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"rows"`
	Offset int    `query:"offset" minimum:"0" default:"0" doc:"rows"`
}

type hitsAnswer struct {
	Run    string            `json:"run"`
	Rows   int               `json:"rows" doc:"of the view in all"`
	Hits   []pipeline.RunHit `json:"hits" doc:"of the rows asked for, strongest row first; state says where each stands"`
	Other  []pipeline.RunRow `json:"without_hits" doc:"rows of the view that have none: context, rejected, clear"`
	Notice string            `json:"notice"`
}

func (s *server) hits(ctx context.Context, in *hitsRequest) (*answer[hitsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	view := pipeline.RowsView(in.Show)
	if in.Show == wanting {
		view = ""
	}
	_, page, err := s.Pipeline.RunRows(ctx, in.ID, pipeline.RowChoice{View: view, Offset: in.Offset, Limit: in.Limit})
	if errors.Is(err, corvee.ErrInvalid) {
		return nil, huma.Error422UnprocessableEntity(err.Error())
	}
	if err != nil {
		return nil, missing(err, "run", in.ID)
	}
	out := hitsAnswer{Run: in.ID, Rows: page.Total, Hits: []pipeline.RunHit{}, Other: []pipeline.RunRow{}, Notice: corvee.HitNotice}
	for _, row := range page.Rows {
		out.Hits = append(out.Hits, row.Hits...)
		if len(row.Hits) == 0 {
			out.Other = append(out.Other, row)
		}
	}
	return &answer[hitsAnswer]{out}, nil
}

type decideRequest struct {
	ID   string `path:"id"`
	Body struct {
		Row       int                  `json:"row" minimum:"1"`
		Listing   string               `json:"listing" doc:"the listing's id, or the list's own number for it"`
		Judgement corvee.JudgementWord `json:"judgement" enum:"same,different,unsure"`
		Reason    string               `json:"reason,omitempty" maxLength:"4000" doc:"that another person can check; same and different need one"`
		By        string               `json:"by,omitempty" maxLength:"100" doc:"who decides, where several people work on one base"`
	}
}

type decidedAnswer struct {
	Decision corvee.Decision `json:"decision"`
	Hit      pipeline.RunHit `json:"hit" doc:"as it now stands"`
}

func (s *server) decide(ctx context.Context, in *decideRequest) (*answer[decidedAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	on := pipeline.OnHit{Run: in.ID, Row: in.Body.Row, Listing: in.Body.Listing}
	d, err := s.Pipeline.Decide(ctx, on, pipeline.Say{Judgement: in.Body.Judgement, Reason: in.Body.Reason, By: in.Body.By})
	return s.decided(ctx, on, d, err)
}

type takeBackRequest struct {
	ID      string `path:"id"`
	Row     int    `query:"row" minimum:"0" doc:"0, with no listing: the last decision of the person in the run"`
	Listing string `query:"listing"`
	By      string `query:"by" maxLength:"100"`
}

func (s *server) takeBack(ctx context.Context, in *takeBackRequest) (*answer[decidedAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	on := pipeline.OnHit{Run: in.ID, Row: in.Row, Listing: in.Listing}
	if in.Row == 0 && in.Listing == "" {
		var err error
		if on, err = s.Pipeline.LastDecided(ctx, in.ID, in.By); err != nil {
			return s.decided(ctx, on, corvee.Decision{}, err)
		}
	}
	d, err := s.Pipeline.TakeBack(ctx, on, in.By)
	return s.decided(ctx, on, d, err)
}

func (s *server) decided(ctx context.Context, on pipeline.OnHit, d corvee.Decision, err error) (*answer[decidedAnswer], error) {
	if err != nil {
		return nil, refusal(err)
	}
	hit, err := s.Pipeline.RunHit(ctx, on)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[decidedAnswer]{decidedAnswer{d, hit}}, nil
}

type decisionsAnswer struct {
	Decisions []corvee.Decision `json:"decisions" doc:"the last of each person on each pair of a query and a listing, in the order of time"`
}

func (s *server) decisions(ctx context.Context, _ *struct{}) (*answer[decisionsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	all, err := s.Pipeline.Decisions(ctx)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[decisionsAnswer]{decisionsAnswer{append([]corvee.Decision{}, all...)}}, nil
}

type settingsBody struct {
	TwoForSame bool `json:"two_for_same" doc:"two people must say same of a hit before it counts"`
}

func (s *server) settings(ctx context.Context, _ *struct{}) (*answer[settingsBody], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	kept, err := s.Pipeline.Settings(ctx)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[settingsBody]{settingsBody{kept.TwoForSame}}, nil
}

func (s *server) setSettings(ctx context.Context, in *answer[settingsBody]) (*answer[settingsBody], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	if err := s.Pipeline.SetTwoForSame(ctx, in.Body.TwoForSame); err != nil {
		return nil, internal(err)
	}
	return s.settings(ctx, nil)
}
