package indicator_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/assess/indicator"
)

// claimed returns a claim of a kind by its words.
func claimed(kind corvee.Kind, what corvee.Indicator, quote, label, subject string) corvee.Claim {
	c := condition("c", "a", what)
	c.Kind, c.Quote.Exact, c.Label, c.Subject = kind, quote, label, subject
	return c
}

// stateOf returns the signs of the state-imposed set that a claim shows, with the rules and
// words by which it does.
func stateOf(c corvee.Claim, sentence string) (out []string) {
	count := func([]corvee.Claim) corvee.OriginCount { return corvee.OriginCount{Min: 1, Max: 1} }
	for _, a := range indicator.AssessIn([]corvee.Claim{c}, count, func(corvee.Claim) string { return sentence }) {
		for _, s := range a.State {
			if s.Result == corvee.ResultMet {
				out = append(out, s.By...)
			}
			if s.Result == corvee.ResultNotMet {
				out = append(out, s.ID+" not met")
			}
		}
	}
	return out
}

func TestStateSigns(t *testing.T) {
	t.Parallel()
	const (
		movement, cond, levy, order, activity = corvee.KindMovement, corvee.KindCondition, corvee.KindLevy, corvee.KindOrder, corvee.KindActivity
		threat, guard, weak                   = corvee.IndicatorIntimidationThreats, corvee.IndicatorRestrictionOfMovement, corvee.IndicatorAbuseOfVulnerability
	)
	for name, c := range map[string]struct {
		claim    corvee.Claim
		sentence string
		want     []string
	}{
		"sent":                          {claimed(movement, "", "North Korea dispatched 300 workers", "", ""), "", []string{"S1.sent.en: dispatched"}},
		"sent, ko":                      {claimed(movement, "", "노동자 300명을 파견", "", ""), "", []string{"S1.sent.ko: 파견"}},
		"sent, zh":                      {claimed(movement, "", "派遣300名工人", "", ""), "", []string{"S1.sent.zh: 派遣"}},
		"sent home is not sent":         {claimed(movement, "", "about 200 workers were sent home", "", ""), "", nil},
		"a return of those sent":        {claimed(movement, "", "파견 노동자 200명이 귀국", "", ""), "", nil},
		"a levy":                        {claimed(levy, "", "2,000 yuan of it is taken", "loyalty funds", ""), "", []string{"S2.money"}},
		"a bribe is nobody's levy":      {claimed(levy, "", "a bribe of 300 yuan", "", ""), "", nil},
		"a campaign":                    {claimed(levy, "", "500 yuan", "80-day battle fund", ""), "", []string{"S2.money", "S3.campaign.en: 80-day battle"}},
		"a campaign by order, ko":       {claimed(order, "", "80일전투 과제를 내렸다", "", ""), "", []string{"S3.campaign.ko: 전투"}},
		"study":                         {claimed(cond, threat, "criticism session", "", "workers"), "they attend a criticism session each Saturday", []string{"S4.study.en: criticism session"}},
		"study, ko":                     {claimed(cond, threat, "매주 토요일 생활총화", "", ""), "", []string{"S4.study.ko: 생활총화"}},
		"study, zh":                     {claimed(cond, threat, "每周六参加生活总结会", "", ""), "", []string{"S4.study.zh: 生活总结"}},
		"a minder":                      {claimed(cond, guard, "they go out in groups", "", ""), "They go out in groups, with a minder behind them", []string{"S5.watched.en: minder"}},
		"a reminder is no minder":       {claimed(cond, guard, "they go out in groups", "", ""), "A reminder: they go out in groups", nil},
		"a minder beside the quote":     {claimed(cond, guard, "노동자들을 감시한", "", ""), "보위원이 숙소에서 살며 노동자들을 감시한다", []string{"S5.watched.ko: 보위원"}},
		"sent home after a strike":      {claimed(movement, "", "about 200 workers were sent home", "", ""), "After a strike in January, about 200 workers were sent home", []string{"S6.strike.en: strike, sent home"}},
		"a strike, and nobody punished": {claimed(movement, "", "200 workers arrived", "", ""), "200 workers arrived during a strike", nil},
		"struck by a strike, zh":        {claimed(movement, "", "约200名工人被遣返", "repatriation", ""), "一月罢工之后，约200名工人被遣返", []string{"S6.strike.zh: 罢工, 遣返"}},
		"by origin":                     {claimed(cond, weak, "성분이 좋은 사람", "", ""), "", []string{"S7.chosen.ko: 성분"}},
		"what is in the food":           {claimed(cond, weak, "영양성분이 나쁜 식사", "", ""), "", nil},
		"soldiers":                      {claimed(activity, "", "soldiers build flats", "", "soldiers"), "", []string{"S8.soldiers.en: soldiers"}},
		"guarded by soldiers":           {claimed(activity, "", "200 workers sew", "", "workers"), "200 workers sew, guarded by soldiers", nil},
		"soldiers, zh":                  {claimed(activity, "", "军人建设者被派往工地", "", "军人建设者"), "", []string{"S8.soldiers.zh: 军人建设者"}},
		"denied":                        {func() corvee.Claim { c := claimed(levy, "", "no levy", "", ""); c.Polarity = corvee.Negative; return c }(), "", nil},
		"planned":                       {func() corvee.Claim { c := claimed(movement, "", "will be dispatched", "", ""); planned(&c); return c }(), "", nil},
	} {
		got := stateOf(c.claim, c.sentence)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Each sign has a rule in each language, each rule a sign, a source and words in lower case;
// each type that no sign stands for says why.
func TestStateTables(t *testing.T) {
	t.Parallel()
	var signs []string
	ruled := map[string]int{}
	for _, s := range indicator.StateTable() {
		signs = append(signs, s.ID)
		if s.Source == "" || s.Definition == "" || !strings.Contains("abcde", s.C105) {
			t.Errorf("%+v", s)
		}
	}
	if !slices.Equal(signs, []string{"S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"}) {
		t.Errorf("%v", signs)
	}
	for _, r := range indicator.StateRules() {
		ruled[r.Sign]++
		for _, k := range r.Kinds {
			if !corvee.Kind(k).Valid() {
				t.Errorf("%s: kind %q", r.ID, k)
			}
		}
		for _, i := range r.Indicators {
			if !corvee.Indicator(i).Valid() {
				t.Errorf("%s: indicator %q", r.ID, i)
			}
		}
		for _, w := range slices.Concat(append(r.Words, r.Without)...) {
			if w == "" || w != strings.ToLower(w) || strings.TrimSpace(w) != w {
				t.Errorf("%s: %q", r.ID, w)
			}
		}
		if !slices.Contains(signs, r.Sign) || r.Source == "" || len(r.Words) > 0 && len(r.Where) == 0 {
			t.Errorf("%+v", r)
		}
	}
	for _, id := range signs {
		if ruled[id] == 0 || id != "S2" && ruled[id] < 3 {
			t.Errorf("%s has %d rules", id, ruled[id])
		}
	}
	unlooked := 0
	for _, typ := range indicator.Types() {
		for _, s := range typ.Signs {
			if !slices.Contains(signs, s) {
				t.Errorf("%s: sign %q", typ.Name, s)
			}
		}
		if len(typ.Signs) == 0 {
			unlooked++
		}
		if (len(typ.Signs) == 0) != (typ.WhyNot != "") || typ.Source == "" {
			t.Errorf("%+v", typ)
		}
	}
	if unlooked == 0 || len(indicator.Types()) != 6 {
		t.Errorf("%d of %d types are not looked for", unlooked, len(indicator.Types()))
	}
}
