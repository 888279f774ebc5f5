package api

import (
	"context"

	"corvee"
	"corvee/pipeline/glance"
	"corvee/pipeline/people"

	"github.com/danielgtaylor/huma/v2"
)

// What pages over the whole base show, as data.

type findRequest struct {
	Q     string `query:"q" required:"true" maxLength:"200" doc:"words in any script, all of which must stand there; a phrase in quotation marks"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20" doc:"most of each sort"`
}

type findAnswer struct {
	Words   []string       `json:"words" doc:"as they were looked for"`
	Reports []foundReport  `json:"reports"`
	Claims  []corvee.Claim `json:"claims"`
	Parties []foundParty   `json:"parties"`
	Entries []foundEntry   `json:"listings"`
	Totals  foundTotals    `json:"totals"`
	Notice  string         `json:"notice"`
}

type foundTotals struct {
	Reports int `json:"reports"`
	Claims  int `json:"claims"`
	Parties int `json:"parties"`
	Entries int `json:"listings"`
}

type foundReport struct {
	Report corvee.Report `json:"report"`
	Times  int           `json:"times" doc:"how often the first word stands in the text"`
	Before string        `json:"before"`
	Words  string        `json:"words"`
	Behind string        `json:"behind"`
}

type foundParty struct {
	Name   string `json:"name"`
	Kind   string `json:"kind" doc:"site, employer or place"`
	Claims int    `json:"claims"`
}

type foundEntry struct {
	ID   string             `json:"id"`
	List string             `json:"list"`
	Name string             `json:"name"`
	Kind corvee.ListingKind `json:"kind"`
}

// nearby is how many characters are shown beside a word that was found.
const nearby = 70

