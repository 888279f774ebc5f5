package api

import (
	"context"
	"errors"

	"github.com/danielgtaylor/huma/v2"

	"corvee"
	"corvee/pipeline/who"
	"corvee/store"
)

// Who is who: parties with all that they are called, who may be whom, and what people say.

func (s *server) whoAPI(surface huma.API) {
	huma.Get(surface, "/v1/who", s.who, keyed)
	huma.Get(surface, "/v1/who/judgements", s.judgements, keyed)
	huma.Post(surface, "/v1/who/judgements", s.judge, keyed)
	huma.Delete(surface, "/v1/who/judgements/{id}", s.undo, keyed)
}

type whoRequest struct {
	Name   string `query:"name" maxLength:"200" doc:"an id, or a name as reports write it; all without"`
	Places bool   `query:"places" doc:"places too"`
}

type whoAnswer struct {
	who.View
	Notice string `json:"notice"`
}

func (s *server) who(ctx context.Context, in *whoRequest) (*answer[whoAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	base, err := who.Open(ctx, s.Pipeline)
	if err != nil {
		return nil, internal(err)
	}
	if in.Name == "" {
		return &answer[whoAnswer]{whoAnswer{base.View(in.Places), corvee.Notice}}, nil
	}
	e, err := base.Find(in.Name)
	if err != nil {
		return nil, whoRefusal(err)
	}
	return &answer[whoAnswer]{whoAnswer{base.ViewOf(e), corvee.Notice}}, nil
}

type judgeRequest struct {
	Body struct {
		A         string               `json:"a" doc:"an id, or a name that one party bears; it keeps its id"`
		B         string               `json:"b"`
		Judgement corvee.JudgementWord `json:"judgement" enum:"same,different,unsure"`
		Reason    string               `json:"reason,omitempty" maxLength:"4000" doc:"that another person can check; same and different need one"`
		Anyway    bool                 `json:"anyway,omitempty" doc:"although it contradicts what was said before"`
	}
}

type judgedAnswer struct {
	Judgement store.PartyJudgement `json:"judgement"`
	who.View
}

func (s *server) judge(ctx context.Context, in *judgeRequest) (*answer[judgedAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	r, err := who.Judge(ctx, s.Pipeline, in.Body.A, in.Body.B, who.Say{Word: in.Body.Judgement, Reason: in.Body.Reason, Anyway: in.Body.Anyway})
	if err != nil {
		return nil, whoRefusal(err)
	}
	return &answer[judgedAnswer]{judgedAnswer{r.Judgement, r.View()}}, nil
}

type undoRequest struct {
	ID string `path:"id" doc:"of the judgement"`
}

type undoneAnswer struct {
	Judgement store.PartyJudgement `json:"judgement"`
}

func (s *server) undo(ctx context.Context, in *undoRequest) (*answer[undoneAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	j, err := who.Undo(ctx, s.Pipeline, in.ID)
	if err != nil {
		return nil, whoRefusal(err)
	}
	return &answer[undoneAnswer]{undoneAnswer{j}}, nil
}

type judgementsAnswer struct {
	Judgements []store.PartyJudgement `json:"judgements" doc:"in the order in which they were said; those that were taken back are marked"`
}

func (s *server) judgements(ctx context.Context, _ *struct{}) (*answer[judgementsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	all, err := who.Judgements(ctx, s.Pipeline)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[judgementsAnswer]{judgementsAnswer{append([]store.PartyJudgement{}, all...)}}, nil
}

// whoRefusal maps an error to its status, with what contradicts as a conflict.
func whoRefusal(err error) error {
	if errors.Is(err, corvee.ErrInconsistent) {
		return huma.Error409Conflict(err.Error())
	}
	return refusal(err)
}
