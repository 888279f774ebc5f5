package read_test

import (
	"strings"
	"testing"

	"corvee"
)

// worstElsewhere is what wants to break a reader in the other languages, and words whose
// letters are of several scripts.
func worstElsewhere() map[string]string {
	const zh = "朝鲜工人在丹东的服装厂工作。\n\n"
	return map[string]string{
		"mixed scripts":       subject + "Nоrth Kоrean wоrkers earn 90 dоllars a mоnth; the 工人 of Dаndong노동자들 earn 2,300위안 a 月.",
		"mixed scripts ko":    koreanSubject + "북한 노동자worker들은 月 2,300yuan을 받고 Dandong에서 일한다.",
		"400 digits ko":       koreanSubject + "공장에는 북한 노동자 " + strings.Repeat("9", 400) + "명이 있고 월급은 " + strings.Repeat("8", 400) + "위안이다.",
		"scales ko":           koreanSubject + "북한 노동자 " + strings.Repeat("만억천백", 500) + "명이 있다.",
		"range down ko":       koreanSubject + "북한 노동자는 30명에서 20명으로 줄었고 월급은 2천 위안에서 1천 위안으로 내렸다.",
		"range down zh":       zh + "朝鲜工人由30人减至20人，月薪从2000元降到1000元。",
		"no such date ko":     koreanSubject + "2020년 2월 31일과 2019년 13월 45일 북한 노동자 40명이 단둥을 떠났다.",
		"no such date zh":     zh + "2020年2月31日和2019年13月45日，40名朝鲜工人离开丹东。",
		"deep quotes ko":      koreanSubject + strings.Repeat("“소식통은 ‘", 50) + "북한 노동자들은 한 달에 90달러를 받는다" + strings.Repeat("’고 말했다”고 ", 50) + "전했다.",
		"deep quotes zh":      zh + strings.Repeat("消息人士说：“", 50) + "朝鲜工人月薪90美元" + strings.Repeat("”", 50) + "。",
		"odd quotes ko":       koreanSubject + "“북한 노동자들은 90달러를 받는다, \"그는 말했다. “아무도” 주지” 않는다\".“\n\n“그리고",
		"odd quotes zh":       zh + "“朝鲜工人月薪90美元，「他说。”没有人』付钱“。\n\n『",
		"OCR noise ko":        koreanSubject + "북 한 노동 자들 은 2 ,3OO위 안 을 받 는 다 .. ,사는;곳||1l1 ( ( ) ]",
		"OCR noise zh":        zh + "朝 鲜 工 人 月 薪 2 ,3OO 元 .. ,住;在||集 装 箱 1l1 ( ( ) ]",
		"odd parts of Hangul": koreanSubject + strings.Repeat("ㄱㅏㄴ", 2000) + "\u1100\u1161\u11a8\u11a8 노동자",
		"every claim another": subject + distinct(2000),
	}
}

// distinct is claims of which none repeats another.
func distinct(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("They were told of " + strings.Repeat("x", i%7+3) + " and beaten by the guard of block " + strings.Repeat("y", i%11+5) + ". ")
	}
	return b.String()
}

func TestWorstTextsElsewhere(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for name, content := range worstElsewhere() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkAll(t, r, content)
		})
	}
}

// TestNoFigureIsGuessedElsewhere: what is not a figure or not a day gives none, and what
// fell is no range.
func TestNoFigureIsGuessedElsewhere(t *testing.T) {
	t.Parallel()
	r := reader(t)
	texts := worstElsewhere()
	for _, c := range claims(t, r, corvee.Report{}, texts["400 digits ko"]) {
		if c.Value != nil {
			t.Errorf("400 digits gave %v", c.Value.Range)
		}
	}
	for _, name := range []string{"no such date ko", "no such date zh"} {
		for _, c := range claims(t, r, corvee.Report{}, texts[name]) {
			if c.When != nil && c.When.Known() && c.When.Precision == corvee.PrecisionDay {
				t.Errorf("%s gave %v", name, c.When)
			}
		}
	}
	for _, name := range []string{"range down ko", "range down zh"} {
		for _, c := range claims(t, r, corvee.Report{}, texts[name]) {
			if c.Value != nil && c.Value.Low.Known() && c.Value.High.Known() && c.Value.Low != c.Value.High {
				t.Errorf("%s gave the range %v", name, c.Value.Range)
			}
		}
	}
}

// TestLargeParagraphElsewhere reads paragraphs of a megabyte without an end of a sentence.
func TestLargeParagraphElsewhere(t *testing.T) {
	t.Parallel()
	r := reader(t)
	const zh = "丹东一家工厂的朝鲜工人据消息人士称每月工资2300元其中一半“上交”给党，"
	for name, content := range map[string]string{
		"zh":     "朝鲜工人在丹东的服装厂工作。\n\n" + strings.Repeat(zh, 1<<20/len(zh)),
		"hangul": koreanSubject + strings.Repeat("북한노동자들은단둥의공장에서월급을받지못하고", 1<<20/63),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			claims(t, r, corvee.Report{}, content)
		})
	}
}
