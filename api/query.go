package api

import (
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/present"
)

// queryOf returns the query that an example stands for and every name that it bears.
func queryOf(e exampleEntity) (corvee.Query, []string) {
	q := corvee.Query{ID: e.ID, Type: typeOf(e.Schema)}
	for _, property := range []string{"country", "jurisdiction", "mainCountry", "nationality"} {
		if v := values(e.Properties[property]); q.Country == "" && len(v) > 0 {
			q.Country = strings.ToUpper(v[0])
		}
	}
	if v := values(e.Properties["address"]); len(v) > 0 {
		q.Address = v[0]
	}
	for _, p := range identifierProperties {
		for _, v := range values(e.Properties[p[0]]) {
			q.Identifiers = append(q.Identifiers, corvee.Identifier{Type: p[1], Value: v})
		}
	}
	var names []string
	for _, property := range []string{"name", "alias", "previousName", "weakAlias"} {
		names = append(names, values(e.Properties[property])...)
	}
	return q, names
}

// identifierProperties maps FollowTheMoney's properties to Corvee's types of identifier.
var identifierProperties = [][2]string{
	{"registrationNumber", "registration"}, {"leiCode", "lei"}, {"imoNumber", "imo"}, {"taxNumber", "tax"},
	{"passportNumber", "passport"}, {"idNumber", "other"},
}

func typeOf(schema string) corvee.PartyType {
	switch schema {
	case "Person":
		return corvee.PartyPerson
	case "Company", "Organization", "PublicBody":
		return corvee.PartyOrganisation
	case "Vessel":
		return corvee.PartyVessel
	case "Airplane":
		return corvee.PartyAircraft
	}
	return ""
}

// values accepts what clients send: one value or a list of them.
func values(v any) []string {
	switch v := v.(type) {
	case string:
		if strings.TrimSpace(v) == "" {
			return nil
		}
		return []string{v}
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, values(one)...)
		}
		return out
	case nil:
		return nil
	}
	return []string{fmt.Sprint(v)}
}

// bestOf matches every name of a query and keeps, for each listing, the best hit.
func bestOf(screener pipeline.Screener, q corvee.Query, names, lists []string, in *matchRequest) []corvee.Hit {
	var all []corvee.Hit
	for _, name := range names {
		q.Name = name
		all = append(all, screener.Match(q, pipeline.MatchOptions{Limit: in.Limit, Threshold: max(in.Cutoff, 0.01)}, lists...)...)
	}
	slices.SortStableFunc(all, func(a, b corvee.Hit) int {
		switch {
		case a.Score != b.Score:
			return map[bool]int{true: -1, false: 1}[a.Score > b.Score]
		}
		return strings.Compare(a.Listing.ID, b.Listing.ID)
	})
	seen := map[string]bool{}
	kept := slices.DeleteFunc(all, func(h corvee.Hit) bool {
		again := seen[h.Listing.ID]
		seen[h.Listing.ID] = true
		return again
	})
	return kept[:min(in.Limit, len(kept))]
}

// scoredOf returns a hit in yente's shape. Without a key it shows the band and the score
// to one digit, and no rule.
func scoredOf(l corvee.Listing, h corvee.Hit, threshold float64, signed bool) scored {
	out := scored{
		Entity: present.EntityOf(l), Score: h.Score, Match: h.Score >= threshold, Band: h.Band, Kind: h.Listing.Kind,
		Notice: corvee.HitNotice, Features: map[string]float64{}, Explanations: map[string]featureResult{},
	}
	if !signed {
		out.Score = coarse(h.Score)
		return out
	}
	out.Features["name"] = h.Score
	out.Explanations["name"] = featureResult{Score: h.Score, Detail: present.Tokens(h.Tokens), Query: h.Query.Name, Candidate: h.Matched}
	for _, f := range h.Facts {
		weight := map[string]float64{"agrees": 1, "conflicts": -1}[f.Effect]
		out.Features[f.Name] = weight
		out.Explanations[f.Name] = featureResult{Score: weight, Detail: strings.TrimSpace(f.Effect + " " + f.Detail)}
	}
	return out
}

func coarse(score float64) float64 { return float64(int(score*10)) / 10 }
