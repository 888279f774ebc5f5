package read_test

import (
	"testing"

	"corvee"
)

// TestKoreanLeavesOthers: the constructions of flows, pay and work say nothing where others
// than the workers of a sending state are told of, in the same words.
func TestKoreanLeavesOthers(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for name, text := range map[string]string{
		"migrants":     "베트남 노동자 300명이 안산의 의류공장에서 일하는 것으로 알려졌다. 이들은 월 200만 원을 받는다. 비자 연장이 거부되면 귀국해야 한다.",
		"quota":        "올해 한국에 들어온 외국인 노동자는 6만 명이다. 지난해보다 2천 명 늘었다. 고용허가제로 농업 분야에서 일하는 사람이 많다.",
		"soldiers":     "북한은 지난달 러시아에 병력 1만 명을 파병했다. 우크라이나는 북한군 포로 두 명을 공개했다. 이들은 귀국하지 않겠다고 했다.",
		"footballers":  "북한 축구 대표팀 선수 23명이 몽골에 도착했다. 경기장에는 관중 3천 명이 있었다. 선수단은 다음 날 평양행 비행기에 올랐다.",
		"refugees":     "탈북민 120명이 지난해 한국에 들어왔다. 탈북민의 월 평균 임금은 240만 원으로 나타났다. 탈북민은 식당과 건설 현장에서 일하는 것으로 조사됐다.",
		"traders":      "단둥의 대북 무역상은 “세관 통관이 늦어져 손해가 크다”고 말했다. 수산물 값은 한 상자에 200위안이다. 공장은 직원 80명을 줄였다.",
		"tourists":     "북한을 찾은 러시아 관광객 100명이 원산에 도착했다. 관광객들은 일주일 뒤 블라디보스토크로 돌아갔다. 여행 경비는 750달러다.",
		"residents":    "북한 당국은 주민들에게 세대당 5천 원씩 내라고 지시했다. 주민들은 밤새 줄을 섰다. 쌀값은 1kg에 6천 원이다.",
		"sent back":    "중국 공안은 탈북민 200명을 북한으로 강제 송환했다. 이들은 정치범수용소로 보내졌다.",
		"delegates":    "북한 무역대표단이 모스크바에 도착해 농업 협력을 논의했다. 대표단은 12일 평양으로 돌아갔다.",
		"an inn":       "서울의 한 식당은 하루 14시간 문을 연다. 종업원은 여섯 명이고 월급은 250만 원이다. 통역과 지배인도 있다.",
		"sailors":      "원양어선 선원 20명이 쿠웨이트에 발이 묶였다. 회사는 임금을 석 달째 주지 않았고 여권을 보관하고 있다.",
		"students":     "북한 유학생 40명이 베이징에서 귀국했다. 학생들은 기숙사에서 격리 상태에 있었다. 유학 비용은 연 3천 달러다.",
		"prisoners":    "6·25 전쟁 때 억류된 국군포로들은 탄광에서 하루 12시간 일했다고 증언했다. 이들 가운데 80명이 한국으로 돌아왔다.",
		"castaways":    "북한 어부 3명이 표류하다 구조됐다. 이들은 이튿날 북한으로 송환됐다. 어선에는 오징어가 가득했다.",
		"an embassy":   "북한 대사가 몽골에서 귀국했다. 대사관 직원 12명도 평양행 비행기에 올랐다. 대사관은 직원 수를 절반으로 줄였다.",
		"cheerers":     "북한 응원단 200명이 도착해 숙소에 머물렀다. 응원단은 밖에 나가지 못했다. 이들은 열흘 뒤 돌아갔다.",
		"an old plant": "개성공단의 남측 인원 7명이 귀환했다. 공단 재가동 논의는 중단됐다.",
	} {
		for _, c := range claims(t, r, corvee.Report{Publisher: "압록저널"}, text) {
			t.Errorf("%s: %s %q (%v)", name, c.Kind, c.Quote.Exact, c.Rules)
		}
	}
}
