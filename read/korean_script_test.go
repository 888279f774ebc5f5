package read_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"corvee"
)

// TestKoreanScripts: a line of a broadcast or an interview says who speaks next; the
// newsroom's own lines are the author's.
func TestKoreanScripts(t *testing.T) {
	t.Parallel()
	r := reader(t)
	const said = "북한 노동자 170명이 공장에서 일합니다."
	for text, want := range map[string]corvee.Attribution{
		"[녹취: 이 모 씨 / 현지 교민]\n“" + said + "”":     {Role: "resident", Code: "A-1", Speaker: corvee.SpeakerAnonymous},
		"<인터뷰> 최가람(북한연구소 연구위원) : “" + said + "”":  {Role: "expert", Name: "최가람", Speaker: corvee.SpeakerNamedPublicPerson},
		"▶ 인터뷰 : 최가람 / 통일부 대변인\n- “" + said + "”": {Role: "official", Name: "최가람", Speaker: corvee.SpeakerNamedOfficial},
		"교민: " + said:   {Role: "resident", Code: "A-1", Speaker: corvee.SpeakerAnonymous},
		"기자: " + said:   {Speaker: corvee.SpeakerAuthor},
		"[앵커]\n" + said: {Speaker: corvee.SpeakerAuthor},
		"앵커: " + said:   {Speaker: corvee.SpeakerAuthor},
		"공장 대표: " + said + "\n\n기자: " + said + " 끝": {Role: "expert", Code: "A-1", Speaker: corvee.SpeakerAnonymous},
	} {
		got := claims(t, r, corvee.Report{Lang: "ko"}, koreanSubject+text)
		if len(got) < 2 || got[1].Root() != want {
			t.Errorf("%q is said by %+v, want %+v", text, last(got), want)
		}
	}
}

func last(claims []corvee.Claim) corvee.Attribution {
	if len(claims) == 0 {
		return corvee.Attribution{}
	}
	return claims[len(claims)-1].Root()
}

// TestKoreanScriptsNameNobody: a worker or a source whom a line of a script names has no
// name in any claim.
func TestKoreanScriptsNameNobody(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, text := range []string{
		"[녹취: 리송희 / 북한 노동자]\n“우리 월급은 2천300위안입니다.”",
		"<인터뷰> 리송희(재봉공) : “북한 노동자들의 월급은 2천300위안입니다.”",
		"리송희: 북한 노동자들의 월급은 2천300위안입니다.",
		"▶ 인터뷰(☎) : 리송희 / 현지 주민\n- “북한 노동자들의 월급은 2천300위안입니다.”",
		"[리송희 씨 / 전 소장]\n“북한 노동자들의 월급은 2천300위안입니다.”",
	} {
		for _, c := range claims(t, r, corvee.Report{Lang: "ko"}, koreanSubject+text) {
			c.Quote, c.Mentions = corvee.Quote{}, nil
			raw, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(raw), "송희") {
				t.Errorf("the name is in a claim of %q:\n%s", text, raw)
			}
		}
	}
}

// TestKoreanCited: whom a newsroom cites said it first, wherever the citing stands; what a
// report says in its own name is not the one's who is quoted in it.
func TestKoreanCited(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for text, want := range map[string]string{
		"북한이 카잔에 노동자 500명을 보냈다고 유라시아통신이 서방 당국자를 인용해 8일 보도했다.": "anonymous official",
		"유라시아통신은 서방 당국자를 인용해 “북한 노동자 500명이 도착했다”고 전했다.":       "anonymous official",
		"한 노동자는 “관리자가 여권을 보관한다”고 했다.":                         "anonymous worker",
		"북한 노동자 두 명은 “여권은 회사가 보관한다”고 말했다.":                    "anonymous worker",
		"북한 당국이 월급의 7할을 가져간다고 매체는 전했다.":                       "publisher newsroom",
		"북한 노동자의 월급은 300달러라는 게 소식통의 설명이다.":                    "anonymous source",
		"북한 노동자의 월급은 300달러라고 한다.":                             "author",
	} {
		got := claims(t, r, corvee.Report{Lang: "ko"}, koreanSubject+text)
		root := last(got)
		if s := strings.TrimSpace(string(root.Speaker) + " " + root.Role); s != want {
			t.Errorf("%q is said by %s, want %s", text, s, want)
		}
	}
}

// TestKoreanCounts: whose count, whose place and which day an amount has.
func TestKoreanCounts(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for text, want := range map[string]string{
		"북한 노동자는 중국에 9만 명, 러시아에 4만 명이 일하고 있다.":             "headcount 90000 person /total CN; headcount 40000 person /total RU",
		"당국은 북한 노동자 200명을 특정해 이 중 절반을 송환했다.":               "movement 100 person /total",
		"북한 노동자들은 3인 1조로만 외출할 수 있다.":                       "condition",
		"북한 노동자 300명이 지난 10일 훈춘에 왔다.":                      "movement 300 person /total hunchun CN",
		"공장 직원 700명 중 300명이 북한 노동자다.":                      "headcount 300 person /total",
		"2023년 5월 북한 노동자 30명이 훈춘에 왔다. 같은 달 20일 40명이 돌아갔다.": "movement 30 person /total hunchun CN; movement 40 person /total hunchun CN",
	} {
		var got []string
		for _, c := range claims(t, r, corvee.Report{Lang: "ko", Published: corvee.Date{Year: 2024, Month: 2, Day: 17}}, "북한 노동자에 관한 기사다.\n\n"+text) {
			short := string(c.Kind)
			if c.Value != nil {
				short += " " + c.Value.Range.String() + " " + string(c.Value.Unit) + " /" + string(c.Value.Per)
			}
			for _, p := range c.Places {
				if p.Precision != corvee.AtCountry {
					short += " " + p.ID
				}
			}
			got = append(got, strings.TrimSpace(short+" "+strings.Join(c.Countries, " ")))
		}
		if s := strings.Join(got, "; "); !strings.HasPrefix(s, want) {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

// TestKoreanTrades: a trade is read where its words and the word for the workplace share
// one, and all of a list are.
func TestKoreanTrades(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for text, want := range map[string]string{
		"북한 노동자들은 투먼의 수산물 가공 공장에서 일한다.":               "seafood",
		"북한 노동자들은 투먼의 수산물 가공공장에서 일한다.":                "seafood",
		"북한 노동자 900명이 투먼의 의류 제조·수산물 가공 공장을 점거했다.":     "garments seafood",
		"북한 노동자들은 의류, 수산물, 전자부품 공장에서 일한다.":            "electronics garments seafood",
		"북한 노동자들은 아파트와 병원을 짓고 있다.":                    "construction",
		"북한 노동자들은 외화 획득을 위해 다롄의 봉제공장에서 일하고 가족과 통화한다.": "garments",
	} {
		var got []string
		for _, c := range claims(t, r, corvee.Report{Lang: "ko"}, "북한 노동자에 관한 기사다.\n\n"+text) {
			if c.Kind == corvee.KindActivity {
				got = append(got, string(c.Sector))
			}
			for _, p := range c.Places {
				if p.ID == "weihai" || p.ID == "tonghua" {
					t.Errorf("%q is about %s", text, p.ID)
				}
			}
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: trades %q, want %q", text, s, want)
		}
	}
}
