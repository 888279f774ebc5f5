package read_test

import (
	"testing"

	"corvee"
)

// TestKoreanHints: a report that never names the state is read where several words of its
// workers stand together, and only there.
func TestKoreanHints(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for name, c := range map[string]struct {
		text  string
		reads bool
	}{
		"somebody who came back": {"몽골 다르항의 신발공장에서 2년 동안 일한 여성을 서울에서 만났다.\n\n“작업반 처녀들은 월급을 한 달에 80달러 받았다.”\n\n그는 지난해 귀국 명령을 받았다고 했다.", true},
		"currency and minders":   {"다르항의 건설 현장. 외화벌이를 나온 노동자들은 하루 15시간 일한다.\n\n보위원이 여권을 걷어 갔다.", true},
		"migrants in Korea":      {"경기도 안산의 신발공장에서 일하는 이주노동자들을 만났다.\n\n“월급을 석 달째 받지 못했다.” 이들은 하루 12시간 일하고 숙소는 컨테이너다. 신변 안전을 위해 이름은 밝히지 않는다.", false},
		"refugees at work":       {"탈북민 100명이 부산의 식당에서 일한다. 월급은 200만 원이다.", false},
		"sailors":                {"원양어선 선원들은 석 달째 임금을 받지 못했다. 선장은 여권을 보관했다. 통역이 없었다.", false},
		"soldiers":               {"파병 부대는 철수 명령을 받았다. 장병 300명이 귀국했다. 통역과 조장이 함께 일했다. 월급은 200달러였다.", false},
		"trade":                  {"대북제재로 수산물 값이 올랐다. 공장 직원들은 임금을 걱정한다. 외화벌이가 막혔다는 말이 돈다.", false},
	} {
		got := claims(t, r, corvee.Report{Publisher: "압록저널"}, c.text)
		if (len(got) > 0) != c.reads {
			t.Errorf("%s: %d claims, wanted some: %v", name, len(got), c.reads)
			for _, g := range got {
				t.Log(g.Kind, g.Quote.Exact)
			}
		}
	}
}
