package read_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"corvee"
	"corvee/read"
)

const koreanSubject = "북한 노동자들이 중국 단둥의 의류공장에서 일하고 있다.\n\n"

// TestKoreanNoNameOfAWorkerOrSource: the names of people who may not be named stay in the
// quote alone.
func TestKoreanNoNameOfAWorkerOrSource(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, sentence := range []string{
		"재봉공 리송희 씨는 “북한 노동자들의 월급은 2천300위안이다”라고 말했다.",
		"리송희 씨는 “북한 노동자들의 월급은 2천300위안이다”라고 말했다. 그는 “북한 노동자 200명이 있다”고 덧붙였다.",
		"북한 노동자들의 월급은 2천300위안이라고 재봉공 리송희는 전했다.",
		"무역업자 리송희는 북한 노동자들이 한 달에 2천300위안을 받는다고 밝혔다.",
		"탈북민 리송희(34·가명)씨에 따르면 북한 노동자들은 한 달에 2천300위안을 받는다.",
		"지배인 리송희는 북한 노동자들이 한 달에 2천300위안을 받는다고 자유아시아방송에 말했다.",
		"소식통 리송희는 “북한 노동자 300명이 일하고 있다”고 했다.",
		"북한 노동자 리송희는 한 달에 2천300위안을 받는다.",
		"공장 관계자 리송희는 북한 노동자 300명이 일하고 있다고 말했다.",
	} {
		got := claims(t, r, corvee.Report{Publisher: "압록저널"}, koreanSubject+sentence)
		if len(got) < 2 {
			t.Errorf("%d claims in %q", len(got), sentence)
		}
		for _, c := range got {
			c.Quote, c.Mentions = corvee.Quote{}, nil
			raw, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(raw), "리송") || strings.Contains(string(raw), "송희") {
				t.Errorf("the name is in the claim of %q:\n%s", sentence, raw)
			}
		}
	}
}

// TestKoreanSpeakers: who may be named is named, everyone else has a role and a code.
func TestKoreanSpeakers(t *testing.T) {
	t.Parallel()
	r := reader(t)
	const content = "북한 노동자 300명이 훈춘에서 일하고 있다"
	for sentence, want := range map[string]corvee.Attribution{
		"단둥의 대북 소식통은 30일 본지에 “" + content + "”고 말했다.":    {Role: "source", Code: "A-1", Country: "CN", Speaker: corvee.SpeakerAnonymous},
		"러시아 현지 소식통에 따르면 " + content + ".":               {Role: "source", Code: "A-1", Country: "RU", Speaker: corvee.SpeakerAnonymous},
		content + "고 병원 관계자는 전했다.":                       {Role: "official", Code: "A-1", Speaker: corvee.SpeakerAnonymous},
		"로이터통신은 " + content + "고 보도했다.":                  {Name: "Reuters", Speaker: corvee.SpeakerAgency},
		"아사히신문 보도에 따르면 " + content + ".":                 {Name: "Asahi Shimbun", Speaker: corvee.SpeakerPublisher},
		"새한통신에 따르면 " + content + ".":                     {Name: "새한통신", Speaker: corvee.SpeakerAgency},
		"유엔 전문가패널은 " + content + "고 밝혔다.":                {Name: "UN Panel of Experts", Speaker: corvee.SpeakerInstitution},
		"인권단체 ‘강변 감시단’이 " + content + "고 16일(현지시간) 밝혔다.": {Name: "강변 감시단", Speaker: corvee.SpeakerInstitution},
		"한 북한 의사는 “" + content + "”고 털어놨다.":              {Role: "doctor", Code: "A-1", Country: "KP", Speaker: corvee.SpeakerAnonymous},
		"공장 운영사인 벨라야 슈베야는 “" + content + "”고 밝혔다.":       {Name: "벨라야 슈베야", Speaker: corvee.SpeakerInstitution},
		content + ".": {Speaker: corvee.SpeakerAuthor},
	} {
		got := claims(t, r, corvee.Report{Publisher: "압록저널"}, koreanSubject+sentence)
		i := slices.IndexFunc(got, func(c corvee.Claim) bool { return c.Kind == corvee.KindHeadcount })
		if i < 0 {
			t.Errorf("no head count in %q", sentence)
			continue
		}
		if root := got[i].Root(); root != want {
			t.Errorf("root of %q = %+v, want %+v", sentence, root, want)
		}
	}
}

// TestKoreanDoubt: factuality by the ending of the sentence, and polarity.
func TestKoreanDoubt(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for sentence, want := range map[string]string{
		"훈춘에는 북한 노동자 300명이 있다.":          "asserted",
		"훈춘에는 북한 노동자 300명이 있는 것으로 전해졌다.": "reported",
		"훈춘에는 북한 노동자 300명이 있는 것으로 알려졌다.": "reported",
		"훈춘에 있는 북한 노동자는 300명으로 추정된다.":    "estimated",
		"훈춘에는 북한 노동자 300명이 있는 것으로 보인다.":  "believed",
		"북한 노동자 300명이 훈춘에 파견될 예정이다.":     "planned",
		"북한은 훈춘에 노동자 300명을 보낼 계획이다.":     "planned",
	} {
		got := claims(t, r, corvee.Report{}, koreanSubject+sentence)
		i := slices.IndexFunc(got, func(c corvee.Claim) bool { return c.Value != nil })
		if i < 0 || !slices.Contains(read.Summary(got[i]), want) {
			t.Errorf("Claims(%q) = %v, want %s", sentence, got, want)
		}
	}
}

