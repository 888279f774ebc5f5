package screen_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

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

func person(id, name string) corvee.Listing {
	l := listing(id, name)
	l.Type = corvee.PartyPerson
	return l
}

func build(listings ...corvee.Listing) *screen.Index {
	return screen.Build(slices.Values(listings), screen.DefaultWeights())
}

// small is a list of invented firms and people.
func small() []corvee.Listing {
	return []corvee.Listing{
		listing("a", "Dandong Yuanyang Foodstuff Co., Ltd."),
		listing("b", "Donggang Jinhui Foodstuff Co., Ltd."),
		listing("c", "Korea Taesong Trading Corporation", "조선태성무역회사"),
		listing("d", "延吉金华服装有限公司"),
		person("e", "RI, Chol Jin"),
		listing("f", "SAEBYOL GENERAL CORPORATION"),
		listing("g", "11420 CORP."),
	}
}

func first(hits []corvee.Hit) string {
	if len(hits) == 0 || hits[0].Band == corvee.BandRelated {
		return ""
	}
	return hits[0].Listing.ID
}

func TestMatch(t *testing.T) {
	t.Parallel()
	x := build(small()...)
	for class, cases := range map[string]map[string]string{
		"exact":     {"DANDONG YUANYANG FOODSTUFF CO LTD": "a", "조선태성무역회사": "c", "延吉金华服装有限公司": "d", "11420 Corp.": "g"},
		"swap":      {"Yuanyang Foodstuff Dandong": "a", "Chol Jin Ri": "e"},
		"one typo":  {"Dandong Yuanyng Foodstuff Co Ltd": "a", "SAEBYOL GENERAL CORPORATOIN": "f", "Korea Taesong Tradng Corporation": "c"},
		"two typos": {"Dandong Yuanyagn Foodstufff": "a", "SAEBYAL GENERAL CORPORATOIN": "f"},
		"form lost": {"Dandong Yuanyang Foodstuff": "a", "Korea Taesong Trading": "c", "延吉金华服装": "d"},
		"space":     {"Dandong Yuan Yang Foodstuff": "a", "KoreaTaesong Trading Corporation": "c", "Saebyolgeneral Corporation": "f"},
		"initials":  {"RI, C. Jin": "e"},
		"homoglyph": {"Dаndong Yuаnyang Fооdstuff": "a", "SАЕBYОL GЕNЕRАL CОRPОRАTIОN": "f"},
		"scripts":   {"丹东远洋食品有限公司": "a", "丹東遠洋食品有限公司": "a", "단동원양식품유한공사": "a", "Yanji Jinhua Garment": "d", "朝鲜太成贸易会社": "c", "리철진": "e"},
		"nobody": {"Donggang Haifeng Foodstuff": "", "东港海丰食品有限公司": "", "Dandong Foodstuff Import": "", "리철수": "", "RI, Chol Su": "",
			"Ri Yong Jin": "", "99999 Corp.": "", "연길금회복장": "", "리철징": ""},
		"nothing": {"": "", "Co., Ltd.": "", "有限公司": "", "12345": "", "   ": "", "\u202e\u200b": "", "...": "", "()": "",
			strings.Repeat("a", 10000): "", strings.Repeat("丹", 10000): "", strings.Repeat("a b ", 2500): ""},
	} {
		t.Run(class, func(t *testing.T) {
			t.Parallel()
			for query, want := range cases {
				if got := first(x.Match(corvee.Query{Name: query}, screen.Options{})); got != want {
					t.Errorf("Match(%.40q) = %q, want %q", query, got, want)
				}
			}
		})
	}
}

// rules returns the explanation of a hit as "q=m:rule".
func rules(h corvee.Hit) []string {
	var out []string
	for _, t := range h.Tokens {
		out = append(out, t.Q+"="+t.M+":"+t.Rule)
	}
	return out
}

