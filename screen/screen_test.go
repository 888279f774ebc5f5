package screen_test

import (
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/screen"
)

// listing returns a made-up listing of one or more names.
func listing(id string, names ...string) corvee.Listing {
	l := corvee.Listing{ID: id, List: "test", SourceID: id, Kind: corvee.ListingDesignation, Type: corvee.PartyOrganisation}
	for _, n := range names {
		l.Names = append(l.Names, corvee.Name{Value: n, Kind: corvee.NamePrimary})
	}
	return l
}

func build(listings ...corvee.Listing) *screen.Index {
	return screen.Build(slices.Values(listings), screen.DefaultWeights())
}

// rules returns the explanation of a hit as "q=m:rule".
func rules(h corvee.Hit) string {
	var out []string
	for _, t := range h.Tokens {
		out = append(out, t.Q+"="+t.M+":"+t.Rule)
	}
	return strings.Join(out, " ")
}

func TestMatch(t *testing.T) {
	t.Parallel()
	x := build(
		listing("a", "Dandong Yuanyang Foodstuff Co., Ltd."),
		listing("b", "Donggang Jinhui Foodstuff Co., Ltd."),
		listing("c", "Korea Taesong Trading Corporation"),
	)
	for query, want := range map[string]string{
		"DANDONG YUANYANG FOODSTUFF CO LTD": "a",
		"Yuanyang Foodstuff Dandong":        "a",
		"Dandong Yuanyng Foodstuff":         "a",
		"Dandong Yuan Yang Foodstuff":       "a",
		"丹东远洋食品有限公司":                        "a",
		"Donggang Haifeng Foodstuff":        "",
		"조선태성무역회사":                          "c",
		"KoreaTaesong Trading Corporation":  "c",
		"":                                  "",
		"Co., Ltd.":                         "",
		"12345":                             "",
		strings.Repeat("a", 10000):          "",
	} {
		hits := x.Match(corvee.Query{Name: query}, screen.Options{})
		got := ""
		if len(hits) > 0 {
			got = hits[0].Listing.ID
		}
		if got != want {
			t.Errorf("Match(%.40q) = %q, want %q", query, got, want)
		}
	}
}