// TestKoreanOthers: people who are not the workers, and words that only look like it.
func TestKoreanOthers(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, content := range []string{
		"조선족 노동자 300명이 훈춘의 공장에서 한 달에 3천 위안을 받는다.",
		"거제의 조선소에서 노동자 300명이 하루 12시간 일한다.",
		"중국 노동자들의 월급은 5천 위안이고 여권은 회사가 보관한다.",
		"단둥을 찾은 관광객 2만 명이 북한 식당에서 냉면을 먹었다. 냉면은 50위안이다.",
		"북한에서 온 응원단 200명이 경기를 봤다. 구단은 감독의 월급을 2만 위안으로 올렸다.",
	} {
		if got := claims(t, r, corvee.Report{}, content); len(got) > 0 {
			t.Errorf("Claims(%q) = %v, want none", content, got)
		}
	}
}

// TestKoreanApart: a text whose syllables are written in parts reads the same, at the same
// words.
func TestKoreanApart(t *testing.T) {
	t.Parallel()
	r := reader(t)
	content := koreanSubject + "소식통은 “북한 노동자 300여 명의 월급은 2천500위안(약 47만 원)이지만 이 중 1천200위안은 당자금으로 공제된다”고 말했다. 노동자들은 공장 밖으로 나갈 수 없다."
	apart := norm.NFD.String(content)
	if apart == content {
		t.Fatal("the parts are not apart")
	}
	whole, parts := claims(t, r, corvee.Report{}, content), claims(t, r, corvee.Report{}, apart)
	if len(whole) < 4 || len(whole) != len(parts) {
		t.Fatalf("%d claims, and %d of the text in parts", len(whole), len(parts))
	}
	for i := range whole {
		if norm.NFC.String(parts[i].Quote.Exact) != whole[i].Quote.Exact || apart[parts[i].Quote.Start:parts[i].Quote.End] != parts[i].Quote.Exact {
			t.Errorf("quote %q, want %q", parts[i].Quote.Exact, whole[i].Quote.Exact)
		}
		if a, b := read.Summary(whole[i]), read.Summary(parts[i]); !slices.Equal(a, b) {
			t.Errorf("claim in parts = %v, want %v", b, a)
		}
	}
}

// TestKoreanLargeParagraph: two megabytes of one sentence, and of one word.
func TestKoreanLargeParagraph(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, unit := range []string{"단둥의 소식통에 따르면 북한 노동자들은 한 달에 2천300위안을 받고 절반을 바치며, ", "북한노동자월급은", "천만억조"} {
		claims(t, r, corvee.Report{}, koreanSubject+strings.Repeat(unit, (1<<20)/len(unit)))
	}
}

// TestKoreanEveryQuoteSlices: the reader's own words in any order.
func TestKoreanEveryQuoteSlices(t *testing.T) {
	t.Parallel()
	r := reader(t)
	words := []string{
		"북한 노동자들", "이들은", "200명", "약 3만~", "절반", "2천300위안", "(약 47만 원)", "1인당", "한 달에", "매달", "단둥에서", "의류공장", "을 받는다", "바치라고",
		"지시했다", "당자금", "여권을", "압수했다", "소식통은", "“", "”", "고 말했다.", "라며", ".", "\n\n", "작년 12월", "지난달", "나갈 수", "없다", "것으로 전해졌다",
		"결의 2397호", "네 시간", "잔다", "하루", "때렸다", "조선", "ㅎ", "천", "만", "각", "😀", "에 따르면", "-", "~", "3천5백여", "열두", "씩", "한글",
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(words), 0, 50).Draw(t, "words")
		checkAll(t, r, koreanSubject+strings.Join(parts, rapid.SampledFrom([]string{" ", "", "  "}).Draw(t, "gap")))
	})
}

// TestKoreanPlaceStays: the place holds over paragraphs until another is named; one that is
// only added ("X에도") does not take over.
func TestKoreanPlaceStays(t *testing.T) {
	t.Parallel()
	content := "하바롭스크에서 북한 노동자 300명이 일하고 있다. 나홋카에도 70명이 더 있다.\n\n노동자들은 새벽 5시부터 밤 10시까지 일한다.\n\n블라디보스토크에서는 북한 노동자 90명이 일하고 있다.\n\n노동자들의 여권은 회사가 보관한다."
	want := map[corvee.Indicator]string{corvee.IndicatorExcessiveOvertime: "khabarovsk", corvee.IndicatorDocumentRetention: "vladivostok"}
	for _, c := range claims(t, reader(t), corvee.Report{}, content) {
		if place, ok := want[c.Indicator]; ok {
			delete(want, c.Indicator)
			if len(c.Places) != 1 || c.Places[0].ID != place || !slices.Contains(c.Inferred, corvee.SlotPlaces) {
				t.Errorf("places of %q = %v, inferred %v, want %s, inferred", c.Quote.Exact, c.Places, c.Inferred, place)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("no claim of %v", want)
	}
}
