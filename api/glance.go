package api

import (
	"context"

	"corvee"
	"corvee/pipeline/glance"
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
