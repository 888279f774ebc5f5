package api

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/dossier"
	"corvee/pipeline/people"
	"corvee/pipeline/who"
	"corvee/present"
	out "corvee/present/dossier"
	"corvee/store"
)

// Corvee's own API: the base's claims and runs in the nouns of corvee/1, and batches as a
// stream. It shows the base, so every call needs the key.

func (s *server) own(surface huma.API) {
	huma.Get(surface, "/v1/reports", s.reports, keyed)
	huma.Get(surface, "/v1/reports/{id}", s.report, keyed)
	huma.Get(surface, "/v1/claims", s.claims, keyed)
	huma.Get(surface, "/v1/dossiers", s.dossier, keyed)
	huma.Get(surface, "/v1/lists", s.lists, keyed)
	huma.Get(surface, "/v1/find", s.find, keyed)
	huma.Get(surface, "/v1/selection", s.selection, keyed)
	huma.Get(surface, "/v1/parties", s.parties, keyed)
	huma.Get(surface, "/v1/money", s.money, keyed)
	huma.Get(surface, "/v1/events", s.events, keyed)
	huma.Get(surface, "/v1/inputs", s.inputs, keyed)
	surface.OpenAPI().AddOperation(&huma.Operation{
		Method: http.MethodPost, Path: streamPath, Summary: "Screen a stream",
		Description: "One query as JSON a line in; row and hit messages of corvee/1 a line out, in order, as they are found, under what people have decided. No limit on lines.",
		OperationID: "post-v1-screen", Security: []map[string][]string{{"key": {}}},
		RequestBody: &huma.RequestBody{Content: map[string]*huma.MediaType{"application/jsonl": {}}},
		Responses:   map[string]*huma.Response{"200": {Description: "corvee/1 messages", Content: map[string]*huma.MediaType{"application/jsonl": {}}}},
	})
}

func keyed(o *huma.Operation) { o.Security = []map[string][]string{{"key": {}}} }

const streamPath = "/v1/screen"

// whenShape is how corvee.When stands in JSON, for the description of the API.
type whenShape struct {
	From       corvee.Date          `json:"from"`
	To         corvee.Date          `json:"to"`
	Precision  corvee.DatePrecision `json:"precision,omitempty"`
	Relative   bool                 `json:"relative"`
	Unresolved string               `json:"unresolved,omitempty"`
}

func needKey(ctx context.Context) error {
	if !signed(ctx) {
		return huma.Error401Unauthorized("send Authorization: Bearer KEY; corvee serve prints the key of this launch")
	}
	return nil
}

