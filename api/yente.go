package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"corvee"
	"corvee/pipeline"
	"corvee/present"
)

// The matching API in the shapes of yente: a client points at Corvee by changing its
// address. https://www.opensanctions.org/docs/yente/ (seen 2026-11).

// algorithm is the one that there is; whatever a client asks for, it is this one, and the
// answer says so.
const algorithm = "corvee"

// everything is the dataset of all lists and the evidence base.
const everything = "default"

type exampleEntity struct {
	_          struct{}       `additionalProperties:"true"` // clients send whole entities
	ID         string         `json:"id,omitempty"`
	Schema     string         `json:"schema,omitempty" doc:"FollowTheMoney schema: Company, Person, Vessel …"`
	Properties map[string]any `json:"properties" doc:"FollowTheMoney properties; each a value or a list of values"`
}

type matchBody struct {
	_       struct{}                 `additionalProperties:"true"`
	Queries map[string]exampleEntity `json:"queries" doc:"Any number, by keys of your own"`
	Weights map[string]float64       `json:"weights,omitempty" doc:"Accepted and not used"`
}

type matchRequest struct {
	Dataset   string  `path:"dataset" doc:"default, or a name of /catalog"`
	Limit     int     `query:"limit" minimum:"1" maximum:"500" default:"5"`
	Threshold float64 `query:"threshold" minimum:"0" maximum:"1" default:"0.7" doc:"Score from which a result counts as a match"`
	Cutoff    float64 `query:"cutoff" minimum:"0" maximum:"1" default:"0.5" doc:"Score below which a result is left out"`
	Algorithm string  `query:"algorithm" doc:"Accepted; there is one"`
	Fuzzy     string  `query:"fuzzy" doc:"Accepted; spelling is always allowed for"`
	matchFilter
	Body matchBody
}

// matchFilter narrows results, of a match and of a search.
type matchFilter struct {
	IncludeDataset   []string `query:"include_dataset,explode" doc:"Only results of these datasets"`
	ExcludeDataset   []string `query:"exclude_dataset,explode" doc:"No results of these datasets"`
	ExcludeSchema    []string `query:"exclude_schema,explode" doc:"No results of these schemata"`
	Topics           []string `query:"topics,explode" doc:"Only results with one of these topics"`
	ExcludeEntityIDs []string `query:"exclude_entity_ids,explode" doc:"Not these results, such as those that a person has told apart"`
	ChangedSince     string   `query:"changed_since" doc:"Only results of lists that are of this day or later; an undated list stays"`
}

func (f matchFilter) narrows() bool {
	return len(f.IncludeDataset)+len(f.ExcludeDataset)+len(f.ExcludeSchema)+len(f.Topics)+len(f.ExcludeEntityIDs)+len(f.ChangedSince) > 0
}

func (f matchFilter) lets(l corvee.Listing, e present.Entity) bool {
	some := func(want, have []string) bool {
		return slices.ContainsFunc(want, func(w string) bool { return slices.Contains(have, w) })
	}
	switch {
	case len(f.IncludeDataset) > 0 && !some(f.IncludeDataset, e.Datasets), some(f.ExcludeDataset, e.Datasets):
		return false
	case slices.Contains(f.ExcludeSchema, e.Schema), slices.Contains(f.ExcludeEntityIDs, e.ID):
		return false
	case len(f.Topics) > 0 && !some(f.Topics, l.Topics):
		return false
	}
	return f.ChangedSince == "" || !l.ListDate.Known() || l.ListDate.String() >= f.ChangedSince[:min(len(f.ChangedSince), len(l.ListDate.String()))]
}

type featureResult struct {
	Score     float64 `json:"score"`
	Detail    string  `json:"detail,omitempty"`
	Query     string  `json:"query,omitempty"`
	Candidate string  `json:"candidate,omitempty"`
}

type scored struct {
	present.Entity
	Score        float64                  `json:"score"`
	Match        bool                     `json:"match"`
	Band         corvee.Band              `json:"band"`
	Kind         corvee.ListingKind       `json:"listing_kind"`
	Notice       string                   `json:"notice"`
	Features     map[string]float64       `json:"features"`
	Explanations map[string]featureResult `json:"explanations"`
}

type total struct {
	Value    int    `json:"value"`
	Relation string `json:"relation"`
}

type matches struct {
	Status  int           `json:"status"`
	Results []scored      `json:"results"`
	Total   total         `json:"total"`
	Query   exampleEntity `json:"query"`
}

type matchAnswer struct {
	Responses map[string]matches    `json:"responses"`
	Matcher   map[string]featureDoc `json:"matcher"`
	Limit     int                   `json:"limit"`
}

type answer[T any] struct{ Body T }

