package layout_test

import (
	"strings"
	"testing"

	"corvee"
	"corvee/intake/internal/layout"
)

func TestKind(t *testing.T) {
	t.Parallel()
	head, tail, middle := layout.Where{Head: true}, layout.Where{Tail: true}, layout.Where{}
	for _, c := range []struct {
		words string
		at    layout.Where
		want  corvee.BlockKind
	}{
		// captions
		{"Women at the gate of the mill. / Image: Invented Post", middle, corvee.BlockCaption},
		{"Women at the gate. (Photo: Invented Post)", middle, corvee.BlockCaption},
		{"Women at the gate (Photo by Invented Person).", middle, corvee.BlockCaption},
		{"Photo: Invented Post", middle, corvee.BlockCaption},
		{"공장 앞의 여성들. /사진: 지어낸신문", middle, corvee.BlockCaption},
		{"공장 앞의 여성들 [사진=지어낸신문]", middle, corvee.BlockCaption},
		{"▲ 공장 앞의 여성들", middle, corvee.BlockCaption},
		{"工厂门口的女工（图：虚构新闻）", middle, corvee.BlockCaption},
		{"图片来源：虚构新闻", middle, corvee.BlockCaption},
		{"The photo shows 60 women, the source said.", middle, corvee.BlockBody},
		{"He sent an image / text message: sixty women.", middle, corvee.BlockBody},
		// bylines
		{"By Example Writer", head, corvee.BlockByline},
		{"By the Yanji desk of the Invented Post", head, corvee.BlockByline},
		{"By Friday all had left, the source said.", head, corvee.BlockBody},
		{"By December the plant had 60 women.", head, corvee.BlockBody},
		{"By Example Writer", middle, corvee.BlockBody},
		{"홍길동 기자", head, corvee.BlockByline},
		{"记者：张三", head, corvee.BlockByline},
		// datelines
		{"Hunchun, 3 May 2022", head, corvee.BlockDateline},
		{"Invented Post, June 20, 2023", head, corvee.BlockDateline},
		{"虚构新闻 2023年6月21日", head, corvee.BlockDateline},
		{"지어낸신문 2024년 3월 15일", head, corvee.BlockDateline},
		{"2024.03.14 10:00", head, corvee.BlockDateline},
		{"On 3 May 2022 sixty women came.", head, corvee.BlockBody},
		{"Hunchun, 3 May 2022", middle, corvee.BlockBody},
		// boilerplate
		{"Read in Korean", middle, corvee.BlockBoilerplate},
		{"Please direct any comments to desk@example.org.", tail, corvee.BlockBoilerplate},
		{"© 2024 Invented Post. All rights reserved.", tail, corvee.BlockBoilerplate},
		{"저작권자 지어낸신문, 무단 전재 및 재배포 금지", tail, corvee.BlockBoilerplate},
		{"未经授权，不得转载。", tail, corvee.BlockBoilerplate},
		{"Subscribe to our newsletter", middle, corvee.BlockBoilerplate},
		{"Related: 60 women leave", middle, corvee.BlockBoilerplate},
		{"They read in Korean newspapers what they earn, and that was never what they were paid.", middle, corvee.BlockBody},
		{"The directive says that all rights reserved to workers end at the border.", middle, corvee.BlockBody},
		{"Correction, 23 June 2023: an earlier version said 52.", tail, corvee.BlockBody},
		{"Follow us, the guard said, and sixty women went with him to the bus that waited behind the dormitory, as they do every evening of the week.", middle, corvee.BlockBody},
		// a long paragraph is body, whatever it begins with
		{"Photo: " + strings.Repeat("sixty women ", 60), middle, corvee.BlockBody},
		{"", head, corvee.BlockBody},
	} {
		if got := layout.Kind(c.words, c.at); got != c.want {
			t.Errorf("Kind(%q, %+v) = %s, want %s", c.words, c.at, got, c.want)
		}
	}
}

func TestHeadline(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{
		"Sixty women leave the mill":             true,
		"‘The money goes to the company’":        true,
		"둥강 공장의 여성들":                             true,
		"Sixty women left the mill.":             false,
		"Who is paid?":                           false,
		"“The money goes to the company.”":       false,
		"他们走了。":                                  false,
		"Hunchun, 3 May 2022":                    false,
		"By Example Writer":                      false,
		"* * *":                                  false,
		"12 / 05":                                false,
		strings.Repeat("a long sentence of ", 9): false,
		"two\nlines":                             false,
	} {
		if got := layout.Headline(words); got != want {
			t.Errorf("Headline(%q) = %t, want %t", words, got, want)
		}
	}
}

func TestOpening(t *testing.T) {
	t.Parallel()
	for paragraph, want := range map[string]string{
		"DANDONG, China — Sixty women came.":                  "DANDONG, China —",
		"SEOUL, March 3 (Invented Wire) -- Sixty women came.": "SEOUL, March 3 (Invented Wire) --",
		"HUNCHUN, May 3, 2022 - Sixty women came.":            "HUNCHUN, May 3, 2022 -",
		"(선양=지어낸통신) 홍길동 특파원 = 여성 육십 명이 왔다.":                   "(선양=지어낸통신) 홍길동 특파원 =",
		"虚构社沈阳5月3日电（记者张三）六十名女工到达。":                            "虚构社沈阳5月3日电（记者张三）",
		"Sixty women came — at night — to the mill.":          "",
		"UN officials said that sixty women came.":            "",
		"NORTH KOREAN WORKERS RETURN HOME":                    "",
		"USD 200 - 300 a month is what they are paid.":        "",
		"RMB 2,600 — all of it — goes to the state.":          "",
		"DANDONG, China —":                                    "",
		"(Sixty women) = all of them.":                        "",
	} {
		b := corvee.Block{Kind: corvee.BlockBody, Span: corvee.Span{End: len(paragraph)}}
		got := ""
		if parts := layout.Opening(paragraph, b, layout.Where{Head: true}); len(parts) == 2 {
			got = paragraph[parts[0].Start:parts[0].End]
			if parts[0].Kind != corvee.BlockDateline || parts[1].Kind != corvee.BlockBody || parts[1].End != len(paragraph) {
				t.Errorf("%q: %+v", paragraph, parts)
			}
		}
		if got != want {
			t.Errorf("Opening(%q) = %q, want %q", paragraph, got, want)
		}
	}
}
