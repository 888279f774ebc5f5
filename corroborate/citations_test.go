package corroborate_test

import (
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/corroborate"
)

// cited are the ids that a report of Echo of 2024-03-18 cites.
func cited(t *testing.T, lang, text string) []string {
	t.Helper()
	d := plain("x", "Echo Paper", "2024-03-18", text)
	d.Report.Lang = lang
	var out []string
	for _, e := range corroborate.Lineage([]corroborate.Document{d}) {
		if e.Kind != corvee.LineageCitation {
			t.Errorf("edge %+v of one report", e)
		}
		out = append(out, strings.TrimPrefix(e.To, corroborate.Phantom))
	}
	return out
}

func TestCitations(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		// English
		{"en", "Workers were sent home in March, according to Daily NK.", []string{"dailynk"}},
		{"en", "The Yonhap News Agency reported on Thursday that 200 had left.", []string{"yonhap"}},
		{"en", "Reuters reported on March 14 that the plant had closed.", []string{"reuters:2024-03-14"}},
		{"en", "The paper, citing a Radio Free Asia report of 2 December, said so.", []string{"rfa:2023-12-02"}},
		{"en", "A source told RFA that the gate is locked at night.", []string{"rfa"}},
		{"en", "SEOUL (AP) - Some 200 workers left on Monday.", []string{"ap"}},
		{"en", "Some 200 workers left on Monday.\n(Reuters)", []string{"reuters"}},
		{"en", "Translated from the Yomiuri Shimbun by the desk.", []string{"yomiuri"}},
		{"en", "The Amur Valley Dispatch wrote on 3 March that they sleep in wagons.", []string{"amur-valley-dispatch:2024-03-03"}},
		{"en", "Human Rights Watch said in a report that pay is withheld.", []string{"hrw"}},
		{"en", "Photo: Reuters", nil},
		{"en", "Workers at the gate in May. / Image: Daily NK", nil},
		{"en", "He bought a copy of the New York Times and went home.", nil},
		{"en", "The ap on his telephone reported a fault.", nil},
		{"en", "A guardian reported the child missing.", nil},
		{"en", "The Echo Paper has learned that 200 left.", nil},
		{"en", "The Echo Paper reported previously that 80 had left.", []string{"echo-paper:earlier"}},
		{"en", "Reuters could not reach the plant for comment.", nil},
		{"en", "The Tumen River Post said that it stands by its report.", nil},
		{"en", "News travels fast, and the Post Office reported a delay.", nil},
		// Korean
		{"ko", "북한 노동자 200명이 떠났다고 데일리NK가 14일 보도했다.", []string{"dailynk:2024-03-14"}},
		{"ko", "자유아시아방송(RFA) 보도에 따르면 200명이 떠났다.", []string{"rfa"}},
		{"ko", "(서울=연합뉴스) 노동자 200명이 떠났다.", []string{"yonhap"}},
		{"ko", "일본 요미우리신문을 인용해 전한 바에 따르면 그렇다.", []string{"yomiuri"}},
		{"ko", "아무르강신문은 지난달 28일 이같이 보도했다.", []string{"아무르강신문:2024-02-28"}},
		{"ko", "노동자는 이동통신 공장에서 일한다고 보도했다.", nil},
		{"ko", "단둥 공장의 노동자들. /사진=연합뉴스", nil},
		{"ko", "앞서 본지는 80명이 귀국했다고 보도한 바 있다.", []string{"echo-paper:earlier"}},
		{"ko", "그는 신문을 읽고 방송을 들었다.", nil},
		// Chinese
		{"zh", "据路透社3月14日报道,工厂已经关闭。", []string{"reuters:2024-03-14"}},
		{"zh", "據《讀賣新聞》報導,已有兩百人離開。", []string{"yomiuri"}},
		{"zh", "来源:自由亚洲电台", []string{"rfa"}},
		{"zh", "(编译自《黑龙江上游周刊》)工人睡在车厢里。", []string{"黑龙江上游周刊"}},
		{"zh", "合同写在《劳动手册》里。", nil},
		{"zh", "图:新华社", nil},
		{"zh", "报道称工厂已经关闭。", nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			got := cited(t, c.lang, c.text)
			if !slices.Equal(got, c.want) {
				t.Errorf("cites %q, want %q", got, c.want)
			}
		})
	}
}