func (s *server) yente(surface huma.API) {
	optional := func(o *huma.Operation) { o.Security = []map[string][]string{{}, {"key": {}}} }
	huma.Post(surface, "/match/{dataset}", s.match, optional)
	huma.Get(surface, "/search/{dataset}", s.search, optional)
	huma.Get(surface, "/entities/{id}", s.entity, optional)
	huma.Get(surface, "/algorithms", s.algorithms)
	huma.Get(surface, "/catalog", s.catalog)
	huma.Get(surface, "/healthz", s.healthy)
	huma.Get(surface, "/readyz", s.ready)
}

func (s *server) match(ctx context.Context, in *matchRequest) (*answer[matchAnswer], error) {
	screener, lists, err := s.dataset(ctx, in.Dataset)
	if err != nil {
		return nil, err
	}
	in.Cutoff = min(in.Cutoff, in.Threshold)
	out := matchAnswer{Responses: make(map[string]matches, len(in.Body.Queries)), Matcher: features(), Limit: in.Limit}
	keys := slices.Sorted(maps.Keys(in.Body.Queries))
	found := make([]matches, len(keys))
	workers := min(runtime.GOMAXPROCS(0), len(keys))
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(keys) && ctx.Err() == nil; i += workers {
				found[i] = s.answerOne(ctx, screener, lists, in.Body.Queries[keys[i]], in)
			}
		})
	}
	wait.Wait()
	for i, key := range keys {
		out.Responses[key] = found[i]
	}
	return &answer[matchAnswer]{out}, nil
}

func (s *server) answerOne(ctx context.Context, screener pipeline.Screener, lists []string, example exampleEntity, in *matchRequest) matches {
	out := matches{Status: http.StatusOK, Results: []scored{}, Query: example, Total: total{Relation: "eq"}}
	query, names := queryOf(example)
	if len(names) == 0 {
		out.Status = http.StatusBadRequest
		return out
	}
	wide := *in
	if in.narrows() {
		wide.Limit = mostHits // of which some will do
	}
	for _, h := range bestOf(screener, query, names, lists, &wide) {
		l, err := s.listing(ctx, screener, h.Listing.ID)
		if err != nil {
			continue // purged or replaced between two reads: no longer a result
		}
		if one := scoredOf(l, h, in.Threshold, signed(ctx)); len(out.Results) < in.Limit && in.lets(l, one.Entity) {
			out.Results = append(out.Results, one)
		}
	}
	out.Total.Value = len(out.Results)
	return out
}

// mostHits is what is looked through when results are narrowed.
const mostHits = 500

// dataset returns the screener and the lists that a dataset's name stands for; none for
// everything.
func (s *server) dataset(ctx context.Context, name string) (pipeline.Screener, []string, error) {
	screener, err := s.Pipeline.Screener(ctx)
	if err != nil {
		return screener, nil, internal(err)
	}
	if name == everything {
		return screener, nil, nil
	}
	for _, v := range screener.Lists() {
		if present.DatasetOf(v.List) == name {
			return screener, []string{v.List}, nil
		}
	}
	return screener, nil, huma.Error404NotFound(fmt.Sprintf("no dataset %q; /catalog names them", name))
}

func (s *server) listing(ctx context.Context, screener pipeline.Screener, id string) (corvee.Listing, error) {
	if l, ok := screener.Party(id); ok {
		return l, nil
	}
	return s.Pipeline.Listing(ctx, id)
}

// internal hides what went wrong inside; the cause belongs to the operator, not to a
// caller who may be anybody on this machine.
func internal(err error) error {
	if errors.Is(err, corvee.ErrForbidden) {
		return huma.Error403Forbidden(err.Error())
	}
	return huma.Error500InternalServerError("the base could not answer")
}

type searchRequest struct {
	Dataset string `path:"dataset"`
	Q       string `query:"q" required:"true" doc:"A name in any script"`
	Schema  string `query:"schema"`
	Country string `query:"countries"`
	matchFilter
	Limit  int `query:"limit" minimum:"1" maximum:"500" default:"10"`
	Offset int `query:"offset" minimum:"0" maximum:"9500" default:"0"`
}

type searchAnswer struct {
	Results []present.Entity `json:"results"`
	Facets  map[string]any   `json:"facets"`
	Total   total            `json:"total"`
	Limit   int              `json:"limit"`
	Offset  int              `json:"offset"`
}

func (s *server) search(ctx context.Context, in *searchRequest) (*answer[searchAnswer], error) {
	screener, lists, err := s.dataset(ctx, in.Dataset)
	if err != nil {
		return nil, err
	}
	example := exampleEntity{Schema: in.Schema, Properties: map[string]any{"name": in.Q, "country": in.Country}}
	query, names := queryOf(example)
	ask := &matchRequest{Limit: in.Limit + in.Offset, Cutoff: 0.3}
	if in.narrows() {
		ask.Limit = max(ask.Limit, mostHits)
	}
	out := searchAnswer{Results: []present.Entity{}, Facets: map[string]any{}, Limit: in.Limit, Offset: in.Offset, Total: total{Relation: "eq"}}
	for _, h := range bestOf(screener, query, names, lists, ask) {
		l, err := s.listing(ctx, screener, h.Listing.ID)
		if err != nil || !in.lets(l, present.EntityOf(l)) {
			continue
		}
		if out.Total.Value++; out.Total.Value > in.Offset && len(out.Results) < in.Limit {
			out.Results = append(out.Results, present.EntityOf(l))
		}
	}
	return &answer[searchAnswer]{out}, nil
}