type page struct {
	Limit  int `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Offset int `query:"offset" minimum:"0" default:"0"`
}

type reportsAnswer struct {
	Reports []pipeline.ReportLine `json:"reports"`
	Total   int                   `json:"total"`
}

func (s *server) reports(ctx context.Context, in *page) (*answer[reportsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	lines, total, err := s.Pipeline.Reports(ctx, store.ReportFilter{Limit: in.Limit, Offset: in.Offset})
	if err != nil {
		return nil, internal(err)
	}
	return &answer[reportsAnswer]{reportsAnswer{lines, total}}, nil
}

type reportAnswer struct {
	Report   corvee.Report    `json:"report"`
	Text     string           `json:"text"`
	Blocks   []corvee.Block   `json:"blocks"`
	Claims   []corvee.Claim   `json:"claims"`
	Findings []corvee.Finding `json:"findings"`
	Unread   string           `json:"unread,omitempty"`
	Notice   string           `json:"notice"`
}

func (s *server) report(ctx context.Context, in *entityRequest) (*answer[reportAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	v, err := s.Pipeline.Report(ctx, in.ID)
	if err != nil {
		return nil, missing(err, "report", in.ID)
	}
	if v, err = people.Report(v); err != nil {
		return nil, internal(err)
	}
	return &answer[reportAnswer]{reportAnswer{v.Report, v.Text.String(), v.Text.Blocks(), v.Claims, v.Findings, v.Unread, corvee.Notice}}, nil
}

func missing(err error, what, id string) error {
	switch {
	case errors.Is(err, corvee.ErrNotFound):
		return huma.Error404NotFound(fmt.Sprintf("no %s %q", what, id))
	case errors.Is(err, corvee.ErrInvalid):
		return huma.Error400BadRequest(fmt.Sprintf("%s %q is not one: give more of the id", what, id))
	}
	return internal(err)
}

type claimsRequest struct {
	Report  string `query:"report"`
	Kind    string `query:"kind"`
	Country string `query:"country"`
	Sector  string `query:"sector"`
	Place   string `query:"place"`
}

type claimsAnswer struct {
	Claims []corvee.Claim `json:"claims"`
	Notice string         `json:"notice"`
}

func (s *server) claims(ctx context.Context, in *claimsRequest) (*answer[claimsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	all := claimsAnswer{Claims: []corvee.Claim{}, Notice: corvee.Notice}
	filter := store.ClaimFilter{Report: in.Report, Kind: corvee.Kind(in.Kind), Country: in.Country, Sector: corvee.Sector(in.Sector), Place: in.Place}
	_, err := s.Pipeline.Claims(ctx, filter, people.Covering(ctx, s.Pipeline, func(m corvee.Message) error {
		if m.Claim != nil {
			all.Claims = append(all.Claims, *m.Claim)
		}
		return nil
	}))
	if err != nil {
		return nil, missing(err, "report", in.Report)
	}
	return &answer[claimsAnswer]{all}, nil
}

type listsAnswer struct {
	Lists []corvee.ListInfo `json:"lists"`
}

func (s *server) lists(ctx context.Context, _ *struct{}) (*answer[listsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	all, err := s.Pipeline.ListStatus(ctx)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[listsAnswer]{listsAnswer{all}}, nil
}

// maxQuery bounds one line of a batch.
const maxQuery = 1 << 20

// stream screens a batch of any length in constant memory: one query a line in, its row
// and hits out before the next is read. A line that is no query is a rejected row.
func (s *server) stream(w http.ResponseWriter, r *http.Request) {
	if !signed(r.Context()) {
		fail(w, http.StatusUnauthorized, "send Authorization: Bearer KEY; corvee serve prints the key of this launch")
		return
	}
	screener, err := s.Pipeline.Screener(r.Context())
	if err != nil {
		fail(w, http.StatusInternalServerError, "the base could not answer")
		return
	}
	w.Header().Set("Content-Type", "application/jsonl")
	_ = http.NewResponseController(w).EnableFullDuplex()
	out, _ := present.New(present.JSONL, w)
	lines := bufio.NewScanner(r.Body)
	lines.Buffer(nil, maxQuery)
	for row := 1; lines.Scan() && r.Context().Err() == nil; row++ {
		for _, m := range screenLine(screener, row, lines.Bytes()) {
			if out.Present(m) != nil {
				return
			}
		}
	}
	if err := lines.Err(); err != nil {
		_ = out.Present(corvee.Message{Rejected: &corvee.Rejected{Input: "batch", Reason: err.Error(), Remedy: "one query of at most 1 MB a line, 64 MB in all"}})
	}
}

func screenLine(screener pipeline.Screener, row int, line []byte) []corvee.Message {
	var q corvee.Query
	if err := json.Unmarshal(line, &q); err != nil || q.Name == "" {
		reason := "no name"
		if err != nil {
			reason = err.Error()
		}
		return []corvee.Message{
			{Row: &corvee.Row{Row: row, ID: q.ID, State: corvee.RowRejected, Reason: reason}},
			{Rejected: &corvee.Rejected{Input: "batch", Row: &row, Reason: reason, Remedy: `send {"id": "…", "name": "…"} on one line`}},
		}
	}
	state := corvee.Row{Row: row, ID: q.ID, Name: q.Name, State: corvee.RowClear}
	out := []corvee.Message{{Row: &state}}
	for _, h := range screener.Match(q, pipeline.MatchOptions{}) {
		if h.Row = row; !screener.Cleared(q, &h) {
			state.State = corvee.RowHit
		}
		out = append(out, corvee.Message{Hit: &h})
	}
	return out
}

type dossierRequest struct {
	Name string `query:"name" required:"true" maxLength:"200" doc:"a site, an organisation, a place or a country, as reports name it"`
}

// dossier answers what has been reported about a subject, as it may leave the base.
func (s *server) dossier(ctx context.Context, in *dossierRequest) (*answer[out.Dossier], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	d, err := dossier.Build(ctx, s.Pipeline, in.Name, corvee.DateOf(s.Pipeline.Clock()), dossier.Leave{})
	if several := (who.Ambiguous{}); errors.As(err, &several) {
		return nil, huma.Error422UnprocessableEntity(several.Error())
	}
	if err != nil {
		return nil, missing(err, "subject", in.Name)
	}
	return &answer[out.Dossier]{d}, nil
}