// What a citation means is resolved by the day, by claims that agree, by shared words, and
// never to a report that came later.
func TestResolvesCitations(t *testing.T) {
	t.Parallel()
	claims := func(d corroborate.Document, cs ...corvee.Claim) corroborate.Document {
		d.Claims = paper(d.Report.ID, d.Report.Publisher, cs...).Claims
		return d
	}
	first := claims(plain("first", "Valley Post", "2024-05-02", story[:3]...), money(corvee.KindWage, 2350, corvee.PerPerson, anonymous))
	second := claims(plain("second", "Valley Post", "2024-05-09", story[3:5]...), heads(97, anonymous))
	for name, c := range map[string]struct {
		doc  corroborate.Document
		want string
	}{
		"by the day":             {plain("x", "Echo", "2024-05-10", "The Valley Post reported on 2 May that it is so."), "first"},
		"by the day before":      {plain("x", "Echo", "2024-05-10", "The Valley Post reported on 8 May that it is so."), "second"},
		"by a claim":             {claims(plain("x", "Echo", "2024-05-10", "According to the Valley Post it is so."), money(corvee.KindWage, 2350, corvee.PerPerson, anonymous)), "first"},
		"by another claim":       {claims(plain("x", "Echo", "2024-05-10", "According to the Valley Post it is so."), heads(97, anonymous)), "second"},
		"by the week":            {plain("x", "Echo", "2024-05-12", "According to the Valley Post it is so."), "second"},
		"by no claim":            {claims(plain("x", "Echo", "2024-05-12", "According to the Valley Post it is so."), heads(12, anonymous)), "phantom:valley-post"},
		"by nothing":             {plain("x", "Echo", "2024-05-30", "According to the Valley Post it is so."), "phantom:valley-post"},
		"a day without a report": {plain("x", "Echo", "2024-05-20", "The Valley Post reported on 15 May that it is so."), "phantom:valley-post:2024-05-15"},
		"before it was written":  {claims(plain("x", "Echo", "2024-04-10", "According to the Valley Post it is so."), heads(97, anonymous)), "phantom:valley-post"},
		"in another script, by two claims": {
			claims(plain("x", "Echo", "2024-05-10", "골짜기신문은 이같이 보도했다."), money(corvee.KindWage, 2350, corvee.PerPerson, anonymous), heads(97, anonymous)), "phantom:골짜기신문",
		},
		"in another script, by the day and a claim": {
			claims(plain("x", "Echo", "2024-05-10", "골짜기신문은 지난 9일 이같이 보도했다."), heads(97, anonymous)), "second",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range corroborate.Lineage([]corroborate.Document{first, second, c.doc}) {
				if e.From == "x" {
					got = append(got, e.To)
				}
			}
			if !slices.Contains(got, c.want) {
				t.Errorf("edges go to %q, want one to %q", got, c.want)
			}
		})
	}
}

func FuzzLineage(f *testing.F) {
	f.Add("The Daily NK reported on March 99 that", "据《》报道 2月30日", "북한\x00 연합뉴스=)")
	f.Add("(Reuters", "[AP]\n(AP)", "=연합뉴스)")
	f.Add(strings.Repeat("According to Reuters, ", 50), strings.Repeat("据路透社报道", 50), strings.Repeat("“”\"", 40))
	f.Add("İSTANBUL (AA) - İİİ according to Anadolu", "ﬃ１２３４ Reuters", "ᄀ\u1161\u11a8 보도했다")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		var docs []corroborate.Document
		for i, s := range []string{a, b, c, a + b} {
			text, err := corvee.NewText(s, nil)
			if err != nil {
				return // a Text is UTF-8; intake sees to that
			}
			docs = append(docs, corroborate.Document{Report: corvee.Report{ID: string(rune('a' + i)), Publisher: s[:min(len(s), 12)], Published: corvee.Date{Year: 2024, Month: 3, Day: 18}}, Text: text})
		}
		for _, e := range corroborate.Lineage(docs) {
			if e.From == e.To || e.From == "" || e.To == "" || len(e.Evidence) == 0 || e.Score < 1 || e.Score > 100 {
				t.Fatalf("edge %+v", e)
			}
		}
	})
}