func TestExplanation(t *testing.T) {
	t.Parallel()
	x := build(small()...)
	for query, want := range map[string][]string{
		"Dandong Yuanyng Food Corporation":  {"Dandong=Dandong:exact", "Yuanyng=Yuanyang:typo:1", "Food=Foodstuff:concept:industry", "Corporation=Co Ltd:legal-form"},
		"丹东远洋食品有限公司":                        {"丹东=Dandong:concept:place", "远洋=Yuanyang:reading:pinyin", "食品=Foodstuff:concept:industry", "有限公司=Co Ltd:legal-form"},
		"Dandong Yuan Yang Foodstuff":       {"Dandong=Dandong:exact", "Yuan Yang=Yuanyang:joined", "Foodstuff=Foodstuff:exact", "=Co Ltd:extra"},
		"Dandong Yuаnyang Foodstuff":        {"Dandong=Dandong:exact", "Yuаnyang=Yuanyang:exact", "Foodstuff=Foodstuff:exact", "=Co Ltd:extra", "=:flag:homoglyph"},
		"Sae\u200bbyol General Corporation": {"Saebyol=SAEBYOL:exact", "General Corporation=GENERAL CORPORATION:exact", "=:flag:invisible"},
		"C. Jin Ri":                         {"C=Chol:initial", "Jin=Jin:exact", "Ri=RI:exact"},
	} {
		hits := x.Match(corvee.Query{Name: query}, screen.Options{})
		if len(hits) == 0 {
			t.Errorf("Match(%q) found nothing", query)
			continue
		}
		if diff := cmp.Diff(want, rules(hits[0])); diff != "" {
			t.Errorf("%q: %s", query, diff)
		}
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	l := listing("a", "Dandong Yuanyang Foodstuff Co., Ltd.")
	l.Countries = []string{"CN"}
	l.Addresses = []string{"12 Binjiang Road, Zhenxing, Dandong, China"}
	l.Identifiers = []corvee.Identifier{{Type: "registration", Value: "91210600MA0QCT1X0X"}, {Type: "phone", Value: "+86 415 2123456"}}
	x := build(l)
	ask := func(q corvee.Query) corvee.Hit {
		t.Helper()
		hits := x.Match(q, screen.Options{})
		if len(hits) != 1 {
			t.Fatalf("%+v: %d hits, want 1", q, len(hits))
		}
		return hits[0]
	}
	effects := func(h corvee.Hit) string {
		var out []string
		for _, f := range h.Facts {
			out = append(out, f.Name+" "+f.Effect)
		}
		return strings.Join(out, ", ")
	}
	bare := ask(corvee.Query{Name: "Dandong Yuanyang Foodstuff"})
	for name, c := range map[string]struct {
		q       corvee.Query
		effects string
		higher  int
	}{
		"country agrees":       {corvee.Query{Country: "CN"}, "country agrees", 1},
		"country conflicts":    {corvee.Query{Country: "VN"}, "country conflicts", -1},
		"number agrees":        {corvee.Query{Identifiers: []corvee.Identifier{{Type: "registration", Value: "9121 0600 ma0q ct1x 0x"}}}, "identifier agrees", 1},
		"number conflicts":     {corvee.Query{Identifiers: []corvee.Identifier{{Type: "registration", Value: "91210600MA0QCT1X99"}}}, "identifier conflicts", -1},
		"number of another":    {corvee.Query{Identifiers: []corvee.Identifier{{Type: "lei", Value: "5493001KJTIIGC8Y1R12"}}}, "identifier unknown", 0},
		"telephone agrees":     {corvee.Query{Identifiers: []corvee.Identifier{{Type: "phone", Value: "0415-2123456"}}}, "phone agrees", 1},
		"address agrees":       {corvee.Query{Address: "No. 12 Binjiang Rd., Dandong"}, "address agrees", 1},
		"address is elsewhere": {corvee.Query{Address: "3 Main Street, Dalian"}, "address unknown", 0},
		"type conflicts":       {corvee.Query{Type: corvee.PartyVessel}, "type conflicts", -1},
	} {
		c.q.Name = "Dandong Yuanyang Foodstuff"
		h := ask(c.q)
		if got := effects(h); got != c.effects {
			t.Errorf("%s: facts %q, want %q", name, got, c.effects)
		}
		if d := h.Score - bare.Score; c.higher > 0 && d <= 0 || c.higher < 0 && d >= 0 || c.higher == 0 && d != 0 {
			t.Errorf("%s: score %.4f, bare %.4f", name, h.Score, bare.Score)
		}
	}
}

func TestRenamedFirmIsFoundByItsNumbers(t *testing.T) {
	t.Parallel()
	l := listing("a", "Dandong Yuanyang Foodstuff Co., Ltd.")
	l.Identifiers = []corvee.Identifier{{Type: "registration", Value: "91210600MA0QCT1X0X"}, {Type: "imo", Value: "IMO 9314650"}}
	l.Addresses = []string{"Shop 88, Binjiang Middle Road, Dandong"}
	x := build(l, listing("b", "Hunchun Saebyol Garment"))
	for name, q := range map[string]corvee.Query{
		"registration": {Name: "Liaoning Xinhai Trading", Identifiers: []corvee.Identifier{{Type: "registration", Value: "91210600ma0qct1x0x"}}},
		"imo":          {Name: "MV Nobody", Identifiers: []corvee.Identifier{{Type: "imo", Value: "9314650"}}},
		"no name":      {Identifiers: []corvee.Identifier{{Type: "registration", Value: "91210600MA0QCT1X0X"}}},
	} {
		if got := first(x.Match(q, screen.Options{})); got != "a" {
			t.Errorf("%s: %q, want a", name, got)
		}
	}
	if hits := x.Match(corvee.Query{Name: "Yuanyang Trading", Address: "88 Binjiang Middle Road, Dandong"}, screen.Options{Threshold: 0.2}); first(hits) != "a" {
		t.Errorf("by address: %+v", hits)
	}
	if hits := x.Match(corvee.Query{Name: "Liaoning Xinhai Trading", Identifiers: []corvee.Identifier{{Type: "registration", Value: "123"}}}, screen.Options{}); len(hits) > 0 {
		t.Errorf("a number of three digits led to %+v", hits)
	}
}

func TestAffiliateIsALead(t *testing.T) {
	t.Parallel()
	x := build(listing("a", "Zhaoqing Kanglongda Chemical Industry Co., Ltd."))
	hits := x.Match(corvee.Query{Name: "Shenzhen Kanglongda Garment Co., Ltd."}, screen.Options{})
	if len(hits) != 1 || hits[0].Band != corvee.BandRelated {
		t.Errorf("%+v, want one lead", hits)
	}
}

func TestScoreHasNoPlateau(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 4))
	all := invented(4000)
	x := screen.Build(slices.Values(all), screen.DefaultWeights())
	top, seen := 0, map[float64]int{}
	for range 500 {
		l := all[r.IntN(len(all))]
		hits := x.Match(corvee.Query{Name: l.Names[0].Value}, screen.Options{})
		if first(hits) == "" {
			t.Fatalf("%q does not find itself", l.Names[0].Value)
		}
		seen[hits[0].Score]++
		top = max(top, seen[hits[0].Score])
	}
	if top > 60 {
		t.Errorf("%d of 500 exact hits share one score; %d scores in all", top, len(seen))
	}
}

