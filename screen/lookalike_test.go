package screen_test

import (
	"testing"

	"corvee"
	"corvee/screen"
)

// Firms of one trade in one town are different firms, in every script and across scripts;
// people whose given names differ by a syllable are different people. All are invented.
func TestLookalikesDoNotMatch(t *testing.T) {
	t.Parallel()
	if got := first(build(listing("l", "Dandong Yuanyang Foodstuff Co., Ltd.")).Match(corvee.Query{Name: "丹东远洋食品有限公司"}, screen.Options{})); got != "l" {
		t.Error("the firm itself, in Hanzi, is not found: what follows would tell nothing")
	}
	for name, pair := range map[string]struct{ query, listed string }{
		"one trade, one town: English":       {"Dandong Jinhui Foodstuff Co., Ltd.", "Dandong Yuanyang Foodstuff Co., Ltd."},
		"one trade, one town: Hanzi":         {"丹东金辉食品有限公司", "丹东远洋食品有限公司"},
		"one trade, one town: Hanzi, pinyin": {"丹东金辉食品有限公司", "Dandong Yuanyang Foodstuff Co., Ltd."},
		"one trade, one town: pinyin, Hanzi": {"Donggang Haixing Seafood Co., Ltd.", "东港万通水产有限公司"},
		"one trade, one town: Hangul":        {"단동금휘식품유한공사", "단동원양식품유한공사"},
		"one trade, one town: garments":      {"Yanji Jinhua Garment Co., Ltd.", "Yanji Xinglong Garment Co., Ltd."},
		"one town, another trade":            {"Hunchun Donghai Garment Co., Ltd.", "Hunchun Longyuan Seafood Co., Ltd."},
		"the trade and the town alone":       {"Dandong Foodstuff Co., Ltd.", "Dandong Yuanyang Foodstuff Co., Ltd."},
	} {
		for _, h := range build(listing("l", pair.listed)).Match(corvee.Query{Name: pair.query, Type: corvee.PartyOrganisation}, screen.Options{}) {
			if h.Band == corvee.BandStrong || h.Band == corvee.BandPossible {
				t.Errorf("%s: %q meets %q: %s, %.2f %+v", name, pair.query, pair.listed, h.Band, h.Score, h.Tokens)
			}
		}
	}
	for _, pair := range [][2]string{
		{"김철수", "김철주"}, {"리영호", "리영화"}, {"박성일", "박성길"}, {"최명숙", "최명순"}, {"정은희", "정은미"},
		{"Kim Chol Su", "Kim Chol Ju"}, {"Ri Yong Ho", "Ri Yong Hwa"},
	} {
		for _, h := range build(person("p", pair[1])).Match(corvee.Query{Name: pair[0], Type: corvee.PartyPerson}, screen.Options{}) {
			if h.Band == corvee.BandStrong || h.Band == corvee.BandPossible {
				t.Errorf("%q meets %q: %s, %.2f %+v", pair[0], pair[1], h.Band, h.Score, h.Tokens)
			}
		}
	}
}