func (s *server) find(ctx context.Context, in *findRequest) (*answer[findAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	now, err := s.Glance.Now(ctx)
	if err != nil {
		return nil, internal(err)
	}
	f := now.Find(in.Q, glance.Most{Reports: in.Limit, Claims: in.Limit, Parties: in.Limit, Entries: in.Limit})
	out := findAnswer{
		Words: append([]string{}, f.Words...), Reports: []foundReport{}, Claims: []corvee.Claim{}, Parties: []foundParty{}, Entries: []foundEntry{},
		Totals: foundTotals(f.Totals), Notice: corvee.Notice,
	}
	for _, r := range f.Reports {
		before, words, behind := r.Around(r.At, nearby)
		out.Reports = append(out.Reports, foundReport{r.Report.Report, r.Times, before, words, behind})
	}
	for _, c := range f.Claims {
		out.Claims = append(out.Claims, c.Claim)
	}
	for _, p := range f.Parties {
		out.Parties = append(out.Parties, foundParty(p))
	}
	for _, e := range f.Entries {
		out.Entries = append(out.Entries, foundEntry{e.ID, e.List, e.Name, e.Kind})
	}
	return &answer[findAnswer]{out}, nil
}

type selectionRequest struct {
	Kind  string `query:"kind"`
	Place string `query:"place" doc:"id of a place; what lies in it too"`
	Party string `query:"party" doc:"a site or an employer, as reports name it"`
	From  string `query:"from" doc:"a month, 2020-11"`
	Until string `query:"until" doc:"a month, with it"`
}

type selectionAnswer struct {
	Months  []glance.Month `json:"months" doc:"by the month in which a claim's time begins, from the first to the last"`
	Places  []glance.Spot  `json:"places"`
	Claims  int            `json:"claims"`
	Undated int            `json:"undated" doc:"claims that tell no time in which they begin"`
	Nowhere int            `json:"nowhere" doc:"claims that name no place, or a country alone"`
	Notice  string         `json:"notice"`
}

// selection answers what the map and the timeline show.
func (s *server) selection(ctx context.Context, in *selectionRequest) (*answer[selectionAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	choice := glance.Choice{Kind: corvee.Kind(in.Kind), Place: in.Place, Party: in.Party}
	for given, into := range map[*string]*corvee.Date{&in.From: &choice.From, &in.Until: &choice.Until} {
		if *given == "" {
			continue
		}
		date, err := corvee.ParseDate(*given)
		if err != nil {
			return nil, huma.Error422UnprocessableEntity("a month is written 2020-11")
		}
		*into = date.To(corvee.PrecisionMonth)
	}
	now, err := s.Glance.Now(ctx)
	if err != nil {
		return nil, internal(err)
	}
	found := now.Select(choice)
	return &answer[selectionAnswer]{selectionAnswer{
		append([]glance.Month{}, found.Months...), append([]glance.Spot{}, found.Places...), len(found.Events), found.Undated, found.Nowhere, corvee.Notice,
	}}, nil
}

type partiesAnswer struct {
	Sites         []glance.Party `json:"sites"`
	Organisations []glance.Party `json:"organisations"`
	Notice        string         `json:"notice"`
}

func (s *server) parties(ctx context.Context, _ *struct{}) (*answer[partiesAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	now, err := s.Glance.Now(ctx)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[partiesAnswer]{partiesAnswer{now.Sites(), now.Employers(), corvee.Notice}}, nil
}

type fallAnswer struct {
	Report     corvee.Report `json:"report"`
	Currency   string        `json:"currency"`
	Period     string        `json:"period"`
	Withheld   string        `json:"withheld,omitempty" doc:"percent of the wage"`
	Result     string        `json:"result"`
	Unreviewed int           `json:"unreviewed"`
	Rows       []fallRow     `json:"rows"`
}

type fallRow struct {
	Stage   string   `json:"stage"`
	Label   string   `json:"label,omitempty"`
	Amount  string   `json:"amount"`
	Derived bool     `json:"derived,omitempty"`
	Claims  []string `json:"claims"`
}

type moneyAnswer struct {
	Waterfalls []fallAnswer `json:"waterfalls"`
	Notice     string       `json:"notice"`
}

func (s *server) money(ctx context.Context, _ *struct{}) (*answer[moneyAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	now, err := s.Glance.Now(ctx)
	if err != nil {
		return nil, internal(err)
	}
	out := moneyAnswer{Waterfalls: []fallAnswer{}, Notice: corvee.Notice}
	for _, f := range now.Falls() {
		fall := fallAnswer{Report: f.Report.Report, Currency: f.Currency, Period: string(f.Period), Result: string(f.Result), Unreviewed: f.Unreviewed}
		if f.Withheld.Known() {
			fall.Withheld = f.Withheld.String()
		}
		for _, r := range f.Rows {
			fall.Rows = append(fall.Rows, fallRow{string(r.Stage), r.Label, r.Range.String(), r.Derived, append([]string{}, r.Claims...)})
		}
		out.Waterfalls = append(out.Waterfalls, fall)
	}
	return &answer[moneyAnswer]{out}, nil
}

type eventsRequest struct {
	Until int64 `query:"until" doc:"number of the last event; 0 for the head"`
	Limit int   `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Check bool  `query:"check" doc:"check the whole chain"`
}

type eventsAnswer struct {
	Head    int64          `json:"head"`
	Events  []corvee.Event `json:"events" doc:"the latest first"`
	Checked bool           `json:"checked"`
	Fault   string         `json:"fault,omitempty"`
}

func (s *server) events(ctx context.Context, in *eventsRequest) (*answer[eventsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	log, err := s.Glance.Log(ctx, in.Until, in.Limit, in.Check)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[eventsAnswer]{eventsAnswer{log.Head, append([]corvee.Event{}, log.Events...), log.Checked, log.Fault}}, nil
}

type inputsRequest struct {
	Limit int `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

type inputsAnswer struct {
	States map[corvee.InputState]int `json:"states"`
	Latest []corvee.Input            `json:"latest"`
	Failed []corvee.Input            `json:"failed" doc:"rejected and failed, with the reason"`
}

func (s *server) inputs(ctx context.Context, in *inputsRequest) (*answer[inputsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	work, err := s.Glance.Work(ctx, in.Limit)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[inputsAnswer]{inputsAnswer{work.Inputs, named(work.Latest), named(work.Bad)}}, nil
}

// named covers people in where inputs came from: a file's name may hold one.
func named(inputs []corvee.Input) []corvee.Input {
	out := []corvee.Input{}
	for _, in := range inputs {
		in.Origin = people.Titled(corvee.Report{Title: in.Origin}).Title
		out = append(out, in)
	}
	return out
}