// The laws of Match. Names are drawn from a small stock of syllables, so that many are
// near to each other.
func drawName(t *rapid.T, label string) string {
	word := rapid.SampledFrom([]string{"Dandong", "Haifeng", "Jinhui", "Hai", "Feng", "Food", "Trading", "Co.", "Ltd", "海丰", "食品", "해풍", "Ri", "Chol", "7", "&", "(", ")", "О", "S.A."})
	return strings.Join(rapid.SliceOfN(word, 0, 6).Draw(t, label), " ")
}

func drawListings(t *rapid.T) []corvee.Listing {
	n := rapid.IntRange(1, 12).Draw(t, "n")
	var out []corvee.Listing
	for i := range n {
		l := listing(fmt.Sprint("id", i), drawName(t, "listed"))
		l.Type = rapid.SampledFrom([]corvee.PartyType{"", corvee.PartyPerson, corvee.PartyOrganisation}).Draw(t, "type")
		out = append(out, l)
	}
	return out
}

func TestOrderOfListingsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := drawListings(t)
		q := corvee.Query{Name: drawName(t, "query")}
		want := build(all...).Match(q, screen.Options{Threshold: 0.05})
		other := rapid.Permutation(all).Draw(t, "order")
		if diff := cmp.Diff(want, build(other...).Match(q, screen.Options{Threshold: 0.05})); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestNoScoreExceedsTheSelfMatch(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := drawListings(t)
		name := drawName(t, "query")
		self := build(listing("self", name)).Match(corvee.Query{Name: name}, screen.Options{Threshold: 0.0001})
		if len(self) == 0 {
			return // nothing in it tells parties apart
		}
		for _, h := range build(all...).Match(corvee.Query{Name: name}, screen.Options{Threshold: 0.0001}) {
			if h.Score > self[0].Score {
				t.Fatalf("%q scores %.4f against %q and %.4f against itself", name, h.Score, h.Matched, self[0].Score)
			}
		}
	})
}

func TestMatchIsPureAndConcurrent(t *testing.T) {
	t.Parallel()
	all := invented(2000)
	x := screen.Build(slices.Values(all), screen.DefaultWeights())
	asked := queries(all)[:100]
	want := make([][]corvee.Hit, len(asked))
	for i, q := range asked {
		want[i] = x.Match(corvee.Query{Name: q}, screen.Options{})
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i, q := range asked {
				if diff := cmp.Diff(want[i], x.Match(corvee.Query{Name: q}, screen.Options{})); diff != "" {
					t.Errorf("%q: %s", q, diff)
				}
			}
		})
	}
	group.Wait()
}

func FuzzMatch(f *testing.F) {
	x := build(small()...)
	f.Add("丹东远洋 Food & 12 S.A. 리철진")
	f.Add("\u202eА.\u200b(")
	f.Fuzz(func(t *testing.T, name string) {
		for _, h := range x.Match(corvee.Query{Name: name}, screen.Options{Threshold: 0.0001}) {
			if h.Score < 0 || h.Score > 1 || len(h.Tokens) == 0 {
				t.Fatalf("%q: %+v", name, h)
			}
		}
		_ = build(listing("x", name)).Match(corvee.Query{Name: name}, screen.Options{})
	})
}
