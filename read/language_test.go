package read_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"corvee"
	"corvee/read"
)

func TestLanguage(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"Workers from the north sew coats in a town on the river.":          "en",
		"강가의 도시에서 북한 노동자들이 외투를 꿰맨다.":                                        "ko",
		"朝鲜工人在江边的城市里缝制大衣。":                                                  "zh",
		"朝鮮工人在江邊的城市裡縫製大衣。":                                                  "zh",
		"北朝鮮の労働者たちは川辺の町でコートを縫っている。":                                         "ja",
		"Северокорейские рабочие шьют пальто в городе на реке.":             "ru",
		"Workers of 단동의류 (丹东服装) sew coats in a town on the river Yalu now.": "en",
		"북한 노동자 200명이 Dandong Garment Co 공장에서 월 2300위안을 받고 일한다고 한다.":        "ko",
		"":                "",
		"12,345 — 2020 …": "",
		"ᚠᚢᚦᚨᚱᚲ":          "",
	} {
		text, err := corvee.NewText(content, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := read.Language(text); got != want {
			t.Errorf("Language(%q) = %q, want %q", content, got, want)
		}
	}
}

func TestUnreadLanguageIsAnError(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for content, lang := range map[string]string{"北朝鮮の労働者が200人いる。": "ja", "Работают 200 рабочих.": "ru", "— — —": "not known"} {
		text, err := corvee.NewText(content, nil)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, err := range r.Claims(context.Background(), corvee.Report{}, text) {
			n++
			if !errors.Is(err, corvee.ErrUnsupported) || !strings.Contains(err.Error(), lang) {
				t.Errorf("Claims(%q) = %v, want %v that names %q", content, err, corvee.ErrUnsupported, lang)
			}
		}
		if n != 1 {
			t.Errorf("Claims(%q) yielded %d times, want once", content, n)
		}
	}
}