type entityRequest struct {
	ID string `path:"id"`
}

func (s *server) entity(ctx context.Context, in *entityRequest) (*answer[present.Entity], error) {
	screener, err := s.Pipeline.Screener(ctx)
	if err != nil {
		return nil, internal(err)
	}
	l, err := s.listing(ctx, screener, in.ID)
	if errors.Is(err, corvee.ErrNotFound) {
		return nil, huma.Error404NotFound(fmt.Sprintf("no entity %q", in.ID))
	}
	if err != nil {
		return nil, internal(err)
	}
	return &answer[present.Entity]{present.EntityOf(l)}, nil
}

type featureDoc struct {
	Description string  `json:"description"`
	Coefficient float64 `json:"coefficient" doc:"1: it is part of the score, or of the order within a band"`
	URL         string  `json:"url"`
}

// features are what an explanation may name.
func features() map[string]featureDoc {
	out := map[string]featureDoc{}
	for name, says := range map[string]string{
		"name": "how well the names meet, token by token", "country": "whether the countries agree", "identifier": "whether a number agrees",
		"address": "whether the addresses agree", "type": "whether both are of one type",
	} {
		out[name] = featureDoc{says, 1, "/docs"}
	}
	return out
}

type algorithmInfo struct {
	Name        string                `json:"name"`
	Description string                `json:"description"`
	Features    map[string]featureDoc `json:"features"`
}

type algorithmsAnswer struct {
	Algorithms []algorithmInfo `json:"algorithms"`
	Default    string          `json:"default"`
	Best       string          `json:"best"`
}

func (s *server) algorithms(context.Context, *struct{}) (*answer[algorithmsAnswer], error) {
	info := algorithmInfo{
		Name: algorithm, Description: "Names by their parts, across scripts; a calibrated probability that two names are of one party.", Features: features(),
	}
	return &answer[algorithmsAnswer]{algorithmsAnswer{[]algorithmInfo{info}, algorithm, algorithm}}, nil
}

type datasetInfo struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Version     string `json:"version"`
	Load        bool   `json:"load"`
	EntityCount int    `json:"entity_count"`
	// What a client of yente reads beside it: every list is loaded whole, at once.
	Children     []string `json:"children"`
	IndexVersion string   `json:"index_version"`
	IndexCurrent bool     `json:"index_current"`
}

type catalogAnswer struct {
	Datasets   []datasetInfo `json:"datasets"`
	Current    []string      `json:"current"`
	Outdated   []string      `json:"outdated"`
	IndexStale bool          `json:"index_stale"`
}

func (s *server) catalog(ctx context.Context, _ *struct{}) (*answer[catalogAnswer], error) {
	screener, err := s.Pipeline.Screener(ctx)
	if err != nil {
		return nil, internal(err)
	}
	out := catalogAnswer{Datasets: []datasetInfo{{Name: everything, Title: "All lists and the evidence base", Load: true, Children: []string{}, IndexCurrent: true}}, Outdated: []string{}}
	for _, v := range screener.Lists() {
		d := datasetInfo{Name: present.DatasetOf(v.List), Title: v.List, Version: v.Date.String(), Load: true, EntityCount: v.Listings, Children: []string{}, IndexVersion: v.Date.String(), IndexCurrent: true}
		out.Datasets = append(out.Datasets, d)
		out.Datasets[0].Children = append(out.Datasets[0].Children, d.Name)
		out.Datasets[0].EntityCount += v.Listings
	}
	for _, d := range out.Datasets {
		out.Current = append(out.Current, d.Name)
	}
	slices.Sort(out.Current)
	return &answer[catalogAnswer]{out}, nil
}

type statusAnswer struct {
	Status string `json:"status"`
}

func (s *server) healthy(context.Context, *struct{}) (*answer[statusAnswer], error) {
	return &answer[statusAnswer]{statusAnswer{"ok"}}, nil
}

// ready answers once the base opens and its index is built.
func (s *server) ready(ctx context.Context, _ *struct{}) (*answer[statusAnswer], error) {
	if _, err := s.Pipeline.Screener(ctx); err != nil {
		return nil, huma.Error503ServiceUnavailable("the index is not ready")
	}
	return &answer[statusAnswer]{statusAnswer{"ok"}}, nil
}
